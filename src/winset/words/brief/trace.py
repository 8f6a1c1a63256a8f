"""How every number was counted."""

from __future__ import annotations

IN_PLACE = "In place today; the status quo is accepted by definition."
OPEN = (
    "Some package that all accept contains it in {count} of {n} worlds{gap}: {share}, "
    "sampling error at most {error} of 100."
)
HELD = "{who}: {limit}; opens alone in {count} of {closed} closed worlds{price}"
PACKAGE = (
    "This very package is accepted by all in {count} of {n} worlds. It was found by "
    "local search, so a deeper one may exist: a lower bound."
)
ALONE = "unopposed"
DEEPEST = "in the deepest package"
HELD_BY = "held by"
READING = "by reading"
MADE_FROM = "made from"
NEW_STEPS = "new steps"
COUNTED_IN = "counted in"
RESTS = "What this rests on"


def gap(unsettled: int) -> str:
    """Say in how many worlds the search stopped early."""
    return f"; {unsettled:,} not settled" if unsettled else ""


def count(worlds: int, n: int) -> str:
    """Count worlds."""
    return f"{worlds:,} of {n:,} worlds"


def aside(phrase: str) -> str:
    """Add a phrase to a line."""
    return f"; {phrase}" if phrase else ""


def first_sentence(told: str) -> str:
    """Keep the first of some sentences."""
    return told.split(". ", maxsplit=1)[0]


def package(name: str, level: float) -> str:
    """Name a package with what it was asked."""
    return f"The {name} package, asked to stand in {round(100 * level)} of 100 worlds"


def domain(worlds: int, low: float, middle: float, high: float, today: float) -> str:
    """Say what the depth of a domain is."""
    return (
        f"Half of the {worlds:,} worlds have a deepest package that reaches between "
        f"{round(low)} and {round(high)} percent of the domain's ladders; the middle world "
        f"{round(middle)}, today {round(today)}. The deepest package differs from world to "
        f"world: an upper bound."
    )


def room(domain_phrase: str) -> str:
    """Name the trace of a domain."""
    return f"Room in {domain_phrase}"


def basis(meaning: str) -> str:
    """Name the trace of a basis."""
    return f"Values: {meaning}"


def of_values(count_: int, total: int) -> str:
    """Count values."""
    return f"{count_:,} of {total:,} uncertain values of the case."
