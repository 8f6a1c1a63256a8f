"""What a brief says, before anyone decides how it looks.

A :class:`Document` is a tree of frozen nodes: sections hold blocks, blocks hold runs of text,
and every number is a :class:`Number` that names the trace it opens.  The HTML page and the
plain text are two renderings of the same tree, so neither can say what the other does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from winset.brief.lasting import LastingPoint
from winset.brief.offset_bars import OffsetBar
from winset.brief.points import CurvePoint, FanFlag, FanPoint, PacePoint, PaceTick, RoomRow
from winset.brief.runs import Runs, plain

# Tables


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of texts and numbers; the first column names the row."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...] = ()
    """Which columns are set flush right."""
    row_ids: tuple[str, ...] = ()
    wordy: bool = False
    """Cells are sentences: on a phone each stands on a line of its own, after its column's name."""
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class LadderCell:
    """One rung: how often it is open, and the marks it carries."""

    rung: str
    label: str
    name: str
    state: str
    """``in place``, ``today`` or ``beyond``."""
    band: int
    """0 to 5; -1 where the rung is in place."""
    shown: str
    word: str
    trace: str
    in_package: bool = False
    red_line: bool = False
    assumed: bool = False
    """Whether the step itself is our assumption: no source names it."""
    fragile: bool = False
    """Whether the verdict changes class with the shape of the ranges alone."""


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One measure: its name and a cell for each of its rungs."""

    measure: str
    label: str
    name: str
    cells: tuple[LadderCell, ...]


@dataclass(frozen=True, slots=True)
class LadderGroup:
    """A block of ladders under one title."""

    title: str
    caption: str
    rows: tuple[LadderRow, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Figure 2: a row per measure, a cell per rung; the table is its own twin."""

    id: str
    title: str
    reads: str
    groups: tuple[LadderGroup, ...]
    levels: int
    foot: Runs
    kind: ClassVar[str] = "ladder"

    @property
    def fragile(self) -> bool:
        """Whether any verdict on it is marked as fragile."""
        return any(
            cell.fragile for group in self.groups for row in group.rows for cell in row.cells
        )


@dataclass(frozen=True, slots=True)
class StopColumn:
    """Someone, or something, that can hold a step."""

    key: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class StopBlock:
    """Columns that stand under one government, or under nobody."""

    title: str
    shape: str
    """``square``, ``circle``, ``triangle``, ``diamond``; empty for limits of nobody."""
    columns: tuple[StopColumn, ...]


@dataclass(frozen=True, slots=True)
class StopCell:
    """How often one holder stops one step, and by which limits."""

    key: str
    shown: str
    share: float
    band: int
    glyphs: str
    words: str
    trace: str


@dataclass(frozen=True, slots=True)
class StopRow:
    """A closed step and who holds it, strongest first on the phone."""

    rung: str
    measure_label: str
    label: str
    name: str
    open_shown: str
    trace: str
    cells: tuple[StopCell, ...]
    assumed: bool = False
    """Whether the step itself is our assumption: no source names it."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Figure 4: who stops the next step, for every ladder that has one at the edge."""

    id: str
    title: str
    reads: str
    legend: tuple[tuple[str, str], ...]
    blocks: tuple[StopBlock, ...]
    rows: tuple[StopRow, ...]
    foot: Runs
    twin: DataTable
    kind: ClassVar[str] = "stops"


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure drawn from its rows where position carries the value."""

    id: str
    title: str
    reads: str
    alt: str
    drawing: str
    """Name of the drawing in :mod:`winset.brief.figures`."""
    rows: (
        tuple[RoomRow, ...]
        | tuple[CurvePoint, ...]
        | tuple[LastingPoint, ...]
        | tuple[OffsetBar, ...]
        | tuple[PacePoint | PaceTick, ...]
        | tuple[FanPoint | FanFlag, ...]
    )
    foot: Runs
    twin: DataTable
    kind: ClassVar[str] = "plot"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the axis of a track, at places from 0 to 100."""

    look: str
    """``bar``, ``core``, ``tick``, ``ring``, ``cross``, ``arrow``, ``line`` or the shape of a party."""
    start: float
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Track:
    """Marks on an axis, and the same in numbers."""

    marks: tuple[Mark, ...]
    said: Runs


@dataclass(frozen=True, slots=True)
class Axis:
    """Head of a column of a figure: what it shows; ticks as (place, label) if it is an axis."""

    label: str
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One row of a figure drawn in cells."""

    head: Runs
    cells: tuple[Track, ...]
    opens: str = ""
    """Title of the group that begins with this row."""
    assumed: bool = False
    """Whether the row is about a step that no source names."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """Figures 5, 6, 7 and 10: a table whose cells are axes; it is its own twin."""

    id: str
    title: str
    reads: str
    head: str
    axes: tuple[Axis, ...]
    rows: tuple[TrackRow, ...]
    foot: Runs
    kind: ClassVar[str] = "tracks"


@dataclass(frozen=True, slots=True)
class StripCell:
    """One step of a programme: how often everything up to it is accepted."""

    measure: str
    label: str
    name: str
    shown: str
    band: int
    word: str
    trace: str
    stop: str = ""
    """Who stops the programme here, where it first falls below half of the worlds."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A programme, its steps in its own order."""

    said: Runs
    """How far it could be carried, in a sentence."""
    by: str
    cells: tuple[StripCell, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """Figure 8: one strip a programme."""

    id: str
    title: str
    reads: str
    rows: tuple[Strip, ...]
    foot: Runs
    kind: ClassVar[str] = "strips"


@dataclass(frozen=True, slots=True)
class BasisRow:
    """How many values of one kind rest on each basis, in the order of the columns."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BasisBars:
    """Figure 9: a table whose cells are bars."""

    id: str
    title: str
    reads: str
    head: str
    bases: tuple[tuple[str, str], ...]
    rows: tuple[BasisRow, ...]
    foot: Runs
    kind: ClassVar[str] = "basis_bars"


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in a row."""

    runs: Runs
    role: str = ""
    """``note`` is marked by a rule; ``small`` is set in small grey."""
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Finding:
    """One numbered sentence of the first screen: three words, then what was computed."""

    title: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Findings:
    """The numbered findings of the first screen."""

    items: tuple[Finding, ...]
    kind: ClassVar[str] = "findings"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[Runs, ...]
    id: str = ""
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True, slots=True)
class Definition:
    """One word and what it means here."""

    id: str
    term: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of words with their meaning."""

    items: tuple[Definition, ...]
    kind: ClassVar[str] = "definitions"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the third level inside a section."""

    text: str
    id: str = ""
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class TraceNote:
    """How a result was counted and what went into it: the first floor of a trace."""

    id: str
    title: Runs
    counted: Runs
    lines: tuple[tuple[str, str, Runs], ...]
    """(id or "", label, text): further numbers of the same result and its inputs."""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Traces:
    """How results were counted, each behind its own line."""

    notes: tuple[TraceNote, ...]
    kind: ClassVar[str] = "traces"


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks behind a summary line; open on paper only on request."""

    summary: Runs
    blocks: tuple[Block, ...]
    id: str = ""
    appendix: bool = False
    """Too long for the text form, which names it only."""
    kind: ClassVar[str] = "fold"


@dataclass(frozen=True, slots=True)
class Columns:
    """Two blocks of content side by side where there is room."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    kind: ClassVar[str] = "columns"


Block = (
    Paragraph
    | Findings
    | Bullets
    | Definitions
    | Heading
    | DataTable
    | Ladder
    | Stops
    | Plot
    | Tracks
    | Strips
    | BasisBars
    | Traces
    | Fold
    | Columns
)


@dataclass(frozen=True, slots=True)
class Section:
    """One answer to one question; its title is a sentence computed from its tables."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False
    """Folded on screen, printed only on request."""


@dataclass(frozen=True, slots=True)
class Document:
    """A brief: first screen, sections, appendix."""

    kicker: str
    title: str
    lead: Runs
    first: tuple[Block, ...]
    sections: tuple[Section, ...]
    stamp: str
    """Case, hash, worlds, stream and version: what makes the page reproducible."""
    language: str = "en"
    """Code of the language, as the page writes it in ``lang``."""
    description: str = ""
    warnings: tuple[str, ...] = field(default=())
    """Shown above everything, for instance that changes are set."""
    summary: bool = False
    """Whether it is two sheets of a brief, whose numbers lead to the page of the whole."""


def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, folds and columns opened, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Fold):
            yield from inside(block.blocks)
        elif isinstance(block, Columns):
            yield from inside(block.left)
            yield from inside(block.right)


def every_block(document: Document) -> Iterator[Block]:
    """Every block of a document in reading order."""
    yield from inside(document.first)
    for section in document.sections:
        yield from inside(section.blocks)


FIGURES = (Ladder, Stops, Plot, Tracks, Strips, BasisBars)
"""Blocks whose title is a finding."""


def outline(document: Document) -> tuple[str, ...]:
    """Title, lead, section titles and figure titles: a one-page summary by themselves."""
    lines = [document.title, plain(document.lead)]
    lines += [block.title for block in inside(document.first) if isinstance(block, FIGURES)]
    for section in document.sections:
        if not section.appendix:
            lines.append(section.title)
            lines += [block.title for block in inside(section.blocks) if isinstance(block, FIGURES)]
    return tuple(lines)
