"""What the page rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from winset.words.brief.values import BASES, KINDS
from winset.words.phrases import capital, join_names, number_word

READS = "Number of values by what they rest on"
HEAD = "Kind of value"
UNSUPPORTED = "{count} of {total} values have no paragraph behind them"
FRAMINGS = "Contested matters, in each reading"
SILENCES = "What each author does not speak of"
OR = "; or "
AND_SO_ON = "; "


def basis_heading(counts: dict[str, int], sources: str = "") -> str:
    """Say how much of the coding is assumption; ``sources`` is empty where there are none."""
    total, assumed = sum(counts.values()), counts.get("A", 0)
    if total == 0:
        return "No value of this case is uncertain"
    verb, noun = ("is", "an assumption") if assumed == 1 else ("are", "assumptions")
    share = (
        f"{assumed:,} of {total:,} uncertain values {verb} {'' if assumed == 1 else 'our '}{noun}"
    )
    return f"{share}; {sources} give directions, never sizes" if sources else share


def basis_title(rows: Sequence[tuple[str, int, int]]) -> str:
    """Kinds of value most and least assumed; rows are (kind, assumed, all)."""
    told = [row for row in rows if row[2]]
    if not told:
        return "Nothing is uncertain"
    throughout = [kind for kind, assumed, whole in told if assumed == whole]
    least = min(told, key=lambda row: row[1] / row[2])
    most = max(told, key=lambda row: row[1] / row[2])
    if most[1] * least[2] == least[1] * most[2]:
        return "Every kind of value is assumed to the same degree"
    tail = f"least assumed: {least[0]}, {least[1]:,} of {least[2]:,}"
    if throughout:
        return f"Assumed throughout: {'; '.join(throughout)}; {tail}"
    return f"Most assumed: {most[0]}, {most[1]:,} of {most[2]:,}; {tail}"


def reading(counts: Mapping[str, int]) -> str:
    """Say how many values rest on what."""
    parts = [
        f"{counts[letter]:,} {'is' if counts[letter] == 1 else 'are'} {meaning}"
        for letter, meaning in BASES.items()
        if counts[letter]
    ]
    return (
        "A source can give the direction of a value; no source gives a size. So every value "
        f"is a range, and every world draws from it anew. Of all, {join_names(parts)}. "
        "How far a step goes, what it takes and how much consent asks for are assumed even "
        "where a source names the step or the actor."
    )


def kind(name: str, count: int) -> str:
    """Head the values of one kind."""
    return f"{capital(KINDS[name])} ({count:,})"


def disputed(count: int) -> str:
    """Open the list of disputed questions."""
    noun = "question is" if count == 1 else "questions are"
    return f"{capital(number_word(count))} disputed {noun} drawn in every reading"


def read_by(authors: Sequence[str]) -> str:
    """Say whose reading it is."""
    reads = "reads" if len(authors) == 1 else "read"
    return f" (as {join_names([*authors])} {reads} it)"


def kind_colon(name: str, count: int) -> str:
    """Head a list of values of one kind."""
    return f"{kind(name, count)}: "
