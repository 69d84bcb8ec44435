"""Paragraphs put together again that a page or a line break cut.

Text that was extracted from pages comes in lines. A line goes on in the next one if its sentence has not ended and nothing speaks
against it: an ordinal, a heading, a name that stands alone. Dumps in which every line is broken at the page's width are recognised as
such; in them also the width of a line tells whether its paragraph had ended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.values import dataclass

MAX_TITLE = 40
"""Characters of the longest heading below a part, white space not counted."""
_LONG = 36
"""Width, counted in half-width characters, from which a line may be one that the page's edge broke."""
_ENOUGH = 10
"""Lines that must be broken before a document counts as a dump of broken lines."""

_ENDED = regex(r"[。！？!?；;：:…][”’」』）)]*$")
_LEADS_ON = regex(r"(?:原因|原因是|原因为|其中|主要包括|主要用于)[:：]$")
_SPLIT_BY = regex(r"^[，。、；：）！？”》,;:)]")
_BREAKS_OFF = regex(r"[，、,（(“《]$")
_PUNCTUATION = regex(r"[，。；！？,;!?]")
_AMOUNT = regex(r"\d\s*(?:万?元|亿元|%|％|人|辆|台|个)|\d,\d{3}|\d\.\d\d|[:：].")
_TITLE_END = regex(r"(?:说明|情况|概况|解释|表|公开|职责|职能|设置|构成|安排|占[用有]|目标|方案|经费|办法)$")
_TITLE_TAIL = regex(r"^[\u4e00-\u9fff]{1,6}$")
_TITLE_TAILS = {"说明", "情况说明", "解释", "公开"}
_NO_TAIL = {"无", "略", "暂无", "没有"}
_BODY_NAME = regex(
    r"[局办厅处室科队站所院会校园馆台社厂庭署委团]$|(?:中心|公司|集团|大学|学院|银行|政府|机关|单位|学校|医院)$|[（(](?:本级|机关)[）)]$|本级$"
)
_PAGE_NUMBER = regex(r"(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?)$")
_WORD = regex(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading as it was before pages broke it.

    Attributes:
        text: the joined text.
        origins: offsets in the text at which a source line begins, with the line's place, in order.
        mark: depth that the source marks it with (Markdown #), None if it does not.
    """

    text: str
    origins: tuple[tuple[int, Place], ...]
    mark: int | None = None

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.origins[0][1]

    def place_at(self, offset: int) -> Place:
        """The place of the source line that the character at `offset` comes from."""
        return self.origins[max(0, bisect_right(self.origins, offset, key=lambda origin: origin[0]) - 1)][1]


def passages(paragraphs: Iterable[Paragraph | None]) -> tuple[Passage, ...]:
    """The paragraphs with broken ones joined and page numbers left out; nothing is joined across a None (a table)."""
    lines = [line for line in paragraphs if line is None or not _PAGE_NUMBER.match(line.text)]
    edge = page_edge(line.text for line in lines if line is not None)
    return tuple(_joined(run) for run in _runs(lines, edge))


def page_edge(lines: Iterable[str]) -> float | None:
    """The width at which a page broke the lines, None if they are not broken lines.

    In a dump of broken lines most long lines end within a sentence, and where they end is the page's edge.
    """
    long = [(width(line), _ENDED.search(line) is None) for line in lines if len(line) * 2 >= _LONG]
    broken = [w for w, open_end in long if open_end and w >= _LONG]
    if len(broken) < _ENOUGH or len(broken) * 2 <= sum(w >= _LONG for w, _ in long):
        return None
    from statistics import median  # few documents are dumps, and it takes a while to import

    return median(broken)


def width(text: str) -> int:
    """Printed width in half-width characters."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def reads_as_title(text: str) -> bool:
    """Whether a line, ordinal aside, has the form of a heading: short, no sentence, no figure."""
    words = compact(text).rstrip(":：")
    return 0 < len(words) <= MAX_TITLE and not _PUNCTUATION.search(words) and not _AMOUNT.search(words)


def is_body_name(text: str) -> bool:
    """Whether a line is nothing but the name of an office, unit or other body."""
    words = compact(text)
    return 1 < len(words) <= MAX_TITLE and not re.search(r"[，。；：、,;:]", words) and _BODY_NAME.search(words) is not None


def _runs(lines: Sequence[Paragraph | None], edge: float | None) -> Iterator[Sequence[Paragraph]]:
    run: list[Paragraph] = []
    for line in lines:
        if run and (line is None or not _goes_on(run, line, edge)):
            yield run
            run = []
        if line is not None:
            run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[Paragraph], line: Paragraph, edge: float | None) -> bool:
    """Whether the paragraph whose lines are `run` goes on in `line`."""
    if line.heading is not None or ordinal(line.text) is not None:
        return False
    first, last = run[0], run[-1]
    opening = ordinal(first.text)
    if opening is not None and opening.form is Form.PART:
        return _completes_part(opening.rest, len(run), line.text)
    if len(run) == 1 and _is_cut_title(first, line.text):
        return True
    return first.heading is None and _sentence_goes_on(last.text, line.text, edge, after_ordinal=opening is not None and len(run) == 1)


def _completes_part(title: str, lines: int, text: str) -> bool:
    """第二部分 alone on its line has its title on the next one; a title may have its last word there."""
    if lines > 2 or not reads_as_title(text):
        return False
    return title == "" if lines == 1 and not title else _is_tail(title, text)


def _is_cut_title(first: Paragraph, text: str) -> bool:
    opening = ordinal(first.text)
    return (first.heading is not None or opening is not None) and reads_as_title(first.text) and _is_tail(first.text, text)


def _is_tail(title: str, text: str) -> bool:
    """Whether `text` is the end of a heading of which a line break cut off the last word."""
    tail = compact(text)
    if _TITLE_TAIL.match(tail) is None or tail in _NO_TAIL:
        return False
    if tail in _TITLE_TAILS:
        return True
    words = compact(title)
    return _TITLE_END.search(words) is None and _TITLE_END.search(words + tail) is not None


def _sentence_goes_on(last: str, text: str, edge: float | None, *, after_ordinal: bool) -> bool:
    if _SPLIT_BY.match(text) or _BREAKS_OFF.search(last) or _LEADS_ON.search(last):
        return True
    if edge is not None:
        return _broken_at_edge(last, edge)
    if _ENDED.search(last) or is_body_name(last) or (after_ordinal and reads_as_title(last)):
        return False
    return _PUNCTUATION.search(last) is not None or (len(compact(last)) >= MAX_TITLE // 2 and not _TITLE_END.search(last))


def _broken_at_edge(last: str, edge: float) -> bool:
    """In a dump of broken lines, a line that reaches the edge goes on unless it ends like a heading."""
    reach = width(last)
    if _ENDED.search(last):
        return reach > edge + 1
    if reach >= edge - 8:
        return not (reads_as_title(last) and _TITLE_END.search(last) and ordinal(last) is not None)
    return _PUNCTUATION.search(last) is not None


def _joined(run: Sequence[Paragraph]) -> Passage:
    text = ""
    origins = []
    for line in run:
        text += " " if text and _WORD.match(text[-1]) and _WORD.match(line.text) else ""
        origins.append((len(text), line.place))
        text += line.text
    return Passage(text, tuple(origins), run[0].heading)
