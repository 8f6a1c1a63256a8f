"""What is typed: packages and changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from winset.cli.changes import changes
from winset.cli.package import read_package
from winset.errors import AskError


@pytest.mark.parametrize(
    "text",
    [
        "D1.3\nH2.2\n",
        "# mine\n\nD1.3  # a drill\nH2.2",
        "- D1.3\n- 'H2.2'\n",
        "package:\n  - D1.3\n  - H2.2\n",
        "D1: 3\nH2: 2\n",
        "\ufeffD1.3\r\nH2.2\r\n",
    ],
)
def test_a_package_can_be_written_in_several_ways(tmp_path: Path, text: str) -> None:
    file = tmp_path / "package.txt"
    file.write_bytes(text.encode())
    assert read_package(file) == ("D1.3", "H2.2")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"D1.3\nthe drill\n", "package.txt:2: 'the drill' is not a rung"),
        (b"D1\n", "'D1' is not a rung"),
        (b"D1.x\n", "is not a rung"),
        (b"", "names no rung"),
        (b"# nothing\n", "names no rung"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"D1.3\n" * 30_000, "larger than"),
    ],
)
def test_anything_else_is_refused_with_the_line(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "package.txt"
    file.write_bytes(data)
    with pytest.raises(AskError, match=told):
        read_package(file)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="cannot be read"):
        read_package(tmp_path / "none.txt")


def test_levers_and_leaders_come_before_sets_so_that_sets_win() -> None:
    read = changes(["a/b = 1", "c/d += 0.5"], ["posture=convening"], ["ROK=moon-like"])
    assert [(c.address, c.operator, c.value) for c in read] == [
        ("levers/posture", "=", "convening"),
        ("leaders/ROK", "=", "moon-like"),
        ("a/b", "=", "1"),
        ("c/d", "+=", "0.5"),
    ]


@pytest.mark.parametrize("text", ["posture", "=convening", "posture=", ""])
def test_half_a_lever_is_a_wrong_question(text: str) -> None:
    with pytest.raises(AskError, match="NAME=OPTION"):
        changes(None, [text], None)
