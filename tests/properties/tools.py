"""What the properties share: a case solved by trying every package."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, note, settings

from winset.case.model import Case, Change, Choice, Value
from winset.oracle.brute import Levels, Plain
from winset.problem import Compiled, compile_problem
from winset.testing import write_case
from winset.worlds import Worlds, draw

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
FAILED = Path(__file__).resolve().parents[2] / "out" / "failed-case" / WORKER


def examples(count: int, *, shrink: bool = True) -> settings:
    """Return settings for so many examples, or as many times more as the profile asks for.

    Tests that write folders do without shrinking.
    """
    profile = settings()
    return settings(
        max_examples=count * profile.max_examples // 100,
        deadline=None,
        phases=[one for one in profile.phases if shrink or one is not Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def shown(case: Case) -> Case:
    """Keep the case as a folder while it fails; the last one written is the smallest."""
    shutil.rmtree(FAILED, ignore_errors=True)
    note(f"the case: {write_case(case, FAILED)}")
    return case


@dataclass(frozen=True)
class Solved:
    """Drawn worlds of a case, and every accepted package of each by name."""

    worlds: Worlds
    compiled: Compiled
    plains: tuple[Plain, ...]

    @classmethod
    def of(cls, case: Case, n: int = 2, **options: object) -> Solved:
        worlds = draw(case, n, rng=3, **options)  # type: ignore[arg-type]
        compiled = compile_problem(worlds)
        return cls(worlds, compiled, tuple(Plain(compiled.problem, w) for w in range(n)))

    def named(self, levels: Levels) -> frozenset[tuple[str, int]]:
        return frozenset(zip(self.compiled.names.measures, levels, strict=True))

    def winsets(self) -> list[set[frozenset[tuple[str, int]]]]:
        return [{self.named(levels) for levels in plain.winset()} for plain in self.plains]

    def best(self) -> list[tuple[int, int]]:
        """Depth and effort of the deepest package, one a world."""
        return [
            max((plain.worth(levels) for levels in plain.winset()), key=lambda w: (w[0], -w[1]))
            for plain in self.plains
        ]

    def decided(self, levels: Levels, world: int, units: int = 60) -> bool:
        """Whether no row of a package lies so near to 0 that rounding decides."""
        plain = self.plains[world]
        violated = plain.violations(levels)
        return all(
            self.compiled.names.rows[row].kind == "scope"
            or not plain.row_on[row]
            or abs(plain.slack(row, levels, violated))
            > units * int(self.compiled.names.row_scale[row])
            for row in range(len(plain.owner))
        )


def with_values(case: Case, change: Callable[[Value], Value], *tables: str) -> Case:
    """Return a case with a change made to every value of some tables."""
    parts = {}
    for table in tables:
        rows = getattr(case, table)
        name = "threshold" if table == "constituencies" else "value"
        parts[table] = tuple(replace(row, **{name: change(getattr(row, name))}) for row in rows)
    return replace(case, **parts)


def times(value: Value, factor: float) -> Value:
    return replace(
        value, low=value.low * factor, mode=value.mode * factor, high=value.high * factor
    )


def without_changes(case: Case) -> Case:
    """Return a case whose options change nothing: for tests that change numbers themselves."""

    def bare(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        none: tuple[Change, ...] = ()
        return tuple(
            replace(one, options=tuple(replace(option, changes=none) for option in one.options))
            for one in choices
        )

    return replace(case, switches=bare(case.switches), leaders=bare(case.leaders))
