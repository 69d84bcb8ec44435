"""How far a value reaches a target.

The arithmetic is that of 财预〔2020〕10号: a target that is reached earns the whole weight; one that is not, in proportion to what
was done; a qualitative one by three grades.
"""

from __future__ import annotations

import operator as compare
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mingsuan.indicators.dates import deadline
from mingsuan.indicators.targets import Sort, Target
from mingsuan.patterns import regex
from mingsuan.performance.evidence.evidence import Value
from mingsuan.values import dataclass

_TIMES = {
    "秒": Decimal(1),
    "秒钟": Decimal(1),
    "分": Decimal(60),
    "分钟": Decimal(60),
    "小时": Decimal(3600),
    "天": Decimal(86400),
    "日": Decimal(86400),
}
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "万": Decimal(10_000), "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000)}
_SHARES = {"%": Decimal("0.01"), "％": Decimal("0.01"), "‰": Decimal("0.001"), "": Decimal(1)}
_PERCENT = ("%", "％")
_FULL, _NONE = Decimal(1), Decimal(0)
_COMPARED = {"≥": compare.ge, ">": compare.gt, "≤": compare.le, "<": compare.lt, "=": compare.eq}


class Grade(StrEnum):
    """How far a qualitative target was reached; the words are those of 财预〔2020〕10号."""

    REACHED = "达成年度指标"
    PARTLY = "部分达成年度指标并具有一定效果"
    MISSED = "未达成年度指标且效果较差"


SHARES = {Grade.REACHED: (Decimal("0.8"), _FULL), Grade.PARTLY: (Decimal("0.6"), Decimal("0.8")), Grade.MISSED: (_NONE, Decimal("0.6"))}
"""The share of the weight that a grade may earn, lower end excluded but for the last."""
USUAL = {Grade.REACHED: _FULL, Grade.PARTLY: Decimal("0.7"), Grade.MISSED: Decimal("0.3")}
"""What a grade earns where nobody says how much within its range: all, or the middle."""
_MISSED = regex(
    r"(?:尚?未|没有?|不能|无法)(?:能|按期|按时|及时)?(?:达成|达到|达标|完成|实现)|不(?:够)?(?:健全|完整|完善|规范|合规|合格|及时|达标|到位|明显|显著|满意)|较?差\Z"
)
_PARTLY = regex(r"\A(?:已)?(?:部分|基本|大部分|绝大部分|有所)|\A(?:一般|较弱|有待.*)\Z")
_REACHED = regex(r"达成|达到|达标|完成|实现|健全|规范|合规|完整|完备|完善|及时|按期|按时|良好|优秀|明显|显著|满意|有效|合格")
_DENIED = regex(r"[未不没无非欠缺否差]|有待|仅|只有")
"""What may turn a word into its contrary; a text with it is not taken for a yes."""
_LONGEST_WORD = 16
"""Characters of an answer; a longer text is a report, and what it comes to is for a person to say."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far a target was reached.

    Attributes:
        share: between 0 and 1, None where it cannot be told.
        reached: whether the target is reached, None where it cannot be told.
        deviation: (value − target) ÷ target of a number, None elsewhere.
        reason: how it was told, or why it cannot be.
    """

    share: Decimal | None
    reached: bool | None
    deviation: Decimal | None = None
    reason: str = ""


def attained(
    target: Target, value: Value, unit: str = "", share: Decimal | None = None, year: int | None = None, operator: str | None = None
) -> Attainment:
    """How far a value reaches a target.

    Args:
        target: what was to be reached.
        value: a number in `unit`, the day when it was done, or a word.
        unit: of the value, "" for the target's own.
        share: of the weight that is earned, where somebody decided it.
        year: of the target; a date without a year is of it.
        operator: the comparison that is meant where none is printed, "" where nobody could tell; by default at least, at most of zero.
    """
    if not target.judgeable:
        return Attainment(None, None, reason=f"指标值无法衡量：{target.reason}")
    if target.sort is Sort.DATE:
        return _by_date(target, value, year, share)
    if target.value is not None:
        meant = operator if operator is not None else target.operator or ("≥" if target.value else "≤")
        return _decided(_by_number(target, value, unit, meant), share)
    return _by_grade(target, value, share)


def _decided(told: Attainment, share: Decimal | None) -> Attainment:
    """With the share that somebody decided: partial credit, or less for a target that was set too low."""
    if share is None or (told.share is None and told.deviation is None):
        return told
    return replace(told, share=share, reason=f"{told.reason}；得分比例{share:.0%}为人工认定")


def _by_number(target: Target, value: Value, unit: str, operator: str) -> Attainment:
    if not isinstance(value, Decimal):
        return Attainment(None, None, reason=f"指标值是数“{target.text}”，完成值“{value}”不是数")
    factor = _factor(unit, target.unit)
    if factor is None:
        return Attainment(None, None, reason=f"完成值的单位“{unit or '无'}”与指标值的单位“{target.unit or '无'}”不能换算")
    done, goal = value * factor, target.value or Decimal(0)
    if not unit and target.unit in _PERCENT and 0 < done <= 1 < goal:
        return Attainment(None, None, reason=f"完成值“{value}”没有写单位，不知道是{done:.0%}还是{value}{target.unit}，请写明单位")
    if target.upper is not None:
        return _within(done, goal, target.upper)
    deviation = (done - goal) / goal if goal else None
    if not operator and done != goal:
        reason = f"指标值“{target.text}”没有写明是至少还是至多，完成值与它不同，无法评分；请修改指标值，或写明得分比例"
        return Attainment(None, None, deviation, reason)
    reached = _COMPARED[operator or "="](done, goal)
    share = _FULL if reached else _in_proportion(done, goal, operator)
    return Attainment(share, reached, deviation, "完成指标值" if reached else "未完成，按完成值与指标值的比例计")


def _in_proportion(done: Decimal, goal: Decimal, operator: str) -> Decimal:
    """The share of a target that was missed; nothing where the two have no sensible quotient."""
    if operator == "=":
        return max(_NONE, 1 - abs(done - goal) / abs(goal)) if goal else _NONE
    top, bottom = (goal, done) if operator in ("≤", "<") else (done, goal)
    return min(_FULL, max(_NONE, top / bottom)) if bottom > 0 else _NONE


def _within(done: Decimal, low: Decimal, high: Decimal) -> Attainment:
    if low > high:
        return Attainment(None, None, reason=f"指标值的区间{low}至{high}上下限颠倒，无法评分；请修改指标值")
    if low <= done <= high:
        return Attainment(_FULL, True, _NONE, "在指标值的区间内")
    goal = low if done < low else high
    share = done / low if done < low and low > 0 else high / done if done > high > 0 else _NONE
    return Attainment(max(_NONE, share), False, (done - goal) / goal if goal else None, "不在指标值的区间内，按与较近一端的比例计")


def _factor(unit: str, wanted: str) -> Decimal | None:
    """What a number in one unit is multiplied by to be in another, None if it cannot be."""
    if unit in ("", wanted):
        return _FULL
    for family in (_TIMES, _MONEY, _SHARES):
        if unit in family and wanted in family:
            return family[unit] / family[wanted]
    return _FULL if not wanted else None


def _by_date(target: Target, value: Value, year: int | None, share: Decimal | None) -> Attainment:
    end = deadline(target, year)
    if end is None or not isinstance(value, date):
        why = "完成值应是日期" if end is not None else "指标值没有写明日期"
        return Attainment(None, None, reason=f"{why}，不能比较（指标值“{target.text}”，完成值“{value}”）")
    if value <= end:
        return Attainment(_FULL, True, reason="按期完成")
    late = f"晚{(value - end).days}天完成"
    if share is None:
        return Attainment(_NONE, False, reason=f"{late}；如认定部分达成，请写明得分比例")
    if not _NONE <= share < _FULL:
        return Attainment(None, None, reason=f"{late}，得分比例应小于100%，却写为{share:.0%}")
    return Attainment(share, False, reason=f"{late}，按写明的得分比例计")


def _by_grade(target: Target, value: Value, share: Decimal | None) -> Attainment:
    grade = graded(target, str(value))
    if grade is None:
        return Attainment(None, None, reason=f"完成情况“{value}”看不出是否达到“{target.text}”，请写“达成”“部分达成”或“未达成”")
    low, high = SHARES[grade]
    if share is not None and not (low < share <= high or (grade is Grade.MISSED and share == 0)):
        return Attainment(None, None, reason=f"“{grade}”的得分比例应在{low:.0%}至{high:.0%}之间，却写为{share:.0%}")
    earned = USUAL[grade] if share is None else share
    return Attainment(earned, grade is Grade.REACHED, None, grade.value + ("" if share is not None or earned == 1 else "，取该档的中间值"))


def graded(target: Target, said: str) -> Grade | None:
    """The grade that an answer means, None where a person has to say: the target's own word, 达成 and 完成 mean reached."""
    word = re.sub(r"\s", "", said)
    if word in list(Grade):
        return Grade(word)
    if word == target.digits:
        return Grade.REACHED
    if len(word) > _LONGEST_WORD:
        return None
    if _MISSED.search(word):
        return Grade.PARTLY if word.startswith("部分") else Grade.MISSED
    if _PARTLY.search(word):
        return Grade.PARTLY
    return Grade.REACHED if _REACHED.search(word) and not _DENIED.search(word) else None
