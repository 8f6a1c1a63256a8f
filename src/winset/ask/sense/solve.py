"""Put the five findings through every variation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from winset.ask.sense import flips, schemas, spread, vary
from winset.ask.sense.answer import Sense
from winset.ask.sense.finding import FINDINGS, HALF, Look
from winset.ask.sense.vary import Panel, Rows
from winset.case.model import Case, Change
from winset.errors import AskError, nearest
from winset.run import run_of
from winset.tables import share_of
from winset.worlds import Worlds, draw

Progress = Callable[[int, int], None]
PARTS = ("variants", "nulls", "plane", "switches", "basis", "groups", "flips")
_SIZES = {"variants": 8, "nulls": 6, "plane": 25, "basis": 3, "groups": 9, "flips": 40}
"""Steps of progress a part takes, about; switches are counted in the case."""


@dataclass
class _Told:
    """Rows of every table so far, and which findings held."""

    rows: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in schemas.SCHEMAS})
    held: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in FINDINGS})

    def note(self, base: Panel, found: Look) -> list[tuple[object, ...]]:
        listed = base.findings(found)
        for finding in listed:
            self.held[finding.finding].append(finding.holds)
        return [vary.told(finding) for finding in listed]


def sense(
    case: Case,
    worlds: Worlds | None = None,
    *,
    n: int = 128,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    only: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Sense:
    """Which assumptions carry the answer?

    Five findings of ``reach`` (the deepest open core step, the first step beyond, who stops most,
    the depth of the deepest package, the deepest single package met that stands in 80 of 100
    worlds) are asked again on the same worlds under other widths and offsets, disputed readings,
    forms, priors and correlations, null models and single values at their ends; and the spread of
    each is divided among bases and groups of inputs.

    Parameters
    ----------
    case
        The case.
    worlds
        Drawn worlds; by default ``n`` worlds are drawn with ``rng`` and ``changes``.
    n, rng, changes
        Where no worlds are given: how many to draw, seed of the draw, and changes of the case.
    only
        Parts to ask: variants, nulls, plane, switches, basis, groups, flips; all by default.
        Tables of other parts stay empty.
    progress
        Called with the variations done and the number there are, about.

    Returns
    -------
    Sense
        Tables ``findings`` (a row a finding), ``variants`` and ``nulls`` (a row a finding and
        variation), ``basis`` and ``groups`` (parts of the variance over worlds, 0 to 1 but for
        error), ``flips`` and others, see ``winset.ask.schemas()["sense"]``.

    Raises
    ------
    AskError
        An unknown part or a wrong change.

    References
    ----------
    The variance shares are those of [saltelli2010]_ and [jansen1999]_.
    """
    parts = _parts(only)
    drawn = draw(case, n, rng=rng, changes=changes) if worlds is None else worlds
    report = _Steps(progress, case, parts)
    base = vary.panel(drawn)
    told = _Told()
    for part in parts:
        _ASK[part](base, told, report.done)
    for finding in base.findings(base.base):
        held = told.held[finding.finding]
        told.rows["findings"].append((*vary.told(finding)[:-1], sum(held), len(held)))
    run = run_of(drawn, question="sense")
    if only is not None:
        run = replace(run, command=f"{run.command} --only={','.join(parts)}")
    tables = {name: schemas.SCHEMAS[name].from_rows(rows) for name, rows in told.rows.items()}
    return Sense(case, run, tables, {"parts": " ".join(parts)})


def _parts(only: Sequence[str] | None) -> list[str]:
    for part in only or ():
        if part not in PARTS:
            message = f"There is no part {part!r}; the parts are {', '.join(PARTS)}."
            raise AskError(message, nearest=nearest(part, PARTS))
    return [part for part in PARTS if only is None or part in only]


class _Steps:
    def __init__(self, progress: Progress | None, case: Case, parts: Sequence[str]) -> None:
        options = sum(len(choice.options) for choice in case.switches)
        self._total = sum({**_SIZES, "switches": options}[part] for part in parts)
        self._progress, self._done = progress, 0

    def done(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


def _variants(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    looks: dict[str, Look] = {base.worlds.prior: base.base}
    for name, found in vary.variants(base):
        head = (name, *vary.difference(base, found.share), float(found.settled.mean()))
        told.rows["variants"] += [(*head, *cells) for cells in told.note(base, found)]
        if name.startswith("prior "):
            looks[name.removeprefix("prior ")] = found
        done()
    told.rows["fragile"] = _fragile(base, [looks[name] for name in ("pert", "uniform", "ends")])


def _fragile(base: Panel, looks: Sequence[Look]) -> Rows:
    rows: Rows = []
    for place, rung in enumerate(base.asked.targets.rung):
        if len({int(found.classes[place]) for found in looks}) > 1:
            counts = [int(found.open[:, place].sum()) for found in looks]
            shares = [cell for count in counts for cell in share_of(count, base.worlds.n)]
            rows.append((rung, *shares))
    return rows


def _nulls(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    for name, meaning, found in vary.nulls(base):
        differ = vary.difference(base, found.share)
        head = (name, meaning, *differ, float(found.settled.mean()))
        told.rows["nulls"] += [(*head, *cells) for cells in told.note(base, found)]
        done()
    rung, nothing = base.asked.targets.rung, float("nan")
    for name, meaning, share in vary.shares_only(base):
        head = (name, meaning, *vary.difference(base, share), nothing)
        for finding, place, above in (
            ("lead", base.subjects.lead, True),
            ("beyond", base.subjects.beyond, False),
        ):
            if place >= 0:
                number = float(share[place])
                holds = (number >= HALF) == above
                told.held[finding].append(holds)
                cells = (finding, rung[place], number, nothing, nothing, holds)
                told.rows["nulls"].append((*head, *cells))
    done()
    told.rows["nulls"].sort(key=lambda row: str(row[0]))


def _plane(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    for cells, rungs in vary.plane(base):
        told.rows["plane"] += cells
        told.rows["plane_rungs"] += rungs
        for row in cells:
            told.held[str(row[6])].append(bool(row[-1]))
        done()


def _switches(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    for rows in vary.switches(base):
        told.rows["switches"] += rows
        for row in rows:
            if row[3] == "finding":
                told.held[str(row[2])].append(bool(row[-1]))
        done()


def _basis(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    for rows in spread.by_basis(base):
        told.rows["basis"] += rows
        done()
    told.rows["basis"].sort(key=lambda row: FINDINGS.index(str(row[0])))


def _groups(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    for rows in spread.by_group(base):
        told.rows["groups"] += rows
        done()
    told.rows["groups"].sort(key=lambda row: FINDINGS.index(str(row[0])))


def _flips(base: Panel, told: _Told, done: Callable[[], None]) -> None:
    tried = {}
    for end, found in flips.singles(base):
        tried[end] = found
        done()
    if tried:
        told.rows["flips_single"] = flips.single_rows(base, tried)
    for finding in FINDINGS:
        told.rows["flips"] += flips.minimal(base, tried, finding)


_ASK: dict[str, Callable[[Panel, _Told, Callable[[], None]], None]] = {
    "variants": _variants,
    "nulls": _nulls,
    "plane": _plane,
    "switches": _switches,
    "basis": _basis,
    "groups": _groups,
    "flips": _flips,
}
