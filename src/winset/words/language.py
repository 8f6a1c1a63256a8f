"""Languages in which winset speaks."""

from __future__ import annotations

from winset.errors import AskError, nearest

LANGUAGES = {"en": "English"}
"""Languages there are, each by the code that a page writes in ``lang``."""


def language_of(code: str) -> str:
    """Return the code of a language that there is.

    Raises
    ------
    AskError
        There is none of that code; the message says what a new one needs.
    """
    if code in LANGUAGES:
        return code
    known = ", ".join(f"{own} ({name})" for own, name in LANGUAGES.items())
    message = (
        f"There is no language {code!r}; there is {known}. Another needs the modules of winset.words "
        "in that language, and a copy of the case with its names and texts in it."
    )
    raise AskError(message, nearest=nearest(code, LANGUAGES))
