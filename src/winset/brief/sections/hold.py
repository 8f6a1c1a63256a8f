"""Whether it holds: what falls first after a change of government, and what the elections leave."""

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
from winset.brief.lasting import LastingPoint
from winset.brief.runs import Runs, Text
from winset.brief.sections import common, courses
from winset.case.model import Case
from winset.words import hold as hold_words
from winset.words import phrases as words
from winset.words.brief import hold as wording

_SHOWN = 8


def section(facts: Facts, answer: Asked) -> Section:
    """Tell what would survive: the sentences, what falls first, what each election leaves."""
    heading, *rest = answer.sentences
    found: list[Block] = [Paragraph((Text(wording.READS),))]
    found.append(Bullets(tuple((Text(sentence),) for sentence in rest), "hold-told"))
    falls = _falls(facts)
    found += [] if falls is None else [falls]
    foot = common.foot(facts, "table-courses", worlds=answer.run.worlds)
    drawn = courses.figure(facts.case, facts.rows("courses", "hold"), foot)
    if drawn is not None:
        told = wording.COURSES_FOLD
        found += [drawn, Fold((Text(told),), (drawn.twin,))]
    foot = common.foot(facts, "table-lasting", worlds=answer.run.worlds)
    drawn = figure(facts.case, facts.rows("calendar", "hold"), foot)
    if drawn is not None:
        told = wording.LASTING_FOLD
        found.append(Fold((Text(told),), (drawn, drawn.twin)))
    return Section("hold", heading.rstrip("."), tuple(found))


def figure(case: Case, rows: list[dict[str, object]], foot: Runs = ()) -> Plot | None:
    """Draw how long steps last over the elections of the case, governments drawn at each."""
    days = [*dict.fromkeys(str(row["date"]) for row in rows)]
    if len(days) < 2:
        return None
    points = tuple(_points(case, rows))
    single = [row for row in rows if row["measure"] != "all"]
    last = [row for row in single if row["date"] == days[-1]]
    worst = min(last, key=_share)
    step = hold_words.step_phrase(case, str(worst["measure"]), str(worst["rung"]))
    n = int(str(worst["worlds"]))
    still = words.of_hundred(_share(worst), n)
    title = wording.lasting_title(len(days) - 1, step, still)
    whole = next(
        (row for row in rows if row["measure"] == "all" and row["date"] == days[-1]), worst
    )
    return Plot(
        id="fig-lasting",
        title=title,
        reads=wording.LASTING_READS,
        alt=wording.lasting_alt(title, words.of_hundred(_share(whole), n)),
        drawing="lasting",
        rows=points,
        foot=foot,
        twin=_lasting_twin(case, rows, days),
    )


def _share(row: dict[str, object]) -> float:
    return float(str(row["share"]))


def _points(case: Case, rows: list[dict[str, object]]) -> list[LastingPoint]:
    """Order the rows by field of policy, the whole package first."""
    fields = {"all": wording.WHOLE_PANEL}
    order = [*case.domains]
    for measure in case.measures:
        named = case.domains.get(measure.domain)
        fields[measure.id] = words.capital(named.label) if named else measure.domain

    def place(row: dict[str, object]) -> int:
        if row["measure"] == "all":
            return -1
        domain = case.measure[str(row["measure"])].domain
        return order.index(domain) if domain in order else len(order)

    return [
        LastingPoint(
            panel=fields[str(row["measure"])],
            label=_label(case, row),
            quarter=int(str(row["quarter"])),
            year=str(row["date"])[:4],
            mark=str(row["party"]),
            share=100.0 * _share(row),
            low=100.0 * float(str(row["low"])),
            high=100.0 * float(str(row["high"])),
        )
        for row in sorted(rows, key=place)
    ]


def _label(case: Case, row: dict[str, object]) -> str:
    rung = case.rung.get(str(row["rung"]))
    if rung is not None:
        return rung.words.label
    return "" if row["measure"] == "all" else case.measure[str(row["measure"])].words.label


def _lasting_twin(case: Case, rows: list[dict[str, object]], days: list[str]) -> DataTable:
    """List every step with its share after each election."""
    shares = {(str(row["date"]), str(row["measure"])): row for row in rows}
    told: list[tuple[Runs, ...]] = []
    for measure in dict.fromkeys(str(row["measure"]) for row in rows):
        own = [shares[day, measure] for day in days]
        name = wording.WHOLE
        if measure != "all":
            name = hold_words.step_phrase(case, measure, str(own[0]["rung"]))
        cells = [(Text(words.of_hundred(_share(row), int(str(row["worlds"])))),) for row in own]
        told.append(((Text(words.capital(name)),), *cells))
    heads = []
    for day in days:
        party = case.party.get(str(shares[day, "all"]["party"]))
        heads.append(f"{day[:7]} {party.words.name}" if party else wording.TODAY)
    caption = wording.LASTING_CAPTION
    numeric = (False, *(True for _ in days))
    return DataTable(
        "table-lasting", caption, (wording.LASTING_COLUMN, *heads), tuple(told), numeric
    )


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
                (Text(words.capital(who.words.phrase) if who else wording.FOLLOWS),),
            )
        )
    under = hold_words.government(facts.case, worst)
    caption = wording.falls_caption(under)
    columns = wording.FALLS_COLUMNS
    return DataTable("table-falls", caption, columns, tuple(told), (False, True, True, False))
