"""The checks notice a changed comparison: all of the judge's, each of which decides an answer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks import mutate


@pytest.mark.slow
def test_every_mutant_of_the_judge_is_noticed() -> None:
    fates = list(mutate.run(["judge.py"]))
    known = mutate.equivalent()
    assert len(fates) >= 11
    assert [
        fate.mutant.key for fate in fates if not fate.dead and fate.mutant.key not in known
    ] == []
    assert [fate.mutant.key for fate in fates if fate.dead and fate.mutant.key in known] == []


def test_a_fate_that_was_kept_is_not_tried_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    first = list(mutate.run(["jit.py"], kept=kept))
    assert first
    assert len(kept.read_text(encoding="utf-8").splitlines()) == len(first)
    assert list(mutate.run(["jit.py"], kept=kept)) == first


def test_every_comparison_of_the_engine_has_one_mutant() -> None:
    found = mutate.mutants()
    assert len({mutant.key for mutant in found}) == len(found) > 200
    for mutant in found[::9]:
        text = (mutate.ENGINE / mutant.file).read_text(encoding="utf-8")
        before = ast.unparse(ast.parse(text)).splitlines()
        after = mutate.mutated(text, mutant.number).splitlines()
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_each_listed_equivalent_is_there_and_has_its_reason() -> None:
    known = mutate.equivalent()
    there = {mutant.key for mutant in mutate.mutants()}
    assert set(known) <= there
    assert all(len(reason.split()) >= 5 for reason in known.values())


def test_a_list_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# why\n\na.py | f | x < y | < 0\n  never\n  equal\nb\n", encoding="utf-8")
    assert mutate.equivalent(path) == {"a.py | f | x < y | < 0": "never equal", "b": ""}
