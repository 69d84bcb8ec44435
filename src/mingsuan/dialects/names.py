"""Comparing printed names: ordinals skip and differ, widths and blanks vary, the words are what counts."""

from __future__ import annotations

import re
from functools import lru_cache

from mingsuan.patterns import regex

_WIDTH = str.maketrans(
    "（）：；，．／－—–“”‘’＝％０１２３４５６７８９《》",
    "():;,./---\"\"''=%0123456789<>",
)
_CHINESE = "一二三四五六七八九十百"
_ORDINAL = regex(rf"^(?:第?[{_CHINESE}]+[、.]|\([{_CHINESE}]+\)|\(?\d{{1,2}}[)、]|\d{{1,2}}\.(?:(?!\d)|(?=(?:19|20)\d\d年)))")
_OF_WHICH = regex(r"^其中:?")
_YEAR = regex(r"^\(?(?:19|20)\d\d年?度?\)?(?=\D)")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The words of a name: one width of punctuation, no white space."""
    return "".join(text.split()).translate(_WIDTH)


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The words of a name without ordinals, 其中 and closing punctuation: 其中：（1）公务用车运行维护费 → 公务用车运行维护费."""
    words = plain(text)
    for _ in range(3):
        shorter = _ORDINAL.sub("", _OF_WHICH.sub("", words))
        if shorter == words:
            break
        words = shorter
    return words.rstrip(":;。") or plain(text)


@lru_cache(maxsize=65536)
def undated(text: str) -> str:
    """Bare words without a year before them: 2024年机关运行经费预算数 → 机关运行经费预算数."""
    words = bare(text)
    return _YEAR.sub("", words) or words


def relative(text: str, this: int) -> str:
    """Bare words with this year and the one before called 本年 and 上年: 2023年执行数 → 上年执行数 in a table that goes to 2024."""
    words = bare(text)
    for year, name in ((this, "本年"), (this - 1, "上年")):
        words = re.sub(rf"\(?{year}年度?\)?", name, words)
    return words


def is_of_which(text: str) -> bool:
    """Whether a label says that it is contained in the one above it."""
    return _OF_WHICH.match(plain(text)) is not None


def ordinal(text: str) -> str:
    """The ordinal a name is printed with, "" if none."""
    match = _ORDINAL.match(plain(text))
    return match.group() if match else ""
