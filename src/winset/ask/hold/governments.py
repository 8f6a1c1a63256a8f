"""Combinations of governments, and the worlds drawn under each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from winset.case.model import Case, Change, Choice
from winset.errors import AskError, LimitError, nearest
from winset.worlds import Worlds, draw

MOST = 256
"""Combinations that are asked about at the most."""


@dataclass(frozen=True, slots=True)
class Governments:
    """Who governs: the leader type of every party that has more than one."""

    types: tuple[tuple[str, str], ...]
    """Party and type, in case order."""
    changed: frozenset[str]
    """Parties with another type than when the package was agreed."""

    @property
    def key(self) -> str:
        """Name in tables: the types that changed, or ``as today``."""
        new = [f"{party}={kind}" for party, kind in self.types if party in self.changed]
        return " ".join(new) or "as today"


def combinations(
    case: Case, worlds: Worlds, chosen: Mapping[str, Sequence[str]] | None = None
) -> tuple[Governments, ...]:
    """List every combination of governments, the present one first.

    Parameters
    ----------
    case, worlds
        The case, and the worlds whose governments count as present.
    chosen
        Types to ask about, by party; a party that is not named keeps its government.  By default
        all types of all parties.

    Raises
    ------
    AskError
        The case has no leader types, or not those chosen.
    LimitError
        More than :data:`MOST` combinations.
    """
    leaders = {choice.id: choice for choice in case.leaders}
    if not leaders:
        raise AskError(
            f"Case {case.id} knows one government a party. Add leader types in leaders.yaml."
        )
    present = {party: _present(choice, worlds) for party, choice in leaders.items()}
    asked = {party: _types(choice, present[party], chosen) for party, choice in leaders.items()}
    for party in chosen or {}:
        if party not in leaders:
            message = f"No leader types for {party!r}; there are some for {', '.join(leaders)}."
            raise AskError(message, nearest=nearest(party, leaders))
    order = [party.id for party in case.parties if party.id in leaders]
    count = 1
    for party in order:
        count *= len(asked[party])
    if count > MOST:
        raise LimitError(
            f"{count:,} combinations of governments; at most {MOST} are asked about. Name the types "
            "to ask about (--government PARTY=TYPE)."
        )
    found = []
    for types in product(*(asked[party] for party in order)):
        pairs = tuple(zip(order, types, strict=True))
        changed = frozenset(party for party, kind in pairs if kind != present[party])
        found.append(Governments(pairs, changed))
    return tuple(sorted(found, key=lambda one: len(one.changed)))


def _present(choice: Choice, worlds: Worlds) -> str:
    return choice.options[int(worlds.options[choice.address][0])].id


def _types(
    choice: Choice, present: str, chosen: Mapping[str, Sequence[str]] | None
) -> tuple[str, ...]:
    known = [option.id for option in choice.options]
    if chosen is None:
        return (present, *(name for name in known if name != present))
    for name in chosen.get(choice.id, ()):
        if name not in known:
            raise AskError(
                f"{choice.id} has no leader type {name!r}; its types are {', '.join(known)}.",
                nearest=nearest(name, known),
            )
    return (present, *(name for name in chosen.get(choice.id, ()) if name != present))


def under(worlds: Worlds, governments: Governments, more: Iterable[Change | str] = ()) -> Worlds:
    """Draw the same worlds under other governments; every number keeps its rank.

    The changes that made the present worlds are kept; the run still tells only those.
    """
    leaders = [f"leaders/{party} = {kind}" for party, kind in governments.types]
    drawn = draw(
        worlds.case,
        worlds.n,
        rng=worlds.rng,
        changes=(*worlds.changes, *leaders, *more),
        first=worlds.first,
        prior=worlds.prior,
        correlated=worlds.correlated,
    )
    return replace(drawn, changes=worlds.changes)
