"""What is asked wrongly is refused at the border, with a sentence."""

from __future__ import annotations

import pytest

from tests.engine import checks
from tests.engine.problems import Draw
from winset import engine


def test_packages_and_targets_outside_the_problem_are_refused() -> None:
    checks.check_borders(engine)


@pytest.mark.parametrize(
    ("measure", "level", "words"),
    [
        ([9], [0], "measures are numbered 0 to"),
        ([0], [9], "above the top"),
        ([0, 1], [0], "one level a measure"),
    ],
)
def test_the_refusal_says_why(measure: list[int], level: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        engine.exists(Draw(1).problem(), measure, level)


def test_threads_share_the_worlds() -> None:
    checks.check_threads(engine)


def test_warming_names_its_steps() -> None:
    checks.check_warm(engine)
