"""Lines of a dump → fragments: what stands between two blanks, a whole cell or a piece of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from mingsuan.amounts import parse_number
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import GridCell, Paragraph
from mingsuan.reading.tables.content import Look, look
from mingsuan.values import dataclass

_UNFINISHED = regex(r"-?\d{1,3}(?:,\d{3})*(?:,\d{0,2}|\.)\Z")
"""The beginning of a number that a narrow column broke: 1,234,5 or 12,345. (12,345.6 may be a whole one)."""
_ORDINAL = regex(r"(?:\d{1,2}[.．、)）]|[(（]\d{1,2}[)）])\Z")
_WIDE = 0x2E80
"""From here on characters are as wide as an ideograph."""


@dataclass(frozen=True)
class Fragment:
    """A run of characters without a blank.

    Attributes:
        text: the characters.
        place: its line and its number in the line.
        opens: it is the first of its line.
    """

    text: str
    place: Place
    opens: bool

    @cached_property
    def width(self) -> float:
        """Printed width in ideographs."""
        return sum(1.0 if ord(c) >= _WIDE else 0.5 for c in self.text)

    @cached_property
    def look(self) -> Look:
        """What it looks like."""
        return look(self.text)

    @cached_property
    def is_number(self) -> bool:
        """Whether it prints one number or code."""
        return self.look in {Look.DIGITS, Look.MONEY} and parse_number(self.text) is not None

    @cached_property
    def is_money(self) -> bool:
        """Whether it prints a number with a decimal point or separators."""
        return self.is_number and ("." in self.text or "," in self.text)


def fragments_of(paragraphs: Iterable[Paragraph]) -> tuple[Fragment, ...]:
    """The fragments of some lines; numbers that a break cut are joined."""
    return tuple(_mended(f for p in paragraphs for f in _of_line(p)))


def _of_line(paragraph: Paragraph) -> Iterator[Fragment]:
    """The fragments of a line; an ordinal goes with what it stands before (1. 一般公共预算资金)."""
    waiting = ""
    opens = True
    for number, text in enumerate(paragraph.text.split(), 1):
        if _ORDINAL.match(text) and not waiting:
            waiting = text
            continue
        yield Fragment(waiting + text, replace(paragraph.place, column=number - bool(waiting)), opens)
        waiting, opens = "", False
    if waiting:
        yield Fragment(waiting, replace(paragraph.place, column=number), opens)


def _mended(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    waiting: Fragment | None = None
    for fragment in fragments:
        if waiting is not None and _goes_on(waiting, fragment):
            waiting = replace(waiting, text=waiting.text + fragment.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = fragment
    if waiting is not None:
        yield waiting


def _goes_on(first: Fragment, second: Fragment) -> bool:
    """Whether two numbers are one that a break cut: the first is unfinished, both together are well formed."""
    if not second.text[0].isdigit() or _UNFINISHED.match(first.text) is None:
        return False
    return parse_number(first.text + second.text) is not None


def joined(fragments: Sequence[Fragment]) -> GridCell:
    """The cell that some neighbouring fragments make."""
    first, last = fragments[0].place, fragments[-1].place
    end = last.line if last.line != first.line else None
    return GridCell("".join(f.text for f in fragments), replace(first, end_line=end))
