"""PERF, continued: indicators against each other, against the budget and against their project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mingsuan.checking.indicators_told import target_side
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, indicator_tables, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.indicators.listing import FORM, OVERALL, SUMMARY, Indicator, groups
from mingsuan.indicators.targets import Sort, Target
from mingsuan.model import Level, Row, Side
from mingsuan.patterns import regex

CHAPTER = "绩效"
_BASIS = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
_MEASURE = regex(r"[^\s（(]{2}(?:率|度)$")
_FILLING = regex(r"工作|项目|专项|经费|资金|费$|[\"'()<>、,，。\s]")


@rule(
    "PERF109",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.INDICATORS,),
    fix="调整其中一个目标，使两者能同时达到，例如预算执行率≤90%，或成本节约率0%。",
)
def full_execution_leaves_nothing_saved(subject: Subject) -> Iterator[Outcome]:
    """预算全部执行与节约一成以上不能同时做到。

    错：预算执行率 100%；总体成本节约率 ≥10%
    对：预算执行率 ≤90%；总体成本节约率 ≥10%
    """
    whole = [i for i in subject.indicators if i.kind == OVERALL]
    execution = next((i for i in whole if i.name.endswith("预算执行率") and i.target.least == 100 and i.target.sort is Sort.RATE), None)
    saving = next(
        (
            i
            for i in whole
            if re.search(r"成本节约率$", i.name) and i.target.operator in {"≥", ">", "=", ""} and (i.target.value or 0) >= 10
        ),
        None,
    )
    savings = [i for i in whole if re.search(r"成本节约率$", i.name)]
    if not savings:
        yield not_applicable("没有成本节约率指标")
    yield from (Examined(i.place) for i in savings)
    if execution is not None and saving is not None:
        adjusted = next((i.target.value for i in whole if i.name.endswith("预算调整率") and i.target.sort is Sort.RATE), None)
        raised = (
            f"；即使按预算调整率{adjusted}%调增，最多节约{_saved(adjusted)}%"
            if adjusted is not None and _saved(adjusted) < (saving.target.value or 0)
            else ""
        )
        yield Draft(
            f"预算执行率{execution.target.text}意味着支出等于预算，成本节约率只能是0，不可能达到{saving.target.text}",
            (target_side(execution), target_side(saving)),
            f"预算执行率{execution.target.text}，{saving.name}{saving.target.text}",
            "两个目标能同时达到，例如执行率≤90%，或节约率0%",
            witnesses=(f"成本节约率=（总预算支出额−实际支出额）/总预算支出额；实际支出额=总预算支出额时为0{raised}",),
        )


def _saved(adjusted: Decimal) -> Decimal:
    return (adjusted / (100 + adjusted) * 100).quantize(Decimal("0.01"))


@rule("PERF110", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,), fix="删去这个指标，或注明不适用。")
def rate_has_a_denominator(subject: Subject) -> Iterator[Outcome]:
    """分母为0的比率不设指标，或注明不适用。

    错：政府采购预算0万元；政府采购执行率 ≥90%
    对：政府采购预算0万元；不设政府采购执行率
    """
    for name, absent in (("政府采购执行率", _no_procurement(subject)), ("部门绩效评价完成率", _no_evaluation(subject))):
        found = [i for i in subject.indicators if i.name.endswith(name) and i.target.sort is Sort.RATE]
        yield from (Examined(i.place) for i in found)
        if found and absent is not None:
            yield Draft(
                f"{absent.label}为0，指标“{name}”没有分母，无法计算",
                (*(target_side(i) for i in found), absent),
                f"{name}{found[0].target.text}",
                "不设该指标，或注明不适用",
                witnesses=(f"{name}的分母是{absent.label}；{absent.text}",),
            )


_NO_PROCUREMENT = regex(r"政府采购(?:支出)?预算(?:安排|总额|金额)?(?:为|共|共计)?0(?:\.0+)?万?元|(?:无|没有|未安排)政府采购(?:支出)?预算")
_NO_EVALUATION = regex(r"(?:无|没有)部门(?:重点)?(?:绩效)?评价项目")


def _no_procurement(subject: Subject) -> Side | None:
    if any(
        True for t in subject.disclosure.of_kind("government_procurement") for _, _, cell in t.amounts() if cell.amount and cell.amount.yuan
    ):
        return None
    return _stated(subject, _NO_PROCUREMENT, "政府采购预算")


def _no_evaluation(subject: Subject) -> Side | None:
    return _stated(subject, _NO_EVALUATION, "部门重点绩效评价项目数")


def _stated(subject: Subject, pattern: re.Pattern[str], label: str) -> Side | None:
    """Where the narrative says that there is none of something."""
    for sentence in subject.sentences:
        match = pattern.search(plain(sentence.text))
        if match is not None:
            return Side(sentence.place, label, f"叙述写“{match.group()}”")
    return None


@rule(
    "PERF111", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,), about=About.TABLES, looks_at=indicator_tables
)
def indicator_is_not_empty(subject: Subject) -> Iterator[Outcome]:
    """指标行不以“无”充数。

    错：履职效益 无 无
    对：履职效益 办件群众满意率 ≥95%
    """
    empty = [i for i in subject.indicators if i.name == "无" and i.target.sort is Sort.EMPTY]
    for second in dict.fromkeys((i.kind, i.project, i.second) for i in empty):
        found = [i for i in empty if (i.kind, i.project, i.second) == second]
        yield Draft(
            f"“{second[2] or found[0].first}”下的指标和指标值都填“无”，等于没有指标",
            tuple(target_side(i, "无") for i in found),
            "无",
            "填写能反映该方面的指标",
        )


@rule(
    "PERF112",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
)
def projects_have_cost_indicators(subject: Subject) -> Iterator[Outcome]:
    """项目填成本指标。

    错：全部项目的成本指标都是空白。
    对：项目总成本 ≤100万元
    """
    tables = [t for t in subject.disclosure.tables if t.kind in {SUMMARY, FORM}]
    for kind in dict.fromkeys(t.kind for t in tables):
        own = [t for t in tables if t.kind == kind]
        asks = any("成本" in g for t in own for g in groups(t)) or any(_prints_cost_level(t.rows) for t in own)
        listed = [i for i in subject.indicators if i.kind == kind]
        if asks and listed:
            yield from (Examined(t.place) for t in own)
        if asks and listed and not any("成本" in i.first or "成本" in i.second for i in listed):
            projects = len({i.project for i in listed})
            yield Draft(
                f"{projects}个项目的成本指标全部空白",
                tuple(Side(t.place, t.title, "成本指标空白") for t in own),
                "成本指标空白",
                "每个项目填成本指标",
            )


def _prints_cost_level(rows: Iterable[Row]) -> bool:
    return any(cell.text.startswith("成本") for row in rows for path, cell in row.cells.items() if path.endswith("二级指标"))


@rule(
    "PERF115",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.INDICATORS,),
    fix="核对整体目标和项目目标，两处取同一目标值。",
)
def one_service_has_one_target(subject: Subject) -> Iterator[Outcome]:
    """部门整体目标与对应项目的目标一致。

    错：整体绩效：热线接通率100%；“热线经费”项目：热线接通率≥98%
    对：整体绩效：热线接通率≥98%；“热线经费”项目：热线接通率≥98%
    """
    whole = [i for i in subject.indicators if i.kind == OVERALL and i.target.sort is Sort.RATE]
    parts = [i for i in subject.indicators if i.kind in {SUMMARY, FORM} and i.target.sort is Sort.RATE]
    if not whole or not parts:
        yield not_applicable("没有可对照的整体目标和项目目标")
    for part in parts:
        same = [i for i in whole if _same_service(i, part)]
        yield from (Examined(part.place) for _ in same[:1])
        if len(same) == 1 and _stricter(same[0].target, part.target):
            one = same[0]
            yield Draft(
                f"同一工作的目标不一致：整体绩效“{one.name}”{one.target.text}，项目“{part.project}”的“{part.name}”{part.target.text}",
                (target_side(one), target_side(part)),
                f"{one.target.text}与{part.target.text}",
                "两处取同一目标值",
                witnesses=(f"项目按{part.target.text}完成即达标，仍达不到整体目标{one.target.text}",),
            )


def _same_service(whole: Indicator, part: Indicator) -> bool:
    """Whether both measure the same thing of the same service: same measure, and the project is named for the service."""
    mine, theirs = _MEASURE.search(plain(whole.name)), _MEASURE.search(plain(part.name))
    if mine is None or theirs is None or mine.group() != theirs.group():
        return False
    service, detail = (_words(plain(i.name)[: -len(mine.group())]) for i in (whole, part))
    return len(detail) >= 2 and len(service) >= 2 and detail in service and service in _words(plain(part.project))


def _words(name: str) -> str:
    return _FILLING.sub("", name)


def _stricter(whole: Target, part: Target) -> bool:
    return whole.least is not None and part.least is not None and whole.least > part.least


_SPAN = regex(r"(?P<first>20\d\d)年?[-—–~至](?P<last>20\d\d)年")
_YEAR = regex(r"20\d\d")


@rule(
    "PERF119",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="核对项目的起止时间：时间写错的改正，项目名称写错的更正名称。",
)
def period_covers_the_years_of_the_name(subject: Subject) -> Iterator[Outcome]:
    """名称写明年限的项目，起止时间覆盖这些年。

    错：“2019年-2023年办公设备外包服务经费”，开始2021-01-01，结束2021-12-31
    对：“2019年-2023年办公设备外包服务经费”，开始2019-01-01，结束2023-12-31
    """
    forms = subject.disclosure.of_kind(FORM)
    if not forms:
        yield not_applicable("没有项目绩效目标表")
    for table in forms:
        columns = {
            word: next((c.path for c in table.columns if c.path.endswith(word)), "") for word in ("项目名称", "开始时间", "结束时间")
        }
        for row in table.rows:
            name, start, end = (row.text(columns[word]) for word in ("项目名称", "开始时间", "结束时间"))
            span, first, last = _SPAN.search(name), _YEAR.search(start), _YEAR.search(end)
            if span is None or first is None or last is None:
                continue
            yield Examined(table.place)
            if int(first.group()) > int(span["first"]) or int(last.group()) < int(span["last"]):
                yield Draft(
                    f"项目名称写{span.group()}，起止时间却是{start}至{end}，没有覆盖这些年",
                    tuple(Side(row.cells[columns[w]].place, w, row.text(columns[w])) for w in ("项目名称", "开始时间", "结束时间")),
                    f"{start}至{end}",
                    f"起止时间覆盖{span['first']}—{span['last']}年，项目总金额为各年合计；或更正名称",
                )
