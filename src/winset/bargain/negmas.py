"""NegMAS folders: one YAML file for the outcome space, one for each party's utility function."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from winset.bargain.model import MOST_VALUES, Bargain, Matter, Profile
from winset.case.cells import read_text
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import number, number_hint
from winset.case.strict_yaml import Node, read_yaml
from winset.errors import shown

_SPACES = ("DiscreteCartesianOutcomeSpace", "CartesianOutcomeSpace")
_SUMS = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_LISTED = ("CategoricalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue", "OrdinalIssue")
_RANGES = ("ContiguousIssue", "IntegerIssue")
_FUNCTIONS = ("TableFun", "AffineFun", "LinearFun", "ConstFun", "IdentityFun")
_NOTHING = ("-.inf", "-.Inf", "-.INF", "-inf")
"""How no reservation is written: anything is better than no agreement."""


def is_negmas(folder: Path) -> bool:
    """Whether a folder holds YAML files with an outcome space."""
    return any("issues:" in path.read_text("utf-8", errors="replace") for path in _yamls(folder))


def _yamls(folder: Path) -> list[Path]:
    paths = [*folder.glob("*.yml"), *folder.glob("*.yaml")]
    return sorted(path for path in paths if not path.name.startswith("_"))


def read_negmas(folder: str | Path) -> Bargain:
    """Read a NegMAS folder: outcome space, and a sum over issues for each party.

    Raises
    ------
    CaseError
        Every problem of the files: YAML that cannot be read, missing profiles, numbers that are not
        finite, negative weights, and what cannot be represented (continuous issues, utilities that
        are no sum over issues, value functions other than tables and straight lines).
    AskError
        What was read is no bargain.
    """
    place = Path(folder)
    findings = Findings()
    roots = []
    for path in _yamls(place):
        text = read_text(place, path.name, findings)
        root = None if text is None else read_yaml(text, path.name, findings)
        if root is not None and isinstance(root.value, dict):
            roots.append((path, root.value, root.at))
    findings.stop()
    spaces = [one for one in roots if "issues" in one[1] and "weights" not in one[1]]
    others = [one for one in roots if one not in spaces]
    if len(spaces) != 1:
        found = f"{len(spaces)} files with issues"
        findings.add("E001", At(place.name, 1), found, allowed="one file", do="Keep one")
    elif len(others) < 2:
        found = f"{len(others)} profiles beside {spaces[0][0].name}"
        findings.add(
            "E001", At(place.name, 1), found, allowed="at least 2", do="Put the profiles there"
        )
    findings.stop()
    reader = _Reader(findings)
    matters = reader.matters(spaces[0][1], spaces[0][2])
    findings.stop()
    profiles = [reader.profile(path.stem, fields, at, matters) for path, fields, at in others]
    findings.stop()
    return Bargain(place.resolve().name, matters, tuple(profiles), tuple(sorted(reader.left_out)))


Fields = Mapping[str, Node]


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.left_out: set[str] = set()

    def matters(self, fields: Fields, at: At) -> tuple[Matter, ...]:
        """Read the outcome space."""
        self._kind(fields, at, _SPACES, "outcome space")
        found = []
        for place, node in enumerate(_list(fields.get("issues"))):
            inner = node.value if isinstance(node.value, dict) else {}
            name = _text(inner.get("name")) or f"issue {place + 1}"
            values = self._values(inner, node.at, name)
            if values and len(set(values)) < len(values):
                self._add("E032", node.at, f"issue {name!r} has a value twice", "Remove one")
            found.append(Matter(name, values))
        if not found:
            self._add("E044", at, "no issue at all", "Add one")
        if len({one.name for one in found}) < len(found):
            self._add("E032", at, "two issues have the same name", "Rename one")
        return tuple(found)

    def _values(self, fields: Fields, at: At, name: str) -> tuple[str, ...]:
        kind = _kind_of(fields)
        given = [_text(node) for node in _list(fields.get("values"))]
        if kind in _RANGES:
            ends = [number(text) for text in given]
            if len(ends) != 2 or None in ends:
                self._add("E040", at, f"issue {name!r} is no range of integers", "Write two ends")
                return ()
            low, high = (int(end or 0) for end in ends)
            if not 0 <= high - low < MOST_VALUES:
                told = f"issue {name!r} runs from {low} to {high}, up to {MOST_VALUES:,} values fit"
                self._add("E042", at, told, "Coarsen the issue")
                return ()
            return tuple(str(value) for value in range(low, high + 1))
        if kind and kind not in _LISTED:
            self._add(
                "E043",
                at,
                f"issue {name!r} is a {kind}, which has no list of values",
                "Write the values that matter as a CategoricalIssue",
            )
            return ()
        if not given:
            self._add("E044", at, f"issue {name!r} has no values", "List them")
        return tuple(given)

    def profile(self, name: str, fields: Fields, at: At, matters: tuple[Matter, ...]) -> Profile:
        """Read one party's utility function."""
        self._kind(fields, at, _SUMS, "utility function")
        known = ("type", "__python_class__", "name", "weights", "values", "reserved_value")
        used = (*known, "bias", "id", "outcome_space")
        unknown = [key for key, node in fields.items() if key not in used and not node.is_blank]
        self.left_out |= {f"{key} of {name}" for key in unknown}
        if (bias := _text(fields.get("bias"))) not in ("", "0", "0.0"):
            self._add(
                "E043", at, f"{name} has a bias of {bias}", "Add it to the values of an issue"
            )
        weights = [
            self._number(node, f"a weight of {name}") for node in _list(fields.get("weights"))
        ]
        for weight in weights:
            if weight < 0:
                self._add("E042", at, f"a weight of {name} is {weight:g}, below 0", "Correct it")
        tables = _list(fields.get("values"))
        for what, count in (("weights", len(weights)), ("values", len(tables))):
            if count != len(matters):
                told = f"{name} has {count} {what} for {len(matters)} issues"
                self._add("E044", at, told, "Give one for each issue, in their order")
        rows = [
            self._row(node, matter, name) for node, matter in zip(tables, matters, strict=False)
        ]
        node = fields.get("reserved_value")
        nothing = node is None or node.is_blank or _text(node) in _NOTHING
        reservation = (
            None if node is None or nothing else self._number(node, f"the reservation of {name}")
        )
        if self._findings.failed:
            blank = tuple((0.0,) * len(one.values) for one in matters)
            return Profile(name, (0.0,) * len(matters), blank)
        return Profile(name, tuple(weights), tuple(rows), reservation)

    def _row(self, node: Node, matter: Matter, name: str) -> tuple[float, ...]:
        fields = node.value if isinstance(node.value, dict) else {}
        kind = _kind_of(fields) or ("TableFun" if "mapping" in fields else "")
        what = f"{matter.name!r} of {name}"
        if kind not in _FUNCTIONS:
            self._add(
                "E043",
                node.at,
                f"{what} is valued by {kind or 'nothing known'}; allowed: {', '.join(_FUNCTIONS)}",
                "Write it as a TableFun",
            )
            return ()
        if kind == "TableFun":
            return self._table(fields.get("mapping"), node.at, matter, what)
        slope, bias = (
            self._number(fields[key], f"{key} of {what}") if key in fields else default
            for key, default in (("slope", 1.0 if kind == "IdentityFun" else 0.0), ("bias", 0.0))
        )
        numbers = [number(value) for value in matter.values]
        if kind != "ConstFun" and None in numbers:
            self._add(
                "E043", node.at, f"{what} is a line over values that are no numbers", "Use a table"
            )
            return ()
        return tuple(
            bias + slope * (0.0 if kind == "ConstFun" else value or 0.0) for value in numbers
        )

    def _table(self, mapping: Node | None, at: At, matter: Matter, what: str) -> tuple[float, ...]:
        given = mapping.value if mapping is not None and isinstance(mapping.value, dict) else {}
        for key, node in given.items():
            if key not in matter.values:
                self._findings.unknown(
                    "E031", node.at, "value", key, matter.values, do="Correct it"
                )
        missing = [value for value in matter.values if value not in given]
        if missing:
            self._add("E044", at, f"{what} has no utility for {', '.join(missing[:5])}", "Add it")
            return ()
        return tuple(self._number(given[value], f"{value} in {what}") for value in matter.values)

    def _number(self, node: Node, what: str) -> float:
        text = _text(node)
        value = number(text)
        if value is None:
            told = f"{what}: {shown(text)} is not a finite number"
            self._findings.add("E040", node.at, told, allowed="a number", do=number_hint(text))
        return 0.0 if value is None else value

    def _kind(self, fields: Fields, at: At, known: tuple[str, ...], what: str) -> None:
        kind = _kind_of(fields)
        if kind and kind not in known:
            self._findings.add(
                "E043",
                at,
                f"an {what} of type {kind}" if what[0] in "aou" else f"a {what} of type {kind}",
                allowed=", ".join(known),
                do="winset bargains over lists of values and sums over issues only",
            )

    def _add(self, rule: str, at: At, found: str, do: str) -> None:
        self._findings.add(rule, at, found, do=do)


def _kind_of(fields: Fields) -> str:
    node = fields.get("type") or fields.get("__python_class__")
    return _text(node).rpartition(".")[2]


def _text(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""


def _list(node: Node | None) -> tuple[Node, ...]:
    return node.value if node is not None and isinstance(node.value, tuple) else ()


def negmas_files(bargain: Bargain) -> dict[str, bytes]:
    """Return a bargain as the files of a NegMAS folder, by name."""
    lines = ["type: DiscreteCartesianOutcomeSpace", f"name: {_quoted(bargain.name)}", "issues:"]
    for matter in bargain.matters:
        lines += [f"  - name: {_quoted(matter.name)}", "    type: CategoricalIssue", "    values:"]
        lines += [f"      - {_quoted(value)}" for value in matter.values]
    files = {f"{bargain.name}.yml": lines}
    files |= {f"{one.name}.yml": _profile(bargain, one) for one in bargain.profiles}
    return {name: ("\n".join(text) + "\n").encode() for name, text in files.items()}


def _profile(bargain: Bargain, profile: Profile) -> list[str]:
    reservation = "-.inf" if profile.reservation is None else repr(profile.reservation)
    lines = [
        "type: LinearAdditiveUtilityFunction",
        f"name: {_quoted(profile.name)}",
        f"reserved_value: {reservation}",
        "weights:",
        *(f"  - {weight!r}" for weight in profile.weights),
        "values:",
    ]
    for matter, row in zip(bargain.matters, profile.evaluations, strict=True):
        lines += ["  - type: TableFun", "    mapping:"]
        lines += [
            f"      {_quoted(value)}: {worth!r}"
            for value, worth in zip(matter.values, row, strict=True)
        ]
    return lines


def _quoted(text: str) -> str:
    """Write a text so that no reader takes it for anything else."""
    return "'" + text.replace("'", "''") + "'"
