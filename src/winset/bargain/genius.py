"""GENIUS folders: one XML file for what is negotiated, one for each party's profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from winset.bargain.markup import Element, read_xml
from winset.bargain.model import MOST_VALUES, Bargain, Matter, Profile
from winset.case.findings import Findings
from winset.case.model import At
from winset.errors import AskError

_TEMPLATE = "negotiation_template"
_UNUSED = {"discount_factor": "discount factors", "cost": "costs of items"}


def is_genius(folder: Path) -> bool:
    """Whether a folder holds XML files."""
    return any(folder.glob("*.xml"))


def read_genius(folder: str | Path) -> Bargain:
    """Read a GENIUS folder.

    Discrete and integer issues are read, integer ones with their linear evaluators spelled out;
    evaluations count as shares of the highest of their issue where any is above 1, as GENIUS does.

    Raises
    ------
    CaseError
        Every problem of the files: malformed XML, entities, missing profiles, numbers that are not
        finite, negative weights, and what cannot be represented (real-valued issues, utilities that
        are no sum over issues).
    AskError
        What was read is no bargain.
    """
    place = Path(folder)
    findings = Findings()
    roots = {path: read_xml(path, findings) for path in sorted(place.glob("*.xml"))}
    findings.stop()
    found = {path: root for path, root in roots.items() if root is not None}
    domains = [path for path, root in found.items() if _is_domain(root)]
    if len(domains) != 1:
        names = ", ".join(path.name for path in domains) or "none"
        findings.add(
            "E001",
            At(place.name, 1),
            f"{len(domains)} files say what is negotiated ({names})",
            allowed=f"one file with <{_TEMPLATE}>",
            do="Keep one, or name the folder of one domain",
        )
    findings.stop()
    reader = _Reader(findings)
    matters = reader.matters(found[domains[0]])
    profiles = [
        reader.profile(path, root, matters) for path, root in found.items() if path not in domains
    ]
    if len(profiles) < 2:
        findings.add(
            "E001",
            At(domains[0].name, 1),
            f"{len(profiles)} profiles beside it",
            allowed="at least 2, one XML file with <utility_space> a party",
            do="Put the profiles into the folder",
        )
    findings.stop()
    return Bargain(
        place.resolve().name,
        tuple(matter for matter, _ in matters.values()),
        tuple(profiles),
        tuple(sorted(reader.left_out)),
    )


def _is_domain(root: Element) -> bool:
    if root.tag == _TEMPLATE:
        return True
    valued = any("evaluation" in item.attributes for item in root.each("item"))
    marks = ("weight", "evaluator", "ufun", "reservation")
    return not valued and not any(next(root.each(tag), None) for tag in marks)


Matters = Mapping[str, tuple[Matter, tuple[float, ...] | None]]
"""By index in the file: the matter, and its numbers where it is a range of integers."""


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.left_out: set[str] = set()

    def matters(self, root: Element) -> Matters:
        """Read what is negotiated."""
        found: dict[str, tuple[Matter, tuple[float, ...] | None]] = {}
        for issue in root.each("issue"):
            index = issue.attributes.get("index", str(len(found) + 1))
            name = issue.attributes.get("name", index)
            if index in found or name in {one.name for one, _ in found.values()}:
                self._findings.add(
                    "E032", issue.at, f"issue {name!r} is there twice", do="Rename one"
                )
                continue
            read = self._matter(issue, name)
            if read is not None:
                found[index] = read
        if not found and not self._findings.failed:
            self._findings.add("E044", root.at, "no issue at all", do="Add one")
        return found

    def _matter(self, issue: Element, name: str) -> tuple[Matter, tuple[float, ...] | None] | None:
        kind = issue.attributes.get("type", "discrete").lower()
        if kind == "integer":
            low, high = (issue.number(end, self._findings) for end in ("lowerbound", "upperbound"))
            if low is None or high is None:
                return None
            if not 0 <= high - low < MOST_VALUES:
                self._findings.add(
                    "E042",
                    issue.at,
                    f"issue {name!r} runs from {low:g} to {high:g}",
                    allowed=f"up to {MOST_VALUES:,} values",
                    do="Coarsen the issue",
                )
                return None
            numbers = tuple(float(value) for value in range(int(low), int(high) + 1))
            return Matter(name, tuple(f"{value:g}" for value in numbers)), numbers
        if kind != "discrete":
            self._findings.add(
                "E043",
                issue.at,
                f"issue {name!r} is of type {kind!r}, which has no list of values",
                allowed="discrete, integer",
                do="Write the values that matter as items",
            )
            return None
        values = [item.attributes.get("value", "") for item in issue.each("item")]
        self._unused(issue)
        if not values or len(set(values)) < len(values):
            found = f"issue {name!r} has {'no value' if not values else 'a value twice'}"
            self._findings.add("E032" if values else "E044", issue.at, found, do="Mend the items")
            return None
        return Matter(name, tuple(values)), None

    def profile(self, path: Path, root: Element, matters: Matters) -> Profile:
        """Read one party's profile."""
        for tag in ("ufun", "utility"):
            for one in root.each(tag):
                self._findings.add(
                    "E043",
                    one.at,
                    f"a utility by <{tag}>, which is no sum over issues",
                    allowed="evaluations and weights by issue",
                    do="winset bargains over sums only",
                )
                return _blank(path.stem, matters)
        rows = {issue.attributes.get("index", ""): issue for issue in root.each("issue")}
        weights = self._weights(root, rows, matters)
        evaluations = [
            self._row(root, rows.get(index), matter, numbers)
            for index, (matter, numbers) in matters.items()
        ]
        return Profile(
            path.stem,
            tuple(weights),
            tuple(evaluations),
            self._single(root, "reservation"),
            self._discount(root),
        )

    def _weights(self, root: Element, rows: Mapping[str, Element], matters: Matters) -> list[float]:
        given = {one.attributes.get("index", ""): one for one in root.each("weight")}
        for index, other in given.items():
            if index not in matters:
                self._findings.unknown("E031", other.at, "index", index, matters, do="Correct it")
        found = []
        for index, (matter, _) in matters.items():
            one = given.get(index, rows.get(index))
            if one is None or (one.tag == "issue" and "weight" not in one.attributes):
                at = root.at if one is None else one.at
                told = f"issue {matter.name!r} has no weight"
                self._findings.add("E044", at, told, do="Add <weight>")
                found.append(0.0)
                continue
            value = one.number("value" if one.tag == "weight" else "weight", self._findings)
            if value is not None and value < 0:
                told = f"the weight of {matter.name!r} is {value:g}"
                self._findings.add("E042", one.at, told, allowed="from 0", do="Correct it")
            found.append(value or 0.0)
        return found

    def _row(
        self,
        root: Element,
        issue: Element | None,
        matter: Matter,
        numbers: Sequence[float] | None,
    ) -> tuple[float, ...]:
        blank = (0.0,) * len(matter.values)
        if issue is None:
            told = f"issue {matter.name!r} is not valued"
            self._findings.add("E044", root.at, told, do="Add the issue to the profile")
            return blank
        self._unused(issue)
        if numbers is not None:
            return self._evaluated(issue, matter, numbers)
        given: dict[str, float] = {}
        for item in issue.each("item"):
            value = item.attributes.get("value", "")
            if value not in matter.values:
                self._findings.unknown(
                    "E031", item.at, "value", value, matter.values, do="Correct the item"
                )
            given[value] = item.number("evaluation", self._findings) or 0.0
        missing = [value for value in matter.values if value not in given]
        if missing:
            told = f"{matter.name!r} has no evaluation for {', '.join(missing[:5])}"
            self._findings.add("E044", issue.at, told, do="Add the items")
            return blank
        row = [given[value] for value in matter.values]
        if max(row) > 1.0:
            row = [value / max(row) for value in row]
        return tuple(row)

    def _evaluated(
        self, issue: Element, matter: Matter, numbers: Sequence[float]
    ) -> tuple[float, ...]:
        evaluator = next(iter(issue.each("evaluator")), None)
        kind = "" if evaluator is None else evaluator.attributes.get("ftype", "linear").lower()
        if evaluator is None or kind != "linear":
            self._findings.add(
                "E043",
                issue.at,
                f"{matter.name!r} is valued by {kind or 'nothing'}",
                allowed="a linear evaluator",
                do="Write the values as items",
            )
            return (0.0,) * len(numbers)
        slope, offset = (
            evaluator.number(name, self._findings)
            for name in (
                "slope" if "slope" in evaluator.attributes else "parameter1",
                "offset" if "offset" in evaluator.attributes else "parameter0",
            )
        )
        return tuple((offset or 0.0) + (slope or 0.0) * value for value in numbers)

    def _single(self, root: Element, tag: str) -> float | None:
        one = next(iter(root.each(tag)), None)
        return None if one is None else one.number("value", self._findings)

    def _discount(self, root: Element) -> float:
        value = self._single(root, "discount_factor")
        if value is not None and value != 1.0:
            self.left_out.add(_UNUSED["discount_factor"])
        return 1.0 if value is None else value

    def _unused(self, issue: Element) -> None:
        for item in issue.each("item"):
            if item.attributes.get("cost", "0").strip() not in ("", "0", "0.0"):
                self.left_out.add(_UNUSED["cost"])
            words = item.attributes.get("description", "").strip()
            if words and words != item.attributes.get("value", ""):
                self.left_out.add("descriptions of items")


def _blank(name: str, matters: Matters) -> Profile:
    rows = tuple((0.0,) * len(one.values) for one, _ in matters.values())
    return Profile(name, (0.0,) * len(rows), rows)


def genius_files(bargain: Bargain) -> dict[str, bytes]:
    """Return a bargain as the files of a GENIUS folder, by name.

    Raises
    ------
    AskError
        Utilities that GENIUS cannot hold: below 0, or an evaluation above 1 on a matter whose
        highest is another number, which GENIUS would take for a share of the highest.
    """
    for one in bargain.profiles:
        for row in one.evaluations:
            if min(row) < 0 or max(row) > 1:
                raise AskError(
                    f"{one.name} values a matter from {min(row):g} to {max(row):g}; GENIUS holds 0 "
                    "to 1. Write it for NegMAS instead."
                )
    files = {f"{bargain.name}-domain.xml": _domain_xml(bargain)}
    files |= {f"{one.name}.xml": _profile_xml(bargain, one) for one in bargain.profiles}
    return {name: text.encode() for name, text in files.items()}


def _domain_xml(bargain: Bargain) -> str:
    body = _space(bargain, None)
    return f"<{_TEMPLATE}>\n{body}</{_TEMPLATE}>\n"


def _profile_xml(bargain: Bargain, profile: Profile) -> str:
    return _space(bargain, profile)


def _space(bargain: Bargain, profile: Profile | None) -> str:
    name = quoteattr(bargain.name)
    lines = [
        f'<utility_space type="any" number_of_issues="{len(bargain.matters)}">',
        f'<objective index="0" etype="objective" type="objective" description="" name={name}>',
    ]
    for place, matter in enumerate(bargain.matters):
        lines.append(
            f'<issue index="{place + 1}" etype="discrete" type="discrete" vtype="discrete" '
            f"name={quoteattr(matter.name)}>"
        )
        for item, value in enumerate(matter.values):
            worth = "" if profile is None else f' evaluation="{profile.evaluations[place][item]!r}"'
            lines.append(f'<item index="{item + 1}" value={quoteattr(value)}{worth}/>')
        lines.append("</issue>")
    if profile is not None:
        lines += [
            f'<weight index="{place + 1}" value="{weight!r}"/>'
            for place, weight in enumerate(profile.weights)
        ]
    lines.append("</objective>")
    if profile is not None:
        lines.append(f'<discount_factor value="{profile.discount!r}"/>')
        if profile.reservation is not None:
            lines.append(f'<reservation value="{profile.reservation!r}"/>')
    return "\n".join([*lines, "</utility_space>"]) + "\n"
