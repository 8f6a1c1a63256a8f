"""Put the question "in which order and how fast?" to drawn worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path as FilePath

from winset.ask import logged
from winset.ask.dated import dated_shocks
from winset.ask.follow import FASTEST, OFF, SLOWEST, Followed, Progress, follow, mask_of
from winset.ask.followable import check
from winset.ask.path.answer import Path
from winset.ask.path.beside import dated_table
from winset.ask.path.better import better
from winset.ask.path.falls import fall_tables
from winset.ask.path.milestones import milestones
from winset.ask.path.order import WORLDS as ORDER_WORLDS
from winset.ask.path.order import Orders, order_table
from winset.ask.path.pace import interior_table, pace_table, spacing_table
from winset.ask.path.put_first import put_first_table
from winset.ask.path.stories import stories, typical_world
from winset.ask.path.tabulate import fan_table, tabulate, without_table
from winset.ask.path.what_if import what_if as set_by_hand
from winset.ask.scene import Scene, scene_of
from winset.case import find_programme
from winset.case.model import Case, Change, Programme
from winset.engine.simulate import MECHANISMS
from winset.errors import AskError
from winset.problem.timing import timing_of
from winset.run import run_of
from winset.tables import Table

PACES = (0.5, 0.75, 1.0, 1.5, 2.0)
MOST_TRIED = 100_000
"""Programmes that a search follows at most."""
WITHOUT_WORLDS = 200
"""First worlds in which mechanisms are switched off one by one."""


def path(
    case: Case,
    programme: Programme | str | FilePath,
    *,
    n: int = 500,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    quarters: int | None = None,
    paces: Sequence[float] = PACES,
    without: Sequence[str] = (),
    progress: Progress | None = None,
    keep: FilePath | None = None,
    search: int = 0,
    what_if: bool = False,
    shocks: Sequence[str] = (),
) -> Path:
    """In which order, how fast, and through what weather?

    A programme is followed quarter by quarter: each step is put to everybody in the state of its
    quarter, is agreed, falls back, waits or is dropped; shocks, elections and quarrels come as
    drawn, the same for every pace.

    Parameters
    ----------
    case
        A case with time.
    programme
        A programme of the case by its id, a YAML file, or a programme.
    n, rng, changes
        Worlds, seed and changes of the case.
    quarters
        Horizon, 1 to 80; by default that of the case.
    paces
        Factors on the quarters between steps, 0.25 to 4; 1 is always among them.
    without
        Mechanisms to switch off throughout, by name; ``+abandonment`` puts the rival theory on.
    progress
        Called after each block of worlds, each programme of a search and each event set by hand, with
        what is done and all of it.
    keep
        Folder for finished blocks: the same call goes on there after an interrupt.
    search
        Programmes to follow in search of a deeper one under the same rules; 0 for none.
    what_if
        Whether conditions are set by hand as well: windows after threats and elections, upkeep of
        assurance, a court's transfer of assets, spoilers, quiet steps.
    shocks
        Shocks put on dates, ``X2@6`` for X2 in quarter 6 of every world; the others come as drawn.
        The same programme without them stands beside it.

    Returns
    -------
    Path
        Tables ``depth`` (a row a quarter), ``arrivals`` (a row a step), ``pace`` (a row a pace),
        ``broken`` (a row a kind of event) and others, see ``winset.ask.schemas()["path"]``. Depth is
        in percent of all ladders, time in quarters, shares of worlds run from 0 to 1.

    Raises
    ------
    AskError
        A case without time, an unknown programme, a programme that cannot be followed, or a
        pace, horizon or number of programmes to search out of bounds, a shock that cannot be put on
        its date.
    """
    given = tuple(changes)
    timing = timing_of(case)
    horizon = timing.horizon if quarters is None else quarters
    chosen = programme if isinstance(programme, Programme) else find_programme(case, programme)
    check(case, chosen, horizon)
    speeds = _paces(paces)
    if not 0 <= search <= MOST_TRIED:
        message = f"A search over {search} programmes was asked for; 0 to {MOST_TRIED:,} can be."
        raise AskError(message)
    dated = dated_shocks(case, shocks, horizon)
    mask = mask_of(without)
    found = [Followed(chosen, pace, mask, by_quarter=pace == 1.0) for pace in speeds]
    switched = {
        name: Followed(chosen, 1.0, mask_of([*without, name]), WITHOUT_WORLDS)
        for name in (f"+{one}" if one in OFF else one for one in MECHANISMS)
        if name not in without
    }
    undated = [Followed(chosen, 1.0, mask, drawn_only=True)] if dated else []
    every = [*found, *switched.values(), *undated]
    worlds = follow(
        case,
        every,
        n=n,
        rng=rng,
        quarters=horizon,
        changes=given,
        progress=progress,
        keep=keep,
        dated=dated,
    )

    written = found[speeds.index(1.0)]
    scene = partial(
        scene_of,
        case,
        chosen,
        rng=rng,
        quarters=horizon,
        changes=given,
        mechanisms=mask,
        dated=dated,
    )
    orders = Orders(scene(n=min(n, ORDER_WORLDS)), chosen)
    tables = tabulate(case, written)
    tables |= {
        **fall_tables(case, written, tables["arrivals"]),
        "pace": pace_table(found),
        "interior": interior_table(found, worlds),
        "spacing": spacing_table(case, chosen),
        "without": without_table(switched, written),
        "order": order_table(case, orders),
        "put_first": put_first_table(orders, rng),
        **_told_by_worlds(written, scene, rng),
    }
    if undated:
        tables["dated"] = dated_table(case, written, undated[0])
    method: dict[str, object] = {
        "quarters": horizon,
        "without": [*without],
        "programme": chosen.id,
        "shocks": [str(one) for one in dated],
    }
    sought: Programme | None = None
    if search:
        found_better = better(
            case,
            chosen,
            budget=search,
            rng=rng,
            quarters=horizon,
            changes=given,
            mechanisms=mask,
            progress=progress,
            dated=dated,
        )
        tables |= found_better.tables
        method |= found_better.method
        sought = found_better.programme
    if what_if:
        tables |= set_by_hand(
            case,
            chosen,
            rng=rng,
            quarters=horizon,
            changes=given,
            mechanisms=mask,
            dated=dated,
            progress=progress,
        )
    options = [
        *([] if quarters is None else [f"--quarters={quarters}"]),
        *([] if tuple(paces) == PACES else [f"--pace={pace:g}" for pace in speeds]),
        *(f"--without={name}" for name in without),
        *(f"--shock={one}" for one in dated),
        *([f"--search={search}"] if search else []),
        *(["--what-if"] if what_if else []),
    ]
    run = run_of(worlds, question="path", options=options).done(written.depth.shape[0])
    words = [
        "winset",
        "path",
        case.id,
        str(chosen.id if isinstance(programme, Programme) else programme),
    ]
    run = replace(run, command=" ".join([*words, *run.command.split(" ")[3:]]))
    method |= logged.parameters(case)
    return Path(
        case, run, tables, method, programme=chosen, followed=written, found=sought, dated=dated
    )


def _told_by_worlds(written: Followed, scene: Callable[..., Scene], rng: int) -> dict[str, Table]:
    """Tell stories of worlds that go alike, and what happens in the typical world of the first."""
    told = stories(written, rng)
    typical = typical_world(told, written)
    return {
        "stories": told,
        "fan": fan_table(written, typical),
        "milestones": milestones(written, scene(n=1, first=typical), typical),
    }


def _paces(paces: Sequence[float]) -> list[float]:
    for pace in paces:
        if not FASTEST <= pace <= SLOWEST:
            message = (
                f"A pace of {pace:g} was asked for; {FASTEST:g} to {SLOWEST:g} can be followed."
            )
            raise AskError(message)
    return sorted({*map(float, paces), 1.0})
