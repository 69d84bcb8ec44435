"""PERF, continued: targets against what their names, their projects' budgets and each other allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import UNITS
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.project_amounts import projects_with_amounts
from mingsuan.checking.quoting import mentions
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes import law_fact
from mingsuan.dialects.names import plain
from mingsuan.indicators.judging import vague
from mingsuan.indicators.listing import FORM, KINDS, SUMMARY, Indicator
from mingsuan.indicators.targets import Sort
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "绩效"
_BASIS = law_fact("R36").basis
_CAPPED = regex(r"(?:合格|满意|覆盖|及时|到位|达标|准确|知晓|公开|到课|出勤|入库|验收通过|足额发放)(?:率|度)$|满意度$")


def _side(indicator: Indicator) -> Side:
    return Side(indicator.place, indicator.label, indicator.target.text)


@rule(
    "PERF120",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="把目标值改到100%以内。",
)
def rates_do_not_pass_their_limit(subject: Subject) -> Iterator[Outcome]:
    """有上限的率，目标值不超过100%。

    错：验收合格率 ≥110%
    对：验收合格率 ≥98%
    """
    limit = subject.threshold("full_rate")
    top = limit.value if limit else Decimal(100)
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is not Sort.RATE or target.unit not in {"%", "％"} or not _CAPPED.search(plain(indicator.name)):
            continue
        yield Examined(indicator.place)
        if target.operator != "≤" and max(target.value or Decimal(0), target.upper or Decimal(0)) > top:
            yield Draft(
                f"指标“{indicator.name}”的目标值{target.text}超过{top}%，不可能达到", (_side(indicator),), target.text, f"不超过{top}%"
            )


_WISHED = regex(r"(?:满意|合格|达标|覆盖|知晓|及时|准确|完成|到位)(?:率|度)$")


@rule(
    "PERF121",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="把“≤”改为“≥”；确为上限的，改用反映上限的指标名称。",
)
def good_rates_have_a_lower_bound(subject: Subject) -> Iterator[Outcome]:
    """越高越好的率，目标值是下限。

    错：服务对象满意度 ≤95%
    对：服务对象满意度 ≥95%
    """
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is not Sort.RATE or not _WISHED.search(plain(indicator.name)) or re.search(r"不|未|投诉|差错", indicator.name):
            continue
        yield Examined(indicator.place)
        if target.operator in {"≤", "<"} and (target.value or 0) < 100:
            yield Draft(
                f"指标“{indicator.name}”越高越好，目标值却是{target.text}",
                (_side(indicator),),
                target.text,
                f"≥{target.digits}{target.unit}",
            )


_OTHER_RATES = regex(r"(?:频|速|功|效|分辨|码|比|汇|曲|圆周)率$")


@rule(
    "PERF122",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis=_BASIS,
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="率用百分比；考核次数、数量的，把名称改为“次数”“数量”。",
)
def rates_are_no_counts(subject: Subject) -> Iterator[Outcome]:
    """率的目标值不用次、个、人等数量单位。

    错：培训完成率 =12次
    对：培训完成率 =100%
    """
    for indicator in subject.indicators:
        name = re.sub(r"[（(][^）)]*[）)]$", "", plain(indicator.name))
        if not name.endswith("率") or _OTHER_RATES.search(name):
            continue
        yield Examined(indicator.place)
        target = indicator.target
        if target.sort is Sort.QUANTITY and re.fullmatch(r"[次个人项件台套份场期本批户家辆处天月](?:次|月|/年|/月)?", target.unit):
            yield Draft(
                f"指标“{indicator.name}”是比率，目标值却以“{target.unit}”为单位：{target.text}",
                (_side(indicator),),
                target.text,
                "百分比，或改用数量指标的名称",
            )


@rule(
    "PERF127",
    level=Level.INFO,
    chapter=CHAPTER,
    basis=_BASIS,
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="写明提高、保障到什么程度（数值，或可以对照的档次），或写出所指的标准。",
)
def targets_say_how_far(subject: Subject) -> Iterator[Outcome]:
    """定性的目标值写明程度，不只写方向。

    错：提高办事效率 提高
    对：办事时限压缩率 ≥20%
    """
    found: dict[str, list[Indicator]] = {}
    for indicator in subject.indicators:
        yield Examined(indicator.place)
        why = vague(indicator.target)
        if why:
            found.setdefault(why.rpartition("”")[2], []).append(indicator)
    for why, those in found.items():
        words = tuple(dict.fromkeys(i.target.text for i in those))
        which = f"指标“{those[0].name}”" if len(those) == 1 else f"{len(those)}个指标"
        said = "".join(f"“{word}”" for word in words)
        yield Draft(f"{which}的目标值无法衡量：{said}{why}", tuple(map(_side, those)), "、".join(words))


@rule(
    "PERF123",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="核对项目预算和成本指标；成本指标不应大于项目的预算金额。",
)
def cost_targets_keep_to_their_budget(subject: Subject) -> Iterator[Outcome]:
    """成本指标的目标值不大于项目的预算。

    错：某项经费资金总额10万元，成本指标“项目总成本”≤15万元。
    对：某项经费资金总额10万元，成本指标“项目总成本”≤10万元。
    """
    budgets = projects_with_amounts(t for t in subject.disclosure.tables if t.kind in {SUMMARY, FORM})
    costs = [i for i in subject.indicators if "成本" in i.first + i.second and i.target.unit in UNITS and i.target.value is not None]
    if not costs:
        yield not_applicable("没有以金额为目标值的成本指标")
    elif not budgets:
        yield insufficient("表里没有项目的金额")
    for indicator in costs:
        budget = budgets.get(plain(indicator.project))
        if (
            budget is None
            or indicator.target.value is None
            or re.search(r"/|每|单价|人均|单位成本|标准", indicator.name + indicator.target.text)
        ):
            continue
        yield Examined(indicator.place)
        yuan = indicator.target.value * UNITS[indicator.target.unit]
        if indicator.target.operator in {"", "=", "≤", "<"} and yuan > budget.yuan + budget.half:
            shown = f"{(budget.yuan / UNITS[indicator.target.unit]).normalize():f}{indicator.target.unit}"
            yield Draft(
                f"项目“{indicator.project}”的预算是{shown}，成本指标“{indicator.name}”却是{indicator.target.text}",
                (_side(indicator), budget.side),
                indicator.target.text,
                f"不大于{shown}",
            )


@rule(
    "PERF124",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="同一指标只留一个目标值；考核内容不同的，用名称区分。",
)
def one_indicator_has_one_target(subject: Subject) -> Iterator[Outcome]:
    """同一项目的同一指标只有一个目标值。

    错：某项经费：服务次数 ≥12次；服务次数 ≥24次
    对：某项经费：服务次数 ≥12次
    """
    groups: dict[tuple[str, str, str, str, str], list[Indicator]] = {}
    for indicator in subject.indicators:
        if indicator.name and indicator.target.sort not in {Sort.EMPTY, Sort.WORD}:
            key = (indicator.kind, indicator.project, indicator.first, indicator.second, plain(indicator.name))
            groups.setdefault(key, []).append(indicator)
    for found in groups.values():
        yield Examined(found[0].place)
        targets = list(dict.fromkeys(i.target.text for i in found))
        signs = {i.target.operator for i in found}
        if len(targets) > 1 and not ({"≥", ">"} & signs and {"≤", "<"} & signs) and len({i.note for i in found}) == 1:
            yield Draft(
                f"指标“{found[0].label}”有{len(targets)}个目标值：{'、'.join(targets)}",
                tuple(_side(i) for i in found),
                "、".join(targets),
                "一个目标值",
            )


_OUTPUT = regex(r"产出|数量|质量|时效")
_EFFECT = regex(r"效益|效果|影响|满意")


@rule(
    "PERF125",
    level=Level.INFO,
    chapter=CHAPTER,
    basis=_BASIS,
    needs=(Need.INDICATORS,),
    since=2016,
    about=About.TABLES,
    fix="为这些项目补填缺少的一级指标。",
)
def projects_have_outputs_and_effects(subject: Subject) -> Iterator[Outcome]:
    """项目绩效目标有产出指标，也有效益或满意度指标。

    错：某项经费只有产出指标：编印数量 4000本
    对：某项经费：产出指标 编印数量 4000本；满意度指标 服务对象满意度 ≥95%
    """
    by_project: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in subject.indicators:
        if indicator.kind in {SUMMARY, FORM} and indicator.target.sort is not Sort.EMPTY:
            by_project.setdefault((indicator.kind, indicator.project), []).append(indicator)
    levelled = {key: found for key, found in by_project.items() if any(i.first or i.second for i in found)}
    if not levelled:
        yield not_applicable("没有分级的项目绩效指标")
    for pattern, what in ((_OUTPUT, "产出指标"), (_EFFECT, "效益、满意度指标")):
        for kind in KINDS:
            projects = {name: found for (k, name), found in levelled.items() if k == kind}
            yield from (Examined(found[0].place) for found in projects.values())
            lacking = {n: found for n, found in projects.items() if not any(pattern.search(i.first + i.second) for i in found)}
            if lacking:
                names = list(lacking)
                shown = "、".join(f"“{n}”" for n in names[:3]) + (f"等{len(names)}个项目" if len(names) > 3 else "")
                yield Draft(
                    f"{shown}没有{what}",
                    tuple(Side(found[0].place, name, f"没有{what}") for name, found in lacking.items()),
                    f"没有{what}",
                    f"补填{what}",
                )


_GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_SCORED = regex(
    r"(?:得分|评分|总分)[为是]?\s*(?P<score>\d{1,3}(?:\.\d+)?)\s*分[^。；\d]{0,20}?(?:等级|等次|结果|评定)"
    r"[^。；\d优良中差]{0,6}[“\"]?(?P<grade>优秀?|良好?|中等?|较?差)[”\"]?"
)


@rule(
    "PERF126",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis=law_fact("R34").basis,
    needs=(Need.NARRATIVE,),
    since=2020,
    about=About.SECTIONS,
    fix="核对得分和等级，按90分、80分、60分的界限改正；采用其他等级标准的写明标准。",
)
def grades_follow_from_scores(subject: Subject) -> Iterator[Outcome]:
    """评价等级与得分相符：90分以上优，80分以上良，60分以上中，60分以下差。

    错：项目自评得分85分，评价等级为“优”。
    对：项目自评得分85分，评价等级为“良”。
    """
    scored = list(mentions(subject, _SCORED))
    for found in scored:
        yield Examined(found.place)
        score, grade = Decimal(found.match["score"]), found.match["grade"]
        right = next(word for least, word in _GRADES if score >= least)
        if score <= 100 and right not in grade:
            side = Side(found.place, "叙述", compact(found.match.group()))
            yield Draft(f"得分{found.match['score']}分应为“{right}”，文中写“{grade}”", (side,), grade, right)
    if not scored:
        yield not_applicable("没有同时写明得分和等级")
