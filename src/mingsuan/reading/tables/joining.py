"""Pieces → whole tables: pages joined, reprinted headers and titles dropped, neighbours told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.dialects.names import bare
from mingsuan.reading.document import Document, Paragraph
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.counted import line_number_columns, without_line_numbers
from mingsuan.reading.tables.lines import Line, is_rest_of, labels_of_before, relaid, with_labels, with_rest, without_labels
from mingsuan.reading.tables.pieces import Piece, pieces_of
from mingsuan.reading.tables.raw import Opening, RawTable
from mingsuan.reading.tables.titles import is_department, is_furniture, is_unit, title_of
from mingsuan.reading.tables.vocabulary import Vocabulary, label_of
from mingsuan.reading.tables.year_sections import with_years_as_column

ABOVE = 12
"""Paragraphs over a table among which its title and unit are looked for."""


def tables_of(document: Document, vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The whole tables of a document in order."""
    pieces, trailing = pieces_of(document, vocabulary)
    return tuple(with_years_as_column(_without_line_numbers(table)) for table in _joined(pieces, trailing, vocabulary))


def _without_line_numbers(table: RawTable) -> RawTable:
    columns = line_number_columns(table.header, table.lines)
    if not columns:
        return table
    pages = tuple(without_line_numbers(page, columns) for page in table.pages)
    return replace(table, header=without_line_numbers(table.header, columns), pages=pages)


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
