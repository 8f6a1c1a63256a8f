"""Firmness: findings against their definitions, fits against known answers, the whole answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import winset
from winset.ask.sense import Sense, schemas, vary
from winset.ask.sense.baseline import logistic
from winset.ask.sense.finding import FINDINGS, Asked, Look, classes, findings, look, subjects
from winset.ask.sense.flips import screen
from winset.ask.sense.groups import bootstrap_error, group_of, variance_shares
from winset.ask.sense.spread import influence
from winset.errors import AskError
from winset.words import sense as words
from winset.worlds import draw


@pytest.fixture(scope="module")
def base() -> vary.Panel:
    return vary.panel(draw(winset.load("shared-canal"), 40))


@pytest.fixture(scope="module")
def answer() -> Sense:
    return winset.sense(winset.load("shared-canal"), n=40)


def test_shares_are_those_of_reach(base: vary.Panel) -> None:
    table = winset.reach(base.worlds.case, base.worlds).table("rungs")
    shares = dict(zip(table["rung"].tolist(), table["share_open"].tolist(), strict=True))
    for rung, share in zip(base.asked.targets.rung, base.base.share.tolist(), strict=True):
        assert shares[rung] == share


def test_depth_is_that_of_reach(base: vary.Panel) -> None:
    depth = winset.reach(base.worlds.case, base.worlds).table("depth").where(domain="all")["depth"]
    assert base.base.depth == pytest.approx(depth)


def test_every_finding_holds_in_the_base(base: vary.Panel) -> None:
    found = {finding.finding: finding for finding in base.findings(base.base)}
    assert tuple(found) == FINDINGS
    for name in ("blocker", "depth", "package"):
        assert found[name].holds


def _with(asked: Asked, open_share: float, base: Look) -> Look:
    worlds = base.open.shape[0]
    opened = np.zeros_like(base.open)
    opened[: round(open_share * worlds)] = True
    return Look(**{**vars(base), "open": opened})


@pytest.mark.parametrize(("share", "lead", "beyond"), [(1.0, True, False), (0.2, False, True)])
def test_findings_of_rungs_hang_on_one_half(
    base: vary.Panel, share: float, lead: bool, beyond: bool
) -> None:
    asked, own = base.asked, subjects(base.asked, base.base)
    found = {f.finding: f for f in findings(asked, _with(asked, share, base.base), own)}
    assert own.lead >= 0
    assert own.beyond >= 0
    assert (found["lead"].holds, found["beyond"].holds) == (lead, beyond)
    assert found["lead"].low <= found["lead"].number <= found["lead"].high


def test_another_blocker_and_another_depth_are_noticed(base: vary.Panel) -> None:
    changed = Look(**{**vars(base.base), "stops": {"nobody": 3}, "depth": base.base.depth + 6.0})
    found = {f.finding: f for f in base.findings(changed)}
    assert not found["blocker"].holds
    assert not found["depth"].holds
    assert found["package"].holds


def test_without_floors_more_is_open(base: vary.Panel) -> None:
    free = look(base.asked, base.worlds, floors=False)
    assert (free.open | ~base.base.open).all()


def test_classes_have_their_edges_inside() -> None:
    assert classes(np.array([0.8, 0.79, 0.21, 0.2])).tolist() == [1, 0, 0, -1]


def test_the_fit_finds_what_made_the_shares() -> None:
    source = np.random.Generator(np.random.PCG64(4))
    x = source.normal(size=(200, 2))
    share = 1 / (1 + np.exp(-(0.5 + 1.5 * x[:, 0])))
    assert np.abs(logistic(x, share) - share).max() < 0.01
    flat = np.column_stack([x[:, 0], np.ones(200)])
    assert np.isfinite(logistic(flat, (x[:, 0] > 0).astype(float))).all()


def test_variance_shares_of_a_sum_of_two() -> None:
    source = np.random.Generator(np.random.PCG64(5))
    a, b = source.normal(size=(2, 20_000, 2))
    mixed = np.column_stack([b[:, 0], a[:, 1]])
    samples = [s @ np.array([2.0, 1.0]) for s in (a, b, mixed)]
    first, total = variance_shares(*samples)
    assert first == pytest.approx(0.8, abs=0.03)
    assert total == pytest.approx(0.8, abs=0.03)
    errors = bootstrap_error(*(s[:500] for s in samples))
    assert all(0.0 < error < 0.2 for error in errors)


def test_variance_shares_of_a_product_are_all_joint() -> None:
    source = np.random.Generator(np.random.PCG64(6))
    a, b = source.normal(size=(2, 20_000, 2))
    first, total = variance_shares(a.prod(axis=1), b.prod(axis=1), b[:, 0] * a[:, 1])
    assert first == pytest.approx(0.0, abs=0.05)
    assert total == pytest.approx(1.0, abs=0.08)


@given(st.floats(-5, 5))
def test_what_does_not_vary_has_no_shares(value: float) -> None:
    still = np.full(10, value)
    assert np.isnan(variance_shares(still, still, still)).all()


def test_influence_is_greatest_for_what_makes_the_output() -> None:
    source = np.random.Generator(np.random.PCG64(7))
    x, y = source.normal(size=(2, 100))
    found = influence({"x": x, "y": y, "still": np.zeros(100)}, x**3)
    assert found["x"] == pytest.approx(1.0)
    assert found["y"] < 0.5
    assert "still" not in found


def test_groups_of_addresses() -> None:
    assert group_of("parameters/width_executive") == "width"
    assert group_of("parameters/cost_curve") == "parameters"
    assert group_of("constituencies/KR-PRES/threshold") == "thresholds"
    assert group_of("elections/x") == ""


def test_nobody_is_made_a_lever_whose_consent_has_no_price() -> None:
    base = vary.panel(draw(winset.load("trilateral-2022"), 16))
    assert screen(base)
    assert not [address for address in screen(base) if "KR-VIC" in address.split("/")]


def test_every_table_is_filled_and_the_plane_is_whole(answer: Sense) -> None:
    for name in ("findings", "plane", "plane_rungs", "variants", "nulls", "basis", "groups"):
        assert len(answer.table(name)), name
    assert len(answer.table("plane")) == 25 * len(FINDINGS)
    plane = answer.table("plane")
    assert plane["open"] + plane["contested"] + plane["closed"] == pytest.approx(1.0)
    base = answer.table("variants").where(variation="base")
    assert base["differ"].tolist() == [0] * len(FINDINGS)


def test_the_plane_opens_with_width(answer: Sense) -> None:
    shares = answer.table("plane_rungs")
    by_width = [shares.where(width=w, offset=0.5)["share_open"].sum() for w in ("0", "2", "none")]
    assert by_width == sorted(by_width)
    assert by_width[0] < by_width[2]


def test_flips_say_what_was_proven(answer: Sense) -> None:
    rows = [*answer.table("flips").rows()]
    assert {row["finding"] for row in rows} == set(FINDINGS)
    for row in rows:
        assert row["proven"] == (row["size"] in (1, 2))
        assert (row["address"] == "") == (row["size"] == 0)


def test_one_part_is_what_the_whole_says(answer: Sense) -> None:
    part = winset.sense(winset.load("shared-canal"), n=40, only=["nulls"])
    assert part.table("nulls").csv() == answer.table("nulls").csv()
    assert len(part.table("plane")) == 0
    assert "--only=nulls" in part.run.command


def test_an_unknown_part_names_the_nearest() -> None:
    with pytest.raises(AskError, match="no part 'planes'"):
        winset.sense(winset.load("shared-canal"), n=4, only=["planes"])


def test_sentences_keep_to_what_may_be_said(answer: Sense) -> None:
    text = " ".join(answer.sentences)
    for banned in ("probab", "likely", "expect", "optimal", "proves", "will "):
        assert banned not in text
    assert answer.headline.startswith(("None of", "One of", "Two of", "Three of"))


def test_a_finding_that_is_mostly_coding_says_so(answer: Sense) -> None:
    row = ("depth", "A", 9, 0.7, 0.1, 0.9, 0.1)
    assert "rests mostly on coding" in words.rests(schemas.BASIS.from_rows([row]), "depth")
    unsure = (*row[:-1], 0.3)
    assert "coding" not in words.rests(schemas.BASIS.from_rows([unsure]), "depth")
    assert words.rests(answer.table("basis"), "blocker") == ""
