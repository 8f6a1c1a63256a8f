"""The brief asks beside, on two processors as on one, and goes on where it was interrupted."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

import winset
from winset.cli.app import app
from winset.cli.beside import Task, beside
from winset.cli.unfinished import Unfinished

SHORT = ["shared-canal", "--worlds", "40", "--skip", "packages,unlocks", "--force"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("winset.cli.unfinished._cache", lambda: tmp_path / "cache")
    return tmp_path / "cache" / "unfinished"


def refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("asked again")


def interrupt(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


def brief(out: Path, *more: str) -> str:
    done = CliRunner().invoke(app, ["brief", *SHORT, "--out", str(out), *more])
    assert done.exception is None, done.output
    return (out / "index.html").read_text(encoding="utf-8")


def test_one_processor_and_two_write_the_same_page(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for count in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        pages.append(brief(tmp_path / str(count)))
    assert pages[0] == pages[1]
    assert not [*cache.rglob("*.pickle")]


def test_an_interrupted_brief_goes_on_from_what_was_answered(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    whole = brief(tmp_path / "whole")
    with monkeypatch.context() as patched:
        patched.setattr(winset, "sense", interrupt)
        done = CliRunner().invoke(app, ["brief", *SHORT, "--out", str(tmp_path / "later")])
    assert done.exit_code != 0
    assert "1 question is answered and kept; the same command goes on there" in done.output
    assert not (tmp_path / "later").exists()
    assert len([*cache.rglob("*.pickle")]) == 1
    with monkeypatch.context() as patched:
        patched.setattr(winset, "reach", refuse)
        assert brief(tmp_path / "later") == whole
    assert not [*cache.rglob("*.pickle")]
    monkeypatch.setattr(winset, "reach", refuse)
    done = CliRunner().invoke(app, ["brief", *SHORT, "--out", str(tmp_path / "new")])
    assert isinstance(done.exception, AssertionError)


def test_another_question_is_never_answered_by_what_is_kept(cache: Path) -> None:
    kept = Unfinished({"hash": "a"})
    tasks = [
        Task("hold", "shared-canal", 1, ()),
        Task("hold", "shared-canal", 2, ()),
        Task("settle", "shared-canal", 1, ()),
        Task("hold", "shared-canal", 1, (), {"government": "x"}),
    ]
    case = winset.load("shared-canal")
    for n, task in enumerate(tasks, 1):
        found = kept.answer(task.about(), lambda n=n: winset.reach(case, n=n))  # type: ignore[misc]
        assert found.run.worlds == n
    assert kept.held() == len(tasks)
    other = Unfinished({"hash": "b"})
    assert kept.folder != other.folder
    assert cache in kept.folder.parents


def test_what_cannot_be_kept_is_answered_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("winset.cli.unfinished._cache", lambda: tmp_path / "file")
    kept = Unfinished({})
    case = winset.load("shared-canal")
    answer = kept.answer({"a": 1}, lambda: winset.reach(case, n=8))
    assert answer.run.worlds == 8
    assert kept.held() == 0


def test_an_answer_survives_being_kept(cache: Path) -> None:
    case = winset.load("shared-canal")
    answer = winset.reach(case, n=8)
    again = pickle.loads(pickle.dumps(answer))
    assert str(again) == str(answer)
    assert {name: table.csv() for name, table in again.tables.items()} == {
        name: table.csv() for name, table in answer.tables.items()
    }
    with beside((), Unfinished({})) as wait:
        assert wait() == []
    assert not cache.exists()


def test_a_brief_of_one_question_reads_its_case_once(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    load = winset.load
    monkeypatch.setattr(winset, "load", lambda *a, **k: read.append(a) or load(*a, **k))
    brief(tmp_path / "once", "--skip", "packages,unlocks,sense")
    assert read == [("shared-canal",)]
