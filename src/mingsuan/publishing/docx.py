"""A publication → a Word file, written as XML: real styles, an outline, a contents field, repeated header rows, landscape sections.

ISO/IEC 29500. The order of elements within properties is the schema's; Word refuses files that do not keep it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from mingsuan.publishing import docx_parts as parts
from mingsuan.publishing.docx_pages import LEAST_MARGIN, ROW_PITCH, page_numbers
from mingsuan.publishing.drawings import drawing, rasterised
from mingsuan.publishing.publication import DRAFT, Align, Heading, Index, Paper, Picture, Publication, Sheet, Text, Tile
from mingsuan.publishing.widths import PORTRAIT, ems, unbroken

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date of a ZIP archive, for those that say none."""
_DEEPEST = 3
_TITLE, _SMALLEST_TITLE = 26.0, 16.0
"""Sizes of the title, in points: the usual one, and the smallest to which one too long for its line is set."""


def write_docx(publication: Publication) -> bytes:
    """The file; the same publication gives the same bytes."""
    pictures = {n: block for n, block in enumerate(publication.blocks) if isinstance(block, Picture)}
    files: Mapping[str, str] = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELATIONS,
        "word/document.xml": _document(publication),
        "word/_rels/document.xml.rels": parts.document_relations(pictures),
        "word/styles.xml": parts.styles(_twips(PORTRAIT.measure), (s.size for s in publication.sheets)),
        "word/settings.xml": parts.SETTINGS,
        "word/footer1.xml": parts.FOOTER,
        "word/header1.xml": parts.header(DRAFT if publication.draft else ""),
        "docProps/core.xml": parts.core(publication.title, publication.department, publication.date),
        "docProps/app.xml": parts.APPLICATION,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode())
        for number, picture in pictures.items():
            archive.writestr(zipfile.ZipInfo(f"word/media/image{number}.png", _EPOCH), rasterised(picture))
    return out.getvalue()


def _twips(points: float) -> int:
    return round(20 * points)


def _document(publication: Publication) -> str:
    body = "".join(_body(publication))
    return f"{parts.DECLARATION}<w:document {parts.NAMESPACES}><w:body>{body}</w:body></w:document>"


def _body(publication: Publication) -> Iterator[str]:
    """Cover, contents and blocks; a section ends where the page changes."""
    cover = publication.covered
    begun = bool(publication.narrative)
    if cover:
        yield from _cover(publication)
        yield from _contents(publication)
    paper = PORTRAIT
    for position, block in enumerate(publication.blocks):
        needed = block.paper if isinstance(block, Sheet) else PORTRAIT
        if needed != paper and begun:
            yield f'<w:p><w:pPr><w:pStyle w:val="TableNote"/>{_section(paper, cover)}</w:pPr></w:p>'
            cover = False
        paper, begun = needed, True
        match block:
            case Heading():
                yield _paragraph(f"Heading{min(block.level, _DEEPEST)}", block.text, anchor=position)
            case Text():
                yield _paragraph("Normal", block.text, align=block.align)
            case Index():
                yield from (_paragraph("TableIndex", line) for line in block.lines)
            case Sheet():
                yield from _sheet(block, position)
            case Picture():
                yield drawing(block, position)
    yield _section(paper, cover)


def _section(paper: Paper, cover: bool) -> str:
    """The page of the section that ends here, with its header and footer; a cover bears no number."""
    first = '<w:headerReference w:type="first" r:id="rId4"/>' if cover else ""
    turned = ' w:orient="landscape"' if paper.landscape else ""
    margin, above = _twips(paper.margin), _twips(max(paper.margin, LEAST_MARGIN))
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>{first}<w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{_twips(paper.width)}" w:h="{_twips(paper.height)}"{turned}/>'
        f'<w:pgMar w:top="{above}" w:right="{margin}" w:bottom="{above}" w:left="{margin}" '
        f'w:header="600" w:footer="600" w:gutter="0"/>{"<w:titlePg/>" if cover else ""}</w:sectPr>'
    )


def _run(value: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{parts.text(value)}</w:t></w:r>'


def _paragraph(style: str, value: str, *, anchor: int | None = None, align: Align | None = None) -> str:
    runs = "<w:r><w:br/></w:r>".join(_run(line) for line in value.split("\n")) if value else ""
    if anchor is not None:
        runs = f'<w:bookmarkStart w:id="{anchor}" w:name="_Toc{anchor:08d}"/>{runs}<w:bookmarkEnd w:id="{anchor}"/>'
    own = f'<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{align}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr>{runs}</w:p>'


def _cover(publication: Publication) -> Iterator[str]:
    yield '<w:p><w:pPr><w:pStyle w:val="CoverLine"/><w:spacing w:before="3600"/></w:pPr></w:p>'
    size = max(_SMALLEST_TITLE, min(_TITLE, 0.97 * PORTRAIT.measure / ems(publication.title)))
    yield f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{_run(publication.title, parts.half_points(size))}</w:p>'
    if publication.date:
        day = publication.date
        yield _paragraph("CoverLine", f"{day.year}年{day.month}月{day.day}日")


def _contents(publication: Publication) -> Iterator[str]:
    """The contents as a field that Word fills, linked to what they name; until it does, with the pages that are reckoned."""
    yield _paragraph("ContentsTitle", "目录")
    listed, pages = publication.contents, page_numbers(publication)
    for number, (level, title, position) in enumerate(listed):
        begin = _field(' TOC \\o "1-2" \\h \\z \\u ', dirty=True) if number == 0 else ""
        end = _FIELD_END if number == len(listed) - 1 else ""
        name = f"_Toc{position:08d}"
        page = "<w:r><w:tab/></w:r>" + _field(rf" PAGEREF {name} \h ") + _run(str(pages[position])) + _FIELD_END
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{begin}'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{_run(title)}{page}</w:hyperlink>{end}</w:p>'
        )


_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _field(code: str, *, dirty: bool = False) -> str:
    """The beginning of a field, up to its result."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText xml:space="preserve">{parts.text(code)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _sheet(sheet: Sheet, anchor: int) -> Iterator[str]:
    yield _paragraph("TableTitle", sheet.title, anchor=anchor)
    yield _over(sheet)
    yield "".join(_table(sheet))
    if sheet.notes:
        yield from (_paragraph("TableNote", note) for note in sheet.notes)
    else:
        yield '<w:p><w:pPr><w:pStyle w:val="TableNote"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def _over(sheet: Sheet) -> str:
    """Department at the left and unit at the right of one line; a single entry stands in the middle."""
    if len(sheet.over) == 1 and not sheet.over[0].startswith("单位："):
        return f'<w:p><w:pPr><w:pStyle w:val="TableOver"/><w:jc w:val="center"/></w:pPr>{_run(sheet.over[0])}</w:p>'
    *left, right = sheet.over or ("",)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{_twips(sheet.paper.measure)}"/></w:tabs>'
    inner = "".join(_run(part) for part in left) + f"<w:r><w:tab/></w:r>{_run(right)}"
    return f'<w:p><w:pPr><w:pStyle w:val="TableOver"/>{tabs}</w:pPr>{inner}</w:p>'


def _table(sheet: Sheet) -> Iterator[str]:
    grid = sheet.grid
    total = sum(grid.widths)
    columns = [_twips(sheet.paper.measure * width / total) for width in grid.widths]
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PublishedTable"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    yield "</w:tblGrid>"
    starts = {(t.row, t.column): t for t in grid.tiles}
    open_tiles: dict[int, Tile] = {}
    for row in range(grid.height):
        yield _row(row, sheet, starts, open_tiles, columns)
    yield "</w:tbl>"


def _row(row: int, sheet: Sheet, starts: Mapping[tuple[int, int], Tile], open_tiles: dict[int, Tile], columns: list[int]) -> str:
    """One row; `open_tiles` are the tiles of this and earlier rows by column."""
    grid, size = sheet.grid, sheet.size
    cells: list[str] = []
    whole = True
    column = 0
    while column < grid.width:
        begun = open_tiles.get(column)
        above = begun if begun is not None and begun.row + begun.rows > row else None
        tile = above or starts.get((row, column)) or Tile(row, column, "")
        if above is None:
            open_tiles[column] = tile
        width = sum(columns[column : column + tile.columns])
        cells.append(_cell(tile, width, size, continued=above is not None))
        whole = whole and unbroken(tile, sheet)
        column += tile.columns
    kept = "<w:cantSplit/>" if whole else ""
    repeated = "<w:tblHeader/>" if row < grid.header else ""
    height = f'<w:trHeight w:val="{_twips(ROW_PITCH * size)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{kept}{height}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(tile: Tile, width: int, size: float, *, continued: bool) -> str:
    span = f'<w:gridSpan w:val="{tile.columns}"/>' if tile.columns > 1 else ""
    merge = "" if tile.rows == 1 else "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>'
    style = parts.cell_style("Head" if tile.head else tile.align.value.capitalize(), size)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{_run(tile.text) if tile.text and not continued else ''}</w:p></w:tc>"
    )
