"""Addresses: the one name of every value, choice, setting, flag, rule and paragraph of a case."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from winset.case.model import Case, Change
from winset.case.quantity import number, parse_quantity
from winset.case.structure import SETTINGS
from winset.errors import AskError, nearest, shown

_SHOWN = 5


def every_address(case: Case) -> tuple[str, ...]:
    """All addresses of a case: what can be changed first, then dispute, rules and paragraphs."""
    return (*changeable(case), *dispute_addresses(case), *(f"rules/{one.id}" for one in case.rules),
            *(f"evidence/{one.id}" for one in case.evidence))  # fmt: skip


def dispute_addresses(case: Case) -> tuple[str, ...]:
    """Addresses of a dispute: the place of each want, the side of each contested matter."""
    if case.dispute is None:
        return ()
    return (
        *(f"dispute/{one.id}/place" for one in case.dispute.statements),
        *(f"dispute/{one.id}/side" for one in case.dispute.readings),
    )


def resolve_dispute(case: Case, pattern: str) -> tuple[str, ...]:
    """Addresses of the dispute that a pattern means.

    Raises
    ------
    AskError
        Nothing matches, or an ending fits several things.
    """
    return _resolve(pattern, dispute_addresses(case), case)


def changeable(case: Case) -> tuple[str, ...]:
    """Addresses a change may name: values, switches, levers, leader types, settings, flags."""
    return (
        *case.values,
        *case.choices,
        *(f"settings/{name}" for name in case.settings),
        *(f"flags/{name}" for name in case.flags),
    )


def resolve(case: Case, pattern: str) -> tuple[str, ...]:
    """Addresses a pattern means, in the order of the case.

    Parameters
    ----------
    case
        A case.
    pattern
        An address, in which ``*`` and ``@set`` may stand for parts of a key, or the ending of
        one (``hist_cap``), if nothing else ends so.

    Raises
    ------
    AskError
        Nothing matches, or an ending fits several things.
    """
    return _resolve(pattern, every_address(case), case)


def resolve_change(case: Case, change: Change) -> tuple[str, ...]:
    """Addresses a change applies to, after checking that its value fits each of them.

    Raises
    ------
    AskError
        Unknown address, unknown option, or arithmetic on what is no number.
    """
    addresses = _resolve(change.address, changeable(case), case)
    for address in addresses:
        _check_value(case, change, address)
    return addresses


def _resolve(pattern: str, pool: tuple[str, ...], case: Case) -> tuple[str, ...]:
    known = _index(pool)
    if pattern in known:
        return (pattern,)
    parts = tuple(pattern.strip("/").split("/"))
    _check_sets(parts, case)
    full = tuple(one for one in pool if _matches(parts, known[one], case))
    if full:
        return full
    ending = tuple(one for one in pool if _matches(parts, known[one][-len(parts) :], case))
    tables = {known[one][0] for one in ending}
    wild = any("*" in part or part.startswith("@") for part in parts)
    if len(ending) == 1 or (ending and wild and len(tables) == 1):
        return ending
    if ending:
        some = ", ".join(ending[:_SHOWN]) + (" ..." if len(ending) > _SHOWN else "")
        message = f"{shown(pattern)} may mean {len(ending)} things: {some}. Write the full address."
        raise AskError(message)
    message = f"Nothing in case {case.id} has the address {shown(pattern)}."
    if pool:
        message += f" One is {pool[0]}; an ending that fits no other will do."
    raise AskError(message, nearest=_near(pattern, parts, pool, known))


@lru_cache(maxsize=16)
def _index(pool: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {address: tuple(address.split("/")) for address in pool}


def _near(
    pattern: str,
    parts: tuple[str, ...],
    pool: tuple[str, ...],
    known: Mapping[str, tuple[str, ...]],
) -> tuple[str, ...]:
    same = [one for one in pool if known[one][0] == parts[0]]
    close = nearest(pattern, same or pool, count=3)
    if close or len(parts) > 1:
        return close
    by_end: dict[str, str] = {}
    for one in pool:
        by_end.setdefault(known[one][-1], one)
    return tuple(by_end[end] for end in nearest(pattern, by_end, count=3))


def _check_sets(parts: tuple[str, ...], case: Case) -> None:
    for part in parts:
        if part.startswith("@") and part[1:] not in case.sets:
            message = f"Case {case.id} has no set {shown(part)}. Sets: {', '.join(case.sets)}."
            raise AskError(message, nearest=[f"@{one}" for one in nearest(part[1:], case.sets)])


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...], case: Case) -> bool:
    if len(pattern) != len(parts):
        return False
    return all(_fits(want, part, case) for want, part in zip(pattern, parts, strict=True))


def _fits(want: str, part: str, case: Case) -> bool:
    if want.startswith("@"):
        members = case.sets[want[1:]]
        return part in members or part.rpartition(".")[0] in members
    return want == part or ("*" in want and fnmatchcase(part, want))


def _check_value(case: Case, change: Change, address: str) -> None:
    table, _, key = address.partition("/")
    if address in case.values:
        if change.operator == "=":
            parse_quantity(change.value)
        elif number(change.value) is None:
            message = f"{change}: {change.operator} needs a number, not {shown(change.value)}."
            raise AskError(message)
        return
    if change.operator != "=":
        message = f"{change}: only = fits {address}, which is no number."
        raise AskError(message)
    if address in case.choices:
        options = [option.id for option in case.choices[address].options]
    else:
        options = list(SETTINGS.get(key, ())) if table == "settings" else ["true", "false"]
    if change.value not in options:
        message = f"{address} has no option {shown(change.value)}. Options: {', '.join(options)}."
        raise AskError(message, nearest=nearest(change.value, options))
