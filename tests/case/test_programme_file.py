"""A programme written as a file is the same when it is read back."""

from dataclasses import replace

import pytest

import winset
from winset.case.programme_file import find_programme, written


@pytest.mark.parametrize("name", ["smith", "klinck", "cautious"])
def test_a_programme_comes_back_as_it_was(name, tmp_path):
    case = winset.load("trilateral-2022")
    one = next(programme for programme in case.programmes if programme.id == name)
    file = tmp_path / "again.yaml"
    file.write_text(written(replace(one, id="again")), "utf-8")
    back = find_programme(case, file)
    assert back.words == one.words
    assert (back.settings, back.barred) == (one.settings, one.barred)
    for mine, theirs in zip(back.steps, one.steps, strict=True):
        assert replace(mine, at=theirs.at) == theirs
