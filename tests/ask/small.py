"""A case of two parties and three measures, written as objects, with tables made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from winset.ask.reach import schemas
from winset.case.model import (
    At,
    AtLeast,
    Case,
    Choice,
    Consents,
    Constituency,
    Group,
    Measure,
    Mechanisms,
    Named,
    Option,
    Party,
    Rule,
    Rung,
    RungAtLeast,
    Value,
)
from winset.tables import Schema, Table

NAN = float("nan")
AT = At("made.csv", 1)


def value(address: str, mode: float = 0.5) -> Value:
    return Value(address, mode, mode, mode, "exact")


def named(name: str) -> Named:
    return Named(name, name, name)


def rung(measure: str, level: int, *, status_quo: bool = False) -> Rung:
    name = f"{measure}.{level}"
    parts = [value(f"rungs/{name}/{part}") for part in ("benefit", "exposure", "scope", "heat")]
    return Rung(name, measure, level, named(f"step {name}"), status_quo, *parts, "A", (), "", AT)


def measure(name: str, domain: str, tops: int, *, today: int = 0) -> Measure:
    rungs = tuple(rung(name, level, status_quo=level <= today) for level in range(1, tops + 1))
    rest = [value(f"measures/{name}/{part}") for part in ("effort", "lag", "trust")]
    return Measure(
        name,
        domain,
        named(f"measure {name}"),
        ("N", "S"),
        rungs,
        1.0,
        False,
        False,
        *rest,
        "",
        "A",
        (),
        AT,
    )


def constituency(name: str, party: str) -> Constituency:
    return Constituency(
        name,
        party,
        named(f"the {name}"),
        "executive",
        frozenset(),
        "all",
        frozenset(),
        value(f"constituencies/{name}/threshold"),
        1.0,
        (),
        "A",
        (),
        "",
        AT,
    )


def party(name: str, who: str) -> Party:
    return Party(name, named(name), AtLeast(1, (Consents(who),)), who, None, AT)


def option(name: str, *authors: str) -> Option:
    return Option(name, f"it is {name}", "", 1.0, (), authors, "A", (), "", AT)


CASE = Case(
    id="small",
    title="Small",
    question="How far can it <go>?",
    as_of="",
    folder="",
    scale=1.0,
    words={"parties": "sides", "no_price": "NV"},
    parties=(party("N", "NP"), party("S", "SP")),
    outsiders=(),
    domains={"X": named("work"), "Y": named("talk")},
    groups=(
        Group("core", "work", "core", ("A",)),
        Group("beyond", "talk: what comes after", "beyond", ("B",)),
    ),
    sets={},
    constituencies=(constituency("NP", "N"), constituency("NV", "N"), constituency("SP", "S")),
    criteria=(),
    measures=(measure("A", "X", 3, today=1), measure("B", "Y", 2), measure("C", "Y", 1)),
    weights=(),
    effects=(),
    stances=(),
    linkages=(),
    attitudes=(),
    rules=(
        Rule(
            "R1",
            "needs",
            (),
            ("B.2",),
            RungAtLeast("A", 2),
            "A.2",
            ("reach",),
            "",
            "",
            "A",
            ("S1.p2",),
            "",
            AT,
        ),
        Rule(
            "R2", "refuses", ("NP",), ("A.3",), None, "", ("reach",), "", "prose", "A", (), "", AT
        ),
    ),
    parameters=(),
    switches=(Choice("Q", "switch", "Which?", (option("so", "S1"), option("thus")), "so", (), AT),),
    levers=(),
    leaders=(),
    settings={},
    correlations={},
    flags={},
    mechanisms=Mechanisms(),
    shocks=(),
    programmes=(),
    sources=(),
    evidence=(),
    hash="00" * 32,
)


def build(schema: Schema, rows: Iterable[dict[str, Any]]) -> Table:
    """Fill a table from the columns given; others are NaN, 0, false or empty."""
    blank = {"text": "", "int": 0, "float": NAN, "bool": False}
    return schema.from_rows(
        [row.get(c.name, blank[c.dtype]) for c in schema.columns] for row in rows
    )


def rung_row(name: str, share: float, **more: Any) -> dict[str, Any]:
    row = {"rung": name, "measure": name[0], "level": int(name[2]), "share_open": share}
    return row | {"unsettled": 0.0, "share_alone": share, "gain": 10.0, **more}


def limit_row(name: str, limit: str, who: str, share: float, **more: Any) -> dict[str, Any]:
    row = {"rung": name, "limit": limit, "who": who, "share_of_closed": share, "closed": 1000}
    return row | {"sole": share, "tried": 100, "joint": 0.0, **more}


def tables(**given: Iterable[dict[str, Any]]) -> dict[str, Table]:
    """All tables of an answer; those not given are empty."""
    start = {"certainty": [{"step": 0, "share": 1.0, "depth": 10.0}]}
    rows = start | {name: [*rows] for name, rows in given.items()}
    return {name: build(schema, rows.get(name, ())) for name, schema in schemas.SCHEMAS.items()}
