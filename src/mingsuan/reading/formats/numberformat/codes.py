"""Number formats taken apart: #,##0.00;[Red]-#,##0.00 is two sections, each of digits, marks and literals.

Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property, lru_cache

from mingsuan.patterns import regex
from mingsuan.reading.formats.numberformat.built_in import GENERAL
from mingsuan.values import dataclass

MAX_FORMAT = 255
"""Characters of a number format that Excel accepts."""
_TOKEN = regex(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|_(?P<blank>.)"
    r"|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<meridiem>AM/PM|A/P|上午/下午)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|[eEgGbB]+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<mark>[.,%@/])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ELAPSED = regex(r"[hms]+$", re.IGNORECASE)
_CONDITION = regex(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_USUAL = regex(r"l*((?:#,##|#*)0(?:\.(0+))?)l*\Z")
_CURRENCY = regex(r"\$([^-\]]*)")


class Is(Enum):
    """What a part of a format is."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    TEXT = auto()
    EXPONENT = auto()
    DATE = auto()
    GENERAL = auto()
    SLASH = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a format; of literals the text as it is printed."""

    what: Is
    text: str


_MARK_LETTERS = {Is.LITERAL: "l", Is.POINT: ".", Is.COMMA: ","}


@dataclass(frozen=True, slots=True)
class Plain:
    """A section in the usual way, 0.00 or #,##0.00 between literals: how it prints, worked out once."""

    before: str
    after: str
    quantum: Decimal
    pattern: str


@dataclass(frozen=True)
class Section:
    """What prints some numbers: those for which its condition holds, where it has one."""

    parts: tuple[Part, ...]
    condition: tuple[str, Decimal] | None

    def has(self, what: Is) -> bool:
        """Whether a part of a sort occurs."""
        return what in self._kinds

    @cached_property
    def _kinds(self) -> frozenset[Is]:
        return frozenset(part.what for part in self.parts)

    @cached_property
    def plain(self) -> Plain | None:
        """The section in the usual way, None if it is none."""
        marks = "".join(_MARK_LETTERS.get(part.what, "x") if part.what is not Is.DIGIT else part.text for part in self.parts)
        match = _USUAL.match(marks)
        if match is None:
            return None
        begin, end = match.span(1)
        decimals = len(match[2] or "")
        before, after = ("".join(part.text for part in parts) for parts in (self.parts[:begin], self.parts[end:]))
        return Plain(before, after, Decimal(1).scaleb(-decimals), f"{',' if ',' in match[1] else ''}.{decimals}f")


@dataclass(frozen=True)
class Code:
    """A number format taken apart.

    Attributes:
        sections: all sections, at most three for numbers and one for texts.
    """

    sections: tuple[Section, ...]

    @cached_property
    def numeric(self) -> tuple[Section, ...]:
        """The sections for numbers."""
        several = len(self.sections) > 1
        found = tuple(s for s in self.sections[:3] if not (several and s.has(Is.TEXT) and not s.has(Is.DIGIT)))
        return found or self.sections[:1]

    @cached_property
    def conditional(self) -> bool:
        """Whether one of them says itself for which numbers."""
        return any(section.condition for section in self.numeric)


@lru_cache(maxsize=512)
def taken_apart(code: str) -> Code:
    """A format in pieces; any text is one, what means nothing is printed as it is."""
    sections: list[Section] = []
    parts: list[Part] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code or GENERAL):
        if match["other"] == ";":
            sections.append(Section(_minutes_told(parts), condition))
            parts, condition = [], None
        elif match["bracket"] is not None:
            found = _CONDITION.match(match["bracket"])
            condition = (found[1], Decimal(found[2])) if found else condition
            parts += _bracketed(match["bracket"])
        else:
            parts += _part(match)
    sections.append(Section(_minutes_told(parts), condition))
    return Code(tuple(sections))


def _bracketed(text: str) -> Iterator[Part]:
    """What stands in brackets: elapsed time, a currency, or a colour or locale that prints nothing."""
    currency = _CURRENCY.match(text)
    if _ELAPSED.match(text):
        yield Part(Is.DATE, f"[{text.lower()}]")
    elif currency is not None:
        yield Part(Is.LITERAL, currency[1])


_MARKS = {".": Is.POINT, ",": Is.COMMA, "%": Is.PERCENT, "@": Is.TEXT, "/": Is.SLASH}


def _part(match: re.Match[str]) -> Iterator[Part]:
    sort, text = match.lastgroup or "", match[match.lastgroup or 0]
    if sort in ("quoted", "escaped", "other"):
        yield Part(Is.LITERAL, text)
    elif sort == "blank":
        yield Part(Is.LITERAL, " ")
    elif sort == "digit":
        yield Part(Is.DIGIT, text)
    elif sort == "mark":
        yield Part(_MARKS[text], text)
    elif sort == "exponent":
        yield Part(Is.EXPONENT, text)
    elif sort == "general":
        yield Part(Is.GENERAL, text)
    elif sort in ("date", "meridiem"):
        yield Part(Is.DATE, text.lower())


def _minutes_told(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with m told apart: minutes (n) stand after hours or before seconds; and / told apart: in a date it is printed."""
    dated = [n for n, part in enumerate(parts) if part.what is Is.DATE]
    told = list(parts)
    for place, n in enumerate(dated):
        before = parts[dated[place - 1]].text.strip("[]")[:1] if place else ""
        after = parts[dated[place + 1]].text.strip("[]")[:1] if place + 1 < len(dated) else ""
        if parts[n].text.strip("[]")[:1] == "m" and len(parts[n].text) <= 4 and (before == "h" or after == "s"):
            told[n] = Part(Is.DATE, parts[n].text.replace("m", "n"))
    if dated:
        told = [Part(Is.LITERAL, p.text) if p.what in (Is.SLASH, Is.COMMA) else p for p in told]
    return tuple(told)
