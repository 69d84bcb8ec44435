"""Ordinals that open headings and list items: 第一部分, 一、, （一）, 1、, (1), ①."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from mingsuan.patterns import regex
from mingsuan.values import dataclass

_DIGITS = "零一二三四五六七八九"


class Form(IntEnum):
    """How an ordinal is printed; its value is the depth that this form customarily has."""

    PART = 1
    CHINESE = 2
    CHINESE_BRACKETS = 3
    ARABIC = 4
    ARABIC_BRACKETS = 5
    CIRCLED = 6


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal at the beginning of a text.

    Attributes:
        form: how it is printed.
        number: its value.
        text: as printed, with its punctuation.
        rest: what it stands before.
    """

    form: Form
    number: int
    text: str
    rest: str


_CHINESE = r"[一二三四五六七八九十]{1,3}"
_FORMS = (
    (Form.PART, regex(rf"第\s*(?P<n>{_CHINESE}|\d{{1,2}})\s*(?:部分|章|篇)\s*[:：、]?\s*")),
    (Form.CHINESE, regex(rf"(?P<n>{_CHINESE})\s*[、.．]\s*")),
    (Form.CHINESE_BRACKETS, regex(rf"[（(]\s*(?P<n>{_CHINESE})\s*[）)]\s*[、.．]?\s*")),
    (Form.ARABIC, regex(r"(?P<n>\d{1,2})\s*(?:、|[.．](?:(?!\s*\d)|(?=\s*(?:19|20)\d\d\s*年)))\s*")),
    (Form.ARABIC_BRACKETS, regex(r"[（(]\s*(?P<n>\d{1,2})\s*[）)]\s*[、.．]?\s*")),
    (Form.CIRCLED, regex(r"(?P<n>[①-⑳])\s*")),
)


@lru_cache(maxsize=2048)
def ordinal(text: str) -> Ordinal | None:
    """The ordinal that a text begins with, None if it begins with none."""
    for form, pattern in _FORMS:
        match = pattern.match(text)
        number = _value(match["n"]) if match is not None else None
        if match is not None and number is not None:
            return Ordinal(form, number, match[0].strip(), text[match.end() :])
    return None


def without_ordinal(text: str) -> str:
    """A text without its ordinal."""
    found = ordinal(text)
    return text if found is None else found.rest


def compact(text: str) -> str:
    """A text without any white space."""
    return "".join(text.split())


def _value(printed: str) -> int | None:
    """The number up to 99 that is printed, None if it is none (十十)."""
    if printed.isdecimal():
        return int(printed)
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, ten, units = printed.partition("十")
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        return None
    return (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(units) if ten and units else 0 if ten else _DIGITS.index(tens))
