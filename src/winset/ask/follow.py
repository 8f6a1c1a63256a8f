"""Programmes followed through the same worlds and the same weather, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.ask.dated import Dated, struck
from winset.ask.kept import digest_of, kept_in
from winset.case.model import Case, Change, Programme
from winset.engine.simulate import EVENTS, EVERYTHING, MECHANISMS, STATES, Record, simulate
from winset.engine.simulate.layout import WORTH_TODAY
from winset.errors import AskError, nearest
from winset.problem.programme import compile_steps
from winset.problem.timing import Timed, Weather, chances, compile_time, timing_of, weather
from winset.worlds import Worlds, draw, redraw

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with the worlds done and the worlds asked for."""

_Levers = tuple[str, ...]
"""Levers that a programme sets, as changes; the same levers are the same worlds."""
BLOCK = 256
OFF = ("abandonment", "backlash")
"""Mechanisms that work only where they are asked for: rival theories."""
FASTEST, SLOWEST = 0.25, 4.0
_MEASURED = ("depths", "worths", "outcomes", "courses")


@dataclass
class Followed:
    """One programme at one pace in all worlds."""

    programme: Programme
    pace: float = 1.0
    mechanisms: int = EVERYTHING
    most: int = 0
    """Worlds followed at most; 0 for all."""
    drawn_only: bool = False
    """Whether shocks put on dates are left out."""
    by_quarter: bool = False
    """Whether effects are kept by quarter and party, not at the end alone."""
    records: list[Record] = field(default_factory=list)
    depths: list[Floats] = field(default_factory=list)
    worths: list[Floats] = field(default_factory=list)
    outcomes: list[Floats] = field(default_factory=list)
    courses: list[Floats] = field(default_factory=list)

    def joined(self, name: str) -> NDArray[np.generic]:
        """[world, ...] one array of the record over all blocks."""
        return np.concatenate([getattr(record, name) for record in self.records])

    @property
    def depth(self) -> Floats:
        """[world, quarter, 1 + domain] percent of the ruler, the whole first."""
        return np.concatenate(self.depths)

    @property
    def over_time(self) -> Floats:
        """[world] depth in effect, mean over quarters: what comes earlier counts longer."""
        return np.asarray(self.depth[:, :, 0].mean(axis=1))

    @property
    def at_end(self) -> Floats:
        """[world] depth in effect in the last quarter."""
        return self.depth[:, -1, 0]

    @property
    def worth(self) -> Floats:
        """[world, quarter, party] points to the party's executive of all that is in effect."""
        return np.concatenate(self.worths)

    @property
    def course(self) -> Floats:
        """[world, quarter, party, criterion] effects, where they are kept by quarter."""
        return np.concatenate(self.courses)

    @property
    def outcome(self) -> Floats:
        """[world, criterion] effect at the end, mean over the parties."""
        return np.concatenate(self.outcomes)

    def happened(self, event: str) -> NDArray[np.bool_]:
        """[world, quarter] whether an event came."""
        bits = self.joined("events")
        return np.asarray((bits.astype(np.int64) >> EVENTS.index(event)) & 1, dtype=np.bool_)

    @property
    def steps(self) -> list[int]:
        """Places of the programme's steps in the order in which they are followed."""
        quarters = [step.quarter for step in self.programme.steps]
        return sorted(range(len(quarters)), key=lambda place: quarters[place])


def mask_of(names: Iterable[str] | None) -> int:
    """Return the mask that switches mechanisms off by name; rival theories are off anyway.

    Raises
    ------
    AskError
        There is no such mechanism.
    """
    off = set(OFF)
    for name in names or ():
        plain = name.removeprefix("+")
        if plain not in MECHANISMS:
            known = ", ".join(MECHANISMS)
            message = f"There is no mechanism {plain!r}; there are {known}."
            raise AskError(message, nearest=nearest(plain, MECHANISMS))
        off.discard(plain) if name.startswith("+") else off.add(plain)
    return EVERYTHING & ~sum(1 << MECHANISMS.index(name) for name in off)


def follow(
    case: Case,
    found: Sequence[Followed],
    *,
    n: int,
    rng: int,
    quarters: int,
    changes: Iterable[Change | str] = (),
    progress: Progress | None = None,
    keep: Path | None = None,
    dated: Sequence[Dated] = (),
) -> Worlds:
    """Follow programmes, each at a pace, in the same worlds under the same shocks.

    An interrupt ends the run after the last whole block; what is done is kept. With a folder to
    keep blocks in, the same call goes on there and gives what one uninterrupted run would have.

    Returns
    -------
    Worlds
        The worlds without any programme's levers; what was found is added to ``found``.
    """
    given = tuple(changes)
    plain = draw(case, n, rng=rng, changes=given)
    settings = {levers_of(case, one.programme) for one in found}
    drawn = {own: _under(plain, own, quarters) for own in settings}
    kept = None if keep is None else kept_in(keep, _about(found, plain, quarters, dated))
    try:
        for start in range(0, n, BLOCK):
            stop = min(start + BLOCK, n)
            if kept is not None and kept.has(start):
                _take_up(found, kept.load(start))
            else:
                before = [len(one.records) for one in found]
                _follow_block(case, found, drawn, (start, stop), dated)
                if kept is not None:
                    kept.save(start, _set_down(found, before))
            if progress is not None:
                progress(stop, n)
    except KeyboardInterrupt:
        least = min(len(one.records) for one in found if not one.most)
        if least == 0:
            raise
        for one in found:
            for name in ("records", *_MEASURED):
                del getattr(one, name)[least:]
    return plain


def _about(
    found: Sequence[Followed], worlds: Worlds, quarters: int, dated: Sequence[Dated]
) -> dict[str, object]:
    """Name all that decides a block; a block of fewer worlds is another one."""
    from winset.run import run_of

    run = run_of(worlds, question="follow")
    return {
        "case": run.case_hash,
        "version": run.version,
        "worlds": worlds.n,
        "rng": worlds.rng,
        "changes": [str(change) for change in worlds.changes],
        "quarters": quarters,
        "dated": [str(one) for one in dated],
        "programmes": [
            [
                one.programme.id,
                digest_of(one.programme),
                one.pace,
                one.mechanisms,
                one.most,
                one.drawn_only,
                one.by_quarter,
            ]
            for one in found
        ],
    }


def _set_down(found: Sequence[Followed], before: Sequence[int]) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for place, (one, done) in enumerate(zip(found, before, strict=True)):
        if len(one.records) > done:
            record = one.records[-1]
            arrays |= {f"{place}.{name}": getattr(record, name) for name in Record._fields}
            arrays |= {f"{place}.{name}": getattr(one, name)[-1] for name in _MEASURED}
    return arrays


def _take_up(found: Sequence[Followed], arrays: Mapping[str, NDArray[Any]]) -> None:
    for place, one in enumerate(found):
        if f"{place}.levels" in arrays:
            one.records.append(Record(*(arrays[f"{place}.{name}"] for name in Record._fields)))
            for name in _MEASURED:
                getattr(one, name).append(arrays[f"{place}.{name}"])


def levers_of(case: Case, programme: Programme) -> tuple[str, ...]:
    """Return the levers that a programme sets, as changes of the case.

    Raises
    ------
    AskError
        It sets something that is no lever.
    """
    known = [name for name in programme.settings if f"levers/{name}" in case.choices]
    unknown = sorted(set(programme.settings) - set(known))
    if unknown:
        levers = ", ".join(choice.id for choice in case.levers)
        message = (
            f"{programme.at}: programme {programme.id} sets {unknown[0]!r}, which is no lever of"
            f" {case.id}; its levers are {levers or 'none'}."
        )
        raise AskError(message, nearest=nearest(unknown[0], [c.id for c in case.levers]))
    return tuple(f"levers/{name} = {programme.settings[name]}" for name in known)


def pair_of(
    case: Case, n: int, rng: int, changes: Sequence[Change | str], first: int = 0
) -> tuple[Worlds, Worlds]:
    """Draw worlds as they are and under the other type of government in every party."""
    return with_others(draw(case, n, rng=rng, changes=changes, first=first))


def with_others(worlds: Worlds) -> tuple[Worlds, Worlds]:
    """Return worlds, and the same under the other type of government in every party."""
    governments = timing_of(worlds.case).governments
    others = [f"leaders/{party} = {one.other}" for party, one in governments.items()]
    return worlds, redraw(worlds, others)


def _under(worlds: Worlds, levers: _Levers, quarters: int) -> tuple[Worlds, Weather]:
    """Return worlds under some levers, and what is the same for all programmes that set them."""
    here, others = with_others(redraw(worlds, levers))
    return here, weather(here, others, quarters)


def _follow_block(
    case: Case,
    found: Sequence[Followed],
    drawn: Mapping[_Levers, tuple[Worlds, Weather]],
    span: tuple[int, int],
    dated: Sequence[Dated],
) -> None:
    ready: dict[_Levers, tuple[Timed, Timed]] = {}
    chance: Floats | None = None
    for one in found:
        if one.most and span[0] >= one.most:
            continue
        own = levers_of(case, one.programme)
        worlds, air = drawn[own]
        if own not in ready:
            if chance is None:
                chance = chances(air, worlds.rng, worlds.first + span[0], span[1] - span[0])
            compiled = compile_time(worlds, air, chance, *span)
            ready[own] = compiled, struck(compiled, air, dated)
        timed = ready[own][0 if one.drawn_only else 1]
        record = simulate(
            timed.compiled.problem,
            timed.story,
            timed.draws,
            compile_steps(one.programme, timed, pace=one.pace),
            quarters=air.quarters,
            mechanisms=one.mechanisms,
        )
        one.records.append(record)
        _measure(case, timed, record, one)


def _measure(case: Case, timed: Timed, record: Record, one: Followed) -> None:
    """Turn levels into depth, worth to each executive, and effects at the end."""
    frame = timed.consent.frame
    slots = frame.first[:-1] + record.levels.astype(np.int64)
    rows = np.arange(frame.count)[:, None]
    weight = np.array([measure.depth_weight for measure in case.measures])
    groups = [np.ones(weight.size, dtype=bool)]
    groups += [np.array([m.domain == name for m in case.measures]) for name in case.domains]
    depth = np.zeros((*record.levels.shape[:2], len(groups)))
    leaders = [
        next(
            i for i, who in enumerate(case.constituencies) if _leads(who.kind, who.party, party.id)
        )
        for party in case.parties
    ]
    worth = np.zeros((*record.levels.shape[:2], len(leaders)))
    for place in range(weight.size):
        share = timed.draws.benefit[rows, slots[:, :, place]] * weight[place]
        for group, mask in enumerate(groups):
            if mask[place]:
                depth[:, :, group] += 100.0 * share / max(1e-9, float(weight[mask].sum()))
        for party, leader in enumerate(leaders):
            values = timed.draws.worth[:, :, WORTH_TODAY, leader]
            worth[:, :, party] += values[rows, slots[:, :, place]] / 1e6
    one.depths.append(depth)
    one.worths.append(worth)
    course = _effects(case, timed, record, record.levels.shape[1] if one.by_quarter else 1)
    one.outcomes.append(course[:, -1].mean(axis=1))
    one.courses.append(course if one.by_quarter else course[:0])


def _leads(kind: str, party: str, wanted: str) -> bool:
    return kind == "executive" and party == wanted


def _effects(case: Case, timed: Timed, record: Record, many: int) -> Floats:
    """[world, quarter, party, criterion] effects in the last quarters, on what is in effect there.

    What needs practice counts as far as it is practised.
    """
    frame, time = timed.consent.frame, timing_of(case)
    levels = record.levels[:, -many:].astype(np.int64)
    rows = np.arange(frame.count)[:, None]
    skill = record.state[:, -many:, STATES.index("skill")].astype(np.float64)
    practised = np.minimum(1.0, np.clip(skill, 0.0, 1.0) / 0.5)
    parties = [party.id for party in case.parties]
    criteria = [criterion.id for criterion in case.criteria]
    table = np.zeros((*levels.shape[:2], len(parties), len(criteria)))
    for (measure, criterion, party), effect in timed.consent.valued.effects.items():
        share = frame.benefit[measure][rows, levels[:, :, frame.place[measure]]]
        if criterion in time.drilled and measure in time.roles["drills"]:
            share = share * practised
        table[:, :, parties.index(party), criteria.index(criterion)] += effect[:, None] * share
    return table
