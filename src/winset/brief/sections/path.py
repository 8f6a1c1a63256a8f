"""In which order and how fast: the dated plan, figures 14 and 15, and what worlds have in common."""

from __future__ import annotations

from typing import Any

from winset.ask import words
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
from winset.brief.points import FanFlag, FanPoint, PacePoint, PaceTick
from winset.brief.runs import Code, Link, Runs, Text
from winset.case.model import Case

Row = dict[str, Any]
_READS = (
    "Shocks, elections and quarrels come as drawn; a step is put to everybody in the state of its "
    "quarter. Nothing here is a forecast."
)


def section(facts: Facts, answer: Asked) -> Section:
    """Tell what becomes of a programme: sentences, plan, pace, depth by quarter, stories."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(_READS),))]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    found.append(plan(facts, answer))
    for name in ("pace", "fan"):
        drawn = plot(facts.case, answer, name)
        if drawn.rows:
            found += [
                drawn,
                Fold((Text(f"Table of the figure: {drawn.twin.caption}"),), (drawn.twin,)),
            ]
    happens = _happens(facts.case, answer)
    if happens.rows:
        found.append(Fold((Text(f"Table of the flags: {happens.caption}"),), (happens,)))
    found += [*_findings(answer), *_stories(answer)]
    return Section("path", heading.rstrip("."), tuple(found))


def plan(facts: Facts, answer: Answer) -> Tracks:
    """Lay the steps out in time: asked for, agreed to, in effect."""
    rows = [*answer.tables["plan"].rows()]
    agreed = {row["rung"]: row for row in answer.tables["arrivals"].rows()}
    last = int(max(row["quarter"] for row in answer.tables["depth"].rows()))

    def place(quarter: float) -> float:
        return 100.0 * (quarter - 1) / max(1, last - 1)

    lines = []
    for row in rows:
        when = agreed[row["rung"]]
        marks = [Mark("tick", place(row["quarter"]))]
        if when["p50"] is not None:
            marks.insert(0, Mark("bar", place(when["p10"]), place(when["p90"])))
        if row["effect"] is not None:
            marks.append(Mark("ring", place(row["effect"])))
        noun = facts.case.rung[row["rung"]].words
        said = f"{row['date'][:7]}; stands at the end in {100 * row['share_end']:.0f} of 100"
        lines.append(
            TrackRow((Text(words.capital(noun.name)),), (Track(tuple(marks), (Text(said),)),))
        )
    stride = 4 if last <= 24 else 8
    ticks = tuple((place(quarter), f"{quarter}") for quarter in range(stride, last + 1, stride))
    least = min(rows, key=lambda row: row["share_end"])
    name = facts.case.rung[least["rung"]].words.phrase
    return Tracks(
        "fig-plan",
        f"Of {len(rows)} steps, {name} stands least often at the end",
        "Axis: quarters after the as-of date. Tick: asked for. Grey bar: agreed, the middle four fifths of worlds in which it "
        "is. Ring: in effect, middle world. In words: month asked for, and worlds in which it "
        "stands at the end.",
        "Step",
        (Axis("asked for, agreed, in effect", ticks),),
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
        )
        for row in rows
    )
    best = max(rows, key=lambda row: row["depth"])
    fast, slow = rows[0], rows[-1]
    where = "in between" if best["interior"] else "at an end of what was tried"
    title = f"Deepest over time at {best['pace']:g} times the time between steps, {where}"
    numbers: list[tuple[Runs, ...]] = [
        (
            (Text(f"{row['pace']:g}"),),
            (Text(f"{row['depth']:.1f}"),),
            (Text(f"{row['p10']:.0f} to {row['p90']:.0f}"),),
            (Text(f"{100 * row['share_crisis']:.0f}"),),
            (Text(f"{row['regret']:.1f}"),),
            (Text("yes" if row["among_best"] else "no"),),
        )
        for row in rows
    ]
    twin = DataTable(
        "table-pace",
        "Paces: depth over time, worlds of 100 with a crisis, depth behind the best of each world",
        ("Time between steps", "depth", "from to", "crisis", "regret", "as good as the best"),
        tuple(numbers),
        (False, True, True, True, True, False),
    )
    return Plot(
        id="fig-pace",
        title=title,
        reads=(
            "Above: depth in effect, mean over quarters; bar: middle four fifths of worlds. Below: "
            "worlds of 100 with a crisis over a settlement, with its error. Shaded: paces whose "
            "depth is within chance of the best. Ticks on the upper axis: how far apart the other "
            "programmes set their steps, beside this one."
        ),
        alt=(
            f"Line chart of pace. {title}. Crises: {100 * fast['share_crisis']:.0f} of 100 at "
            f"{fast['pace']:g} times, {100 * slow['share_crisis']:.0f} at {slow['pace']:g} times. "
            "Table follows."
        ),
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
    title = (
        f"Depth goes from {first['p50']:.0f} to {last['p50']:.0f} of 100 in the middle world, to "
        f"between {last['p05']:.0f} and {last['p95']:.0f} in 90 of 100"
    )
    shown = [row for row in rows if row["quarter"] % 4 == 0 or row is last]
    numbers: list[tuple[Runs, ...]] = [
        ((Text(f"{row['quarter']}"),), *((Text(f"{row[name]:.0f}"),) for name in names))
        for row in shown
    ]
    twin = DataTable(
        "table-fan",
        "Depth in effect by quarter: percent below which so many of 100 worlds lie",
        ("Quarter", "5", "25", "50", "75", "95"),
        tuple(numbers),
        (False, True, True, True, True, True),
    )
    return Plot(
        id="fig-fan",
        title=title,
        reads=(
            "Line: middle world of each quarter; darker band: middle half; lighter: 90 of 100. Thin "
            "lines: five single worlds, for no world follows the middle. Dashed: the typical world "
            "of the most frequent story; triangles: its shocks. Flags: elections in which another "
            "type of government may take over."
        ),
        alt=(
            f"Fan chart of depth by quarter. {title}. Lowest: {first['p50']:.0f} at first; highest: "
            f"{max(row['p50'] for row in rows):.0f}. Table follows."
        ),
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
    shocks = {shock.id: shock.words.name for shock in case.shocks}
    told: list[tuple[Runs, ...]] = []
    for row in answer.tables["milestones"].rows():
        party = case.party.get(row["what"])
        name = f"Election, {party.words.label}" if party and _votes(row) else shocks[row["what"]]
        changed = f"{100 * row['share_change']:.0f}" if _votes(row) else ""
        came = ("changes hands" if row["typical"] else "") if _votes(row) else "comes"
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
        "elections, with worlds of 100 in which a government changes, and shocks of the typical world",
        ("Quarter", "event", "government changes", "in the typical world"),
        tuple(told),
        (False, False, True, False),
    )


def _findings(answer: Answer) -> list[Block]:
    if "findings" not in answer.tables:
        return []
    told: list[tuple[Runs, ...]] = [
        (
            (Text(words.capital(row["finding"])),),
            (Text(f"{100 * row['share']:.0f}"),),
            (Text(f"{100 * row['share_other']:.0f}"),),
            (Text(f"{100 * row['share_off']:.0f}"),),
        )
        for row in answer.tables["findings"].rows()
    ]
    table = DataTable(
        "table-findings",
        "Findings, two runs of the same world compared: worlds of 100 in which each comes out, in "
        "which the opposite does, and in which anything is left with its part of the model off",
        ("Finding", "holds", "opposite", "with it off"),
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
            (Text(f"Story {row['story']}"),),
            (Text(f"{100 * row['share']:.0f}"),),
            (Text(f"{row['world']}"),),
            (Text(words.capital(row["told"])),),
        )
        for row in rows
    ]
    table = DataTable(
        "table-stories",
        "Groups of worlds that go alike, of 100, and the world nearest to the middle of each",
        ("Story", "worlds", "typical", "how it goes"),
        tuple(told),
        (False, True, True, False),
    )
    return [Fold((Text(f"How most worlds go, in {len(rows)} stories"),), (table,), "stories")]


def _foot(answer: Answer, table: str = "") -> Runs:
    runs: Runs = (Text(f"Model result; {answer.run.worlds:,} worlds. "),)
    if table:
        runs += (Link("Table", table), Text(" · "))
    return (*runs, Link("How it is counted", "method"), Text(" · "), Code(answer.run.command))
