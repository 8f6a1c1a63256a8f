"""Folders stand whole or not at all, and nobody's files are lost."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from winset.errors import OutputError
from winset.output import whole_folder, write_folder, writing

MANIFEST = '{"made_by": "winset"}'


def earlier_run(folder: Path) -> Path:
    folder.mkdir()
    (folder / "manifest.json").write_text(MANIFEST)
    (folder / "old.csv").write_text("old")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_new_folder_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    with whole_folder(target, force=False) as work:
        assert not target.exists()
        (work / "x").write_text("1")
    assert contents(target) == {"x": "1"}
    assert [path.name for path in target.parent.iterdir()] == ["b"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    with whole_folder(target, force=False) as work:
        (work / "x").write_text("1")
    assert contents(target) == {"x": "1"}


def test_earlier_run_needs_force(tmp_path: Path) -> None:
    target = earlier_run(tmp_path / "run")
    with pytest.raises(OutputError, match="--force"), whole_folder(target, force=False):
        pytest.fail("lent a folder")
    assert "old.csv" in contents(target)
    with whole_folder(target, force=True) as work:
        (work / "new.csv").write_text("new")
    assert contents(target) == {"new.csv": "new"}
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("manifest", [None, "{}", "nonsense", '["winset"]'])
def test_files_of_others_are_never_replaced(tmp_path: Path, manifest: str | None) -> None:
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("years of work")
    if manifest is not None:
        (target / "manifest.json").write_text(manifest)
    with pytest.raises(OutputError, match="no earlier run"), whole_folder(target, force=True):
        pytest.fail("lent a folder")
    assert contents(target)["chapter.txt"] == "years of work"


def test_a_file_or_a_link_is_not_a_place_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    run = earlier_run(tmp_path / "run")
    (tmp_path / "link").symlink_to(run)
    for name in ("file", "link"):
        with (
            pytest.raises(OutputError, match="not a folder"),
            whole_folder(tmp_path / name, force=True),
        ):
            pytest.fail("lent a folder")
    assert "old.csv" in contents(run)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError(), OSError("disk full")])
def test_nothing_is_left_after_a_failure(tmp_path: Path, error: BaseException) -> None:
    target = earlier_run(tmp_path / "run")
    expected = OutputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected), whole_folder(target, force=True) as work:
        fail(work / "half", error)
    assert "old.csv" in contents(target)
    assert list(tmp_path.iterdir()) == [target]


def fail(file: Path, error: BaseException) -> None:
    file.write_text("x")
    raise error


def test_failure_between_the_two_renames_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = earlier_run(tmp_path / "run")
    real, calls = Path.replace, []

    def replace(self: Path, other: Path) -> Path:
        calls.append(self.name)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(self, other)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError, match="No space left"), whole_folder(target, force=True):
        pass
    assert "old.csv" in contents(target)


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", denied)
    with pytest.raises(OutputError, match="Permission"), whole_folder(tmp_path / "x", force=False):
        pytest.fail("lent a folder")
    assert not list(tmp_path.iterdir())


def test_permissions_follow_the_user(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "x", force=False):
        pass
    mask = os.umask(0o022)
    os.umask(mask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o777 & ~mask


def test_files_of_a_folder_keep_their_paths(tmp_path: Path) -> None:
    write_folder(tmp_path / "case", {"a.csv": b"1", "more/b.yaml": b"2"})
    assert (tmp_path / "case" / "a.csv").read_bytes() == b"1"
    assert (tmp_path / "case" / "more" / "b.yaml").read_bytes() == b"2"
    with pytest.raises(OutputError, match="there already"):
        write_folder(tmp_path / "case", {"a.csv": b"new"})
    assert (tmp_path / "case" / "a.csv").read_bytes() == b"1"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_file_stays_as_it_was_after_a_failure(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "page.html"
    with writing(target) as temporary:
        temporary.write_text("old")
    expected = OutputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected), writing(target) as temporary:
        fail(temporary, error)
    assert contents(tmp_path) == {"page.html": "old"}


def test_a_file_follows_the_user_and_needs_its_folder(tmp_path: Path) -> None:
    with writing(tmp_path / "x") as temporary:
        temporary.write_text("1")
    mask = os.umask(0o022)
    os.umask(mask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o666 & ~mask
    with pytest.raises(OutputError, match="No such file"), writing(tmp_path / "gone" / "x"):
        pytest.fail("lent a file")
