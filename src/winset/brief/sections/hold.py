"""Whether it holds: what falls first after a change of government, and what the elections leave."""

from __future__ import annotations

from winset.ask import words
from winset.ask.hold import words as hold_words
from winset.brief.document import Block, Bullets, DataTable, Paragraph, Section
from winset.brief.facts import Asked, Facts
from winset.brief.runs import Runs, Text

_SHOWN = 8
_READS = (
    "Counted in the worlds in which the present governments accept the package. Governments are "
    "types, never forecasts of a person; how far the types lie apart is an assumption."
)


def section(facts: Facts, answer: Asked) -> Section:
    """Tell what would survive: the sentences, what falls first, what each election leaves."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(_READS),))]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    tables = (_falls(facts), _calendar(facts))
    found += [table for table in tables if table is not None]
    return Section("hold", heading.rstrip("."), tuple(found))


def _falls(facts: Facts) -> DataTable | None:
    """List what falls most often under the one change of government that takes most."""
    rows = facts.rows("governments", "hold")
    single = [row for row in rows if row["changed"] == 1 and row["fallen"] > 0]
    if not single:
        return None
    worst = max(single, key=lambda row: row["fallen"])["governments"]
    falls = [row for row in facts.rows("falls", "hold") if row["governments"] == worst]
    falls.sort(key=lambda row: (-row["first"], -row["share"], row["place"]))
    told: list[tuple[Runs, ...]] = []
    for row in falls[:_SHOWN]:
        who = facts.case.constituency.get(row["who"])
        told.append(
            (
                (
                    Text(
                        words.capital(
                            hold_words.step_phrase(facts.case, row["measure"], row["rung"])
                        )
                    ),
                ),
                (Text(words.of_hundred(row["share"], row["worlds"])),),
                (Text(words.of_hundred(row["first"], row["worlds"])),),
                (Text(words.capital(who.words.phrase) if who else "only follows"),),
            )
        )
    under = hold_words.government(facts.case, worst)
    caption = f"What falls under {under}, of 100 worlds"
    columns = ("Step", "falls", "falls first", "left by")
    return DataTable("table-falls", caption, columns, tuple(told), (False, True, True, False))


def _calendar(facts: Facts) -> DataTable | None:
    """List after each election how often the whole, and the step that lasts worst, still stand."""
    rows = facts.rows("calendar", "hold")
    if not rows:
        return None
    last = [row for row in rows if row["date"] == rows[-1]["date"] and row["measure"] != "all"]
    worst = min(last, key=lambda row: row["share"])["measure"]
    shares = {(row["date"], row["measure"]): row for row in rows}
    told: list[tuple[Runs, ...]] = []
    for day in dict.fromkeys(row["date"] for row in rows):
        whole, least = shares[day, "all"], shares[day, worst]
        party = facts.case.party.get(whole["party"])
        told.append(
            (
                (Text(day[:7]),),
                (Text(party.words.name if party else "today"),),
                (Text(words.of_hundred(whole["share"], whole["worlds"])),),
                (Text(words.of_hundred(least["share"], least["worlds"])),),
            )
        )
    step = hold_words.step_phrase(facts.case, worst, shares[rows[-1]["date"], worst]["rung"])
    caption = "Still standing after each election, of 100 worlds"
    columns = ("From", "where", "the whole package", step)
    return DataTable("table-calendar", caption, columns, tuple(told), (False, False, True, True))
