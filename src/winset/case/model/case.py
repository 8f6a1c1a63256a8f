"""The whole of what an analyst wrote about one cooperation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from winset.case.model.actors import Constituency, Criterion, Group, Measure, Party, Rung
from winset.case.model.base import Named, Value
from winset.case.model.dispute import Dispute
from winset.case.model.mechanisms import Ceiling, Mechanisms
from winset.case.model.rules import Choice, Rule
from winset.case.model.story import Evidence, Outsider, Programme, Shock, Source
from winset.case.model.timing import Timing
from winset.case.model.tracking import Log
from winset.case.model.values import Attitude, Effect, Election, Linkage, Parameter, Stance, Weight


@dataclass(frozen=True)
class Case:
    """Everything an analyst wrote about one cooperation."""

    id: str
    title: str
    question: str
    as_of: str
    folder: str
    scale: float
    words: Mapping[str, str]
    """Short texts of the case: what it is about, limits, silences, who made it."""
    parties: tuple[Party, ...]
    outsiders: tuple[Outsider, ...]
    domains: Mapping[str, Named]
    groups: tuple[Group, ...]
    sets: Mapping[str, tuple[str, ...]]
    """Named sets of measures, usable as ``@name``."""
    constituencies: tuple[Constituency, ...]
    criteria: tuple[Criterion, ...]
    measures: tuple[Measure, ...]
    weights: tuple[Weight, ...]
    effects: tuple[Effect, ...]
    stances: tuple[Stance, ...]
    linkages: tuple[Linkage, ...]
    attitudes: tuple[Attitude, ...]
    rules: tuple[Rule, ...]
    parameters: tuple[Parameter, ...]
    switches: tuple[Choice, ...]
    levers: tuple[Choice, ...]
    leaders: tuple[Choice, ...]
    settings: Mapping[str, str]
    """Forms of the model (``ceiling``, ``saturation`` ...) before switches and changes."""
    correlations: Mapping[str, float]
    flags: Mapping[str, bool]
    """Yes-or-no facts at the as-of date; venues count as flags."""
    mechanisms: Mechanisms
    shocks: tuple[Shock, ...]
    programmes: tuple[Programme, ...]
    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    elections: tuple[Election, ...] = ()
    """In the order of their dates."""
    claims: tuple[Mapping[str, str], ...] = ()
    disagreements: tuple[Mapping[str, str], ...] = ()
    checks: Mapping[str, object] = field(default_factory=dict)
    dispute: Dispute | None = None
    """A dispute among the parties as a graph of moves; None where the case has none."""
    time: Timing | None = None
    """None where the case does not say how it moves."""
    log: Log | None = None
    """What has happened since, already worked into everything above; None without a log."""
    hash: str = ""
    """SHA-256 of the meaning of the folder: row and column order do not count."""

    @cached_property
    def measure(self) -> Mapping[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def rung(self) -> Mapping[str, Rung]:
        """Rungs by id."""
        return {rung.id: rung for measure in self.measures for rung in measure.rungs}

    @cached_property
    def constituency(self) -> Mapping[str, Constituency]:
        """Constituencies by id."""
        return {constituency.id: constituency for constituency in self.constituencies}

    @cached_property
    def criterion(self) -> Mapping[str, Criterion]:
        """Criteria by id."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def party(self) -> Mapping[str, Party]:
        """Parties by id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def outsider(self) -> Mapping[str, Outsider]:
        """Outsiders by id."""
        return {outsider.id: outsider for outsider in self.outsiders}

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """Words for all whom a sentence may name: constituencies, outsiders and parties by id."""
        every: tuple[Constituency | Outsider | Party, ...]
        every = (*self.constituencies, *self.outsiders, *self.parties)
        return {one.id: one.words for one in every}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def parameter(self) -> Mapping[str, Parameter]:
        """Parameters by id."""
        return {parameter.id: parameter for parameter in self.parameters}

    @cached_property
    def ceiling(self) -> Mapping[str, Ceiling]:
        """Ceilings by id."""
        return {ceiling.id: ceiling for ceiling in self.mechanisms.ceilings}

    @cached_property
    def shock(self) -> Mapping[str, Shock]:
        """Shocks by id."""
        return {shock.id: shock for shock in self.shocks}

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every uncertain number of the case by its address, in case order."""
        return {value.address: value for value in self._each_value()}

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Switches, levers and leader types by address."""
        every = (*self.switches, *self.levers, *self.leaders)
        return {choice.address: choice for choice in every}

    def _each_value(self) -> Iterator[Value]:
        for constituency in self.constituencies:
            yield constituency.threshold
        for measure in self.measures:
            yield from (measure.effort, measure.lag, measure.trust)
            for rung in measure.rungs:
                yield from (rung.benefit, rung.exposure, rung.scope, rung.heat)
        for table in (self.weights, self.effects, self.stances, self.linkages, self.attitudes):
            for row in table:
                yield row.value
        for parameter in self.parameters:
            yield parameter.value
        for election in self.elections:
            yield election.value
