"""Files that come with winset, and files of the user's in their place."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from winset.errors import AskError, nearest

LARGEST = 200_000
"""Bytes a file may have."""


def ready_text(kind: str, name: str | Path, ready: Sequence[str]) -> tuple[str, str]:
    """Return the text of a ready file or of a user's, and the name that stands in messages.

    Parameters
    ----------
    kind
        ``scenario`` or ``regime``; ready ones lie in a folder of that name, in the plural.
    name
        Name of a ready one, or a file.
    ready
        Names of the ready ones.

    Raises
    ------
    AskError
        There is none of that name, or it cannot be read as text.
    """
    path = Path(name)
    if str(name) in ready:
        home = files("winset.exercise").joinpath(f"{kind}s", f"{name}.yaml")
        return home.read_text("utf-8"), f"{name}.yaml"
    if not path.is_file():
        message = f"There is no {kind} {str(name)!r}. Ready: {', '.join(ready)}; or name a file."
        raise AskError(message, nearest=nearest(str(name), ready))
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as UTF-8 text."
        raise AskError(message) from error
    if len(data) > LARGEST:
        message = f"{path} is larger than a {kind} can be ({LARGEST:,} bytes)."
        raise AskError(message)
    return text, path.name
