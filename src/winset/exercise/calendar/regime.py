"""What a calendar of exercises is made from: exercises, forms, means, windows, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Literal

from winset.case.model import At
from winset.case.quantity import Quantity

Form = Literal["two-way", "observers", "three-way"]
FORMS: tuple[Form, ...] = ("two-way", "observers", "three-way")
"""Forms an exercise can take, least first; each falls back to the one before it."""
KINDS = ("accuracy", "mixed", "speed")
"""Kinds of skill, the one that is lost fastest first."""
YEAR = 12
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Objective:
    """A skill that the exercises are held for.

    Attributes
    ----------
    kind
        Which rate of loss it follows, one of :data:`KINDS`.
    weight
        How much it counts against the others.
    cap
        Runs a year, at full share and in full form, beyond which nothing more is covered.
    """

    id: str
    label: str
    kind: str
    weight: float
    cap: float
    at: At


@dataclass(frozen=True, slots=True)
class Way:
    """One form an exercise may take.

    Attributes
    ----------
    cost
        Points of the year's budget.
    rung
        Rung of the case whose consent the form needs; empty where it needs none.
    units
        Units it ties down, by name, beyond those of the exercise.
    """

    form: Form
    cost: float
    rung: str
    units: Mapping[str, int]
    at: At


@dataclass(frozen=True, slots=True)
class Drill:
    """An exercise that can be put into the calendar.

    Attributes
    ----------
    pair
        The two parties whose exercise it is.
    trains
        Share of a full run for each objective, 0..1.
    months
        Months from the start in which it can be held.
    days
        Days without a break that it takes.
    staging
        Months before in which its units are tied down already.
    least, most
        Runs a year, in years in which it can be held at all.
    apart
        Fewest months from one run to the next.
    observed
        Whether a run with observers was held before the start.
    places
        Where it can be held, with what the place adds to the cost.
    """

    id: str
    label: str
    pair: Pair
    trains: Mapping[str, float]
    ways: Mapping[Form, Way]
    months: frozenset[int]
    days: int
    lift: int
    units: Mapping[str, int]
    staging: int
    least: int
    most: int
    apart: int
    observed: bool
    places: Mapping[str, float]
    at: At


@dataclass(frozen=True, slots=True)
class Unit:
    """Forces that can be at few places at once.

    Attributes
    ----------
    at_once
        How many are there in any month.
    a_year
        Months of use in a year, staging included.
    """

    id: str
    label: str
    at_once: int
    a_year: int
    at: At


@dataclass(frozen=True, slots=True)
class Place:
    """Where exercises are held; a red line may bar forms there."""

    id: str
    label: str
    red_line: str
    bars: frozenset[Form]
    at: At


@dataclass(frozen=True, slots=True)
class Window:
    """Days or months in which some forms are out of the question at home.

    Attributes
    ----------
    spans
        First and last days, for fixed windows.
    bars
        Forms that are out.
    parties
        In whose exercises; every form with a third party counts for all.
    places
        Where; everywhere if empty.
    chance
        For a window that may come or not: in which share of worlds it does.
    months, lasts
        For such a window: months from the start between which it begins, and how many it lasts.
    red_line
        Red line of the case that it stands for.
    """

    id: str
    label: str
    spans: tuple[tuple[date, date], ...]
    bars: frozenset[Form]
    parties: frozenset[str]
    places: frozenset[str]
    chance: Quantity | None
    months: tuple[int, int]
    lasts: int
    red_line: str
    at: At

    def touches(self, drill: Drill, form: Form, place: str) -> bool:
        """Whether a form of an exercise at a place is out in this window."""
        concerned = self.parties & set(drill.pair) if form == "two-way" else self.parties
        return form in self.bars and bool(concerned) and (not self.places or place in self.places)


@dataclass(frozen=True, slots=True)
class Lock:
    """A cell that the planner has fixed: held in this form, or not held (``off``)."""

    drill: str
    month: int
    form: Form | Literal["off"]
    at: At


@dataclass(frozen=True, slots=True)
class Refusal:
    """Forms from the refused one upwards that an exercise may not take between two months."""

    drill: str
    form: Form
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Ask:
    """How consent to a form is known.

    Attributes
    ----------
    case
        Case that is asked; empty where every share is given.
    open_at
        Share of worlds from which on a form is planned.
    count
        Which share counts: ``open`` (some package accepted by all holds the rung) or ``alone``
        (it is accepted with all else as today).
    changes
        Changes of the case.
    shares
        Shares by rung that are given instead of asked.
    """

    case: str
    open_at: float
    count: Literal["open", "alone"]
    changes: tuple[str, ...]
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learning:
    """How skill comes and goes.

    Attributes
    ----------
    observers
        What observing teaches of what taking part does, 0..1.
    gain
        Share of what is missing that a full run adds, 0..1.
    start
        Skill at the start, 0..1.
    half_life
        Months until half of an unused skill is gone, by kind.
    overhead
        Part of a full run that goes into holding a run at all, however small, 0..1.
    """

    observers: Quantity
    gain: Quantity
    start: Quantity
    half_life: Mapping[str, Quantity]
    overhead: Quantity


@dataclass(frozen=True, slots=True)
class Stated:
    """A value of a regime with what it rests on."""

    item: str
    value: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Regime:
    """Exercises over some years with their means and limits: what a calendar is made from.

    Attributes
    ----------
    start
        First month, as its first day.
    years
        Years of twelve months from there.
    parties
        The three parties.
    pairs
        What skill between two parties counts, by pair.
    budget
        Points a year.
    lift
        Moves of forces a month.
    watched
        Runs with observers that a first three-way run needs, and months before it.
    """

    id: str
    title: str
    start: date
    years: int
    parties: tuple[str, ...]
    pairs: Mapping[Pair, float]
    objectives: Mapping[str, Objective]
    drills: Mapping[str, Drill]
    units: Mapping[str, Unit]
    places: Mapping[str, Place]
    windows: tuple[Window, ...]
    budget: float
    lift: int
    watched: tuple[int, int]
    ask: Ask
    learning: Learning
    locks: tuple[Lock, ...]
    stated: tuple[Stated, ...]
    elections: tuple[int, int, frozenset[Form]] | None
    hash: str
    at: Mapping[str, At] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    @property
    def months(self) -> int:
        """How many months the calendar has."""
        return YEAR * self.years

    def first_day(self, month: int) -> date:
        """Return the first day of a month counted from the start."""
        place = self.start.month - 1 + month
        return date(self.start.year + place // YEAR, place % YEAR + 1, 1)

    def month_name(self, month: int) -> str:
        """Return a month as ``YYYY-MM``."""
        return f"{self.first_day(month):%Y-%m}"

    def month_of(self, day: date) -> int:
        """Return the month of a day, counted from the start."""
        return YEAR * (day.year - self.start.year) + day.month - self.start.month

    def year_name(self, year: int) -> str:
        """Name a year of the calendar by its first and last month."""
        return f"{self.month_name(YEAR * year)}/{self.month_name(YEAR * year + YEAR - 1)}"

    def share(self, drill: Drill, form: Form, pair: Pair, observers: float) -> float:
        """Return what a form gives to the skill of a pair, of what three-way gives."""
        if form == "three-way" or set(pair) == set(drill.pair):
            return 1.0
        return observers if form == "observers" else 0.0


def pairs_of(parties: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return the pairs of parties in their order."""
    return tuple(combinations(parties, 2))


def lesser(form: Form) -> tuple[Form, ...]:
    """Return the forms below one, the nearest first."""
    return tuple(reversed(FORMS[: FORMS.index(form)]))
