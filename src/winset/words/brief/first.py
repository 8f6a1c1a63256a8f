"""The first screen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winset.words.brief.move import Unlocked, unlock_title, unmoved
from winset.words.brief.shared import ladders_word, long_date, of_100, steps_word
from winset.words.brief.stops import Stopper
from winset.words.phrases import NB, capital, join_names, number_word

PACKAGE = "A package to propose."
STOPS = "Who stops the next step."
MOVES = "What moves it."
_CONSENT_ONLY = "only where whoever stops them no longer objects"
COMPANY = "What only a package carries."
HANGS = "What it hangs on."
FIRM = "How firm."
ACCEPTED_IN = " is unopposed "
"""What stands behind the step in :func:`carried_by_packages`."""
NOTHING_STOPS = "No ladder has a next step that is closed in half of the worlds."
SEVERAL_STOP = "Several limits together close the {steps} at the edge; none does so alone."
NO_DOMAIN = "No domain to show"
ROOM_READS = (
    "Deepest package all accept in each world, percent of all that is on the ladders. "
    "Tick: today. Dot: middle world. Grey bar: middle half of worlds."
)
ROOM_CAPTION = "Room by domain: percent of all that is on the ladders of a domain"
ROOM_COLUMNS = ("Domain", "today", "lower quarter", "middle world", "upper quarter")
ROOM_FOLD = "Table of the figure: room by domain"
_DISAGREE = " The authors named disagree."


def one_package(level: float, named: Sequence[str], taken: int, left: Sequence[str]) -> str:
    """Name the package put forward by its largest steps (pattern L2), short enough for a screen."""
    worlds = f"{round(100 * level)}{NB}of{NB}100 worlds"
    more = taken - len(named)
    rest = [f"a step on {number_word(more)} more {ladders_word(more)}"] if more else []
    names = join_names([*named, *rest])
    none = f"; none on {join_names([*left], last='or')}" if left else ""
    return f"One package is accepted in at least {worlds}: {names}{none}."


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


def between(count: int) -> str:
    """Say how many readings lie between the two that are told."""
    verb, noun = ("lies", "reading") if count == 1 else ("lie", "readings")
    return f"{capital(number_word(count))} more {noun} {verb} between."


def carried_by_packages(
    count: int, total: int, rung: str, share: float, alone: float, n: int
) -> str:
    """Say what a package adds over single steps (third finding of the first screen)."""
    if count == 0:
        return "No step gains 10 of 100 worlds by standing in a package rather than alone."
    verb = "gains" if count == 1 else "gain"
    return (
        f"{capital(rung)} is unopposed as a single step in {of_100(alone, n)} worlds and accepted in "
        f"{of_100(share, n)} as part of a wider package; {count} of {total:,} {verb} so."
    )


def moved(unlocked: Sequence[Unlocked]) -> str:
    """Say what moves steps at the edge (pattern L4), changes that can be made first.

    That whoever stops a step no longer objects is no change to make; such steps are counted.
    """
    waived = [row for row in unlocked if row.change and row.waived]
    made = [row for row in unlocked if row.change and not row.waived]
    closed = [row.phrase for row in unlocked if not row.change]
    if not made and not waived:
        return f"{unlock_title(unlocked)}."
    told = [unlock_title(made)] if made else ["No change but consent opens a step"]
    if waived:
        most = max(waived, key=lambda row: row.after - row.before)
        verb = "opens" if len(waived) == 1 else "open"
        more = "more " if made else ""
        told.append(
            f"{number_word(len(waived))} {more}{verb} {_CONSENT_ONLY}, "
            f"{most.phrase} from {_share(most.before, most)} to {_share(most.after, most)}"
        )
    told += [unmoved(closed)] if closed else []
    return f"{'; '.join(told)}."


def _share(share: float, row: Unlocked) -> str:
    return of_100(share, row.worlds)


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


def kicker(parties: Sequence[str], as_of: str, logged: str) -> str:
    """Product, parties, date the coding stands at; ``logged`` is empty without a log."""
    since = f", log to {long_date(logged)}" if logged else ""
    return f"winset brief · {', '.join(parties)} · as of {long_date(as_of)}{since}"


def bare_share(phrase: str) -> str:
    """Share phrase without the words around it: ``83 of 100``."""
    return re.sub(rf"^in{NB}", "", phrase).removesuffix(f"{NB}worlds")


def more_ladders(sentence: str) -> str:
    """Words of :func:`one_package` that stand for the steps not named; empty where all are."""
    found = re.search(r"\w+ more(?= ladders?)", sentence)
    return found.group() if found else ""


def counted_steps(sentence: str) -> str:
    """Words of :func:`holders` that count the steps at the edge."""
    found = re.search(r"[\d,]+ of the [\d,]+ steps|the only step", sentence)
    return found.group() if found else ""


def assumed_part(sentence: str) -> str:
    """Words of the sentence on firmness that say how much is assumed."""
    found = re.search(
        r"about (?:half|\w+ in \w+)|[\d,]+ of [\d,]+(?= uncertain)", sentence, re.IGNORECASE
    )
    return found.group() if found else ""


def ends_only(sentence: str, more: int) -> str:
    """Say of two readings that so many more lie between them."""
    return f"{sentence.removesuffix(_DISAGREE)} {between(more)}"


def fragile(count: int, rungs: int) -> str:
    """Say how many verdicts change class with the shape of the ranges."""
    verb = "changes" if count == 1 else "change"
    return (
        f" {count} of {rungs} verdicts on steps {verb} class, marked ? on the ladder, if only the shape "
        "of the ranges does."
    )
