"""Five hundred damaged folders: a case error near the damage, or a case; never anything else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from winset.case import load, new
from winset.errors import CaseError

Lines = list[str]
TABLES = (
    "measures.csv", "rungs.csv", "constituencies.csv", "criteria.csv", "weights.csv", "effects.csv",
    "conditions.csv", "parameters.csv", "sources.csv", "evidence.csv",
)  # fmt: skip
YAMLS = ("case.yaml", "switches.yaml", "levers.yaml", "checks.yaml")


def _cell(put: str) -> Callable[[Lines, int, random.Random], None]:
    def damage(lines: Lines, line: int, chance: random.Random) -> None:
        cells = lines[line].split(",")
        cells[chance.randrange(len(cells))] = put
        lines[line] = ",".join(cells)

    return damage


def _swap_columns(lines: Lines, line: int, chance: random.Random) -> None:
    cells = lines[line].split(",")
    one, other = chance.randrange(len(cells)), chance.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    lines[line] = ",".join(cells)


def _semicolons(lines: Lines, line: int, _: random.Random) -> None:
    lines[line] = lines[line].replace(",", ";")


def _drop(lines: Lines, line: int, _: random.Random) -> None:
    del lines[line]


def _double(lines: Lines, line: int, _: random.Random) -> None:
    lines.insert(line, lines[line])


def _cut(lines: Lines, line: int, chance: random.Random) -> None:
    lines[line] = lines[line][: chance.randrange(len(lines[line]) + 1)]


def _sign(lines: Lines, line: int, chance: random.Random) -> None:
    place = chance.randrange(len(lines[line]) + 1)
    sign = chance.choice("\"'\0\t\r:{}[]&*!|>%@`#,;-?\x0b\x1b\u2028\ufeff\U0001f600")
    lines[line] = lines[line][:place] + sign + lines[line][place:]


def _huge(lines: Lines, line: int, _: random.Random) -> None:
    lines[line] = lines[line].replace(",", "," + "9" * 1_000_000, 1)


def _long_number(lines: Lines, line: int, chance: random.Random) -> None:
    _cell("9" * 5_000)(lines, line, chance)


DAMAGES: tuple[Callable[[Lines, int, random.Random], None], ...] = (
    _cell(""), _cell("2024-03-01"), _cell("0,5"), _cell("=SUM(A1)"), _cell("-"), _cell("../../x"),
    _cell("1e400"), _cell("<b>x</b>"), _cell("true"), _cell("D.1"), _swap_columns, _semicolons, _drop,
    _double, _cut, _sign, _sign, _sign, _huge, _long_number,
)  # fmt: skip
BYTES: tuple[Callable[[bytes], bytes], ...] = (
    lambda raw: b"\xef\xbb\xbf" + raw,
    lambda raw: raw.decode().encode("utf-16"),
    lambda raw: raw.replace(b"e", b"\xe9", 1),
    lambda raw: raw[: len(raw) // 2],
    lambda raw: raw.replace(b"\n", b"\r\n"),
    lambda raw: raw.replace(b"\n", b"\r"),
    lambda _: b"",
    lambda raw: raw + raw,
    lambda raw: raw[:90] + b"\0" + raw[90:],
    lambda raw: b"[" * 5_000 + raw,
)


def _damage(path: Path, chance: random.Random) -> int:
    """Damage a file; the line where, from 1, or 0 for the whole file."""
    raw = path.read_bytes()
    if chance.random() < 0.1:
        path.write_bytes(chance.choice(BYTES)(raw))
        return 0
    lines = raw.decode().split("\n")
    line = chance.randrange(len(lines) - 1)
    chance.choice(DAMAGES)(lines, line, chance)
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return line + 1


@pytest.mark.parametrize("part", range(10))
def test_damaged_folders(part: int, tmp_path: Path) -> None:
    folder = new(tmp_path / "case")
    origin = {name: (folder / name).read_bytes() for name in (*TABLES, *YAMLS)}
    refused = 0
    for seed in range(50):
        chance = random.Random(50 * part + seed)
        name = chance.choice((*TABLES, *TABLES, *YAMLS))
        line = _damage(folder / name, chance)
        try:
            load(folder)
        except CaseError as error:
            refused += 1
            _located(error, folder, name, line)
        (folder / name).write_bytes(origin[name])
    assert refused > 15


def _located(error: CaseError, folder: Path, name: str, line: int) -> None:
    """Every problem names a line that exists, and one names the damage or a name it took away."""
    for problem in error.problems:
        text = (folder / problem.at.file).read_bytes()
        count = 1 + text.count(b"\n") + text.count(b"\r")
        assert 1 <= problem.at.line <= count, problem
    near = [
        problem
        for problem in error.problems
        if (problem.at.file == name and (line == 0 or abs(problem.at.line - line) <= 1))
        or problem.id
        in ("E031", "E045", "E052", "E053", "E061", "E070", "E024", "E023", "E032", "E016", "E020")
    ]
    assert near, (name, line, [str(problem) for problem in error.problems])
