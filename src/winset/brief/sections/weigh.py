"""Whose programme: figure 16, what each cannot carry, and what the order of two turns on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.ask import words
from winset.ask.weigh import box_words
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
from winset.brief.values import name_of

Row = dict[str, Any]
_READS = (
    "In the order of the sources' dates, never of a result. Silence on a measure is not refusal, "
    "and programmes differ in ambition."
)


def section(facts: Facts, answer: Asked) -> Section:
    """Set programmes side by side: sentences, figure, assumptions."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(_READS),))]
    said = {one.id: one.words.phrase for one in facts.case.programmes}
    drawn = box_words.boxes(facts.case, said, answer.tables, answer.run.worlds)
    rest = [sentence for sentence in rest if sentence not in drawn]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    found.append(figure(facts, answer))
    found += [block for block in (boxes.figure(facts, answer), _turns(facts, answer)) if block]
    return Section("weigh", heading.rstrip("."), tuple(found))


def figure(facts: Facts, answer: Asked) -> Tracks:
    """Figure 16: depth, regret, criteria and governments by programme, each row on its own scale."""
    compare = [*answer.tables["compare"].rows()]
    names = [row["programme"] for row in compare]
    said = {one.id: one.words.label for one in facts.case.programmes}
    rows = [
        _row("Depth at the end, percent", compare, names, 0.0, 100.0, opens="Depth"),
        TrackRow(
            (Text("Behind the best of each world, percent"),),
            tuple(
                Track(
                    (Mark("bar", 0.0, min(100.0, row["regret"])),),
                    (Text(f"{row['regret']:.1f}; best in {100 * row['share_best']:.0f} of 100"),),
                )
                for row in compare
            ),
        ),
    ]
    held: dict[tuple[str, str], list[Row]] = {}
    for row in answer.tables["outcomes"].rows():
        held.setdefault((row["by"], row["what"]), []).append(row)
    titles = {
        "criterion": "Effects at the end, by criterion",
        "party": "Worth to governments, points",
    }
    seen: set[str] = set()
    for (by, what), own in held.items():
        low = min(row["p10"] for row in own)
        high = max(row["p90"] for row in own)
        if by in titles and high > low:
            opens = "" if by in seen else titles[by]
            seen.add(by)
            rows.append(_row(_named(facts, by, what), own, names, low, high, opens=opens))
    title = "Programmes side by side: " + "; ".join(
        f"{said.get(row['programme'], row['programme'])} {row['p50']:.0f} of 100" for row in compare
    )
    return Tracks(
        "fig-programmes-time",
        title,
        "Tick: middle world. Grey bar: middle four fifths of worlds. Each row has its own scale, "
        "from its lowest to its highest end; dashed line: zero.",
        "At the end",
        tuple(Axis(said.get(name, name)) for name in names),
        tuple(rows),
        (
            Text(f"Model result; {answer.run.worlds:,} worlds. "),
            Link("How it is counted", "method"),
        ),
    )


def _row(
    label: str, own: list[Row], names: list[str], low: float, high: float, *, opens: str = ""
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
        shown = f"{row['p50']:.1f} ({row['p10']:.1f} to {row['p90']:.1f})".replace("-", "−")
        cells.append(Track(tuple(marks), (Text(shown),)))
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
            (Text("changes sides" if row["flips"] else ""),),
        )
        for row in rows
    ]
    flips = sum(row["flips"] for row in rows)
    table = DataTable(
        "table-turns",
        "Worlds of 100 in which the first leads, in the lowest and in the highest third of each",
        ("Programmes", "assumption", "lowest third", "highest third", "the lead"),
        tuple(told),
        (False, False, True, True, False),
    )
    summary = (
        f"Single assumptions that go with a lead: {len(rows)}, of which {flips or 'none'} "
        f"{'changes' if flips == 1 else 'change'} its side"
    )
    return Fold((Text(summary),), (table,))


def _pair(facts: Facts, said: Mapping[str, str], row: Row) -> str:
    first, second = (said.get(row[key], row[key]) for key in ("first", "second"))
    return f"{first} against {second}, by {_ruler(facts, row['by'])}"


def _ruler(facts: Facts, by: str) -> str:
    return "depth" if by == "depth" else f"worth to {facts.case.party[by].words.phrase}"
