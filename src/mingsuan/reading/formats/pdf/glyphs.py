"""The characters of a page in columns: what pdfium tells of each, taken out in bulk, on the page as it is shown."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from ctypes import create_string_buffer
from itertools import repeat
from typing import NamedTuple

from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.geometry import Matrix


class Glyphs(NamedTuple):
    """Characters of a page in the order of the file, one list for each thing known of them.

    Places are in the frame of reading: u along the line, v down across lines. For upright text they are x and y; `spot` leads back.

    Attributes:
        characters: Unicode characters; those that the file leaves without one are U+FFFD.
        owners: handle of the text object of each.
        indices: pdfium's number of each.
        starts: u where each begins.
        ends: u where it ends.
        tops: v of the em's upper edge.
        bottoms: v of its lower edge.
        lines: v of the baseline.
        turns: quarter turns clockwise from upright.
    """

    characters: Sequence[str]
    owners: Sequence[int]
    indices: Sequence[int]
    starts: Sequence[float]
    ends: Sequence[float]
    tops: Sequence[float]
    bottoms: Sequence[float]
    lines: Sequence[float]
    turns: Sequence[int]


def spot(u: float, v: float, turn: int) -> tuple[float, float]:
    """Where a point of the frame of reading is on the page."""
    return ((u, v), (-v, u), (-u, -v), (v, -u))[turn]


def _in_frame(x: float, y: float, turn: int) -> tuple[float, float]:
    return spot(x, y, -turn % 4)


def glyphs(text: int, count: int, view: Matrix) -> Glyphs:
    """The first `count` characters that the file prints, without the blanks and line breaks that pdfium puts between."""
    everything = _characters(text, count)
    owner_of = native.text_object
    owners = [owner_of(text, index) for index in range(count)]
    own = native.is_generated
    indices = [i for i, owner in enumerate(owners) if owner and not (everything[i].isspace() and own(text, i))]
    left, top, right, bottom = _boxes(text, indices, view)
    x, y = _origins(text, indices, view)
    turns = _turns(left, top, right, bottom, x, y)
    if any(turns):
        left, top, right, bottom, y = _turned(left, top, right, bottom, x, y, turns)
    return Glyphs(
        [everything[index] for index in indices], [owners[index] for index in indices], indices, left, right, top, bottom, y, turns
    )


def _characters(text: int, count: int) -> Sequence[str]:
    """All characters at once where each takes one place of pdfium's text, or else one by one."""
    buffer = create_string_buffer(2 * count + 2)
    if native.all_text(text, 0, count, buffer) == count + 1:
        whole = buffer.raw[: 2 * count].decode("utf-16-le", errors="replace")
        if len(whole) == count:
            return whole
    return [_scalar(native.character(text, index)) for index in range(count)]


def _scalar(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _exhaust(calls: map[object]) -> None:
    deque(calls, maxlen=0)


Column = list[float]


def _boxes(text: int, indices: Sequence[int], view: Matrix) -> tuple[Column, Column, Column, Column]:
    """Left, top, right and bottom of the em boxes."""
    buffer = array("f", bytes(16 * len(indices)))
    address = buffer.buffer_info()[0]
    _exhaust(map(native.loose_box, repeat(text), indices, range(address, address + 16 * len(indices), 16)))
    x0, y0 = _mapped(buffer[0::4].tolist(), buffer[3::4].tolist(), view)
    x1, y1 = _mapped(buffer[2::4].tolist(), buffer[1::4].tolist(), view)
    left, right = (x0, x1) if view.a + view.c >= 0 else (x1, x0)
    top, bottom = (y0, y1) if view.b + view.d >= 0 else (y1, y0)
    return left, top, right, bottom


def _origins(text: int, indices: Sequence[int], view: Matrix) -> tuple[Column, Column]:
    buffer = array("d", bytes(16 * len(indices)))
    start = buffer.buffer_info()[0]
    end = start + 16 * len(indices)
    _exhaust(map(native.origin, repeat(text), indices, range(start, end, 16), range(start + 8, end + 8, 16)))
    return _mapped(buffer[0::2].tolist(), buffer[1::2].tolist(), view)


def _mapped(xs: Column, ys: Column, view: Matrix) -> tuple[Column, Column]:
    a, b, c, d, e, f = view
    if b == 0 == c:
        return [a * x + e for x in xs], [d * y + f for y in ys]
    return [a * x + c * y + e for x, y in zip(xs, ys, strict=True)], [b * x + d * y + f for x, y in zip(xs, ys, strict=True)]


def _turns(left: Column, top: Column, right: Column, bottom: Column, x: Column, y: Column) -> list[int]:
    """Quarter turns clockwise, by the corner of its box that a character begins in."""
    corner = ((2, 1), (3, 0))
    return [corner[v + v >= t + b][u + u <= le + r] for le, t, r, b, u, v in zip(left, top, right, bottom, x, y, strict=True)]


def _turned(
    left: Column, top: Column, right: Column, bottom: Column, x: Column, y: Column, turns: Sequence[int]
) -> tuple[Column, Column, Column, Column, Column]:
    """Boxes and baselines in each character's own frame."""
    rows = []
    for le, t, r, b, u, v, turn in zip(left, top, right, bottom, x, y, turns, strict=True):
        (u0, v0), (u1, v1) = _in_frame(le, t, turn), _in_frame(r, b, turn)
        rows.append((min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1), _in_frame(u, v, turn)[1]))
    start, over, end, under, line = (list(column) for column in zip(*rows, strict=True))
    return start, over, end, under, line
