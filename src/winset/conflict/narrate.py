"""Why a state is stable, or is not, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from winset.conflict.moves import Walk, improvements, moves, prefers, together, walks
from winset.conflict.solve import Stability, known_concept

Told = Callable[[int], str]
_SHOWN = 3


def narrate(found: Stability, state: int, concept: str, *, told: Told | None = None) -> list[str]:
    """Say why a state is stable under a concept, or is not: the verdict, then each player.

    Parameters
    ----------
    found
        The dispute and its verdicts.
    state
        State, from 0.
    concept
        ``nash``, ``gmr``, ``smr``, ``seq``, ``sseq`` or ``sim``.
    told
        How a state is named in a sentence; by default by its number and its answers.

    Returns
    -------
    list of str
        Sentences.  Each answer named is one of the shortest there are; others may exist.

    Raises
    ------
    AskError
        Unknown concept, or one that is not judged for coalitions.
    """
    known_concept(concept)
    name = told or (lambda s: f"state {s + 1} ({found.conflict.answers(s)})")
    stands = found.stands(concept)[:, state]
    leavers = [found.names[place] for place in range(len(stands)) if not stands[place]]
    if leavers:
        verdict = f"{_capital(name(state))} is not stable: {_and(leavers)} would leave it."
    else:
        verdict = f"{_capital(name(state))} is stable: nobody would leave it."
    return [verdict, *(_player(found, place, state, concept, name) for place in range(len(stands)))]


def _player(found: Stability, group: int, state: int, concept: str, name: Told) -> str:
    who = found.names[group]
    if not int(found.graph.seen[state]) >> group & 1:
        return f"{who} believes this state impossible and so does not move from it."
    better = improvements(found, group, state)
    if not better:
        every = moves(found, group, state)
        return (
            f"{who} has a move, but none to a state it prefers."
            if every
            else f"{who} has no move from here."
        )
    if concept == "nash":
        return f"{who} can move to {_some(better, name)}, which it prefers."
    told = [(target, _answer(found, group, state, target, concept, name)) for target in better]
    open_ = [target for target, answer in told if answer is None]
    if open_:
        return (
            f"{who} can move to {_some(open_, name)}, which it prefers, and {_unanswered(concept)}."
        )
    first, answer = told[0]
    rest = f"; its {len(better)} such moves are all met like this" if len(better) > 1 else ""
    return f"{who} could move to {name(first)}, which it prefers, but {answer}{rest}."


def _answer(
    found: Stability, group: int, state: int, target: int, concept: str, name: Told
) -> str | None:
    if concept == "sim":
        for result in together(found, group, state, target):
            if not prefers(found, group, result, state):
                return (
                    f"others who improve at the same time make it {name(result)}, "
                    f"no better for {found.names[group]}"
                )
        return None
    for walk in walks(found, group, target, improving=concept in {"seq", "sseq"}):
        if prefers(found, group, walk.state, state):
            continue
        if concept in {"smr", "sseq"} and improves_after(found, group, state, walk):
            continue
        after = " and stays so whatever it does next" if concept in {"smr", "sseq"} else ""
        return f"{_steps(found, walk, name)}, which is no better for {found.names[group]}{after}"
    return None


def improves_after(found: Stability, group: int, state: int, walk: Walk) -> bool:
    """Whether a player who has been answered can still move to a state better than ``state``."""
    return any(prefers(found, group, t, state) for t in moves(found, group, walk.state))


def _steps(found: Stability, walk: Walk, name: Told) -> str:
    parts = [
        f"{found.names[who]} can answer by moving to {name(there)}" for who, there in walk.steps[:1]
    ]
    parts += [f"{found.names[who]} then to {name(there)}" for who, there in walk.steps[1:]]
    return " and ".join(parts)


def _unanswered(concept: str) -> str:
    if concept == "gmr":
        return "no answer leaves it no better off"
    if concept == "seq":
        return "no answer that is in the interest of those who give it leaves it no better off"
    if concept == "sim":
        return "nothing others would do at the same time leaves it no better off"
    return "from every answer it can move on to something better"


def _some(states: Iterable[int], name: Told) -> str:
    listed = [*states]
    shown = [name(state) for state in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        return f"{', '.join(shown)} and {len(listed) - _SHOWN:,} more"
    return _and(shown)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
