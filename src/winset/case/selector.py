"""Selectors: which rungs or measures a row is about, in as few words as possible.

``all``, ``DOMAIN``, ``@set``, ``MEASURE``, ``D*``, ``MEASURE.LEVEL`` (exactly), ``MEASURE.LEVEL+``
(and above), ``DOMAIN.4``, ``DOMAIN.4+``, ``@set.4+``.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from winset.case.draft import Draft
from winset.case.model import At
from winset.errors import nearest

_TOKEN = re.compile(r"(?P<name>@?[A-Za-z*][A-Za-z0-9_*-]*)(?:\.(?P<level>\d{1,3})(?P<up>\+)?)?")


def select_measures(text: str, at: At, draft: Draft) -> tuple[str, ...]:
    """Measures a selector names, in the order of the case; what names nothing is reported."""
    chosen: set[str] = set()
    for word in text.split():
        chosen.update(_measures(word, at, draft))
    return tuple(measure for measure in draft.tops if measure in chosen)


def select_rungs(text: str, at: At, draft: Draft) -> frozenset[str]:
    """Rungs a selector names; what names nothing is reported."""
    chosen: set[str] = set()
    for word in text.split():
        match = _TOKEN.fullmatch(word)
        measures = _measures(match["name"], at, draft) if match else ()
        if match is None:
            _nothing(word, at, draft)
            continue
        found = {
            f"{measure}.{level}"
            for measure in measures
            for level in range(1, draft.tops[measure] + 1)
            if _fits(level, match["level"], up=bool(match["up"]))
        }
        if measures and not found:
            tops = ", ".join(f"{one}.{draft.tops[one]}" for one in measures[:6])
            draft.findings.add(
                "E053", at, f"{word} names no rung", allowed=f"up to {tops}", do="Correct the level"
            )
        chosen |= found
    return frozenset(chosen)


def _fits(level: int, wanted: str | None, *, up: bool) -> bool:
    if wanted is None:
        return True
    return level >= int(wanted) if up else level == int(wanted)


def _measures(word: str, at: At, draft: Draft) -> tuple[str, ...]:
    if word == "all":
        return tuple(draft.tops)
    if word in draft.tops:
        return (word,)
    if word in draft.members:
        return draft.members[word]
    if word.startswith("@") and word[1:] in draft.sets:
        return draft.sets[word[1:]]
    matched = tuple(one for one in draft.tops if "*" in word and fnmatchcase(one, word))
    if not matched:
        _nothing(word, at, draft)
    return matched


def _nothing(word: str, at: At, draft: Draft) -> None:
    if draft.unreadable & {"measure", "rung", "domain"}:
        return
    pool = [*draft.tops, *draft.members, *(f"@{name}" for name in draft.sets)]
    draft.findings.add(
        "E053",
        at,
        f"{word[:60]!r} names no rung",
        allowed="all, DOMAIN, @set, MEASURE, MEASURE.LEVEL, MEASURE.LEVEL+, DOMAIN.4+",
        near="".join(nearest(word, pool)),
        do="Correct the selector",
    )
