"""Where compiled kernels are kept: by what they depend on, and in any case somewhere."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

import winset.engine
from winset.engine import jit
from winset.testing.twin import twin, unload

HERE = Path(winset.engine.__file__).parent


def key(folder: Path) -> str:
    """What the cache of an engine in this folder is called."""
    name = "winset_cache_twin"
    try:
        found = twin(folder, name).jit.cache_key()
    finally:
        unload(name)
    assert isinstance(found, str)
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "engine"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_name_changes_with_every_source_and_with_nothing_else(copy: Path) -> None:
    seen = {key(HERE)}
    assert key(copy) in seen
    (copy / "notes.txt").write_text("no source", encoding="utf-8")
    assert key(copy) in seen
    for path in sorted(copy.glob("*.py")):
        before = len(seen)
        path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
        seen.add(key(copy))
        assert len(seen) == before + 1, path.name


def test_a_renamed_file_changes_the_name(copy: Path) -> None:
    (copy / "extra.py").write_text("", encoding="utf-8")
    before = key(copy)
    (copy / "extra.py").rename(copy / "other.py")
    assert key(copy) != before


def test_the_name_changes_with_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = jit.cache_key()
    monkeypatch.setenv("NUMBA_CPU_NAME", "some-other-processor")
    assert jit.cache_key() != before


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINSET_CACHE", str(tmp_path))
    assert jit.cache_folder() == tmp_path / "engine" / jit.cache_key()
    assert jit.cache_folder().is_dir()


def test_a_folder_that_cannot_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked, spare = tmp_path / "blocked", tmp_path / "spare"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    spare.mkdir()
    monkeypatch.setenv("WINSET_CACHE", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    folder = jit.cache_folder()
    assert folder.is_dir()
    assert folder.parents[2] == spare
    folder.parents[1].joinpath("engine").rename(spare / "moved")
    folder.parents[1].rmdir()
    folder.parents[1].write_text("blocked too", encoding="utf-8")
    last = jit.cache_folder()
    assert last.is_dir()
    assert last.parent == spare
    assert last != folder
