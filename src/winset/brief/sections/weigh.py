"""Whose programme: figure 16, what each cannot carry, and what the order of two turns on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import (
    Axis,
    Block,
    Bullets,
    DataTable,
    Fold,
    Mark,
    Paragraph,
    Section,
    Track,
    TrackRow,
    Tracks,
)
from winset.brief.facts import Asked, Facts
from winset.brief.runs import Link, Runs, Text
from winset.brief.sections import boxes
from winset.words import phrases as words
from winset.words.boxes import boxes as told_boxes
from winset.words.brief import shared
from winset.words.brief import weigh as wording
from winset.words.brief.values import name_of
from winset.words.weigh import ruler

Row = dict[str, Any]


def section(facts: Facts, answer: Asked) -> Section:
    """Set programmes side by side: sentences, figure, assumptions."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(wording.READS),))]
    said = {one.id: one.words.phrase for one in facts.case.programmes}
    drawn = told_boxes(facts.case, said, answer.tables, answer.run.worlds)
    rest = [sentence for sentence in rest if sentence not in drawn]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    found.append(figure(facts, answer))
    found += [block for block in (boxes.figure(facts, answer), _turns(facts, answer)) if block]
    return Section("weigh", heading.rstrip("."), tuple(found))


def figure(facts: Facts, answer: Asked) -> Tracks:
    """Figure 16: depth, own steps, regret, criteria and governments, each row on its own scale."""
    compare = [*answer.tables["compare"].rows()]
    names = [row["programme"] for row in compare]
    said = {one.id: one.words.label for one in facts.case.programmes}
    shares = {
        (row["by"], row["what"], row["programme"]): row["share_best"]
        for row in answer.tables["best"].rows()
    }
    own_best = {name: shares["steps", "", name] for name in names}
    rows = [
        _row(wording.DEPTH_ROW, compare, names, 0.0, 100.0, opens=wording.DEPTH_OPENS),
        TrackRow(
            (Text(wording.STEPS_ROW),),
            tuple(
                Track(
                    (Mark("bar", 0.0, 100.0 * row["carried"] / row["steps"]),),
                    (Text(wording.own_steps(row, own_best[row["programme"]])),),
                )
                for row in compare
            ),
        ),
        TrackRow(
            (Text(wording.REGRET_ROW),),
            tuple(
                Track(
                    (Mark("bar", 0.0, min(100.0, row["regret"])),),
                    (Text(wording.best_in(row["regret"], row["share_best"])),),
                )
                for row in compare
            ),
        ),
    ]
    held: dict[tuple[str, str], list[Row]] = {}
    for row in answer.tables["outcomes"].rows():
        held.setdefault((row["by"], row["what"]), []).append(row)
    titles = wording.GROUPS
    seen: set[str] = set()
    for (by, what), own in held.items():
        low = min(row["p10"] for row in own)
        high = max(row["p90"] for row in own)
        if by in titles and high > low:
            opens = "" if by in seen else titles[by]
            seen.add(by)
            most = {name: shares[by, what, name] for name in names}
            rows.append(
                _row(_named(facts, by, what), own, names, low, high, opens=opens, most=most)
            )
    title = wording.title(
        [(said.get(row["programme"], row["programme"]), row["p50"]) for row in compare]
    )
    return Tracks(
        "fig-programmes-time",
        title,
        wording.FIGURE_READS,
        wording.HEAD,
        tuple(Axis(said.get(name, name)) for name in names),
        tuple(rows),
        (
            Text(shared.foot("", answer.run.worlds)),
            Link(shared.METHOD, "method"),
        ),
    )


def _row(
    label: str,
    own: list[Row],
    names: list[str],
    low: float,
    high: float,
    *,
    opens: str = "",
    most: Mapping[str, float] | None = None,
) -> TrackRow:
    by_name = {row["programme"]: row for row in own}

    def place(value: float) -> float:
        return 100.0 * (min(max(value, low), high) - low) / (high - low)

    cells = []
    for name in names:
        row = by_name[name]
        marks = [Mark("bar", place(row["p10"]), place(row["p90"])), Mark("tick", place(row["p50"]))]
        if low < 0.0 < high:
            marks.insert(0, Mark("line", place(0.0)))
        told = wording.span(row) if most is None else wording.highest_in(row, most[name])
        cells.append(Track(tuple(marks), (Text(told),)))
    return TrackRow((Text(label),), tuple(cells), opens)


def _named(facts: Facts, by: str, what: str) -> str:
    if by == "party":
        return words.capital(facts.case.party[what].words.phrase)
    return words.capital(facts.case.criterion[what].words.name)


def _turns(facts: Facts, answer: Asked) -> Fold | None:
    rows = [*answer.tables["assumptions"].rows()]
    if not rows:
        return None
    said = {one.id: one.words.label for one in facts.case.programmes}
    told: list[tuple[Runs, ...]] = [
        (
            (Text(_pair(facts, said, row)),),
            (Text(words.capital(name_of(facts.case, row["address"]))),),
            (Text(f"{100 * row['share_low']:.0f}"),),
            (Text(f"{100 * row['share_high']:.0f}"),),
            (Text(wording.TURNS if row["flips"] else ""),),
        )
        for row in rows
    ]
    flips = sum(row["flips"] for row in rows)
    table = DataTable(
        "table-turns",
        wording.TURNS_CAPTION,
        wording.TURNS_COLUMNS,
        tuple(told),
        (False, False, True, True, False),
        wordy=True,
    )
    return Fold((Text(wording.turns_fold(len(rows), flips)),), (table,))


def _pair(facts: Facts, said: Mapping[str, str], row: Row) -> str:
    first, second = (said.get(row[key], row[key]) for key in ("first", "second"))
    return wording.pair(first, second, ruler(facts.case, row["by"]))
