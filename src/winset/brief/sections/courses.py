"""What each government would leave standing, from the election at which it could come."""

from __future__ import annotations

from collections.abc import Mapping

from winset.brief.document import DataTable, Plot
from winset.brief.lasting import LastingPoint
from winset.brief.runs import Runs, Text
from winset.case.model import Case
from winset.words import hold as hold_words
from winset.words import phrases as words
from winset.words.brief import hold as wording

_MOST = 6
"""Governments that are drawn; the rest are in the table of the answer."""
Row = Mapping[str, object]


def figure(case: Case, rows: list[dict[str, object]], foot: Runs = ()) -> Plot | None:
    """Draw figure 12: fields of policy still in place under each other government, by quarter."""
    points: list[LastingPoint] = []
    told: list[tuple[Runs, ...]] = []
    found = sorted((_course(case, own) for own in _single(rows)), key=lambda one: one.order)
    for one in found[:_MOST]:
        points += one.points
        told.append(one.cells)
    if not points:
        return None
    worst = found[0]
    title = wording.courses_title(worst.name, worst.field, worst.since, worst.share)
    return Plot(
        id="fig-courses",
        title=title,
        reads=wording.COURSES_READS,
        alt=wording.courses_alt(title),
        drawing="lasting",
        rows=tuple(points),
        foot=foot,
        twin=DataTable(
            "table-courses",
            wording.COURSES_CAPTION,
            wording.COURSES_COLUMNS,
            tuple(told),
            (False, False, True, False, True),
        ),
    )


def _single(rows: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """Group the rows of combinations in which one government changed."""
    groups: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault(str(row["governments"]), []).append(row)
    return [own for key, own in groups.items() if key.count("=") == 1]


class _Course:
    """One government: its lines, its row of the table, and its place among the others."""

    def __init__(
        self, name: str, field: str, points: list[LastingPoint], whole: Row, worst: LastingPoint
    ) -> None:
        self.name, self.field, self.points = name, field, points
        self.since = str(whole["date"])[:7]
        self.share = words.of_hundred(worst.share / 100.0, _int(whole["worlds"]))
        self.order = (worst.share, worst.quarter)
        self.cells: tuple[Runs, ...] = (
            (Text(words.capital(name)),),
            (Text(self.since),),
            (Text(words.of_hundred(_share(whole), _int(whole["worlds"]))),),
            (Text(worst.label),),
            (Text(self.share),),
        )


def _course(case: Case, rows: list[dict[str, object]]) -> _Course:
    name = hold_words.government(case, str(rows[0]["governments"]))
    moments = [*dict.fromkeys(str(row["date"]) for row in rows)]
    points = []
    for date in moments:
        fields: dict[str, list[Row]] = {}
        for row in rows:
            if row["date"] == date and row["measure"] != "all":
                fields.setdefault(_field(case, str(row["measure"])), []).append(row)
        for field, own in fields.items():
            shares = [100.0 * _share(row) for row in own]
            points.append(
                LastingPoint(
                    panel=words.capital(name),
                    label=field,
                    quarter=_int(own[0]["quarter"]),
                    year=date[:4],
                    mark=str(own[0]["party"]),
                    share=sum(shares) / len(shares),
                    low=min(shares),
                    high=max(shares),
                )
            )
    last = [point for point in points if point.quarter == max(one.quarter for one in points)]
    whole = next(row for row in rows if row["measure"] == "all" and row["date"] == moments[-1])
    worst = min(last, key=lambda point: point.share)
    phrases = {words.capital(one.label): one.phrase or one.label for one in case.domains.values()}
    return _Course(name, phrases.get(worst.label, worst.label), points, whole, worst)


def _field(case: Case, measure: str) -> str:
    domain = case.measure[measure].domain
    named = case.domains.get(domain)
    return words.capital(named.label) if named else domain


def _share(row: Row) -> float:
    return float(str(row["share"]))


def _int(value: object) -> int:
    return int(str(value))
