"""How few values, moved to an end of their range, reverse a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from winset.ask.sense.finding import FINDINGS, HALF, Finding
from winset.ask.sense.groups import group_of
from winset.ask.sense.spread import influence, outputs
from winset.ask.sense.vary import Panel, Rows
from winset.words.reach import unpriced
from winset.worlds.transform import fixed

SCREENED = 6
"""Values with the greatest influence on each finding that are tried at both ends."""
MOST = 5
"""Values moved together at most."""
SHOWN = 5
_SHARES = ("lead", "beyond")


@dataclass(frozen=True, slots=True)
class End:
    """A value held at one end of its range."""

    address: str
    value: float


Tried = Mapping[End, Mapping[str, Finding]]


def screen(base: Panel) -> list[str]:
    """List the values that move some finding most over the worlds of the base.

    What is coded of those whose consent has no price is left out: they are nobody's lever.
    """
    case = base.worlds.case
    spared = unpriced(case)
    read = {
        address: base.worlds.numbers[address]
        for address, value in case.values.items()
        if group_of(address) and not value.exact and not spared & set(address.split("/"))
    }
    chosen: dict[str, None] = {}
    for output in outputs(base, base.worlds).values():
        moved = influence(read, output)
        ranked = sorted(moved, key=lambda address: (-moved[address], address))
        chosen |= dict.fromkeys(ranked[:SCREENED])
    return [*chosen]


def singles(base: Panel) -> Iterator[tuple[End, Mapping[str, Finding]]]:
    """Yield the findings with each screened value at each end of its range."""
    for address in screen(base):
        value = base.worlds.case.values[address]
        for end in (End(address, value.low), End(address, value.high)):
            yield end, _at(base, [end])


def _at(base: Panel, ends: Sequence[End]) -> dict[str, Finding]:
    found = base.look(fixed(base.worlds, {end.address: end.value for end in ends}))
    return {finding.finding: finding for finding in base.findings(found)}


def single_rows(base: Panel, tried: Tried) -> Rows:
    """Rows of the values that move each finding most, widest first."""
    case = base.worlds.case
    rows: Rows = []
    for finding in FINDINGS:
        moved = []
        for address in dict.fromkeys(end.address for end in tried):
            value = case.values[address]
            low, high = (tried[End(address, end)][finding] for end in (value.low, value.high))
            crossing = float("nan")
            if finding in _SHARES and (low.number - HALF) * (high.number - HALF) < 0:
                part = (HALF - low.number) / (high.number - low.number)
                crossing = value.low + part * (value.high - value.low)
            flips = not (low.holds and high.holds)
            numbers = low.number, high.number
            moved.append((finding, address, value.basis, *numbers, crossing, flips))
        moved.sort(key=lambda row: (not row[-1], -abs(row[4] - row[3]), row[1]))
        rows += moved[:SHOWN]
    return rows


def minimal(base: Panel, tried: Tried, finding: str) -> Rows:
    """Rows of the smallest set found that reverses a finding.

    One value is tried exhaustively over the values screened.  Failing that the values are moved
    together, those that move the finding furthest first, and each that is not needed is taken
    back: no smaller part of the set does it, but another set of that size or less may exist.
    """
    case = base.worlds.case
    alone = [end for end in tried if not tried[end][finding].holds]
    if alone:
        end = alone[0]
        number = tried[end][finding].number
        basis = case.values[end.address].basis
        return [(finding, 1, end.address, basis, end.value, number, len(tried) // 2, True)]
    ends, number = _greedy(base, tried, finding)
    rows: Rows = [
        (finding, len(ends), e.address, case.values[e.address].basis, e.value, number) for e in ends
    ] or [(finding, 0, "", "", float("nan"), float("nan"))]
    return [(*row, len(tried) // 2, len(ends) == 2) for row in rows]


def _greedy(base: Panel, tried: Tried, finding: str) -> tuple[list[End], float]:
    own = next(f for f in base.findings(base.base) if f.finding == finding).number
    towards = _direction(finding, tried, own)
    ranked = sorted(
        tried, key=lambda end: (-towards * (tried[end][finding].number - own), end.address)
    )
    ends: list[End] = []
    for end in ranked:
        if end.address in {chosen.address for chosen in ends}:
            continue
        ends.append(end)
        if len(ends) > 1 and not (now := _at(base, ends)[finding]).holds:
            return _needed(base, ends, finding, now.number)
        if len(ends) == MOST:
            break
    return [], float("nan")


def _direction(finding: str, tried: Tried, own: float) -> float:
    """Say which way leads to a reversal: down for lead and blocker, up for beyond, else furthest."""
    if finding in ("lead", "blocker"):
        return -1.0
    if finding == "beyond":
        return 1.0
    furthest = max((found[finding].number - own for found in tried.values()), key=abs, default=1.0)
    return 1.0 if furthest >= 0 else -1.0


def _needed(base: Panel, ends: list[End], finding: str, number: float) -> tuple[list[End], float]:
    for end in [*ends]:
        rest = [other for other in ends if other is not end]
        if len(rest) > 1 and not (now := _at(base, rest)[finding]).holds:
            ends, number = rest, now.number
    return ends, number
