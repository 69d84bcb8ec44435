"""The narrative as running text: the paragraphs of sections, their numbered items, sentences, and the year that numbers are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mingsuan.model import Section
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.narrative.numbers import PrintedNumber, without_markup
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.values import dataclass

_SENTENCE_END = regex(r"[。！？!?]")
_ITEM = regex(r"(?<=[：:；;。（(，])\s*\d{1,2}\s*(?:、|[.．](?!\s*\d))|(?<=[：:；;。])\s*[（(]\s*\d{1,2}\s*[）)](?!\s*号)")
_BOOK_TITLE = regex(r"《[^》]{1,120}》")


@dataclass(frozen=True)
class RunningText:
    """A paragraph of running text.

    Attributes:
        section: the part of the narrative that it belongs to.
        text: the paragraph.
        offset: where it begins in the section's text.
        scope: titles of the sections and ordinals of the numbered items around it, outermost first.
    """

    section: Section
    text: str
    offset: int = 0
    scope: tuple[str, ...] = ()

    def place(self, offset: int) -> Place:
        """Source line of an offset of the paragraph."""
        return self.section.place_at(self.offset + offset)

    def sentences(self) -> tuple[int, ...]:
        """Offsets at which sentences begin; a numbered item within a sentence begins one too."""
        plain = without_markup(self.text)
        starts = {0, *(m.end() for m in _SENTENCE_END.finditer(plain)), *(m.start() for m in _ITEM.finditer(plain))}
        return tuple(sorted(s for s in starts if s < len(plain) or s == 0))


def paragraphs(sections: Iterable[Section]) -> tuple[RunningText, ...]:
    """The paragraphs of some sections in order."""
    return tuple(found for section in sections for found in _paragraphs(section))


def _paragraphs(section: Section) -> Iterator[RunningText]:
    above = tuple(section.path.split("/")) if section.path else ()
    trail: list[tuple[Form, str]] = []
    offset = 0
    for number, text in enumerate(section.text.split("\n")):
        is_own_heading = number == 0 and section.title != "" and compact(text).startswith(section.title)
        if not is_own_heading:
            _enter(trail, text)
        if text.strip():
            yield RunningText(section, text, offset, (*above, *(mark for _, mark in trail)))
        offset += len(text) + 1


def _enter(trail: list[tuple[Form, str]], text: str) -> None:
    """Move the trail of numbered items to the one that a paragraph begins, if it begins one."""
    found = ordinal(text)
    if found is None:
        return
    while trail and trail[-1][0] >= found.form:
        trail.pop()
    trail.append((found.form, compact(found.text)))


_SPAN = r"(?:19|20)\d\d\s*年?\s*[-—–~～至到]\s*(?:19|20)?\d\d\s*年"
_BACK = r"(?:上一年度?|上年度?|去年|前一年)(?!\s*(?:度?\s*(?:财政)?结[转余]|无|没有|未))"
_TOKEN = regex(
    rf"(?P<span>{_SPAN})|(?P<year>(?:19|20)\d\d)\s*年度?|(?P<back>{_BACK})|(?P<now>今年|本年度?|当年)|(?P<forward>明年|下一?年度?)|"
    r"(?P<reason>原因)|(?P<against>相比|对比|相较|持平)|"
    r"(?P<change>增加|增长|减少|下降|上升|降低|压减|压缩|缩减|节约|提高|上涨|调增|调减|净增|净减|增幅|降幅)|"
    r"(?P<stop>[。！？!?])|(?P<semicolon>[；;])|(?P<comma>[，,：:])"
)
_COMPARED = regex(r"(?:与|比|较|同|相对于)[^，。；,;：:\d]{0,12}$")
_ATTRIBUTE = regex(r"\s*(?:起|以来|之后|以后|以前|[^，。；\d]{0,8}(?:标准|会议纪要|文件|规定|办法|政策|考核|通知|改革|级|届))")
_AS_OF_AFTER = regex(r"\s*(?:\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|年?末|期末|年?底)")
_AS_OF_BEFORE = regex(r"截[至止到]\s*$")
_GOES_ON = regex(r"\s*(?:其中|另有|另)")
_NEAR = 30
"""Characters around a year that tell what it is the year of."""
_SHIFT = {"back": -1, "now": 0, "forward": 1}


@dataclass
class _Reckoning:
    """The year that the next number is of, while a paragraph is read from left to right.

    Attributes:
        fiscal: year of the document.
        base: year of the sentence.
        as_of: `base` is the year of a date that holds for the rest of the paragraph.
        compared: year that something is compared with at this moment.
        clause: year that the clause itself names.
        before_reason: `base` as it was before a reason is given, or last year's amount in passing (增加8万元，上年为0；…).
    """

    fiscal: int
    base: int
    as_of: bool = False
    compared: int | None = None
    clause: int | None = None
    before_reason: int | None = None

    def of(self, *, change: bool) -> int:
        """The year of a number that stands here."""
        if change:
            return self.fiscal if self.clause is None else self.clause
        return self.base if self.compared is None else self.compared

    def see(self, plain: str, token: re.Match[str]) -> None:
        """Take notice of a year, a comparison or the end of a clause."""
        kind = str(token.lastgroup)
        before, after = plain[max(0, token.start() - _NEAR) : token.start()], plain[token.end() : token.end() + _NEAR]
        if kind == "year" and not _ATTRIBUTE.match(after):
            self._name(int(token["year"]), before, after)
        elif kind in _SHIFT and not (kind == "now" and before.rstrip().endswith("年")):
            if kind == "back" and self.before_reason is None and before.rstrip().endswith(("，", ",", "（", "(")):
                self.before_reason = self.base
            self._name(self.fiscal + _SHIFT[kind], before, after)
        elif kind == "reason":
            self.before_reason = self.base
        elif kind in {"against", "change"}:
            self.compared = None
        elif kind == "comma":
            self.clause = self.compared = None
        elif kind == "semicolon":
            self._end_clause()
        elif kind == "stop":
            self.end_sentence(goes_on=bool(_GOES_ON.match(after)))

    def end_sentence(self, *, goes_on: bool) -> None:
        """Return to the fiscal year, unless the next sentence goes on about the same or a date holds."""
        self._end_clause()
        if not goes_on and not self.as_of:
            self.base = self.fiscal

    def _end_clause(self) -> None:
        if self.before_reason is not None:
            self.base, self.before_reason = self.before_reason, None
        self.clause = self.compared = None

    def _name(self, year: int, before: str, after: str) -> None:
        if _COMPARED.search(before):
            self.compared = year
            return
        self.base, self.clause, self.compared = year, year, None
        self.as_of = bool(_AS_OF_AFTER.match(after) or _AS_OF_BEFORE.search(before))


def years(text: str, numbers: Sequence[PrintedNumber], fiscal: int | None, changes: Sequence[bool]) -> tuple[int | None, ...]:
    """The year that each number of a paragraph is of.

    That is the year named nearest before it in its sentence, else the fiscal year. A year that something is compared with holds up to
    the comparison; an as-of date (2022 年期末) holds for the rest of the paragraph; what rose or fell did so in the fiscal year, unless
    its own clause names another.

    Args:
        text: the paragraph.
        numbers: those of the paragraph, in order.
        fiscal: year of the document, None if it is not known.
        changes: whether each number says by how much something rose or fell.
    """
    if fiscal is None:
        return (None,) * len(numbers)
    plain = _BOOK_TITLE.sub(lambda m: " " * len(m[0]), without_markup(text))
    marks = [(m.start(), 0, m) for m in _TOKEN.finditer(plain)]
    items = [(m.start(), 1, None) for m in _ITEM.finditer(plain)]
    stands = [(n.start, 2, index) for index, n in enumerate(numbers)]
    reckoning = _Reckoning(fiscal, fiscal)
    found: list[int | None] = [None] * len(numbers)
    for _, _, event in sorted([*marks, *items, *stands], key=lambda e: e[:2]):
        if isinstance(event, re.Match):
            reckoning.see(plain, event)
        elif event is None:
            reckoning.end_sentence(goes_on=False)
        else:
            found[event] = reckoning.of(change=changes[event])
    return tuple(found)
