"""Titles that a page's width broke into two lines: the second line alone would name another table, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingsuan.dialects.names import ordinal
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.notes import is_note
from mingsuan.reading.tables.titles import LONGEST_TITLE, is_furniture

_FILLED = 0.9
"""A line that was broken fills about the width of the table; a heading over a title is shorter."""
_OFF_CENTRE = 0.05
"""How far the middles of two centred lines may lie apart, by the table's width."""
_WHOLE = regex(r"[表）)。；;，,：:]\Z")
_OWN_BEGINNING = regex(r"(?:19|20)\d\d年|第.{1,3}部分")


def with_whole_titles(paragraphs: Sequence[Paragraph], table: Place) -> tuple[Paragraph, ...]:
    """The lines over a table, a title that was broken put together again; as they are where the layout is not known."""
    found: list[Paragraph] = []
    for line in paragraphs:
        if found and _goes_on(found[-1], line, table):
            found[-1] = replace(found[-1], text=found[-1].text + line.text)
        else:
            found.append(line)
    return tuple(found)


def _goes_on(first: Paragraph, second: Paragraph, table: Place) -> bool:
    words, end = compact(first.text), compact(second.text)
    if not end.rstrip("（）()").endswith("表") or len(words) + len(end) > LONGEST_TITLE or _WHOLE.search(words):
        return False
    if ordinal(second.text) or _OWN_BEGINNING.match(end) or any(is_furniture(t) or is_note(t) for t in (words, end) if len(t) > 1):
        return False
    return _is_broken(first.place, second.place, table)


def _is_broken(first: Place, second: Place, table: Place) -> bool:
    """Whether a line fills the table's width and the next, as high and no wider, stands right under it in the middle."""
    if first.box is None or second.box is None or table.box is None or not first.page == second.page == table.page:
        return False
    (left, top, right, bottom), (low_left, low_top, low_right, low_bottom) = first.box, second.box
    width = table.box[2] - table.box[0]
    height = max(bottom - top, low_bottom - low_top)
    return (
        right - left >= _FILLED * width
        and low_right - low_left < right - left
        and 0 <= low_top - bottom < height
        and abs((left + right) - (low_left + low_right)) / 2 <= _OFF_CENTRE * width
    )
