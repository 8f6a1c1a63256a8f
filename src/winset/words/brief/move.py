"""What would move the steps at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.brief.shared import of_100, steps_word
from winset.words.phrases import (
    NB,
    capital,
    count_phrase,
    number_word,
    points,
    share_phrase,
    two_errors,
)

READS = "Grey bar: middle half of worlds. Tick: middle world."
HEAD = "Step at the edge"
MISSING = "points missing"
OPEN = "open in, of 100 worlds"
SEVERAL = "several limits together"
PRICE = "{who}: {points}"
CONSENT = "consent, no price"
RARE = "too rarely to price"
NO_MATTER = "not a matter of points"
NOT_TRIED = "not tried"
NOTHING_OPENS = "no change tried brings it to 25 of 100 worlds"
CHANGE = "{label}: {before} to {after}"
PAIRS = "Two changes at once"
CLOSED = "What no change tried opens"
TRIED = (
    "{count} single changes tried in the same worlds, each against none; those that open it "
    "furthest were tried in more worlds."
)
LINE = "change"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A step at the edge, and the best single change for it."""

    phrase: str
    change: str
    """In words; empty where no change tried opens the step."""
    before: float
    after: float
    worlds: int
    waived: bool = False
    """Whether the change is that somebody's consent is not asked for."""


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
    nothing = unmoved(closed)
    if not opened:
        return capital(nothing) if nothing else "No change was tried"
    best = max(opened, key=lambda row: row.after - row.before)
    head = (
        f"{capital(best.change)}: {best.phrase} opens "
        f"{share_phrase(best.after, best.worlds)}, up from {count_phrase(best.before, best.worlds)}"
    )
    return f"{head}; {nothing}" if nothing else head


def unmoved(closed: Sequence[str]) -> str:
    """Name one step that no change tried opens, and how many more; empty where there is none."""
    if not closed:
        return ""
    more = f" or {number_word(len(closed) - 1)} more" if len(closed) > 1 else ""
    return f"no change tried opens {closed[0]}{more}"


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


def reading(*, tried: bool) -> str:
    """Say how the figure is read; ``tried`` where changes were."""
    text = (
        "Left: how many points whoever holds the step most often is short of accepting it, over "
        "the worlds in which that limit alone closes it. A point is one step of the coding's scale."
    )
    if tried:
        text += (
            " Right: the worlds of 100 in which the step is open, before and after the one change "
            "that opens it most; counted in fewer worlds than the ladder, so that shares differ a "
            "little. A change is a what-if, not advice: it may cost elsewhere."
        )
    return text


def right_reads(worlds: int) -> str:
    """Say how the shares of the figure are read, and how far they may be off."""
    return (
        f" Ring: today's share. Arrow: with the change named. Both in the first {worlds:,} worlds: "
        f"give or take up to {two_errors(0.5, worlds):.0f}{NB}of{NB}100."
    )


def priced(low: float, middle: float, high: float) -> str:
    """Points missing in the middle world, with the middle half."""
    return f"{points(middle)} ({points(low)} to {points(high)})"


def no_price(who: str, why: str) -> str:
    """Say who holds a step, and why no points are told."""
    return f"{capital(who)}: {why}"


def pair(change: str, rung: str, before: float, after: float, worlds: int) -> str:
    """Say what two changes at once open."""
    return (
        f"{capital(change)}: {rung} opens "
        f"{share_phrase(after, worlds)}, up from "
        f"{count_phrase(before, worlds)}."
    )


def unopened(rung: str, who: str, without: str) -> str:
    """Begin a sentence on a step that nothing opens, up to its share.

    ``without`` says in how many worlds it would be open if what holds it mostly were gone; empty
    where a change of that kind was tried.
    """
    held = f"held mostly by {who}" if who else "held by several"
    lifted = f", without which it would be open in {without}" if without else ""
    return f"{capital(rung)}: {held}{lifted}; open in "


def tried(label: str, change: str, before: float, after: float, worlds: int, error: float) -> str:
    """Say what one change opens, with its error."""
    return (
        f"{label} ({change}): {of_100(after, worlds)}, "
        f"not {of_100(before, worlds)}, over {worlds:,} worlds; "
        f"standard error of the gain {100 * error:.0f}"
    )


def would_open(rung: str) -> str:
    """Name the trace of what would open a step."""
    return f"What would open {rung}"
