"""Physical grids → whole tables: pages joined, reprinted headers and titles dropped, neighbours told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from enum import Enum, auto
from functools import cached_property

from mingsuan.dialects.names import bare, ordinal, relative
from mingsuan.patterns import regex
from mingsuan.places import Place, extent
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.formats.pdf.continuation import continuations
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.broken_titles import with_whole_titles
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.counted import counts_columns, line_number_columns, without_column_numbers, without_line_numbers
from mingsuan.reading.tables.headers import MAX_ROWS
from mingsuan.reading.tables.headings import Label
from mingsuan.reading.tables.lines import Line, is_rest_of, labels_of_before, relaid, with_labels, with_rest, without_labels
from mingsuan.reading.tables.titles import is_department, is_furniture, is_stamp, is_unit, title_of
from mingsuan.reading.tables.vocabulary import Vocabulary, label_of
from mingsuan.values import dataclass

ABOVE = 12
"""Paragraphs over a table among which its title and unit are looked for."""
MAX_OVER, LONGEST_HEADING = 2, 24
"""Lines of strange headings that a header may begin with, and the characters of one of them at most."""


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
        goes_on: where the layout of the pages shows that it goes on with the piece before, the number of its first lines that only
            repeat what the table began with; else None.
    """

    lines: tuple[Line, ...]
    header: int
    opening: Opening
    before: tuple[Paragraph, ...]
    goes_on: int | None = None


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
        years = {int(y) for line in self.header for text in line.texts for y in _YEARS.findall(text)}
        this = max(years) if len(years) > 1 else None
        return tuple(tuple(_label(line, row, j, this) for j in line.filled) for row, line in enumerate(self.header))

    @cached_property
    def title(self) -> str:
        """The title as printed, white space removed, "" if there is none."""
        found = title_of(self.before)
        return compact(found.text) if found is not None else ""

    @property
    def place(self) -> Place:
        """Its extent in the file."""
        return extent(cell.place for line in (*self.header, *self.lines) for cell in line.cells)


_YEARS = regex(r"(?:19|20)\d\d(?=年)")


def _label(line: Line, row: int, column: int, this: int | None) -> Label:
    text = line.texts[column]
    return Label(text, row, column, line.place, relative(text, this) if this is not None and _YEARS.search(text) else "")


def tables_of(document: Document, vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The whole tables of a document in order."""
    pieces, trailing = _pieces(document, vocabulary)
    return tuple(map(_without_line_numbers, _joined(pieces, trailing, vocabulary)))


def _without_line_numbers(table: RawTable) -> RawTable:
    columns = line_number_columns(table.header, table.lines)
    if not columns:
        return table
    pages = tuple(without_line_numbers(page, columns) for page in table.pages)
    return replace(table, header=without_line_numbers(table.header, columns), pages=pages)


# ---- grids → pieces ------------------------------------------------------------------------------------------------


def _pieces(document: Document, vocabulary: Vocabulary) -> tuple[list[Piece], tuple[Paragraph, ...]]:
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
    if any(len(line.filled) > 1 for line in lines[:header]):
        return header, Opening.HEADER
    first = bare(label_of(lines[0].texts[lines[0].filled[0]])[0])
    return 0, Opening.FORM if first in vocabulary.stack_heads or vocabulary.is_level_row(lines[0].texts) else Opening.NOTHING


def _over_header(lines: Sequence[Line], vocabulary: Vocabulary) -> int:
    """How many of the first lines are no headings that forms have, yet stand right over some: an authority's own group headings."""
    over = next((n for n, line in enumerate(lines[: MAX_OVER + 1]) if vocabulary.is_header_row(line.texts, strictly=True)), 0)
    return over if all(_may_be_heading(line, vocabulary) for line in lines[:over]) else 0


def _may_be_heading(line: Line, vocabulary: Vocabulary) -> bool:
    texts = [line.texts[j] for j in line.filled]
    if vocabulary.is_level_row(texts) or bare(label_of(texts[0])[0]) in vocabulary.stack_heads:
        return False
    short = all(len(t) <= LONGEST_HEADING and not ordinal(t) for t in texts)
    return short and all(look(t) not in {Look.DIGITS, Look.MONEY, Look.BLANK, Look.TOTAL} for t in texts)


# ---- pieces → tables -----------------------------------------------------------------------------------------------


def _joined(pieces: Sequence[Piece], trailing: tuple[Paragraph, ...], vocabulary: Vocabulary) -> Iterator[RawTable]:
    current: RawTable | None = None
    for piece in pieces:
        if current is not None:
            current, piece = _on_same_columns(current, piece)
            piece = _with_header_of(current, piece)
            if _breaks_in_header(current, piece):
                current = replace(current, header=(*current.header, *piece.lines[: piece.header]), pages=(piece.lines[piece.header :],))
                continue
            if _continues(current, piece, vocabulary) or _goes_on(current, piece):
                current = _extended(current, piece)
                continue
        if current is not None:
            yield replace(current, after=piece.before)
        current = RawTable(piece.lines[: piece.header], (piece.lines[piece.header :],), piece.before[-ABOVE:], piece.opening)
    if current is not None:
        yield replace(current, after=trailing)


def _on_same_columns(table: RawTable, piece: Piece) -> tuple[RawTable, Piece]:
    """A table and the piece right below it with the columns of the one that prints more of them."""
    above, below = (*table.header, *table.lines)[-1].lefts, piece.lines[0].lefts
    if piece.before or not above or not below or len(above) == len(below):
        return table, piece
    if len(below) < len(above):
        lines = relaid(piece.lines, above)
        return table, piece if lines is None else replace(piece, lines=lines)
    header = relaid(table.header, below) if not table.lines else None
    return table if header is None else replace(table, header=header), piece


def _breaks_in_header(table: RawTable, piece: Piece) -> bool:
    """Whether a page ends within the header of a table, of which the next page prints the rest."""
    if table.lines or piece.before or not _is_other_page(table, piece):
        return False
    if piece.opening is not Opening.HEADER or table.opening is not Opening.HEADER:
        return False
    return _width(table.header) == _width(piece.lines) and not _reprints(table, piece)


def _width(lines: Sequence[Line]) -> int:
    return len(lines[0].cells) if lines else 0


def _with_header_of(table: RawTable, piece: Piece) -> Piece:
    """A piece that begins with a table's whole header has that header and no more: a row of labels below it is a row."""
    whole = [line.texts for line in table.header]
    if whole and [line.texts for line in piece.lines[: len(whole)]] == whole:
        return replace(piece, header=len(whole), opening=Opening.HEADER)
    return piece


def _continues(table: RawTable, piece: Piece, vocabulary: Vocabulary) -> bool:
    """Whether a piece is a further page of a table."""
    if _is_other_page(table, piece) and _width((*table.header, *table.lines)) != _width(piece.lines):
        return False
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


def _is_other_page(table: RawTable, piece: Piece) -> bool:
    return piece.lines[0].place.page != (*table.header, *table.lines)[-1].place.page


def _goes_on(table: RawTable, piece: Piece) -> bool:
    """Whether a piece that the layout shows to go on with a table does: it has no other title, header or opening of its own."""
    if piece.goes_on is None or piece.opening is Opening.FORM:
        return False
    title = title_of(piece.before)
    if title is not None and compact(title.text) != table.title:
        return False
    return piece.opening is Opening.NOTHING or (_reprints(table, piece) and not _totals_again(table, piece))


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
    header = piece.header or piece.goes_on or 0
    if header:
        repairs = (*repairs, f"{piece.lines[0].place}起换页重印的表头已略去")
    lines = piece.lines[header:]
    if not header and table.pages[-1] and lines and _is_other_page(table, piece) and is_rest_of(lines[0], table.lines[-1]):
        repairs = (*repairs, f"{lines[0].place}是上一页末行换页后余下的文字，已并入该行")
        *full, last = table.pages
        return replace(table, pages=(*full, (*last[:-1], with_rest(last[-1], lines[0])), lines[1:]), repairs=repairs)
    cut = labels_of_before(table.pages[-1], lines[0]) if table.pages[-1] and lines and _is_other_page(table, piece) else None
    if cut is not None:
        number, columns = cut
        *full, last = table.pages
        begun = (*last[:number], with_labels(last[number], lines[0], columns), *last[number + 1 :])
        repairs = (*repairs, f"{lines[0].place}的“{lines[0].texts[columns[0]]}”是上一页合并单元格换页后印出的，已归回原行")
        return replace(table, pages=(*full, begun, (without_labels(lines[0], columns), *lines[1:])), repairs=repairs)
    return replace(table, pages=(*table.pages, lines), repairs=repairs)
