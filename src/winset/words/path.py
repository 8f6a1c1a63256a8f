"""Every sentence of the answer to "in which order and how fast?", from rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.case.tracing import trace
from winset.tables import Table
from winset.words.phrases import capital, count_phrase, join_names, share_phrase
from winset.words.programme import PARTS, SEVERAL
from winset.words.what_if import conditions, order, put_first, searched

Row = dict[str, Any]
TITLE = "In which order, and how fast?"
DEFINITION = (
    "Every step is put to everybody in the state of its quarter, on top of all that is agreed: the "
    "floors on it, the wholes, prerequisites and ceilings of the snapshot, moved by threat, mood, "
    "assurance, windows and governments. A refused step takes its fallback, or is asked again for "
    "a while. Shares count coded worlds, with 95 % Wilson intervals; they are not probabilities."
)
CAUSES = {
    "reversal": "a reversal by a new government",
    "crisis": "a crisis",
    "relapse": "a relapse without backing",
    "suspension": "a suspension under tension",
    "step-down": "a step down under tension",
    SEVERAL: "several events at once",
}
STEPS = "What becomes of the steps"
PACE = "Slower and faster"
RESTS = "What it rests on, and the order inside a quarter"
FOUND = "A deeper programme under the same rules"
BY_HAND = "Under conditions set by hand"
_FEW = 3
_REAL = 2.0
"""Standard errors beyond which a difference is told."""
_SHOWN = 0.1
"""Points of effect from which on a move is told."""
_NAMED = 0.02
"""Shares below which a cause or a step is left to the table."""


def summary(
    case: Case,
    programme: Programme,
    tables: Mapping[str, Table],
    n: int,
    method: Mapping[str, object],
    tried: int,
) -> list[str]:
    """Return the answer in a few sentences, the headline first.

    ``n`` worlds were followed, ``tried`` under conditions set by hand.
    """
    groups = topics(case, programme, tables, n, method, tried)
    return [headline(programme, tables, n), *(one for group in groups.values() for one in group)]


def topics(
    case: Case,
    programme: Programme,
    tables: Mapping[str, Table],
    n: int,
    method: Mapping[str, object],
    tried: int,
) -> dict[str, list[str]]:
    """Return the sentences after the headline by what they are about, in the order they are told."""
    return {
        STEPS: [
            *dated(case, tables, method),
            *_late(tables),
            *_held_up(case, tables, n),
            *_ruled_out(case, tables, n),
            *_breaks(case, tables, n),
            *_effects(case, tables),
        ],
        PACE: [*_pace(tables, n), *_interior(case, tables)],
        RESTS: [*_rests(tables), *order(tables["order"]), *put_first(tables["put_first"])],
        FOUND: searched(case, programme, tables, method),
        BY_HAND: conditions(case, tables, tried),
    }


def headline(programme: Programme, tables: Mapping[str, Table], n: int) -> str:
    """Say how many steps are carried and how deep the end is."""
    rows = [*tables["arrivals"].rows()]
    kept = sum(row["share_end"] >= 0.5 for row in rows)
    whole = [row for row in tables["depth"].rows() if row["part"] == "all"]
    last = whole[-1]
    return (
        f"{capital(programme.words.name)}: {kept} of {len(rows)} steps are in effect after "
        f"{last['quarter']} quarters in at least half of {n:,} coded worlds; depth in effect "
        f"{last['p50']:.0f} percent ({last['p10']:.0f} to {last['p90']:.0f} in the middle four "
        f"fifths), from {last['quo']:.0f} at the start."
    )


def dated(case: Case, tables: Mapping[str, Table], method: Mapping[str, object]) -> list[str]:
    """Say which shocks were put on dates, and what they change."""
    given = method.get("shocks")
    if not isinstance(given, list) or not given:
        return []
    names = []
    for text in given:
        shock, _, quarter = text.partition("@")
        names.append(f"{case.shock[shock].words.phrase} in quarter {quarter}")
    said = f"In every world {join_names(names)}, besides what is drawn"
    if "dated" not in tables:
        return [f"{said}."]
    rows = [*tables["dated"].rows()]
    end = next(row for row in rows if row["what"] == "depth at the end")
    said += (
        f": depth at the end {end['with_shocks']:.1f} percent, {end['without_shocks']:.1f} without "
        f"({end['difference']:+.1f}, standard error {_small(end['difference_error'])})"
    )
    steps = [row for row in rows if row["what"] == "step" and row["real"]]
    steps.sort(key=lambda row: -abs(row["difference"]))
    told = [
        f"{case.rung[row['name']].words.phrase} ({row['difference']:+.0f} of 100 worlds, standard error "
        f"{_error(row['difference_error'])})"
        for row in steps[:_FEW]
    ]
    more = f"; most for {join_names(told)}" if told else "; for no step beyond chance"
    return [f"{said}{more}.".replace("(-", "(−")]


def _late(tables: Mapping[str, Table]) -> list[str]:
    """Say how many steps are planned after the horizon, where they are not asked for."""
    last = max(row["quarter"] for row in tables["depth"].rows())
    late = sum(row["planned"] > last for row in tables["arrivals"].rows())
    if not late:
        return []
    verb = "step is" if late == 1 else "steps are"
    return [f"{late} {verb} planned after quarter {last} and not asked for; follow more quarters."]


def _held_up(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    rows = sorted(tables["arrivals"].rows(), key=lambda row: -row["share_dropped"])
    worst = [row for row in rows if row["share_dropped"] > 0.2 and row["refuser"]][:_FEW]
    if not worst:
        return []
    told = [
        f"{_step(case, row)} {share_phrase(row['share_dropped'], n, first=row is worst[0])}, "
        f"refused most often by {case.constituency[row['refuser']].words.phrase}"
        for row in worst
    ]
    return [f"Given up most often after refusals: {'; '.join(told)}."]


def _step(case: Case, row: Row) -> str:
    return f"{case.rung[row['rung']].words.phrase} ({row['rung']})"


def _ruled_out(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    rows = [row for row in tables["arrivals"].rows() if row["share_ruled_out"] >= 0.5]
    if not rows:
        return []
    rows.sort(key=lambda row: -row["share_ruled_out"])
    told = [
        f"{_step(case, row)} {share_phrase(row['share_ruled_out'], n, first=row is rows[0])}"
        for row in rows[:_FEW]
    ]
    return [
        f"Ruled out to the last by a prerequisite, a conflict, a red line or a ceiling, whoever agrees: {join_names(told)}."
    ]


def _breaks(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    """Say how often a crisis comes, what takes rungs away in shares, and which steps go most often."""
    crisis = next(row for row in tables["broken"].rows() if row["event"] == "crisis")
    rows = [row for row in tables["falls"].rows() if row["rungs"] > 0]
    told = f"A crisis over a settlement comes {share_phrase(crisis['share'], n)}"
    took = next((row["share_worlds"] for row in rows if row["cause"] == "crisis"), 0.0)
    if crisis["share"]:
        told += f"; it takes away what is in effect already {share_phrase(took, n, first=not took)}"
    said = [f"{told}."]
    if not rows:
        return [*said, "No rung that took effect is lost in any world drawn."]
    rows.sort(key=lambda row: -row["share"])
    causes = [
        f"{100 * row['share']:.0f} of 100 by {CAUSES[row['cause']]} (standard error "
        f"{_error(100 * row['share_error'])})"
        for row in rows
        if row["share"] >= _NAMED
    ]
    back = sum(row["share_back"] * row["times"] for row in rows) / sum(row["times"] for row in rows)
    said.append(
        f"Of the {sum(row['rungs'] for row in rows):.1f} rungs that a world loses on the mean, "
        f"{join_names(causes)}; after {100 * back:.0f} of 100 losses the rung is regained."
    )
    worst = sorted(tables["standing"].rows(), key=lambda row: -row["share_lost"])[:_FEW]
    gone = [
        f"{_step(case, row)} {share_phrase(row['share_lost'], n, first=row is worst[0])}, mostly by "
        f"{CAUSES[row['cause']]}, in quarter {row['lost_p50']:.0f} at the middle"
        for row in worst
        if row["share_lost"] >= _NAMED
    ]
    return [*said, *([f"Lost most often after it took effect: {'; '.join(gone)}."] if gone else [])]


def _small(error: float) -> str:
    return f"{error:.1f}" if error >= 0.05 else "below 0.1"


def _error(points: float) -> str:
    return f"{points:.0f}" if points >= 0.5 else "below 1"


def _effects(case: Case, tables: Mapping[str, Table]) -> list[str]:
    """Name the criteria whose effect moves most from the first quarter to the last, up and down."""
    ends: dict[str, list[Row]] = {}
    for row in tables["criteria"].rows():
        if row["part"] == "all":
            ends.setdefault(row["criterion"], []).append(row)
    moved = sorted(
        ((rows[-1]["p50"] - rows[0]["p50"], rows[0], rows[-1]) for rows in ends.values()),
        key=lambda one: -one[0],
    )
    told = []
    for verb, found in (("rise", moved[:_FEW]), ("fall", moved[::-1][:_FEW])):
        names = [
            f"{case.criterion[last['criterion']].words.phrase} from {first['p50']:.1f} to "
            f"{last['p50']:.1f} ({last['p10']:.1f} to {last['p90']:.1f})"
            for gap, first, last in found
            if (gap > 0) == (verb == "rise") and abs(gap) >= _SHOWN
        ]
        if names:
            told.append(f"most {verb} {join_names(names)}")
    if not told:
        return []
    said = f"Effects by criterion, middle world and mean over governments: {'; '.join(told)}."
    return [re.sub(r"(?<=[ (])-(?=\d)", "−", said)]


def _pace(tables: Mapping[str, Table], n: int) -> list[str]:
    """Tell fast and slow beside as written: depth over time, depth at the end, crises, regret."""
    rows = [*tables["pace"].rows()]
    if len(rows) < 2:
        return []
    others = [row for row in (rows[0], rows[-1]) if row["pace"] != 1.0]
    written = next(row for row in rows if row["pace"] == 1.0)
    over = join_names([_against(row, "depth", "lead", "lead_error") for row in others])
    end = join_names([_against(row, "depth_end", "lead_end", "end_error") for row in others])
    same = all(row["among_best_end"] for row in rows)
    chance = "; no pace tried is ahead of another by more than chance" if same else ""
    regret = [
        f"{row['regret']:.1f} over time and {row['regret_end']:.1f} at the end at {row['pace']:g} times"
        for row in others
    ]
    said = [
        (
            "Pace, by depth over time, in which what comes earlier counts longer: "
            f"{written['depth']:.1f} percent as written, {over} the time between steps."
        ),
        f"Pace, by depth at the end: {written['depth_end']:.1f} percent as written, {end}{chance}.",
        f"Regret of pace, depth behind the best pace of each world: {join_names(regret)}.",
        *_haste(written, others, n),
    ]
    return [sentence.replace("(-", "(−") for sentence in said]


def _against(row: Row, depth: str, lead: str, error: str) -> str:
    return f"{row[depth]:.1f} ({row[lead]:+.1f}, standard error {_small(row[error])}) at {row['pace']:g} times"


def _haste(written: Row, others: list[Row], n: int) -> list[str]:
    """Say what pace does to crises, and how much a crisis must count for the other pace to be better."""
    if not any(row["share_crisis"] for row in (written, *others)):
        return []
    crises = [
        f"{share_phrase(row['share_crisis'], n, first=row is others[0])} at {row['pace']:g} times "
        f"({100 * row['more_crises']:+.0f}, standard error {_error(100 * row['crisis_error'])})"
        for row in others
    ]
    as_written = count_phrase(written["share_crisis"], n)
    said = [f"A crisis comes {join_names(crises)}, against {as_written} as written."]
    for row in others:
        if row["even_at"] is not None:
            gains = row["more_crises"] > 0
            trades = "gains depth over time and brings more" if gains else "loses depth and spares"
            said.append(
                f"Going at {row['pace']:g} times {trades} crises: it is {'worse' if gains else 'better'} "
                "than as written for whoever counts a crisis for more than "
                f"{row['even_at']:.1f} points of depth over time (standard error {row['even_error']:.1f})."
            )
    return said


def _interior(case: Case, tables: Mapping[str, Table]) -> list[str]:
    """Say in which share of worlds the best pace is neither end of the range, and where that stops."""
    rows = [*tables["interior"].rows()]
    if not rows:
        return []
    paces = [row["pace"] for row in tables["pace"].rows()]
    every = {row["by"]: row for row in rows if not row["address"]}
    shares = [
        f"{100 * row['share_low']:.0f} of 100 worlds ({100 * row['l_low']:.0f} to "
        f"{100 * row['l_high']:.0f}) by depth {by}"
        for by, row in every.items()
    ]
    means = [
        f"{row['pace_low']:g} times {by} "
        f"({'an end' if row['pace_low'] in (paces[0], paces[-1]) else 'inside'})"
        for by, row in every.items()
    ]
    said = [
        (
            f"The best pace lies inside the range tried, {paces[0]:g} to {paces[-1]:g} times, in "
            f"{join_names(shares)}; on the mean it is {join_names(means)}."
        )
    ]
    stops = [row for row in rows if row["address"] and row["stops"]]
    names = [
        f"{trace(case, row['address']).what} (depth {row['by']}: {row['pace_low']:g} times in its lowest "
        f"third, {row['pace_high']:g} in its highest)"
        for row in stops[:_FEW]
    ]
    if names:
        return [*said, f"Whether the best on the mean lies inside turns with {join_names(names)}."]
    return [*said, "No single number, low or high in its range, was seen to change that."]


def _rests(tables: Mapping[str, Table]) -> list[str]:
    """Name the parts of the model that move the depth at the end most when they are switched off."""
    rows = [
        row
        for row in tables["without"].rows()
        if row["mechanism"] in PARTS and abs(row["difference"]) > _REAL * row["difference_error"]
    ]
    if not rows:
        return [
            "Switching off a part of the model moves the depth at the end by no more than chance."
        ]
    most = sorted(rows, key=lambda row: -abs(row["difference"]))[:_FEW]
    told = [
        f"{PARTS[row['mechanism']]} ({row['difference']:+.1f}, standard error "
        f"{_small(row['difference_error'])})"
        for row in most
    ]
    return [
        f"The depth at the end moves most, in points, without {join_names(told)}.".replace(
            "(-", "(−"
        )
    ]


def why(case: Case, row: Mapping[str, Any]) -> str:
    """Say what became of one step in one world."""
    rung = case.rung[row["rung"]]
    what = f"{rung.id} ({rung.words.phrase})"
    match row["fate"]:
        case "agreed":
            late = (
                f", after {row['asked']} {'refusal' if row['asked'] == 1 else 'refusals'}, the last by "
                f"{row['who']}"
                if row["asked"]
                else ""
            )
            return (
                f"{what} is agreed in quarter {row['quarter']}, asked for in {row['planned']}{late}. "
                f"{_after(row['effect'], row['lost'], row['cause'], stands=row['stands'])}"
            )
        case "fell back":
            return (
                f"{what} is refused by {row['who']} and falls back to {row['otherwise']} in quarter "
                f"{row['quarter']}."
            )
        case "overtaken":
            return f"{what} is not needed: the rung or a later one stands already."
        case "dropped":
            return f"{what} is given up after {row['asked']} refusals, the last by {row['who']}."
        case _:
            return f"{what} still waits at the end: {row['answer']}."


def _after(effect: int, lost: int, cause: str, *, stands: bool) -> str:
    """Say what becomes of a step once it is agreed; quarters are 0 where there is none."""
    if not effect:
        return "It never takes effect within the horizon."
    if not lost:
        return f"It is in effect from quarter {effect} on."
    end = "is back at the end" if stands else "is not in effect at the end"
    return f"It is in effect from quarter {effect}, lost in quarter {lost} by {CAUSES[cause]}, and {end}."
