"""The ordinals of headings that the narrative is written with."""

from __future__ import annotations

_ORDINALS = "一二三四五六七八九十"


def ordinal(number: int) -> str:
    """A number below 100 as headings count: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十") + (_ORDINALS[ones - 1] if ones else "")
