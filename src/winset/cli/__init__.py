"""The command line: the same verbs as the Python interface."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from winset.cli.app import run

    run()
