"""What is wrong or doubtful about a case; each rule is one function with one id."""

from __future__ import annotations

from pathlib import Path

from winset.case.address import resolve_change
from winset.case.circles import circles
from winset.case.findings import Findings
from winset.case.logged import with_log
from winset.case.model import (
    At,
    AtLeast,
    Case,
    Compare,
    Condition,
    Not,
    Rule,
    RungAtLeast,
)
from winset.case.quantity import number
from winset.case.read import build, locate, log_of, read_folder, spread_of
from winset.errors import AskError, Problem


def check(folder: str | Path, *, strict: bool = False) -> tuple[Problem, ...]:
    """Everything wrong or doubtful about a case folder.

    Parameters
    ----------
    folder
        A case folder, or the name of a bundled case.
    strict
        Also say what is not wrong but missing: values without evidence, references to no
        paragraph, parameters, levers and consents of no use, overrides weaker than what they
        override, labels, text that is read but not modelled.

    Returns
    -------
    tuple of Problem
        Ordered by file and line; empty for a case without fault.  Errors stop a case, warnings
        do not.

    Raises
    ------
    AskError
        There is no such folder and no such bundled case.
    LimitError
        More measures than can be answered for.
    """
    from winset.case.strictness import strict_findings

    findings = Findings()
    files = read_folder(locate(folder), findings)
    if "case" not in files.nodes:
        return findings.problems
    case = build(files, findings)
    if not findings.failed:
        case = with_log(case, log_of(files.path), spread_of(files).bounds, findings)
    if not findings.failed:
        errors_of(case, findings)
    if not findings.failed:
        for rule in _WARNINGS:
            rule(case, findings)
        if strict:
            strict_findings(case, files, findings)
    return findings.problems


def errors_of(case: Case, findings: Findings) -> None:
    """Run the rules that stop a case whose names and numbers are in order."""
    for rule in _ERRORS:
        rule(case, findings)


def _changes_apply(case: Case, findings: Findings) -> None:
    """E061: every change of an option finds its address and fits it."""
    for choice in case.choices.values():
        for option in choice.options:
            for change in option.changes:
                try:
                    resolve_change(case, change)
                except AskError as error:
                    findings.add("E061", change.at, str(error).rstrip("."), do="Correct the change")


def _no_circles(case: Case, findings: Findings) -> None:
    """E071: no rung is its own prerequisite."""
    for path, at in circles(case):
        findings.add(
            "E071",
            at,
            f"a circle of prerequisites: {' needs '.join(path)}",
            allowed="an order in which the rungs can be taken",
            do="Remove one of the prerequisites, or give an alternative with `or`",
        )


def _something_to_ask(case: Case, findings: Findings) -> None:
    """E073: some measure has a rung above the status quo."""
    if all(len(measure.rungs) <= measure.status_quo for measure in case.measures):
        findings.add(
            "E073",
            At("rungs.csv", 1),
            "no measure has a rung above its status quo",
            do="Add a rung that is not in place yet",
        )


def _some_change_feasible(case: Case, findings: Findings) -> None:
    """E072: not every rung above the status quo is refused or excluded for good."""
    asked = [
        (measure.id, rung.level)
        for measure in case.measures
        for rung in measure.rungs
        if rung.level > measure.status_quo
    ]
    shut = [rule for rule in case.rules if _shuts(rule, case)]
    closed = {
        (measure, level)
        for measure, level in asked
        for rule in shut
        for rung in rule.rungs
        if case.rung[rung].measure == measure and level >= case.rung[rung].level
    }
    if asked and closed == set(asked):
        names = ", ".join(rule.id for rule in shut[:6])
        findings.add(
            "E072",
            shut[0].at,
            f"every rung above the status quo is closed for good by {names}",
            do="Give a red line a condition, or remove one",
        )


def _shuts(rule: Rule, case: Case) -> bool:
    if rule.switch or "reach" not in rule.read_by:
        return False
    if rule.kind == "refuses":
        return case.settings["red_lines"] == "on" and rule.condition is None
    other = rule.condition
    in_place = (
        isinstance(other, RungAtLeast) and other.level <= case.measure[other.measure].status_quo
    )
    return rule.kind == "excludes" and in_place


def _red_lines_lift(case: Case, findings: Findings) -> None:
    """W101: a red line has a condition that can come true."""
    for rule in case.rules:
        if (
            rule.kind == "refuses"
            and "reach" in rule.read_by
            and not can_hold(rule.condition, case)
        ):
            findings.add(
                "W101",
                rule.at,
                f"red line {rule.id} on {' '.join(rule.rungs)} can never lift",
                do="Give a condition under which it lifts, or leave it if it is meant so",
            )


def can_hold(condition: Condition | None, case: Case) -> bool:
    """Whether a condition can come true by changes, time or luck; None never does."""
    return condition is not None and _may(condition, case)[0]


def _may(condition: Condition, case: Case) -> tuple[bool, bool]:
    """Whether it can be true, and whether it can be false."""
    if isinstance(condition, Not):
        true, false = _may(condition.item, case)
        return false, true
    if isinstance(condition, AtLeast):
        each = [_may(item, case) for item in condition.items]
        could = sum(true for true, _ in each)
        must = sum(not false for _, false in each)
        return could >= condition.count, must < condition.count
    if isinstance(condition, Compare) and condition.subject == "parameter":
        return _may_compare(condition, case)
    return True, True


def _may_compare(part: Compare, case: Case) -> tuple[bool, bool]:
    left = case.values[f"parameters/{part.name}"]
    limit = number(part.value)
    if limit is None:
        right = case.values[f"parameters/{part.value}"]
        low, high = right.low, right.high
    else:
        low = high = limit
    if part.operator == ">=":
        return left.high >= low, left.low < high
    if part.operator == "<=":
        return left.low <= high, left.high > low
    exact = left.low == left.high == low == high
    return left.low <= high and left.high >= low, not exact


def _something_uncertain(case: Case, findings: Findings) -> None:
    """W102: some number has a range or some switch two readings."""
    drawn = [
        choice for choice in case.switches if sum(one.weight > 0 for one in choice.options) > 1
    ]
    if not drawn and all(value.exact for value in case.values.values()):
        findings.add(
            "W102",
            At("case.yaml", 1),
            "nothing is uncertain: all worlds are the same",
            do="Give low and high, or `spread` in case.yaml",
        )


def _shares_rise(case: Case, findings: Findings) -> None:
    """W104: benefit does not fall along a ladder, unless its rungs are alternatives."""
    for measure in case.measures:
        for lower, upper in zip(measure.rungs, measure.rungs[1:], strict=False):
            if upper.benefit.mode < lower.benefit.mode and not measure.alternatives:
                findings.add(
                    "W104",
                    upper.at,
                    f"benefit falls from {lower.benefit.mode:g} at {lower.id}"
                    f" to {upper.benefit.mode:g} at {upper.id}",
                    do="Correct it (the higher one is used), or set `alternatives` of the measure",
                )


def _log_whole(case: Case, findings: Findings) -> None:
    """W106: the log of the case ends with a whole entry."""
    if case.log is not None and case.log.unsealed:
        findings.add(
            "W106",
            At(case.log.file, 1),
            f"{case.log.unsealed:,} bytes after entry {len(case.log.entries)} are no entry: the log was cut off",
            do="Nothing is lost: the next `winset track add` keeps them in a file beside the log",
        )


def _in_groups(case: Case, findings: Findings) -> None:
    """W105: every measure stands in a group of the ladder, if there are groups."""
    placed = {measure for group in case.groups for measure in group.measures}
    for measure in case.measures:
        if case.groups and measure.id not in placed:
            findings.add(
                "W105", measure.at, f"{measure.id} is in no group", do="Add it to one in case.yaml"
            )


_ERRORS = (_changes_apply, _no_circles, _something_to_ask, _some_change_feasible)
_WARNINGS = (_red_lines_lift, _something_uncertain, _shares_rise, _in_groups, _log_whole)
