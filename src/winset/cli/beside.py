"""Questions that the brief puts beside the first one, on a processor of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

from winset.cli.unfinished import Unfinished

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import SynchronizedArray

    from winset.ask.answer import Answer
    from winset.case.model import Change

_FIRM_PARTS = ("variants", "nulls", "basis")
_FIRM_WORLDS = 64
"""What the brief asks of ``sense``; the whole of it takes many minutes on a large case."""
_LOOK = 0.2
"""Seconds between two looks at how far the other process is."""


@dataclass(frozen=True)
class Task:
    """A question with all that decides its answer."""

    question: str
    case: str
    rng: int
    changes: tuple[Change, ...]
    options: Mapping[str, object] = field(default_factory=dict)

    def about(self) -> dict[str, object]:
        """Name all that decides the answer."""
        return {
            "question": self.question,
            "case": self.case,
            "rng": self.rng,
            "changes": [str(change) for change in self.changes],
            "options": {name: str(value) for name, value in self.options.items()},
        }


def put(task: Task, report: Callable[[int, int], None] | None = None) -> Answer:
    """Put a question to the case, as its own command does by default."""
    import winset

    ask: Callable[..., Answer] = getattr(winset, task.question)
    loaded = winset.load(task.case)
    options = dict(task.options)
    if task.question == "sense":
        options |= {"n": _FIRM_WORLDS, "only": _FIRM_PARTS, "progress": report}
    elif task.question == "track":
        options["answers"] = loaded.log is not None
    elif task.question == "path":
        from winset.cli.paths import told_programme

        options |= {"programme": told_programme(loaded), "what_if": True}
    if task.question != "dispute":
        options["changes"] = task.changes
    return ask(loaded, rng=task.rng, **options)


_DONE: list[SynchronizedArray[int]] = []
"""Steps done and steps there are of the question now asked; shared with the first process."""


def _share(done: SynchronizedArray[int]) -> None:
    _DONE[:] = [done]


def _report(done: int, total: int) -> None:
    _DONE[0][0], _DONE[0][1] = done, total


def _put(task: Task, kept: Unfinished) -> Answer:
    return kept.answer(task.about(), lambda: put(task, _report))


@contextmanager
def beside(tasks: Sequence[Task], kept: Unfinished) -> Iterator[Callable[[], list[Answer]]]:
    """Ask in a second process while the block runs; what is lent waits for the answers.

    With one processor, or nothing to ask, all is asked in this process when it is waited for.
    Answers are the same either way.  The engine is compiled before, so that it is not compiled in
    both.
    """
    from winset.engine import warm

    if not tasks or (os.cpu_count() or 1) < 2:
        yield lambda: [_here(task, kept) for task in tasks]
        return
    warm()
    context = get_context("spawn")
    done = context.Array("q", 2)
    pool = ProcessPoolExecutor(1, mp_context=context, initializer=_share, initargs=(done,))
    try:
        waiting = [pool.submit(_put, task, kept) for task in tasks]
        yield lambda: [_wait(one, task, done) for one, task in zip(waiting, tasks, strict=True)]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _here(task: Task, kept: Unfinished) -> Answer:
    from winset.cli.progress import progress

    with progress(task.question) as report:
        return kept.answer(task.about(), lambda: put(task, report))


def _wait(one: Future[Answer], task: Task, done: SynchronizedArray[int]) -> Answer:
    from winset.cli.progress import progress

    with progress(task.question) as report:
        while True:
            try:
                return one.result(timeout=_LOOK)
            except NotYet:
                if report is not None and done[1]:
                    report(done[0], done[1])
