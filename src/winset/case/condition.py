"""The one language of conditions: prerequisites, conflicts, red lines, gates and party rules.

``D1.3`` · ``A or B`` · ``A and B`` · ``not A`` · ``2 of (A, B, C)`` · ``consents(KR-VIC)`` ·
``support(KR-PUB)`` · ``state(posture) >= convening`` · ``threat(PRC) >= r1_level`` ·
``attitude(QUAD) >= 0`` · ``parameter(x) >= 0.5`` · ``flag(jp_law)`` · ``venue(PIC)`` ·
``shock(X1)`` · ``H2.2 held 2`` · in party rules also a bare constituency.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, VisitError

from winset.case.model import (
    AtLeast,
    Compare,
    Condition,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    RungAtLeast,
    Supports,
    Venue,
)

LONGEST = 2_000
FORMS = (
    "D1.3, A or B, A and B, not A, 2 of (A, B), consents(WHO), support(WHO), state(LEVER) >= OPTION,"
    " threat(WHO) >= LEVEL, attitude(WHO) >= LEVEL, parameter(NAME) >= LEVEL, flag(NAME), venue(NAME),"
    " shock(NAME), D1.3 held 2"
)
_GRAMMAR = r"""
?start: either
?either: both ("or" both)*              -> either
?both: one ("and" one)*                 -> both
?one: "not" one                         -> refuse
    | NUMBER "of" "(" either ("," either)* ")"  -> some
    | "(" either ")"
    | RUNG "held" NUMBER                -> held
    | RUNG                              -> rung
    | STATE "(" _name ")" COMPARISON (_name | NUMBER)  -> compare
    | ASK "(" _name ")"                 -> ask
    | NAME                              -> who
_name: NAME
STATE.3: /(state|threat|attitude|parameter)(?=\s*\()/
ASK.3: /(consents|support|flag|venue|shock)(?=\s*\()/
RUNG.2: /[A-Za-z][A-Za-z0-9_-]*\.[0-9]+/
NAME: /[A-Za-z][A-Za-z0-9_-]*/
NUMBER: /-?[0-9]+(\.[0-9]+)?/
COMPARISON: ">=" | "<=" | "="
%ignore /[ \t]+/
"""


class ConditionError(ValueError):
    """A condition that cannot be read; the message says where in the text and what may stand."""


def parse_condition(text: str) -> Condition:
    """Read one condition.

    Raises
    ------
    ConditionError
        With the column and what is allowed there.
    """
    if len(text) > LONGEST:
        message = f"it has {len(text):,} characters, more than {LONGEST:,}"
        raise ConditionError(message)
    try:
        return _Make().transform(_parser().parse(text))
    except VisitError as error:
        raise ConditionError(str(error.orig_exc)) from error
    except UnexpectedInput as error:
        # at the end of the text the parser gives no column
        column = error.column if error.column > 0 else len(text) + 1
        what = (
            "an unknown sign" if isinstance(error, UnexpectedCharacters) else "an unexpected word"
        )
        rest = text[column - 1 : column + 19] or "the end"
        message = f"{what} at column {column}, before {rest!r}"
        raise ConditionError(message) from error


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all conditions inside it."""
    yield condition
    if isinstance(condition, Not):
        yield from walk(condition.item)
    elif isinstance(condition, AtLeast):
        for item in condition.items:
            yield from walk(item)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual")


class _Make(Transformer[Token, Condition]):
    """Turn the parse tree into conditions."""

    def either(self, items: list[Condition]) -> Condition:
        return items[0] if len(items) == 1 else AtLeast(1, tuple(items))

    def both(self, items: list[Condition]) -> Condition:
        return items[0] if len(items) == 1 else AtLeast(len(items), tuple(items))

    def refuse(self, items: list[Condition]) -> Condition:
        return Not(items[0])

    def some(self, items: list[Token | Condition]) -> Condition:
        count = _whole(cast("Token", items[0]))
        rest = cast("list[Condition]", items[1:])
        if not 1 <= count <= len(rest):
            message = f"{count} of {len(rest)} can never hold: the number must lie between 1 and {len(rest)}"
            raise ConditionError(message)
        return AtLeast(count, tuple(rest))

    def rung(self, items: list[Token]) -> Condition:
        return RungAtLeast(*_rung(items[0]))

    def held(self, items: list[Token]) -> Condition:
        return Held(*_rung(items[0]), quarters=_whole(items[1]))

    def compare(self, items: list[Token]) -> Condition:
        operator = cast("Literal['>=', '<=', '=']", str(items[2]))
        return Compare(str(items[0]), str(items[1]), operator, str(items[3]))

    def ask(self, items: list[Token]) -> Condition:
        makers = {
            "consents": Consents,
            "support": Supports,
            "flag": Flag,
            "venue": Venue,
            "shock": Happened,
        }
        return cast("Condition", makers[str(items[0])](str(items[1])))

    def who(self, items: list[Token]) -> Condition:
        return Consents(str(items[0]))


def _rung(token: Token) -> tuple[str, int]:
    measure, _, level = str(token).rpartition(".")
    return measure, int(level)


def _whole(token: Token) -> int:
    if not str(token).isdigit():
        message = f"{token} where a whole number must stand"
        raise ConditionError(message)
    return int(token)
