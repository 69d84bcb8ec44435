"""Whether anybody could judge that an indicator's target is reached, and why not."""

from __future__ import annotations

from decimal import Decimal

from mingsuan.indicators.listing import Indicator
from mingsuan.indicators.targets import Sort, Target
from mingsuan.patterns import regex

_DIRECTIONS = regex(r"(?:逐步|稳步|进一步|不断|持续|有所|切实)?(?:提高|提升|促进|保障|增加|加强|改善|推动|增强|优化|降低|减少|明确|确保)")
"""Words that say which way, but not how far."""
_ELSEWHERE = regex(r"达到.{0,6}(?:目标|标准|要求)|按.{0,8}(?:要求|规定|标准)|符合.{0,8}(?:要求|规定|标准)")
"""Targets that refer to something that is not printed."""
_TIME = regex(r"时间|时限|日期|期限|时效|及时|按期|按时|完成")
_COUNTS = regex(r"[次个人份本期场件条台套批篇项户家]+$")
_CLEAR = frozenset({Decimal(0), Decimal(100)})
"""Percentages that need no operator: none, or all."""


def unjudgeable(indicator: Indicator) -> str:
    """Why nobody could judge whether the target is reached, "" if somebody could."""
    target = indicator.target
    if target.reason:
        return target.reason
    if indicator.name in ("", "无"):
        return "没有填写指标名称"
    if target.sort is Sort.DATE and not _TIME.search(indicator.name):
        return f"“{indicator.name}”不是时间，指标值却是日期“{target.text}”"
    if target.sort is Sort.RATE and not target.operator and target.upper is None and target.value not in _CLEAR:
        return f"“{target.text}”没有写明是至少还是至多"
    if indicator.is_rate and target.sort is Sort.QUANTITY and _COUNTS.search(target.unit):
        return f"“{indicator.name}”是比率，指标值的单位却是“{target.unit}”"
    return vague(target)


def vague(target: Target) -> str:
    """Why a word as target leaves open how far is far enough, "" if it does not."""
    if target.sort is Sort.WORD and _DIRECTIONS.fullmatch(target.digits):
        return f"“{target.digits}”只说方向，没有写到什么程度"
    if target.sort is Sort.WORD and _ELSEWHERE.search(target.digits):
        return f"“{target.digits}”所指的标准没有写出来"
    return ""
