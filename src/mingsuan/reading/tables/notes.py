"""Sentences that stand under tables."""

from __future__ import annotations

from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

_NOTE = regex(r"(?:备注|注释?|说明)[\d一二三]{0,2}[：:.、]")
_TABLE = r"(?:本|此|该)表"
_EMPTY = regex(
    rf"{_TABLE}(?:格)?(?:无|没有)(?:任何)?(?:数据|数字|内容)|{_TABLE}(?:格)?(?:应?为|是)?空(?:表|白)?|空表的?(?:主要)?原因"
    r"|(?:无|没有|未(?:使用|安排|发生))[^，。；]{0,40}(?:预算|支出|收入|拨款|经费|采购)[^。；]{0,40}(?:故|所以|因此|因而)[^。；]{0,20}表"
)
_MAX_NOTE = 300


def is_note(text: str) -> bool:
    """Whether a line is a note under a table: it says 注： or 备注： or explains why the table is empty."""
    return _NOTE.match(compact(text[:_MAX_NOTE])) is not None or is_empty_note(text)


def is_empty_note(text: str) -> bool:
    """Whether a line says that a table is empty, as in …无政府性基金预算支出，故本表无数据 or 所以此表为空表."""
    return _EMPTY.search(compact(text[:_MAX_NOTE])) is not None
