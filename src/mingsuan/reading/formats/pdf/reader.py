"""A PDF → a document: paragraphs and grids of all pages in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, GridCell, Paragraph, UnreadableFile
from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.filling import Table
from mingsuan.reading.formats.pdf.furniture import without_furniture
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.lattice import Span
from mingsuan.reading.formats.pdf.legibility import is_readable, problems
from mingsuan.reading.formats.pdf.limits import MAX_ALL_CELLS, MAX_ALL_CHARACTERS, MAX_PAGES
from mingsuan.reading.formats.pdf.lines import Line
from mingsuan.reading.formats.pdf.opening import opened
from mingsuan.reading.formats.pdf.page import PageLayout, page_layout
from mingsuan.reading.formats.pdf.paragraphs import Block as Lines
from mingsuan.reading.formats.pdf.paragraphs import Measure, blocks, continues, join, measure
from mingsuan.values import dataclass


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF in this process; for files of unknown origin use `isolated.read_pdf`, which a crash of pdfium cannot harm.

    Raises:
        UnreadableFile: it is encrypted, damaged, or none of its pages holds text that can be read.
    """
    pages, cuts = layouts(data, name)
    said = problems(pages)
    readable = [page for page in pages if page is not None and is_readable(page)]
    found = tuple(_blocks(readable, name))
    if not found:
        why = "；".join(said) or "各页都是空白"
        raise UnreadableFile(name, f"整份文件没有可以读取的文字：{why}", "请向发布单位索取由办公软件直接导出的 PDF 或原文件")
    return Document(name, found, (*said, *cuts))


def layouts(data: bytes, name: str, only: int | None = None) -> tuple[list[PageLayout | None], tuple[str, ...]]:
    """The pages of a PDF (`only` one of them, counted from 1), None for damaged ones, and what the bounds cut off.

    Raises:
        UnreadableFile: it is encrypted or damaged.
    """
    with opened(data, name) as document:
        count = native.page_count(document)
        if count <= 0:
            raise UnreadableFile(name, "这份 PDF 没有页面", "请重新下载，或在 PDF 阅读器中打开后另存（打印）为新的 PDF 再试")
        numbers = [only] if only is not None else range(1, min(count, MAX_PAGES) + 1)
        pages: list[PageLayout | None] = []
        cells = characters = 0
        for number in numbers:
            page = page_layout(document, number) if 1 <= number <= count else None
            pages.append(page)
            if page is not None:
                cells += sum(table.lattice.rows * table.lattice.columns for table in page.tables)
                characters += page.characters
            if cells > MAX_ALL_CELLS or characters > MAX_ALL_CHARACTERS:
                return pages, (f"文件内容过多，第{number}页以后没有读取",)
    return pages, (f"文件有{count}页，第{MAX_PAGES}页以后没有读取",) if only is None and count > MAX_PAGES else ()


@dataclass(frozen=True)
class _Told:
    """A paragraph with what is needed to see whether the next page goes on with it."""

    lines: Lines
    page: PageLayout
    measure: Measure | None


def _blocks(pages: Sequence[PageLayout], name: str) -> Iterator[Block]:
    """Paragraphs and grids of all pages; a paragraph that the page cuts in two is one, placed where it begins."""
    kept = without_furniture(pages)
    measures = _measures(pages, kept)
    waiting: Paragraph | None = None
    last: _Told | None = None
    for page, lines in zip(pages, kept, strict=True):
        across = measures[round(page.width)]
        tables = 0
        for item in _items(page, lines, across):
            if isinstance(item, Table):
                tables += 1
                if waiting is not None:
                    yield waiting
                waiting = last = None
                yield _grid(item, page, Place(name, page.number, table=tables))
                continue
            if waiting is not None and last is not None and last.page is not page and _goes_on(last, item, across):
                waiting = replace(waiting, text=join(waiting.text, item.text))
            else:
                if waiting is not None:
                    yield waiting
                waiting = Paragraph(item.text.strip(), Place(name, page.number, _rounded(page.frame.shown(item.box))))
            last = _Told(item, page, across)
    if waiting is not None:
        yield waiting


def _measures(pages: Sequence[PageLayout], kept: Sequence[Sequence[Line]]) -> dict[int, Measure | None]:
    """The measure of the running text of pages by their width."""
    by_width: dict[int, list[Line]] = {}
    for page, lines in zip(pages, kept, strict=True):
        by_width.setdefault(round(page.width), []).extend(lines)
    return {width: measure(lines, width) for width, lines in by_width.items()}


def _goes_on(last: _Told, lines: Lines, across: Measure | None) -> bool:
    return continues(last.lines.lines[-1], lines.lines[0], last.measure, across)


def _items(page: PageLayout, lines: Sequence[Line], across: Measure | None) -> Iterator[Lines | Table]:
    """Tables and paragraphs of a page from top to bottom."""
    rest = list(lines)
    for table in page.tables:
        above = [line for line in rest if _middle(line) < table.lattice.ys[0]]
        yield from blocks(above, across)
        yield table
        rest = [line for line in rest if _middle(line) >= table.lattice.ys[0]]
    yield from blocks(rest, across)


def _middle(line: Line) -> float:
    box = line.box
    return (box.top + box.bottom) / 2


def _grid(table: Table, page: PageLayout, place: Place) -> Grid:
    lattice = table.lattice
    extents = {(span.top, span.left): span for span in table.spans}

    def cell(row: int, column: int) -> GridCell:
        span = extents.get((row, column)) or Span(row, column, row, column)
        box = _rounded(page.frame.shown(lattice.box_of(span)))
        here = Place(place.file, place.page, box, table=place.table, row=row + 1, column=column + 1)
        return GridCell(table.texts.get((row, column), ""), here)

    rows = tuple(tuple(cell(row, column) for column in range(lattice.columns)) for row in range(lattice.rows))
    return Grid(
        rows,
        replace(place, box=_rounded(page.frame.shown(lattice.box))),
        tuple((s.top, s.left, s.bottom, s.right) for s in table.spans),
    )


def _rounded(box: Box) -> tuple[float, float, float, float]:
    return round(box.left, 1), round(box.top, 1), round(box.right, 1), round(box.bottom, 1)
