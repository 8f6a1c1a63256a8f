"""The calendar of exercises: what to hold when, in which form, and what each limit costs."""

from __future__ import annotations

from winset.exercise.calendar.answer import Calendar
from winset.exercise.calendar.read import load_regime, regimes
from winset.exercise.calendar.regime import Regime
from winset.exercise.calendar.solve import plan

__all__ = ["Calendar", "Regime", "load_regime", "plan", "regimes"]
