"""Do the compiled problem and the engine say what the definitions and another solver say?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.case.model import Case
from winset.errors import LimitError

if TYPE_CHECKING:
    from random import Random

    from winset.oracle.brute import Levels, Plain
    from winset.oracle.compare import Comparison
    from winset.problem import Compiled
    from winset.worlds import Worlds

_PACKAGES = 4
"""Packages compared in each world, beside the deepest one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`check_independent` compared, and every difference it found."""

    case_id: str
    worlds: int
    packages: int
    """Packages judged by the compiled problem and by the re-statement."""
    rows: int
    """Limits whose value in points was compared."""
    largest: float
    """Largest difference found among them, in points; rounding explains up to a millionth for
    each number summed, more where values saturate."""
    depths: int
    """Worlds in which the engine's deepest package was compared with that of HiGHS."""
    unsettled: int
    """Worlds in which the engine or HiGHS gave no proven answer in time."""
    disagreements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not self.disagreements

    @property
    def text(self) -> str:
        """The report in a few lines."""
        verdict = "agree" if self.agrees else f"DISAGREE in {len(self.disagreements)} places"
        late = f"; {self.unsettled} not settled in time" if self.unsettled else ""
        lines = [
            f"Independent check of {self.case_id}: the statements {verdict}.",
            f"  limits: {self.rows:,} values of {self.packages} packages in {self.worlds} worlds",
            f"  stated again in fractions: largest difference {self.largest:.2g} points",
            f"  deepest package: {self.depths} worlds solved again by HiGHS{late}",
        ]
        return "\n".join([*lines, *(f"  - {one}" for one in self.disagreements)])

    def __str__(self) -> str:
        return self.text


def check_independent(
    case: Case,
    *,
    worlds: int = 20,
    rng: int = 1,
    time_limit: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Do two statements of the model and two solvers agree on this case?

    In each world, random packages and the engine's deepest one are judged twice: by the compiled
    integer problem and by a re-statement in exact fractions that shares no code with it, limit by
    limit.  The deepest package is found twice: by the engine and by SciPy's HiGHS.

    Parameters
    ----------
    case
        The case.
    worlds
        How many worlds.
    rng
        Seed of the worlds and of the packages.
    time_limit
        Seconds HiGHS may take for one world.
    progress
        Called with the worlds done and their number.

    Returns
    -------
    Report
        What was compared; ``agrees`` is the answer, ``text`` says it in words.
    """
    import random

    from winset.engine import deepest
    from winset.oracle.compare import Comparison
    from winset.oracle.restate import Restatement
    from winset.problem import compile_problem
    from winset.worlds import draw

    drawn = draw(case, worlds, rng=rng)
    compiled = compile_problem(drawn)
    best = deepest(compiled.problem)
    tally = _Tally()
    for world in range(worlds):
        comparison = Comparison(compiled, world, Restatement(case, drawn, world))
        found = tuple(int(level) for level in best.levels[world])
        tally.found(world, comparison.rows())
        dice = random.Random(f"{rng}/{drawn.first + world}")
        for levels in (found, *_packages(comparison.plain, dice)):
            tally.package(world, comparison, levels)
        depth = int(best.depth[world]) if best.settled[world] else None
        tally.depth(world, comparison.plain, found, depth, _highs(compiled, world, time_limit))
        if progress is not None:
            progress(world + 1, worlds)
    return tally.report(case.id, drawn)


def _packages(plain: Plain, dice: Random) -> Iterator[Levels]:
    """Yield packages from a step or two beside the status quo to anything at all."""
    for number in range(_PACKAGES):
        moved = (number + 1) / _PACKAGES
        yield tuple(
            dice.randint(quo, top) if dice.random() < moved else quo
            for quo, top in zip(plain.quo, plain.tops, strict=True)
        )


def _highs(compiled: Compiled, world: int, time_limit: float) -> int | None:
    from winset.oracle.milp import Program

    try:
        found = Program(compiled.problem, world, time_limit=time_limit).deepest()
    except LimitError:
        return None
    return None if found is None else found.depth


class _Tally:
    """Counts, and differences in words."""

    def __init__(self) -> None:
        self.packages = 0
        self.rows = 0
        self.largest = 0.0
        self.depths = 0
        self.unsettled = 0
        self.differences: list[str] = []

    def found(self, world: int, differences: Iterator[str]) -> None:
        self.differences += [f"world {world}: {one}" for one in differences]

    def package(self, world: int, comparison: Comparison, levels: Levels) -> None:
        self.packages += 1
        for _, restated, compiled, _ in comparison.margins(levels):
            self.rows += 1
            self.largest = max(self.largest, abs(float(restated - compiled)))
        self.found(world, comparison.disagreements(levels))

    def depth(
        self, world: int, plain: Plain, levels: Levels, engine: int | None, highs: int | None
    ) -> None:
        if not plain.accepts(levels):
            self.differences.append(f"world {world}: the engine's package {levels} is not accepted")
        elif engine is not None and plain.worth(levels)[0] != engine:
            self.differences.append(f"world {world}: {levels} is not {engine} deep")
        if engine is None or highs is None:
            self.unsettled += 1
            return
        self.depths += 1
        if engine != highs:
            self.differences.append(
                f"world {world}: depth {engine} by the engine, {highs} by HiGHS"
            )

    def report(self, case_id: str, drawn: Worlds) -> Report:
        return Report(
            case_id,
            drawn.n,
            self.packages,
            self.rows,
            self.largest,
            self.depths,
            self.unsettled,
            tuple(self.differences),
        )
