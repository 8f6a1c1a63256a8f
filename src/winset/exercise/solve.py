"""Run a scenario: the one entry from a name to an outcome."""

from __future__ import annotations

from pathlib import Path

from winset.effects.warning.card import CARD
from winset.effects.warning.simulate import Report, in_the_middle, simulate
from winset.errors import LimitError
from winset.exercise.answer import Exercise
from winset.exercise.scenario import Scenario, load_scenario
from winset.exercise.tabulate import tables
from winset.run import run_without_case

MOST = 2_000_000
"""Most launches times worlds in one run."""


def exercise(
    scenario: Scenario | str | Path,
    *,
    n: int = 1000,
    rng: int = 1,
    progress: Report | None = None,
) -> Exercise:
    """Run every form of sharing warning on the same launches: what does it change?

    Parameters
    ----------
    scenario
        A scenario, the name of a ready one, or the path of your own.
    n
        How many worlds to draw.
    rng
        Seed of the draws; the log needs none.
    progress
        Called with how many worlds are done and how many there are.

    Returns
    -------
    Exercise
        Tables ``forms``, ``parties``, ``regions`` and ``launches`` (a row a form, and a party,
        region or launch), ``course`` and others, see ``winset.ask.schemas()["exercise"]``. Times
        are in seconds, distances in km, shares run from 0 to 1.

    Raises
    ------
    AskError, CaseError
        There is no such scenario, or something in it is wrong.
    LimitError
        More launches times worlds than memory holds.
    """
    one = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    if n * len(one.shots) > MOST:
        message = (
            f"{n:,} worlds of {len(one.shots):,} launches are more than {MOST:,} launches; "
            f"ask for {MOST // len(one.shots):,} worlds."
        )
        raise LimitError(message)
    name = scenario if isinstance(scenario, str | Path) else one.id
    record = simulate(one.setting, one.shots, n=n, rng=rng, progress=progress)
    return Exercise(
        scenario=one,
        run=run_without_case(
            one.id,
            one.hash,
            worlds=n,
            rng=rng,
            command=f"winset exercise warning {name} --worlds={n} --rng={rng}",
        ),
        tables=tables(record, in_the_middle(one.setting, one.shots)),
        card=CARD,
        parameters={
            "launches": len(one.launches),
            "forms": [form.id for form in one.setting.forms],
        },
    )
