"""A live exercise that was played: what came of it, and what rules would have made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from winset.ask.answer import Tabled
from winset.effects.contract import Card
from winset.effects.warning import measure
from winset.effects.warning.card import CARD
from winset.effects.warning.picture import LIVE
from winset.effects.warning.setting import Shot
from winset.effects.warning.simulate import Record, in_the_middle
from winset.exercise import played_schemas as schemas
from winset.exercise import played_words as words
from winset.exercise.log import Replayed, read_log
from winset.exercise.scenario import Scenario
from winset.exercise.score import warnings
from winset.exercise.state import CUE, SEATS, Item, State, visible
from winset.run import Run, run_without_case
from winset.tables import Table

Cells = tuple[object, ...]
NOT = float("nan")
PLAYED = "played"


@dataclass(frozen=True, eq=False)
class Played(Tabled):
    """What came of a live exercise?

    Attributes
    ----------
    scenario
        What was played, with launches numbered as the seats saw them.
    form
        The form of sharing that was in place.
    seconds
        How far the clock went.
    tables
        Tables by name; ``winset.ask.schemas()["played"]`` documents every column.
    card
        The card of the model: what it claims and what it does not.
    """

    question: ClassVar[str] = PLAYED

    scenario: Scenario
    form: str
    seconds: float
    run: Run
    tables: Mapping[str, Table]
    card: Card
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was counted."""
        return words.DEFINITION

    @property
    def sentences(self) -> tuple[str, ...]:
        """What came of it in a few sentences, the headline first."""
        label = self.scenario.setting.form[self.form].label
        return tuple(words.summary(self.scenario, label, self.seconds, self.tables))

    def __repr__(self) -> str:
        return f"<Played {self.scenario.id}: {len(self.tables['actions']):,} actions, run {self.run.id}>"


def after_action(file: str | Path, scenario: Scenario | str | Path | None = None) -> Played:
    """Say what came of a live exercise, from its log.

    Parameters
    ----------
    file
        The log; it is read up to its last whole entry and left as it is.
    scenario
        What was played, where it is not one of the ready scenarios.

    Raises
    ------
    AskError
        The file is no log, does not fit the scenario, or the scenario is not known.
    CaseError
        The scenario is wrong.
    """
    found = read_log(Path(file), scenario)
    state = found.state
    record = in_the_middle(state.scenario.setting, state.scenario.shots)
    tables = {
        "seats": schemas.SEATS.from_rows(_seats(state, record)),
        "warnings": schemas.WARNINGS.from_rows(_warnings(state)),
        "compared": schemas.COMPARED.from_rows(_compared(state, record)),
        "sightings": schemas.SIGHTINGS.from_rows(_sightings(state, record)),
        "actions": schemas.ACTIONS.from_rows(_actions(found)),
    }
    also = f" --scenario {scenario}" if isinstance(scenario, str | Path) else ""
    run = run_without_case(
        state.scenario.id,
        state.scenario.hash,
        worlds=1,
        rng=0,
        command=f"winset exercise report {file}{also}",
    )
    method = {"form": state.form.id, "seconds": round(state.clock, 3), "cut": found.cut}
    return Played(state.scenario, state.form.id, state.clock, run, tables, CARD, method)


def begun(state: State) -> tuple[Shot, ...]:
    """Return the real launches up to the clock."""
    return tuple(shot for shot in state.scenario.launches if shot.at <= state.clock)


def first_track(state: State, seat: str, launch: str) -> Item | None:
    """Return the first track a seat got of a launch."""
    items = visible(state, seat)
    return next((one for one in items if one.launch == launch and one.sensor != CUE), None)


def held(state: State, record: Record, seat: str, shot: Shot) -> bool:
    """Whether a seat had a track of a launch before a minute after impact."""
    item = first_track(state, seat, shot.id)
    last = shot.at + float(record.truths[shot.id].impact[0]) + LIVE
    return item is not None and item.second <= last


def _seats(state: State, record: Record) -> Iterator[Cells]:
    launches = begun(state)
    real = {shot.id for shot in launches}
    for seat in SEATS:
        seen = {item.launch for item in visible(state, seat) if item.sensor != CUE}
        given = [one for one in state.releases if one.giver == seat]
        by_hand = sum(one.by == "people" for one in given)
        yield (
            seat,
            seat in state.by_rules,
            len(launches),
            len(seen & real),
            sum(held(state, record, seat, shot) for shot in launches),
            len(seen - real),
            by_hand,
            len(given) - by_hand,
            sum(one.on and one.seat == seat for one in state.alerts),
        )


def _warnings(state: State) -> Iterator[Cells]:
    for one in warnings(state):
        yield (
            one.region,
            one.seat,
            one.verdict,
            one.threat,
            one.alerted,
            one.threat - one.alerted,
            one.by,
        )


def _compared(state: State, record: Record) -> Iterator[Cells]:
    """Yield the play, then the same launches by rules under the same form and under none."""
    launches, parties = begun(state), state.scenario.setting.parties
    counts = {"in time": 0, "missed": 0, "needless": 0}
    for one in warnings(state):
        counts[one.verdict] += 1
    shared = sum(all(held(state, record, p, shot) for p in parties) for shot in launches)
    yield PLAYED, state.form.id, len(launches), shared, *counts.values()
    for form in dict.fromkeys((state.form.id, state.scenario.setting.forms[0].id)):
        yield "rules", form, len(launches), *_by_rules(state, record, form)


def _by_rules(state: State, record: Record, form: str) -> tuple[int, int, int, int]:
    launches = begun(state)
    shared = warned = missed = needless = 0
    for shot in launches:
        held_by = [
            measure.in_time(record.told[form, shot.id, party], record.truths[shot.id])[0]
            for party in record.setting.parties
        ]
        shared += all(held_by)
    for launch, party, place in measure.pairs(record):
        found = measure.warned(record, form, launch, party, place)
        shot = next(one for one in record.shots if one.id == launch)
        if found.world.size and shot.at + _threat(record, launch, party, place) <= state.clock:
            warned += int(found.warned[0])
            missed += int(not found.warned[0])
    for shot in record.shots:
        if shot.at <= state.clock:
            needless += sum(
                int(measure.wrongly(record, form, shot.id, party).sum())
                for party in record.setting.parties
            )
    return shared, warned, missed, needless


def _threat(record: Record, launch: str, party: str, place: int) -> float:
    return float(measure.threats(record, launch, party)[0, place])


def _sightings(state: State, record: Record) -> Iterator[Cells]:
    for shot in state.scenario.shots:
        if shot.at > state.clock:
            continue
        impact = shot.at + float(record.truths[shot.id].impact[0])
        for seat in SEATS:
            cues = [
                i.second for i in visible(state, seat) if (i.launch, i.sensor) == (shot.id, CUE)
            ]
            item = first_track(state, seat, shot.id)
            track, source = (NOT, "") if item is None else (item.second, item.source)
            cue = min(cues, default=NOT)
            alerts = [
                one.second
                for one in state.alerts
                if one.on and one.seat == seat and track <= one.second <= impact
            ]
            alerted = min(alerts, default=NOT)
            yield shot.id, seat, bool(shot.false_at), shot.at, cue, track, source, alerted, impact


def _actions(found: Replayed) -> Iterator[Cells]:
    for number, (clock, one) in enumerate(found.done, start=1):
        yield number, round(clock, 3), one.seat, one.kind, one.subject, one.to, one.seconds


def right(played: Played) -> tuple[int, int]:
    """Return how many decisions on alerts were right, and how many there were.

    Right is an alert in time; wrong are a threat without one and an alert without a threat.  Where
    nothing called for an alert, launches that both capitals held count instead.
    """
    verdicts = [str(one) for one in played.table("warnings")["verdict"]]
    if verdicts:
        return verdicts.count("in time"), len(verdicts)
    row = next(played.table("compared").where(who=PLAYED).rows())
    return row["shared"], row["launches"]
