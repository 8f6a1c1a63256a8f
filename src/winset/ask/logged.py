"""How an answer says that it read the log of its case."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.model import Case


def told(case: Case) -> str:
    """Say which log an answer read; empty for a case without one.

    Examples
    --------
    >>> import winset
    >>> told(winset.load("shared-canal"))
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


def parameters(case: Case) -> Mapping[str, object]:
    """Return what a run folder keeps of the log an answer read; nothing without one."""
    if case.log is None or not case.log.entries:
        return {}
    last = case.log.entries[-1]
    return {"log": {"entries": last.number, "to": case.log.last, "seal": last.hash}}
