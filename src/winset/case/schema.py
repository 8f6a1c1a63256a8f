"""JSON Schema of the YAML files of a case, for editors that complete and check while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from winset.case.evaluation import STATE_BOUNDS
from winset.case.model import STAGES
from winset.case.spread import BASES, KINDS
from winset.case.structure import CORRELATED, SETTINGS
from winset.case.timing import EFFORTS, ROLES, STARTS
from winset.effects.catalogue import names
from winset.errors import AskError, nearest

Schema = dict[str, Any]

_ID = "^[A-Za-z][A-Za-z0-9_-]{0,63}$"
_TEXT: Schema = {"type": ["string", "number", "null"]}
_NUMBER: Schema = {"type": "number"}
_QUANTITY: Schema = {"type": ["number", "string"]}
_NAMES: Schema = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]
}
_WORDS: Schema = {"label": {"type": "string"}, "name": _TEXT, "phrase": _TEXT}
_BASIS: Schema = {"enum": list(BASES)}
_OFTEN = {"on": True, "off": False}


def json_schema(name: str = "case") -> Schema:
    """JSON Schema (draft 2020-12) of one kind of YAML file.

    Parameters
    ----------
    name
        ``case``, ``switches``, ``levers``, ``leaders``, ``shocks``, ``dispute``, ``time``,
        ``programme``, ``evaluation`` or ``checks``.

    Raises
    ------
    AskError
        There is no such file.
    """
    makers: dict[str, Callable[[], Schema]] = {
        "case": _case,
        "switches": _choices,
        "levers": _choices,
        "leaders": _choices,
        "shocks": _shocks,
        "dispute": _dispute,
        "time": _time,
        "programme": _programme,
        "evaluation": _evaluation,
        "checks": lambda: {"type": ["object", "null"]},
    }
    if name not in makers:
        message = f"There is no schema {name!r}. Schemas: {', '.join(makers)}."
        raise AskError(message, nearest=nearest(name, makers))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"winset {name}, format 1",
        **makers[name](),
    }


def _evaluation() -> Schema:
    states = dict.fromkeys(STATE_BOUNDS, _QUANTITY)
    move = {
        "rung": {"type": "string"},
        "to": {"enum": list(STAGES)},
        "by": _NAMES,
        "note": {"type": "string"},
    }
    trust = {"between": _NAMES, "change": _NUMBER, "says": {"type": "string"}}
    effect = {
        "measure": {"type": "string"},
        "criterion": {"type": "string"},
        "party": {"type": "string"},
        "value": _QUANTITY,
        "model": {"enum": list(names())},
        "note": {"type": "string"},
    }
    properties: Schema = {
        "format": {"const": 1},
        "id": {"type": "string", "pattern": _ID},
        "date": {"type": "string", "format": "date"},
        **{key: {"type": "string"} for key in ("title", "place", "source", "note")},
        "basis": {"enum": ["X", "A"]},
        "moves": _list(_object(move, needs=("rung", "to"))),
        "proficiency": {"type": ["object", "null"], "additionalProperties": _QUANTITY},
        "states": {"type": ["object", "null"], "properties": states, "additionalProperties": False},
        "trust": _list(_object(trust, needs=("between", "change", "says"))),
        "effects": _list(_object(effect, needs=("measure", "criterion", "value"))),
        "changes": _list({"type": "string"}),
    }
    return _object(properties, needs=("format", "id", "date", "title", "source"))


def _object(properties: Schema, *, needs: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(needs),
        "additionalProperties": False,
    }


def _by_id(entry: Schema) -> Schema:
    return {
        "type": ["object", "null"],
        "patternProperties": {_ID: entry},
        "additionalProperties": False,
    }


def _list(entry: Schema) -> Schema:
    return {"type": ["array", "null"], "items": entry}


def _case() -> Schema:
    words = _object(_WORDS)
    scope = _object({"ideal": _TEXT, "tolerance": _TEXT}, needs=("ideal", "tolerance"))
    party = _object({**_WORDS, "accepts": {"type": "string"}, "scope": scope})
    group = _object(
        {
            "id": _TEXT,
            "title": _TEXT,
            "role": {"enum": ["core", "carrier", "beyond"]},
            "measures": _NAMES,
        },
        needs=("id", "measures"),
    )
    return _object(
        {
            "format": {"const": 1},
            "id": {"type": "string"},
            "title": {"type": "string"},
            "question": _TEXT,
            "as_of": _TEXT,
            "scale": {"type": "number", "exclusiveMinimum": 0},
            "spread": _object(dict.fromkeys(KINDS, _spread())),
            "bounds": _object(dict.fromkeys(KINDS, _pair())),
            "correlations": _object(
                {name: {"type": "number", "minimum": 0, "maximum": 1} for name in CORRELATED}
            ),
            "parties": _by_id(party),
            "domains": _by_id(words),
            "groups": _list(group),
            "sets": _by_id(_NAMES),
            "settings": _object({name: _setting(options) for name, options in SETTINGS.items()}),
            "flags": _by_id({"type": "boolean"}),
            "mechanisms": _mechanisms(),
            "words": {"type": ["object", "null"]},
        },
        needs=("format", "id", "title", "parties", "domains"),
    )


def _setting(options: tuple[str, ...]) -> Schema:
    """Options of a setting; editors that read YAML 1.1 take ``on`` and ``off`` for truth values."""
    return {"enum": [*options, *(_OFTEN[one] for one in options if one in _OFTEN)]}


def _pair() -> Schema:
    return {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}


def _spread() -> Schema:
    half = {"type": "number", "minimum": 0}
    by_basis = _object(dict.fromkeys(BASES, half))
    return {"anyOf": [half, by_basis, _object({"times": _pair()}, needs=("times",))]}


def _mechanisms() -> Schema:
    share = {"type": "number", "minimum": 0, "maximum": 1}
    lift = {"anyOf": [share, _object({"share": share, "times": _TEXT}, needs=("share",))]}
    text = ("criterion", "ceiling", "remains")
    learning = ("measure", "criterion", "party", "toward", "rate")
    quarters: Schema = {"type": "integer", "minimum": 0}
    ceiling = {
        "id": _TEXT,
        **_WORDS,
        "over": _NAMES,
        "base": _TEXT,
        "lift": {"type": "object", "additionalProperties": lift},
        "threat": _TEXT,
        "payers": _NAMES,
        "refs": _NAMES,
    }
    quiet = {
        "measures": _NAMES,
        "lever": _TEXT,
        "discount": _TEXT,
        "leak": _TEXT,
        "horizon_quarters": quarters,
    }
    amplifier = {
        "who": _TEXT,
        "boosts": _NAMES,
        "softens": _NAMES,
        "criterion": _TEXT,
        "size": _TEXT,
    }
    guarantee = {
        "id": _TEXT,
        "label": _TEXT,
        "name": _TEXT,
        "phrase": _TEXT,
        "rung": _TEXT,
        "lever": _TEXT,
        "option": _TEXT,
        "covers": _NAMES,
        "share": _TEXT,
        "refs": _NAMES,
    }
    reversal = {"by": _TEXT, "raises": _TEXT, "cost": _TEXT, "refs": _NAMES}
    return _object(
        {
            "scope": _object(
                {
                    "applies_to": _NAMES,
                    "slip": _TEXT,
                    "horizon_quarters": quarters,
                    "relief": _TEXT,
                    "relieved": _list(share),
                    "levels": _list(_TEXT),
                },
                needs=("applies_to", "slip", "horizon_quarters"),
            ),
            "ceilings": _list(_object(ceiling, needs=("id", "over", "base"))),
            "easings": _list(_object(dict.fromkeys(text, _TEXT), needs=text)),
            "learnings": _list(_object(dict.fromkeys(learning, _TEXT), needs=learning)),
            "enablings": _list(
                _object(
                    {"measure": _TEXT, "flag": _TEXT, "cut": _TEXT},
                    needs=("measure", "flag", "cut"),
                )
            ),
            "quiet": _list(_object(quiet, needs=tuple(quiet))),
            "amplifiers": _list(_object(amplifier, needs=tuple(amplifier))),
            "guarantees": _list(_object(guarantee, needs=("id", "covers", "share"))),
            "reversals": _list(_object(reversal, needs=("by", "raises", "cost"))),
        }
    )


def _choices() -> Schema:
    option = _object(
        {
            "label": _TEXT,
            "says": _TEXT,
            "weight": {"type": "number", "minimum": 0},
            "authors": _NAMES,
            "basis": _BASIS,
            "refs": _NAMES,
            "note": _TEXT,
            "changes": _list({"type": "string"}),
        }
    )
    choice = _object(
        {
            "question": _TEXT,
            "refs": _NAMES,
            "default": _TEXT,
            "times": _TEXT,
            "options": {"type": "object", "patternProperties": {_ID: option}, "minProperties": 1},
        },
        needs=("options",),
    )
    return _by_id(choice)


def _shocks() -> Schema:
    known = {**_WORDS, "source": _TEXT, "says": _TEXT, "basis": _BASIS, "refs": _NAMES}
    return _by_id({"type": "object", "properties": known})


def _time() -> Schema:
    quarters: Schema = {"type": "integer", "minimum": 1}
    felt = _object(
        {"criteria": _NAMES, "parties": _NAMES, "less_exposed": _TEXT, "exposure": _TEXT},
        needs=("criteria", "parties"),
    )
    government = _object({"other": _TEXT, "shock": _TEXT}, needs=("other",))
    names = ("ally", "fresh", "pressed", "claimants", "occasion_gap", "challenger", "court")
    return _object(
        {
            **dict.fromkeys((*names, "inflaming"), _TEXT),
            "horizon": quarters,
            "pair": {"type": "object", "minProperties": 2, "maxProperties": 2},
            "pressing": _object({"lever": _TEXT, "option": _TEXT}, needs=("lever", "option")),
            "starts": _object(dict.fromkeys(STARTS, _TEXT), needs=STARTS),
            "efforts": _object(dict.fromkeys(EFFORTS, _TEXT), needs=EFFORTS),
            "roles": _object(dict.fromkeys(ROLES, _NAMES)),
            "threat": felt,
            "assurance": felt,
            "drilled": _NAMES,
            "rates": {"type": "object", "additionalProperties": _TEXT},
            "governments": _by_id(government),
            "drifting": _NAMES,
        },
        needs=("pair", "ally", "starts", "efforts"),
    )


def _dispute() -> Schema:
    said = {"basis": _BASIS, "refs": _NAMES, "source": _TEXT}
    place = _object({key: {"type": "number"} for key in ("low", "mode", "high")})
    side = _object(
        {"says": _TEXT, "held_by": _TEXT, "weight": {"type": "number"}, "refs": _NAMES},
        needs=("says",),
    )
    option = _object({"player": _TEXT, **_WORDS, "way": _TEXT, **said}, needs=("player",))
    want = _object(
        {"player": _TEXT, "holds": _NAMES, "place": place, "reading": _TEXT, "says": _TEXT, **said},
        needs=("player", "holds", "place", "says"),
    )
    return _object(
        {
            "title": _TEXT,
            "phrase": _TEXT,
            "players": _by_id(_object(_WORDS)),
            "options": _by_id(option),
            "infeasible": _NAMES,
            "merged": _NAMES,
            "status_quo": _NAMES,
            "outcomes": _by_id(_object({**_WORDS, "when": _NAMES}, needs=("when",))),
            "readings": _by_id(
                _object({"says": _TEXT, "sides": _by_id(side)}, needs=("says", "sides"))
            ),
            "statements": _by_id(want),
        },
        needs=("title", "phrase", "players", "options", "outcomes", "statements"),
    )


def _programme() -> Schema:
    step = _object(
        {
            "quarter": {"type": "integer"},
            "rung": _TEXT,
            "else": _TEXT,
            "when": _TEXT,
            "says": _TEXT,
            "basis": _BASIS,
            "refs": _NAMES,
        },
        needs=("quarter", "rung"),
    )
    return _object(
        {
            "id": {"type": "string"},
            **_WORDS,
            "source": _TEXT,
            "settings": {"type": "object", "additionalProperties": _TEXT},
            "says": _TEXT,
            "barred": _NAMES,
            "steps": _list(step),
        },
        needs=("id", "steps"),
    )
