"""What several sections need: linked numbers, the foot of a figure, names of whoever stops."""

from __future__ import annotations

from winset.brief.facts import Facts, LimitFact, RungFact
from winset.brief.runs import Link, Number, Run, Runs, Text, join
from winset.words import holders
from winset.words import phrases as words
from winset.words import reach as reach_words
from winset.words.brief import shared as wording
from winset.words.brief.stops import Stopper

STRUCTURE = ("scope", "ceiling", "red line", "prerequisite", "conflict")
"""Kinds of limit that belong to nobody, in the order they are shown."""
RULED = ("red line", "prerequisite", "conflict")
"""Kinds of limit that come from a rule."""
SHAPES = ("square", "circle", "triangle", "diamond", "pentagon")
"""Shape of each party, in the order of the case."""


def linked(sentence: str, marks: list[tuple[str, str]]) -> Runs:
    """Turn the first occurrence of each phrase, searched from left to right, into a number.

    Parameters
    ----------
    sentence
        A sentence of the grammar.
    marks
        (phrase, trace id) in the order in which the phrases stand; one that does not occur
        after those before it is left out.
    """
    runs: list[Run] = []
    place = 0
    for phrase, trace in marks:
        found = sentence.find(phrase, place)
        if not phrase or found < 0:
            continue
        runs += [Text(sentence[place:found]), Number(phrase, trace)]
        place = found + len(phrase)
    return join([*runs, Text(sentence[place:])])


def open_id(rung: str) -> str:
    """Trace of the share of worlds in which a rung is open."""
    return f"r.reach.{rung}.open"


def stop_id(rung: str, limit: LimitFact) -> str:
    """Trace of the share of worlds in which a limit holds a rung."""
    return f"r.reach.{rung}.{limit.limit.replace(' ', '-')}.{safe(limit.who)}"


def safe(name: str) -> str:
    """Write a name as part of an id."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)


def sources(facts: Facts) -> str:
    """Name the sources as a subject; empty where the case has none."""
    return reach_words.sources(facts.case) if facts.case.sources else ""


def foot(facts: Facts, table: str = "", *, worlds: int | None = None, more: str = "") -> Runs:
    """Foot of a figure: what it is a result of, over how many worlds, where its table is.

    ``worlds`` is how many the answer told rests on, where it is not the one of the brief; ``more``
    is a further sentence.  Links come last: paper leaves them out.
    """
    told = wording.foot(sources(facts), facts.worlds if worlds is None else worlds)
    return (Text(f"{told}{more}"), *foot_links(table))


def foot_links(table: str = "") -> Runs:
    """Links under a figure: its table, if it has one apart, and how its numbers are counted."""
    method = Link(wording.METHOD, "method")
    return (Link(wording.TABLE, table), Text(" "), method) if table else (method,)


def share_number(fact: RungFact, n: int) -> Number:
    """Open share as ``83 of 100``, linked."""
    return Number(words.count_phrase(fact.share, n), open_id(fact.rung.id))


def short(fact: RungFact) -> str:
    """Measure and rung in labels, for tight places."""
    return f"{fact.measure.words.label}: {fact.rung.words.label}"


def who_phrase(facts: Facts, limit: LimitFact) -> str:
    """Whoever or whatever stands behind a limit, as it stands in a sentence."""
    return kind_phrase(facts, limit.limit, limit.who)


def kind_phrase(facts: Facts, limit: str, who: str) -> str:
    """Name the owner of a limit, or the limit where a rule stands behind it."""
    name = holders.who_phrase if limit == "scope" else holders.holder
    return name(facts.case, limit, who)


def holder(facts: Facts, limit: LimitFact) -> str:
    """Who or what holds, in a table: a rule says in words what it asks."""
    if limit.limit in RULED:
        rule = facts.case.rule.get(limit.who)
        return rule.says if rule is not None and rule.says else limit.who
    return who_phrase(facts, limit)


def is_person(facts: Facts, limit: LimitFact) -> bool:
    """Whether the limit belongs to a constituency."""
    return limit.who in facts.case.constituency and limit.limit not in STRUCTURE


def column_of(facts: Facts, limit: LimitFact) -> str:
    """Column of figure 4 in which a limit stands."""
    return limit.who if is_person(facts, limit) else limit.limit


def main_limit(facts: Facts, rung: str) -> LimitFact | None:
    """Find the limit that holds a rung in most worlds."""
    rows = facts.limits_of.get(rung, ())
    return rows[0] if rows and rows[0].share > 0 else None


def stoppers(facts: Facts) -> tuple[Stopper, ...]:
    """Who holds the steps at the edge, by how many each holds more than anything else does."""
    held: dict[str, list[LimitFact]] = {}
    for fact in facts.edge:
        limit = main_limit(facts, fact.rung.id)
        if limit is not None:
            held.setdefault(column_of(facts, limit), []).append(limit)
    found = []
    for rows in held.values():
        kinds = [row.limit for row in rows]
        often = max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)))
        first = rows[0]
        phrase = who_phrase(facts, first)
        found.append(Stopper(phrase, len(rows), often, is_person(facts, first)))
    return tuple(sorted(found, key=lambda row: -row.count))
