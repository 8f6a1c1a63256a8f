"""Settlement: what rules of dividing give each government, and what turns a refusal."""

from __future__ import annotations

from winset.brief.document import (
    Block,
    Bullets,
    DataTable,
    Fold,
    Paragraph,
    Plot,
    Section,
)
from winset.brief.facts import Asked, Facts
from winset.brief.offset_bars import OffsetBar
from winset.brief.runs import Runs, Text
from winset.brief.sections import common
from winset.case.model import Case
from winset.words import phrases as words
from winset.words import settle as settle_words
from winset.words.brief import settlement as wording
from winset.words.brief.shared import NOBODY

_SHOWN = 8


def section(facts: Facts, answer: Asked) -> Section:
    """Tell where it would settle: the sentences, who gets what, figure 11 where a rung was asked."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(wording.READS),))]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    foot = common.foot(facts, "table-offsets", worlds=answer.run.worlds)
    drawn = figure(facts.case, [*answer.tables["offsets"].rows()], foot)
    if drawn is not None:
        found += [drawn, Fold((Text(wording.FOLD),), (drawn.twin,))]
    found.append(_solutions(facts))
    return Section("settle", heading.rstrip("."), tuple(found))


def figure(case: Case, rows: list[dict[str, object]], foot: Runs = ()) -> Plot | None:
    """Draw figure 11: what added to a refused rung turns the verdict, and who pays."""
    kept = sorted(
        (row for row in rows if _float(row["share"]) > 0), key=lambda row: -_float(row["share"])
    )
    if not kept:
        return None
    kept = _few(kept)
    rung = case.rung[str(kept[0]["rung"])].words.phrase
    best = _label(case, str(kept[0]["offset"]))
    title = wording.offsets_title(rung, best)
    share = words.of_hundred(_float(kept[0]["share"]), int(_float(kept[0]["worlds"])))
    return Plot(
        id="fig-offsets",
        title=title,
        reads=wording.OFFSETS_READS,
        alt=wording.offsets_alt(title, share),
        drawing="offsets",
        rows=tuple(_bar(case, row) for row in kept),
        foot=foot,
        twin=_twin(case, kept),
    )


def _few(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Keep those that turn it most often, and the best side payment among them."""
    paid = next((row for row in rows if ":" in str(row["offset"])), None)
    if paid is None or paid in rows[:_SHOWN]:
        return rows[:_SHOWN]
    return [*rows[: _SHOWN - 1], paid]


def _float(value: object) -> float:
    return 0.0 if value is None else float(str(value))


def _bar(case: Case, row: dict[str, object]) -> OffsetBar:
    who = case.constituency.get(str(row["payer"]))
    parties = [party.id for party in case.parties]
    shape = common.SHAPES[parties.index(who.party) % len(common.SHAPES)] if who else ""
    return OffsetBar(
        label=words.capital(_label(case, str(row["offset"]))),
        payer=who.party if who else "",
        shape={"pentagon": "cross"}.get(shape, shape),
        share=100.0 * _float(row["share"]),
        low=max(0.0, _float(row["paid_p25"])),
        paid=max(0.0, _float(row["paid_p50"])),
        high=max(0.0, _float(row["paid_p75"])),
    )


def _label(case: Case, offset: str) -> str:
    kind, _, who = offset.partition(":")
    if not who:
        return case.rung[kind].words.label
    return wording.points_to(case.constituency[who].words.label)


def _twin(case: Case, rows: list[dict[str, object]]) -> DataTable:
    told: list[tuple[Runs, ...]] = []
    for row in rows:
        who = case.constituency.get(str(row["payer"]))
        paid = f"{_float(row['paid_p50']):.1f}" if who else "-"
        told.append(
            (
                (Text(words.capital(_label(case, str(row["offset"])))),),
                (Text(words.of_hundred(_float(row["share"]), int(_float(row["worlds"])))),),
                (Text(words.capital(who.words.phrase) if who else NOBODY),),
                (Text(paid),),
            )
        )
    caption = wording.OFFSETS_CAPTION
    columns = wording.OFFSETS_COLUMNS
    return DataTable("table-offsets", caption, columns, tuple(told), (False, True, False, True))


def _solutions(facts: Facts) -> DataTable:
    """List what each solution gives each executive, and how often all accept it."""
    rows = facts.rows("solutions", "settle")
    who = [*dict.fromkeys(row["who"] for row in rows)]
    told: list[tuple[Runs, ...]] = []
    for name in dict.fromkeys(row["solution"] for row in rows):
        own = {row["who"]: row for row in rows if row["solution"] == name}
        first = own[who[0]]
        gains = [own[one]["gain_p50"] for one in who]
        told.append(
            (
                (Text(_title(facts, name)),),
                *((Text(f"{gain:.1f}"),) for gain in gains),
                (Text(words.of_hundred(first["share"], first["worlds"])),),
            )
        )
    heads = [facts.case.constituency[one].words.label for one in who]
    return DataTable(
        "table-solutions",
        wording.SOLUTIONS_CAPTION,
        (wording.RULE, *heads, wording.ACCEPTED),
        tuple(told),
        (False, *(True for _ in who), True),
    )


def _title(facts: Facts, name: str) -> str:
    kind, _, who = name.partition(":")
    if who:
        return wording.proposes(facts.case.constituency[who].words.phrase)
    return words.capital(settle_words.title(kind))
