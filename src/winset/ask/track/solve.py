"""Put the question "what has happened since?" to a case with its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winset.ask.logged import parameters
from winset.ask.track import schemas
from winset.ask.track.answer import Track
from winset.ask.track.tabulate import tabulate
from winset.case.evaluation import day_of
from winset.case.model import Case, Change
from winset.engine import alone, exists
from winset.errors import AskError, shown
from winset.problem import compile_problem
from winset.run import run_of, run_of_case
from winset.tables import Table, share_where
from winset.worlds import Worlds, draw

Progress = Callable[[int, int], None]
Verdicts = NDArray[np.int8]

BLOCK = 256
NODES = 2_000
"""Nodes after which the search of one world gives up, as in ``reach``."""
OPEN, CLOSED = 0.8, 0.2
"""From which share of worlds on a rung is called open, and up to which closed."""


def track(
    case: Case,
    *,
    on: str | date = "",
    answers: bool = False,
    n: int = 500,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    progress: Progress | None = None,
) -> Track:
    """Ask what has happened since, what is due, and what it changed.

    Parameters
    ----------
    case
        A case with its log, as :func:`winset.load` reads it; a case without a log has nothing to
        tell but what is due.
    on
        The day asked about, ``YYYY-MM-DD``; by default the day of the latest entry, or the as-of
        date.  No clock is read.
    answers
        Whether ``reach`` is asked with and without the log, in the same worlds.
    n, rng, changes
        Worlds, seed and changes of the case, for ``answers``.
    progress
        Called with worlds done and worlds to be done.

    Returns
    -------
    Track
        Tables ``stages`` (a row a rung), ``due``, ``facts``, ``entries`` and, with
        ``answers``, ``moved``: rungs whose share of worlds, 0 to 1, the log changed.

    Raises
    ------
    AskError
        A day that is none, or answers asked of a case without a log.

    Examples
    --------
    >>> import winset
    >>> track(winset.load("shared-canal")).headline
    'Nothing is logged of shared-canal: `winset track add` writes down what happened.'
    """
    day = _day(case, on)
    tables = tabulate(case, day)
    run = run_of_case(case, question="track", worlds=0, rng=rng)
    words = [f"winset track {case.id} --on={day}"]
    if answers:
        if case.log is None:
            message = (
                f"{case.id} has no log to ask with and without; `winset track add` writes one."
            )
            raise AskError(message)
        both, table = _moved(case, case.log.without, n, rng, tuple(changes), progress)
        tables["moved"] = table
        run = run_of(both, question="track")
        words += ["--answers", *run.command.split(" ")[3:]]
    else:
        tables["moved"] = schemas.MOVED.from_rows([])
    method = {"on": day.isoformat(), "answers": answers, "node_limit": NODES, **parameters(case)}
    ordered = {name: tables[name] for name in schemas.SCHEMAS}
    return Track(case, replace(run, command=" ".join(words)), ordered, method)


def _day(case: Case, on: str | date) -> date:
    if isinstance(on, date):
        return on
    text = on or (case.log.last if case.log is not None else "") or case.as_of
    day = day_of(text)
    if day is None:
        message = f"{shown(text)} is no day. Say on which day, as YYYY-MM-DD."
        raise AskError(message)
    return day


def _moved(
    case: Case,
    without: Case,
    n: int,
    rng: int,
    changes: tuple[Change | str, ...],
    progress: Progress | None,
) -> tuple[Worlds, Table]:
    """Compare the verdicts of ``reach`` with and without the log, world by world."""
    found = []
    for place, one in enumerate((without, case)):
        worlds = draw(one, n, rng=rng, changes=changes)
        found.append(_verdicts(worlds, place * n, progress))
    before, after = found
    rungs = [rung.id for measure in case.measures for rung in measure.rungs]
    rows = []
    for what in before:
        for target, rung in enumerate(rungs):
            was, now = before[what][:, target], after[what][:, target]
            change = float((now == 1).mean() - (was == 1).mean())
            rows.append((-abs(change), (rung, what, *_compared(was, now))))
    rows.sort(key=lambda row: row[0])
    return worlds, schemas.MOVED.from_rows(row for _, row in rows)


def _compared(before: Verdicts, after: Verdicts) -> tuple[object, ...]:
    """Return the cells of one rung: shares, worlds that turn, the change and its paired error."""
    n = before.size
    was, now = before == 1, after == 1
    only_with, only_without = int((now & ~was).sum()), int((was & ~now).sum())
    change = (only_with - only_without) / n
    error = 2.0 * float(np.sqrt(max((only_with + only_without) / n - change**2, 0.0) / n))
    return (
        n, *share_where(was), *share_where(now), only_with, only_without, change, error,
        _verdict(float(was.mean())), _verdict(float(now.mean())),
        float(((before < 0) | (after < 0)).mean()),
    )  # fmt: skip


def _verdict(share: float) -> str:
    return "open" if share >= OPEN else "closed" if share <= CLOSED else "contested"


def _verdicts(worlds: Worlds, done: int, progress: Progress | None) -> dict[str, Verdicts]:
    """[world, rung] 1 where it holds, 0 where not, -1 not settled; what is in place holds."""
    measures = worlds.case.measures
    targets = [(place, rung.level) for place, one in enumerate(measures) for rung in one.rungs]
    measure = np.array([place for place, _ in targets], dtype=np.int16)
    level = np.array([height for _, height in targets], dtype=np.int8)
    found = {what: np.ones((worlds.n, len(targets)), dtype=np.int8) for what in ("open", "alone")}
    for start in range(0, worlds.n, BLOCK):
        stop = min(start + BLOCK, worlds.n)
        problem = compile_problem(worlds, start, stop).problem
        above = level > problem.structure.status_quo[measure]
        verdict = exists(problem, measure, level, node_limit=NODES)
        found["open"][start:stop] = np.where(above, verdict, 1)
        found["alone"][start:stop] = alone(problem, measure, level) | ~above
        if progress is not None:
            progress(done + stop, 2 * worlds.n)
    return found
