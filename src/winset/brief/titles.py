"""Headings and figure titles of prices, unlocks, governments, scope and programmes.

Pure functions of numbers and of nouns the case supplies, like everything in
:mod:`winset.brief.words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.brief.words import Stopper, steps_word
from winset.words.phrases import (
    NB,
    capital,
    count_phrase,
    join_names,
    number_word,
    points,
    share_phrase,
)

OPENS = 0.25
"""A change opens a step if it brings it to this share of worlds or beyond."""
_BEARS = 0.50


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A step at the edge, and the best single change for it."""

    phrase: str
    change: str
    """In words; empty where no change tried opens the step."""
    before: float
    after: float
    worlds: int


def move_heading(unlocked: Sequence[Unlocked], edge: int, prices: Sequence[float] = ()) -> str:
    """How many of the steps at the edge one change opens (heading of prices and unlocks)."""
    if edge == 0:
        return "There is no closed next step to move"
    if not unlocked:
        return priced_heading(prices, edge)
    opened = [row for row in unlocked if row.change]
    total = len(unlocked)
    if not opened:
        return f"No single change tried opens any of {steps_word(total)} at the edge"
    if len(opened) == total:
        return f"For each of {steps_word(total)} at the edge some single change opens it"
    left = total - len(opened)
    rest = f"; no change tried opens the other {left}" if left > 1 else ", all but one"
    return f"One change opens {len(opened)} of {steps_word(total)} at the edge{rest}"


def priced_heading(prices: Sequence[float], edge: int) -> str:
    """How many of the steps at the edge are short by how much, and how many have no price."""
    if not prices:
        return f"None of {steps_word(edge)} at the edge has a price in points"
    low, high = points(min(prices)), points(max(prices))
    range_ = f"{low} points" if low == high else f"{low} to {high} points"
    if edge == 1:
        return f"The one step at the edge is short by {range_}"
    verb = "is" if len(prices) == 1 else "are"
    head = f"{len(prices)} of {steps_word(edge)} at the edge {verb} short by {range_}"
    left = edge - len(prices)
    return f"{head}; for the other {left} it is not a matter of points" if left else head


def unlock_title(unlocked: Sequence[Unlocked]) -> str:
    """Name the change that gains most (pattern L4) and one step that nothing opens."""
    opened = [row for row in unlocked if row.change]
    closed = [row.phrase for row in unlocked if not row.change]
    nothing = f"no change tried opens {closed[0]}" if closed else ""
    if len(closed) > 1:
        nothing += f" or {number_word(len(closed) - 1)} more"
    if not opened:
        return capital(nothing) if nothing else "No change was tried"
    best = max(opened, key=lambda row: row.after - row.before)
    head = (
        f"{capital(best.change)}: {best.phrase} opens "
        f"{share_phrase(best.after, best.worlds)}, up from {count_phrase(best.before, best.worlds)}"
    )
    return f"{head}; {nothing}" if nothing else head


def price_title(prices: Sequence[tuple[str, float]]) -> str:
    """Name the cheapest and the dearest of the priced steps; rows are (phrase, points)."""
    if not prices:
        return "No step at the edge has a price in points"
    low = min(prices, key=lambda row: row[1])
    high = max(prices, key=lambda row: row[1])
    if low[1] == high[1]:
        return f"{capital(low[0])} lacks {points(low[1])}{NB}points"
    return (
        f"{capital(low[0])} lacks least, {points(low[1])}{NB}points; {high[0]} most, "
        f"{points(high[1])}"
    )


@dataclass(frozen=True, slots=True)
class Bearing:
    """In how many worlds every party bears steps of one scope, under one variant."""

    variant: str
    level: int
    share: float
    worlds: int
    name: str = ""
    """What the scope reaches, in the words of the case."""

    @property
    def told(self) -> str:
        """The scope as a sentence names it: ``scope 2 (North-East Asia)``."""
        return f"scope {self.level} ({self.name})" if self.name else f"scope {self.level}"


def scope_heading(rows: Sequence[Bearing]) -> str:
    """Up to which scope all bear a step in at least half of the worlds (pattern L8)."""
    plain = [row for row in rows if row.variant == "none"]
    borne = [row for row in plain if row.share >= _BEARS]
    if not plain:
        return "No step of this case has a scope"
    if not borne:
        best = max(plain, key=lambda row: (row.share, row.level))
        return (
            f"No scope is borne by all in half of the worlds; {best.told} comes nearest, "
            f"{share_phrase(best.share, best.worlds)}"
        )
    widest = max(borne, key=lambda row: row.level)
    beyond = [row for row in plain if row.level == widest.level + 1]
    head = f"All bear steps of {widest.told} {share_phrase(widest.share, widest.worlds)}"
    if not beyond:
        return f"{head}, the widest there is"
    return f"{head}, of {beyond[0].told} in {count_phrase(beyond[0].share, beyond[0].worlds)}"


def scope_title(rows: Sequence[Bearing]) -> str:
    """Say what slippage takes from the scope all bear, and what a statement gives back."""
    held = {(row.variant, row.level): row for row in rows}
    gaps = [
        (held["none", row.level].share - row.share, row.level)
        for row in rows
        if row.variant == "slippage" and ("none", row.level) in held
    ]
    if not gaps:
        return "The scope each side bears"
    gap, level = max(gaps)
    base, slid = held["none", level], held["slippage", level]
    if round(100 * gap) == 0:
        return "Expected slippage takes nothing from the scope all bear"
    told = (
        f"Expected slippage narrows {base.told} from {count_phrase(base.share, base.worlds)} to "
        f"{count_phrase(slid.share, slid.worlds)}"
    )
    back = held.get(("statement", level))
    if back is None:
        return told
    if round(100 * (back.share - slid.share)) <= 0:
        return f"{told}; a limiting statement does not bring it back"
    return f"{told}; a limiting statement brings it back to {count_phrase(back.share, back.worlds)}"


@dataclass(frozen=True, slots=True)
class Carried:
    """How far one programme could be carried as it stands."""

    name: str
    upto: int
    """Steps, from the first, that are accepted together in at least half of the worlds."""
    steps: int
    whole: float
    worlds: int
    stop: str = ""
    """Phrase of the step at which it first falls below half."""
    who: str = ""


def programmes_title(rows: Sequence[Carried]) -> str:
    """Name the step at which each programme first falls below half, in the order of the sources."""
    stops = [row for row in rows if row.stop]
    if not rows:
        return "No programme is coded"
    if not stops:
        return "No programme stops: each is accepted whole in at least half of the worlds"
    told = [f"{row.name} at {row.stop}" for row in stops]
    whole = [row.name for row in rows if not row.stop]
    tail = f"; not {join_names(whole, last='or')}" if whole else ""
    return f"Where programmes first stop: {'; '.join(told)}{tail}"


def stoppers_title(rows: Sequence[Carried]) -> str:
    """Say who stops each programme there, those stopped by the same together."""
    held: dict[str, list[str]] = {}
    for row in rows:
        if row.stop:
            held.setdefault(row.who or "several limits together", []).append(row.name)
    if not held:
        return "Nobody stops a programme as it stands"
    verb = "stop" if "several limits together" in held else "stops"
    told = [f"{who} {verb} {join_names(names)}" for who, names in held.items()]
    return capital(", ".join(told))


def programme_sentence(row: Carried) -> str:
    """One programme in a sentence (pattern L9)."""
    whole = share_phrase(row.whole, row.worlds)
    if not row.stop:
        return f"{capital(row.name)}: all {row.steps} steps together are accepted {whole}."
    who = f", {row.who}" if row.who else ""
    carried = (
        f"the first {steps_word(row.upto)} of {row.steps} could be carried"
        if row.upto
        else f"not even the first of {steps_word(row.steps)} could be carried"
    )
    return (
        f"{capital(row.name)}: {carried} together in at least half of the worlds, all of them "
        f"{whole}; it stops first at {row.stop}{who}."
    )


@dataclass(frozen=True, slots=True)
class Gain:
    """What one party gains over today from one package, middle world, percent of its best."""

    package: str
    party: str
    percent: float


def gains_heading(rows: Sequence[Gain], package: str) -> str:
    """Say who gains most and who gains least from the package that is put forward."""
    here = [row for row in rows if row.package == package]
    if not here:
        return "What each side gets"
    losers = [row.party for row in here if row.percent < 0]
    if losers:
        return f"The {package} package leaves {join_names(losers)} worse off than today"
    high = max(here, key=lambda row: row.percent)
    low = min(here, key=lambda row: row.percent)
    if round(high.percent) == round(low.percent):
        return f"The {package} package brings each side about {round(low.percent)} percent of what it would propose"
    return (
        f"The {package} package brings {high.party} {round(high.percent)} percent of what "
        f"it would propose, {low.party} {round(low.percent)}"
    )


@dataclass(frozen=True, slots=True)
class Swing:
    """A finding with one value at the low and the high end of its range, of 100."""

    finding: str
    value: str
    low: float
    high: float
    flips: bool


def flips_title(swings: Sequence[Swing]) -> str:
    """Name the value that moves a finding most, among those that reverse one."""
    if not swings:
        return "No single value was moved"
    turning = [swing for swing in swings if swing.flips]
    most = max(turning or swings, key=lambda swing: abs(swing.high - swing.low))
    moved = f"{most.value} moves it from {round(most.low)} to {round(most.high)}"
    if turning:
        return f"{most.finding} would be another: {moved}"
    return f"No single value here reverses a finding; {moved[0].lower()}{moved[1:]}"


def gains_title(rows: Sequence[Gain]) -> str:
    """Name the row in which gains are most uneven."""
    packages: dict[str, list[Gain]] = {}
    for row in rows:
        packages.setdefault(row.package, []).append(row)
    if not packages:
        return "Nothing was weighed"

    def spread(found: Sequence[Gain]) -> float:
        return max(row.percent for row in found) - min(row.percent for row in found)

    name, found = max(packages.items(), key=lambda item: spread(item[1]))
    if round(spread(found)) == 0:
        return "Every package brings all sides the same part of what they would propose"
    high = max(found, key=lambda row: row.percent)
    low = min(found, key=lambda row: row.percent)
    low_said = f"{round(low.percent)}".replace("-", "−")
    return (
        f"Most uneven is {name}: {high.party} {round(high.percent)} percent of what it "
        f"would propose, {low.party} {low_said}"
    )


def holders(stoppers: Sequence[Stopper], edge: int, only: str) -> str:
    """Name the two who hold most of the steps at the edge (pattern L3), short enough for a screen.

    ``only`` is the step where there is just one.
    """
    if not stoppers:
        return f"Several limits together close the {steps_word(edge)} at the edge."
    first = capital(stoppers[0].phrase)
    if edge == 1:
        return f"{first} holds back the only step at the edge, {only}."
    told = [f"{first} holds back {stoppers[0].count} of the {steps_word(edge)} at the edge"]
    told += [f"{stopper.phrase} {stopper.count}" for stopper in stoppers[1:2]]
    left = edge - sum(stopper.count for stopper in stoppers[:2])
    return f"{', '.join(told)}{f'; others the other {left}' if left else ''}."
