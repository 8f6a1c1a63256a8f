"""A river shared by two towns and a farmers' union: a case small enough to read in one go."""

from __future__ import annotations

from winset.case.model import (
    At,
    Case,
    Ceiling,
    Choice,
    Consents,
    Constituency,
    Criterion,
    Effect,
    Evidence,
    Group,
    Lift,
    Measure,
    Mechanisms,
    Named,
    Option,
    Parameter,
    Party,
    Rule,
    Rung,
    Source,
    Stance,
    Value,
    Weight,
)

AT = At("case.yaml", 1)


def value(address: str, mode: float, basis: str = "A", refs: tuple[str, ...] = ()) -> Value:
    return Value(address, mode - 1, mode, mode + 1, "pert", basis, refs)  # type: ignore[arg-type]


def named(word: str) -> Named:
    return Named(word, word.capitalize(), f"the {word}")


def rung(measure: str, level: int, label: str, *, today: bool = False) -> Rung:
    share = level / 3
    spans = {
        name: Value(f"rungs/{measure}.{level}/{name}", share / 2, share, share, "pert", "I")
        for name in ("benefit", "exposure", "scope", "heat")
    }
    return Rung(
        f"{measure}.{level}",
        measure,
        level,
        Named(label, label.capitalize(), f"the {label}"),
        today,
        **spans,
        basis="I",
        refs=("A1.p1",),
        note="",
        at=AT,
    )


def measure(name: str, label: str, domain: str, rungs: tuple[Rung, ...]) -> Measure:
    parts = {
        part: value(f"measures/{name}/{part}", 1.0, "S") for part in ("effort", "lag", "trust")
    }
    return Measure(
        name,
        domain,
        named(label),
        ("UP", "LOW", "FARM"),
        rungs,
        1.0,
        alternatives=False,
        down=False,
        **parts,
        note="",
        basis="S",
        refs=("A1.p1",),
        at=AT,
    )


def constituency(
    name: str,
    party: str,
    label: str,
    rungs: frozenset[str],
    *,
    lasting: frozenset[str] = frozenset(),
) -> Constituency:
    return Constituency(
        name,
        party,
        named(label),
        "executive",
        rungs,
        "all",
        lasting,
        value(f"constituencies/{name}/threshold", 0.0),
        1.0,
        (),
        "I",
        ("A1.p2",),
        "",
        AT,
    )


def case() -> Case:
    gauges = measure(
        "G",
        "gauges",
        "DATA",
        (
            rung("G", 1, "daily reading", today=True),
            rung("G", 2, "shared sheet"),
            rung("G", 3, "live feed"),
        ),
    )
    floods = measure(
        "F", "flood plan", "WORK", (rung("F", 1, "joint drill"), rung("F", 2, "shared dam"))
    )
    claims = measure(
        "C", "old claims", "PAST", (rung("C", 1, "apology"), rung("C", 2, "settlement"))
    )
    measures = (gauges, floods, claims)
    every = frozenset(step.id for item in measures for step in item.rungs)
    people = (
        constituency("MAYOR", "UP", "mayor", every),
        constituency("COUNCIL", "LOW", "council", every),
        constituency("UNION", "FARM", "union", frozenset({"F.2", "C.2"})),
        constituency(
            "DISPLACED", "FARM", "displaced families", frozenset(), lasting=frozenset({"C.2"})
        ),
    )
    return Case(
        id="river",
        title="A shared river",
        question="How far can the towns go?",
        as_of="2020-05-01",
        folder="",
        scale=4.0,
        words={
            "about": "A made-up river for tests.",
            "limits": "Nobody asked the fish.\nThe river is made up.",
            "unheard": "The displaced families speak in neither letter.",
            "silences": "The first letter says nothing on claims.",
            "maker": "Coded for tests.",
            "no_price": "DISPLACED",
            "sources": "letters",
            "parties": "parties",
        },
        parties=tuple(
            Party(name, Named(label, label, label), Consents(who), who, None, AT)
            for name, label, who in (
                ("UP", "Uptown", "MAYOR"),
                ("LOW", "Lowtown", "COUNCIL"),
                ("FARM", "Farmers", "UNION"),
            )
        ),
        outsiders=(),
        domains={
            "DATA": Named("Data", "Data", "data"),
            "WORK": Named("Works", "Works", "works"),
            "PAST": Named("Past", "The past", "the past"),
        },
        groups=(
            Group("core", "the river", "core", ("G", "F")),
            Group("past", "the past: what wears it down", "beyond", ("C",)),
        ),
        sets={},
        constituencies=people,
        criteria=(
            Criterion("DRY", named("dry cellars"), "", "benefit", "benefit", {}, True, "S", (), AT),
        ),
        measures=measures,
        weights=tuple(
            Weight(item.id, "DRY", value(f"weights/{item.id}/DRY", 2.0, "I", ("A2.p1",)))
            for item in people
        ),
        effects=tuple(
            Effect(item.id, "DRY", "", value(f"effects/{item.id}/DRY", -1.0, "S", ("A1.p1",)))
            for item in measures
        ),
        stances=(
            Stance("UNION", "C", "override", value("stances/UNION/C", -2.0, "S", ("A2.p1",))),
        ),
        linkages=(),
        attitudes=(),
        rules=(
            Rule(
                "R1",
                "refuses",
                ("UNION",),
                ("C.2",),
                None,
                "",
                ("reach",),
                "",
                "no settlement behind closed doors",
                "S",
                ("A2.p1",),
                "",
                AT,
            ),
        ),
        parameters=(
            Parameter(
                "cap",
                value("parameters/cap", 0.5),
                "share",
                "where the ceiling starts",
                ("reach",),
                (),
                "A",
            ),
        ),
        switches=(
            Choice(
                "past",
                "switch",
                "Does the past come first?",
                tuple(
                    Option(name, label, says, 1.0, (), (author,), "S", (f"{author}.p1",), "", AT)
                    for name, label, says, author in (
                        ("first", "it comes first", "the past has to be settled first", "A1"),
                        ("beside", "it runs beside", "the past runs beside the works", "A2"),
                    )
                ),
                "first",
                (),
                AT,
            ),
        ),
        levers=(),
        leaders=(),
        settings={},
        correlations={},
        flags={},
        mechanisms=Mechanisms(
            ceilings=(
                Ceiling(
                    "old",
                    Named("Old ceiling", "Old ceiling", "the old ceiling"),
                    ("F",),
                    "cap",
                    (Lift("C", 1.0),),
                    "",
                    (),
                    (),
                    AT,
                ),
            )
        ),
        shocks=(),
        programmes=(),
        sources=(
            Source("A1", "Ann Avon", "First letter", "2019-01-01", "a miller", "Avon", "", AT),
            Source("A2", "Bo Brook", "Second letter", "2020-01-01", "a farmer", "Brook", "", AT),
        ),
        evidence=(
            Evidence("A1.p1", "A1", 1, "", "core", "The gauges are read by hand.", AT),
            Evidence("A1.p2", "A1", 2, "", "core", "The mayor decides.", AT),
            Evidence("A2.p1", "A2", 1, "", "core", "The union wants the past settled.", AT),
        ),
        hash="0123456789abcdef",
    )
