"""A number as a spreadsheet's number format prints it: 12.3 in #,##0.00 is 12.30.

The stored value is binary; what a spreadsheet shows are its first fifteen digits, rounded half away from zero.
Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import Enum, auto
from functools import cached_property, lru_cache

from mingsuan.patterns import regex
from mingsuan.values import dataclass

GENERAL = "General"
BUILT_IN: Mapping[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats that files name by number only, as Chinese Excel and WPS print them."""

MAX_FORMAT = 255
"""Characters of a number format that Excel accepts."""
_LONGEST = 11
"""Characters of a number in the format General, sign excluded."""
_PLAIN_DIGITS = 15
"""Digits of an integer in General before it is written with an exponent here (a narrow cell does so from 12)."""
_LARGEST_DAY = 2_958_465
"""Day number of 9999-12-31."""
_SHOWN = Context(prec=15, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
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
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Is(Enum):
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
class _Part:
    what: _Is
    text: str


_MARK_LETTERS = {_Is.LITERAL: "l", _Is.POINT: ".", _Is.COMMA: ","}


@dataclass(frozen=True, slots=True)
class _Plain:
    """A section in the usual way, 0.00 or #,##0.00 between literals: how it prints, worked out once."""

    before: str
    after: str
    quantum: Decimal
    pattern: str


@dataclass(frozen=True)
class _Section:
    parts: tuple[_Part, ...]
    condition: tuple[str, Decimal] | None

    def has(self, what: _Is) -> bool:
        return what in self._kinds

    @cached_property
    def _kinds(self) -> frozenset[_Is]:
        return frozenset(part.what for part in self.parts)

    @cached_property
    def plain(self) -> _Plain | None:
        """The section in the usual way, None if it is none."""
        marks = "".join(_MARK_LETTERS.get(part.what, "x") if part.what is not _Is.DIGIT else part.text for part in self.parts)
        match = _USUAL.match(marks)
        if match is None:
            return None
        begin, end = match.span(1)
        decimals = len(match[2] or "")
        before, after = ("".join(part.text for part in parts) for parts in (self.parts[:begin], self.parts[end:]))
        return _Plain(before, after, Decimal(1).scaleb(-decimals), f"{',' if ',' in match[1] else ''}.{decimals}f")


@dataclass(frozen=True)
class _Code:
    """A number format taken apart.

    Attributes:
        sections: all sections.
        numeric: those for numbers.
        conditional: some of them says itself for which.
    """

    sections: tuple[_Section, ...]

    @cached_property
    def numeric(self) -> tuple[_Section, ...]:
        several = len(self.sections) > 1
        found = tuple(s for s in self.sections[:3] if not (several and s.has(_Is.TEXT) and not s.has(_Is.DIGIT)))
        return found or self.sections[:1]

    @cached_property
    def conditional(self) -> bool:
        return any(section.condition for section in self.numeric)


@lru_cache(maxsize=50_000)
def number_shown(raw: str, code: str, *, from_1904: bool = False) -> str:
    """A stored number, "1024.5" or "1.0E-2", as the format `code` prints it; a raw value that is no number is returned as it is."""
    try:
        value = _SHOWN.create_decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value.adjusted()) > 350:
        return raw
    section, sign = _chosen(_taken_apart(code[:MAX_FORMAT]), value)
    if section is None:
        return "#" * 8
    if section.plain is not None:
        return _plainly(section.plain, value if sign else abs(value))
    if section.has(_Is.DATE):
        return _moment_shown(section.parts, value, from_1904=from_1904)
    return _number_in(section, value if sign else abs(value)).strip()


def text_shown(text: str, code: str) -> str:
    """A text as the format `code` prints it: through its fourth section, or any that holds an @."""
    if code == GENERAL:
        return text
    sections = _taken_apart(code[:MAX_FORMAT]).sections
    own = sections[3] if len(sections) > 3 else next((s for s in sections if s.has(_Is.TEXT)), None)
    if own is None:
        return text
    return "".join(text if part.what is _Is.TEXT else part.text for part in own.parts if part.what in (_Is.TEXT, _Is.LITERAL))


@lru_cache(maxsize=512)
def _taken_apart(code: str) -> _Code:
    sections: list[_Section] = []
    parts: list[_Part] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code or GENERAL):
        if match["other"] == ";":
            sections.append(_Section(_minutes_told(parts), condition))
            parts, condition = [], None
        elif match["bracket"] is not None:
            found = _CONDITION.match(match["bracket"])
            condition = (found[1], Decimal(found[2])) if found else condition
            parts += _bracketed(match["bracket"])
        else:
            parts += _part(match)
    sections.append(_Section(_minutes_told(parts), condition))
    return _Code(tuple(sections))


def _bracketed(text: str) -> Iterator[_Part]:
    """What stands in brackets: elapsed time, a currency, or a colour or locale that prints nothing."""
    currency = _CURRENCY.match(text)
    if _ELAPSED.match(text):
        yield _Part(_Is.DATE, f"[{text.lower()}]")
    elif currency is not None:
        yield _Part(_Is.LITERAL, currency[1])


_MARKS = {".": _Is.POINT, ",": _Is.COMMA, "%": _Is.PERCENT, "@": _Is.TEXT, "/": _Is.SLASH}


def _part(match: re.Match[str]) -> Iterator[_Part]:
    sort, text = match.lastgroup or "", match[match.lastgroup or 0]
    if sort in ("quoted", "escaped", "other"):
        yield _Part(_Is.LITERAL, text)
    elif sort == "blank":
        yield _Part(_Is.LITERAL, " ")
    elif sort == "digit":
        yield _Part(_Is.DIGIT, text)
    elif sort == "mark":
        yield _Part(_MARKS[text], text)
    elif sort == "exponent":
        yield _Part(_Is.EXPONENT, text)
    elif sort == "general":
        yield _Part(_Is.GENERAL, text)
    elif sort in ("date", "meridiem"):
        yield _Part(_Is.DATE, text.lower())


def _minutes_told(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    """The parts with m told apart: minutes (n) stand after hours or before seconds; and / told apart: in a date it is printed."""
    dated = [n for n, part in enumerate(parts) if part.what is _Is.DATE]
    told = list(parts)
    for place, n in enumerate(dated):
        before = parts[dated[place - 1]].text.strip("[]")[:1] if place else ""
        after = parts[dated[place + 1]].text.strip("[]")[:1] if place + 1 < len(dated) else ""
        if parts[n].text.strip("[]")[:1] == "m" and len(parts[n].text) <= 4 and (before == "h" or after == "s"):
            told[n] = _Part(_Is.DATE, parts[n].text.replace("m", "n"))
    if dated:
        told = [_Part(_Is.LITERAL, p.text) if p.what in (_Is.SLASH, _Is.COMMA) else p for p in told]
    return tuple(told)


_COMPARED = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def _chosen(code: _Code, value: Decimal) -> tuple[_Section | None, bool]:
    """The section that prints a value, and whether it prints the sign itself."""
    numeric = code.numeric
    if code.conditional:
        return _on_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    return (numeric[2] if value == 0 and len(numeric) > 2 else numeric[0]), True


def _on_condition(sections: Sequence[_Section], value: Decimal) -> tuple[_Section | None, bool]:
    """The first section whose condition holds; one without is for negative numbers if it is the second of three, else for all."""
    for number, section in enumerate(sections):
        if section.condition is not None:
            operator, limit = section.condition
            if _COMPARED[operator](value, limit):
                return section, not (value < 0 and operator in ("<", "<=") and limit <= 0)
        elif number != 1 or len(sections) < 3:
            return section, True
        elif value < 0:
            return section, False
    return None, True


def _number_in(section: _Section, value: Decimal) -> str:
    parts = section.parts
    if section.has(_Is.GENERAL) or section.has(_Is.TEXT):
        return "".join(_general(value) if p.what in (_Is.GENERAL, _Is.TEXT) else p.text for p in parts)
    digits = [n for n, part in enumerate(parts) if part.what is _Is.DIGIT]
    if not digits:
        minus = "-" if value < 0 and parts else ""
        return minus + "".join(p.text for p in parts if p.what in (_Is.LITERAL, _Is.PERCENT, _Is.POINT))
    if section.has(_Is.SLASH):
        return _general(value)
    scaled = _scaled(parts, digits, value)
    if section.has(_Is.EXPONENT):
        return _scientific(parts, scaled)
    return _fixed(parts, scaled)


def _plainly(plain: _Plain, value: Decimal) -> str:
    number = value.quantize(plain.quantum, context=_EXACT)
    return f"{'-' if number < 0 else ''}{plain.before}{format(abs(number), plain.pattern)}{plain.after}".strip()


def _general(value: Decimal) -> str:
    """As the format General prints a number where the column is wide enough."""
    if value == 0:
        return "0"
    exponent = value.adjusted()
    if value == value.to_integral_value() and exponent < _PLAIN_DIGITS:
        return f"{value:f}".split(".")[0]
    if -5 < exponent < _LONGEST - 1:
        decimals = min(_LONGEST - 2 - max(exponent, 0), _LONGEST - 2)
        text = f"{_rounded(value, decimals):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa = f"{_rounded(value.scaleb(-exponent), 5):f}".rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent:+03d}"


def _scaled(parts: Sequence[_Part], digits: Sequence[int], value: Decimal) -> Decimal:
    """The value with percent signs (×100) and the commas behind the last digit (÷1000 each) applied."""
    percents = sum(part.what is _Is.PERCENT for part in parts)
    point = next((n for n, part in enumerate(parts) if part.what is _Is.POINT), len(parts))
    whole = [n for n in digits if n < point]
    commas = 0
    for last in {whole[-1] if whole else -1, digits[-1]} - {-1}:
        for part in parts[last + 1 :]:
            if part.what is not _Is.COMMA:
                break
            commas += 1
    return value.scaleb(2 * percents - 3 * commas, _EXACT)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EXACT)


def _fixed(parts: Sequence[_Part], value: Decimal) -> str:
    """A number in digits, 1,024.50, each digit at its place among the literals."""
    point = next((n for n, part in enumerate(parts) if part.what is _Is.POINT), len(parts))
    whole = [n for n, part in enumerate(parts[:point]) if part.what is _Is.DIGIT]
    broken = [n for n, part in enumerate(parts) if n > point and part.what is _Is.DIGIT]
    number = _rounded(value, len(broken))
    integer, _, fraction = f"{abs(number):f}".partition(".")
    minus = "-" if number < 0 else ""
    grouped = any(part.what is _Is.COMMA for part in parts[whole[0] : whole[-1]]) if whole else False
    out = _whole(parts[:point], whole, "" if integer == "0" else integer, grouped=grouped)
    if not whole and integer != "0":
        out.append(integer)
    tail = _fraction(parts[point:], fraction)
    return minus + "".join(out) + tail


def _whole(parts: Sequence[_Part], places: Sequence[int], digits: str, *, grouped: bool) -> list[str]:
    """The integer part: the first place takes all digits that the others leave."""
    out: list[str] = []
    padded = digits.rjust(len(places), "\0")
    extra = len(padded) - len(places)
    position = 0
    for n, part in enumerate(parts):
        if part.what is _Is.DIGIT:
            take = 1 + (extra if n == places[0] else 0)
            for digit in padded[position : position + take]:
                position += 1
                shown = {"0": "0", "?": " ", "#": ""}[part.text] if digit == "\0" else digit
                left = len(padded) - position
                out.append(shown + ("," if grouped and shown.strip() and left and left % 3 == 0 else ""))
        elif part.what in (_Is.LITERAL, _Is.PERCENT):
            out.append(part.text)
    return out


def _fraction(parts: Sequence[_Part], digits: str) -> str:
    """Point and decimals; # and ? drop the zeros at the end."""
    places = [n for n, part in enumerate(parts) if part.what is _Is.DIGIT]
    significant = len(digits.rstrip("0"))
    out = []
    for n, part in enumerate(parts):
        if part.what is _Is.DIGIT:
            index = places.index(n)
            keep = part.text == "0" or index < significant or any(parts[m].text == "0" for m in places[index:])
            out.append(digits[index] if keep else " " if part.text == "?" else "")
        elif part.what in (_Is.LITERAL, _Is.PERCENT, _Is.POINT):
            out.append(part.text)
    return "".join(out)


def _scientific(parts: Sequence[_Part], value: Decimal) -> str:
    mark = next(n for n, part in enumerate(parts) if part.what is _Is.EXPONENT)
    decimals = sum(part.what is _Is.DIGIT for part in parts[:mark]) - 1
    width = max(1, sum(part.what is _Is.DIGIT for part in parts[mark:]))
    exponent = value.adjusted() if value else 0
    mantissa = _rounded(value.scaleb(-exponent, _EXACT), max(0, decimals))
    if abs(mantissa) >= 10:
        mantissa, exponent = _rounded(mantissa.scaleb(-1), max(0, decimals)), exponent + 1
    sign = "-" if exponent < 0 else "+" if parts[mark].text.endswith("+") else ""
    return f"{mantissa:f}E{sign}{abs(exponent):0{width}d}"


def _moment_shown(parts: Sequence[_Part], value: Decimal, *, from_1904: bool) -> str:
    """A day number with its fraction as a date and time."""
    if value < 0 or value > _LARGEST_DAY:
        return "#" * 8
    seconds = int((value % 1 * 86400).to_integral_value(rounding=ROUND_HALF_UP))
    days = int(value) + seconds // 86400
    clock = (datetime.min + timedelta(seconds=seconds % 86400)).time()
    total = int((value * 86400).to_integral_value(rounding=ROUND_HALF_UP))
    half = any("/" in p.text and p.what is _Is.DATE for p in parts)
    day = _day(days, from_1904=from_1904)
    return "".join(
        _moment_part(p, day, clock, total, half=half) if p.what is _Is.DATE else p.text for p in parts if p.what is not _Is.TEXT
    ).strip()


def _day(number: int, *, from_1904: bool) -> date:
    """The date of a day number; Excel's first calendar counts a 29 February 1900 that never was."""
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=min(number, _LARGEST_DAY - 1462))
    return date(1899, 12, 31) + timedelta(days=number if number < 60 else number - 1)


def _moment_part(part: _Part, day: date, clock: time, total: int, *, half: bool) -> str:
    text = part.text
    sort, size = text.strip("[]")[:1], len(text.strip("[]"))
    if text.startswith("["):
        return f"{total // {'h': 3600, 'n': 60, 'm': 60, 's': 1}[sort]:0{size}d}"
    if "/" in text:
        words = ("上午", "下午") if "上" in text else ("AM", "PM") if size > 3 else ("A", "P")
        return words[clock.hour >= 12]
    hour = (clock.hour % 12 or 12) if half else clock.hour
    if sort in "hns":
        return f"{ {'h': hour, 'n': clock.minute, 's': clock.second}[sort]:0{min(size, 2)}d}"
    return _calendar(sort, size, day)


def _calendar(sort: str, size: int, day: date) -> str:
    if sort in ("y", "e"):
        return f"{day.year % 100:02d}" if sort == "y" and size <= 2 else f"{day.year:04d}"
    if sort == "a":
        return ("星期" if size == 4 else "周") + _WEEKDAYS[day.weekday()] if size == 4 else _WEEKDAYS[day.weekday()]
    number, names = (day.month, _MONTHS) if sort == "m" else (day.day, _DAYS)
    if size <= 2:
        return f"{number:0{size}d}"
    name = names[number - 1] if sort == "m" else names[day.weekday()]
    return name if size == 4 else name[:1] if size == 5 else name[:3]
