"""Independent checks: the model stated twice, the engine set beside two other solvers.

:mod:`winset.oracle.restate` states the model again in exact fractions, :mod:`winset.oracle.brute`
tries every package of a small problem, :mod:`winset.oracle.milp` asks HiGHS.
"""

from __future__ import annotations

from winset.oracle.independent import Report, check_independent

__all__ = ["Report", "check_independent"]
