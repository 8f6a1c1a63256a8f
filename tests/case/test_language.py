"""Quantities, conditions, changes: the three small languages."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.case import parse_change, parse_quantity
from winset.case.condition import ConditionError, parse_condition, walk
from winset.case.model import (
    AtLeast,
    Compare,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.case.quantity import written
from winset.errors import AskError


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("0.4", (0.4, 0.4, 0.4, "exact")),
        ("-1e-1", (-0.1, -0.1, -0.1, "exact")),
        ("0.2..0.6", (0.2, 0.4, 0.6, "pert")),
        ("0.2 .. 0.3 .. 0.6", (0.2, 0.3, 0.6, "pert")),
        ("uniform -1..1", (-1.0, 0.0, 1.0, "uniform")),
        ("ends 0..1", (0.0, 0.5, 1.0, "ends")),
    ],
)
def test_quantities(text: str, quantity: tuple[float, float, float, str]) -> None:
    assert parse_quantity(text) == pytest.approx(quantity) or tuple(
        parse_quantity(text)[:3]
    ) == pytest.approx(quantity[:3])
    assert parse_quantity(text).shape == quantity[3]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("0,5", "decimal point"),
        ("\N{MINUS SIGN}1", "plain hyphen"),
        ("2022-01-03", "made a date"),
        ("3-Jan", "made a date"),
        ("50%", "per cent"),
        ("nan", "plain number"),
        ("1e999", "plain number"),
        ("0.6..0.2", "ascending"),
        ("1..2..3..4", "Forms"),
        ("uniform 1", "Forms"),
        ("uniform 1..2..3", "Forms"),
        ("", "Forms"),
    ],
)
def test_bad_quantities_say_what_happened(text: str, hint: str) -> None:
    with pytest.raises(AskError, match=hint):
        parse_quantity(text)


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=3).map(sorted))
def test_written_quantities_read_back(ends: list[int]) -> None:
    low, mode, high = (end / 8 for end in ends)
    read = parse_quantity(written(low, mode, high, "pert"))
    if low < high:
        assert read == (low, mode, high, "pert")
    else:
        assert read == (mode, mode, mode, "exact")


A, B, C = RungAtLeast("A", 1), RungAtLeast("B", 2), RungAtLeast("C", 3)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("A.1", A),
        ("KR-x_2.12", RungAtLeast("KR-x_2", 12)),
        ("A.1 or B.2", AtLeast(1, (A, B))),
        ("A.1 and B.2 or C.3", AtLeast(1, (AtLeast(2, (A, B)), C))),
        ("A.1 and (B.2 or C.3)", AtLeast(2, (A, AtLeast(1, (B, C))))),
        ("not A.1 and B.2", AtLeast(2, (Not(A), B))),
        ("2 of (A.1, B.2 or C.3, C.3)", AtLeast(2, (A, AtLeast(1, (B, C)), C))),
        ("consents(KR-VIC)", Consents("KR-VIC")),
        ("KR-VIC", Consents("KR-VIC")),
        ("support(KR-PUB)", Supports("KR-PUB")),
        ("state(posture) >= convening", Compare("state", "posture", ">=", "convening")),
        ("threat(PRC) <= r1", Compare("threat", "PRC", "<=", "r1")),
        ("attitude(QUAD) >= -0.5", Compare("attitude", "QUAD", ">=", "-0.5")),
        ("parameter(x) = 1", Compare("parameter", "x", "=", "1")),
        ("flag(jp_law)", Flag("jp_law")),
        ("venue(PIC)", Venue("PIC")),
        ("shock(X1)", Happened("X1")),
        ("H.2 held 3", Held("H", 2, 3)),
        ("orange and android", AtLeast(2, (Consents("orange"), Consents("android")))),
    ],
)
def test_conditions(text: str, condition: object) -> None:
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    "text",
    ["", "A.1 or", "or A.1", "A.1 B.2", "(A.1", "0 of (A.1)", "3 of (A.1, B.2)", "A.1 held x",
     "A.1 held 1.5", "state(x)", "flag()", "A,1", "(" * 1500, "x" * 3000, "A.1 \n or"],
)  # fmt: skip
def test_bad_conditions(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


@given(st.text(alphabet="AB.12 andort()ofhe,=>-_x", max_size=60))
def test_any_text_is_a_condition_or_an_error(text: str) -> None:
    with contextlib.suppress(ConditionError):
        assert list(walk(parse_condition(text)))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("parameters/hist_cap = 0.2..0.6", ("parameters/hist_cap", "=", "0.2..0.6")),
        ("weights/KR-*/AUT+=1", ("weights/KR-*/AUT", "+=", "1")),
        ("a-b-=1", ("a-b", "-=", "1")),
        ("rungs/@japan/benefit *= 0.5", ("rungs/@japan/benefit", "*=", "0.5")),
        ("levers/posture=convening", ("levers/posture", "=", "convening")),
    ],
)
def test_changes(text: str, parts: tuple[str, str, str]) -> None:
    change = parse_change(text)
    assert (change.address, change.operator, change.value) == parts


@pytest.mark.parametrize("text", ["", "a", "= 1", "a =", "a == b", "a / = 1", "a" * 600 + "=1"])
def test_bad_changes(text: str) -> None:
    with pytest.raises(AskError, match="is not a change"):
        parse_change(text)
