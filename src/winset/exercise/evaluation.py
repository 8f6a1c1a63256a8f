"""From an exercise to an evaluation: a file ready for ``winset track add``."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.case.evaluation import day_of
from winset.effects.code import coded
from winset.effects.warning.card import CARD
from winset.effects.warning.standard import FORMS
from winset.errors import AskError, nearest, shown
from winset.exercise.played import PLAYED, Played, after_action, right
from winset.exercise.scenario import Scenario
from winset.tables import wilson

CRITERION = "WRN"
"""What the effect of shared warning speaks to in the bundled case."""
MANIFEST = "manifest.json"
_ID = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be said of an exercise, beyond what it says itself.

    Attributes
    ----------
    day
        When it was held, or computed, YYYY-MM-DD.
    form
        Form of sharing; empty for that of the play, or the best one of a run.
    measure, criterion
        What the effect and the practice are credited to; an empty measure for that of the form.
    output
        Output of the model that is coded; for a play, of which one course is known, always `held`.
    rungs
        Rungs that were executed by it; none where it was only computed.
    """

    day: str
    form: str = ""
    measure: str = ""
    criterion: str = CRITERION
    output: str = "shared"
    rungs: tuple[str, ...] = ()


def evaluate(
    source: str | Path, wanted: Wanted, *, scenario: Scenario | str | Path | None = None
) -> str:
    """Write the evaluation of a simulated or a played exercise as YAML.

    Parameters
    ----------
    source
        A run folder that ``winset exercise warning --out`` wrote, or the log of a live exercise.
    wanted
        Day, form, and what the result is credited to.
    scenario
        What was played, where it is not one of the ready scenarios.

    Raises
    ------
    AskError
        It is neither, it was changed since it was written, or what is wanted is not in it.
    """
    if day_of(wanted.day) is None:
        message = f"{shown(wanted.day)} is no day. Write it as YYYY-MM-DD."
        raise AskError(message)
    path = Path(source)
    if path.is_dir():
        return _of_run(_read_run(path), wanted)
    if path.is_file():
        return _of_play(after_action(path, scenario), wanted)
    message = f"There is no run folder and no log {shown(str(source))}."
    raise AskError(message)


# a run folder


@dataclass(frozen=True, slots=True)
class _Run:
    about: Mapping[str, Any]
    headline: str
    effects: tuple[Mapping[str, str], ...]


def _read_run(folder: Path) -> _Run:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        asked = {"exercise": manifest["tables"]}[manifest["question"]]
        listed = {one["name"]: one for one in asked}
        text = (folder / listed["effects"]["file"]).read_bytes()
        run, headline = dict(manifest["run"]), str(manifest["headline"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = (
            f"{folder} is no run folder of an exercise. Write one with "
            "`winset exercise warning SCENARIO --out FOLDER`."
        )
        raise AskError(message) from error
    if hashlib.sha256(text).hexdigest() != listed["effects"]["sha256"]:
        message = f"{folder / 'effects.csv'} is not as it was written. Run the exercise again."
        raise AskError(message)
    return _Run(run, headline, tuple(csv.DictReader(io.StringIO(text.decode("utf-8")))))


def _of_run(run: _Run, wanted: Wanted) -> str:
    forms = [*dict.fromkeys(row["form"] for row in run.effects)]
    form = wanted.form or ("direct" if "direct" in forms else forms[-1])
    _known("form", form, forms)
    rows = {row["output"].partition(".")[2]: row for row in run.effects if row["form"] == form}
    shares = [name for name, row in rows.items() if row["unit"] == "share"]
    _known("output", wanted.output, shares)
    row = rows[wanted.output]
    value = coded(*(float(row[end]) for end in ("low", "mode", "high")), better=row["better"])
    scenario, worlds, rng = (run.about[key] for key in ("case_id", "worlds", "rng"))
    note = (
        f"{wanted.output} of {form} against {CARD.rungs[0]}, times 3; scenario {scenario}, "
        f"{worlds} worlds, rng {rng}"
    )
    source = f"{run.about['command']} (winset {run.about['version']})"
    lines = [
        *_head(f"{scenario}-{form}", wanted, f"Shared warning, {form}, computed", run.headline),
        f"source: {_text(source)}",
        *_moves(wanted.rungs),
        *_effect(_measure(wanted, form), wanted.criterion, value, note),
    ]
    return "\n".join(lines) + "\n"


# a play


def _of_play(played: Played, wanted: Wanted) -> str:
    if wanted.form and wanted.form != played.form:
        message = f"The play had the form {played.form!r} in place, not {wanted.form!r}."
        raise AskError(message)
    done, asked = right(played)
    rows = [*played.table("compared").rows()]
    first = CARD.rungs[0]
    own = next(row for row in rows if row["who"] == PLAYED)
    base = next((row for row in rows if row["who"] != PLAYED and row["form"] == first), rows[-1])
    source = f"{played.run.command} (winset {played.run.version})"
    lines = [
        *_head(
            f"{played.scenario.id}-{played.form}-played",
            wanted,
            f"{played.scenario.title}, played",
            played.headline,
        ),
        f"source: {_text(source)}",
        *_moves(wanted.rungs),
    ]
    measure = _measure(wanted, played.form)
    if asked:
        low, high = (float(one) for one in wilson(done, asked))
        lines += [
            f"# Right decisions on alerts ({done} of {asked}) are read as proficiency: an assumption.",
            "basis: A",
            "proficiency:",
            f"  {measure}: {_range((low, done / asked, high))}",
        ]
    if own["launches"] and played.form != first:
        n = own["launches"]
        low, high = (float(one) for one in wilson(own["shared"], n))
        ends = (one - base["shared"] / n for one in (low, own["shared"] / n, high))
        note = (
            f"held by both in one play of {played.form} against rules under {first}, times 3; "
            f"{own['shared']} and {base['shared']} of {n} launches; the range is that of so few launches"
        )
        effect = _effect(measure, wanted.criterion, coded(*ends, better="more"), note)
        lines += [_NO_MEASURE, *(f"# {line}" for line in effect[1:])]
    return "\n".join(lines) + "\n"


# the file


def _head(name: str, wanted: Wanted, title: str, headline: str) -> Sequence[str]:
    plain = _ID.sub("-", name).lstrip("-_0123456789")[:50] or "exercise"
    own = f"{plain}-{wanted.day}"
    return (
        "# An evaluation: append it to the log of a case with `winset track add CASE FILE`.",
        "format: 1",
        f"id: {own}",
        f"date: {wanted.day}",
        f"title: {_text(title)}",
        f"note: {_text(headline)}",
    )


def _moves(rungs: Sequence[str]) -> Sequence[str]:
    if not rungs:
        return (
            "# No rung is executed by a computation. Where it was done for real, say which:",
            "# moves:",
            "#   - {rung: D1.3, to: executed}",
            "#   - {rung: D1.3, to: evaluated}",
        )
    stages = (f"  - {{rung: {_text(one)}, to: {to}}}" for one in rungs for to in _DONE)
    return ("moves:", *stages)


_NO_MEASURE = (
    "# One play is no measure of what a form is worth; a run over many worlds is. Remove the marks if"
    " you mean it."
)
_DONE = ("executed", "evaluated")


def _effect(
    measure: str, criterion: str, value: tuple[float, float, float], note: str
) -> Sequence[str]:
    return (
        "# Effects are coded for the top rung of a measure; three is a share from none to all.",
        "effects:",
        f"  - measure: {_text(measure)}",
        f"    criterion: {_text(criterion)}",
        f"    value: {_range(value)}",
        f"    model: {CARD.id}",
        f"    note: {_text(note)}",
    )


def _range(value: tuple[float, float, float]) -> str:
    low, mode, high = (f"{round(one, 2) + 0.0:.2f}" for one in value)  # no minus before nought
    return mode if low == high else f"{low}..{mode}..{high}"


def _measure(wanted: Wanted, form: str) -> str:
    """Name the measure that the result is credited to: the one asked for, or that of the form."""
    if wanted.measure:
        return wanted.measure
    rungs = {one.id: one.rung for one in FORMS if one.rung}
    if form not in rungs:
        message = f"The form {form!r} stands for no rung of a measure. Say --measure."
        raise AskError(message)
    return rungs[form].rpartition(".")[0]


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        message = f"The run has no {what} {shown(name)}. Allowed: {', '.join(names)}."
        raise AskError(message, nearest=nearest(name, names))


def _text(text: str) -> str:
    """Write a text so that YAML reads it back as it is."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
