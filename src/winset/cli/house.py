"""Commands about winset itself: warm, version."""

from __future__ import annotations

import sys

import typer


def warm() -> None:
    """Compile the engine now, once, instead of before the first answer.

    What was compiled is kept in your cache folder and thrown away by itself when winset, Python
    or the processor changes.
    """
    from time import monotonic

    from winset.engine import warm as compile_all

    began = monotonic()
    if sys.stderr.isatty():
        typer.echo("making the engine ready ...", err=True)
    compile_all()
    typer.echo(f"engine ready ({monotonic() - began:.0f} s)", err=True)


def version() -> None:
    """Print the versions that decide a result."""
    import platform
    from importlib.metadata import version as of

    from winset import __version__

    typer.echo(f"winset {__version__}")
    typer.echo(f"python {platform.python_version()}")
    for name in ("numpy", "numba", "scipy", "polars"):
        typer.echo(f"{name} {of(name)}")
