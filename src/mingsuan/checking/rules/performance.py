"""PERF: targets that cannot be judged and indicators that say too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingsuan.checking.indicators_told import by_form, names_of, target_side
from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.registry import About, Need, indicator_tables, rule
from mingsuan.checking.subject import Subject
from mingsuan.indicators.listing import Indicator
from mingsuan.indicators.targets import Sort
from mingsuan.model import Level
from mingsuan.patterns import regex

CHAPTER = "绩效"
_BASIS = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
_DATED = regex(r"时间|时限|时效|日期|期限|期$|节点|截止|进度|及时|按期|按时|如期|准时|完成$|前$|时$")
_HUNDRED = (Decimal(0), Decimal(100))


@rule("PERF101", level=Level.ERROR, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables)
def comparison_has_a_number(subject: Subject) -> Iterator[Outcome]:
    """指标值里的比较符号后面是数值。

    错：绩效自评完成率 ≥规范
    对：绩效自评完成率 ≥100%
    """
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is Sort.WORD and not target.judgeable:
            yield Draft(
                f"指标“{indicator.name}”的指标值“{target.text}”无法比较：{target.reason}",
                (target_side(indicator),),
                target.text,
                f"“{target.sign}”后面填数值，或去掉“{target.sign}”",
            )


@rule(
    "PERF102", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables
)
def rate_says_its_direction(subject: Subject) -> Iterator[Outcome]:
    """比率的目标值写明是至少还是至多；0%和100%除外。

    错：预算调整率 5%
    对：预算调整率 ≤5%
    """

    def unclear(indicator: Indicator) -> bool:
        target = indicator.target
        rate = indicator.is_rate or indicator.has_formula
        return target.sort is Sort.RATE and not target.operator and target.upper is None and target.value not in _HUNDRED and rate

    for found in by_form(subject, unclear):
        yield Draft(
            f"{names_of(found)}的目标值没有≥或≤，看不出是至少还是至多",
            tuple(target_side(i) for i in found),
            "、".join(i.target.text for i in found),
            "在数值前写明≥或≤（方向由填报单位确定）",
        )


@rule("PERF103", level=Level.INFO, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables)
def quantity_has_a_unit(subject: Subject) -> Iterator[Outcome]:
    """数量指标的目标值带计量单位。

    错：聘用人员 =110
    对：聘用人员 =110人
    """

    def bare_number(indicator: Indicator) -> bool:
        target = indicator.target
        return (
            target.sort is Sort.QUANTITY
            and not target.unit
            and not indicator.is_rate
            and not re.search(r"[（(][^）)]+[）)]$", indicator.name)
        )

    for found in by_form(subject, bare_number):
        yield Draft(
            f"{names_of(found)}的目标值只有数字，没有计量单位",
            tuple(target_side(i) for i in found),
            "、".join(i.target.text for i in found),
            "补上计量单位（人、项、次等）",
        )


@rule("PERF104", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables)
def full_rate_is_equal(subject: Subject) -> Iterator[Outcome]:
    """不会超过100%的率，目标值写作100%，不写≥100%。

    错：评价结果应用率 ≥100%
    对：评价结果应用率 100%
    """
    capped = re.compile(r"(?:完成|应用|合格|满意|覆盖|及时|到位|达标|执行|发放|准确|公开|编制)[率度]$")

    def beyond(indicator: Indicator) -> bool:
        target = indicator.target
        return target.sort is Sort.RATE and target.operator in {"≥", ">"} and target.value == 100 and bool(capped.search(indicator.name))

    for found in by_form(subject, beyond):
        yield Draft(f"{names_of(found)}最多为100%，目标值不必写“≥”", tuple(target_side(i) for i in found), found[0].target.text, "100%")


@rule(
    "PERF105",
    level=Level.INFO,
    chapter=CHAPTER,
    basis=_BASIS,
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    looks_at=indicator_tables,
    fix="把指标名称改成考核的方面（如“效率”“健全程度”），要求写在指标值里。",
)
def name_does_not_state_its_value(subject: Subject) -> Iterator[Outcome]:
    """指标名称保持中立，由指标值给出要求。

    错：政务公开监管业务高效 高效
    对：政务公开监管业务效率 高效
    """

    def repeats(indicator: Indicator) -> bool:
        word = indicator.target.digits
        return (
            indicator.target.sort is Sort.WORD
            and len(word) >= 2
            and indicator.name != word
            and (indicator.name.endswith(word) or indicator.name.startswith(word))
        )

    for found in by_form(subject, repeats):
        yield Draft(
            f"{names_of(found)}的名称已经写出结论，与指标值重复，无法据以评价",
            tuple(target_side(i) for i in found),
            "、".join(i.target.text for i in found),
            "名称写考核的方面，要求写在指标值里",
        )


@rule("PERF106", level=Level.INFO, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables)
def percentage_belongs_to_a_rate(subject: Subject) -> Iterator[Outcome]:
    """百分比的目标值对应能算出来的比率。

    错：政务公开体系规范化运行 100%（说明中没有计算方法）
    对：政务公开平台正常运行率 100%
    """

    def no_rate(indicator: Indicator) -> bool:
        return indicator.target.sort is Sort.RATE and bool(indicator.name) and not indicator.is_rate and not indicator.has_formula

    for found in by_form(subject, no_rate):
        yield Draft(
            f"{names_of(found)}不是比率，说明中也没有计算方法，却以百分比为目标值",
            tuple(target_side(i) for i in found),
            "、".join(i.target.text for i in found),
            "改为可计算的比率，或在说明中写明分子、分母",
        )


@rule(
    "PERF107", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables
)
def date_belongs_to_a_deadline(subject: Subject) -> Iterator[Outcome]:
    """以日期为目标值的指标，名称写明是时间。

    错：保障门户网站正常运行 2024年12月31日前
    对：门户网站维护完成时间 2024年12月31日前
    """
    for indicator in subject.indicators:
        if indicator.target.sort is Sort.DATE and not _DATED.search(indicator.name) and not _DATED.search(indicator.second):
            yield Draft(
                f"指标“{indicator.name}”的指标值是日期“{indicator.target.text}”，与指标名称不配",
                (target_side(indicator),),
                indicator.target.text,
                "填与名称相配的值，或把名称改为“……完成时间”",
            )


@rule(
    "PERF108",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    looks_at=indicator_tables,
    fix="把时限写到日，或{expected}。",
)
def date_is_complete(subject: Subject) -> Iterator[Outcome]:
    """时限写到日，或写明月底前。

    错：热线网站升级完成时间 2024年12月
    对：热线网站升级完成时间 2024年12月31日前
    """
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is Sort.DATE and not target.complete:
            yield Draft(
                f"指标“{indicator.name}”的时限“{target.text}”没有写到哪一天",
                (target_side(indicator),),
                target.text,
                f"写作“{target.text}底前”",
                conversion_suspected=True,
            )
