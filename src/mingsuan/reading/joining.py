"""Physical grids → whole tables: pages joined, reprinted headers and titles dropped, neighbours told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property

from mingsuan.dialects.names import bare
from mingsuan.places import Place
from mingsuan.reading.content import Look, look
from mingsuan.reading.document import Document, Grid, GridCell, Paragraph
from mingsuan.reading.headers import MAX_ROWS, Label
from mingsuan.reading.ordinals import compact
from mingsuan.reading.titles import is_department, is_furniture, is_unit, title_of
from mingsuan.reading.vocabulary import Vocabulary, label_of

ABOVE = 12
"""Paragraphs over a table among which its title and unit are looked for."""


@dataclass(frozen=True)
class Line:
    """A printed line of a table.

    Attributes:
        cells: its cells.
        texts: their texts without white space.
    """

    cells: tuple[GridCell, ...]
    texts: tuple[str, ...]

    @property
    def number(self) -> int | None:
        """Line of the source file."""
        return self.cells[0].place.line if self.cells else None

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Columns with content."""
        return tuple(j for j, t in enumerate(self.texts) if t)


class Opening(Enum):
    """How a run of lines begins."""

    HEADER = auto()
    FORM = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Piece:
    """Lines of one grid that belong together, before it is known to which table.

    Attributes:
        lines: header lines first.
        header: number of header lines.
        opening: how it begins.
        before: paragraphs between it and the piece before.
    """

    lines: tuple[Line, ...]
    header: int
    opening: Opening
    before: tuple[Paragraph, ...]


@dataclass(frozen=True)
class RawTable:
    """A whole table in its physical columns.

    Attributes:
        header: header lines.
        pages: body lines, page by page.
        before: paragraphs above it, after the table before.
        after: paragraphs below it, before the next table.
        opening: how it begins.
        repairs: what was put right in joining.
    """

    header: tuple[Line, ...]
    pages: tuple[tuple[Line, ...], ...]
    before: tuple[Paragraph, ...]
    opening: Opening
    after: tuple[Paragraph, ...] = ()
    repairs: tuple[str, ...] = field(default=())

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All body lines."""
        return tuple(line for page in self.pages for line in page)

    @cached_property
    def labels(self) -> tuple[tuple[Label, ...], ...]:
        """The header's labels, row by row."""
        return tuple(tuple(Label(line.texts[j], row, j, line.number) for j in line.filled) for row, line in enumerate(self.header))

    @cached_property
    def title(self) -> str:
        """The title as printed, white space removed, "" if there is none."""
        found = title_of(self.before)
        return compact(found.text) if found is not None else ""

    @property
    def place(self) -> Place:
        """Its extent in the file."""
        lines = [*self.header, *self.lines]
        if not lines:
            return Place()
        first = lines[0].cells[0].place
        return replace(first, column=None, end_line=lines[-1].number)


def tables_of(document: Document, vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The whole tables of a document in order."""
    pieces, trailing = _pieces(document, vocabulary)
    return tuple(_joined(pieces, trailing, vocabulary))


# ---- grids → pieces ------------------------------------------------------------------------------------------------


def _pieces(document: Document, vocabulary: Vocabulary) -> tuple[list[Piece], tuple[Paragraph, ...]]:
    found: list[Piece] = []
    waiting: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            waiting.append(block)
            continue
        for paragraphs, lines in _split(block, vocabulary):
            waiting.extend(paragraphs)
            if lines:
                header, opening = _opening(lines, vocabulary)
                found.append(Piece(tuple(lines), header, opening, tuple(waiting)))
                waiting = []
    return found, tuple(waiting)


def _split(grid: Grid, vocabulary: Vocabulary) -> Iterator[tuple[list[Paragraph], list[Line]]]:
    """Runs of lines of a grid that begin with a title, a header or a form, with the text lines above each."""
    paragraphs: list[Paragraph] = []
    run: list[Line] = []
    for cells in grid.rows:
        line = Line(cells, tuple(compact(c.text) for c in cells))
        if not line.filled:
            continue
        text = _text_line(line, vocabulary, begins=not run)
        if text is not None or (run and _begins(line, run, vocabulary)):
            if run:
                yield paragraphs, run
                paragraphs, run = [], []
            paragraphs.extend(text or [])
        if text is None:
            run.append(line)
    yield paragraphs, run


def _text_line(line: Line, vocabulary: Vocabulary, *, begins: bool) -> list[Paragraph] | None:
    """The paragraphs that a line of a grid really is: a title, or a department's name and a unit over the header."""
    texts = [line.texts[j] for j in line.filled]
    words, value = label_of(texts[0])
    if value and bare(words) in vocabulary.stack_heads and len(texts) == 1 and not begins:
        return None
    title = len(texts) == 1 and vocabulary.is_title(texts[0])
    if not title and not (begins and all(is_unit(t) or is_department(t) for t in texts)):
        return None
    return [Paragraph(line.cells[j].text, replace(line.cells[j].place, column=None)) for j in line.filled]


def _begins(line: Line, run: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether a line within a grid begins another table or a reprinted page."""
    if _opens_form(line, vocabulary):
        return True
    return not vocabulary.is_header_row(run[-1].texts) and vocabulary.is_header_row(line.texts, strictly=True)


def _opens_form(line: Line, vocabulary: Vocabulary) -> bool:
    return bare(label_of(line.texts[line.filled[0]])[0]) in vocabulary.openers and not vocabulary.is_header_row(line.texts, strictly=True)


def _opening(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[int, Opening]:
    """Number of header lines and how the lines begin."""
    header = 0
    while header < min(MAX_ROWS, len(lines)) and vocabulary.is_header_row(lines[header].texts):
        header += 1
    if any(len(line.filled) > 1 for line in lines[:header]):
        return header, Opening.HEADER
    first = bare(label_of(lines[0].texts[lines[0].filled[0]])[0])
    return 0, Opening.FORM if first in vocabulary.stack_heads or vocabulary.is_level_row(lines[0].texts) else Opening.NOTHING


# ---- pieces → tables -----------------------------------------------------------------------------------------------


def _joined(pieces: Sequence[Piece], trailing: tuple[Paragraph, ...], vocabulary: Vocabulary) -> Iterator[RawTable]:
    current: RawTable | None = None
    for piece in pieces:
        if current is not None:
            piece = _with_header_of(current, piece)
            if _continues(current, piece, vocabulary):
                current = _extended(current, piece)
                continue
        if current is not None:
            yield replace(current, after=piece.before)
        current = RawTable(piece.lines[: piece.header], (piece.lines[piece.header :],), piece.before[-ABOVE:], piece.opening)
    if current is not None:
        yield replace(current, after=trailing)


def _with_header_of(table: RawTable, piece: Piece) -> Piece:
    """A piece that begins with a table's whole header has that header and no more: a row of labels below it is a row."""
    whole = [line.texts for line in table.header]
    if whole and [line.texts for line in piece.lines[: len(whole)]] == whole:
        return replace(piece, header=len(whole), opening=Opening.HEADER)
    return piece


def _continues(table: RawTable, piece: Piece, vocabulary: Vocabulary) -> bool:
    """Whether a piece is a further page of a table."""
    title = title_of(piece.before)
    retitled = title is not None and compact(title.text) != table.title
    between = [p for p in piece.before if not is_furniture(p.text)]
    if retitled or (title is None and between and not _reprints(table, piece)):
        return False
    if piece.opening is Opening.HEADER:
        headed = title is None and any(is_unit(p.text) or is_department(p.text) for p in piece.before)
        return table.opening is Opening.HEADER and not headed and _reprints(table, piece) and not _totals_again(table, piece)
    if table.opening is Opening.FORM:
        return not _opens_again(table, piece, vocabulary)
    return piece.opening is Opening.NOTHING


def _reprints(table: RawTable, piece: Piece) -> bool:
    """Whether a piece repeats the header of a table."""
    printed = [{bare(t) for t in line.texts if t} for line in table.header]
    again = [{bare(t) for t in line.texts if t} for line in piece.lines[: piece.header]]
    return bool(again) and again == printed[: len(again)]


def _totals_again(table: RawTable, piece: Piece) -> bool:
    """Whether both begin with a total row: then they are two tables of one form."""
    firsts = [table.lines[:1], piece.lines[piece.header : piece.header + 1]]
    return all(lines and any(look(t) is Look.TOTAL for t in lines[0].texts) for lines in firsts)


def _opens_again(table: RawTable, piece: Piece, vocabulary: Vocabulary) -> bool:
    if piece.opening is not Opening.FORM:
        return False
    first = piece.lines[0]
    label = bare(label_of(first.texts[first.filled[0]])[0])
    return label in vocabulary.openers and any(
        bare(label_of(line.texts[line.filled[0]])[0]) in vocabulary.openers for line in table.lines if line.filled
    )


def _extended(table: RawTable, piece: Piece) -> RawTable:
    repairs = table.repairs
    if piece.header:
        repairs = (*repairs, f"第{piece.lines[0].number}行起换页重印的表头已略去")
    return replace(table, pages=(*table.pages, piece.lines[piece.header :]), repairs=repairs)
