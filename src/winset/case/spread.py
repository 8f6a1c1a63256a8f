"""Ranges nobody wrote: how wide a value is where its row gives only the middle."""

from __future__ import annotations

from dataclasses import dataclass, field

from winset.case.fields import Fields, number_of
from winset.case.findings import Findings
from winset.case.model import Basis
from winset.case.strict_yaml import Node

KINDS = (
    "weights",
    "effects",
    "stances",
    "linkages",
    "attitudes",
    "benefit",
    "exposure",
    "scope",
    "heat",
    "effort",
    "lag",
    "trust",
)
"""What may have a spread and bounds."""
BASES: tuple[Basis, ...] = ("S", "I", "A", "X", "C")
_STANDARD_BOUNDS = {
    "benefit": (0.0, 1.0),
    "exposure": (0.0, 1.0),
    "scope": (1.0, 4.0),
    "heat": (0.0, 3.0),
}
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Width:
    """Half-width by basis, or factors on the middle."""

    half: dict[str, float] = field(default_factory=dict)
    times: tuple[float, float] | None = None

    def around(self, mode: float, basis: str) -> tuple[float, float]:
        """Low and high around a middle; a basis not named has the widest half-width."""
        if self.times is not None:
            ends = sorted((mode * self.times[0], mode * self.times[1]))
            return ends[0], ends[1]
        half = self.half.get(basis, max(self.half.values(), default=0.0))
        return mode - half, mode + half


@dataclass(frozen=True, slots=True)
class Spread:
    """Widths and bounds by kind of value."""

    widths: dict[str, Width] = field(default_factory=dict)
    bounds: dict[str, tuple[float, float]] = field(default_factory=lambda: dict(_STANDARD_BOUNDS))

    def ends(self, kind: str, mode: float, basis: str) -> tuple[float, float]:
        """Low and high of a value that gives only its middle.

        Clipped to the bounds of the kind; a stated value (basis S) keeps its sign.
        """
        width = self.widths.get(kind)
        if width is None:
            return mode, mode
        low, high = width.around(mode, basis)
        if kind in self.bounds:
            least, most = self.bounds[kind]
            low, high = min(max(low, least), mode), max(min(high, most), mode)
        if basis == "S" and mode > 0:
            low = max(low, 0.0)
        if basis == "S" and mode < 0:
            high = min(high, 0.0)
        return low, high


def read_spread(fields: Fields, findings: Findings) -> Spread:
    """Read ``spread`` and ``bounds`` of case.yaml."""
    widths = {}
    for kind, node in fields.mapping("spread").items():
        if _known(kind, node, findings):
            widths[kind] = _width(kind, node, findings)
    bounds = dict(_STANDARD_BOUNDS)
    for kind, node in fields.mapping("bounds").items():
        ends = _pair(node, f"bounds of {kind}", findings)
        if _known(kind, node, findings) and ends is not None:
            bounds[kind] = ends
    return Spread(widths, bounds)


def _known(kind: str, node: Node, findings: Findings) -> bool:
    if kind not in KINDS:
        findings.unknown("E022", node.at, "kind of value", kind, KINDS, do="Rename or remove it")
    return kind in KINDS


def _width(kind: str, node: Node, findings: Findings) -> Width:
    what = f"spread of {kind}"
    if not isinstance(node.value, dict):
        half = number_of(node, what, findings)
        return Width(dict.fromkeys(BASES, _positive(half or 0.0, node, what, findings)))
    if "times" in node.value:
        fields = Fields(node, what, findings, node.at)
        pair = fields.node("times", needed=True)
        fields.done()
        return Width(times=_pair(pair, what, findings) if pair is not None else None)
    half_by = {}
    for basis, item in node.value.items():
        if basis not in BASES:
            findings.unknown("E022", item.at, "basis", basis, BASES, do="Rename or remove it")
        half_by[basis] = _positive(number_of(item, what, findings) or 0.0, item, what, findings)
    return Width(half_by)


def _positive(half: float, node: Node, what: str, findings: Findings) -> float:
    if half < 0:
        findings.add("E042", node.at, f"{what} is {half:g}", allowed="0 or more")
    return abs(half)


def _pair(node: Node, what: str, findings: Findings) -> tuple[float, float] | None:
    items = node.value if isinstance(node.value, tuple) else ()
    if len(items) != _PAIR:
        findings.add("E024", node.at, f"{what} is no pair", allowed="[low, high]")
        return None
    low, high = (number_of(item, what, findings) for item in items)
    if low is None or high is None:
        return None
    if low > high:
        findings.add("E041", node.at, f"{what}: {low:g} > {high:g}", do="Write the lower one first")
        return None
    return low, high
