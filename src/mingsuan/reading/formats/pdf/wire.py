"""Documents as JSON between the worker and the process that asked: nothing that a hostile file could make run here."""

from __future__ import annotations

import json
from typing import Any

from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, GridCell, Paragraph, UnreadableFile

_REASON = b'{"what"'
"""How the bytes of a reason begin, and no other answer."""


def packed(found: Document | UnreadableFile) -> bytes:
    """A document, or why there is none, as bytes."""
    if isinstance(found, UnreadableFile):
        return json.dumps({"what": found.what, "remedy": found.remedy}).encode()
    data = {"blocks": [_block(block) for block in found.blocks], "problems": found.problems}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def refusal(data: bytes, name: str) -> UnreadableFile | None:
    """The reason that `packed` wrote instead of a document, None if the bytes are anything else."""
    if not data.startswith(_REASON):
        return None
    try:
        found = json.loads(data)
        return UnreadableFile(name, str(found["what"]), str(found["remedy"]))
    except (ValueError, KeyError, TypeError):
        return None


def unpacked(data: bytes, name: str) -> Document:
    """The document that `packed` wrote.

    Raises:
        ValueError: the bytes are not what `packed` writes for a document.
    """
    try:
        found = json.loads(data)
        return Document(name, tuple(_unblock(block, name) for block in found["blocks"]), tuple(map(str, found["problems"])))
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("the worker's answer has another shape") from error


def _block(block: Block) -> list[Any]:
    place = [block.place.page, *(block.place.box or ())]
    if isinstance(block, Paragraph):
        return [place, block.text]
    return [place, [[[cell.text, *(cell.place.box or ())] for cell in row] for row in block.rows], block.spans, block.place.table]


def _unblock(data: list[Any], name: str) -> Block:
    page = int(data[0][0])
    place = Place(name, page, _box(data[0][1:]))
    if isinstance(data[1], str):
        return Paragraph(data[1], place)
    table = int(data[3])
    rows = tuple(
        tuple(GridCell(str(cell[0]), Place(name, page, _box(cell[1:]), table=table, row=r, column=c)) for c, cell in enumerate(row, 1))
        for r, row in enumerate(data[1], 1)
    )
    spans = tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in data[2])
    return Grid(rows, Place(name, page, place.box, table=table), spans)


def _box(numbers: list[Any]) -> tuple[float, float, float, float]:
    left, top, right, bottom = map(float, numbers)
    return left, top, right, bottom
