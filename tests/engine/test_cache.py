"""Where compiled kernels are kept: by what they depend on, and in any case somewhere."""

from __future__ import annotations

import shutil
import tempfile
from importlib import import_module
from pathlib import Path

import pytest

import winset.engine
from winset.engine import jit
from winset.testing.twin import twin, unload

HERE = Path(winset.engine.__file__).parent


ANSWERS = HERE / "answers.py"


def key(folder: Path, file: str = "answers.py") -> str:
    """What the cache of a file of an engine in this folder is called."""
    name = "winset_cache_twin"
    try:
        found = twin(folder, name).jit.cache_key(folder / file)
    finally:
        unload(name)
    assert isinstance(found, str)
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "engine"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_name_changes_with_every_source_it_rests_on_and_with_nothing_else(copy: Path) -> None:
    seen = {key(HERE)}
    assert key(copy) in seen
    (copy / "notes.txt").write_text("no source", encoding="utf-8")
    (copy / "other.py").write_text("", encoding="utf-8")
    assert key(copy) in seen
    rests_on = {"answers.py", "search.py", "bound.py", "fold.py", "judge.py", "jit.py", "layout.py"}
    for path in sorted(copy.glob("*.py")):
        before = len(seen)
        path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
        seen.add(key(copy))
        if path.name in rests_on:
            assert len(seen) == before + 1, path.name
        elif path.name in {"__init__.py", "api.py", "other.py"}:
            assert len(seen) == before, path.name


@pytest.mark.parametrize(("kept", "begun"), [(True, 0), (False, 1)])
def test_a_second_process_compiles_the_search_where_it_helps(
    monkeypatch: pytest.MonkeyPatch, kept: bool, begun: int
) -> None:
    warm = import_module("winset.engine.warm")
    asked: list[list[str]] = []

    class Process:
        def __init__(self, words: list[str], **_: object) -> None:
            asked.append(words)

        def wait(self) -> int:
            exec(asked[0][2], {})
            return 0

    monkeypatch.setattr(warm, "is_kept", lambda *_: kept)
    monkeypatch.setattr(warm.subprocess, "Popen", Process)
    told: list[str] = []
    warm.warm(told.append)
    assert len(asked) == begun
    assert told.index("searching") < told.index("deepest packages")


def test_a_kernel_is_kept_once_it_was_compiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WINSET_CACHE", str(tmp_path))
    assert not jit.is_kept(ANSWERS, "solve_block")
    folder = jit.cache_folder(ANSWERS) / "engine_of_numba"
    folder.mkdir()
    (folder / "answers.open_world-43.py311.1.nbc").touch()
    assert not jit.is_kept(ANSWERS, "solve_block")
    (folder / "answers.solve_block-99.py311.1.nbc").touch()
    assert jit.is_kept(ANSWERS, "solve_block")


def test_every_file_a_kernel_could_come_from_is_followed(copy: Path) -> None:
    below = copy / "below"
    below.mkdir()
    (below / "__init__.py").write_text("", encoding="utf-8")
    (below / "deep.py").write_text("from ..jit import kernel\nfrom . import twig\n", "utf-8")
    (below / "twig.py").write_text("from ..layout import I8\n", "utf-8")
    for name in ("twig.py", "__init__.py", "../layout.py"):
        before = key(copy, "below/deep.py")
        path = below / name
        path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
        assert key(copy, "below/deep.py") != before, name


def test_the_name_changes_with_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = jit.cache_key(ANSWERS)
    monkeypatch.setenv("NUMBA_CPU_NAME", "some-other-processor")
    assert jit.cache_key(ANSWERS) != before


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINSET_CACHE", str(tmp_path))
    assert jit.cache_folder(ANSWERS) == tmp_path / "engine" / jit.cache_key(ANSWERS)
    assert jit.cache_folder(ANSWERS).is_dir()


def test_a_folder_that_cannot_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked, spare = tmp_path / "blocked", tmp_path / "spare"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    spare.mkdir()
    monkeypatch.setenv("WINSET_CACHE", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    folder = jit.cache_folder(ANSWERS)
    assert folder.is_dir()
    assert folder.parents[2] == spare
    folder.parents[1].joinpath("engine").rename(spare / "moved")
    folder.parents[1].rmdir()
    folder.parents[1].write_text("blocked too", encoding="utf-8")
    last = jit.cache_folder(ANSWERS)
    assert last.is_dir()
    assert last.parent == spare
    assert last != folder
