"""Write a case as a folder, so that a failing example can be opened, read and run."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from winset.case.columns import LAYOUTS
from winset.case.model import (
    Case,
    Choice,
    Constituency,
    Criterion,
    Guarantee,
    Lift,
    Measure,
    Mechanisms,
    Named,
    Rule,
    Rung,
    Value,
)
from winset.testing.rules import written

_Row = dict[str, str]


def write_case(case: Case, folder: str | Path) -> Path:
    """Write a case into a folder that :func:`winset.case.load` reads back as the same case.

    Sources, evidence, programmes, claims and disagreements are not written: random cases have
    none.

    Returns
    -------
    Path
        The folder, made if need be.
    """
    import yaml

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, rows in _tables(case).items():
        columns = rows[0] if rows else LAYOUTS[name].columns
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, content in _documents(case).items():
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        (target / f"{name}.yaml").write_text(text, encoding="utf-8")
    return target


def _plain(number: float) -> str:
    return format(Decimal(repr(float(number))), "f")


def _range(value: Value) -> _Row:
    return {
        "low": _plain(value.low),
        "mode": _plain(value.mode),
        "high": _plain(value.high),
        "shape": value.shape,
        "basis": value.basis,
        "refs": " ".join(value.refs),
        "note": value.note,
    }


def _truth(*, answer: bool) -> str:
    return "true" if answer else ""


def _tables(case: Case) -> dict[str, list[_Row]]:
    return {
        "measures": [_measure(one) for one in case.measures],
        "rungs": [_rung(one) for one in case.rung.values()],
        "ranges": _ranges(case),
        "criteria": [_criterion(one) for one in case.criteria],
        "constituencies": [_constituency(one) for one in case.constituencies],
        "weights": [
            {"constituency": w.constituency, "criterion": w.criterion, **_range(w.value)}
            for w in case.weights
        ],
        "effects": [
            {"measure": e.measure, "criterion": e.criterion, "party": e.party, **_range(e.value)}
            for e in case.effects
        ],
        "stances": [
            {"constituency": s.constituency, "target": s.target, "use": s.use, **_range(s.value)}
            for s in case.stances
        ],
        "linkages": [
            {"a": k.a, "b": k.b, "who": " ".join(k.who), **_range(k.value)} for k in case.linkages
        ],
        "attitudes": [
            {"outsider": a.outsider, "measure": a.measure, **_range(a.value)}
            for a in case.attitudes
        ],
        "parameters": [{"id": p.id, **_range(p.value)} for p in case.parameters],
        "outsiders": [{"id": o.id, **_named(o.words), "role": o.role} for o in case.outsiders],
        "conditions": [_rule(one) for one in case.rules],
    }


def _measure(measure: Measure) -> _Row:
    return {
        "id": measure.id,
        **_named(measure.words),
        "domain": measure.domain,
        "participants": " ".join(measure.participants),
        "depth_weight": _plain(measure.depth_weight),
        "alternatives": _truth(answer=measure.alternatives),
        "down": _truth(answer=measure.down),
        "effort": _plain(measure.effort.mode),
        "lag": _plain(measure.lag.mode),
        "trust": _plain(measure.trust.mode),
        "basis": measure.basis,
        "note": measure.note,
    }


def _rung(rung: Rung) -> _Row:
    return {
        "rung": rung.id,
        **_named(rung.words),
        "status_quo": _truth(answer=rung.status_quo),
        "benefit": _plain(rung.benefit.mode),
        "exposure": _plain(rung.exposure.mode),
        "scope": _plain(rung.scope.mode),
        "heat": _plain(rung.heat.mode),
        "basis": rung.basis,
    }


def _criterion(criterion: Criterion) -> _Row:
    return {
        "id": criterion.id,
        **_named(criterion.words),
        "meaning": criterion.meaning,
        "shared": _truth(answer=criterion.shared),
        "gain": criterion.gain,
        "loss": criterion.loss,
        "loss_except": " ".join(f"{name}:{to}" for name, to in criterion.loss_except.items()),
        "basis": criterion.basis,
    }


def _constituency(member: Constituency) -> _Row:
    return {
        "id": member.id,
        "party": member.party,
        **_named(member.words),
        "kind": member.kind,
        "asked_for": member.asked_text,
        "durability": " ".join(sorted(member.durability)),
        "hosts": _hosts(member.hosts),
        "threshold": _plain(member.threshold.mode),
        "salience": _plain(member.salience),
        "basis": member.basis,
    }


def _rule(rule: Rule) -> _Row:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "who": " ".join(rule.who),
        "rung": " ".join(rule.rungs),
        "condition": "" if rule.condition is None else written(rule.condition),
        "reads": " ".join(rule.read_by),
        "switch": rule.switch,
        "says": rule.says,
        "basis": rule.basis,
    }


def _ranges(case: Case) -> list[_Row]:
    tables = ("rungs", "measures", "constituencies")
    return [
        {"address": address, **_range(value)}
        for address, value in case.values.items()
        if address.partition("/")[0] in tables
    ]


def _hosts(hosts: Iterable[tuple[str, frozenset[str]]]) -> str:
    return " ".join(f"{host}:{','.join(sorted(measures))}" for host, measures in hosts)


def _documents(case: Case) -> dict[str, Any]:
    return {
        "case": {
            "format": 1,
            "id": case.id,
            "title": case.title,
            "question": case.question,
            "as_of": case.as_of,
            "scale": case.scale,
            "words": dict(case.words),
            "correlations": dict(case.correlations),
            "parties": {
                one.id: {
                    **_named(one.words),
                    "accepts": one.accepts_text,
                    **(
                        {"scope": {"ideal": one.scope[0], "tolerance": one.scope[1]}}
                        if one.scope
                        else {}
                    ),
                }
                for one in case.parties
            },
            "domains": {name: _named(words) for name, words in case.domains.items()},
            "groups": [
                {"id": g.id, "title": g.title, "role": g.role, "measures": list(g.measures)}
                for g in case.groups
            ],
            "sets": {name: list(members) for name, members in case.sets.items()},
            "settings": dict(case.settings),
            "flags": dict(case.flags),
            "mechanisms": _mechanisms(case.mechanisms),
        },
        "switches": {one.id: _choice(one) for one in case.switches},
        "levers": {one.id: _choice(one) for one in case.levers},
        "leaders": {one.id: _choice(one) for one in case.leaders},
        "shocks": {one.id: {**_named(one.words), "source": one.source} for one in case.shocks},
    }


def _named(words: Named) -> dict[str, str]:
    return {"label": words.label, "name": words.name, "phrase": words.phrase}


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "question": choice.question,
        "default": choice.default,
        "options": {
            option.id: {
                "label": option.label,
                "says": option.says,
                "weight": option.weight,
                "basis": option.basis,
                "changes": [str(change) for change in option.changes],
            }
            for option in choice.options
        },
    }


def _mechanisms(found: Mechanisms) -> dict[str, Any]:
    written_out: dict[str, Any] = {}
    if found.scope is not None:
        written_out["scope"] = {
            "applies_to": list(found.scope.applies_to),
            "slip": found.scope.slip,
            "horizon_quarters": found.scope.horizon_quarters,
            **({"levels": list(found.scope.levels)} if found.scope.levels else {}),
            **(
                {"relief": found.scope.relief, "relieved": list(found.scope.relieved)}
                if found.scope.relief
                else {}
            ),
        }
    written_out["ceilings"] = [
        {
            "id": one.id,
            **_named(one.words),
            "over": list(one.over),
            "base": one.base,
            "lift": {lift.measure: _lift(lift) for lift in one.lift},
            **({"threat": one.threat} if one.threat else {}),
            "payers": list(one.payers),
        }
        for one in found.ceilings
    ]
    for kind in ("easings", "learnings", "enablings", "quiet", "amplifiers"):
        written_out[kind] = [_fields(one) for one in getattr(found, kind)]
    written_out["guarantees"] = [_guarantee(one) for one in found.guarantees]
    written_out["reversals"] = [
        {"by": one.by, "raises": one.raises, "cost": one.cost} for one in found.reversals
    ]
    return written_out


def _guarantee(one: Guarantee) -> dict[str, Any]:
    force = {"rung": one.rung} if one.rung else {"lever": one.lever, "option": one.option}
    covers = list(one.covers)
    return {"id": one.id, **_named(one.words), **force, "covers": covers, "share": one.share}


def _lift(lift: Lift) -> Any:
    return {"share": lift.share, "times": lift.times} if lift.times else lift.share


def _fields(mechanism: Any) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value := getattr(mechanism, name), tuple) else value
        for name in mechanism.__dataclass_fields__
        if name != "at"
    }
