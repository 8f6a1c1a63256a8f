"""What can be run: scenarios, event simulation, seats, action log, report; and the calendar."""

from __future__ import annotations

from winset.exercise.answer import Exercise
from winset.exercise.calendar import Calendar, plan
from winset.exercise.scenario import Scenario, load_scenario, scenarios
from winset.exercise.solve import exercise

__all__ = ["Calendar", "Exercise", "Scenario", "exercise", "load_scenario", "plan", "scenarios"]
