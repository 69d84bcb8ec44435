"""Documents as JSON between the worker and the process that asked: nothing that a hostile file could make run here."""

from __future__ import annotations

import json
from typing import Any

from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, GridCell, Paragraph, UnreadableFile


def packed(found: Document | UnreadableFile) -> bytes:
    """A document, or why there is none, as bytes."""
    if isinstance(found, UnreadableFile):
        return json.dumps({"what": found.what, "remedy": found.remedy}).encode()
    data = {"blocks": [_block(block) for block in found.blocks], "problems": found.problems}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpacked(data: bytes, name: str) -> Document:
    """What `packed` wrote.

    Raises:
        UnreadableFile: as the worker found.
        ValueError: the bytes are not what `packed` writes.
    """
    try:
        found = json.loads(data)
        if "what" in found:
            raise UnreadableFile(name, str(found["what"]), str(found["remedy"]))
        return Document(name, tuple(_unblock(block, name) for block in found["blocks"]), tuple(map(str, found["problems"])))
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("the worker's answer has another shape") from error


def _block(block: Block) -> list[Any]:
    place = [block.place.page, *(block.place.box or ())]
    if isinstance(block, Paragraph):
        return [place, block.text]
    return [place, [[[cell.text, *(cell.place.box or ())] for cell in row] for row in block.rows], block.spans]


def _unblock(data: list[Any], name: str) -> Block:
    page = int(data[0][0])
    place = _place(name, page, data[0][1:])
    if isinstance(data[1], str):
        return Paragraph(data[1], place)
    rows = tuple(tuple(GridCell(str(cell[0]), _place(name, page, cell[1:])) for cell in row) for row in data[1])
    spans = tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in data[2])
    return Grid(rows, place, spans)


def _place(name: str, page: int, box: list[Any]) -> Place:
    left, top, right, bottom = map(float, box)
    return Place(name, page, (left, top, right, bottom))
