"""How far can the cooperation go?

winset answers that question for a named set of governments and a named set of measures.

>>> import winset
>>> case = winset.load("trilateral-2022")
>>> case.title
'US-Japan-ROK cooperation'

Public names are loaded when they are first used, so that ``import winset`` is quick.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from winset.ask.dispute import DisputeAnswer as DisputeAnswer
    from winset.ask.dispute import dispute as dispute
    from winset.ask.hold import Hold as Hold
    from winset.ask.hold import hold as hold
    from winset.ask.path import Path as Path
    from winset.ask.path import path as path
    from winset.ask.reach import Reach as Reach
    from winset.ask.reach import Reason as Reason
    from winset.ask.reach import reach as reach
    from winset.ask.reach.why import why as why
    from winset.ask.sense import Sense as Sense
    from winset.ask.sense import sense as sense
    from winset.ask.settle import Settle as Settle
    from winset.ask.settle import settle as settle
    from winset.ask.track import Track as Track
    from winset.ask.track import track as track
    from winset.ask.weigh import Weigh as Weigh
    from winset.ask.weigh import weigh as weigh
    from winset.bargain import Bargain as Bargain
    from winset.bargain import BargainAnswer as BargainAnswer
    from winset.bargain import bargain as bargain
    from winset.bargain import bargain_of as bargain_of
    from winset.bargain import read_bargain as read_bargain
    from winset.bargain import write_bargain as write_bargain
    from winset.brief import brief as brief
    from winset.case import Added as Added
    from winset.case import CaseDiff as CaseDiff
    from winset.case import Trace as Trace
    from winset.case import cases as cases
    from winset.case import check as check
    from winset.case import diff as diff
    from winset.case import export_workbook as export_workbook
    from winset.case import find_programme as find_programme
    from winset.case import import_workbook as import_workbook
    from winset.case import json_schema as json_schema
    from winset.case import load as load
    from winset.case import new as new
    from winset.case import parse_change as parse_change
    from winset.case import parse_quantity as parse_quantity
    from winset.case import resolve as resolve
    from winset.case import silences as silences
    from winset.case import trace as trace
    from winset.case import track_add as track_add
    from winset.case import unsupported as unsupported
    from winset.case.model import Case as Case
    from winset.case.model import Change as Change
    from winset.errors import AskError as AskError
    from winset.errors import CaseError as CaseError
    from winset.errors import LimitError as LimitError
    from winset.errors import OutputError as OutputError
    from winset.errors import Problem as Problem
    from winset.errors import WinsetError as WinsetError
    from winset.exercise import Exercise as Exercise
    from winset.exercise import exercise as exercise
    from winset.exercise.calendar import Calendar as Calendar
    from winset.exercise.calendar import Regime as Regime
    from winset.exercise.calendar import load_regime as load_regime
    from winset.exercise.calendar import plan as plan
    from winset.issue import Issue as Issue
    from winset.issue import Score as Score
    from winset.issue import issue as issue
    from winset.issue import score as score
    from winset.run import Run as Run
    from winset.tables import Column as Column
    from winset.tables import Table as Table
    from winset.worlds import Worlds as Worlds
    from winset.worlds import draw as draw

_HOME = {
    "Added": "winset.case",
    "AskError": "winset.errors",
    "Bargain": "winset.bargain",
    "BargainAnswer": "winset.bargain",
    "Calendar": "winset.exercise.calendar",
    "Case": "winset.case.model",
    "CaseDiff": "winset.case",
    "CaseError": "winset.errors",
    "Change": "winset.case.model",
    "Column": "winset.tables",
    "DisputeAnswer": "winset.ask.dispute",
    "Exercise": "winset.exercise",
    "Hold": "winset.ask.hold",
    "Issue": "winset.issue",
    "LimitError": "winset.errors",
    "OutputError": "winset.errors",
    "Path": "winset.ask.path",
    "Problem": "winset.errors",
    "Reach": "winset.ask.reach",
    "Reason": "winset.ask.reach",
    "Regime": "winset.exercise.calendar",
    "Run": "winset.run",
    "Score": "winset.issue",
    "Sense": "winset.ask.sense",
    "Settle": "winset.ask.settle",
    "Table": "winset.tables",
    "Trace": "winset.case",
    "Track": "winset.ask.track",
    "Weigh": "winset.ask.weigh",
    "WinsetError": "winset.errors",
    "Worlds": "winset.worlds",
    "bargain": "winset.bargain",
    "bargain_of": "winset.bargain",
    "brief": "winset.brief",
    "cases": "winset.case",
    "check": "winset.case",
    "diff": "winset.case",
    "dispute": "winset.ask.dispute",
    "draw": "winset.worlds",
    "exercise": "winset.exercise",
    "export_workbook": "winset.case",
    "hold": "winset.ask.hold",
    "find_programme": "winset.case",
    "import_workbook": "winset.case",
    "issue": "winset.issue",
    "json_schema": "winset.case",
    "load": "winset.case",
    "load_regime": "winset.exercise.calendar",
    "new": "winset.case",
    "parse_change": "winset.case",
    "parse_quantity": "winset.case",
    "path": "winset.ask.path",
    "plan": "winset.exercise.calendar",
    "reach": "winset.ask.reach",
    "read_bargain": "winset.bargain",
    "resolve": "winset.case",
    "score": "winset.issue",
    "sense": "winset.ask.sense",
    "settle": "winset.ask.settle",
    "silences": "winset.case",
    "trace": "winset.case",
    "track": "winset.ask.track",
    "track_add": "winset.case",
    "unsupported": "winset.case",
    "weigh": "winset.ask.weigh",
    "why": "winset.ask.reach.why",
    "write_bargain": "winset.bargain",
}

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name not in _HOME:
        message = f"module 'winset' has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})


class _Public(ModuleType):
    """The package, in which ``winset.brief`` stays the function.

    Importing the folder of that name would otherwise put the module in its place.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Public
