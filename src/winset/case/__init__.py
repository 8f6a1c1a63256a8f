"""What an analyst writes: read, checked, traced, compared.

Names are loaded when they are first used, so that errors and help stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.case.address import resolve
    from winset.case.change import parse_change
    from winset.case.checking import check
    from winset.case.difference import CaseDiff, diff
    from winset.case.programme_file import find_programme
    from winset.case.quantity import parse_quantity
    from winset.case.read import cases, load
    from winset.case.schema import json_schema
    from winset.case.template import new
    from winset.case.tracing import Trace, silences, trace, unsupported
    from winset.case.tracking import Added, track_add
    from winset.case.workbook import export_workbook, import_workbook

_HOME = {
    "Added": "tracking",
    "CaseDiff": "difference",
    "Trace": "tracing",
    "cases": "read",
    "check": "checking",
    "diff": "difference",
    "export_workbook": "workbook",
    "find_programme": "programme_file",
    "import_workbook": "workbook",
    "json_schema": "schema",
    "load": "read",
    "new": "template",
    "parse_change": "change",
    "parse_quantity": "quantity",
    "resolve": "address",
    "silences": "tracing",
    "trace": "tracing",
    "track_add": "tracking",
    "unsupported": "tracing",
}

__all__ = [
    "Added",
    "CaseDiff",
    "Trace",
    "cases",
    "check",
    "diff",
    "export_workbook",
    "find_programme",
    "import_workbook",
    "json_schema",
    "load",
    "new",
    "parse_change",
    "parse_quantity",
    "resolve",
    "silences",
    "trace",
    "track_add",
    "unsupported",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"winset.case.{_HOME[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
