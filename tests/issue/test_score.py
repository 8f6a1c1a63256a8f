"""The score of rules on decided issues: losses by hand, intervals, pairs, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import winset
from winset.errors import AskError
from winset.issue import schemas, words
from winset.issue.scoring import LOSSES, rank_loss

CODES = ("com", "de", "fr", "uk")


def synthetic(tmp_path: Path, *, issues: int = 40, noise: float = 5.0) -> Path:
    """Write decisions that come out near the salience-weighted mean; made up."""
    rng = np.random.default_rng(3)
    header = ["isnr", "prnr", "finact", "rp", "out"]
    header += [f"{letter}{code}" for code in CODES for letter in "ps"]
    lines = [";".join(header)]
    for place in range(issues):
        x, s = rng.integers(0, 11, 4) * 10, rng.integers(1, 11, 4) * 10
        out = np.clip((x * s).sum() / s.sum() + noise * rng.standard_normal(), 0, 100)
        cells = [place + 1, place // 2, "05-06-99", 0 if place % 3 else "", f"{out:.1f}"]
        cells += [value for pair in zip(x, s, strict=True) for value in pair]
        lines.append(";".join(map(str, cells)))
    file = tmp_path / "synthetic.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_the_rule_that_made_the_outcomes_comes_out_best(tmp_path: Path) -> None:
    found = winset.score(synthetic(tmp_path), draws=200)
    mae = {row["solution"]: row for row in found.table("losses").where(loss="mae").rows()}
    assert min(mae, key=lambda name: float(mae[name]["value"])) == "mean"
    assert mae["mean"]["value"] < 6.0 < mae["centre"]["value"]
    assert mae["mean"]["low"] < mae["mean"]["value"] < mae["mean"]["high"]
    pair = next(found.table("pairs").where(solution="challenge").rows())
    assert 0 < pair["low"] < pair["difference"]
    assert pair["farther"] > pair["nearer"]
    assert found.headline.startswith("On 40 issues of 20 proposals the weighted mean misses")
    assert "no other rule is nearer" in found.headline


def test_losses_are_what_their_names_say(tmp_path: Path) -> None:
    found = winset.score(synthetic(tmp_path), draws=20)
    told = found.table("forecasts").where(solution="nash")
    error = told["error"]
    assert np.allclose(error, told["at"] - told["outcome"])
    by = {row["loss"]: row["value"] for row in found.table("losses").where(solution="nash").rows()}
    assert set(by) == set(LOSSES)
    assert by["mae"] == pytest.approx(np.abs(error).mean())
    assert by["rmse"] == pytest.approx(np.sqrt((error**2).mean()))
    assert by["median"] == pytest.approx(np.median(np.abs(error)))
    assert by["within10"] == pytest.approx((np.abs(error) <= 10).mean())
    assert by["within5"] <= by["within10"] <= by["within20"]
    reference = next(found.table("losses").where(solution="reference", loss="mae").rows())
    assert reference["issues"] == 26  # only where the file says one


def test_rank_loss_is_one_less_the_correlation_of_ranks() -> None:
    up, none = np.array([1.0, 2.0, 5.0]), np.ones(3)
    assert rank_loss(up, up**2, none) == pytest.approx(0.0)
    assert rank_loss(up, -up, none) == pytest.approx(2.0)
    assert np.isnan(rank_loss(none, up, none))


def test_the_same_seed_gives_the_same_intervals_and_whole_proposals_are_drawn(
    tmp_path: Path,
) -> None:
    file = synthetic(tmp_path)
    one, again, other = (winset.score(file, draws=50, rng=rng) for rng in (1, 1, 2))
    assert one.table("losses").csv() == again.table("losses").csv()
    assert one.table("losses").csv() != other.table("losses").csv()
    single = tmp_path / "single.csv"
    lines = file.read_text("utf-8").splitlines()
    cells = [line.split(";") for line in lines[1:]]
    single.write_text(
        "\n".join([lines[0], *(";".join([row[0], "1", *row[2:]]) for row in cells)]), "utf-8"
    )
    row = next(winset.score(single, draws=50).table("losses").where(loss="mae").rows())
    assert row["low"] == row["high"] == row["value"]  # one proposal: nothing to draw


def test_what_cannot_be_scored_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="at least 2 are needed"):
        winset.score(synthetic(tmp_path, issues=1))
    with pytest.raises(AskError, match="draws are 1 to"):
        winset.score(synthetic(tmp_path), draws=0)


@pytest.mark.parametrize(
    ("high", "says"), [(0.2, "but not beyond chance"), (-0.2, "beyond chance")]
)
def test_a_rule_that_is_nearest_by_chance_is_not_praised(high: float, says: str) -> None:
    tables = {
        "losses": schemas.LOSSES.from_rows(
            [("mean", "mae", 9, 10.0, 9.0, 11.0), ("nash", "mae", 9, 9.5, 9.0, 10.0)]
        ),
        "pairs": schemas.PAIRS.from_rows([("nash", 9, -0.5, -1.0, high, 6, 3)]),
        "skipped": schemas.SKIPPED.from_rows([]),
    }
    headline = words.score_summary(tables, 9, 3)[0]
    assert headline.endswith(f"nearest is the Nash point with 9.5, {says}.")
