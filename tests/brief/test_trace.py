"""From a number to its inputs to a paragraph, in two steps."""

from __future__ import annotations

import pytest

from tests.brief import synthetic
from winset.brief import compose, values
from winset.brief.document import DataTable, Traces, every_block
from winset.brief.facts import from_reach
from winset.brief.figures import deepest_so_far, figure
from winset.brief.points import CurvePoint
from winset.brief.runs import Link, plain
from winset.brief.trace import inputs
from winset.case.model import At, Case, Value
from winset.errors import AskError
from winset.words.brief.values import name_of, span


def test_ids_are_the_addresses_of_the_case() -> None:
    assert values.value_id("weights/KR-PRES/AUT") == "v.weights.KR-PRES.AUT"
    assert values.paragraph_id("S3.p15") == "p.S3.p15"


def test_every_value_and_paragraph_of_the_case_is_on_the_page(trilateral: Case) -> None:
    made = compose(trilateral, synthetic.answer(trilateral))
    ids = {
        row for block in every_block(made) if isinstance(block, DataTable) for row in block.row_ids
    }
    assert {values.value_id(address) for address in trilateral.values} <= ids
    assert {values.paragraph_id(item.id) for item in trilateral.evidence if item.says} <= ids


def test_a_paragraph_is_at_most_two_steps_from_a_rung(trilateral: Case) -> None:
    made = compose(trilateral, synthetic.answer(trilateral))
    notes = next(block for block in every_block(made) if isinstance(block, Traces)).notes
    rungs = [note for note in notes if note.command.startswith("winset why")]
    assert len(rungs) > 100
    reached = [
        any(
            isinstance(run, Link) and run.to.startswith("p.")
            for _, _, runs in note.lines
            for run in runs
        )
        for note in rungs
    ]
    assert sum(reached) >= 0.9 * len(rungs)
    ids = [note.id for note in notes] + [
        ident for note in notes for ident, _, _ in note.lines if ident
    ]
    assert len(ids) == len(set(ids))


def test_inputs_of_a_held_rung_are_those_of_its_holder(river: Case) -> None:
    facts = from_reach(river, synthetic.answer(river, share=lambda *_: 0.2))
    for fact in facts.edge:
        limits = facts.limits_of.get(fact.rung.id, ())
        addresses = [value.address for value in inputs(facts, fact)]
        assert f"rungs/{fact.rung.id}/benefit" in addresses
        assert len(addresses) == len(set(addresses))
        if limits and limits[0].who in river.constituency:
            assert f"constituencies/{limits[0].who}/threshold" in addresses


@pytest.mark.parametrize(
    ("address", "file", "letter"),
    [
        ("weights/MAYOR/DRY", "weights.csv", "S"),
        ("rungs/G.2/benefit", "rungs.csv", "A"),
        ("rungs/G.2/benefit", "ranges.csv", "S"),
        ("measures/G/lag", "measures.csv", "A"),
        ("constituencies/MAYOR/threshold", "constituencies.csv", "A"),
    ],
)
def test_a_letter_that_speaks_of_existence_says_nothing_of_size(
    address: str, file: str, letter: str
) -> None:
    value = Value(address, 0, 1, 2, "pert", "S", (), "", At(file, 3))
    assert values.basis_of(value) == letter


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("weights/MAYOR/DRY", "Mayor: weight on dry cellars"),
        ("effects/G/DRY", "gauges: effect on dry cellars"),
        ("effects/G/DRY/FARM", "gauges: effect on dry cellars for Farmers"),
        ("stances/UNION/C", "Union on old claims"),
        ("stances/UNION/C.2", "Union on old claims, settlement"),
        ("linkages/G/F", "gauges with flood plan"),
        ("attitudes/sea/G", "sea on gauges"),
        ("rungs/G.2/heat", "gauges, shared sheet: how far it touches what hurts"),
        ("measures/G/lag", "gauges: quarters it takes"),
        ("constituencies/MAYOR/threshold", "Mayor: what consent asks for"),
        ("parameters/cap", "where the ceiling starts"),
        ("parameters/unknown", "unknown"),
    ],
)
def test_values_have_names_in_words(river: Case, address: str, told: str) -> None:
    assert name_of(river, address) == told


def test_numbers_and_references(river: Case) -> None:
    assert span(Value("a", -3, -3, -2)) == "−3 [−3, −2]"
    assert span(Value("a", 0.5, 0.5, 0.5)) == "0.5"
    refs = values.references(river, ("A1.p1", "A1.p2", "A2.p1", "lost.p9"))
    assert plain(refs) == "Avon ¶1, ¶2, Brook ¶1"
    assert plain(values.references(river, ())) == "no source"


def test_curve_keeps_only_packages_that_none_outdoes() -> None:
    points = [(100.0, 7.0), (94.0, 14.0), (95.0, 21.0), (80.0, 20.0), (80.0, 37.0), (70.0, 37.0)]
    kept = deepest_so_far(tuple(CurvePoint(share, depth) for share, depth in points))
    assert [(point.share, point.depth) for point in kept] == [(100, 7), (95, 21), (80, 37)]


def test_figures_can_be_asked_for_by_name(river: Case) -> None:
    answer = synthetic.answer(river)
    for name in ("room", "certainty"):
        assert figure(answer, name).to_dict()["layer"]
    with pytest.raises(AskError, match="room"):
        figure(answer, "rom")
