"""Packages that a user wrote down."""

from __future__ import annotations

from pathlib import Path

_LARGEST = 100_000


def read_package(path: Path) -> tuple[str, ...]:
    """Read the rungs of a package: one a line, or a YAML list or mapping (``D1: 3``).

    Raises
    ------
    AskError
        The file cannot be read or holds something else than rungs.
    """
    from winset.errors import AskError

    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise AskError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise AskError(f"{path} is not UTF-8 text. Save it as UTF-8.") from error
    if len(data) > _LARGEST:
        raise AskError(f"{path} is larger than a package can be.")
    rungs = tuple(_rungs(text, path))
    if not rungs:
        raise AskError(f"{path} names no rung. Write one a line, for instance D1.3.")
    return rungs


def _rungs(text: str, path: Path) -> list[str]:
    from winset.errors import AskError

    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip().removeprefix("- ").strip().strip("\"'")
        if not words or words in {"---", "package:"}:
            continue
        measure, colon, level = words.partition(":")
        rung = f"{measure.strip()}.{level.strip()}" if colon else words
        name, dot, step = rung.rpartition(".")
        if not (dot and name and step.isdigit()) or " " in rung:
            raise AskError(
                f"{path}:{number}: {words[:60]!r} is not a rung. Allowed: MEASURE.LEVEL as in "
                "D1.3, or MEASURE: LEVEL as in D1: 3, one a line."
            )
        found.append(rung)
    return found
