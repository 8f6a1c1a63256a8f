"""Read and write disputes as ``.gmcr`` files: JSON, with the key names of old and new versions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from winset.case.findings import Findings
from winset.case.model import At
from winset.conflict.model import (
    Conflict,
    Option,
    Pattern,
    Player,
    Statement,
    Way,
    refuse_too_large,
)
from winset.errors import AskError

_WAYS: dict[str, Way] = {"both": "both", "fwd": "forward", "back": "back"}
_WORDS = {way: word for word, way in _WAYS.items()}
_LARGEST = 5_000_000


def read_gmcr(path: str | Path) -> Conflict:
    """Read a dispute from a ``.gmcr`` file.

    A ranking is used where the file says that rankings were set by hand, and where there are no
    statements; payoffs are used where there is neither.  Coalitions of the file are not applied:
    say them to :func:`winset.conflict.analyse`.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    CaseError
        Everything that is wrong with the file at once: no JSON, options that do not exist,
        options held twice, contradictory rankings.
    LimitError
        More options than fit into memory.
    """
    file = Path(path)
    findings = Findings()
    text = _text(file, findings)
    reader = _Reader(file.name, findings)
    raw = reader.document(text)
    findings.stop()
    conflict = reader.conflict(raw, file.stem)
    findings.stop()
    assert conflict is not None  # noqa: S101 - stop() raised where it is None
    return conflict


def write_gmcr(conflict: Conflict) -> str:
    """Write a dispute as the text of a ``.gmcr`` file.

    Raises
    ------
    AskError
        Merged states, which the format cannot say.
    """
    if conflict.merged:
        raise AskError("A .gmcr file cannot say that states are merged: drop `merged` first.")
    by_hand = any(player.ranking is not None for player in conflict.players)
    return json.dumps(
        {
            "program": "winset",
            "version": "1",
            "options": [
                {"name": option.name, "permittedDirection": _WORDS[option.way]}
                for option in conflict.options
            ],
            "decisionMakers": [
                {
                    "name": player.name,
                    "options": [*player.options],
                    "preferences": [_statement(one) for one in player.statements],
                    "preferenceRanking": _ranking(conflict, place) if by_hand else [],
                    "misperceptions": [_pattern(one) for one in player.disbelieves],
                }
                for place, player in enumerate(conflict.players)
            ],
            "infeasibles": [_pattern(one) for one in conflict.infeasible],
            "useManualPreferenceRanking": by_hand,
        },
        ensure_ascii=False,
        indent=1,
    )


def _pattern(pattern: Pattern) -> list[list[Any]]:
    return [[option, "Y" if answer else "N"] for option, answer in pattern]


def _statement(statement: Statement) -> Any:
    if len(statement) == 1:
        return _pattern(statement[0])
    return {"compound": True, "members": [_pattern(one) for one in statement]}


def _ranking(conflict: Conflict, place: int) -> list[Any]:
    row = conflict.rank[place]
    groups = [[int(s) + 1 for s in (row == r).nonzero()[0]] for r in range(int(row.max()), -1, -1)]
    return [group[0] if len(group) == 1 else group for group in groups]


def _text(file: Path, findings: Findings) -> str:
    at = At(file.name, 1)
    try:
        if file.stat().st_size > _LARGEST:
            findings.add("E003", at, f"the file is larger than {_LARGEST:,} bytes")
            return ""
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        findings.add("E002", at, "not UTF-8 text", do="Save the file as UTF-8")
    except OSError as error:
        findings.add("E001", at, f"the file cannot be read ({error.strerror})")
    return ""


class _Reader:
    """Turn the JSON of a file into a dispute; every problem is named by its place in the file."""

    def __init__(self, name: str, findings: Findings) -> None:
        self._at = At(name, 1)
        self._findings = findings
        self._options = 0

    def document(self, text: str) -> dict[str, Any]:
        if self._findings.failed:
            return {}
        try:
            raw = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            self._findings.add(
                "E024", At(self._at.file, line), f"not JSON ({getattr(error, 'msg', 'too deep')})"
            )
            return {}
        if not isinstance(raw, dict):
            self._wrong("the file", raw, "a JSON object")
            return {}
        for key in ("options", "decisionMakers"):
            if not isinstance(raw.get(key), list) or not raw[key]:
                self._findings.add("E023", self._at, f"no {key!r}", do=f"Add a list {key!r}")
        return raw

    def conflict(self, raw: dict[str, Any], title: str) -> Conflict | None:
        options = tuple(self._option(one, f"options[{k}]") for k, one in enumerate(raw["options"]))
        self._options = len(options)
        makers = [(f"decisionMakers[{k}]", one) for k, one in enumerate(raw["decisionMakers"])]
        for where, one in makers:
            if not isinstance(one, dict):
                self._wrong(where, one, "an object")
        if self._failed():
            return None
        refuse_too_large(len(options), len(makers))
        players = tuple(self._player(one, where) for where, one in makers)
        infeasible = self._patterns(raw.get("infeasibles", []), "infeasibles")
        self._held(players, options)
        if self._failed():
            return None
        try:
            bare = Conflict(title, options, players, infeasible)
            by_hand = bool(
                raw.get("useManualPreferenceRanking") or raw.get("useManualPreferenceVectors")
            )
            ranked = tuple(
                replace(
                    player, ranking=self._ranking(one, where, by_hand=by_hand, states=bare.count)
                )
                for player, (where, one) in zip(players, makers, strict=True)
            )
            done = replace(bare, players=ranked)
        except AskError as error:
            self._findings.add("E042", self._at, str(error).removesuffix("."))
            return None
        return done

    def _failed(self) -> bool:
        return self._findings.failed

    def _option(self, one: Any, where: str) -> Option:
        if not isinstance(one, dict):
            self._wrong(where, one, "an object")
            return Option(where)
        way = one.get("permittedDirection", "both")
        if not isinstance(way, str) or way not in _WAYS:
            self._findings.unknown("E043", self._at, f"direction of {where}", str(way), _WAYS)
            way = "both"
        return Option(str(one.get("name", where)), _WAYS[way])

    def _player(self, one: dict[str, Any], where: str) -> Player:
        held = one.get("options", [])
        if not isinstance(held, list) or not all(type(option) is int for option in held):
            self._wrong(f"{where}.options", held, "a list of indices of options")
            held = []
        for option in held:
            self._index(option, f"{where}.options")
        statements = one.get("preferences", [])
        if not isinstance(statements, list):
            self._wrong(f"{where}.preferences", statements, "a list of statements")
            statements = []
        return Player(
            name=str(one.get("name", where)),
            options=tuple(held),
            statements=tuple(
                self._statement(each, f"{where}.preferences[{k}]")
                for k, each in enumerate(statements)
            ),
            disbelieves=self._patterns(one.get("misperceptions", []), f"{where}.misperceptions"),
        )

    def _statement(self, one: Any, where: str) -> Statement:
        if isinstance(one, dict):
            return self._patterns(one.get("members", []), f"{where}.members")
        return (self._pattern(one, where),)

    def _patterns(self, raw: Any, where: str) -> tuple[Pattern, ...]:
        if not isinstance(raw, list):
            self._wrong(where, raw, "a list of patterns")
            return ()
        return tuple(self._pattern(one, f"{where}[{k}]") for k, one in enumerate(raw))

    def _pattern(self, raw: Any, where: str) -> Pattern:
        pairs = raw if isinstance(raw, list) else [raw]
        found = []
        for pair in pairs:
            fits = isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int
            if not fits or pair[1] not in ("Y", "N"):
                self._wrong(where, pair, 'pairs such as [0, "Y"]')
            elif self._index(pair[0], where):
                found.append((pair[0], pair[1] == "Y"))
        return tuple(found)

    def _ranking(
        self, one: dict[str, Any], where: str, *, by_hand: bool, states: int
    ) -> tuple[tuple[int, ...], ...] | None:
        key = next((k for k in ("preferenceRanking", "preferenceVector") if one.get(k)), "")
        if one.get("preferences") and not by_hand:
            return None
        if key:
            groups = [each if isinstance(each, list) else [each] for each in one[key]]
            if not all(type(state) is int for group in groups for state in group):
                self._wrong(f"{where}.{key}", one[key], "states or lists of states")
                return None
            return tuple(tuple(state - 1 for state in group) for group in groups)
        payoffs = one.get("payoffs")
        if not payoffs or one.get("preferences"):
            return None
        if not isinstance(payoffs, list) or len(payoffs) != states:
            self._wrong(f"{where}.payoffs", payoffs, f"one number for each of {states} states")
            return None
        return tuple(
            tuple(s for s in range(states) if payoffs[s] == worth)
            for worth in sorted(set(payoffs), reverse=True)
        )

    def _index(self, option: int, where: str) -> bool:
        if 0 <= option < self._options:
            return True
        self._findings.add(
            "E031",
            self._at,
            f"{where} names option {option}",
            allowed=f"0 to {self._options - 1}",
            do="Correct the index, or add the option",
        )
        return False

    def _held(self, players: tuple[Player, ...], options: tuple[Option, ...]) -> None:
        held = [option for player in players for option in player.options]
        for place, option in enumerate(options):
            if held.count(place) != 1 and not self._findings.failed:
                what = "held by nobody" if place not in held else "held more than once"
                self._findings.add(
                    "E045", self._at, f"option {place} ({option.name}) is {what}",
                    do="Give each option to one decision maker",
                )  # fmt: skip

    def _wrong(self, where: str, found: Any, allowed: str) -> None:
        self._findings.add(
            "E024", self._at, f"{where} is {json.dumps(found)[:60]}", allowed=allowed
        )
