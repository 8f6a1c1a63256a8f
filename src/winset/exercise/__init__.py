"""What can be run: scenarios, event simulation, seats and releases, action log, after-action report."""

from __future__ import annotations

from winset.exercise.answer import Exercise
from winset.exercise.scenario import Scenario, load_scenario, scenarios
from winset.exercise.solve import exercise

__all__ = ["Exercise", "Scenario", "exercise", "load_scenario", "scenarios"]
