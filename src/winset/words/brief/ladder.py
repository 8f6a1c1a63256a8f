"""How far, rung by rung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.brief.shared import of_100, steps_word
from winset.words.phrases import NB, band, capital, join_names, number_word

MOST = 4
"""First band that reads *most*."""
FEW = 1
"""Last band that reads *few*."""
_CONTRAST = 0.25
"""Groups are contrasted in the heading from this difference of their parts."""
_NAMED = 3
READS = (
    "Worlds of 100 in which some package all accept contains the step; shaded by the unrounded "
    "share, so 24.6 reads 25 and keeps the lighter shade"
)
FOOT = "The table is the figure. "
DOT = (
    "The dot marks the rung taken by one package that is accepted in at least {share} "
    "worlds; open steps above a dot may not fit together."
)
EXCLUDED = "the one excludes the other"
RIVALS = "Steps that do not go together"
VALLEYS = "Where the later step is the easier one"
VALLEYS_COUNTED = (
    "Counted for each single step, all else as today: whether anybody finds it too dear."
)
AFTER_RUNG = ": "
"""What stands behind the step in :func:`only_in_package`."""


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


def contrast_heading(groups: Sequence[Tally]) -> str:
    """Name the groups with the largest and the smallest part of steps open in most worlds."""
    told = [group for group in groups if group.total]
    parts = [group.most / group.total for group in told]
    if len(told) < 2 or max(parts) - min(parts) < _CONTRAST:
        return ""
    high, low = told[parts.index(max(parts))], told[parts.index(min(parts))]
    return (
        f"Open in at least 75{NB}of{NB}100 worlds: {high.most} of {steps_word(high.total)} on {high.title}, "
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


def only_in_package(rung: str, share: float, alone: float, n: int) -> str:
    """Say that a rung is open in company and opposed as a single step."""
    return (
        f"{capital(rung)}: open in {of_100(share, n)} worlds inside a package, "
        f"unopposed as a single step in {of_100(alone, n)}."
    )


def reading(parties: Sequence[str]) -> str:
    """Say how the ladder is read."""
    return (
        "Read a row from left to right as steps up one ladder. A number is the worlds of 100 in "
        "which some package that contains the step is accepted by all: "
        f"{join_names([*parties])}, each through "
        "those at home whose consent the steps need. 100 says every world drawn from our ranges, "
        "not that it is certain. "
    )


def title_and_caption(title: str) -> tuple[str, str]:
    """Part the title of a group from what follows its colon."""
    head, _, caption = title.partition(": ")
    return capital(head), caption


def more(count: int) -> str:
    """Open a fold on what is left of a list."""
    return f"{capital(number_word(count))} more"


def together(count: int) -> str:
    """Open the list of steps that only a package carries."""
    return f"What only a package carries: {steps_word(count)}"


def rival(rung: str, other: str, between: str, share: float, n: int) -> str:
    """Say that each of two steps is open and both together are not, and what stands between.

    ``between`` names the limit that mostly does; it is :data:`EXCLUDED` for a rule of the case, and
    empty where no limit alone does.
    """
    if between and between != EXCLUDED:
        between = f"what mostly stands between them is {between}"
    between = f"; {between}" if between else ""
    return (
        f"{capital(rung)} and {other}: each open, not both, in {of_100(share, n)} worlds{between}."
    )
