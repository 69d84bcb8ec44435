"""Web pages → paragraphs and grids: what a reader of the page sees of its article, not the site around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby, islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading import document as physical
from mingsuan.reading.document import Document, Paragraph, UnreadableFile
from mingsuan.reading.formats.grids import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Where, grid_of, placed
from mingsuan.reading.formats.html_tables import part_ends, rows_of, span
from mingsuan.reading.formats.html_text import text_of
from mingsuan.reading.formats.html_weighed import MAX_MARKS, Weighed, is_file
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

MAX_DEPTH = 100
"""Nesting of elements that is followed."""
MAX_LINES = 200_000
"""Paragraphs and rows that are read."""
MAX_ATTACHMENTS = 100
"""Attachments that are named."""
_PARAGRAPHS = {
    *("address", "article", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p"),
    *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "iframe", "br"),
}
_ENTRY = regex(
    r"(?:您?(?:当前|现在|所在)的?(?:所在)?位置|首页\s*[>＞»›]|版权所有|主办单位|承办单位|网站标识码|.{0,4}ICP备|.{0,3}公网安备"
    r"|(?:【|\[)?(?:打印|关闭|收藏|分享到?|字体|字号)(?:本页|页面|窗口)?(?:】|\])?[:：\s【\[]|扫一扫|上一篇|下一篇|浏览次数|阅读次数|点击数)"
)
_DECLARATION = regex(r"\A\s*<\?xml[^>]*>")
_SITE = regex(r"\s*[-_|—–]+\s*[^-_|—–]*(?:政府|网|门户|局|厅|委)[^-_|—–]*\Z")
_SPACE = regex(r"[ \t\r\n\f]+")


def read_html(data: bytes, name: str, charset: str | None = None) -> Document:
    """Read a web page; `name` is what places and messages call the file.

    Args:
        data: the page.
        name: its name.
        charset: the encoding that the server declared, where it is known.

    A place names the running number of the line, each paragraph and each row of a table being one, and the table, row and column.
    Attachments are named in the problems, because they are files of their own that nobody has read.

    Raises:
        UnreadableFile: the page is empty, too large, or no text.
    """
    text, problems = text_of(data, name, charset)
    if text.count("<") + text.count("=") > MAX_MARKS:
        raise UnreadableFile(name, "网页的内容多得异常，没有读取", "请在浏览器中打开，把正文复制到 Word 文件保存后再试")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableFile(name, "网页里没有内容", "请在浏览器中打开原网页，另存为完整的网页后再试")
    weighed = Weighed.of(root)
    page = _Page(name, weighed)
    content = weighed.article(root)
    blocks = tuple(page.headed(root, content))
    if not blocks and not page.attachments:
        what = "网页里没有可以读取的正文（可能由脚本显示）"
        raise UnreadableFile(name, what, "请在浏览器中打开原网页，把正文复制到 Word 文件保存，或下载网页里的附件后再试")
    return Document(name, blocks, (*problems, *page.problems()))


@dataclass
class _Page:
    """The walk through a page: what has been weighed and counted so far."""

    name: str
    weighed: Weighed
    line: int = 0
    cells_left: int = MAX_CELLS
    tables: int = 0
    attachments: dict[str, str] = field(default_factory=dict)
    pictures: int = 0
    losses: list[str] = field(default_factory=list)

    def problems(self) -> Iterator[str]:
        """What was not read, one Chinese sentence each."""
        yield from self.losses
        for address, title in list(self.attachments.items())[:MAX_ATTACHMENTS]:
            base = unquote(urlsplit(address).path.rpartition("/")[2])[:80]
            shown = f"“{title}”（{base}）" if title and title != base else f"“{base}”"
            yield f"网页附有文件{shown}，没有读取；请下载后与网页一并提供"
        if len(self.attachments) > MAX_ATTACHMENTS:
            yield f"网页还附有另外{len(self.attachments) - MAX_ATTACHMENTS}个文件，没有读取"
        if self.pictures:
            yield f"网页正文有{self.pictures}张图片，图片里的文字没有读取"

    def _lose(self, what: str) -> None:
        if what not in self.losses:
            self.losses.append(what)

    def headed(self, root: etree._Element, content: etree._Element) -> Iterator[physical.Block]:
        """The article's blocks, under the page's title where the article does not begin with it."""
        title = _title(root)
        glimpse = replace(self, attachments={}, losses=[]).blocks(content)
        opening = [compact(b.text) for b in islice(glimpse, 5) if isinstance(b, Paragraph)]
        if title and compact(title) not in (*opening, "".join(opening[:2])):
            self.line += 1
            yield Paragraph(title, Place(self.name, line=self.line), 1)
        yield from self.blocks(content)

    def blocks(self, parent: etree._Element, depth: int = 0, heading: int | None = None) -> Iterator[physical.Block]:
        """Paragraphs and grids of a container in order."""
        pieces: list[str] = []
        for sort, item in self._flow(parent, depth):
            if sort == "text":
                pieces.append(str(item))
                continue
            yield from self._paragraph(pieces, heading)
            pieces = []
            if isinstance(item, etree._Element):
                yield from self._block(item, depth, heading)
            if self.line >= MAX_LINES:
                self._lose(f"网页超过{MAX_LINES}行，其余内容没有读取")
                return
        yield from self._paragraph(pieces, heading)

    def _block(self, element: etree._Element, depth: int, heading: int | None) -> Iterator[physical.Block]:
        tag = element.tag
        if tag == "table":
            yield from self._table(element, depth + 1)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield from self.blocks(element, depth + 1, int(tag[1]))
        else:
            yield from self.blocks(element, depth + 1, heading)

    def _flow(self, parent: etree._Element, depth: int) -> Iterator[tuple[str, str | etree._Element]]:
        """The running text of a container and the blocks that interrupt it; wrappers of text are looked through."""
        if depth > MAX_DEPTH:
            self._lose(f"网页嵌套超过{MAX_DEPTH}层，更深处没有读取")
            return
        yield "text", parent.text or ""
        for child in parent:
            if self.weighed.is_unseen(child) or self.weighed.is_furniture(child):
                pass
            elif child.tag in ("br", "hr"):
                yield "break", ""
            elif child.tag == "iframe":
                self._note_file(child.get("src", ""), None)
            elif child.tag == "img":
                self.pictures += 1
            elif child.tag in _PARAGRAPHS:
                yield "block", child
            else:
                if child.tag == "a":
                    self._note_file(child.get("href", ""), child)
                yield from self._flow(child, depth + 1)
            yield "text", child.tail or ""

    def _note_file(self, address: str, link: etree._Element | None) -> None:
        if is_file(address) and address not in self.attachments:
            words = "".join(str(text) for text in link.itertext()) if link is not None else ""
            self.attachments[address] = compact(words)[:200]

    def _paragraph(self, pieces: Sequence[str], heading: int | None) -> Iterator[Paragraph]:
        text = _SPACE.sub(" ", "".join(pieces)).strip()
        if text and _ENTRY.match(text) is None:
            self.line += 1
            yield Paragraph(text, Place(self.name, line=self.line), heading)

    def _table(self, table: etree._Element, depth: int) -> Iterator[physical.Block]:
        """A grid, then the tables nested in it; a table that only lays out the page is a container of blocks."""
        for caption in table.iterchildren("caption"):
            yield from self.blocks(caption, depth + 1)
        rows = [row for row in rows_of(table) if not self.weighed.is_unseen(row) and row.get("height") != "0"][:MAX_ROWS]
        cells = [(n, c) for n, row in enumerate(rows) for c in row if c.tag in ("td", "th") and not self.weighed.is_unseen(c)]
        if self._is_layout(table, cells):
            for _, cell in cells:
                yield from self.blocks(cell, depth + 1)
            return
        start = self.line + 1
        nested: list[etree._Element] = []
        ends = part_ends(rows)
        read = [
            (
                n,
                self._cell(c, nested),
                min(span(c.get("rowspan"), MAX_ROWS, zero=MAX_ROWS), ends[n] - n),
                span(c.get("colspan"), MAX_COLUMNS),
            )
            for n, c in cells[: max(0, self.cells_left)]
        ]
        blocks = placed(read, len(rows))
        self.line += len(rows)
        if len(blocks) < len(cells):
            self._lose(f"有的表格超过{MAX_COLUMNS}列或{MAX_CELLS}个单元格，其余没有读取")
        if blocks:
            grid, lost = grid_of(blocks, Where(self.name, start, self.tables + 1), self.cells_left)
            self.cells_left -= grid.width * len(grid.rows)
            if lost:
                self._lose(f"网页的表格合计超过{MAX_CELLS}个单元格，第{start + len(grid.rows)}行起有表格行没有读取")
            if grid.rows:
                self.tables += 1
                yield grid
        for inner in nested:
            yield from self._table(inner, depth + 1) if depth < MAX_DEPTH else ()

    def _is_layout(self, table: etree._Element, cells: Sequence[tuple[int, etree._Element]]) -> bool:
        """Whether a table is a frame: it has one cell, or most of its text is in tables inside it."""
        if len(cells) <= 1:
            return True
        inner = [t for _, cell in cells for t in cell.iter("table") if next(t.iterancestors("table"), None) is table]
        return bool(inner) and sum(map(self.weighed.text_of, inner)) >= self.weighed.text_of(table) / 2

    def _cell(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        """A cell's text, its lines joined with nothing."""
        out: list[str] = []
        for sort, run in groupby(self._cell_flow(cell, nested, 0), key=lambda item: item[0]):
            if sort == "text":
                out.append(_SPACE.sub(" ", "".join(text for _, text in run)).strip())
        return "".join(out).strip()

    def _cell_flow(self, parent: etree._Element, nested: list[etree._Element], depth: int) -> Iterator[tuple[str, str]]:
        if depth > MAX_DEPTH:
            self._lose(f"网页嵌套超过{MAX_DEPTH}层，更深处没有读取")
            return
        yield "text", parent.text or ""
        for child in parent:
            if child.tag == "table":
                nested.append(child)
            elif not self.weighed.is_unseen(child):
                if child.tag == "a":
                    self._note_file(child.get("href", ""), child)
                apart = child.tag in _PARAGRAPHS
                if apart:
                    yield "break", ""
                yield from self._cell_flow(child, nested, depth + 1)
                if apart:
                    yield "break", ""
            yield "text", child.tail or ""


def _title(root: etree._Element) -> str:
    """The page's title as the site's own mark says it, else as its title line, without the name of the site."""
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() == "articletitle":
            return _SPACE.sub(" ", meta.get("content", "")).strip()
    title = next((element.text or "" for element in root.iter("title")), "")
    return _SITE.sub("", _SPACE.sub(" ", title).strip())
