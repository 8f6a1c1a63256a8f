"""The checks notice a changed comparison: all of the judge's, each of which decides an answer."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from types import ModuleType

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


def fate(file: str, place: int, *, dead: bool) -> mutate.Fate:
    mutant = mutate.Mutant(file, place, "f", 7, "x < y", "<", place)
    return mutate.Fate(mutant, dead, "AssertionError" if dead else "survives", 0.5)


@pytest.mark.parametrize(
    ("file", "listed", "dead", "code"),
    [
        ("a.py", False, True, 0),
        ("a.py", True, False, 0),
        ("a.py", False, False, 1),
        ("a.py", True, True, 1),
        ("simulate/a.py", False, False, 1),
    ],
)
def test_the_run_fails_unless_each_is_caught_or_listed(
    file: str,
    listed: bool,
    dead: bool,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fates = [fate(file, 0, dead=True), fate(file, 1, dead=dead)]
    known = {fates[1].mutant.key: "no answer can tell"} if listed else {}
    monkeypatch.setattr(mutate, "run", lambda *_, **__: iter(fates))
    monkeypatch.setattr(mutate, "equivalent", lambda: known)
    monkeypatch.setattr(mutate, "kept_file", lambda: tmp_path / "kept")
    assert mutate.main([file]) == code
    caught, marked = 1 + dead, int(listed and not dead)
    told = capsys.readouterr().out
    assert f"{file:26} {2:11}  {caught:6}  {marked:6}  {2 - caught - marked:4}" in told


def test_the_model_through_time_is_put_to_its_own_checks() -> None:
    names = {check.__name__ for check in mutate.checks_of("simulate/run.py")}
    assert "check_stories" in names
    assert any(mutant.file == "simulate/run.py" for mutant in mutate.mutants())


def test_a_check_that_the_engine_itself_fails_catches_no_mutant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def check_nothing_there(engine: ModuleType) -> None:
        engine.nothing_of_that_name()

    source = tmp_path / "engine"
    shutil.copytree(mutate.ENGINE, source, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(mutate, "workplace", lambda _: source)
    monkeypatch.setattr(mutate, "checks_of", lambda _: (check_nothing_there,))
    with pytest.raises(mutate.UnsoundError, match="itself fails check_nothing_there"):
        mutate.trial(source, mutate.mutants(["judge.py"])[0])
