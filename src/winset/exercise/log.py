"""The action log: append-only lines of JSON that replay to the same state.

The first line says what is played and in which format; every other line is one action with its
number.  A log that was cut off in the middle of a line is taken up to its last whole entry, and
what was cut off is kept beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.errors import AskError, OutputError
from winset.exercise.actions import Action, action_from, apply
from winset.exercise.scenario import READY, Scenario, load_scenario
from winset.exercise.state import State, begin

FORMAT = 1


def head(scenario: Scenario, form: str) -> dict[str, Any]:
    """Return the first line of a log."""
    return {
        "winset_log": FORMAT,
        "scenario": scenario.id,
        "hash": scenario.hash,
        "form": form,
    }


def line(document: dict[str, Any]) -> str:
    """Write one line of a log: keys in order, no spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def replay(text: str, scenario: Scenario, *, name: str = "log") -> State:
    """Return the state a log leads to.

    Raises
    ------
    AskError
        A line is no action, is out of order or cannot be done; or the log was made with another
        scenario, format or form.
    """
    lines = text.splitlines()
    state = _start(lines, scenario, name)
    for _, after in _steps(lines[1:], state, name):
        state = after
    return state


def _start(lines: list[str], scenario: Scenario, name: str) -> State:
    """Return the state before the first action, once the first line fits the scenario."""
    if not lines:
        message = f"{name} is empty."
        raise AskError(message)
    first = _document(lines[0], name, 1)
    wanted = head(scenario, str(first.get("form", "")))
    for key, value in wanted.items():
        if first.get(key) != value:
            message = f"{name}:1: {key} is {first.get(key)!r}. Allowed: {value!r}."
            raise AskError(message)
    form = scenario.setting.form.get(str(first["form"]))
    if form is None:
        message = f"{name}:1: the scenario has no form {first['form']!r}."
        raise AskError(message)
    return begin(scenario, form)


def _steps(lines: list[str], state: State, name: str) -> Iterator[tuple[Action, State]]:
    """Yield each action of a log with the state it leads to."""
    for number, text_line in enumerate(lines, start=2):
        found = _document(text_line, name, number)
        if found.get("n") != state.entries + 1:
            message = (
                f"{name}:{number}: entry {found.get('n')!r} where {state.entries + 1} must be."
            )
            raise AskError(message)
        if found.get("clock") != round(state.clock, 3):
            message = (
                f"{name}:{number}: the clock says {found.get('clock')!r}, it is {state.clock:g}."
            )
            raise AskError(message)
        action = action_from(found)
        state = apply(state, action)
        yield action, state


def _document(text: str, name: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        message = f"{name}:{number}: not an entry of an action log."
        raise AskError(message)
    return found


class Session:
    """A live exercise: a state, and the file that every action is written to before it counts.

    Parameters
    ----------
    scenario, form
        What is played.
    file
        The log; None to keep none.  An existing one is replayed and gone on with.

    Raises
    ------
    AskError
        The log does not fit, or the scenario has no such form.
    OutputError
        The log cannot be written.
    """

    def __init__(self, scenario: Scenario, form: str, file: Path | None = None) -> None:
        if form not in scenario.setting.form:
            allowed = ", ".join(scenario.setting.form)
            message = f"The scenario has no form {form!r}. Allowed: {allowed}."
            raise AskError(message)
        self.file = file
        self.state = begin(scenario, scenario.setting.form[form])
        if file is None:
            return
        text = recovered(file) if file.exists() else ""
        if text:
            self.state = replay(text, scenario, name=file.name)
        else:
            self._append(line(head(scenario, form)))

    def do(self, action: Action) -> State:
        """Write an action and take the step; an action that cannot be done leaves no trace.

        Raises
        ------
        AskError
            See :func:`winset.exercise.actions.apply`.
        OutputError
            The log cannot be written; nothing has happened.
        """
        after = apply(self.state, action)
        entry = {"n": after.entries, "clock": round(self.state.clock, 3), **action.document()}
        self._append(line(entry))
        self.state = after
        return after

    def _append(self, text: str) -> None:
        if self.file is None:
            return
        try:
            with self.file.open("ab") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            message = f"{self.file} cannot be written: {error.strerror or error}."
            raise OutputError(message) from error


@dataclass(frozen=True, slots=True)
class Replayed:
    """A log that was played: its scenario, the last state and what led there.

    ``cut`` counts the bytes behind the last whole entry, which are no entry.
    """

    scenario: Scenario
    state: State
    done: tuple[tuple[float, Action], ...]
    """Each action with the clock at which it was done."""
    cut: int


def read_log(file: Path, scenario: Scenario | str | Path | None = None) -> Replayed:
    """Replay a log without touching it.

    Parameters
    ----------
    file
        The log of a live exercise.
    scenario
        What was played; a ready scenario is found by the name in the log.

    Raises
    ------
    AskError
        The file is no action log, or of a scenario that is not ready and was not named.
    CaseError
        The scenario is wrong.
    """
    try:
        data = file.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read as an action log."
        raise AskError(message) from error
    first = _document(lines[0] if lines else "", file.name, 1)
    named = str(first.get("scenario", ""))
    if scenario is None and named not in READY:
        message = (
            f"{file} was played with the scenario {named[:60]!r}, which is not one of those that are "
            f"ready ({', '.join(READY)}). Say --scenario FILE."
        )
        raise AskError(message)
    one = scenario if isinstance(scenario, Scenario) else load_scenario(scenario or named)
    state, done = _start(lines, one, file.name), []
    for action, after in _steps(lines[1:], state, file.name):
        done.append((state.clock, action))
        state = after
    return Replayed(one, state, tuple(done), len(data) - len(whole))


def recovered(file: Path) -> str:
    """Return the whole entries of a log; what was cut off goes to ``FILE.cut``.

    Raises
    ------
    AskError
        The log cannot be read.
    """
    try:
        data = file.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        rest = data[len(whole) :]
        text = whole.decode("utf-8")
        if rest:
            file.with_name(file.name + ".cut").write_bytes(rest)
            os.truncate(file, len(whole))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read as an action log."
        raise AskError(message) from error
    return text
