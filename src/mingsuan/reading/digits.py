"""Digits as they are usually typed: full-width ones folded, thousands set apart by a comma.

Offices type ３５１８．８５ and 3，518.85 as well as 3,518.85. Every character stays in its place, so that places and excerpts hold.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mingsuan.patterns import regex
from mingsuan.reading.document import Block, Document, GridCell, Paragraph

_WIDE = {ord("０") + n: ord("0") + n for n in range(10)}
_MAY_BE_ODD = regex(r"[０-９]|\d[，'’＇]\d")
_POINT = regex(r"(?<=\d)．(?=\d)")
_GROUPS = regex(
    r"(?<![\d.,，'’＇])\d{1,3}(?P<mark>[，'’＇])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+|(?=\s*(?:[百千万亿]*元|[)）]?\s*\Z)))(?![\d，'’＇]\d)"
)
_LIST = regex(r"(?:分别|依次|各)[^，。；]{0,12}\Z")
"""Words after which a comma parts one number from the next."""


def plain_digits(text: str) -> str:
    """A text of the same length whose numbers are typed with ASCII digits, a full stop and commas."""
    if _MAY_BE_ODD.search(text) is None:
        return text
    folded = _POINT.sub(".", text.translate(_WIDE))
    return _GROUPS.sub(lambda found: _grouped(found, folded), folded)


def _grouped(found: re.Match[str], text: str) -> str:
    mark = found["mark"]
    listed = mark == "，" and _LIST.search(text, max(0, found.start() - 16), found.start())
    return found[0] if listed else found[0].replace(mark, ",")


def with_plain_digits(document: Document) -> Document:
    """A document with the numbers of its paragraphs and cells so typed; the same one where they are."""
    blocks = tuple(map(_block, document.blocks))
    changed = any(one is not other for one, other in zip(blocks, document.blocks, strict=True))
    return replace(document, blocks=blocks) if changed else document


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        text = plain_digits(block.text)
        return block if text == block.text else replace(block, text=text)
    rows = tuple(_row(row) for row in block.rows)
    return replace(block, rows=rows) if any(a is not b for a, b in zip(rows, block.rows, strict=True)) else block


def _row(row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    texts = [plain_digits(cell.text) for cell in row]
    if all(text == cell.text for text, cell in zip(texts, row, strict=True)):
        return row
    return tuple(replace(cell, text=text) for text, cell in zip(texts, row, strict=True))
