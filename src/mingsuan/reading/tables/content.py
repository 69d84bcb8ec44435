"""What a printed cell looks like, and how well that suits a column of a form.

A column is never chosen by its position alone: codes belong in code columns, amounts in amount columns, names in name
columns, and an indicator's value is told from its name.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from mingsuan.amounts import parse_number
from mingsuan.dialects.forms import ColumnDef
from mingsuan.dialects.names import bare
from mingsuan.model import CellKind
from mingsuan.patterns import regex

TOTALS = frozenset({"合计", "总计", "小计"})
"""Labels of total rows, bare."""

_BLANKS = frozenset({"-", "--", "—", "——", "－", "/"})
_DIGITS = regex(r"\d+\Z")
_MONEY_SHAPE = regex(r"[-−－﹣▲△(（]?\d[\d,，.．]*[)）]?\Z")
"""Also numbers with a misplaced separator: they are amounts that cannot be read, not names."""
_OPERATOR = regex(r"[≥≤<>＜＞=＝≧≦]|大于|小于|不少于|不低于|不超过|不高于")
_MEASURED = regex(r"\d[\d,.]*\s*(?:[%％‰]|[^\d\s]{1,4})\Z")
_DATE = regex(r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}(?:\s*[-月./]\s*\d{1,2}\s*日?)?")
_DATE_VALUE = regex(r"(?:(?:19|20)\d\d年)?\d{0,2}月?\d{0,2}日?(?:年底)?(?:前|底|之前|以前)?\Z")
_NAME_TAIL = regex(r"(?:率|度|数|量|性|时间|次数|效果|效益|成本|情况|程度|水平|质量|时效|金额|经费|健全|工作|影响|目标)\Z")
_JUDGED = frozenset(
    {
        "健全",
        "规范",
        "合理",
        "完整",
        "公开",
        "真实",
        "合规",
        "科学",
        "相关",
        "高效",
        "有效",
        "充分",
        "完备",
        "可控",
        "良好",
        "显著",
        "协同",
        "持续",
        "及时",
        "到位",
        "达标",
        "满意",
        "较高",
        "提高",
        "提升",
        "促进",
        "保障",
        "完成",
        "优",
        "良",
        "好",
        "强",
        "是",
        "无",
        "明显",
        "稳定",
        "按时",
        "正常",
        "准确",
        "合格",
        "优秀",
        "较好",
        "增强",
        "改善",
        "增加",
        "减少",
        "降低",
        "长期",
        "有所提高",
    }
)
_LONG = 24
"""Characters from which a cell is an explanation and no name or value."""


class Look(Enum):
    """What the text of a cell looks like."""

    EMPTY = auto()
    BLANK = auto()
    DIGITS = auto()
    MONEY = auto()
    TOTAL = auto()
    VALUE = auto()
    SHORT = auto()
    NAME = auto()
    LONG = auto()

    # Members are one of a kind; an enumeration's own hash is that of the member's name, anew each time.
    __hash__ = object.__hash__


@lru_cache(maxsize=65536)
def look(text: str) -> Look:
    """Classify the text of a cell (white space removed)."""
    if not text:
        return Look.EMPTY
    if text in _BLANKS:
        return Look.BLANK
    if _DIGITS.match(text):
        return Look.DIGITS
    if _MONEY_SHAPE.match(text):
        return Look.MONEY
    if len(text) > _LONG:
        return Look.LONG
    if bare(text) in TOTALS:
        return Look.TOTAL
    if is_value(text):
        return Look.VALUE
    return Look.SHORT if len(text) <= 4 and not _NAME_TAIL.search(text) else Look.NAME


@lru_cache(maxsize=65536)
def is_value(text: str) -> bool:
    """Whether a text is the value of an indicator rather than its name: ≥98%, 4000本, 2024年12月31日前, 健全."""
    if len(text) > _LONG:
        return False
    if text in _JUDGED or _OPERATOR.match(text):
        return True
    return bool(_MEASURED.match(text) and text[0].isdigit()) or bool(_DATE_VALUE.match(text) and _DATE.match(text))


def is_operator(text: str) -> bool:
    """Whether a cell holds nothing but the operator of a target."""
    return text in {"≥", "≤", "<", ">", "=", "＜", "＞", "＝", "≧", "≦"}


def is_number(text: str) -> bool:
    """Whether a cell prints one number."""
    return look(text) in {Look.DIGITS, Look.MONEY}


def plain_number(text: str) -> str:
    """A number as plain decimal digits: no separators, no blanks, a leading minus for negatives; other text unchanged."""
    number = parse_number(text)
    if number is None:
        return text
    digits = re.sub(r"[^\d.]", "", text.translate(_ASCII))
    return f"-{digits}" if number < 0 or text.lstrip("(（").startswith(("-", "−")) else digits


_ASCII = str.maketrans("0123456789．", "0123456789.")


def fit(column: ColumnDef, text: str) -> float:
    """How well the text of a cell suits a column: 1 perfectly, 0 says nothing, -1 not at all."""
    return _fit(column.kind, column.key, column.digits, column.indicator[1] if column.indicator else "", text)


@lru_cache(maxsize=65536)
def _fit(kind: CellKind, key: str, digits: int, part: str, text: str) -> float:
    shape = look(text)
    if shape in {Look.EMPTY, Look.BLANK}:
        return 0.0
    if kind is CellKind.AMOUNT:
        return _AMOUNT.get(shape, -1.0) if not (shape is Look.DIGITS and len(text) > 1 and text[0] == "0") else -1.0
    if kind is CellKind.KEY:
        return _fit_code(key, digits, text, shape) if key in _CODES else _fit_name(key, shape)
    if kind is CellKind.INDICATOR:
        return _VALUE.get(shape, -1.0) if part == "value" else _INDICATOR.get(shape, -1.0)
    if kind is CellKind.DATE:
        return 1.0 if _DATE.match(text) else -0.5
    if kind is CellKind.QUANTITY:
        return 1.0 if shape in {Look.DIGITS, Look.MONEY, Look.VALUE} else -0.7
    return _TEXT.get(shape, 0.6)


_CODES = frozenset({"function", "department", "government", "unit", "unit_or_project"})
_AMOUNT = {Look.MONEY: 1.0, Look.DIGITS: 0.8, Look.VALUE: -0.8}
_VALUE = {Look.VALUE: 1.0, Look.SHORT: 0.7, Look.DIGITS: 0.6, Look.MONEY: 0.2, Look.TOTAL: -0.5, Look.NAME: -0.7, Look.LONG: -0.8}
_INDICATOR = {Look.NAME: 1.0, Look.LONG: 0.7, Look.SHORT: 0.2, Look.TOTAL: -0.5, Look.VALUE: -0.8, Look.DIGITS: -0.8}
_TEXT = {Look.MONEY: -0.3, Look.DIGITS: 0.0}
_LENGTHS = {3: (3,), 5: (2, 5), 7: (2, 7)}


def _fit_code(key: str, digits: int, text: str, shape: Look) -> float:
    if shape is Look.TOTAL:
        return 0.4
    if shape is not Look.DIGITS:
        return -1.0
    if key == "unit_or_project":
        return 1.0 if len(text) >= 3 else -0.5
    if key == "unit" or not digits:
        return 1.0 if len(text) >= 3 else -0.3
    if len(text) in _LENGTHS.get(digits, (digits,)):
        return 1.0
    whole = {5, 7} if digits == 3 else set()  # printed whole over the columns 类 款 项
    return 0.6 if len(text) in {3, 6, 9} | whole else -0.3


def _fit_name(key: str, shape: Look) -> float:
    if shape is Look.DIGITS:
        return 0.2 if key in {"project_name", "unit_or_project"} else -0.6
    return -1.0 if shape is Look.MONEY else 1.0
