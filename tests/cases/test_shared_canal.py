"""The small case, worked a third time: by the rules of the page in docs/cases, in fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from winset.case import check, load
from winset.case.model import Case

PAGE = Path(__file__).parents[2] / "docs/cases/shared-canal.md"
BOARDS = {"UP": "UP-BRD", "MID": "MID-BRD", "LOW": "LOW-BRD"}
HALF = Fraction(1, 2)
Package = tuple[int, int, int]


@cache
def case() -> Case:
    return load("shared-canal")


def number(address: str) -> Fraction:
    return Fraction(case().values[address].mode)


def share(rung: str, what: str) -> Fraction:
    return number(f"rungs/{rung}/{what}") if not rung.endswith(".0") else Fraction(0)


def worth(who: str, party: str, measure: str, level: int, loss: int) -> Fraction:
    """Value of a level against nothing; `loss` is what turns cost Upper."""
    total = Fraction(0)
    weights = {one.criterion for one in case().weights if one.constituency == who}
    for effect in case().effects:
        if (effect.measure, effect.party) == (measure, party) and effect.criterion in weights:
            size = number(effect.value.address) if effect.value.exact else Fraction(loss)
            total += size * share(f"{measure}.{level}", "benefit" if size > 0 else "exposure")
    return total


def accepted(package: Package, loss: int) -> bool:
    gauge, turns, fund = package
    if package == (1, 0, 0):
        return True
    if turns == 2 and gauge < 2:
        return False
    lifted = number("parameters/quarrel_cap") * (1 + share(f"turns.{turns}", "benefit"))
    if share(f"fund.{fund}", "heat") / 3 > lifted:
        return False
    link = 2 * share(f"turns.{turns}", "benefit") * share(f"fund.{fund}", "benefit")
    steps = [("gauge", gauge, 1), ("turns", turns, 0), ("fund", fund, 0)]
    for party, board in BOARDS.items():
        whole = link * HALF if party == "UP" else Fraction(0)
        for measure, level, today in steps:
            gain = worth(board, party, measure, level, loss)
            gain -= worth(board, party, measure, today, loss)
            linked = link if party == "UP" and measure != "gauge" else Fraction(0)
            if level > today and gain + linked < -number("parameters/width_executive"):
                return False
            whole += max(gain, Fraction(0)) * HALF + min(gain, Fraction(0))
        if whole < 0:
            return False
    return turns < 2 or worth("UP-GRW", "UP", "turns", 2, loss) >= -2


def win_set(loss: int) -> list[list[int]]:
    return [list(one) for one in product((1, 2), (0, 1, 2), (0, 1, 2)) if accepted(one, loss)]


def expected(world: str) -> dict[str, object]:
    worlds = case().checks["worlds"]
    assert isinstance(worlds, dict)
    found = worlds[world]
    assert isinstance(found, dict)
    return {key: plain(value) for key, value in found.items()}


def plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return int(value) if isinstance(value, str) and value.isdigit() else value


def test_nothing_is_wrong_or_doubtful() -> None:
    assert check("shared-canal") == ()


def test_exactly_one_number_is_uncertain() -> None:
    uncertain = [value for value in case().values.values() if not value.exact]
    assert [(one.address, one.low, one.high, one.shape) for one in uncertain] == [
        ("effects/turns/water/UP", -4.0, -2.0, "ends")
    ]


@pytest.mark.parametrize(("world", "loss"), [("mild", -2), ("severe", -4)])
def test_win_set_as_worked_on_the_page(world: str, loss: int) -> None:
    found = win_set(loss)
    assert found == expected(world)["win_set"]
    deepest = max(
        found,
        key=lambda one: sum(
            share(f"{m}.{level}", "benefit")
            for m, level in zip(("gauge", "turns", "fund"), one, strict=True)
        ),
    )
    assert deepest == expected(world)["deepest"]


def test_the_page_marks_the_same_packages() -> None:
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines()]
    table = [
        [cell.strip() for cell in row] for row in rows if row and row[0].strip().startswith("(")
    ]
    packages = [row for row in table if len(row) == 4]
    assert len(packages) == 18
    for column, loss in ((2, -2), (3, -4)):
        marked = [row[0] for row in packages if "accepted" in row[column]]
        assert marked == [str(tuple(one)) for one in win_set(loss)]
