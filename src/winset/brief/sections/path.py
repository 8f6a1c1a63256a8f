"""In which order and how fast: the dated plan, figures 14 and 15, and what worlds have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from winset.brief.document import (
    Axis,
    Block,
    Bullets,
    DataTable,
    Fold,
    Mark,
    Paragraph,
    Plot,
    Section,
    Track,
    TrackRow,
    Tracks,
)
from winset.brief.facts import Answer, Asked, Facts
from winset.brief.plan_chart import plan_chart
from winset.brief.points import FanFlag, FanPoint, PacePoint, PaceTick, PlanBar
from winset.brief.runs import Code, Runs, Text
from winset.brief.sections import common
from winset.case.dates import quarter_start
from winset.case.model import Case
from winset.words import path as topics
from winset.words import phrases as words
from winset.words.brief import path as wording
from winset.words.brief import shared
from winset.words.brief.weigh import span
from winset.words.path import CAUSES

Row = dict[str, Any]
LOST = 0.1
"""Share of worlds that lose a step from which on its loss is drawn."""


def section(facts: Facts, answer: Asked) -> Section:
    """Tell what becomes of a programme: sentences, plan, pace, depth by quarter, stories."""
    told = cast("Topical", answer).topics
    found: list[Block] = [Paragraph((Text(wording.READS),))]
    found += [_told(told[topics.STEPS]), plan(facts, answer)]
    if told[topics.PACE]:
        found.append(_told(told[topics.PACE]))
    for name in ("pace", "fan"):
        drawn = plot(facts.case, answer, name)
        if drawn.rows:
            found += [
                drawn,
                Fold((Text(wording.fold(drawn.twin.caption)),), (drawn.twin,)),
            ]
    folded = {"rests": topics.RESTS, "found": topics.FOUND, "by-hand": topics.BY_HAND}
    for name, topic in folded.items():
        if told[topic]:
            found.append(Fold((Text(topic),), (_told(told[topic]),), f"path-{name}"))
    criteria = _criteria(facts.case, answer)
    found.append(Fold((Text(wording.fold_of(criteria.caption)),), (criteria,)))
    happens = _happens(facts.case, answer)
    if happens.rows:
        found.append(Fold((Text(wording.flags_fold(happens.caption)),), (happens,)))
    found += [*_findings(answer), *_stories(answer)]
    return Section("path", answer.headline.rstrip("."), tuple(found))


class Topical(Protocol):
    """An answer that sorts its sentences by what they are about."""

    @property
    def topics(self) -> Mapping[str, Sequence[str]]:
        """Sentences by topic."""


def _told(sentences: Sequence[str]) -> Bullets:
    return Bullets(tuple((Text(sentence),) for sentence in sentences))


def bars(case: Case, answer: Answer) -> list[PlanBar]:
    """Return each step in time: asked for, agreed to, in effect, lost again."""
    agreed = {row["rung"]: row for row in answer.tables["arrivals"].rows()}
    standing = {row["rung"]: row for row in answer.tables["standing"].rows()}
    found = []
    for row in answer.tables["plan"].rows():
        when, held = agreed[row["rung"]], standing[row["rung"]]
        often = held["share_lost"] >= LOST
        found.append(
            PlanBar(
                rung=row["rung"],
                label=words.capital(case.rung[row["rung"]].words.name),
                asked=row["quarter"],
                agreed=None if when["p50"] is None else (when["p10"], when["p90"]),
                effect=row["effect"] or 0.0,
                lost=held["lost_p50"] if often else 0.0,
                cause=CAUSES[held["cause"]] if often else "",
                stands=row["share_end"],
                share_lost=held["share_lost"],
            )
        )
    return found


def chart(case: Case, answer: Answer, name: str) -> Any:
    """Draw the dated plan of a programme as lanes, for a notebook or a file."""
    last = int(max(row["quarter"] for row in answer.tables["depth"].rows()))
    dates = [quarter_start(case.as_of, quarter) for quarter in range(1, last + 1)]
    return plan_chart(bars(case, answer), words.capital(name), dates)


def plan(facts: Facts, answer: Answer) -> Tracks:
    """Lay the steps out in time: asked for, agreed to, in effect, lost again."""
    rows = bars(facts.case, answer)
    dates = {row["rung"]: row["date"] for row in answer.tables["plan"].rows()}
    last = int(max(row["quarter"] for row in answer.tables["depth"].rows()))

    def place(quarter: float) -> float:
        return 100.0 * (quarter - 1) / max(1, last - 1)

    lines = []
    for row in rows:
        marks = [Mark("tick", place(row.asked))]
        if row.agreed:
            marks.insert(0, Mark("bar", place(row.agreed[0]), place(row.agreed[1])))
        if row.effect:
            marks.append(Mark("ring", place(row.effect)))
        if row.lost:
            marks.append(Mark("cross", place(row.lost)))
        said = wording.planned(dates[row.rung], row.stands, row.share_lost, row.cause)
        lines.append(TrackRow((Text(row.label),), (Track(tuple(marks), (Text(said),)),)))
    stride = 4 if last <= 24 else 8
    ticks = tuple((place(quarter), f"{quarter}") for quarter in range(stride, last + 1, stride))
    least = min(rows, key=lambda row: row.stands)
    name = facts.case.rung[least.rung].words.phrase
    return Tracks(
        "fig-plan",
        wording.plan_title(len(rows), name),
        wording.PLAN_READS,
        wording.PLAN_HEAD,
        (Axis(wording.PLAN_AXIS, ticks),),
        tuple(lines),
        _foot(answer),
    )


def plot(case: Case, answer: Answer, name: str) -> Plot:
    """Return figure 14, ``pace``, or 15, ``fan``, of an answer."""
    return _pace(case, answer) if name == "pace" else _fan(case, answer)


def _pace(case: Case, answer: Answer) -> Plot:
    said = {one.id: one.words.label for one in case.programmes}
    others = tuple(
        PaceTick(said[row["programme"]], row["relative"])
        for row in [*answer.tables["spacing"].rows()][1:]
        if row["relative"]
    )
    rows = [*answer.tables["pace"].rows()]
    points: tuple[PacePoint | PaceTick, ...] = tuple(
        PacePoint(
            row["pace"],
            row["depth"],
            row["p10"],
            row["p90"],
            100 * row["share_crisis"],
            100 * row["low"],
            100 * row["high"],
            row["among_best"],
            row["depth_end"],
        )
        for row in rows
    )
    best = max(rows, key=lambda row: row["depth"])
    fast, slow = rows[0], rows[-1]
    last = max(rows, key=lambda row: row["depth_end"])
    title = wording.pace_title(best, last, even=all(row["among_best_end"] for row in rows))
    numbers: list[tuple[Runs, ...]] = [
        (
            (Text(f"{row['pace']:g}"),),
            (Text(f"{row['depth']:.1f}"),),
            (Text(wording.span(row["p10"], row["p90"])),),
            (Text(wording.more(row["lead"], row["lead_error"])),),
            (Text(f"{row['depth_end']:.1f}"),),
            (Text(wording.more(row["lead_end"], row["end_error"])),),
            (Text(f"{100 * row['share_crisis']:.0f}"),),
            (Text(wording.more(100 * row["more_crises"], 100 * row["crisis_error"])),),
            (Text(f"{row['regret']:.1f}"),),
            (Text(wording.YES if row["among_best"] else wording.NO),),
        )
        for row in rows
    ]
    twin = DataTable(
        "table-pace",
        wording.PACE_CAPTION,
        wording.PACE_COLUMNS,
        tuple(numbers),
        (False, *[True] * (len(wording.PACE_COLUMNS) - 2), False),
    )
    return Plot(
        id="fig-pace",
        title=title,
        reads=wording.PACE_READS,
        alt=wording.pace_alt(title, fast, slow),
        drawing="pace",
        rows=points + others if len(points) > 1 else (),
        foot=_foot(answer, "table-pace"),
        twin=twin,
    )


def _fan(case: Case, answer: Answer) -> Plot:
    rows = [*answer.tables["fan"].rows()]
    names = ("p05", "p25", "p50", "p75", "p95")
    points: tuple[FanPoint | FanFlag, ...] = tuple(
        FanPoint(
            row["quarter"],
            (row["p05"], row["p25"], row["p50"], row["p75"], row["p95"]),
            tuple(row[f"world_{place}"] for place in range(1, 6)),
            row["typical"],
        )
        for row in rows
    )
    first, last = rows[0], rows[-1]
    title = wording.fan_title(first, last)
    shown = [row for row in rows if row["quarter"] % 4 == 0 or row is last]
    numbers: list[tuple[Runs, ...]] = [
        ((Text(f"{row['quarter']}"),), *((Text(f"{row[name]:.0f}"),) for name in names))
        for row in shown
    ]
    twin = DataTable(
        "table-fan",
        wording.FAN_CAPTION,
        wording.FAN_COLUMNS,
        tuple(numbers),
        (False, True, True, True, True, True),
    )
    return Plot(
        id="fig-fan",
        title=title,
        reads=wording.FAN_READS,
        alt=wording.fan_alt(title, first["p50"], max(row["p50"] for row in rows)),
        drawing="fan",
        rows=points + _flags(case, answer),
        foot=_foot(answer, "table-fan"),
        twin=twin,
    )


def _flags(case: Case, answer: Answer) -> tuple[FanFlag, ...]:
    parties = case.party
    return tuple(
        FanFlag(row["quarter"], parties[row["what"]].words.label if _votes(row) else "")
        for row in answer.tables["milestones"].rows()
    )


def _votes(row: Row) -> bool:
    return bool(row["kind"] == "election")


def _happens(case: Case, answer: Answer) -> DataTable:
    told: list[tuple[Runs, ...]] = []
    for row in answer.tables["milestones"].rows():
        party = case.party.get(row["what"])
        vote = _votes(row)
        name = (
            wording.election(party.words.label)
            if party and vote
            else case.shock[row["what"]].words.name
        )
        changed = f"{100 * row['share_change']:.0f}" if vote else ""
        came = wording.came(election=vote, typical=bool(row["typical"]))
        told.append(
            (
                (Text(f"{row['quarter']}"),),
                (Text(words.capital(name)),),
                (Text(changed),),
                (Text(came),),
            )
        )
    return DataTable(
        "table-flags",
        wording.FLAGS_CAPTION,
        wording.FLAGS_COLUMNS,
        tuple(told),
        (False, False, True, False),
    )


def _criteria(case: Case, answer: Answer) -> DataTable:
    """Set the effects on each criterion side by side at four moments, first to last."""
    rows = [row for row in answer.tables["criteria"].rows() if row["part"] == "all"]
    last = max(row["quarter"] for row in rows)
    moments = [*dict.fromkeys(max(1, round(last * part)) for part in (0.0, 1 / 3, 2 / 3, 1.0))]
    held = {(row["criterion"], row["quarter"]): row for row in rows}
    told: list[tuple[Runs, ...]] = [
        (
            (Text(words.capital(one.words.name)),),
            *((Text(span(held[one.id, quarter])),) for quarter in moments),
        )
        for one in case.criteria
    ]
    heads = (wording.CRITERION, *(wording.in_quarter(quarter) for quarter in moments))
    aligned = (False, *[True] * len(moments))
    return DataTable("table-criteria", wording.CRITERIA_CAPTION, heads, tuple(told), aligned)


def _findings(answer: Answer) -> list[Block]:
    if "findings" not in answer.tables:
        return []
    told: list[tuple[Runs, ...]] = [
        (
            (Text(words.capital(row["finding"])),),
            (Text(wording.within(row["share"], row["low"], row["high"])),),
            (Text(wording.within(row["share_other"], row["o_low"], row["o_high"])),),
            (Text(f"{100 * row['share_off']:.0f}"),),
        )
        for row in answer.tables["findings"].rows()
    ]
    table = DataTable(
        "table-findings",
        wording.FINDINGS_CAPTION,
        wording.FINDINGS_COLUMNS,
        tuple(told),
        (False, True, True, True),
    )
    return [table]


def _stories(answer: Answer) -> list[Block]:
    rows = [*answer.tables["stories"].rows()]
    if not rows:
        return []
    told: list[tuple[Runs, ...]] = [
        (
            (Text(wording.story(row["story"])),),
            (Text(f"{100 * row['share']:.0f}"),),
            (Text(f"{row['world']}"),),
            (Text(words.capital(row["told"])),),
        )
        for row in rows
    ]
    table = DataTable(
        "table-stories",
        wording.STORIES_CAPTION,
        wording.STORIES_COLUMNS,
        tuple(told),
        (False, True, True, False),
    )
    return [Fold((Text(wording.stories_fold(len(rows))),), (table,), "stories")]


def _foot(answer: Answer, table: str = "") -> Runs:
    told = Text(shared.foot("", answer.run.worlds))
    return (told, Code(answer.run.command), Text(" "), *common.foot_links(table))
