"""A case as a bargain between its executives: what can be said so, and what is left out by name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from winset.ask.settle.gains import Stage, set_stage
from winset.ask.settle.solve import alike, executives_of
from winset.bargain.model import Bargain, Matter, Profile
from winset.case.model import Case, Change
from winset.errors import AskError
from winset.problem import compile_problem
from winset.worlds import draw


def bargain_of(
    case: Case, *, world: int = 0, rng: int = 1, changes: Iterable[Change | str] = ()
) -> Bargain:
    """Write one world of a case as a bargain between its executives.

    Measures become matters, rungs their values.  An executive's utility is what each rung by itself
    adds for it over today, shifted and stretched to lie between 0 and 1 over all rungs; its
    reservation is today.  Everything that is no sum over measures, and every consent at home, is
    left out and named.

    Parameters
    ----------
    case
        The case.
    world, rng, changes
        Which world of which draw, and changes of the case.

    Raises
    ------
    AskError
        An executive to whom no rung makes a difference.
    """
    asked = [*changes]
    drawn = draw(case, 1, rng=rng, changes=asked, first=world)
    executives = executives_of(case)
    judged, valued = compile_problem(drawn), compile_problem(alike(case, drawn, asked))
    stage = set_stage(judged, valued, 0, executives)
    matters = tuple(
        Matter(
            measure.id,
            ("0", *(rung.id for rung in sorted(measure.rungs, key=lambda rung: rung.level))),
        )
        for measure in case.measures
    )
    profiles = tuple(_profile(stage, place, who) for place, who in enumerate(executives))
    return Bargain(case.id, matters, profiles, _left_out(case, stage, world, rng))


def _profile(stage: Stage, place: int, who: str) -> Profile:
    first = stage.problem.structure.first[:-1]
    worth = np.split(stage.worth[place, : first[-1]].astype(np.float64), first[1:-1])
    spans = np.array([part.max() - part.min() for part in worth])
    if not spans.any():
        raise AskError(f"No rung by itself makes a difference to {who}: there is nothing to write.")
    today = sum(
        part[level] - part.min() for part, level in zip(worth, stage.status_quo, strict=True)
    )
    return Profile(
        who,
        tuple((spans / spans.sum()).tolist()),
        tuple(
            tuple(((part - part.min()) / (span or 1.0)).tolist())
            for part, span in zip(worth, spans.tolist(), strict=True)
        ),
        min(float(today) / float(spans.sum()), 1.0),
    )


def _left_out(case: Case, stage: Stage, world: int, rng: int) -> tuple[str, ...]:
    structure = stage.problem.structure
    terms = sum(
        int(structure.term_start[row + 1] - structure.term_start[row]) for row in stage.rows
    )
    limits = structure.clause_start.size - 1
    others = len(case.constituencies) - len(stage.rows)
    told = [
        f"every world but world {world} of seed {rng}",
        f"the consent of {others} constituencies at home, and of the executives to single steps",
    ]
    if terms:
        told.append(f"{terms} terms that join two measures")
    if limits:
        told.append(f"{limits} prerequisites, conflicts and red lines")
    if np.isin(structure.square_row, stage.rows).any():
        told.append("that more of the same is worth less")
    return tuple(told)
