"""``--set``, ``--lever`` and ``--leader`` as changes of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.case.model import Change


def changes(
    sets: Iterable[str] | None, levers: Iterable[str] | None, leaders: Iterable[str] | None
) -> tuple[Change, ...]:
    """Read the changes of a command line; levers first, so that ``--set`` wins over them.

    Raises
    ------
    AskError
        Something that is not ``NAME=OPTION`` or ``ADDRESS=VALUE``.
    """
    from winset.case import parse_change
    from winset.errors import AskError

    read = []
    for table, option, given in (
        ("levers", "--lever", levers or ()),
        ("leaders", "--leader", leaders or ()),
    ):
        for text in given:
            name, equals, value = text.partition("=")
            if not (equals and name.strip() and value.strip()):
                message = (
                    f"{option} {text!r}: an option is chosen with {option} NAME=OPTION, "
                    "without spaces."
                )
                raise AskError(message)
            read.append(parse_change(f"{table}/{name.strip()} = {value.strip()}"))
    read.extend(parse_change(text) for text in sets or ())
    return tuple(read)
