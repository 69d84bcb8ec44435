"""A publication → PDF, set by Typst: bookmarks, contents with page numbers, repeated header rows, pages as wide as the tables need.

The template is ours and fixed; what is published reaches it as JSON through `sys.inputs` and is set as strings, so that nothing in a
name can be taken for markup. The template opens no files; the compiler's root is an empty folder.

Typst keeps all it has set until it is done, some ten kilobytes a cell: a long publication is set in parts (`pdf_parts`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingsuan.patterns import regex
from mingsuan.publishing.publication import DRAFT, Block, Heading, Index, Picture, Publication, Sheet, Text, Tile
from mingsuan.publishing.typesetting import compiler, one_file
from mingsuan.publishing.widths import PORTRAIT, openings, unbroken

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).with_name("templates") / "publication.typ"
DEEPEST = 3
_CHINESE = "[一二三四五六七八九十]{1,3}"
_INNER = regex(
    rf"(?<=\S)(\S{{1,2}}(?:第(?:{_CHINESE}|\d{{1,3}})[部章节条]|{_CHINESE}[、.．]|[（(](?:{_CHINESE}|\d{{1,3}})[)）]|(?<![\d.])\d{{1,2}}[、.．](?!\d)|[①-⑳]))"
)
_WORD = 16
"""Characters between the places at which an overlong word may be broken."""
_OVERLONG = regex(rf"([!-~]{{{2 * _WORD},}})")
_TOGETHER = 6
"""Rows that a cell may cover and still be kept on one page."""


def write_pdf(publication: Publication) -> bytes:
    """The file; the same publication gives the same bytes.

    Raises:
        UnwritableError: Typst cannot set it.
    """
    from mingsuan.publishing.pdf_parts import in_parts, is_long

    return in_parts(publication) if is_long(publication) else typeset(printable(publication))


def typeset(data: Mapping[str, Any]) -> bytes:
    """Set what `printable` gives.

    Raises:
        UnwritableError: Typst cannot set it.
    """
    year, month, day = data["date"] or (0, 0, 0)
    moment = datetime(year, month, day, tzinfo=UTC) if year else None
    with _compiler(data) as setting:
        return one_file(setting.compile(format="pdf", timestamp=moment or 0))


def last_page(data: Mapping[str, Any], cuts: Collection[int]) -> int:
    """The row that begins the last page of a table, which is all there is in the data; 0 if no page begins with a row of `cuts`.

    Raises:
        UnwritableError: Typst cannot set it.
    """
    table = data["blocks"][0]
    first = {tile[1]: place for place, tile in reversed([*enumerate(table["body"])])}
    marked = [[*tile, tile[1]] if first[tile[1]] == place else tile for place, tile in enumerate(table["body"])]
    with _compiler({**data, "blocks": [{**table, "body": marked}]}) as setting:
        pages = json.loads(setting.query("<row>", field="value"))
    return max((row for (_, above), (row, page) in pairwise(pages) if page > above and row in cuts), default=0)


def _compiler(data: Mapping[str, Any]) -> AbstractContextManager[typst.Compiler]:
    return compiler(_TEMPLATE.read_bytes(), publication=json.dumps(data, ensure_ascii=False))


def printable(publication: Publication) -> dict[str, Any]:
    """What the template is given: begins at page 1, and makes its contents itself."""
    day = publication.date
    return {
        "title": publication.title,
        "department": publication.department,
        "date": [day.year, day.month, day.day] if day else None,
        "dated": f"{day.year}年{day.month}月{day.day}日" if day else "",
        "draft": DRAFT if publication.draft else "",
        "cover": publication.covered,
        "margin": PORTRAIT.margin,
        "begin": 1,
        "listed": None,
        "blocks": [_block(b) for b in publication.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": min(block.level, DEEPEST), "text": block.text}
        case Text():
            return {"kind": "text", "pieces": _pieces(block.text)}
        case Index():
            return {"kind": "index", "lines": list(block.lines)}
        case Sheet():
            return _sheet(block)
        case Picture():
            return {"kind": "picture", "svg": block.svg, "alt": block.alt, "width": block.width}


def _pieces(text: str) -> list[str]:
    """A paragraph in pieces of which every other one, an ordinal with what stands before it, is never broken into lines.

    An ordinal that begins a line by chance looks as if a new item began there.
    """
    return _INNER.split(text)


def _breaking(text: str) -> list[str]:
    """A text in pieces between which it may be broken: whole, unless it has overlong words."""
    if not _OVERLONG.search(text):
        return [text]
    return [piece for word in _OVERLONG.split(text) for piece in (re.findall(f".{{1,{_WORD}}}", word) if _OVERLONG.match(word) else [word])]


def _sheet(sheet: Sheet) -> dict[str, Any]:
    grid, paper = sheet.grid, sheet.paper
    return {
        "kind": "sheet",
        "title": sheet.title,
        "continued": False,
        "over": list(sheet.over),
        "centred": not sheet.over or not sheet.over[0].startswith("单位："),
        "page": [paper.width, paper.height, paper.margin],
        "size": sheet.size,
        "widths": list(grid.widths),
        "header": [_tile(t, sheet) for t in grid.tiles if t.row < grid.header],
        "body": [_tile(t, sheet) for t in grid.tiles if t.row >= grid.header],
        "openings": openings(sheet, [t for t in grid.tiles if t.row >= grid.header and t.rows > _TOGETHER]),
        "notes": list(sheet.notes),
    }


def _tile(tile: Tile, sheet: Sheet) -> list[Any]:
    """Place, extent, alignment, text, whether it may be broken, and whether it hangs from its top (so that it opens what it covers)."""
    long = tile.rows > _TOGETHER
    breakable = long or not unbroken(tile, sheet)
    return [tile.column, tile.row, tile.columns, tile.rows, tile.align.value, _breaking(tile.text), breakable, long]
