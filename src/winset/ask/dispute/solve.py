"""In which share of worlds would nobody leave a state of the dispute, and what turns it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.ask.dispute import schemas
from winset.ask.dispute.answer import DisputeAnswer
from winset.ask.dispute.build import (
    Drawn,
    counts,
    dispute_of,
    draw_wants,
    graph_of_moves,
    patterns,
    ranks,
)
from winset.ask.dispute.changed import changed
from winset.ask.dispute.verdicts import ranked, verdicts
from winset.case.change import parse_change
from winset.case.model import Case, Change, Dispute
from winset.conflict.model import Conflict, fits
from winset.conflict.solve import (
    ANSWERINGS,
    CONCEPTS,
    analyse,
    check_words,
    definition,
    known_answering,
    known_concept,
    layout,
)
from winset.engine.conflict_api import Answering, Graph, reached, stabilities
from winset.errors import AskError
from winset.run import run_of_case
from winset.tables import Table, wilson
from winset.words.dispute import NOTHING_TAKEN

_SHIFTS = ("first", "dropped")


def dispute(
    case: Case,
    *,
    n: int = 2000,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    concept: str = "seq",
    answering: Answering = "legal",
) -> DisputeAnswer:
    """In which share of worlds is escalation stable, or settlement, and what turns it?

    A world draws how much each want of each player weighs and which side of each contested
    matter is taken; the order of the wants then ranks the states.

    Parameters
    ----------
    case
        A case with ``dispute.yaml``.
    n, rng
        How many worlds, and which draw.
    changes
        Places of wants and sides of contested matters said otherwise, such as
        ``dispute/WANT/place = 1..2`` or ``dispute/MATTER/side = SIDE``.
    concept
        Concept of stability of the main tables; ``outcomes`` holds all of them.
    answering
        Who may answer a move, see :func:`winset.conflict.analyse`.

    Returns
    -------
    DisputeAnswer
        Tables ``states``, ``outcomes``, ``leavers``, ``sides`` and ``turns``.

    Raises
    ------
    AskError
        The case has no dispute, there is no such concept or definition, or a change names
        nothing of the dispute.
    """
    known_concept(concept)
    known_answering(answering)
    if n < 1:
        raise AskError(f"{n} worlds were asked for; at least 1 is needed.")
    asked = [parse_change(item) if isinstance(item, str) else item for item in changes]
    told = changed(case, dispute_of(case), asked)
    conflict = graph_of_moves(told)
    check_words(answering, len(conflict.players))
    typical = _typical(told, conflict)
    drawn = draw_wants(told, n=n, rng=rng, first=0)
    work = _Work(told, conflict, layout(conflict), drawn, answering, concept)
    orders = ranks(told, conflict, drawn)
    bits = stabilities(work.graph, orders, answering)
    arrived = _arrived(work, orders)
    tables = {
        "states": _states(work, bits, arrived),
        "outcomes": _outcomes(work, bits, arrived),
        "leavers": _leavers(work, orders, bits),
        "sides": _sides(work, bits),
        "turns": _turns(work, bits),
        "verdicts": verdicts(analyse(ranked(conflict, typical), answering=answering)),
    }
    run = run_of_case(
        case,
        question="dispute",
        worlds=n,
        rng=rng,
        options=(
            f"--concept={concept}",
            f"--definition={answering}",
            *(f"--set='{change}'" for change in asked),
        ),
    )
    run = replace(run, changes=tuple(str(change) for change in asked))
    return DisputeAnswer(
        case=case,
        run=run,
        tables=tables,
        parameters={
            "concept": concept,
            "definition": definition(concept, answering),
            "answers": ANSWERINGS[answering],
        },
        concept=concept,
        answering=answering,
        conflict=conflict,
        typical=typical,
    )


@dataclass(frozen=True)
class _Work:
    told: Dispute
    conflict: Conflict
    graph: Graph
    drawn: Drawn
    answering: Answering
    concept: str

    def stable(self, bits: NDArray[np.uint8], concept: str = "") -> NDArray[np.bool_]:
        """[world, state] whether it is stable for everybody."""
        mask = np.uint8(CONCEPTS[concept or self.concept])
        every = np.bitwise_and.reduce(bits, axis=0)
        return np.asarray(every & mask, dtype=bool)

    def members(self, outcome: str) -> NDArray[np.bool_]:
        """[state] whether it is of a kind."""
        when = next(one.when for one in self.told.outcomes if one.id == outcome)
        return fits(self.conflict.codes, patterns(self.told, when))

    def outcome_stable(
        self, bits: NDArray[np.uint8], outcome: str, concept: str = ""
    ) -> NDArray[np.bool_]:
        """[world] whether some state of a kind is stable."""
        return np.asarray(self.stable(bits, concept)[:, self.members(outcome)].any(axis=1))


def _interval(holds: ArrayLike) -> tuple[float, float, float]:
    """Share of worlds with the ends of its interval."""
    worlds = np.asarray(holds, dtype=bool)
    count, n = int(worlds.sum()), len(worlds)
    low, high = wilson(count, n)
    return count / n if n else np.nan, float(low), float(high)


def _typical(told: Dispute, conflict: Conflict) -> NDArray[np.int32]:
    """[player, state] order in the world whose places are the modes and heaviest sides."""
    places = {one.id: np.array([one.place.mode]) for one in told.statements}
    sides = {
        reading.id: np.array([int(np.argmax([side.weight for side in reading.sides]))])
        for reading in told.readings
    }
    return np.asarray(ranks(told, conflict, Drawn(places, sides))[0])


def _arrived(work: _Work, orders: NDArray[np.int32]) -> NDArray[np.bool_]:
    """[world, state] whether moves that each improve the mover's state lead there from today."""
    origin = work.conflict.status_quo or 0
    return np.array(
        [reached(work.graph, order, origin, improving=True)[0] >= 0 for order in orders]
    )


def _states(work: _Work, bits: NDArray[np.uint8], arrived: NDArray[np.bool_]) -> Table:
    conflict = work.conflict
    stable = work.stable(bits)
    kinds = {one.id: work.members(one.id) for one in work.told.outcomes}
    rows = [
        (
            state + 1,
            conflict.answers(state),
            held(work.told, conflict, state),
            next((kind for kind, member in kinds.items() if member[state]), ""),
            state == conflict.status_quo,
            *_interval(stable[:, state]),
            *_interval(arrived[:, state]),
        )
        for state in range(conflict.count)
    ]
    return schemas.STATES.from_rows(rows)


def held(told: Dispute, conflict: Conflict, state: int) -> str:
    """Say what is done in a state, by the labels of the options."""
    code = int(conflict.codes[state])
    done = [
        f"{told.players[option.player].phrase} {option.words.label}"
        for place, option in enumerate(told.options)
        if code >> place & 1
    ]
    return ", ".join(done) or NOTHING_TAKEN


def _outcomes(work: _Work, bits: NDArray[np.uint8], arrived: NDArray[np.bool_]) -> Table:
    return schemas.OUTCOMES.from_rows(
        (
            outcome.id,
            concept,
            definition(concept, work.answering),
            *_interval(work.outcome_stable(bits, outcome.id, concept)),
            *_interval(arrived[:, work.members(outcome.id)].any(axis=1)),
        )
        for outcome in work.told.outcomes
        for concept in CONCEPTS
    )


def _leavers(work: _Work, orders: NDArray[np.int32], bits: NDArray[np.uint8]) -> Table:
    mask = np.uint8(CONCEPTS[work.concept])
    rows = []
    for state in range(work.conflict.count):
        for player in range(len(work.conflict.players)):
            leaves = np.equal(bits[player, :, state] & mask, 0)
            if leaves.any() or state == work.conflict.status_quo:
                to_state = _target(work, orders[leaves, player], player, state)
                name = work.conflict.players[player].name
                rows.append((state + 1, name, *_interval(leaves), to_state))
    return schemas.LEAVERS.from_rows(rows)


def _target(work: _Work, orders: NDArray[np.int32], player: int, state: int) -> int:
    """State a player likes best among those it can move to, in most of the worlds given."""
    if not len(orders):
        return 0
    reach = np.zeros(work.conflict.count, dtype=bool)
    mask = int(work.graph.mask[player])
    for there, code in enumerate(work.conflict.codes.tolist()):
        reach[there] = not (code ^ int(work.conflict.codes[state])) & ~mask
    best = np.where(reach, orders, -1).argmax(axis=1)
    return int(np.bincount(best).argmax()) + 1


def _sides(work: _Work, bits: NDArray[np.uint8]) -> Table:
    rows = []
    for reading in work.told.readings:
        for index, side in enumerate(reading.sides):
            taken = work.drawn.sides[reading.id] == index
            rows += [
                (
                    f"{reading.id}/{side.id}",
                    side.held_by,
                    outcome.id,
                    int(taken.sum()),
                    *_interval(work.outcome_stable(bits, outcome.id)[taken]),
                )
                for outcome in work.told.outcomes
            ]
    return schemas.SIDES.from_rows(rows)


def _turns(work: _Work, bits: NDArray[np.uint8]) -> Table:
    before = {one.id: work.outcome_stable(bits, one.id).mean() for one in work.told.outcomes}
    rows = []
    for statement in work.told.statements:
        if not counts(work.told, statement, work.drawn).any():
            continue
        for shift in _SHIFTS:
            orders = ranks(work.told, work.conflict, work.drawn, **{shift: statement.id})
            changed = stabilities(work.graph, orders, work.answering)
            for outcome in work.told.outcomes:
                share, low, high = _interval(work.outcome_stable(changed, outcome.id))
                player = work.told.players[statement.player].phrase
                was = float(before[outcome.id])
                rows.append(
                    (statement.id, player, shift, outcome.id, share, low, high, was, share - was)
                )
    rows.sort(key=lambda row: -abs(float(row[-1])))
    return schemas.TURNS.from_rows(rows)
