"""In how many worlds each form is open, asked of the case or given; and what would open it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.case.model import Case
from winset.errors import AskError, nearest
from winset.exercise.calendar.regime import Regime
from winset.words.phrases import count_phrase, join_names, share_phrase

if TYPE_CHECKING:
    from winset.ask.reach.answer import Reach
    from winset.ask.reach.solve import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """How a form stands at home.

    Attributes
    ----------
    share
        Share of worlds that counts for the calendar.
    open, alone
        Share of worlds in which some package accepted by all holds the rung, and in which it is
        accepted with all else as today; both are the share where it is given.
    worlds
        Worlds counted; 0 where the share is given.
    phrase
        The rung in words.
    condition
        What closes it most often: what must give before it is moved up.
    """

    rung: str
    share: float
    open: float
    alone: float
    worlds: int
    phrase: str
    condition: str


def rungs_of(regime: Regime) -> tuple[str, ...]:
    """Return the rungs that some form of an exercise stands for."""
    return tuple(
        dict.fromkeys(
            way.rung for drill in regime.drills.values() for way in drill.ways.values() if way.rung
        )
    )


def standings(
    regime: Regime,
    case: Case | None,
    *,
    n: int,
    rng: int,
    progress: Progress | None = None,
) -> Mapping[str, Standing]:
    """Return how every rung of the regime stands.

    Raises
    ------
    AskError
        A rung that the case does not have, or shares that nobody gives.
    """
    wanted = rungs_of(regime)
    given = {
        rung: Standing(rung, share, share, share, 0, rung, "")
        for rung, share in regime.ask.shares.items()
    }
    for rung in regime.ask.shares:
        if rung not in wanted:
            message = f"A share is given for {rung!r}, which no exercise takes."
            raise AskError(message, nearest=nearest(rung, wanted))
    asked = [rung for rung in wanted if rung not in given]
    if case is None:
        if asked:
            message = (
                f"Nothing says in how many worlds {', '.join(asked)} are open. Name a case under "
                "consent, or give them: --set consent/shares/RUNG=0.7."
            )
            raise AskError(message)
        return given
    _known(regime, case)
    _red_lines(regime, case)
    if not asked:
        return {rung: _named(case, given[rung]) for rung in wanted}
    from winset.ask.reach.solve import reach

    answer = reach(case, n=n, rng=rng, rungs=asked, changes=regime.ask.changes, progress=progress)
    found = {rung: _from_reach(answer, rung, alone=regime.ask.count == "alone") for rung in asked}
    return {rung: found[rung] if rung in found else _named(case, given[rung]) for rung in wanted}


def _known(regime: Regime, case: Case) -> None:
    for drill in regime.drills.values():
        for way in drill.ways.values():
            if way.rung and way.rung not in case.rung:
                message = f"{way.at}: {case.id} has no rung {way.rung!r}, which {drill.id} needs."
                raise AskError(message, nearest=nearest(way.rung, case.rung, count=3))


def _red_lines(regime: Regime, case: Case) -> None:
    known = [rule.id for rule in case.rules if rule.kind == "refuses"]
    named = [(place.red_line, place.at) for place in regime.places.values()]
    named += [(window.red_line, window.at) for window in regime.windows]
    for name, at in named:
        if name and name not in known:
            message = f"{at}: {case.id} has no red line {name!r}."
            raise AskError(message, nearest=nearest(name, known))


def _named(case: Case, one: Standing) -> Standing:
    phrase = case.rung[one.rung].words.phrase
    return replace(one, phrase=phrase)


def _from_reach(answer: Reach, rung: str, *, alone: bool) -> Standing:
    from winset.words import reach as words
    from winset.words.holders import holder

    case = answer.case
    row = next(answer.table("rungs").where(rung=rung).rows())
    n = answer.run.worlds
    limit = words.main_limit(answer.table("limits"), rung)
    condition = ""
    if limit is not None:
        who = holder(case, limit["limit"], limit["who"])
        part = count_phrase(limit["share_of_closed"], limit["closed"])
        priced = words.price(case, limit)
        condition = f"{who} must give, which alone opens it in {part} worlds in which it is closed"
        condition += f", {priced}" if priced else ""
    elif row["share_open"] < 1.0 and (joint := _joint(answer, rung)):
        condition = joint
    elif alone and row["share_alone"] < row["share_open"]:
        share = share_phrase(row["share_open"], n)
        condition = f"other steps must be taken with it: in some package it is open {share}"
    counted = row["share_alone"] if alone else row["share_open"]
    phrase = case.rung[rung].words.phrase
    return Standing(rung, counted, row["share_open"], row["share_alone"], n, phrase, condition)


def _joint(answer: Reach, rung: str) -> str:
    """Say which limits must give together most often; nothing where none was found."""
    from winset.words import reach as words

    rows = [*answer.table("joint").where(rung=rung).rows()]
    if rows:
        most = max(rows, key=lambda row: row["share"])
        return f"{join_names(words.members(answer.case, most))} must give together"
    closed = [*answer.table("closures").where(rung=rung).rows()]
    return "four limits or more must give" if any(row["more"] for row in closed) else ""


def together(
    regime: Regime, case: Case | None, rungs: Iterable[str], *, n: int, rng: int
) -> tuple[str, ...]:
    """Say in how many worlds the planned forms are accepted as one package, and who stops it."""
    highest: dict[str, str] = {}
    for rung in sorted(rungs):
        highest[rung.partition(".")[0]] = rung
    if case is None or not highest:
        return ()
    from winset.ask.reach.why import why

    reason = why(case, package=[*highest.values()], n=n, rng=rng, changes=regime.ask.changes)
    return reason.sentences[:2]
