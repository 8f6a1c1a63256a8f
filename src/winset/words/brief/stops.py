"""Who stops the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.brief.shared import steps_word
from winset.words.holders import OWNERLESS
from winset.words.phrases import capital, join_names

GLYPHS = {
    "floor": "⌊",
    "threshold": "Σ",
    "consent": "⌊Σ",
    "scope": "↔",
    "ceiling": "⌈",
    "red line": "‖",
    "prerequisite": "←",
    "conflict": "×",
}
LIMIT_WORDS = {
    "floor": "this step alone is too dear",
    "threshold": "the whole is worth too little",
    "consent": "the step is too dear and the whole worth too little",
    "scope": "scope too wide",
    "ceiling": "ceiling",
    "red line": "red line",
    "prerequisite": "another step comes first",
    "conflict": "another step excludes it",
}
SHORT_LIMITS = {
    "floor": "step too dear",
    "threshold": "whole worth too little",
    "consent": "both too dear and too little",
    "scope": "too wide",
    "ceiling": "ceiling",
    "red line": "red line",
    "prerequisite": "other step first",
    "conflict": "excluded",
}
_MOSTLY = {
    "floor": "mostly because the step costs too much",
    "threshold": "mostly because the whole brings too little",
    "consent": "mostly because the step costs too much and the whole brings too little",
}
STRUCTURE_LABELS = {
    "scope": ("Scope", "scope: the step is wider than all sides bear"),
    "ceiling": ("Ceiling", "ceiling"),
    "red line": ("Red line", "red line"),
    "prerequisite": ("Other step first", "another step comes first"),
    "conflict": ("Conflict", "another step excludes it"),
}
"""Label and name of the columns of limits that belong to nobody."""
ROLES = {
    "must agree": "must agree",
    "can only complain": "can only complain",
    "can spoil": "can spoil",
    "will react": "will react",
}
"""Roles of the table ``consents``, as columns of the consent map."""
READING = (
    "{steps} {stand} at the edge: the first step of its ladder above today that is open in "
    "fewer than half of the worlds. A cell counts the worlds of 100 in which, in this coding, "
    "letting go of that one limit would open the step; several can hold at once, so rows do "
    "not add up. Prices are in points; a point is one step of the coding's scale."
)
READS = "Worlds of 100 in which the limit holds the step; shade and number say the same"
ALONE = "Nobody alone"
RED_LINES = "The red lines, and what alone lifts them"
CAPTION = "Who or what holds the steps at the edge"
COLUMNS = ("Step", "held by", "limit", "of 100", "it alone", "price")
FOLD = "Table of the figure: every limit of every step at the edge"
CONSENT = "no price: consent"
NO_PRICE = "no price found"
NO_MATTER = "not a matter of points"
MAP_CAPTION = (
    "Behind a name: worlds of 100 in which the step, with all else as today, is worth too "
    "little to them; no number where it never is, and for consent that has no price"
)
MAP_COLUMN = "Step"
MAP_FOLD = "Consent map: who must agree, can only complain, can spoil or will react"
TOGETHER = "Where one alone is not enough"


_MILLION = 6.0
_ALL = 1.05
_EXACT = 10.0


@dataclass(frozen=True, slots=True)
class Stopper:
    """Who or what holds steps at the edge more than anything else does."""

    phrase: str
    count: int
    limit: str
    person: bool
    """Whether it is a constituency rather than a limit that nobody owns."""


def stops_heading(stoppers: Sequence[Stopper], edge: int) -> str:
    """Who holds most of the steps at the edge (heading of the blockers)."""
    if edge == 0:
        return "No ladder has a next step that is closed in half of the worlds"
    if not stoppers:
        return f"What closes the {steps_word(edge)} at the edge was not settled"
    first = [stopper for stopper in stoppers if stopper.count == stoppers[0].count]
    people = [stopper.phrase for stopper in first if stopper.person]
    count = first[0].count
    if not people:
        owner = limit_owner(first[0])
        verb = "stops" if count == 1 else "stop"
        return f"No one refuses first: of {steps_word(edge)} at the edge, {count} {verb} at {owner}"
    if edge == 1:
        return f"The one step at the edge stops at {people[0]}"
    if len(people) > 1:
        names = join_names(people)
        return f"Of {steps_word(edge)} at the edge, {count} each stop at {names}"
    verb = "stops" if count == 1 else "stop"
    return (
        f"Of {steps_word(edge)} at the edge, {count} {verb} at {people[0]}, more than anywhere else"
    )


def limit_owner(stopper: Stopper) -> str:
    """Name a limit that nobody owns, as a subject."""
    return OWNERLESS.get(stopper.limit, stopper.phrase)


def stops_title(stoppers: Sequence[Stopper]) -> str:
    """Name the strongest stoppers and their main limit, ties together (title of figure 4)."""
    tied: dict[int, list[Stopper]] = {}
    for stopper in sorted(stoppers, key=lambda stopper: -stopper.count):
        if stopper.count:
            tied.setdefault(stopper.count, []).append(stopper)
    if not tied:
        return "Nothing at the edge is stopped by one limit alone"
    parts = []
    for count, group in list(tied.items())[:3]:
        names = [item.phrase if item.person else limit_owner(item) for item in group]
        reason = _MOSTLY.get(group[0].limit, "") if len(group) == 1 else "each"
        reason = reason.removeprefix("mostly ") if count == 1 else reason
        parts.append(
            f"{join_names(names)}: {steps_word(count)}" + (f", {reason}" if reason else "")
        )
    return capital("; ".join(parts)).replace(", each", " each")


def consent_row(name: str, rungs: Sequence[str]) -> str:
    """Say what consent would require where no price is shown."""
    steps = join_names([*rungs]) if rungs else "none coded"
    return (
        f"{capital(name)}: we assume that a settlement without their consent does not last. "
        f"Steps that touch them: {steps}."
    )


def stand(count: int) -> str:
    """Verb of :data:`READING`."""
    return "stands" if count == 1 else "stand"


def never(names: Sequence[str]) -> str:
    """Say behind the figure whose consent is never the limit."""
    return f"Never the limit here, in this coding: {join_names([*names])}. " if names else ""


def bare(red_line: str) -> str:
    """Name of a red line without its article, for a column."""
    return red_line.removeprefix("a ")


def so_often(sentence: str, share: str) -> str:
    """Add how often it was so."""
    return f"{sentence} That was so in {share} of the worlds tried in which it is closed."


def consent_of(names: Sequence[str]) -> str:
    """Head what is said of consent that has no price."""
    return f"Consent of {join_names([*names])}"


@dataclass(frozen=True, slots=True)
class Passing:
    """How many times fewer packages would pass than are on offer, as a power of ten."""

    phrase: str
    magnitude: float


def sizes(sides: Sequence[Passing], together: Passing, offered: float, worlds: int) -> str:
    """Compare the win-sets, the smallest first, in the middle of the worlds counted.

    ``offered`` is the number of packages on offer, as a power of ten.
    """
    ranked = sorted(sides, key=lambda side: -side.magnitude)
    told = [f"{one_in(side.magnitude)} in {side.phrase}" for side in ranked]
    return (
        f"Of {packages_word(offered)} on offer, {join_names(told)} would pass at home, and "
        f"{one_in(together.magnitude)} in all of them at once (middle of {worlds:,} worlds): the "
        "win-sets. Whoever has the smallest decides most of what all can have."
    )


def packages_word(magnitude: float) -> str:
    """Tell a number of packages as a reader can hold it: in full below a million."""
    if magnitude < _MILLION:
        return f"{round(10**magnitude):,} packages"
    return f"about 10^{magnitude:.0f} packages"


def one_in(magnitude: float) -> str:
    """Share of packages as *1 in so many*, to two figures; *every one* where all pass."""
    size = 10**magnitude
    if size < _ALL:
        return "nearly every one"
    figures = int(float(f"{size:.2g}")) if size >= _EXACT else round(size, 1)
    return f"1 in {figures:,}"


def based(basis: str) -> str:
    """Add what a rule rests on, in front of its sources."""
    return f"; {basis}"
