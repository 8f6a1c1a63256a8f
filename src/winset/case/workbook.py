"""A case as one spreadsheet workbook and back, without loss.

Each table is a sheet, its comments are rows; each YAML file is a sheet of lines.  The first sheet,
``files``, says which sheet is which file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from winset.case.columns import LAYOUTS, YAML_FILES
from winset.case.findings import Findings
from winset.case.logbook import LOG_FILE, book_of
from winset.case.model import At
from winset.case.quantity import number
from winset.case.read import locate
from winset.case.template import case_texts
from winset.errors import OutputError
from winset.output import write_folder, writing

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_INDEX = "files"
_LONGEST_CELL = 32_767
_LARGEST_UNPACKED = 400_000_000
_PROGRAMME = re.compile(r"programmes/[A-Za-z][A-Za-z0-9_-]{0,63}\.yaml")


def export_workbook(case: str | Path, path: str | Path) -> Path:
    """Write a case as an ``.xlsx`` workbook.

    Parameters
    ----------
    case
        A case folder or the name of a bundled case.
    path
        The workbook; one that is there is replaced.

    Returns
    -------
    Path
        The workbook written.

    Raises
    ------
    OutputError
        The workbook cannot be written, or a cell is longer than a spreadsheet takes.
    CaseError
        A file of the case cannot be read as text.
    """
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=False)
    for spare in book.sheetnames:
        del book[spare]
    index = book.create_sheet(_INDEX)
    _write(index, (1, 1), "sheet")
    _write(index, (1, 2), "file")
    try:
        for place, (name, text) in enumerate(_texts(locate(case)).items(), start=2):
            title = _title(name)
            _write(index, (place, 1), title)
            _write(index, (place, 2), name)
            _fill(book.create_sheet(title), name, text)
    except IllegalCharacterError as error:
        message = (
            f"A text of the case holds a control character no spreadsheet takes: {error!s:.60}"
        )
        raise OutputError(message) from error
    target = Path(path)
    with writing(target) as temporary:
        book.save(temporary)
    return target


def _texts(folder: Path) -> dict[str, str]:
    """Texts of the files of a case, the whole entries of its log among them."""
    texts = case_texts(folder)
    if (folder / LOG_FILE).is_file():
        findings = Findings()
        texts[LOG_FILE] = book_of(folder / LOG_FILE, findings).whole
        findings.stop()
    return texts


def import_workbook(path: str | Path, folder: str | Path) -> Path:
    """Write the case folder a workbook holds.

    Nothing is checked but the names of files; ``check`` says what is wrong with the case.

    Parameters
    ----------
    path
        A workbook written by :func:`export_workbook`, perhaps edited since.
    folder
        Where; it must not exist, or be empty.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    CaseError
        The file is no workbook, or not one of a case.
    OutputError
        The folder is there already, or cannot be written.
    """
    book_path = Path(path)
    findings = Findings()
    files = _files(book_path, findings)
    findings.stop()
    write_folder(Path(folder), {name: text.encode("utf-8") for name, text in files.items()})
    return Path(folder)


def _title(name: str) -> str:
    return name.removesuffix(".csv").replace("/", " ")[:31]


def _fill(sheet: Worksheet, name: str, text: str) -> None:
    lines = re.split(r"\r\n|\n|\r", text.removesuffix("\n"))
    for row, line in enumerate(lines, start=1):
        bare = not name.endswith(".csv") or not line.strip() or line.lstrip().startswith("#")
        cells = [line] if bare else next(csv.reader([line]))
        for column, cell in enumerate(cells, start=1):
            if cell:
                _write(sheet, (row, column), cell, may_be_number=not bare)
    # an empty row at the end would be lost
    sheet.cell(len(lines), 1)


def _write(
    sheet: Worksheet, place: tuple[int, int], text: str, *, may_be_number: bool = False
) -> None:
    value = number(text)
    if may_be_number and value is not None and _plain(value) == text:
        sheet.cell(*place, value=value)
        return
    if len(text) > _LONGEST_CELL:
        message = f"A text of {len(text):,} characters is longer than a spreadsheet cell takes."
        raise OutputError(message)
    cell = sheet.cell(*place, value=text)
    # a text that begins like a formula stays a text
    cell.data_type = "s"
    cell.number_format = "@"


def _plain(value: float) -> str:
    return f"{value:.15g}"


def _files(path: Path, findings: Findings) -> dict[str, str]:
    from openpyxl import load_workbook

    at = At(path.name, 1)
    do = "Export a case first and edit that workbook"
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > _LARGEST_UNPACKED:
            findings.add("E003", at, f"{unpacked:,} bytes when unpacked", do=do)
            return {}
        book = load_workbook(path, data_only=True)
    except Exception as error:  # noqa: BLE001 - whatever a damaged workbook makes its reader raise
        findings.add("E001", at, f"no workbook ({type(error).__name__}: {error!s:.80})", do=do)
        return {}
    if _INDEX not in book.sheetnames:
        findings.add("E005", at, f"no sheet {_INDEX!r}", do=do)
        return {}
    files = {}
    for row in book[_INDEX].iter_rows(min_row=2, max_col=2, values_only=True):
        title, name = (str(cell or "") for cell in (*row, "", "")[:2])
        if not title and not name:
            continue
        if not _is_file_of_case(name):
            findings.add("E004", At(f"{path.name}[{_INDEX}]", 1), f"file {name[:60]!r}", do=do)
        elif title not in book.sheetnames:
            findings.add("E001", At(f"{path.name}[{_INDEX}]", 1), f"no sheet {title[:60]!r}", do=do)
        else:
            files[name] = "\n".join(_lines(book[title], name)) + "\n"
    return files


def _is_file_of_case(name: str) -> bool:
    known = {
        "README.md",
        LOG_FILE,
        *(f"{one}.csv" for one in LAYOUTS),
        *(f"{one}.yaml" for one in YAML_FILES),
    }
    return name in known or bool(_PROGRAMME.fullmatch(name))


def _lines(sheet: Worksheet, name: str) -> Iterator[str]:
    width = 0
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(cell) for cell in row]
        first = cells[0] if cells else ""
        if not name.endswith(".csv") or first.lstrip().startswith("#") or not any(cells):
            yield first
            continue
        last = max(place for place, cell in enumerate(cells, start=1) if cell)
        # the header gives the number of columns; cells beyond it are kept, so that check sees them
        width = width or last
        yield _joined([*cells, *[""] * width][: max(width, last)])


def _joined(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return _plain(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
