"""The rows a brief is written from: tables of an answer joined with the nouns of its case.

This is the only place of the brief that knows the columns of an answer.  Everything after it
is a pure function of these rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from winset.case.model import Case, Constituency, Group, Measure, Rung
from winset.words import phrases as words
from winset.words import reach as reach_words
from winset.words.brief.shared import ALL_MEASURES, OTHER_MEASURES

if TYPE_CHECKING:
    from winset.run import Run
    from winset.tables import Table

_JOINT = (("limit", "who"), ("other_limit", "other"), ("third_limit", "third"))
"""Columns of the table ``joint`` that name limits."""
PACKAGE_MATTERS = 0.10
"""A rung is named as carried only by a package from this difference of shares."""


class Answer(Protocol):
    """What the brief asks of an answer: tables by name, what was run, the headline."""

    @property
    def run(self) -> Run:
        """What the answer was computed from."""

    @property
    def headline(self) -> str:
        """The answer in one or two sentences."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""


class Asked(Answer, Protocol):
    """An answer that also names its question and tells itself in sentences."""

    @property
    def question(self) -> str:
        """Name of the question."""

    @property
    def title(self) -> str:
        """The question as a reader meets it."""

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, the headline first."""


@dataclass(frozen=True, slots=True)
class RungFact:
    """How often one rung is open, and in what company."""

    rung: Rung
    measure: Measure
    group: Group
    share: float
    low: float
    high: float
    unsettled: float
    alone: float
    deepest: float
    gain: float
    """Depth it adds to the status quo, percent, middle world."""
    sacrifice: float
    reason: str

    @property
    def beyond(self) -> bool:
        """Whether it lies above what is in place."""
        return self.rung.level > self.measure.status_quo


@dataclass(frozen=True, slots=True)
class LimitFact:
    """One limit of one closed rung; ``share`` counts the worlds in which the rung is closed."""

    rung: str
    limit: str
    who: str
    share: float
    sole: float
    joint: float
    price: tuple[float, float, float, int] | None = None
    """p25, p50, p75 in points and the number of worlds priced."""


@dataclass(frozen=True, slots=True)
class JointFact:
    """Limits that close a rung only together; ``share`` is of the ``tried`` closed worlds."""

    rung: str
    limits: tuple[tuple[str, str], ...]
    """Two or three, each as (limit, who)."""
    share: float
    tried: int


@dataclass(frozen=True, slots=True)
class ClosureFact:
    """How many limits must give to open a rung, as shares of closed worlds."""

    rung: str
    closed: int
    one: float
    two: float
    three: float
    more: float
    tried: int


@dataclass(frozen=True, slots=True)
class ValleyFact:
    """A later rung accepted by itself more often than an earlier one of its ladder."""

    rung: str
    later: str
    alone: float
    later_alone: float


@dataclass(frozen=True, slots=True)
class DomainFact:
    """Depth of the deepest package in one domain, over worlds, in percent."""

    id: str
    label: str
    phrase: str
    today: float
    p25: float
    p50: float
    p75: float


@dataclass(frozen=True, slots=True)
class PackageFact:
    """One package offered in all worlds, and the share of worlds that accept it."""

    name: str
    certainty: float
    share: float
    depth: float
    levels: Mapping[str, int]
    today: float = 0.0
    """Depth of the status quo."""


@dataclass(frozen=True, slots=True)
class StageFact:
    """A package met on the way from the status quo: who accepts it, how deep it is."""

    step: int
    share: float
    depth: float


@dataclass(frozen=True, slots=True)
class ReadingFact:
    """A result under one reading of a disputed question."""

    switch: str
    option: str
    rung: str
    share: float
    worlds: int


@dataclass(frozen=True)
class Facts:
    """All rows of one brief."""

    case: Case
    run: Run
    headline: str
    tables: Mapping[str, Table]
    rungs: tuple[RungFact, ...]
    limits: tuple[LimitFact, ...]
    domains: tuple[DomainFact, ...]
    packages: tuple[PackageFact, ...]
    readings: tuple[ReadingFact, ...] = ()
    joints: tuple[JointFact, ...] = ()
    closures: tuple[ClosureFact, ...] = ()
    valleys: tuple[ValleyFact, ...] = ()
    stages: tuple[StageFact, ...] = ()
    others: tuple[Asked, ...] = ()
    """Answers to other questions about the same case."""

    def rows(self, table: str, question: str = "reach") -> list[dict[str, Any]]:
        """Rows of a table of an answer; none where the answer or the table is absent."""
        tables = self.tables if question == "reach" else {}
        for other in self.others:
            if other.question == question:
                tables = other.tables
        return [dict(row) for row in tables[table].rows()] if table in tables else []

    @property
    def worlds(self) -> int:
        """Number of worlds the answer rests on."""
        return self.run.worlds

    @cached_property
    def rung(self) -> Mapping[str, RungFact]:
        """Rung rows by rung id."""
        return {fact.rung.id: fact for fact in self.rungs}

    @cached_property
    def beyond(self) -> tuple[RungFact, ...]:
        """Rungs above the status quo, in the order of the ladder figure."""
        return tuple(fact for fact in self.rungs if fact.beyond)

    @cached_property
    def edge(self) -> tuple[RungFact, ...]:
        """Per ladder the first rung above today that is open in fewer than half of the worlds."""
        first: dict[str, RungFact] = {}
        for fact in self.beyond:
            if fact.share < reach_words.AT_EDGE:
                first.setdefault(fact.measure.id, fact)
        return tuple(first.values())

    @cached_property
    def limits_of(self) -> Mapping[str, tuple[LimitFact, ...]]:
        """Limits by rung, largest share first, ties in the order of the answer."""
        found: dict[str, list[LimitFact]] = {}
        for limit in self.limits:
            found.setdefault(limit.rung, []).append(limit)
        return {
            rung: tuple(sorted(rows, key=lambda row: -row.share)) for rung, rows in found.items()
        }

    @cached_property
    def balanced(self) -> PackageFact | None:
        """The package accepted in at least 80 of 100 worlds, else the surest one there is."""
        exact = [package for package in self.packages if round(100 * package.certainty) == 80]
        return next(iter(exact), max(self.packages, key=lambda row: row.certainty, default=None))

    @cached_property
    def unpriced(self) -> tuple[Constituency, ...]:
        """Constituencies whose consent is never given a price."""
        named = reach_words.unpriced(self.case)
        return tuple(item for item in self.case.constituencies if item.id in named)

    @cached_property
    def fragile(self) -> frozenset[str]:
        """Rungs whose verdict changes class with the shape of the ranges; none where not asked."""
        return frozenset(str(row["rung"]) for row in self.rows("fragile", "sense"))

    @cached_property
    def closure(self) -> Mapping[str, ClosureFact]:
        """Closures by rung."""
        return {fact.rung: fact for fact in self.closures}

    def closed(self, rung: str) -> int:
        """Count the worlds in which a rung is closed."""
        if rung in self.closure:
            return self.closure[rung].closed
        fact = self.rung[rung]
        return self.worlds - round((fact.share + fact.unsettled) * self.worlds)

    def stop_share(self, limit: LimitFact) -> float:
        """Share of all worlds in which the limit belongs to the smallest set that must give."""
        return limit.share * self.closed(limit.rung) / self.worlds if self.worlds else 0.0


def words_of(case: Case, key: str) -> tuple[str, ...]:
    """Lines of a text of the case; none where the case has no such text."""
    return tuple(line.strip() for line in case.words.get(key, "").split("\n") if line.strip())


def order(case: Case) -> Iterator[tuple[Group, Measure]]:
    """Measures with their group as the ladder shows them; those in no group come last."""
    groups = {group.id: group for group in case.groups}
    rest = Group("", OTHER_MEASURES if groups else ALL_MEASURES, "carrier", ())
    for group, measure in reach_words.ladder(case):
        yield groups.get(group, rest), measure


def from_reach(case: Case, reach: Answer, others: tuple[Asked, ...] = ()) -> Facts:
    """Join the tables of ``reach`` with the case, and keep other answers beside them."""
    return Facts(
        others=others,
        case=case,
        run=reach.run,
        headline=reach.headline,
        tables=reach.tables,
        rungs=_rungs(case, reach),
        limits=_limits(reach),
        domains=_domains(case, reach),
        packages=_packages(reach),
        readings=_readings(reach),
        joints=tuple(
            JointFact(
                str(row["rung"]),
                tuple((str(row[limit]), str(row[who])) for limit, who in _JOINT[: row["size"]]),
                _number(row["share"]),
                int(row["tried"]),
            )
            for row in _rows(reach, "joint")
        ),
        closures=tuple(
            ClosureFact(
                str(row["rung"]),
                int(row["closed"]),
                one=_number(row["one"]),
                two=_number(row["two"]),
                three=_number(row["three"]),
                more=_number(row["more"]),
                tried=int(row["tried"]),
            )
            for row in _rows(reach, "closures")
        ),
        valleys=tuple(
            ValleyFact(
                str(row["rung"]),
                str(row["later"]),
                _number(row["share_alone"]),
                _number(row["later_alone"]),
            )
            for row in _rows(reach, "valleys")
        ),
        stages=tuple(
            StageFact(int(row["step"]), _number(row["share"]), _number(row["depth"]))
            for row in _rows(reach, "certainty")
        ),
    )


def _rows(reach: Answer, name: str) -> list[dict[str, Any]]:
    return list(reach.tables[name].rows())


def _number(value: Any) -> float:
    """Read a share or a depth; what was not counted is zero."""
    return 0.0 if value is None else float(value)


def _rungs(case: Case, reach: Answer) -> tuple[RungFact, ...]:
    rows = {row["rung"]: row for row in _rows(reach, "rungs")}
    facts = []
    for group, measure in order(case):
        for rung in measure.rungs:
            row = rows.get(rung.id)
            if row is None:
                continue
            facts.append(
                RungFact(
                    rung,
                    measure,
                    group,
                    share=_number(row["share_open"]),
                    low=_number(row["open_low"]),
                    high=_number(row["open_high"]),
                    unsettled=_number(row["unsettled"]),
                    alone=_number(row["share_alone"]),
                    deepest=_number(row["share_in_deepest"]),
                    gain=_number(row["gain"]),
                    sacrifice=_number(row["sacrifice"]),
                    reason=str(row["reason"]),
                )
            )
    return tuple(facts)


def _limits(reach: Answer) -> tuple[LimitFact, ...]:
    return tuple(
        LimitFact(
            rung=str(row["rung"]),
            limit=str(row["limit"]),
            who=str(row["who"]),
            share=_number(row["share_of_closed"]),
            sole=_number(row["sole"]),
            joint=_number(row["joint"]),
            price=_price(row),
        )
        for row in _rows(reach, "limits")
    )


def _price(row: Mapping[str, Any]) -> tuple[float, float, float, int] | None:
    if row["price_p50"] is None:
        return None
    p25, p50, p75 = (_number(row[f"price_p{part}"]) for part in (25, 50, 75))
    return p25, p50, p75, int(row["price_worlds"])


def _domains(case: Case, reach: Answer) -> tuple[DomainFact, ...]:
    facts = []
    for row in _rows(reach, "domains"):
        named = case.domains.get(str(row["domain"]))
        if named is not None:
            spread = (_number(row[key]) for key in ("today", "p25", "p50", "p75"))
            facts.append(DomainFact(str(row["domain"]), named.label, named.phrase, *spread))
    return tuple(facts)


def _packages(reach: Answer) -> tuple[PackageFact, ...]:
    found: dict[str, PackageFact] = {}
    for row in _rows(reach, "packages"):
        name = str(row["package"])
        known = found.setdefault(
            name,
            PackageFact(
                name,
                _number(row["certainty"]),
                _number(row["share"]),
                _number(row["depth"]),
                {},
                _number(row["today"]),
            ),
        )
        levels = {**known.levels, str(row["measure"]): int(row["level"])}
        found[name] = replace(known, levels=levels)
    return tuple(found.values())


def _readings(reach: Answer) -> tuple[ReadingFact, ...]:
    return tuple(
        ReadingFact(
            str(row["switch"]),
            str(row["option"]),
            str(row["rung"]),
            _number(row["share"]),
            int(row["worlds"]),
        )
        for row in _rows(reach, "readings")
    )


def steps(facts: Facts) -> list[words.Step]:
    """Rungs above the status quo as the grammar of answers wants them."""
    return reach_words.steps(facts.case, facts.tables["rungs"], facts.tables["packages"])
