"""The grammar of answers: every phrase that more than one question needs.

Pure functions of numbers and of nouns that the case supplies.  A share of worlds (0..1, with the
number of worlds counted) is printed as a whole number of 100 with spaces that do not break.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, sqrt
from typing import Literal

NB = "\u00a0"
"""A space at which no line is broken."""

BAND_WORDS = ("almost none", "few", "fewer than half", "more than half", "most", "nearly all")
BAND_FILLS = ("#ffffff", "#e3eaf2", "#bccfe2", "#84a9cb", "#33699c", "#153f68")
BAND_EDGES = (0.05, 0.25, 0.50, 0.75, 0.95)
_NEAR_EDGE = ("about one in twenty", "about a quarter", "about half", "about three quarters")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FEWEST_PRICED = 50
_NOT_FAR = "not far"
_FRACTIONS = {
    "one in ten": 0.1,
    "one in five": 0.2,
    "one in four": 0.25,
    "one in three": 1 / 3,
    "two in five": 0.4,
    "half of the": 0.5,
    "three in five": 0.6,
    "two in three": 2 / 3,
    "three in four": 0.75,
    "four in five": 0.8,
    "nine in ten": 0.9,
}


@dataclass(frozen=True, slots=True)
class Band:
    """One of the six bands of shares: its place, its word and its shade."""

    index: int
    word: str
    fill: str

    @property
    def dark(self) -> bool:
        """Whether figures on the fill are printed white."""
        return self.index >= len(BAND_WORDS) - 2


def band(share: float) -> Band:
    """Band of a share of worlds.

    The unrounded share decides; one that is printed on the edge above its band (24.6 as 25) is
    worded "about a quarter" and keeps the lower shade.
    """
    index = sum(share >= edge for edge in BAND_EDGES)
    word = BAND_WORDS[index]
    if index < len(_NEAR_EDGE) and _rounded(share) >= round(100 * BAND_EDGES[index]):
        word = _NEAR_EDGE[index]
    return Band(index, word, BAND_FILLS[index])


def of_hundred(share: float, n: int) -> str:
    """Print a share as a whole number of 100: ``83``, ``<1``, ``>99``.

    ``0`` and ``100`` stand only where none or all of the ``n`` worlds were counted.
    """
    count = round(share * n)
    if count <= 0:
        return "0"
    if count >= n:
        return "100"
    whole = _rounded(count / n)
    return "<1" if whole < 1 else ">99" if whole > 99 else str(whole)


def count_phrase(share: float, n: int) -> str:
    """Bare share for the middle of a sentence: ``83 of 100``, ``fewer than 1 of 100``."""
    shown = of_hundred(share, n)
    if n == 0:
        return "no world tried"
    if shown == "0":
        return f"none of {n:,}".replace(" ", NB)
    if shown == "100":
        return f"all {n:,}".replace(" ", NB)
    about = "about " if two_errors(share, n) > 2 else ""
    words = {"<1": "fewer than 1", ">99": "more than 99"}.get(shown, f"{about}{shown}")
    return f"{words} of 100".replace(" ", NB)


def share_phrase(share: float, n: int, *, first: bool = True, unsettled: float = 0.0) -> str:
    """Share as a reader meets it: ``in 83 of 100 worlds``, later ``in 83 of 100``.

    Parameters
    ----------
    share, n
        Share in 0..1 and the number of worlds it was counted over.
    first
        Whether the paragraph has not said "worlds" yet.
    unsettled
        Share of worlds in which the search stopped before a verdict; the share is then worded
        as a lower bound.
    """
    worlds = " worlds" if first else ""
    shown = of_hundred(share, n)
    if round(unsettled * n) > 0:
        gap = f"({of_hundred(unsettled, n)} not settled)"
        return f"in at least {shown} of 100{worlds} {gap}".replace(" ", NB)
    if n == 0:
        return "in no world tried"
    if shown == "0":
        return f"in no world drawn (0 of {n:,})".replace(" ", NB)
    if shown == "100":
        return f"in all {n:,} worlds drawn".replace(" ", NB)
    return f"in {count_phrase(share, n)}{worlds}".replace(" ", NB)


def two_errors(share: float, n: int) -> float:
    """Two standard errors of a share counted over ``n`` worlds, in worlds of 100."""
    return 200 * sqrt(max(share * (1 - share), 0.0) / n) if n else float("inf")


def price_phrase(p25: float, p50: float, p75: float, *, worlds: int | None = None) -> str:
    """Points missing for consent: ``1.2 points short (0.6 to 2.0 in the middle half)``.

    ``worlds`` is the number of worlds in which a price was found; below 50 the phrase says so.
    """
    if worlds == 0:
        return "no price found"
    if worlds is not None and worlds < FEWEST_PRICED:
        return "too rarely to price"
    middle = f"{points(p25)} to {points(p75)} in the middle half"
    head = f"{points(p50)} points short".replace(" ", NB)
    return head if points(p25) == points(p75) else f"{head} ({middle})"


def points(value: float) -> str:
    """Points with one decimal; ``under 0.1`` where the decimal would show nothing."""
    shown = f"{value:.1f}"
    return f"under{NB}0.1" if value > 0 and shown == "0.0" else shown


def join_names(names: Sequence[str], *, last: Literal["and", "or"] = "and") -> str:
    """Join names: ``a``, ``a and b``, ``a, b and c``; empty text for no names."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def number_word(number: int) -> str:
    """``three`` up to ten, figures above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def capital(text: str) -> str:
    """First letter in upper case, the rest as it stands."""
    return text[:1].upper() + text[1:]


def everyone(parties: Sequence[str], noun: str) -> str:
    """Name all who must carry a package: ``All three governments``, one: its own name."""
    if len(parties) == 1:
        return capital(parties[0])
    both = "Both" if len(parties) == 2 else f"All {number_word(len(parties))}"
    return f"{both} {noun}"


@dataclass(frozen=True, slots=True)
class Step:
    """What a sentence needs to know of a rung: nouns of the case and numbers of its row."""

    rung: str
    phrase: str
    group: str
    role: Literal["core", "carrier", "beyond"]
    share: float
    gain: float
    """Depth over the status quo, in percent."""
    unsettled: float = 0.0
    offered: bool = False
    """Whether the package that is put forward contains it."""
    named: bool = True  # by a source


def verdict(steps: Sequence[Step], titles: Mapping[str, str]) -> str:
    """Verdict words for the core group and for the first group beyond it.

    A group's share is the mean open share of its rungs above the status quo; its band decides
    between *far*, *part of the way* and *not far*, which reads *little beyond it* after a core
    that goes further.
    """
    judged: dict[str, list[str]] = {}
    for role in ("core", "beyond"):
        group = next((step.group for step in steps if step.role == role), None)
        if group is not None:
            shares = [step.share for step in steps if step.group == group]
            judged.setdefault(_how_far(sum(shares) / len(shares)), []).append(topic(titles[group]))
    if not judged:
        return f"{capital(_how_far(sum(step.share for step in steps) / len(steps)))}."
    told = [f"{far} on {join_names(groups)}" for far, groups in judged.items()]
    if len(told) == 2 and [*judged][1] == _NOT_FAR:
        told[1] = "little beyond it"
    return f"{capital(', '.join(told))}."


def topic(title: str) -> str:
    """Title of a group inside a sentence: what stands before its colon."""
    return title.partition(": ")[0]


def lead(
    steps: Sequence[Step], *, parties: Sequence[str], titles: Mapping[str, str], noun: str, n: int
) -> str:
    """First sentences of an answer about reach (pattern L1).

    Parameters
    ----------
    steps
        All rungs above the status quo, in the order of the ladder; empty: nothing is offered.
    parties
        Phrases of those who must carry a package; ``noun`` is their plural ("governments").
    titles
        Title of each group.
    n
        Number of worlds the shares were counted over.
    """
    who = everyone(parties, noun)
    if not steps:
        return "Nothing beyond today is on offer here: every ladder already stands at its top."
    if all(step.share == 0 and step.unsettled == 0 for step in steps):
        return (
            f"Not beyond where it stands: {lower(who)} could carry no further step in any of the "
            f"{n:,} worlds drawn."
        )
    if all(band(step.share).index == len(BAND_WORDS) - 1 for step in steps):
        least = min(steps, key=lambda step: step.share)
        return (
            f"As far as the ladders go: {lower(who)} could carry every step offered, "
            f"the least open of them, {least.phrase}, {said(least, n)}."
        )
    start = verdict(steps, titles)
    carried = deepest_open(steps)
    if carried is None:
        best = max(steps, key=lambda step: step.share)
        return f"{start} No step is open in most worlds; the most open is {best.phrase}, {said(best, n)}."
    edge = first_closed(steps, carried)
    told = f"{start} {who} could carry {carried.phrase} {said(carried, n)}"
    if edge is None:
        return f"{told}."
    link = "but" if edge.share < BAND_EDGES[1] else "and"
    return f"{told}, {link} {edge.phrase} {said(edge, n, first=False)}."


def infeasible(who: Sequence[str], n: int) -> str:
    """Lead of a case in which even the status quo is refused (pattern L1, no package)."""
    stops = f"; they stop at {join_names([*who])}" if who else ""
    return f"Not even today's steps can be carried by all in any of the {n:,} worlds drawn{stops}."


def deepest_open(steps: Sequence[Step]) -> Step | None:
    """Deepest core rung open in at least 75 of 100 worlds; of equals the one less often open.

    Rungs of the package that is put forward come before others, and of these what a source names.
    """
    open_steps = [step for step in steps if step.share >= BAND_EDGES[3]]
    core = [step for step in open_steps if step.role == "core"]
    offered = [step for step in core if step.offered]
    best = [step for step in offered if step.named] or offered or core or open_steps
    return max(best, key=lambda step: (step.gain, -step.share), default=None)


def first_closed(steps: Sequence[Step], after: Step | None) -> Step | None:
    """First rung beyond the core that is open in fewer than 25 of 100 worlds.

    Groups beyond the core come first, then the rest; a rung that a source names comes first.
    Without any such rung it is the least open one.
    """
    others = [step for step in steps if step is not after]
    for roles in (("beyond",), ("core", "carrier")):
        closed = [step for step in others if step.role in roles and step.share < BAND_EDGES[1]]
        if closed:
            return next((step for step in closed if step.named), closed[0])
    return min(others, key=lambda step: step.share, default=None)


def said(step: Step, n: int, *, first: bool = True) -> str:
    """Share phrase of a rung, unsettled worlds included."""
    return share_phrase(step.share, n, first=first, unsettled=step.unsettled)


@dataclass(frozen=True, slots=True)
class Climb:
    """How much of the ladders a package moves."""

    ladders: int
    all_ladders: int
    steps: int
    """Rungs passed above the status quo."""
    all_steps: int
    untouched: tuple[str, ...] = ()
    """What it leaves as it is, as a sentence names it."""


def package(level: float, best: Sequence[str], climb: Climb) -> str:
    """One package that stands in many worlds (pattern L2).

    ``best`` are phrases of the rungs of largest gain on the ladders that move.
    """
    share = f"{round(100 * level)} of 100 worlds".replace(" ", NB)
    if not best:
        return f"The search found no package beyond today accepted in at least {share}."
    ladders = "ladder" if climb.all_ladders == 1 else "ladders"
    steps = "step" if climb.all_steps == 1 else "steps"
    moved = (
        f"{climb.ladders:,} of {climb.all_ladders:,} {ladders}, "
        f"{climb.steps:,} of {climb.all_steps:,} {steps}"
    )
    link = "among them" if climb.ladders > len(best) else "up to"
    rest = f"; untouched: {join_names(climb.untouched)}" if climb.untouched else ""
    return (
        f"One package is accepted in at least {share} and moves {moved}, "
        f"{link} {join_names([*best])}{rest}."
    )


LimitKind = Literal[
    "floor", "threshold", "consent", "scope", "ceiling", "prerequisite", "conflict", "red line"
]


@dataclass(frozen=True, slots=True)
class Stop:
    """What a sentence needs to know of a limit that closes a rung at the edge."""

    who: str
    """Phrase of the constituency, of the ceiling or of the rule."""
    limit: LimitKind
    rung: str
    """Phrase of the rung."""
    share: float
    """Share of the worlds in which the rung is closed."""
    closed: int
    """Number of those worlds."""
    price: str = ""
    """Price phrase; empty where none is shown."""


def blockers(held: Sequence[tuple[str, int]], *, edge: int, firmest: Stop, n: int) -> str:
    """Who stops the next steps (pattern L3), constituencies and structural limits alike.

    Parameters
    ----------
    held
        Phrase of each that stops more of a step's worlds than anything else does, with the
        number of such steps, most first.
    edge
        Number of steps at the edge.
    firmest
        The limit that stops its step in most worlds.
    n
        Number of worlds drawn.
    """
    counts: dict[int, list[str]] = {}
    for who, count in held:
        counts.setdefault(count, []).append(who)
    of = f"of the {edge:,} steps" if edge > 1 else "step"
    parts = []
    for place, (count, names) in enumerate(counts.items()):
        each = " each" if len(names) > 1 else ""
        verb = "hold back " if each else "holds back "
        amount = f"{verb}{count:,} {of} at the edge" if place == 0 else f"{count:,}"
        if edge == 1:
            amount = f"{verb}the only step at the edge"
        parts.append(f"{join_names(names)} {amount}{each}")
    worlds = share_phrase(firmest.share * firmest.closed / n if n else 0.0, n)
    if edge == 1:
        return capital(f"{parts[0]}, {firmest.rung}, {worlds}.")
    return capital(f"{', '.join(parts)}; firmest: {firmest.rung}, at {firmest.who}, {worlds}.")


def joint_blocker(names: Sequence[str], rung: str) -> str:
    """Name limits that hold a rung only together (pattern L3)."""
    every = "both" if len(names) == 2 else "all"
    return f"For {rung}, {join_names([*names])} must {every} give."


def structure(stop: Stop, *, subject: str = "the step") -> str:
    """How a limit without an owner holds a rung, or a step of a package."""
    how = {
        "scope": "is wider than all sides bear",
        "prerequisite": "has to wait for another",
        "conflict": "is excluded by another",
        "red line": f"crosses {stop.who}",
    }
    return f"{subject} {how.get(stop.limit, f'stops at {stop.who}')}"


def of_closed(stop: Stop) -> str:
    """Share of the worlds in which the rung is closed, with its denominator."""
    share = count_phrase(stop.share, stop.closed)
    if of_hundred(stop.share, stop.closed) in ("0", "100"):
        return f"in {share} worlds in which it is closed"
    return f"in {share} of the worlds in which it is closed".replace("100 of the", f"100{NB}of the")


def valley(low: str, low_share: float, high: str, high_share: float, n: int) -> str:
    """Say that a later rung is more open than an earlier one (pattern L4, valley)."""
    lower_share, higher_share = count_phrase(low_share, n), count_phrase(high_share, n)
    return (
        f"The harder step comes first: {lower_share} worlds for {low}, {higher_share} for {high}, "
        "a later step of the same ladder."
    )


def firmness(assumed: int, total: int, *, sources: str) -> str:
    """How much of the coding is assumption (pattern L6); ``sources`` may be empty."""
    if total == 0:
        return "No value of this case is uncertain."
    part = assumed / total
    if _FRACTIONS["one in ten"] / 2 <= part <= 1 - _FRACTIONS["one in ten"] / 2:
        nearest = min(_FRACTIONS, key=lambda name: abs(_FRACTIONS[name] - part))
        share = f"about {nearest} values here are assumptions"
    else:
        share = f"{assumed:,} of {total:,} uncertain values here rest on assumption"
    told = f"{sources} give directions, never sizes: {share}" if sources else share
    return f"{capital(told)}, varied over wide ranges."


def domain(rooms: Sequence[tuple[str, float]]) -> str:
    """Where there is most room (pattern L7), ties included.

    Rooms are (phrase, percent of depth to gain).
    """
    if not rooms:
        return ""
    most = max(room for _, room in rooms)
    least = min(room for _, room in rooms)
    if most - least < 10:
        return "Room is even across domains."
    highest = join_names([phrase for phrase, room in rooms if round(room) == round(most)])
    lowest = join_names([phrase for phrase, room in rooms if round(room) == round(least)])
    return f"Most room in {highest}, least in {lowest}."


def no_price(who: str) -> str:
    """Say what stands where a price would be out of place."""
    return f"we assume that a settlement without the consent of {who} does not last"


WORLD = (
    "A world is one way the unknowns could stand. A share says how well an answer survives what "
    "is not known; it is not the chance that something happens."
)


def lower(text: str) -> str:
    """``All three`` within a sentence; names keep their capital."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in ("All", "Both") else text


def _how_far(share: float) -> str:
    index = band(share).index
    return "far" if index >= 4 else "part of the way" if index == 3 else _NOT_FAR


def _rounded(share: float) -> int:
    return floor(100 * share + 0.5)
