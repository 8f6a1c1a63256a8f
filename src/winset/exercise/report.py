"""The after-action report: one page in the look of the brief, without network and without script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from winset.brief.html import style
from winset.exercise import words
from winset.exercise.answer import Exercise
from winset.exercise.drawings import PARTS, Lane, area_map, timeline
from winset.exercise.view import comparison
from winset.tables import Table

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
            "<ol class='findings'>",
            *(f"<li>{escape(line)}</li>" for line in rest),
            "</ol>",
            _figure(
                "Every form of sharing on the same launches",
                "Cells with a stroke: Tokyo / Seoul. Of 100 means worlds, one way the unknowns could "
                "stand; it is not a chance.",
                _table(comparison(outcome), "forms"),
                f"{outcome.run.worlds:,} worlds. Intervals are in the tables beside this page.",
            ),
            "</section>",
            *_section("timeline", "Who knew what when", _timelines(outcome)),
            *_section("changed", words.changed(outcome.tables), _changed(outcome)),
            *_section("regions", words.decomposed(outcome.tables), _regions(outcome)),
            *_section("map", "Where it takes place", _map(outcome)),
            *_section("trained", "What was trained", _list(scenario.trains)),
            *_section("claims", "What this does and does not claim", _claims(outcome)),
            *_section("inputs", "What went in", _appendix(outcome)),
        ]
    )
    return _PAGE.format(
        title=escape(f"After action: {scenario.title}"),
        kicker=escape("winset · exercise · shared missile warning · public figures only"),
        lead=escape(first),
        style=style(),
        body=body,
        stamp=escape(
            f"Scenario {scenario.id} ({scenario.hash}), {outcome.run.worlds:,} worlds, "
            f"rng {outcome.run.rng}, winset {outcome.run.version}. Again: {outcome.run.command}"
        ),
    )


def _section(name: str, title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'<section id="{name}" aria-labelledby="{name}-title">'
    yield f'<h2 id="{name}-title">{escape(title)}</h2>'
    yield from lines
    yield "</section>"


def _figure(title: str, reads: str, inside: str, foot: str) -> str:
    return (
        f'<figure><p class="figure-title">{escape(title)}</p><p class="reads">{escape(reads)}</p>'
        f"{inside}<figcaption>{escape(foot)}</figcaption></figure>"
    )


def _table(table: Table, name: str) -> str:
    shown = table.html().replace('<table class="winset"', f'<table class="data" id="t-{name}"')
    return f'<div class="scroll">{shown}</div>'


def _folded(table: Table, name: str) -> str:
    return (
        f"<details><summary>Table: {escape(table.meaning)} ({len(table):,} rows)</summary>"
        f"{_table(table, name)}</details>"
    )


def _list(items: Iterable[str]) -> Iterator[str]:
    lines = [f"<li>{escape(item)}</li>" for item in items]
    yield f"<ul>{''.join(lines)}</ul>" if lines else "<p>The scenario names no objective.</p>"


def _timelines(outcome: Exercise) -> Iterator[str]:
    yield (
        '<p class="note">One course of events, with every input at the middle of its range. '
        + " · ".join(f"{_swatch(fill)} {name}" for name, fill in PARTS)
        + " · dotted: nothing held.</p>"
    )
    shots = outcome.scenario.shots
    for shot in shots[:MOST_TIMELINES]:
        lanes = [*_lanes(outcome, shot.id)]
        row = next(outcome.table("course").where(launch=shot.id).rows())
        kind = "false track" if shot.false_at else "launch"
        yield _figure(
            f"{shot.id}: {kind} from {shot.start.label}, {shot.range_km:g} km far and "
            f"{shot.apogee_km:g} km high",
            "Bar: time until the decision, and to the public where a region is alerted.",
            timeline(lanes, float(row["impact"]), "impact"),
            "; ".join(f"{lane.label}: {lane.said}" for lane in lanes),
        )
    if len(shots) > MOST_TIMELINES:
        yield f"<p>{len(shots) - MOST_TIMELINES} more stand in the table.</p>"
    yield _folded(outcome.table("course"), "course")
    yield _folded(outcome.table("log"), "log")


def _swatch(fill: str) -> str:
    return f'<svg class="shape" width="12" height="12"><rect width="12" height="12" fill="{fill}"/></svg>'


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
    yield _table(outcome.table("parties"), "parties")
    yield _folded(outcome.table("launches"), "launches")


def _regions(outcome: Exercise) -> Iterator[str]:
    if len(outcome.table("regions")):
        yield _table(outcome.table("regions"), "regions")
    yield f'<p class="note">{escape(words.HUMAN)}</p>'


def _map(outcome: Exercise) -> Iterator[str]:
    yield _figure(
        "Launch areas, regions to be warned and towns of sensors",
        "Outlines are sketched. Square: United States, circle: Japan, triangle: South Korea. Dashed "
        "circles: areas and regions. No reach is drawn.",
        area_map(outcome.scenario),
        "Towns as announced in public; regions by their centre.",
    )


def _claims(outcome: Exercise) -> Iterator[str]:
    yield "<h3>Claims</h3>"
    yield from _list(outcome.card.claims)
    yield "<h3>Does not claim</h3>"
    yield from _list(outcome.card.does_not_claim)
    yield "<h3>How the model is held</h3>"
    yield from _list(f"{name}: {how}." for name, how in outcome.card.gates)


def _appendix(outcome: Exercise) -> Iterator[str]:
    yield f"<p>{escape(words.firmness(outcome.tables))} {escape(words.DEFINITION)}</p>"
    yield _folded(outcome.table("inputs"), "inputs")
    yield _folded(outcome.table("forms"), "all-forms")


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the outcome</a>
<header class="page">
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
<p class="lead">{lead}</p>
</header>
<main id="main">
{body}
</main>
<footer class="page"><p>{stamp}</p></footer>
</body>
</html>
"""
