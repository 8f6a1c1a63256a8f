"""Progress on stderr with the time left; silent where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Report = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


@contextmanager
def progress(words: str, *, engine: bool = True) -> Iterator[Report | None]:
    """Show one line of progress while the block runs; nothing at all when stderr is piped.

    ``engine`` says whether compiled kernels are needed, and may have to be waited for.
    """
    if not sys.stderr.isatty():
        yield None
        return
    if engine:
        _say_if_compiling()
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report


def _say_if_compiling() -> None:
    """Explain the wait before the first answer after an installation or an upgrade."""
    from winset.engine import answers
    from winset.engine.jit import cache_folder

    if not any(cache_folder(Path(answers.__file__)).rglob("*.nbi")):
        sys.stderr.write("compiling the engine once; this takes a minute, and never again\n")
