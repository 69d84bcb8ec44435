"""The ordinals that Word prints before numbered paragraphs and stores nowhere: 一、（二）3. ④

Source: ECMA-376 part 1, 17.9; the words of a number are those that Chinese Word prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.values import dataclass

LEVELS = 9
"""Levels of a list."""
MAX_NUMBER = 9999
"""Largest ordinal that is written in words."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _W + "val"
_PLACEHOLDER = regex(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_SMALL = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def counted(number: int, digits: str = _SMALL, units: str = "十百千") -> str:
    """A number up to 9999 in words: 十二, 二十, 一百零三."""
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    words = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += digits[digit] + (units[power - 1] if power else "")
        elif words and number % 10**power and not words.endswith(digits[0]):
            words += digits[0]
    return words.removeprefix("一") if words.startswith("一十") else words


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _small_counted(number: int) -> str:
    """As chineseCounting prints: words below one hundred, digit by digit from there."""
    return counted(number) if number < 100 else _digit_by_digit(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """Letters as Word counts: a … z, aa, bb …"""
    return chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else str(number)


def _among(*ranges: tuple[int, int, int]) -> Callable[[int], str]:
    """Characters in a row: (first number, last number, character of the first); others in plain digits."""

    def shown(number: int) -> str:
        return next((chr(first_char + number - first) for first, last, first_char in ranges if first <= number <= last), str(number))

    return shown


def _cycled(words: str) -> Callable[[int], str]:
    return lambda number: words[(number - 1) % len(words)] if number > 0 else str(number)


_CIRCLED = _among((0, 0, 0x24EA), (1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _among((1, 20, 0x2474)),
    "decimalEnclosedFullstop": _among((1, 20, 0x2488)),
    "ideographEnclosedCircle": _among((1, 10, 0x3280)),
    "chineseCounting": _small_counted,
    "chineseCountingThousand": counted,
    "taiwaneseCounting": _small_counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": counted,
    "koreanDigital": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": counted,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": lambda n: counted(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": _cycled(_STEMS),
    "ideographZodiac": _cycled(_BRANCHES),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
}
_UNSEEN = {"bullet", "none"}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list.

    Attributes:
        start: its first number.
        format: how the number is written, Word's own name.
        text: what is printed, with %1 … %9 for the numbers of the levels.
        legal: all numbers are printed as digits.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(frozen=True)
class List:
    """A numbering that paragraphs name.

    Attributes:
        counter: numberings with the same counter count on from each other.
        levels: its levels.
        restarts: levels that this numbering begins anew.
    """

    counter: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


def lists_of(root: etree._Element | None) -> Mapping[str, List]:
    """The numberings of a numbering part by their numbers."""
    if root is None:
        return {}
    abstract = {e.get(_W + "abstractNumId", ""): e for e in root.iterchildren(_W + "abstractNum")}
    by_style = {link.get(_VAL): e for e in abstract.values() if (link := e.find(_W + "styleLink")) is not None}
    found = {}
    for num in root.iterchildren(_W + "num"):
        reference = num.find(_W + "abstractNumId")
        counter = reference.get(_VAL, "") if reference is not None else ""
        definition = abstract.get(counter)
        link = definition.find(_W + "numStyleLink") if definition is not None else None
        if link is not None:
            definition = by_style.get(link.get(_VAL), definition)
        levels = dict(_levels(definition)) if definition is not None else {}
        restarts: dict[int, int] = {}
        for override in num.iterchildren(_W + "lvlOverride"):
            depth = _integer(override.get(_W + "ilvl"))
            levels.update(_levels(override))
            start = override.find(_W + "startOverride")
            if start is not None:
                restarts[depth] = _integer(start.get(_VAL))
                levels[depth] = replace(levels.get(depth, Level()), start=restarts[depth])
        found[num.get(_W + "numId", "")] = List(counter, levels, restarts)
    return found


def _levels(parent: etree._Element) -> list[tuple[int, Level]]:
    return [(_integer(element.get(_W + "ilvl")), _level(element)) for element in parent.iterchildren(_W + "lvl")][:LEVELS]


def _level(element: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(_W + tag)
        return child.get(_VAL, default) if child is not None else default

    legal = element.find(_W + "isLgl")
    return Level(
        _integer(value("start", "0")),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        legal is not None and legal.get(_VAL, "1") not in ("0", "false"),
    )


def _integer(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 6 else 0


@dataclass
class Counters:
    """The numbers that the lists of a document have reached."""

    lists: Mapping[str, List]
    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    met: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, depth: int) -> str:
        """The ordinal printed before the next paragraph of a numbering at a level, "" for bullets and what is not numbered."""
        numbering = self.lists.get(number)
        if numbering is None or depth not in numbering.levels:
            return ""
        at = self.reached.setdefault(numbering.counter, {})
        level = numbering.levels[depth]
        begins = depth in numbering.restarts and (number, depth) not in self.met
        self.met.add((number, depth))
        at[depth] = level.start if begins or depth not in at else at[depth] + 1
        for above in range(depth):
            at.setdefault(above, numbering.levels.get(above, Level()).start)
        for deeper in [d for d in at if d > depth]:
            del at[deeper]
        if level.format in _UNSEEN:
            return ""
        return _PLACEHOLDER.sub(lambda match: self._shown(numbering, at, int(match[1]) - 1, legal=level.legal), level.text)

    def _shown(self, numbering: List, at: Mapping[int, int], depth: int, *, legal: bool) -> str:
        level = numbering.levels.get(depth, Level())
        if level.format == "none":
            return ""
        number = at.get(depth, level.start)
        return str(number) if legal or not 0 < number <= MAX_NUMBER else _FORMATS.get(level.format, str)(number)
