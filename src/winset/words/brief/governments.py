"""What each government gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.phrases import capital, join_names

READS = (
    "Shape: middle world. Grey bar: middle half of worlds. Dashed line: today; left of it that "
    "side loses."
)
HEAD = "Package"
NOT_WEIGHED = "not weighed"
GAINS = "{middle} ({low} to {high})"


@dataclass(frozen=True, slots=True)
class Gain:
    """What one party gains over today from one package, middle world, percent of its best."""

    package: str
    party: str
    percent: float


def gains_heading(rows: Sequence[Gain], package: str) -> str:
    """Say who gains most and who gains least from the package that is put forward."""
    here = [row for row in rows if row.package == package]
    if not here:
        return "What each side gets"
    losers = [row.party for row in here if row.percent < 0]
    if losers:
        return f"The {package} package leaves {join_names(losers)} worse off than today"
    high = max(here, key=lambda row: row.percent)
    low = min(here, key=lambda row: row.percent)
    if round(high.percent) == round(low.percent):
        return f"The {package} package brings each side about {round(low.percent)} percent of what it would propose"
    return (
        f"The {package} package brings {high.party} {round(high.percent)} percent of what "
        f"it would propose, {low.party} {round(low.percent)}"
    )


def gains_title(rows: Sequence[Gain]) -> str:
    """Name the row in which gains are most uneven."""
    packages: dict[str, list[Gain]] = {}
    for row in rows:
        packages.setdefault(row.package, []).append(row)
    if not packages:
        return "Nothing was weighed"

    def spread(found: Sequence[Gain]) -> float:
        return max(row.percent for row in found) - min(row.percent for row in found)

    name, found = max(packages.items(), key=lambda item: spread(item[1]))
    if round(spread(found)) == 0:
        return "Every package brings all sides the same part of what they would propose"
    high = max(found, key=lambda row: row.percent)
    low = min(found, key=lambda row: row.percent)
    low_said = f"{round(low.percent)}".replace("-", "−")
    return (
        f"Most uneven is {name}: {high.party} {round(high.percent)} percent of what it "
        f"would propose, {low.party} {low_said}"
    )


def reading(worlds: int) -> str:
    """Say what a gain is."""
    return (
        "Gain over today as each executive weighs the whole, in percent of the middle gain from the "
        "package it would propose itself, if that had to stand in 80 of 100 worlds. Counted in the "
        f"first {worlds:,} worlds; sides are never added up or compared in points."
    )


def alike(package: str, names: Sequence[str]) -> str:
    """Say whose own proposal gives every side what the package gives."""
    return (
        f" The {package} package gives every side what the proposal of "
        f"{join_names([*names])} would."
    )


def proposal(who: str) -> str:
    """Name the package that an executive would propose."""
    return f"the proposal of {who}"


def percent(who: str) -> str:
    """Name a lane of the figure."""
    return f"{who}, percent"


def free(count: int) -> str:
    """Open the list of what needs nobody's new consent."""
    return f"What needs nobody's new consent ({count}), and the worlds in which it stands alone"


def gain_of(package: str, who: str) -> str:
    """Name the trace of a gain."""
    return f"{capital(package)}: gain of {who}"


def in_points(low: float, middle: float, high: float, accepted: str, worlds: int) -> str:
    """Say a gain in points, and how often the package is accepted."""
    return (
        f"{middle:.1f} points over today in the middle world ({low:.1f} to {high:.1f} in the middle "
        f"half); the package is accepted in {accepted}, over the "
        f"first {worlds:,} worlds."
    )
