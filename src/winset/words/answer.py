"""What every answer says beside its sentences: worlds, tables, command, the log that was read."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.model import Case
from winset.words.phrases import WORLD


def counted(worlds: int) -> str:
    """Say over how many worlds was counted, and what a world is."""
    return f"{worlds:,} worlds. {WORLD}"


def tables(rows: Mapping[str, int]) -> str:
    """List the tables with their rows."""
    listed = ", ".join(f"{name} ({count:,})" for name, count in rows.items())
    return f"Tables: {listed}."


def again(command: str) -> str:
    """Say how to have the answer again."""
    return f"Again: {command}"


def read_with(case: Case) -> str:
    """Say which log an answer read; empty for a case without one.

    Examples
    --------
    >>> import winset
    >>> read_with(winset.load("shared-canal"))
    ''
    """
    if case.log is None:
        return ""
    count = len(case.log.entries)
    if not count:
        return f"{case.log.file} has no whole entry: nothing of it is read."
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    return (
        f"Read with {entries} of {case.log.file}, to {case.log.last}: what was executed is in place, "
        "what was learned replaces what was coded."
    )
