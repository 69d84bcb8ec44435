"""What a printed target demands: ≥98%, ≤15秒, 1次/季, 2024年12月31日前, 三级, 较高.

A target keeps the pieces that it was printed in, so that `Target.render` gives the printed text back.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from mingsuan.amounts import parse_number
from mingsuan.patterns import regex
from mingsuan.values import dataclass


class Sort(StrEnum):
    """What kind of thing a target is."""

    RATE = "rate"
    QUANTITY = "quantity"
    DATE = "date"
    WORD = "word"
    EMPTY = "empty"


SIGNS = {
    "≥": "≥",
    ">=": "≥",
    "≧": "≥",
    "⩾": "≥",
    "不低于": "≥",
    "不少于": "≥",
    "不小于": "≥",
    "大于等于": "≥",
    "大于或等于": "≥",
    "≤": "≤",
    "<=": "≤",
    "≦": "≤",
    "⩽": "≤",
    "不高于": "≤",
    "不超过": "≤",
    "不大于": "≤",
    "小于等于": "≤",
    "小于或等于": "≤",
    "=": "=",
    "＝": "=",
    "等于": "=",
    ">": ">",
    "＞": ">",
    "大于": ">",
    "高于": ">",
    "超过": ">",
    "<": "<",
    "＜": "<",
    "小于": "<",
    "低于": "<",
    "少于": "<",
}
"""Printed comparison → the comparison it means."""

TAILS = {"以上": "≥", "及以上": "≥", "以内": "≤", "以下": "≤", "之内": "≤", "内": "≤"}
"""Words behind the unit that compare as well."""

NOTHING = frozenset({"", "无", "-", "—", "——", "/", "不适用"})
"""Printed where there is no target."""

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_DIGITS = r"[-−]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?"
_PERCENT = r"[%％‰]|个?百分点"
_TAIL = "|".join(sorted(TAILS, key=len, reverse=True))
_DATE = regex(
    rf"(?P<sign>{_SIGN})?(?P<year>(?:19|20)\d\d)(?:年|[-./])"
    r"(?:(?P<month>\d{1,2})(?:(?:月|[-./])(?:(?P<day>\d{1,2})(?:日|号)?)?)?)?(?P<tail>[^\d%]{0,6})\Z"
)
_NUMBER = regex(
    rf"(?P<sign>{_SIGN})?(?P<digits>{_DIGITS})(?:(?P<middle>(?:{_PERCENT})?[-—–~～至])(?P<upper>{_DIGITS}))?"
    rf"(?P<unit>{_PERCENT}|(?![以之及]?[内上下])[^\d\s≥≤=<>％%，。；、]{{0,12}}?)(?P<tail>{_TAIL}|)\Z"
)
_SIGNED = regex(rf"(?P<sign>{_SIGN})(?P<word>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """A printed target.

    Attributes:
        sort: what kind of thing it is.
        sign: the comparison as printed in front, "" if none.
        operator: the comparison that is meant (≥ ≤ = > <), "" where none is printed.
        digits: the digits as printed; of a date all that is printed of it; of words the words.
        value: the exact number, None for dates and words.
        unit: as printed (%, 本, 次/季, 平方米), "" if none.
        tail: what follows the unit (以内, 前, 底前).
        middle: between the two ends of a range ("-", "%~"), "" where there is no range.
        upper_digits: the upper end of a range as printed.
        upper: the upper end of a range.
        complete: a date names its day, or its month's end.
        reason: why nobody could judge whether it is reached, "" if somebody could.
    """

    sort: Sort
    sign: str = ""
    operator: str = ""
    digits: str = ""
    value: Decimal | None = None
    unit: str = ""
    tail: str = ""
    middle: str = ""
    upper_digits: str = ""
    upper: Decimal | None = None
    complete: bool = True
    reason: str = ""

    @property
    def judgeable(self) -> bool:
        """Whether it could be judged that the target is reached."""
        return not self.reason

    @property
    def text(self) -> str:
        """The target as printed."""
        return self.render()

    def render(self) -> str:
        """The printed text from the pieces."""
        return f"{self.sign}{self.digits}{self.middle}{self.upper_digits}{self.unit}{self.tail}"

    @property
    def least(self) -> Decimal | None:
        """The smallest value that reaches the target, None where it sets no lower bound."""
        return self.value if self.operator in {"", "=", "≥", ">"} else None


def parse_target(text: str, unit: str = "") -> Target:
    """Read a target as printed; `unit` is that of a column of its own and counts where the text prints none."""
    compact = re.sub(r"\s", "", text)
    if compact in NOTHING:
        return Target(Sort.EMPTY, digits=compact, reason="没有填写指标值")
    found = _date(compact) or _number(compact)
    if found is not None:
        return found if found.unit or found.sort is Sort.DATE or unit in NOTHING else _with_unit(found, unit)
    signed = _SIGNED.match(compact)
    if signed is not None:
        sign, word = signed["sign"], signed["word"]
        digits = any(c.isdigit() for c in word)
        reason = "" if digits else f"“{sign}”后面应是数值，却是“{word}”" if word else f"“{sign}”后面没有数值"
        return Target(Sort.WORD, sign, SIGNS[sign], word, reason=reason)
    return Target(Sort.WORD, digits=compact)


def _with_unit(target: Target, unit: str) -> Target:
    """The target with the unit of its own column; it is kept out of the printed pieces' order only if it is none."""
    sort = Sort.RATE if re.fullmatch(_PERCENT, unit) else target.sort
    return Target(
        sort, target.sign, target.operator, target.digits, target.value, unit, target.tail, target.middle, target.upper_digits, target.upper
    )


_DECIMAL = regex(r"\d{4}\.\d+")
_WHEN = regex(r"$|月|底|末|前|之前|内|以前|完成|[上中下]旬")


def _date(text: str) -> Target | None:
    match = _DATE.match(text)
    if match is None or (match["month"] is None and not match["tail"]):
        return None
    if match["month"] and not 1 <= int(match["month"]) <= 12:
        return None
    start, end = match.start("year"), match.start("tail")
    printed, tail = text[start:end], match["tail"]
    if match["day"] is None and _DECIMAL.fullmatch(printed) and not _WHEN.match(tail):
        return None  # 1919.01人 counts people
    if match["month"] is None and not re.fullmatch(r"[年度]*(?:底|末|年底|年末|内)?(?:之?前|完成)?", tail):
        return None
    sign = match["sign"] or ""
    complete = match["day"] is not None or bool(re.search(r"底|末|前|内|旬", tail))
    return Target(Sort.DATE, sign, SIGNS.get(sign, ""), printed, tail=tail, complete=complete)


def _number(text: str) -> Target | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    value = parse_number(match["digits"].replace("，", ","))
    upper = parse_number(match["upper"].replace("，", ",")) if match["upper"] else None
    if value is None or (match["upper"] and upper is None):
        return None
    sign, tail, unit = match["sign"] or "", match["tail"], match["unit"]
    return Target(
        Sort.RATE if re.fullmatch(_PERCENT, unit) else Sort.QUANTITY,
        sign,
        SIGNS.get(sign) or TAILS.get(tail, ""),
        match["digits"],
        value,
        unit,
        tail,
        match["middle"] or "",
        match["upper"] or "",
        upper,
    )
