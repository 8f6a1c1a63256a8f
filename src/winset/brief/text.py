"""A document as plain text: the same sentences and tables, no links, one column."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from winset.brief.document import (
    BasisBars,
    Block,
    Bullets,
    Columns,
    DataTable,
    Definitions,
    Document,
    Findings,
    Fold,
    Heading,
    Ladder,
    LadderCell,
    Paragraph,
    Plot,
    Section,
    Stops,
    Strips,
    Traces,
    Tracks,
)
from winset.brief.runs import Runs, plain
from winset.words.brief import page as wording

WIDTH = 96


def render(document: Document, *, width: int = WIDTH, appendix: bool = False) -> str:
    """Render a document as text.

    Parameters
    ----------
    document
        What the brief says.
    width
        Characters a line may take; tables may be wider.
    appendix
        Whether to print results, values and paragraphs too.
    """
    lines = [*_wrapped(document.kicker, width), "", document.title, "=" * len(document.title), ""]
    lines += [*document.warnings, *([""] if document.warnings else [])]
    lines += [*_wrapped(plain(document.lead), width), ""]
    lines += _blocks(document.first, width)
    for section in document.sections:
        if appendix or not section.appendix:
            lines += _section(section, width)
    lines += ["", document.stamp]
    return "\n".join(_clean(line).rstrip() for line in _squeezed(lines)) + "\n"


def _section(section: Section, width: int) -> list[str]:
    title = _wrapped(section.title, width)
    return ["", *title, "-" * max(len(line) for line in title), "", *_blocks(section.blocks, width)]


def _blocks(blocks: tuple[Block, ...], width: int) -> list[str]:
    return [line for block in blocks for line in (*_block(block, width), "")]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph():
            return _wrapped(plain(block.runs), width, "| " if block.role == "note" else "")
        case Heading():
            return [block.text]
        case Bullets():
            return [line for item in block.items for line in _item(plain(item), "- ", width)]
        case Findings():
            return [
                line
                for place, found in enumerate(block.items, 1)
                for line in _item(f"{found.title} {plain(found.runs)}", f"{place}. ", width)
            ]
        case Definitions():
            return [
                line
                for entry in block.items
                for line in _item(f"{entry.term}: {plain(entry.runs)}", "- ", width)
            ]
        case Columns():
            return [*_blocks(block.left, width), *_blocks(block.right, width)]
        case Fold():
            held = () if block.appendix else block.blocks
            return [plain(block.summary), "", *_blocks(held, width)]
        case Traces():
            return [line for note in block.notes for line in _note(note.title, note.counted, width)]
        case _:
            return _figure(block, width)


def _figure(
    block: DataTable | Ladder | Stops | Plot | Tracks | Strips | BasisBars, width: int
) -> list[str]:
    match block:
        case DataTable():
            return table(block, width)
        case Plot():
            return [f"[{block.title}]", *_wrapped(block.reads, width)]
        case Stops():
            return [f"[{block.title}]", block.reads]
        case Ladder():
            return _ladder(block)
        case Tracks():
            return _tracks(block, width)
        case Strips():
            return _strips(block, width)
        case BasisBars():
            return _basis(block)


def table(block: DataTable, width: int) -> list[str]:
    """Caption, header and rows in aligned columns."""
    head = [plain_cell(name) for name in block.columns]
    rows = [[plain_cell(plain(cell)) for cell in row] for row in block.rows]
    return [*_wrapped(block.caption, width), *_aligned([head, *rows], block.numeric)]


def plain_cell(text: str) -> str:
    """Put a cell on one line."""
    return " ".join(text.split())


def _aligned(rows: list[list[str]], numeric: tuple[bool, ...]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(size) if numeric and numeric[place] else cell.ljust(size)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()


def _ladder(block: Ladder) -> list[str]:
    lines = [
        f"[{block.title}]",
        block.reads,
        wording.LADDER_KEY,
    ]
    for group in block.groups:
        lines += ["", f"{group.title}: {group.caption}".removesuffix(": ")]
        rows = [
            [f"{row.label} {row.measure}", *(_cell(cell) for cell in row.cells)]
            for row in group.rows
        ]
        most = max((len(row) for row in rows), default=0)
        if rows:
            lines += _aligned([row + [""] * (most - len(row)) for row in rows], ())
    return lines


def _cell(cell: LadderCell) -> str:
    marks = ("*" if cell.in_package else "") + ("‖" if cell.red_line else "")
    marks += ("~" if cell.assumed else "") + ("?" if cell.fragile else "")
    return f"{cell.shown}{marks} {cell.label}"


def _tracks(block: Tracks, width: int) -> list[str]:
    """One item a row: what the axes show, in numbers."""
    lines = [f"[{block.title}]", *_wrapped(block.reads, width)]
    if any(row.assumed for row in block.rows):
        lines.append(wording.TRACKS_KEY)
    for row in block.rows:
        if row.opens:
            lines += ["", row.opens]
        told = "; ".join(
            f"{axis.label}: {plain(cell.said)}"
            for axis, cell in zip(block.axes, row.cells, strict=True)
            if plain(cell.said)
        )
        name = plain(row.head) + ("~" if row.assumed else "")
        lines += _item(f"{name}: {told}", "- ", width)
    return lines


def _strips(block: Strips, width: int) -> list[str]:
    lines = [f"[{block.title}]", *_wrapped(block.reads, width)]
    for row in block.rows:
        steps = ", ".join(
            f"{f'| {cell.stop} | ' if cell.stop else ''}{cell.shown} {cell.measure} {cell.label}"
            for cell in row.cells
        )
        lines += _item(f"{plain(row.said)} {row.by}: {steps}", "- ", width)
    return lines


def _basis(block: BasisBars) -> list[str]:
    head = [block.head, *(letter for letter, _ in block.bases)]
    rows = [[row.label, *(f"{count:,}" for count in row.counts)] for row in block.rows]
    numeric = (False, *(True for _ in block.bases))
    key = "; ".join(f"{letter} {meaning}" for letter, meaning in block.bases)
    return [f"[{block.title}]", f"{block.reads} ({key})", *_aligned([head, *rows], numeric)]


def _note(title: Runs, counted: Runs, width: int) -> list[str]:
    return _item(f"{plain(title)}. {plain(counted)}", "- ", width)


def _item(text: str, mark: str, width: int) -> list[str]:
    return wrap(
        plain_nb(text),
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(text: str, width: int, mark: str = "") -> list[str]:
    return wrap(
        plain_nb(text),
        width,
        initial_indent=mark,
        subsequent_indent=mark,
        break_long_words=False,
        break_on_hyphens=False,
    )


def plain_nb(text: str) -> str:
    """Text on one line; unbreakable spaces stay."""
    return "".join(" " if letter in "\t\n\r" else letter for letter in text)


def _clean(line: str) -> str:
    """No control characters reach a terminal; unbreakable spaces become plain ones."""
    spaced = line.replace("\u00a0", " ")
    return "".join(letter if letter.isprintable() else " " for letter in spaced)


def _squeezed(lines: list[str]) -> Iterator[str]:
    last = "."
    for line in lines:
        if line or last:
            yield line
        last = line
