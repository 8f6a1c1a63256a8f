"""Bargains as folders of other programs: found out, read, written, and what is left out named."""

from __future__ import annotations

from pathlib import Path

from winset.bargain.genius import genius_files, is_genius, read_genius
from winset.bargain.model import Bargain
from winset.bargain.negmas import is_negmas, negmas_files, read_negmas
from winset.errors import AskError, OutputError, nearest
from winset.output import write_folder

FORMS = ("genius", "negmas")


def is_bargain(folder: str | Path) -> bool:
    """Whether a path is a folder of GENIUS or NegMAS files, and no case."""
    place = Path(folder)
    if not place.is_dir() or (place / "case.yaml").exists():
        return False
    return is_genius(place) or is_negmas(place)


def read_bargain(folder: str | Path) -> Bargain:
    """Read a bargain from a folder of GENIUS XML or of NegMAS YAML files.

    Parameters
    ----------
    folder
        Where the files are; which of the two they are is seen from them.

    Returns
    -------
    Bargain
        Matters and profiles; what the files hold beyond that is named in ``left_out``.

    Raises
    ------
    AskError
        There is no such folder, or it holds neither.
    CaseError
        Every problem of the files, with file and line.
    """
    place = Path(folder)
    if not place.is_dir():
        raise AskError(f"There is no folder {str(place)!r}.")
    if is_genius(place):
        return read_genius(place)
    if is_negmas(place):
        return read_negmas(place)
    raise AskError(
        f"{place} holds neither GENIUS XML files nor a NegMAS outcome space (YAML with issues)."
    )


def write_bargain(bargain: Bargain, folder: str | Path, *, form: str) -> tuple[str, ...]:
    """Write a bargain as a new folder for another program; whole or not at all.

    Parameters
    ----------
    bargain
        What to write.
    folder
        Where; it must not exist, or be empty.
    form
        ``genius`` or ``negmas``.

    Returns
    -------
    tuple
        What the form cannot hold, one phrase each.

    Raises
    ------
    AskError
        There is no such form, or it cannot hold the utilities.
    OutputError
        Names that are no file names, or the folder is there already or cannot be written.
    """
    if form not in FORMS:
        raise AskError(
            f"There is no form {form!r}; allowed: {', '.join(FORMS)}.", nearest=nearest(form, FORMS)
        )
    for name in (bargain.name, *(one.name for one in bargain.profiles)):
        if not name or name != Path(name).name or name.startswith((".", "_")):
            raise OutputError(f"{name!r} cannot be the name of a file. Nothing was written.")
    files = genius_files(bargain) if form == "genius" else negmas_files(bargain)
    if len(files) <= len(bargain.profiles):
        raise OutputError(
            f"A party has the name of the whole, {bargain.name!r}: their files would be one. "
            "Nothing was written."
        )
    write_folder(Path(folder), files)
    left_out = list(bargain.left_out)
    if form == "negmas" and any(one.discount != 1.0 for one in bargain.profiles):
        left_out.append("discount factors, which utility functions of NegMAS do not hold")
    if form == "genius":
        nothing = [one.name for one in bargain.profiles if one.reservation is None]
        if nothing:
            left_out.append(
                f"that {', '.join(nothing)} would take anything: GENIUS reads no reservation as 0"
            )
    return tuple(dict.fromkeys(left_out))
