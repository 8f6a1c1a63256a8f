"""Changes of a case as text: ``address operator value``."""

from __future__ import annotations

import re
from typing import Literal, cast

from winset.case.model import At, Change
from winset.errors import AskError, shown

_FORM = re.compile(
    r"\s*(?P<address>[A-Za-z0-9_@*./-]*[A-Za-z0-9_*])\s*(?P<operator>[+*-]?=)\s*(?P<value>[^=\s].*?)\s*"
)
LONGEST = 500
_NOWHERE = At("", 0)


def parse_change(text: str, *, at: At = _NOWHERE) -> Change:
    """Read a change such as ``weights/KR-*/AUT += 1`` or ``levers/posture = convening``.

    Raises
    ------
    AskError
        The text has no address, operator (``=``, ``+=``, ``-=``, ``*=``) or value.
    """
    match = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        message = (
            f"{shown(text)} is not a change."
            " Write ADDRESS = VALUE, or +=, -=, *= and a number: parameters/hist_cap = 0.2..0.6."
        )
        raise AskError(message)
    operator = cast("Literal['=', '+=', '-=', '*=']", match["operator"])
    return Change(match["address"], operator, match["value"], at)
