"""What each government would read first about itself."""

from __future__ import annotations

from collections.abc import Sequence

from winset.words.phrases import capital, join_names

PROPOSES = "It would propose beyond it"
PAYS = "It pays most for"
RISES = "What rises"
FALLS = "What falls"
SCEPTIC = "Its own sceptic"
STOPPED = "Who stops it elsewhere"
READING = (
    "Points are those of the executive, in the middle world; what rises and falls counts "
    "effects alone, before linkages and charges. Nothing is added up across governments."
)
TITLE = "As each government would read it"
HEAD = "Line"
SAME_PACKAGE = "Nothing: it would propose this very package"
NO_COST = "No step of it costs anyone asked there anything in the middle world"
NOTHING = "Nothing worth telling"
NO_SCEPTIC = "Nobody at home refuses a step of it"
NOT_STOPPED = "No step at the edge that it gains from"


def caption(package: str) -> str:
    """Say what the cards are about."""
    return f"The {package} package, from each capital"


def listed(items: Sequence[str], most: int) -> str:
    """List so many items and count the rest."""
    more = len(items) - most
    shown = [*items[:most], f"{more} more"] if more > 0 else [*items]
    return capital(join_names(shown))


def paid(rung: str, who: str, points: str) -> str:
    """Say who gives most for a step."""
    return f"{rung} ({who}, {points})"


def sceptic(who: str, rung: str, share: str, role: str) -> str:
    """Say who at home refuses a step most often."""
    return f"{capital(who)}, on {rung}: refuses in {share}, and {role}"


def stopped(rung: str, who: str, share: str) -> str:
    """Say who elsewhere stops a step."""
    return f"{capital(rung)}: {who}, {share}"
