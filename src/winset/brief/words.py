"""Sentences that only the brief needs: headings, figure titles and notes, as pure functions.

Phrases shared with other answers live in :mod:`winset.words.phrases`.  Nouns come from the case;
nothing here knows a government, a measure or an author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.holders import OWNERLESS
from winset.words.phrases import (
    NB,
    band,
    capital,
    count_phrase,
    join_names,
    number_word,
    of_hundred,
)

MOST = 4
"""First band that reads *most*."""
FEW = 1
"""Last band that reads *few*."""
_CONTRAST = 0.25
"""Groups are contrasted in the heading from this difference of their parts."""
_NAMED = 3

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
BASES = {
    "S": "stated in a source",
    "I": "inferred from a source",
    "A": "our assumption",
    "X": "outside knowledge",
}

GLOSSARY = {
    "world": (
        "one way the unknowns could stand: one draw of every uncertain value and of every "
        "disputed reading"
    ),
    "rung": "one of the ordered steps of a measure; each includes the steps below it",
    "ladder": "all rungs of one measure, from the least to the most demanding",
    "measure": "one thing that could be done together, in steps",
    "package": "a choice of one rung for every measure, offered as a whole",
    "share": (
        "the number of worlds of 100 in which a statement holds; it measures how well an answer "
        "survives what is not known"
    ),
    "reach": "the set of packages that every party could carry at home",
    "depth": (
        "how much of all that is on the ladders a package reaches, in percent; a ruler of the "
        "analyst, nobody's aim"
    ),
    "open": "some package that contains the rung is accepted by all",
    "consent": "a constituency's agreement where the rule of its party asks for it",
    "refuses": "in this coding, a package leaves a constituency below what it needs",
    "red line": "a rung that is refused whatever is offered, unless a named condition holds",
    "ceiling": "the highest level a set of measures may reach, raised by progress elsewhere",
    "slippage": "the widening of a step's scope that comes after it has begun",
    "point": "the unit of a constituency's gains and losses: one step of the coding's scale",
    "reading": "one side of a question on which the sources differ",
    "basis": (
        "what a value rests on: S stated in a source, I inferred from one, A our assumption, "
        "X outside knowledge"
    ),
    "at the edge": (
        "the first rung of a ladder above today that is open in fewer than half of the worlds"
    ),
    "middle half": "the range between the lowest and the highest quarter of worlds",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many further steps of one group are open how often."""

    title: str
    most: int
    few: int
    total: int


def tally(title: str, shares: Sequence[float]) -> Tally:
    """Count steps in the two upper and the two lower bands."""
    places = [band(share).index for share in shares]
    return Tally(
        title,
        sum(place >= MOST for place in places),
        sum(place <= FEW for place in places),
        len(places),
    )


def steps_word(count: int) -> str:
    """``1 step``, ``2 steps``, set so that number and noun stay together."""
    return f"{count:,}{NB}{'step' if count == 1 else 'steps'}"


def contrast_heading(groups: Sequence[Tally]) -> str:
    """Name the groups with the largest and the smallest part of steps open in most worlds."""
    told = [group for group in groups if group.total]
    parts = [group.most / group.total for group in told]
    if len(told) < 2 or max(parts) - min(parts) < _CONTRAST:
        return ""
    high, low = told[parts.index(max(parts))], told[parts.index(min(parts))]
    return (
        f"Open in most worlds: {high.most} of {steps_word(high.total)} on {high.title}, "
        f"{low.most} of {low.total} on {low.title}"
    )


def closed_title(steps: Sequence[tuple[str, float]]) -> str:
    """Name the steps open in almost no world; rows are (phrase, share)."""
    if not steps:
        return "Nothing lies above today on any ladder"
    shut = [phrase for phrase, share in steps if band(share).index == 0]
    if not shut:
        phrase, _ = min(steps, key=lambda row: row[1])
        return f"No step is closed in nearly all worlds; least open is {phrase}"
    named = shut[:_NAMED]
    more = f" and {number_word(len(shut) - len(named))} more" if len(shut) > len(named) else ""
    names = ", ".join(named) if more else join_names(named)
    return f"Open in almost no world: {names}{more}"


def ladder_heading(whole: Tally) -> str:
    """How many of all further steps are open in most worlds, and how many in few."""
    if whole.total == 0:
        return "Every ladder already stands at its top"
    if whole.most == whole.total:
        return f"Every one of {steps_word(whole.total)} beyond today is open in most worlds"
    if whole.few == whole.total:
        return f"None of {steps_word(whole.total)} beyond today is open in more than a few worlds"
    most = f"{whole.most} of {steps_word(whole.total)} beyond today "
    most += f"{'is' if whole.most == 1 else 'are'} open in most worlds"
    if whole.most == 0:
        most = f"None of {steps_word(whole.total)} beyond today is open in most worlds"
    few = (
        f", {whole.few} in few or almost none"
        if whole.few
        else "; each of the rest in more than a few"
    )
    return most + few


def ladder_title(groups: Sequence[Tally]) -> str:
    """Open steps group by group."""
    told = [group for group in groups if group.total]
    if not told:
        return "Nothing lies above today on any ladder"
    parts = []
    for place, group in enumerate(told):
        count = "all" if group.most == group.total else "none" if group.most == 0 else group.most
        of = f" {group.total}" if count == "all" else f" of {group.total}"
        unit = " further steps open in most worlds" if place == 0 else ""
        parts.append(f"{group.title}: {count}{of}{unit}")
    return capital("; ".join(parts))


@dataclass(frozen=True, slots=True)
class Offer:
    """A package as the headings name it: worlds asked for, ladders moved, depth in percent."""

    name: str
    level: float
    steps: int
    depth: float


def distinct(offers: Sequence[Offer]) -> list[Offer]:
    """Keep packages with new steps, surest first; of equal ones the surest stands for all."""
    kept: list[Offer] = []
    for offer in sorted(offers, key=lambda offer: -offer.level):
        same = [known for known in kept if (known.steps, known.depth) == (offer.steps, offer.depth)]
        if offer.steps and not same:
            kept.append(offer)
    return kept


def offers_heading(offers: Sequence[Offer]) -> str:
    """Name the packages by certainty and by the number of ladders each moves."""
    told = distinct(offers)
    if not told:
        return "The search found no package beyond today that stands in many worlds"
    steps = join_names([f"{offer.steps:,}" for offer in told], last="or")
    worlds = join_names([f"{round(100 * offer.level)}" for offer in told], last="or")
    noun = "ladder" if [offer.steps for offer in told] == [1] else "ladders"
    package = "One package" if len(told) == 1 else capital(f"{number_word(len(told))} packages")
    verb = "moves" if len(told) == 1 else "move"
    where = f"accepted in at least {worlds} of 100 worlds".replace(" of 100", f"{NB}of{NB}100")
    return f"{package} to act on {verb} {steps} {noun}, {where}"


def certainty_title(offers: Sequence[Offer], today: float) -> str:
    """Compare the depth of the surest package with that of the boldest and with today's."""
    told = distinct(offers)
    if not told:
        return "No package beyond today to draw"
    first, last = told[0], told[-1]
    now = f"(today {round(today)})"
    if first is last:
        return f"The {first.name} package reaches {round(first.depth)} percent {now}"
    if round(first.depth) == round(last.depth):
        reach = f"every package reaches {round(first.depth)} percent {now}"
        return f"Certainty costs no depth here: {reach}"
    return (
        f"Certainty costs depth: the {first.name} package reaches {round(first.depth)} percent of "
        f"the ladders {now}, the {last.name} package {round(last.depth)}"
    )


def curve_alt(title: str, offers: Sequence[Offer]) -> str:
    """Describe the certainty figure, for a reader who cannot see it."""
    points = "; ".join(
        f"{offer.name}, {round(100 * offer.level)} of 100 worlds, {round(offer.depth)} percent"
        for offer in offers
    )
    return f"Line of depth against certainty. {title}. {capital(points)}. Table follows."


@dataclass(frozen=True, slots=True)
class More:
    """A package with one rung more: how many worlds still accept it, and who mostly refuses."""

    phrase: str
    share: float
    who: str
    """Empty where no world is lost."""
    worlds: int


def further(package: str, share: str, left: int, ladders: int, worlds: int) -> str:
    """Say how many ladders a package leaves, and open the list of what the next step would do."""
    if not left:
        return (
            f"The {package} package moves every ladder; the table tells what one step more costs."
        )
    verb = "stays" if left == 1 else "stay"
    ladder = "their next step" if left > 1 else "its next step"
    return (
        f"Under the {package} package {left:,} of {ladders:,} {_steps(ladders)} {verb} as today. It is "
        f"accepted in {share}; with {ladder} added, one at a time, in so many of the first "
        f"{worlds:,} worlds:"
    )


def still(row: More) -> str:
    """Say how many worlds still accept a package with one step more, and who stops it."""
    share = of_100(row.share, row.worlds)
    tail = f"{share}; {row.who} stops it" if row.who else f"{share}; no world is lost"
    return f"{capital(row.phrase)}: {tail}."


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


def only_in_package(rung: str, share: float, alone: float, n: int) -> str:
    """Say that a rung is accepted in company and not by itself."""
    return (
        f"{capital(rung)}: open in {of_100(share, n)} worlds inside a package, "
        f"accepted by itself in {of_100(alone, n)}."
    )


def carried_by_packages(
    count: int, total: int, rung: str, share: float, alone: float, n: int
) -> str:
    """Say what a package adds over single steps (third finding of the first screen)."""
    if count == 0:
        return "No step gains 10 of 100 worlds by standing in a package rather than by itself."
    verb = "gains" if count == 1 else "gain"
    return (
        f"{capital(rung)} is accepted in {of_100(alone, n)} worlds by itself and in "
        f"{of_100(share, n)} as part of a wider package; {count} of {total:,} {verb} so."
    )


def of_100(share: float, n: int) -> str:
    """Bare share with its denominator: ``0 of 100``, ``fewer than 1 of 100``, ``100 of 100``."""
    shown = of_hundred(share, n)
    return f"{shown}{NB}of{NB}100" if shown in ("0", "100") else count_phrase(share, n)


def basis_heading(counts: dict[str, int], sources: str = "") -> str:
    """Say how much of the coding is assumption; ``sources`` is empty where there are none."""
    total, assumed = sum(counts.values()), counts.get("A", 0)
    if total == 0:
        return "No value of this case is uncertain"
    verb, noun = ("is", "an assumption") if assumed == 1 else ("are", "assumptions")
    share = (
        f"{assumed:,} of {total:,} uncertain values {verb} {'' if assumed == 1 else 'our '}{noun}"
    )
    return f"{share}; {sources} give directions, never sizes" if sources else share


def basis_title(rows: Sequence[tuple[str, int, int]]) -> str:
    """Kinds of value most and least assumed; rows are (kind, assumed, all)."""
    told = [row for row in rows if row[2]]
    if not told:
        return "Nothing is uncertain"
    throughout = [kind for kind, assumed, whole in told if assumed == whole]
    least = min(told, key=lambda row: row[1] / row[2])
    most = max(told, key=lambda row: row[1] / row[2])
    if most[1] * least[2] == least[1] * most[2]:
        return "Every kind of value is assumed to the same degree"
    tail = f"least assumed: {least[0]}, {least[1]:,} of {least[2]:,}"
    if throughout:
        return f"Assumed throughout: {'; '.join(throughout)}; {tail}"
    return f"Most assumed: {most[0]}, {most[1]:,} of {most[2]:,}; {tail}"


def sources_heading(count: int, paragraphs: int, noun: str) -> str:
    """Say what the coding is made from; ``noun`` is the plural of the case (``essays``)."""
    if count == 0:
        return "No source is named for this case"
    if count == 1:
        return f"One source, {paragraphs:,} paragraphs, is all this rests on"
    return f"{capital(number_word(count))} {noun}, {paragraphs:,} paragraphs, are the only sources"


def room_alt(title: str, rows: Sequence[tuple[str, float]]) -> str:
    """Describe what the room figure shows, for a reader who cannot see it."""
    if not rows:
        return f"Dot and bar chart of room by domain. {title}. No domain to show."
    high = max(rows, key=lambda row: row[1])
    low = min(rows, key=lambda row: row[1])
    return (
        f"Dot and bar chart of room by domain. {title}. Highest: {high[0]}, {round(high[1])} "
        f"percent; lowest: {low[0]}, {round(low[1])} percent. Table follows."
    )


def consent_row(name: str, rungs: Sequence[str]) -> str:
    """Say what consent would require where no price is shown."""
    steps = join_names([*rungs]) if rungs else "none coded"
    return (
        f"{capital(name)}: we assume that a settlement without their consent does not last. "
        f"Steps that touch them: {steps}."
    )


def one_package(level: float, named: Sequence[str], taken: int, left: Sequence[str]) -> str:
    """Name the package put forward by its largest steps (pattern L2), short enough for a screen."""
    worlds = f"{round(100 * level)}{NB}of{NB}100 worlds"
    more = taken - len(named)
    rest = [f"a step on {number_word(more)} more {_steps(more)}"] if more else []
    names = join_names([*named, *rest])
    none = f"; none on {join_names([*left], last='or')}" if left else ""
    return f"One package is accepted in at least {worlds}: {names}{none}."


def _steps(count: int) -> str:
    return "ladder" if count == 1 else "ladders"


def between(count: int) -> str:
    """Say how many readings lie between the two that are told."""
    verb, noun = ("lies", "reading") if count == 1 else ("lie", "readings")
    return f"{capital(number_word(count))} more {noun} {verb} between."
