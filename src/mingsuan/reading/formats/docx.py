"""DOCX → paragraphs and grids, straight from the document's XML.

What Word shows is read, what it hides is not: deleted text, hidden text and field codes stay out, inserted text,
text boxes and the automatic ordinals of lists are in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import chain

from lxml import etree

from mingsuan.places import Place
from mingsuan.reading import document as physical
from mingsuan.reading.document import Document, Paragraph, UnreadableFile
from mingsuan.reading.formats.docx_styles import styles_of
from mingsuan.reading.formats.docx_tables import cells_of, edges, extent, rows_of
from mingsuan.reading.formats.docx_text import ALTERNATE, FOREIGN, Texts, branch_of
from mingsuan.reading.formats.grids import MAX_CELLS, MAX_COLUMNS, Block, Where, grid_of
from mingsuan.reading.formats.numbering import Counters, lists_of
from mingsuan.reading.formats.package import Package
from mingsuan.reading.formats.wordml import GONE, MAX_DEPTH, TBL, TRPR, P, W, value_of, whole
from mingsuan.reading.formats.zipped import PartError
from mingsuan.values import dataclass

MAX_LINES = 200_000
"""Paragraphs and rows that are read."""


def read_docx(data: bytes, name: str) -> Document:
    """Read a DOCX document; `name` is what places and messages call the file.

    A place names the running number of the line, each paragraph and each row of a table being one, and the table, row and column.

    Raises:
        UnreadableFile: the file is damaged, too large or not a Word document.
    """
    package = Package.open(data, name)
    main = package.main_part("word/document.xml")
    root = package.required(main)
    body = root.find(W + "body")
    if body is None:
        raise UnreadableFile(name, "文件里没有正文", "请用 Word 或 WPS 打开，另存为 DOCX 后再试")
    parts = dict(package.targets(main).values())
    problems: list[str] = []
    styles = styles_of(_optional(package, parts.get("styles"), problems, "样式"))
    lists = lists_of(_optional(package, parts.get("numbering"), problems, "自动编号"))
    reader = _Reader(name, Texts(styles, Counters(lists)))
    blocks = tuple(reader.blocks(body))
    if not blocks:
        reasons = "；".join((*problems, *reader.problems()))
        raise UnreadableFile(
            name, f"文件里没有任何文字{reasons and f'（{reasons}）'}", "请换用带文字的文件；扫描件和图片里的文字目前不读取"
        )
    return Document(name, blocks, (*problems, *reader.problems()))


def _optional(package: Package, part: str | None, problems: list[str], what: str) -> etree._Element | None:
    if part is None or part not in package:
        return None
    try:
        return package.xml(part)
    except PartError as error:
        problems.append(f"{what}没有读取：{error}")
        return None


@dataclass(frozen=True, slots=True)
class _Ranged:
    """A cell with the columns of the table's raster that it covers, and its part in a merge."""

    element: etree._Element
    left: int
    right: int
    merge: str


@dataclass
class _Reader:
    """The walk through a document: what has been counted so far."""

    name: str
    texts: Texts
    line: int = 0
    cells_left: int = MAX_CELLS
    tables: int = 0
    losses: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[physical.Block]:
        """Paragraphs and grids of a container in order."""
        if depth > MAX_DEPTH:
            self._lose(f"内容嵌套超过{MAX_DEPTH}层，更深处没有读取")
            return
        for element in parent:
            if self.line >= MAX_LINES:
                self._lose(f"文件超过{MAX_LINES}行，其余内容没有读取")
                return
            if element.tag == P:
                yield from self._paragraph(element, depth)
            elif element.tag == TBL:
                yield from self._table(element, depth)
            elif element.tag == ALTERNATE:
                yield from chain.from_iterable(self.blocks(branch, depth + 1) for branch in branch_of(element))
            elif element.tag == FOREIGN:
                self.texts.count("altChunk")
            elif element.tag not in GONE:
                yield from self.blocks(element, depth + 1)

    def problems(self) -> Iterator[str]:
        """What was not read, one Chinese sentence each."""
        yield from self.losses
        if notes := self.texts.seen.get("notes"):
            yield f"有{notes}条脚注或尾注没有读取"
        if objects := self.texts.seen.get("objects"):
            yield f"文中嵌入了{objects}个对象（如 Excel 表格），其内容没有读取；请把其中的表格改为 Word 表格，或单独提供原文件"
        if pictures := self.texts.seen.get("pictures"):
            yield f"文中有{pictures}张图片，图片里的文字没有读取"
        if chunks := self.texts.seen.get("altChunk"):
            yield f"文中嵌入了{chunks}段其他格式的内容，没有读取；请用 Word 打开，另存一份后再试"

    def _lose(self, what: str) -> None:
        if what not in self.losses:
            self.losses.append(what)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[physical.Block]:
        text, boxes = self.texts.printed(element)
        heading = self.texts.heading(element)
        for line in text.split("\n"):
            shown = line.strip()
            if shown:
                self.line += 1
                yield Paragraph(shown, Place(self.name, line=self.line), heading)
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> Iterator[physical.Block]:
        """A table's grid, then the tables and text boxes nested in it; a table of one cell is a frame around its content."""
        rows = list(rows_of(table))
        only = list(chain.from_iterable(cells_of(row) for row in rows)) if len(rows) == 1 else []
        if len(only) == 1:
            yield from self.blocks(only[0], depth + 1)
            return
        start = self.line + 1
        blocks, nested = self._laid_out(table, rows[: MAX_LINES - self.line])
        self.line += len(rows)
        if blocks:
            grid, lost = grid_of(blocks, Where(self.name, start, self.tables + 1), self.cells_left)
            self.cells_left -= grid.width * len(grid.rows)
            if lost:
                self._lose(f"文件的表格合计超过{MAX_CELLS}个单元格，第{start + len(grid.rows)}行起有表格行没有读取")
            if grid.rows:
                self.tables += 1
                yield grid
        for element in nested:
            if element.tag == TBL:
                yield from self._table(element, depth + 1) if depth < MAX_DEPTH else ()
            else:
                yield from self.blocks(element, depth + 1)

    def _laid_out(self, table: etree._Element, rows: Sequence[etree._Element]) -> tuple[Sequence[Block], Sequence[etree._Element]]:
        """The cells of a table with their extents, and what is nested in them."""
        ranged = [list(self._ranged(row)) for row in rows]
        edge = edges(table)
        if any(edge(cell.left) == edge(cell.right) for row in ranged for cell in row):
            edge = int
        done: list[Block] = []
        nested: list[etree._Element] = []
        open_cells: dict[int, Block] = {}
        for number, row in enumerate(ranged):
            still: dict[int, Block] = {}
            for cell in row:
                left, right = edge(cell.left), edge(cell.right)
                above = open_cells.pop(left, None) if cell.merge == "continue" else None
                if above is not None:
                    still[left] = Block(above.text, above.top, left, number + 1, above.right)
                elif cell.merge == "across" and done and done[-1].top == number:
                    done[-1] = Block(done[-1].text, number, done[-1].left, number + 1, right)
                else:
                    block = Block(self._cell(cell.element, nested), number, left, number + 1, right)
                    if cell.merge == "restart":
                        still[left] = block
                    else:
                        done.append(block)
            done += open_cells.values()
            open_cells = still
        return [*done, *open_cells.values()], nested

    def _ranged(self, row: etree._Element) -> Iterator[_Ranged]:
        """The cells of a row with the columns of the table's raster that they cover."""
        left = whole(value_of(row.find(TRPR), "gridBefore"))
        for cell in cells_of(row):
            wide, merge = extent(cell)
            right = min(left + wide, MAX_COLUMNS)
            if right <= left:
                self._lose(f"有的表格超过{MAX_COLUMNS}列，其余各列没有读取")
                return
            yield _Ranged(cell, left, right, merge)
            left = right

    def _cell(self, cell: etree._Element, nested: list[etree._Element], depth: int = 0) -> str:
        """A cell's printed text, its paragraphs, tabs and line breaks joined with nothing."""
        texts: list[str] = []
        for element in cell if depth <= MAX_DEPTH else ():
            if element.tag == P:
                text, boxes = self.texts.printed(element)
                texts.append(
                    text if "\t" not in text and "\n" not in text else "".join(map(str.strip, text.replace("\t", "\n").split("\n")))
                )
                nested += boxes
            elif element.tag == TBL:
                nested.append(element)
            elif element.tag == ALTERNATE:
                texts += [self._cell(branch, nested, depth + 1) for branch in branch_of(element)]
            elif element.tag not in GONE:
                texts.append(self._cell(element, nested, depth + 1))
        return "".join(texts).strip()
