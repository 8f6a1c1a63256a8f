"""What changed from one case to another, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from winset.case.hashing import meaning
from winset.case.model import Case, Evaluation, Value
from winset.case.quantity import written

_TABLES = (
    "parties",
    "outsiders",
    "groups",
    "constituencies",
    "criteria",
    "measures",
    "rules",
    "parameters",
    "switches",
    "levers",
    "leaders",
    "shocks",
    "programmes",
    "sources",
    "evidence",
)
_TEXTS = ("title", "question", "as_of", "scale")
_TOLD_AS_TEXT = frozenset({"condition", "accepts", "when"})
_MAPS = ("settings", "flags", "correlations", "sets", "words", "domains")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in two cases."""

    kind: Literal["added", "removed", "changed"]
    address: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"{self.address} was {self.before or 'blank'} and is {self.after or 'blank'}."
        if self.kind == "added":
            return f"{self.address} is new" + (f": {self.after}." if self.after else ".")
        return f"{self.address} is gone" + (f" (was {self.before})." if self.before else ".")


@dataclass(frozen=True, slots=True)
class CaseDiff:
    """All differences of two cases: values first, then everything else."""

    before: str
    """Id of the one case; its folder where both have one id."""
    after: str
    differences: tuple[Difference, ...]

    @property
    def headline(self) -> str:
        """The difference in one sentence."""
        if not self.differences:
            return f"{self.before} and {self.after} say the same."
        counts = [
            f"{count} {kind}"
            for kind in ("changed", "added", "removed")
            if (count := sum(one.kind == kind for one in self.differences))
        ]
        return f"From {self.before} to {self.after}: {', '.join(counts)}."

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"  {one}" for one in self.differences)])


def diff(before: Case, after: Case) -> CaseDiff:
    """Compare two cases; equal hashes give no difference.

    Parameters
    ----------
    before, after
        The cases; what is only in ``after`` counts as added.

    Returns
    -------
    CaseDiff
        Values by address (ranges, basis, references, notes), then rows, options, settings and
        texts; moved rows and changed comments are no difference.
    """
    found = [
        *_values(before, after),
        *_rows(before, after),
        *_maps(before, after),
        *_rest(before, after),
        *_logs(before, after),
    ]
    names = (before.id, after.id)
    if before.id == after.id:
        names = (_called(before), _called(after))
    return CaseDiff(*names, tuple(found))


def _called(case: Case) -> str:
    """Name one of two cases of the same id: a copy by its folder."""
    folder = Path(case.folder).name
    return case.id if folder.replace("_", "-") == case.id else folder


def _values(before: Case, after: Case) -> Iterator[Difference]:
    for address in dict.fromkeys((*before.values, *after.values)):
        old, new = before.values.get(address), after.values.get(address)
        if old is None and new is not None:
            yield Difference("added", address, "", _written(new))
        elif new is None and old is not None:
            yield Difference("removed", address, _written(old), "")
        elif old is not None and new is not None and meaning(old) != meaning(new):
            full = _written(old) == _written(new)
            yield Difference("changed", address, _written(old, full=full), _written(new, full=full))


def _written(value: Value, *, full: bool = False) -> str:
    text = f"{written(value.low, value.mode, value.high, value.shape)} ({value.basis})"
    if full:
        text += "".join(f", {part}" for part in (" ".join(value.refs), value.note) if part)
    return text


def _rows(before: Case, after: Case) -> Iterator[Difference]:
    for table in _TABLES:
        old = {one.id: one for one in getattr(before, table)}
        new = {one.id: one for one in getattr(after, table)}
        for key in dict.fromkeys((*old, *new)):
            address = f"{table}/{key}"
            if key not in old:
                yield Difference("added", address, "", "")
            elif key not in new:
                yield Difference("removed", address, "", "")
            else:
                yield from _fields(address, meaning(old[key]), meaning(new[key]))


def _fields(address: str, old: object, new: object) -> Iterator[Difference]:
    """Differences of two rows, column by column; uncertain numbers are told elsewhere."""
    if isinstance(old, dict) and isinstance(new, dict) and not _is_change(old):
        if old.get("is") == "Value":
            return
        for key in dict.fromkeys((*old, *new)):
            if key in _TOLD_AS_TEXT:
                continue
            yield from _fields(f"{address}/{key}", old.get(key, ""), new.get(key, ""))
    elif isinstance(old, list) and isinstance(new, list) and _is_rows(old) and _is_rows(new):
        olds = {_key(one, place): one for place, one in enumerate(old)}
        news = {_key(one, place): one for place, one in enumerate(new)}
        for key in dict.fromkeys((*olds, *news)):
            if key not in olds:
                yield Difference("added", f"{address}/{key}", "", "")
            elif key not in news:
                yield Difference("removed", f"{address}/{key}", "", "")
            else:
                yield from _fields(f"{address}/{key}", olds[key], news[key])
    elif old != new:
        yield Difference("changed", address, _text(old), _text(new))


def _is_change(thing: object) -> bool:
    return isinstance(thing, dict) and thing.get("is") == "Change"


def _is_rows(items: list[object]) -> bool:
    return bool(items) and all(isinstance(one, dict) for one in items)


def _key(item: object, place: int) -> str:
    return str(item.get("id", place + 1)) if isinstance(item, dict) else str(place + 1)


def _text(thing: object) -> str:
    if isinstance(thing, list):
        return " ".join(_text(one) for one in thing)
    if isinstance(thing, dict) and _is_change(thing):
        return f"{thing['address']} {thing['operator']} {thing['value']}"
    if isinstance(thing, dict):
        return " ".join(_text(one) for key, one in thing.items() if key != "is")
    return str(thing)


def _maps(before: Case, after: Case) -> Iterator[Difference]:
    for name in _MAPS:
        old, new = meaning(getattr(before, name)), meaning(getattr(after, name))
        yield from _fields(name, old, new)


def _rest(before: Case, after: Case) -> Iterator[Difference]:
    for name in _TEXTS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Difference("changed", name, str(old), str(new))
    for name in ("mechanisms", "checks"):
        yield from _fields(name, meaning(getattr(before, name)), meaning(getattr(after, name)))
    for name in ("claims", "disagreements"):
        olds = {row["id"]: row for row in getattr(before, name)}
        news = {row["id"]: row for row in getattr(after, name)}
        yield from _fields(name, meaning(olds), meaning(news))
    old_uses = _uses(before)
    new_uses = _uses(after)
    for address in (one for one in old_uses if one in new_uses):
        if old_uses[address] != new_uses[address]:
            yield Difference("changed", f"{address} use", old_uses[address], new_uses[address])


def _logs(before: Case, after: Case) -> Iterator[Difference]:
    """Entries of the logs; what they changed is told value by value."""
    olds, news = _entries(before), _entries(after)
    for key in dict.fromkeys((*olds, *news)):
        address = f"log/{key}"
        if key not in olds:
            yield Difference("added", address, "", _told(news[key]))
        elif key not in news:
            yield Difference("removed", address, _told(olds[key]), "")
        elif meaning(olds[key]) != meaning(news[key]):
            yield Difference("changed", address, _told(olds[key]), _told(news[key]))


def _entries(case: Case) -> dict[str, Evaluation]:
    entries = () if case.log is None else case.log.entries
    return {entry.evaluation.id: entry.evaluation for entry in entries}


def _told(about: Evaluation) -> str:
    return f"{about.date}, {about.title}"


def _uses(case: Case) -> dict[str, str]:
    uses = {one.value.address: str(one.use) for one in case.stances}
    return uses | {one.value.address: " ".join(one.who) or "default" for one in case.linkages}
