"""Which way an aim points where its target prints no comparison: 4000本 is at least, a cost is at most, 86% may be either."""

from __future__ import annotations

from mingsuan.indicators.library import find
from mingsuan.indicators.targets import Sort, Target
from mingsuan.patterns import regex

_BETTER = {"more": "≥", "less": "≤", "at": "="}
_COST = regex(r"成本")
_TIME = regex(r"秒钟?|分钟?|小时|工作日|[天日周月年]|个月")
_ALL = 100


def direction(name: str, first: str, target: Target) -> str:
    """The comparison of a target with a number: ≥ ≤ = > <, "" where nobody could tell.

    What is printed counts; then what the library says of the indicator; then what the number is of. A quantity is at least, but for
    costs, which are at most, and times, which may be limits as well as hours of service.
    """
    if target.operator or target.value is None or target.upper is not None:
        return target.operator
    known = find(name)
    if known is not None:
        return _BETTER[known.better]
    if not target.value or _COST.search(first):
        return "≤"
    if target.sort is Sort.RATE:
        return "≥" if target.value == _ALL else ""
    return "" if _TIME.fullmatch(target.unit) else "≥"
