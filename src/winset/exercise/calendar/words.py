"""Every sentence on a calendar of exercises, from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.exercise.calendar.regime import Regime
from winset.tables import Table
from winset.words.phrases import NB, capital, join_names, share_phrase

Row = dict[str, Any]
DEFINITION = (
    "A calendar is worth what it covers: for each objective, pair and year the sum of what the runs "
    "give, up to a cap, weighted. A form is planned if it is open in enough worlds. Shares count "
    "coded worlds, with 95 % Wilson intervals; they are not probabilities."
)
DETERRENCE = (
    "Whether such exercises deter or provoke is not scored: one study finds less escalation where "
    "allies exercise (1973 to 2003), another finds provocation in Korea. Read the calendar under "
    "both signs."
)
_TOP = 3
_SMALL = 0.05


def constraint(name: str, regime: Regime) -> str:
    """Say a constraint with where it stands in the file."""
    kind, _, rest = name.partition(" ")
    drill = regime.drills.get(rest.partition(" ")[0])
    at = f" ({drill.at})" if drill is not None else ""
    label = drill.label if drill is not None else rest
    top = regime.at
    unit = regime.units.get(rest)
    match kind:
        case "budget":
            return f"the budget of {regime.budget:g} points in {rest} ({top['budget']})"
        case "lift":
            return f"lift for {regime.lift} moves a month ({top['lift']})"
        case "unit" if unit:
            return f"{unit.label}: {unit.at_once} at once ({unit.at})"
        case "load" if unit:
            return f"{unit.label}: {unit.a_year} months a year ({unit.at})"
        case "most" if drill:
            return f"{label} at most {_times(drill.most)} a year{at}"
        case "least" if drill:
            return f"{label} at least {_times(drill.least)} a year{at}"
        case "apart" if drill:
            return f"{label} every {drill.apart} months at most{at}"
        case "watched" if drill:
            return f"{label} three-way only after a run with observers{at}"
        case "consent":
            return f"{rest} is open in too few worlds ({top['consent']})"
        case "place" if rest in regime.places:
            place = regime.places[rest]
            return f"no such form at {place.label} ({place.at})"
        case "window":
            window = next(one for one in regime.windows if one.id == rest)
            return f"{window.label} ({window.at})"
        case "lock":
            return f"the lock on {label}, {rest.rpartition(' ')[2]}"
        case "refused":
            return f"{label} is refused in the form asked about"
        case _:
            return name


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def summary(regime: Regime, tables: Mapping[str, Table], *, greedily: bool) -> list[str]:
    """Return the answer in a few sentences, the headline first."""
    return [
        line
        for line in (
            headline(regime, tables, greedily=greedily),
            carried_out(tables),
            *closed(tables),
            *accepted(tables),
            *refused(tables),
            yearly(regime, tables),
            weakest(regime, tables),
            windows(tables),
            drawn(tables),
            prices(tables),
            robust(tables),
            DETERRENCE,
            firmness(tables),
        )
        if line
    ]


def headline(regime: Regime, tables: Mapping[str, Table], *, greedily: bool) -> str:
    """Say how many runs cover how much, and how good any calendar could be."""
    first = next(tables["nearby"].rows())
    runs = len(tables["runs"])
    forms = tables["runs"]["form"].tolist()
    told = f"{forms.count('three-way')} three-way and {forms.count('observers')} with observers"
    whole = f"{runs} runs, {told}, cover {first['covered']:.1f} percent of what is aimed at"
    if greedily:
        how = "a greedy calendar, put together run by run; nothing is proven about it"
    elif first["proven"]:
        how = "no calendar covers more (proven)"
    else:
        gap = -float(first["behind"])
        how = f"the search was cut off: no calendar covers over {gap:.1f} percent more"
    return f"{regime.title}: {whole}; {how}."


def carried_out(tables: Mapping[str, Table]) -> str:
    """Say what is covered once consents and windows are drawn."""
    row = next(tables["covered"].where(objective="all", year="all").rows())
    return (
        f"Carried out in drawn worlds, where refusals and windows turn runs into lesser forms, it "
        f"covers {row['p50']:.0f} percent ({row['p10']:.0f} to {row['p90']:.0f} in the middle four "
        "fifths)."
    )


def closed(tables: Mapping[str, Table]) -> list[str]:
    """Say which forms are closed and what must give before they are moved up to."""
    told = []
    for row in tables["standings"].where(shut=True).rows():
        line = f"{capital(row['phrase'])} ({row['rung']}) is not planned: {_stands(row)}"
        if row["condition"]:
            line += f"; to move up, {row['condition']}"
        told.append(f"{line}.")
    return told


def _stands(row: Row) -> str:
    if not row["worlds"]:
        return f"it is open in a given share of {row['share_open']:g} of worlds"
    alone = share_phrase(row["share_alone"], row["worlds"])
    some = share_phrase(row["share_open"], row["worlds"], first=False)
    return f"by itself it is accepted {alone}, in some package {some}"


def accepted(tables: Mapping[str, Table]) -> list[str]:
    """Say in how many worlds the planned forms are accepted as one package."""
    told = [str(row["says"]) for row in tables["together"].rows()]
    return [
        *(f"All planned forms as one package: {line}" for line in told[:1]),
        *told[1:],
    ]


def refused(tables: Mapping[str, Table]) -> list[str]:
    """Say what the best lesser form keeps if a three-way form is refused, the dearest first."""
    seen: dict[str, Row] = {}
    for row in tables["refusals"].rows():
        if not seen.get(row["rung"], {}).get("otherwise"):
            seen[row["rung"]] = row
    phrases: dict[str, str] = {row["rung"]: row["phrase"] for row in tables["standings"].rows()}
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in sorted(seen.values(), key=lambda row: -(row["behind"] or 0.0)):
        alike.setdefault((row["otherwise"], row["keeps"], row["across"]), []).append(row)
    return [_refused(rows, phrases) for rows in alike.values()]


def _refused(rows: list[Row], phrases: Mapping[str, str]) -> str:
    names = [_rung(row["rung"], phrases) for row in rows]
    first = rows[0]
    if not first["otherwise"]:
        return f"If refused, nothing lesser is open in place of {join_names(names, last='or')}."
    form = {"observers": "observers at the two-way exercise", "two-way": "the two-way exercise"}
    least, middle, most, across = (
        f"{100 * first[key]:.0f}" for key in ("keeps_low", "keeps", "keeps_high", "across")
    )
    spread = f" ({least} to {most})" if least != most else ""
    kept = (
        f"{middle} percent{spread} of a three-way run, {across} percent between those who do not hold "
        "it together today"
    )
    costs = [f"{name} {_loss(row['behind'])}" for name, row in zip(names, rows, strict=True)]
    return (
        f"If a three-way form is refused this year, the best lesser form is "
        f"{form[first['otherwise']]}, which keeps {kept}. What the years then lose of their cover: "
        f"{', '.join(costs)}. What the year looks like then: the table refusals, or --refuse "
        f"{first['rung']}."
    )


def _rung(rung: str, phrases: Mapping[str, str]) -> str:
    phrase = phrases[rung]
    return f"{phrase} ({rung})" if phrase != rung else rung


def _loss(behind: float | None) -> str:
    if behind is None:
        return "not sought"
    return f"{behind:.1f}{NB}percent" if behind >= _SMALL else "nothing"


def yearly(regime: Regime, tables: Mapping[str, Table]) -> str:
    """Say that a yearly exercise does not hold a skill that is lost at the rate of accuracy."""
    rows = {row["times"]: row for row in tables["rhythms"].where(kind="accuracy").rows()}
    one, two, four = rows[1], rows[2], rows[4]
    named = [o.label for o in regime.objectives.values() if o.kind == "accuracy"]
    what = f" ({join_names(named)})" if named else ""
    return (
        f"A yearly exercise does not hold a skill that is lost like accuracy{what}: {one['left']:.2f} "
        f"of it is left a year later, and it stands at {one['lowest_p50']:.2f} before each run; with "
        f"two runs a year at {two['lowest_p50']:.2f}, with one and an observed one between at "
        f"{one['watched']:.2f}, with four at {four['lowest_p50']:.2f}. The effort of one run, split "
        f"into two small ones, holds {two['split']:.2f}."
    )


def weakest(regime: Regime, tables: Mapping[str, Table]) -> str:
    """Say which skill of which pair is lowest at the end."""
    last = regime.month_name(regime.months - 1)
    rows = [*tables["skills"].where(month=last).rows()]
    if not rows:
        return ""
    low = min(rows, key=lambda row: row["p50"])
    high = max(rows, key=lambda row: row["p50"])
    labels = {one.id: one.label for one in regime.objectives.values()}

    def told(row: Row) -> str:
        return f"{labels[row['objective']]} of {row['pair']} at {row['p50']:.2f} ({row['p10']:.2f} to {row['p90']:.2f})"

    return f"At the end {told(low)} is the weakest skill and {told(high)} the strongest."


def windows(tables: Mapping[str, Table]) -> str:
    """Say what the political windows cost."""
    rows = [row for row in tables["prices"].rows() if row["constraint"] == "all windows"]
    if not rows:
        return ""
    single = [row for row in tables["prices"].rows() if row["constraint"].startswith("window ")]
    most = max(single, key=lambda row: row["gain"], default=None)
    told = f"The political windows together cost {_gain(rows[0])} of cover"
    if most is not None and most["gain"] >= _SMALL:
        told += f"; alone, most: {most['says']}, {_gain(most)}"
    return f"{told}."


def drawn(tables: Mapping[str, Table]) -> str:
    """Say what windows that may come cost a calendar that does not know of them."""
    row = next(tables["robust"].where(calendar="planned").rows())
    if not any(tables["windows"]["chance"].tolist()):
        return ""
    return (
        f"Windows that may come cost another {row['planned'] - row['p50']:.1f}{NB}percent in the "
        f"middle world, at least {row['planned'] - row['p10']:.1f} in the worst tenth."
    )


def prices(tables: Mapping[str, Table]) -> str:
    """Say which constraints cost most."""
    rows = [
        row
        for row in tables["prices"].rows()
        if not row["constraint"].startswith(("all ", "red line "))
    ]
    if not rows:
        return ""
    dear = sorted(rows, key=lambda row: -row["gain"])[:_TOP]
    told = [f"{row['says']} ({row['how']}: {_gain(row)})" for row in dear if row["gain"] >= _SMALL]
    if not told:
        return "No single constraint costs a tenth of a percent of cover."
    free = sum(row["bound"] < _SMALL for row in rows)
    return f"Dearest: {'; '.join(told)}. {free} of {len(rows)} constraints cost nothing."


def _gain(row: Row) -> str:
    if row["proven"]:
        return f"{row['gain']:.1f}{NB}percent"
    return f"{row['gain']:.1f} to {row['bound']:.1f}{NB}percent"


def robust(tables: Mapping[str, Table]) -> str:
    """Say what a calendar sought over drawn windows gains and gives up."""
    rows = {row["calendar"]: row for row in tables["robust"].rows()}
    if "robust" not in rows:
        return ""
    plain, other = rows["planned"], rows["robust"]
    head = (
        f"In at least {plain['certainty']:.0%} of drawn windows the calendar covers "
        f"{plain['reached']:.1f} percent"
    )
    if other["reached"] < plain["reached"] + _SMALL:
        return (
            f"{head}; one sought for that over a few draws does no better ({other['reached']:.1f})."
        )
    return (
        f"{head}, one sought for that {other['reached']:.1f}; if no such window comes they cover "
        f"{plain['planned']:.1f} and {other['planned']:.1f}."
    )


def firmness(tables: Mapping[str, Table]) -> str:
    """Say how many of the values are assumptions."""
    bases = tables["inputs"]["basis"].tolist()
    return f"Of {len(bases)} values of the file {bases.count('A')} are assumptions."
