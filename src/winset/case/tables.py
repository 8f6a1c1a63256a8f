"""Rows of the tables become nouns: measures, rungs, constituencies, criteria and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast, get_args

from winset.case.cells import Row
from winset.case.computed import check_computed
from winset.case.draft import Draft, by_id, natural
from winset.case.model import (
    At,
    Attitude,
    Constituency,
    Criterion,
    Effect,
    Election,
    Evidence,
    Kind,
    Linkage,
    Measure,
    Outsider,
    Parameter,
    Rung,
    Scale,
    Source,
    Stance,
    Weight,
)
from winset.case.selector import select_measures, select_rungs
from winset.errors import shown

Rows = tuple[Row, ...]
RUNG = re.compile(r"(?P<measure>[A-Za-z][A-Za-z0-9_-]{0,63})\.(?P<level>[1-9]\d?)")
KINDS: tuple[Kind, ...] = get_args(Kind)
_SCALES: tuple[Scale, ...] = get_args(Scale)
_READERS = ("reach", "path", "tabletop")


# first pass: names


def register_measures(rows: Rows, draft: Draft, order: tuple[str, ...]) -> None:
    """Note measures, their domains and participants, in the order of the ladder's groups."""
    place = {measure: index for index, measure in enumerate(order)}
    found = [row for row in rows if draft.register("measure", row["id"], row.at)]
    found.sort(key=lambda row: (place.get(row["id"], len(place)), natural(row["id"])))
    members: dict[str, list[str]] = {domain: [] for domain in draft.names.get("domain", {})}
    for row in found:
        measure = row["id"]
        draft.tops[measure] = 0
        if draft.known("domain", row["domain"], row.at):
            members[row["domain"]].append(measure)
        draft.participants[measure] = tuple(
            dict.fromkeys(
                one for one in row["participants"].split() if _takes_part(one, row, draft)
            )
        )
        if not row["participants"]:
            draft.findings.add(
                "E044",
                row.at,
                f"{measure} has no participants",
                allowed="parties and outsiders, separated by spaces",
                do="Name who takes part",
            )
    draft.members = {domain: tuple(measures) for domain, measures in members.items()}


def _takes_part(name: str, row: Row, draft: Draft) -> bool:
    if draft.has("party", name) or draft.has("outsider", name):
        return True
    if not draft.unreadable & {"party", "outsider"}:
        pool = [*draft.names.get("party", {}), *draft.names.get("outsider", {})]
        draft.findings.unknown("E031", row.at, "participant", name, pool, do="Correct the name")
    return False


def register_rungs(rows: Rows, draft: Draft) -> None:
    """Note rungs and check that every ladder is 1, 2, 3 ... without a gap."""
    levels: dict[str, dict[int, At]] = {measure: {} for measure in draft.tops}
    rungs = draft.names.setdefault("rung", {})
    for row in rows:
        match = RUNG.fullmatch(row["rung"])
        if match is None:
            draft.findings.add(
                "E030",
                row.at,
                f"rung {row['rung'][:60]!r}",
                allowed="MEASURE.LEVEL, such as D1.3, levels 1 to 99",
                do="Correct the id",
            )
        elif draft.known("measure", match["measure"], row.at):
            levels[match["measure"]][int(match["level"])] = row.at
            rungs[row["rung"]] = row.at
    for measure, found in levels.items():
        draft.tops[measure] = max(found, default=0)
        missing = sorted(set(range(1, draft.tops[measure] + 1)) - set(found))
        if not found and "rung" not in draft.unreadable:
            at = draft.names["measure"][measure]
            draft.findings.add("E070", at, f"{measure} has no rungs", do="Add rows to rungs.csv")
        elif missing:
            draft.findings.add(
                "E070",
                found[draft.tops[measure]],
                f"{measure} has rung {draft.tops[measure]} but not {missing[0]}",
                allowed="levels 1, 2, 3 ... without a gap",
                do="Add the missing rung or renumber",
            )


def register(rows: Rows, kind: str, draft: Draft) -> Rows:
    """Note the ids of a table; rows with a malformed id are left out."""
    return tuple(row for row in rows if draft.register(kind, row["id"], row.at))


# second pass: nouns


def build_measures(rows: Rows, rung_rows: Rows, draft: Draft) -> tuple[Measure, ...]:
    """Measures with their rungs, in the order of the case."""
    rungs: dict[str, list[Rung]] = {measure: [] for measure in draft.tops}
    for row in rung_rows:
        match = RUNG.fullmatch(row["rung"])
        if match is not None and match["measure"] in rungs:
            rungs[match["measure"]].append(_rung(row, match["measure"], int(match["level"]), draft))
    by_measure = {row["id"]: row for row in rows}
    return tuple(
        _measure(by_measure[measure], sorted(found, key=lambda rung: rung.level), draft)
        for measure, found in rungs.items()
    )


def _measure(row: Row, rungs: list[Rung], draft: Draft) -> Measure:
    own = row["id"]
    weight = draft.number(row, "depth_weight", 1.0) or 0.0
    if weight < 0:
        draft.findings.add("E042", row.at, f"depth_weight is {weight:g}", allowed="0 or more")
    return Measure(
        id=own,
        domain=row["domain"],
        words=draft.words(row, own),
        participants=draft.participants[own],
        rungs=tuple(rungs),
        depth_weight=weight,
        alternatives=draft.truth(row, "alternatives"),
        down=draft.truth(row, "down"),
        effort=draft.cell_value(row, f"measures/{own}/effort", 0.0),
        lag=draft.cell_value(row, f"measures/{own}/lag", 0.0),
        trust=draft.cell_value(row, f"measures/{own}/trust", 0.0),
        note=row["note"],
        basis=draft.basis(row),
        refs=tuple(row["refs"].split()),
        at=row.at,
    )


def _rung(row: Row, measure: str, level: int, draft: Draft) -> Rung:
    own = row["rung"]
    return Rung(
        id=own,
        measure=measure,
        level=level,
        words=draft.words(row, own),
        status_quo=draft.truth(row, "status_quo"),
        benefit=draft.cell_value(row, f"rungs/{own}/benefit"),
        exposure=draft.cell_value(row, f"rungs/{own}/exposure", 0.0),
        scope=draft.cell_value(row, f"rungs/{own}/scope", 1.0),
        heat=draft.cell_value(row, f"rungs/{own}/heat", 0.0),
        basis=draft.basis(row),
        refs=tuple(row["refs"].split()),
        note=row["note"],
        at=row.at,
    )


def build_constituencies(
    rows: Rows, draft: Draft, parties: tuple[str, ...]
) -> tuple[Constituency, ...]:
    """Constituencies, party by party."""
    found = [_constituency(row, draft) for row in rows]
    place = {party: index for index, party in enumerate(parties)}
    found.sort(key=lambda one: (place.get(one.party, len(place)), natural(one.id)))
    return tuple(found)


def _constituency(row: Row, draft: Draft) -> Constituency:
    party = row["party"]
    draft.known("party", party, row.at)
    return Constituency(
        id=row["id"],
        party=party,
        words=draft.words(row, row["id"]),
        kind=cast("Kind", draft.choice(row, "kind", KINDS)),
        asked_for=_own_rungs(row, "asked_for", party, draft),
        asked_text=row["asked_for"],
        durability=_own_rungs(row, "durability", party, draft),
        threshold=draft.threshold(row, f"constituencies/{row['id']}/threshold"),
        salience=draft.number(row, "salience", 0.0) or 0.0,
        hosts=_hosts(row, draft),
        basis=draft.basis(row),
        refs=tuple(row["refs"].split()),
        note=row["note"],
        at=row.at,
    )


def _own_rungs(row: Row, column: str, party: str, draft: Draft) -> frozenset[str]:
    chosen = select_rungs(row[column], row.at, draft)
    return frozenset(
        rung for rung in chosen if party in draft.participants.get(rung.rpartition(".")[0], ())
    )


def _hosts(row: Row, draft: Draft) -> tuple[tuple[str, frozenset[str]], ...]:
    hosts = []
    for word in row["hosts"].split():
        host, colon, selector = word.partition(":")
        if not colon:
            draft.findings.add(
                "E053", row.at, f"hosts {word!r}", allowed="CONSTITUENCY:MEASURE,DOMAIN,@set"
            )
        elif draft.known("constituency", host, row.at):
            measures = select_measures(selector.replace(",", " "), row.at, draft)
            hosts.append((host, frozenset(measures)))
    return tuple(sorted(hosts, key=lambda pair: natural(pair[0])))


def build_criteria(rows: Rows, draft: Draft) -> tuple[Criterion, ...]:
    """Build criteria in natural order of their ids."""
    found = [
        Criterion(
            id=row["id"],
            words=draft.words(row, row["id"]),
            meaning=row["meaning"],
            gain=cast("Scale", draft.choice(row, "gain", _SCALES, "benefit")),
            loss=cast("Scale", draft.choice(row, "loss", _SCALES, "benefit")),
            loss_except=_loss_except(row, draft),
            shared=draft.truth(row, "shared"),
            basis=draft.basis(row),
            refs=tuple(row["refs"].split()),
            at=row.at,
        )
        for row in rows
    ]
    return by_id(found, lambda one: one.id)


def _loss_except(row: Row, draft: Draft) -> Mapping[str, Scale]:
    found: dict[str, Scale] = {}
    for word in row["loss_except"].split():
        domain, _, scale = word.partition(":")
        if scale not in _SCALES:
            draft.findings.unknown("E043", row.at, "loss_except:", scale, _SCALES)
        elif draft.known("domain", domain, row.at):
            found[domain] = scale
    return dict(sorted(found.items()))


def build_weights(rows: Rows, draft: Draft) -> tuple[Weight, ...]:
    """Build weights of criteria by constituency."""
    found = []
    for row in rows:
        who, criterion = row["constituency"], row["criterion"]
        if draft.known("constituency", who, row.at) & draft.known("criterion", criterion, row.at):
            found.append(Weight(who, criterion, draft.table_value(row, "weights", who, criterion)))
    return by_id(found, lambda one: one.value.address)


def build_effects(rows: Rows, draft: Draft) -> tuple[Effect, ...]:
    """Build effects of measures at their top rungs."""
    found = []
    for row in rows:
        measure, criterion, party = row["measure"], row["criterion"], row["party"]
        fits = draft.known("measure", measure, row.at) & draft.known("criterion", criterion, row.at)
        fits &= not party or draft.known("party", party, row.at)
        if fits:
            keys = (measure, criterion, party) if party else (measure, criterion)
            value = draft.table_value(row, "effects", *keys)
            check_computed(value, draft.findings)
            found.append(Effect(measure, criterion, party, value))
    return by_id(found, lambda one: one.value.address)


def build_stances(rows: Rows, draft: Draft) -> tuple[Stance, ...]:
    """Build direct statements about measures or rungs."""
    found = []
    for row in rows:
        who, target = row["constituency"], row["target"]
        is_rung = "." in target
        fits = draft.known("constituency", who, row.at)
        fits &= draft.rung(target, row.at) if is_rung else draft.known("measure", target, row.at)
        use = draft.choice(row, "use", ("override", "evidence"))
        if fits:
            value = draft.table_value(row, "stances", who, target)
            found.append(
                Stance(who, target, "override" if use == "override" else "evidence", value)
            )
    return by_id(found, lambda one: one.value.address)


def build_linkages(rows: Rows, draft: Draft) -> tuple[Linkage, ...]:
    """Build linkages of two measures; those used as evidence only keep ``("evidence",)`` as who."""
    found = []
    seen: dict[frozenset[str], At] = {}
    for row in rows:
        pair = frozenset((row["a"], row["b"]))
        fits = draft.known("measure", row["a"], row.at) & draft.known("measure", row["b"], row.at)
        who = draft.all_known("constituency", row["who"].split(), row.at)
        use = draft.choice(row, "use", ("value", "evidence"), "value")
        if len(pair) == 1:
            draft.findings.add("E045", row.at, "a measure linked to itself", do="Name two measures")
        elif pair in seen:
            found_twice = f"{row['a']} and {row['b']} are linked twice (first at {seen[pair]})"
            draft.findings.add("E016", row.at, found_twice, do="Remove one of the rows")
        elif fits:
            value = draft.table_value(row, "linkages", row["a"], row["b"])
            found.append(
                Linkage(row["a"], row["b"], who if use == "value" else ("evidence",), value)
            )
        seen[pair] = row.at
    return by_id(found, lambda one: one.value.address)


def build_attitudes(rows: Rows, draft: Draft) -> tuple[Attitude, ...]:
    """Build attitudes of outsiders to measures."""
    found = []
    for row in rows:
        who, measure = row["outsider"], row["measure"]
        if draft.known("outsider", who, row.at) & draft.known("measure", measure, row.at):
            found.append(Attitude(who, measure, draft.table_value(row, "attitudes", who, measure)))
    return by_id(found, lambda one: one.value.address)


def build_elections(rows: Rows, as_of: str, draft: Draft) -> tuple[Election, ...]:
    """Build the electoral calendar, in the order of its dates."""
    found: list[Election] = []
    for row in rows:
        fits = draft.known("party", row["party"], row.at)
        fits &= draft.register("election", row["id"], row.at)
        day = _day(row, draft)
        if day and day <= as_of:
            draft.findings.add(
                "E042",
                row.at,
                f"election {row['id']} is dated {day}",
                allowed=f"days after {as_of}, the day the case stands at",
                do="Correct the date or remove the row",
            )
        value = draft.table_value(row, "elections", row["id"])
        if not 0 <= value.low <= value.high <= 1:
            draft.findings.add(
                "E042",
                row.at,
                f"election {row['id']} ranges from {value.low:g} to {value.high:g}",
                allowed="0 to 1: the share of cases in which another type takes over",
            )
        if fits and day:
            same = [one.id for one in found if (one.party, one.date) == (row["party"], day)]
            if same:
                draft.findings.add(
                    "E016",
                    row.at,
                    f"{row['party']} votes twice on {day}, as {same[0]} and as {row['id']}",
                    do="Remove one of the rows or correct its date",
                )
            found.append(Election(row["id"], row["party"], day, value))
    return tuple(sorted(found, key=lambda one: (one.date, natural(one.id))))


def _day(row: Row, draft: Draft) -> str:
    try:
        return date.fromisoformat(row["date"]).isoformat()
    except ValueError:
        draft.findings.add(
            "E040", row.at, f"date {shown(row['date'])}", allowed="a day as YYYY-MM-DD"
        )
        return ""


def build_outsiders(rows: Rows, draft: Draft) -> tuple[Outsider, ...]:
    """Build actors who take part in nothing themselves, or in single measures only."""
    found = [
        Outsider(
            row["id"], draft.words(row, row["id"]), row["role"], tuple(row["refs"].split()), row.at
        )
        for row in rows
    ]
    return by_id(found, lambda one: one.id)


def build_parameters(rows: Rows, draft: Draft) -> tuple[Parameter, ...]:
    """Build numbers of the model's mechanisms."""
    found = [
        Parameter(
            id=row["id"],
            value=draft.table_value(row, "parameters", row["id"]),
            unit=row["unit"],
            meaning=row["meaning"],
            read_by=tuple(row["read_by"].split()),
            claims=tuple(row["claims"].split()),
            existence=row["existence"],
        )
        for row in rows
    ]
    return by_id(found, lambda one: one.id)


def build_sources(rows: Rows) -> tuple[Source, ...]:
    """Build the texts the case was coded from."""
    found = [
        Source(
            row["id"],
            row["author"],
            row["title"],
            row["date"],
            row["perspective"],
            row["reading"],
            row["note"],
            row.at,
        )
        for row in rows
    ]
    return by_id(found, lambda one: one.id)


def build_evidence(rows: Rows, draft: Draft) -> tuple[Evidence, ...]:
    """Build paragraphs, with the hash of their text and what they say in other words."""
    found = []
    for row in rows:
        paragraph = row["paragraph"].removeprefix("p")
        fits = draft.known("source", row["source"], row.at)
        if not re.fullmatch(r"\d{1,5}", paragraph):
            draft.findings.add(
                "E040", row.at, f"paragraph {row['paragraph'][:60]!r}", allowed="a whole number"
            )
            fits = False
        if not re.fullmatch(r"[0-9a-f]{64}", row["sha256"]):
            draft.findings.add(
                "E043",
                row.at,
                f"sha256 {row['sha256'][:20]!r}",
                allowed="64 hexadecimal digits in small letters",
                do="Compute it with winset.case.evidence.fingerprint",
            )
        part = draft.choice(row, "part", ("core", "paratext"), "core")
        if fits:
            own = f"{row['source']}.p{int(paragraph)}"
            found.append(
                Evidence(
                    own,
                    row["source"],
                    int(paragraph),
                    row["sha256"],
                    "paratext" if part == "paratext" else "core",
                    row["says"],
                    row.at,
                )
            )
    return by_id(found, lambda one: one.id)


def build_free(rows: Rows) -> tuple[Mapping[str, str], ...]:
    """Rows of a table with free columns; blanks are left out."""
    found = [{key: cell for key, cell in sorted(row.cells.items()) if cell} for row in rows]
    return by_id(found, lambda one: one["id"])
