"""The after-action report: one page in the look of the brief, without network and without script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from winset.exercise import words
from winset.exercise.answer import Exercise
from winset.exercise.drawings import PARTS, Lane, area_map, timeline
from winset.exercise.sheet import figure, findings, folded, listed, section, sheet, shown, swatch
from winset.exercise.view import comparison

MOST_TIMELINES = 12
"""Launches drawn; the rest stands in the tables."""
Row = Mapping[str, Any]


def render(outcome: Exercise) -> str:
    """Write the after-action report of an exercise as HTML."""
    first, *rest = outcome.sentences
    scenario = outcome.scenario
    body = "\n".join(
        [
            '<section id="first" aria-label="Findings">',
            *findings(rest),
            figure(
                "Every form of sharing on the same launches",
                "Cells with a stroke: Tokyo / Seoul. Of 100 means worlds, one way the unknowns could "
                "stand; it is not a chance.",
                shown(comparison(outcome), "forms"),
                f"{outcome.run.worlds:,} worlds. Intervals are in the tables beside this page.",
            ),
            "</section>",
            *section("timeline", "Who knew what when", _timelines(outcome)),
            *section("changed", words.changed(outcome.tables), _changed(outcome)),
            *section("regions", words.decomposed(outcome.tables), _regions(outcome)),
            *section("map", "Where it takes place", _map(outcome)),
            *section("trained", "What was trained", listed(scenario.trains)),
            *section("claims", "What this does and does not claim", _claims(outcome)),
            *section("inputs", "What went in", _appendix(outcome)),
        ]
    )
    return sheet(
        title=f"After action: {scenario.title}",
        lead=first,
        body=body,
        stamp=(
            f"Scenario {scenario.id} ({scenario.hash}), {outcome.run.worlds:,} worlds, "
            f"rng {outcome.run.rng}, winset {outcome.run.version}. Again: {outcome.run.command}"
        ),
    )


def _timelines(outcome: Exercise) -> Iterator[str]:
    yield (
        '<p class="note">One course of events, with every input at the middle of its range. '
        + " · ".join(f"{swatch(fill)} {name}" for name, fill in PARTS)
        + " · dotted: nothing held.</p>"
    )
    shots = outcome.scenario.shots
    for shot in shots[:MOST_TIMELINES]:
        lanes = [*_lanes(outcome, shot.id)]
        row = next(outcome.table("course").where(launch=shot.id).rows())
        kind = "false track" if shot.false_at else "launch"
        yield figure(
            f"{shot.id}: {kind} from {shot.start.label}, {shot.range_km:g} km far and "
            f"{shot.apogee_km:g} km high",
            "Bar: time until the decision, and to the public where a region is alerted.",
            timeline(lanes, float(row["impact"]), "impact"),
            "; ".join(f"{lane.label}: {lane.said}" for lane in lanes),
        )
    if len(shots) > MOST_TIMELINES:
        yield f"<p>{len(shots) - MOST_TIMELINES} more stand in the table.</p>"
    yield folded(outcome.table("course"), "course")
    yield folded(outcome.table("log"), "log")


def _lanes(outcome: Exercise, launch: str) -> Iterator[Lane]:
    for form in words.forms_shown(outcome.tables):
        for row in outcome.table("course").where(launch=launch, form=form).rows():
            label = f"{words.capital_of(row['party'])}, {form}"
            yield Lane(label, _parts(row), words.course(row))


def _parts(row: Row) -> tuple[float, float, float]:
    if row["sight"] is None:
        return 0.0, 0.0, 0.0
    ends = (row["alert"], row["decided"], row["impact"])
    end = next(one for one in ends if one is not None)
    return row["sight"], row["arrived"] - row["sight"], end - row["arrived"]


def _changed(outcome: Exercise) -> Iterator[str]:
    yield shown(outcome.table("parties"), "parties")
    yield folded(outcome.table("launches"), "launches")
    yield folded(outcome.table("effects"), "effects")


def _regions(outcome: Exercise) -> Iterator[str]:
    if len(outcome.table("regions")):
        yield shown(outcome.table("regions"), "regions")
    yield f'<p class="note">{escape(words.HUMAN)}</p>'


def _map(outcome: Exercise) -> Iterator[str]:
    yield figure(
        "Launch areas, regions to be warned and towns of sensors",
        "Outlines are sketched. Square: United States, circle: Japan, triangle: South Korea. Dashed "
        "circles: areas and regions. No reach is drawn.",
        area_map(outcome.scenario),
        "Towns as announced in public; regions by their centre.",
    )


def _claims(outcome: Exercise) -> Iterator[str]:
    yield "<h3>Claims</h3>"
    yield from listed(outcome.card.claims)
    yield "<h3>Does not claim</h3>"
    yield from listed(outcome.card.does_not_claim)
    yield "<h3>How the model is held</h3>"
    yield from listed(f"{name}: {how}." for name, how in outcome.card.gates)


def _appendix(outcome: Exercise) -> Iterator[str]:
    yield f"<p>{escape(words.firmness(outcome.tables))} {escape(words.DEFINITION)}</p>"
    yield folded(outcome.table("inputs"), "inputs")
    yield folded(outcome.table("forms"), "all-forms")
