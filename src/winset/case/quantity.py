"""Uncertain numbers as text: ``0.4``, ``0.2..0.6``, ``0.2..0.4..0.6``, ``uniform 0.2..0.6``."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from winset.case.model import Shape
from winset.errors import AskError, shown

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[-. ][A-Za-zäÄ]{3,9}\.?(?:[- ]\d{2,4})?"
    r"|[A-Za-z]{3}[- ]\d{1,4}"
)
_FORMS = "0.4, 0.2..0.6, 0.2..0.4..0.6, uniform 0.2..0.6, ends 0.2..0.6"


class Quantity(NamedTuple):
    """A range with its most likely value and the shape of the draw."""

    low: float
    mode: float
    high: float
    shape: Shape


def number(text: str) -> float | None:
    """Return the finite number a text is, or None."""
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def number_hint(text: str) -> str:
    """Say what probably happened to a number that cannot be read."""
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return "Write a decimal point, not a comma"
    if text[:1] in "−–" and number("-" + text[1:]) is not None:
        return "Write a plain hyphen as minus sign"
    if _DATE.fullmatch(text):
        return "The spreadsheet made a date of it: format the column as text and type the number"
    if text.endswith("%"):
        return "Write a share between 0 and 1, without the per cent sign"
    if text.startswith(("=", "#")):
        return "Write the number itself, not a formula or its error"
    return "Write a plain number, such as 0.5"


def parse_quantity(text: str) -> Quantity:
    """Read a quantity as it is written on the command line and in changes.

    Parameters
    ----------
    text
        ``0.4`` is exact; ``low..high`` and ``low..mode..high`` are PERT (the mode of the first in
        the middle); ``uniform low..high`` and ``ends low..high`` (one end or the other, half each).

    Returns
    -------
    Quantity
        ``(low, mode, high, shape)``.

    Raises
    ------
    AskError
        The text is none of these, or its numbers are not in ascending order.
    """
    words = text.split()
    shape: Shape = "pert"
    if len(words) > 1 and words[0] in ("uniform", "ends"):
        shape = "uniform" if words[0] == "uniform" else "ends"
        words = words[1:]
    parts = [part.strip() for part in " ".join(words).split("..")]
    numbers = [number(part) for part in parts]
    known = [value for value in numbers if value is not None]
    fits = len(parts) in ((2,) if shape != "pert" else (1, 2, 3))
    if len(known) != len(parts) or not fits:
        wrong = next(
            (part for part, value in zip(parts, numbers, strict=True) if value is None), ""
        )
        hint = f" {number_hint(wrong)}." if wrong else ""
        message = f"{shown(text)} is not a quantity.{hint} Forms: {_FORMS}."
        raise AskError(message)
    if known != sorted(known):
        message = f"The numbers of {shown(text)} are not in ascending order: write low..mode..high."
        raise AskError(message)
    if len(known) == 1:
        return Quantity(known[0], known[0], known[0], "exact")
    mode = known[1] if len(known) > 2 else (known[0] + known[1]) / 2
    return Quantity(known[0], mode, known[-1], shape)


def written(low: float, mode: float, high: float, shape: Shape) -> str:
    """Write a quantity in the form :func:`parse_quantity` reads."""
    if shape == "exact" or low == high:
        return f"{mode:.12g}"
    if shape == "pert":
        return f"{low:.12g}..{mode:.12g}..{high:.12g}"
    return f"{shape} {low:.12g}..{high:.12g}"
