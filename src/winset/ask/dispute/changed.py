"""A dispute with some places or sides said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from winset.case.address import resolve_dispute
from winset.case.change import parse_change
from winset.case.model import Case, Change, Dispute, DisputeReading, DisputeStatement, Value
from winset.case.quantity import number, parse_quantity
from winset.errors import AskError, nearest, shown


def changed(case: Case, dispute: Dispute, changes: Iterable[Change | str]) -> Dispute:
    """Apply changes to the places of wants and to the sides of contested matters.

    ``dispute/WANT/place = 1..2`` says where a want stands, ``+=``, ``-=`` and ``*=`` move or stretch
    its range; ``dispute/MATTER/side = SIDE`` takes one side in every world.

    Raises
    ------
    AskError
        An address that is neither, a value that is no quantity, or a side that does not exist.
    """
    statements = {f"dispute/{one.id}/place": one for one in dispute.statements}
    readings = {f"dispute/{one.id}/side": one for one in dispute.readings}
    for item in changes:
        change = parse_change(item) if isinstance(item, str) else item
        for address in resolve_dispute(case, change.address):
            if address in statements:
                statements[address] = _placed(statements[address], change)
            else:
                readings[address] = _sided(readings[address], change)
    return replace(
        dispute, statements=tuple(statements.values()), readings=tuple(readings.values())
    )


def _placed(one: DisputeStatement, change: Change) -> DisputeStatement:
    if change.operator == "=":
        low, mode, high, shape = parse_quantity(change.value)
        place = replace(one.place, low=low, mode=mode, high=high, shape=shape)
    else:
        by = number(change.value)
        if by is None:
            raise AskError(
                f"{change}: {change.operator} needs a number, not {shown(change.value)}."
            )
        place = _moved(one.place, change.operator, by)
    return replace(one, place=place)


def _moved(place: Value, operator: str, by: float) -> Value:
    ends = [place.low, place.mode, place.high]
    if operator == "*=":
        ends = sorted(end * by for end in ends)
    else:
        ends = [end + (by if operator == "+=" else -by) for end in ends]
    return replace(place, low=ends[0], mode=ends[1], high=ends[2])


def _sided(one: DisputeReading, change: Change) -> DisputeReading:
    names = [side.id for side in one.sides]
    if change.operator != "=" or change.value not in names:
        raise AskError(
            f"{change}: say {one.id} = SIDE; sides: {', '.join(names)}.",
            nearest=nearest(change.value, names),
        )
    sides = tuple(replace(side, weight=float(side.id == change.value)) for side in one.sides)
    return replace(one, sides=sides)
