"""What a run folder keeps of the log that an answer read."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.model import Case


def parameters(case: Case) -> Mapping[str, object]:
    """Return what a run folder keeps of the log an answer read; nothing without one."""
    if case.log is None or not case.log.entries:
        return {}
    last = case.log.entries[-1]
    return {"log": {"entries": last.number, "to": case.log.last, "seal": last.hash}}
