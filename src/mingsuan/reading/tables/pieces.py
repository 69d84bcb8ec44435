"""Physical grids → pieces: runs of lines that begin with a title, a header or a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.dialects.names import bare, ordinal
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.formats.pdf.continuation import continuations
from mingsuan.reading.tables.broken_titles import with_whole_titles
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.counted import counts_columns, without_column_numbers
from mingsuan.reading.tables.headers import MAX_ROWS
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.raw import Opening
from mingsuan.reading.tables.titles import is_department, is_stamp, is_unit
from mingsuan.reading.tables.vocabulary import Vocabulary, label_of
from mingsuan.values import dataclass

MAX_OVER, LONGEST_HEADING = 2, 24
"""Lines of strange headings that a header may begin with, and the characters of one of them at most."""


@dataclass(frozen=True)
class Piece:
    """Lines of one grid that belong together, before it is known to which table.

    Attributes:
        lines: header lines first.
        header: number of header lines.
        opening: how it begins.
        before: paragraphs between it and the piece before.
        goes_on: where the layout of the pages shows that it goes on with the piece before, the number of its first lines that only
            repeat what the table began with; else None.
    """

    lines: tuple[Line, ...]
    header: int
    opening: Opening
    before: tuple[Paragraph, ...]
    goes_on: int | None = None


def pieces_of(document: Document, vocabulary: Vocabulary) -> tuple[list[Piece], tuple[Paragraph, ...]]:
    """The pieces of a document in order, and the paragraphs after the last."""
    found: list[Piece] = []
    waiting: list[Paragraph] = []
    repeated = {c.grid: c.header for c in continuations(document)}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            waiting.append(block)
            continue
        again = repeated.get(number)
        for paragraphs, lines in _split(block, vocabulary):
            waiting.extend(paragraphs)
            if lines:
                header, opening = _opening(lines, vocabulary)
                goes_on = None if again is None else sum((line.place.row or 0) <= again for line in lines)
                found.append(Piece(tuple(lines), header, opening, with_whole_titles(waiting, block.place), goes_on))
                waiting, again = [], None
    return found, tuple(waiting)


def _split(grid: Grid, vocabulary: Vocabulary) -> Iterator[tuple[list[Paragraph], list[Line]]]:
    """Runs of lines of a grid that begin with a title, a header or a form, with the text lines above each."""
    paragraphs: list[Paragraph] = []
    run: list[Line] = []
    inner = _inner_rows(grid)
    for number, cells in enumerate(grid.rows):
        line = without_column_numbers(Line.of(cells))
        if not line.filled or (run and counts_columns(line) and all(vocabulary.is_header_row(above.texts) for above in run)):
            continue
        text = _text_line(line, vocabulary, begins=not run)
        if text is not None or (run and number not in inner and _begins(line, run, vocabulary)):
            if run:
                yield paragraphs, run
                paragraphs, run = [], []
            paragraphs.extend(text or [])
        if text is None:
            run.append(line)
    yield paragraphs, run


def _inner_rows(grid: Grid) -> frozenset[int]:
    """The rows with which no table can begin in a grid whose rules are known: a merged cell crosses into them, or a cell is blank."""
    if grid.place.table is None and grid.place.sheet is None:
        return frozenset()
    crossed = {row for top, _, bottom, _ in grid.spans for row in range(top + 1, bottom + 1)}
    covered = {(top, column) for top, left, _, right in grid.spans for column in range(left, right + 1)}
    holed = {r for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if not cell.text and (r, c) not in covered}
    return frozenset(crossed | holed)


def _text_line(line: Line, vocabulary: Vocabulary, *, begins: bool) -> list[Paragraph] | None:
    """The paragraphs that a line of a grid really is: a title, or a department's name, a unit or a year over the header."""
    texts = [line.texts[j] for j in line.filled]
    words, value = label_of(texts[0])
    if value and bare(words) in vocabulary.stack_heads and len(texts) == 1 and not begins:
        return None
    title = len(texts) == 1 and vocabulary.is_title(texts[0])
    if not title and not (begins and all(is_unit(t) or is_department(t) or is_stamp(t) for t in texts)):
        return None
    return [Paragraph(line.cells[j].text, replace(line.cells[j].place, column=None)) for j in line.filled]


def _begins(line: Line, run: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether a line within a grid begins another table or a reprinted page; never right under the heading of one."""
    over = _over_header([*run, line], vocabulary)
    if all(vocabulary.is_header_row(above.texts) for above in run[over:]):
        return False
    if _opens_form(line, vocabulary):
        return not vocabulary.is_inner_field(_first_label(run[0]), _first_label(line))
    named = sum(1 for text in line.texts if text and look(text) is not Look.TOTAL)
    if named < 2 or vocabulary.is_item_row(line.texts):
        return False
    if vocabulary.goes_on_heading(_first_label(run[0]), run[-1].texts, line.texts):
        return False
    return not vocabulary.is_header_row(run[-1].texts) and vocabulary.is_header_row(line.texts, strictly=True)


def _opens_form(line: Line, vocabulary: Vocabulary) -> bool:
    return _first_label(line) in vocabulary.openers and not vocabulary.is_header_row(line.texts, strictly=True)


def _first_label(line: Line) -> str:
    return bare(label_of(line.texts[line.filled[0]])[0])


def _opening(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[int, Opening]:
    """Number of header lines and how the lines begin."""
    header = _over_header(lines, vocabulary)
    while header < min(MAX_ROWS, len(lines)) and vocabulary.is_header_row(lines[header].texts):
        header += 1
    if 0 < header < min(MAX_ROWS, len(lines)) and _completes(lines[header - 1], lines[header], vocabulary):
        header += 1
    if any(len(line.filled) > 1 for line in lines[:header]):
        return header, Opening.HEADER
    first = bare(label_of(lines[0].texts[lines[0].filled[0]])[0])
    return 0, Opening.FORM if first in vocabulary.stack_heads or vocabulary.is_level_row(lines[0].texts) else Opening.NOTHING


def _completes(above: Line, line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line fills just what the headings over it leave open: parts that forms know stand beside others of their own (counties)."""
    free = {j for j, text in enumerate(above.texts) if not text}
    groups = {j for j in above.filled if j + 1 in free}
    if len(line.filled) < 2 or not free <= set(line.filled) <= free | groups or not _may_be_heading(line, vocabulary, totals=True):
        return False
    return sum(vocabulary.knows(line.texts[j], strictly=True) for j in line.filled) > 1


def _over_header(lines: Sequence[Line], vocabulary: Vocabulary) -> int:
    """How many of the first lines are no headings that forms have, yet stand right over some: an authority's own group headings."""
    over = next((n for n, line in enumerate(lines[: MAX_OVER + 1]) if vocabulary.is_header_row(line.texts, strictly=True)), 0)
    return over if all(_may_be_heading(line, vocabulary) for line in lines[:over]) else 0


def _may_be_heading(line: Line, vocabulary: Vocabulary, *, totals: bool = False) -> bool:
    texts = [line.texts[j] for j in line.filled]
    if vocabulary.is_level_row(texts) or bare(label_of(texts[0])[0]) in vocabulary.stack_heads:
        return False
    short = all(len(t) <= LONGEST_HEADING and not ordinal(t) for t in texts)
    strange = {Look.DIGITS, Look.MONEY, Look.BLANK} | (set() if totals else {Look.TOTAL})
    return short and all(look(t) not in strange for t in texts)
