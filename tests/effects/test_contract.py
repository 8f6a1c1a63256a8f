from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

import winset
from winset.effects.catalogue import card, cards
from winset.effects.code import compute
from winset.effects.contract import Model, model_named
from winset.effects.warning.data import TABLES, rows
from winset.effects.warning.model import MODEL
from winset.errors import AskError, CaseError
from winset.testing.gates import Check, ContractGate, NullGate, hold


class TestWarningContract(ContractGate):
    model: ClassVar[Model] = MODEL


class TestWarningAgainstNothing(NullGate):
    model: ClassVar[Model] = MODEL

    def scores(self) -> tuple[float, float] | None:
        assert len(rows("counts")) < 10, "enough counts are published now: score the model"


def test_a_gate_without_checks_fails() -> None:
    with pytest.raises(AssertionError, match="nothing"):
        hold([])


def test_a_gate_names_what_fails() -> None:
    with pytest.raises(AssertionError, match="two: nan"):
        hold([Check("one", 1, 1, 0), Check("two", float("nan"), 1, 5)])


@pytest.mark.parametrize("rung", ["after", "observers"])
def test_what_comes_later_gains_nothing_live(rung: str) -> None:
    found = compute("warning", rung, n=60).differences
    assert all(np.all(values == 0) for name, values in found.items())


def test_sharing_adds_coverage_more_than_seconds() -> None:
    direct = compute("warning", "direct", n=200)
    hub = compute("warning", "hub", n=200)
    assert direct.differences["held"].mean() > 0.3
    assert direct.differences["shared"].mean() > 0.3
    assert 0 < hub.differences["warning_s"].mean() < direct.differences["warning_s"].mean() < 30


def test_unknown_models_and_rungs_name_the_nearest() -> None:
    with pytest.raises(AskError, match="Nearest: warning"):
        card("warnings")
    with pytest.raises(AskError, match="Nearest: direct"):
        compute("warning", "direkt", n=2)


def test_every_published_figure_has_a_source() -> None:
    for name in TABLES:
        assert rows(name)
        for row in rows(name):
            assert row.get("source", "table"), (name, row)


def test_references_to_models_are_told_from_paragraphs() -> None:
    assert model_named(("S0.p1", "model:warning", "model:")) == ("warning",)
    assert set(cards()) == {"warning"}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return winset.new(tmp_path / "mine", source="trilateral-2022")


def replaced(folder: Path, old: str, new: str) -> None:
    file = folder / "effects.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


ROW = "D2,WRN,,,3,,,I,S0.p13 S0.p14,"


def test_a_computed_effect_replaces_a_coded_one(mine: Path) -> None:
    before = winset.load(mine)
    row = compute("warning", "direct", n=200).row("shared", "D2", "WRN")
    replaced(mine, ROW, row)
    case = winset.load(mine)
    value = case.values["effects/D2/WRN"]
    assert (value.basis, value.refs) == ("C", ("model:warning",))
    assert 0 < value.low < value.high < 3
    drawn = winset.draw(case, 50).number("effects/D2/WRN")
    assert value.low <= drawn.min() < drawn.max() <= value.high
    told = str(winset.trace(case, "effects/D2/WRN"))
    assert "Does what" not in told
    for line in (*card("warning").does_not_claim, "input      mask 1 to 3 deg"):
        assert line in told
    assert "source  none" not in told
    assert "effects/D2/WRN" in str(winset.diff(before, case))
    assert "effects/D2/WRN" not in {one.address for one in winset.unsupported(case)}
    assert not [p for p in winset.check(mine, strict=True) if "model:warning" in str(p)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("D2,WRN,,1,2,3,,C,,", "names no model"),
        ("D2,WRN,,1,2,3,,C,S0.p14,", "names no model"),
        ("D2,WRN,,1,2,3,,C,model:warming,", "Nearest: warning"),
    ],
)
def test_a_computed_effect_without_its_model_is_refused(mine: Path, row: str, said: str) -> None:
    replaced(mine, ROW, row)
    with pytest.raises(CaseError, match="E046") as caught:
        winset.load(mine)
    assert said in str(caught.value)
