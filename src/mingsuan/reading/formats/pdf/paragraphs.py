"""Printed lines → paragraphs, by what layout shows: a full line goes on with the next one that begins at the margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.lines import Line
from mingsuan.values import dataclass

FULL = 2.2
"""Ems that a full line may leave free at its right: punctuation and figures are not parted."""
MARGIN = 0.7
"""Ems by which a line that goes on may begin off the margin."""
PITCH = 2.8
"""Ems between the baselines of a paragraph at most."""
ASUNDER = 3.0
"""Ems between things that stand on one line but are said apart (部门：… 单位：…)."""
WIDE = 0.55
"""Share of the page's width that a line of running text takes."""
_LEAST_WIDE = 2
_SIZES = 0.12
_CHINESE = "[一二三四五六七八九十]{1,3}"
_HEADING = regex(rf"\s*(?:第(?:{_CHINESE}|\d{{1,3}})[部章节条]|{_CHINESE}[、.．]|[（(]{_CHINESE}[)）])")
_ITEM = regex(r"\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])")
_STOP = regex(r"[。；：！？;:!?]\s*$")
_COMMA = regex(r"[，、,]\s*$")
_LEADERS = regex(r"(?:…{2}|[.．·。…]{4})\s*[-—]?\s*\d*\s*[-—]?$")
"""The dots and page number that end an entry of a list of contents."""


@dataclass(frozen=True)
class Measure:
    """Where the running text of some pages begins and ends across, None where they have none."""

    left: float
    right: float


def measure(lines: Iterable[Line], width: float) -> Measure | None:
    """The measure of pages of one width, from their wide lines."""
    wide = [line.box for line in lines if line.box.width >= WIDE * width and line.runs[0].turn == 0]
    if len(wide) < _LEAST_WIDE:
        return None
    lefts, rights = sorted(box.left for box in wide), sorted(box.right for box in wide)
    return Measure(lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


@dataclass(frozen=True)
class Block:
    """A paragraph on one page: its lines, which are parts of printed ones where those hold things said apart."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its text, lines joined by nothing but words by a blank."""
        text = self.lines[0].text
        for line in self.lines[1:]:
            text = join(text, line.text)
        return text

    @property
    def box(self) -> Box:
        """Its extent."""
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.joins(line.box)
        return box


def join(text: str, more: str) -> str:
    """A text and what goes on on its next line: Latin words are parted."""
    blank = " " if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha() else ""
    return text + blank + more


def blocks(lines: Sequence[Line], page: Measure | None) -> list[Block]:
    """The paragraphs of some lines of a page that stand below each other, nothing between them."""
    found: list[list[Line]] = []
    pitch = _pitch(lines)
    for line in lines:
        parts = _parts(line)
        if len(parts) == 1 and found and _goes_on(found[-1], line, page, pitch):
            found[-1].append(line)
        else:
            found += [[part] for part in parts]
    return [Block(tuple(block)) for block in found]


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between lines, in ems."""
    steps = [(b.runs[0].line - a.runs[0].line) / a.size for a, b in pairwise(lines) if b.runs[0].turn == a.runs[0].turn and a.size > 0]
    near = [step for step in steps if 0 < step <= PITCH]
    return median(near) if near else PITCH


def _parts(line: Line) -> list[Line]:
    """The things said apart on a line; a spaced-out title of single characters is one."""
    parts: list[list[Line]] = [[Line((line.runs[0],))]]
    for before, run in pairwise(line.runs):
        lone = len(before.text) == 1 or len(run.text) == 1
        if run.starts[0] - before.ends[-1] > ASUNDER * (2 if lone else 1) * min(before.size, run.size):
            parts.append([])
        parts[-1].append(Line((run,)))
    return [Line(tuple(piece.runs[0] for piece in part)) for part in parts]


def _goes_on(block: Sequence[Line], line: Line, page: Measure | None, pitch: float) -> bool:
    last = block[-1]
    step = line.runs[0].line - last.runs[0].line
    near = 0 < step <= min(PITCH, 1.4 * pitch + 0.1) * max(last.size, line.size)
    return near and continues(last, line, page, page)


def continues(last: Line, line: Line, page: Measure | None, next_page: Measure | None) -> bool:
    """Whether a line goes on with the paragraph that `last` is the last line of so far, judged by the measures of their pages."""
    if page is None or next_page is None or last.runs[0].turn or line.runs[0].turn:
        return False
    size = min(last.size, line.size)
    return (
        abs(last.size - line.size) <= _SIZES * size
        and page.right - last.box.right <= FULL * size
        and abs(line.box.left - next_page.left) <= MARGIN * size
        and not _LEADERS.search(last.text)
        and not _begins_item(last.text, line.text)
    )


def _begins_item(before: str, text: str) -> bool:
    """Whether a line begins a numbered item: a heading's number unless a comma goes before it, a plain one after a full stop."""
    return bool((_HEADING.match(text) and not _COMMA.search(before)) or (_ITEM.match(text) and _STOP.search(before)))
