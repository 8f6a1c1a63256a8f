"""Why a rung is closed, and why a package fails: read from the tables and from ``judge``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.answer import Reach
from winset.ask.reach.reason import Reason
from winset.ask.reach.units import (
    CONSENT,
    FLOORS,
    WHOLE,
    Unit,
    blamed,
    failed_rows,
    failing,
    units_of,
)
from winset.case.model import Case, Change
from winset.engine import Judgement, judge
from winset.errors import AskError, nearest
from winset.problem import Compiled, Names, blocks
from winset.tables import Column, Schema, quartile_columns, quartiles, wilson
from winset.words import reach as words
from winset.words.holders import who_phrase
from winset.worlds import Worlds, draw

MICRO = 1_000_000
_TOLD = 4

STOPS = Schema(
    "stops",
    "What stops the package, and which of its steps are the trouble?",
    (
        Column("limit", "text", "", "Kind of limit, or `step`: the package without one step."),
        Column("who", "text", "", "Constituency, rule or ceiling; rung for a step."),
        Column("measure", "text", "", "Measure of the step that is too dear; empty for the whole."),
        Column(
            "share",
            "float",
            "share",
            "Worlds in which it stops the package; for a step, worlds that accept the package without it.",
        ),
        Column("low", "float", "share", "Lower end of the 95 % Wilson interval of share."),
        Column("high", "float", "share", "Upper end of the 95 % Wilson interval of share."),
        *quartile_columns("short", "points", "Points missing where it stops."),
    ),
)


def why(
    case: Case,
    rung: str | None = None,
    worlds: Worlds | None = None,
    *,
    package: Mapping[str, int] | Iterable[str] | None = None,
    n: int = 2000,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
) -> Reason:
    """Explain in words why a rung is open or closed, or why a package is accepted or fails.

    Parameters
    ----------
    case
        The case.
    rung
        Rung to explain; it alone is searched for.
    worlds
        Drawn worlds; by default ``n`` are drawn with ``rng`` and ``changes``.
    package
        Instead of a rung: levels by measure, or rungs; what is not named stays as it is today.

    Raises
    ------
    AskError
        Neither or both are given, or the case has no such rung.
    """
    if (rung is None) == (package is None):
        raise AskError("Ask about one rung, or about one package.")
    drawn = draw(case, n, rng=rng, changes=changes) if worlds is None else worlds
    if rung is not None:
        from winset.ask.reach.solve import reach

        return rung_reason(reach(case, drawn, rungs=[known_rung(case, rung)]), rung)
    if isinstance(package, Mapping):
        return package_reason(case, drawn, read_package(case, (), package))
    return package_reason(case, drawn, read_package(case, tuple(package or ()), None))


def known_rung(case: Case, rung: str) -> str:
    """Return the rung if the case has it.

    Raises
    ------
    AskError
        It has not; the nearest names are given.
    """
    if rung not in case.rung:
        raise AskError(
            f"The case has no rung {rung!r}; rungs are written MEASURE.LEVEL.",
            nearest=nearest(rung, case.rung, count=3),
        )
    return rung


def rung_reason(answer: Reach, rung: str) -> Reason:
    """Explain one rung from the tables of an answer."""
    known_rung(answer.case, rung)
    if rung not in set(answer.table("rungs")["rung"].tolist()):
        raise AskError(f"Rung {rung} was not asked about in this run.")
    told = words.why_rung(answer.case, answer.tables, rung, answer.run.worlds)
    return Reason(rung, tuple(told), answer.table("limits").where(rung=rung))


def read_package(
    case: Case, rungs: Sequence[str], levels: Mapping[str, int] | None
) -> dict[str, int]:
    """Read a package as a level for every measure.

    Raises
    ------
    AskError
        An unknown measure or level, a measure named twice, or nothing named at all.
    """
    named = dict(levels or {})
    for rung in rungs:
        measure, _, level = rung.rpartition(".")
        if measure not in case.measure or not level.isdigit():
            known_rung(case, rung)
        if measure in named:
            raise AskError(f"Measure {measure} is named twice; a package has one rung a measure.")
        named[measure] = int(level)
    if not named:
        raise AskError("A package names at least one rung, as MEASURE.LEVEL.")
    for measure, height in named.items():
        if measure not in case.measure:
            raise AskError(
                f"The case has no measure {measure!r}.", nearest=nearest(measure, case.measure)
            )
        top = len(case.measure[measure].rungs)
        if not 0 <= height <= top:
            raise AskError(f"Measure {measure} has levels 0 to {top}, not {height}.")
    return {measure.id: named.get(measure.id, measure.status_quo) for measure in case.measures}


@dataclass
class _Tally:
    """What was seen so far, over blocks of worlds."""

    accepted: int = 0
    stops: dict[tuple[str, str, str], int] = field(default_factory=dict)
    short: dict[tuple[str, str, str], list[NDArray[np.float64]]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def package_reason(case: Case, worlds: Worlds, levels: Mapping[str, int]) -> Reason:
    """Explain a package: how often it is accepted, who stops it, by how much, over which step."""
    tally = _Tally()
    new = [m for m in case.measures if levels[m.id] != m.status_quo]
    for compiled in blocks(worlds):
        _look(compiled, case, levels, tally)
    n = worlds.n
    share = tally.accepted / n
    rows: list[tuple[object, ...]] = []
    told = [words.package_verdict(share, n, [_phrase(case, m.id, levels[m.id]) for m in new])]
    for key, count in sorted(tally.stops.items(), key=lambda item: -item[1]):
        limit, who, measure = key
        short = quartiles(np.concatenate(tally.short.get(key, [[]])))
        rows.append((limit, who, measure, count / n, *map(float, wilson(count, n)), *short))
        if len(rows) <= _TOLD:
            name = who_phrase(case, limit, who)
            over = f" over {_phrase(case, measure, levels[measure])}" if measure else ""
            shown = () if who in words.unpriced(case) else short
            told.append(words.package_stops(name, limit, count / n, shown, n, over=over))
    eased = sorted(tally.without.items(), key=lambda item: -item[1])
    for measure, count in eased:
        rung = f"{measure}.{levels[measure]}"
        rows.append(
            ("step", rung, measure, count / n, *map(float, wilson(count, n)), *quartiles([]))
        )
    if tally.accepted < n and len(new) > 1:
        phrases = [(_phrase(case, measure, levels[measure]), count / n) for measure, count in eased]
        told.append(words.package_trouble(phrases, share, n))
    return Reason("package", tuple(told), STOPS.from_rows(rows))


def _phrase(case: Case, measure: str, level: int) -> str:
    noun = case.measure[measure]
    return noun.rungs[level - 1].words.phrase if level else f"no {noun.words.phrase}"


def _look(compiled: Compiled, case: Case, levels: Mapping[str, int], tally: _Tally) -> None:
    problem, names = compiled.problem, compiled.names
    row = np.array([levels[measure] for measure in names.measures], dtype=np.int8)
    package = np.tile(row, (compiled.stop - compiled.start, 1))
    judged = judge(problem, package)
    tally.accepted += int(judged.accepted.sum())
    _count_stops(compiled, judged, tally)
    for place, measure in enumerate(names.measures):
        today = case.measure[measure].status_quo
        if levels[measure] != today:
            less = package.copy()
            less[:, place] = today
            accepted = int(judge(problem, less).accepted.sum())
            tally.without[measure] = tally.without.get(measure, 0) + accepted


def _count_stops(compiled: Compiled, judged: Judgement, tally: _Tally) -> None:
    problem, names = compiled.problem, compiled.names
    units = units_of(names)
    stops = blamed(problem, units, failing(units, judged)) & ~judged.accepted[:, None]
    failed = failed_rows(judged)
    short = -judged.row_slack / (MICRO * names.row_scale.astype(np.float64))
    for place, unit in enumerate(units):
        if unit.limit != "consent":
            _add(tally, (unit.limit, unit.who, ""), stops[:, place])
            continue
        for (kind, measure), rows in _rows_by_limit(unit, names).items():
            fails = stops[:, place] & failed[:, rows].any(axis=1)
            _add(tally, (kind, unit.who, measure), fails)
            missing = np.where(failed[:, rows], short[:, rows], 0.0).max(axis=1)[fails]
            tally.short.setdefault((kind, unit.who, measure), []).append(missing)
    shut = judged.shut & ~judged.accepted
    _add(tally, ("shut", ", ".join(names.shut_bits), ""), shut)


def _rows_by_limit(unit: Unit, names: Names) -> dict[tuple[str, str], list[int]]:
    """Rows of a constituency by limit and measure: several rows may state one limit."""
    rows: dict[tuple[str, str], list[int]] = {}
    for which, own in ((FLOORS, unit.floors), (WHOLE, unit.whole)):
        for row in own:
            rows.setdefault((CONSENT[which], names.rows[row].measure), []).append(row)
    return rows


def _add(tally: _Tally, key: tuple[str, str, str], fails: NDArray[np.bool_]) -> None:
    if fails.any():
        tally.stops[key] = tally.stops.get(key, 0) + int(fails.sum())
