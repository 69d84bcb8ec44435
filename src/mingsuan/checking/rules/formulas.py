"""PERF, continued: notes and formulas of indicators, and names of tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.indicators_told import by_form, names_of, target_side
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.indicators.listing import OVERALL
from mingsuan.model import CellKind, Level, Side
from mingsuan.patterns import regex

CHAPTER = "绩效"
_SHARE_OF = regex(r"占(?P<denominator>[^，。；、=＝占]{3,20}?)的?(?:比重|比例|百分比)")
_FORMULA = regex(r"[=＝][（(]?(?P<numerator>[^=＝/÷／]{2,40}?)[）)]?[/÷／](?P<denominator>[^=＝*×＊xX。；\s)）]{2,30})")


@rule(
    "PERF113",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.INDICATORS,),
    about=About.TABLES,
    fix="统一文字定义和公式的分母，改为{expected}，或改写文字定义。",
)
def formula_follows_its_definition(subject: Subject) -> Iterator[Outcome]:
    """指标说明里文字定义的分母与公式的分母一致。

    错：……占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/部门项目总数×100%
    对：……占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/应实施绩效监控项目总数×100%
    """
    for indicator in subject.indicators:
        words, formula = _SHARE_OF.search(indicator.note), _FORMULA.search(indicator.note)
        if words is None or formula is None:
            continue
        yield Examined(indicator.place)
        defined, used = words["denominator"], formula["denominator"]
        if plain(defined) != plain(used) and plain(used) not in plain(defined) and plain(defined) not in plain(used):
            yield Draft(
                f"指标“{indicator.name}”文字定义的分母是“{defined}”，公式的分母是“{used}”，同一指标有两个分母",
                (target_side(indicator, f"文字：{defined}；公式：{used}"),),
                f"公式分母“{used}”",
                f"公式分母“{defined}”",
            )


@rule("PERF114", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,), about=About.TABLES)
def adjustment_rate_counts_once(subject: Subject) -> Iterator[Outcome]:
    """预算调整数定义为调整的资金总和时，预算调整率不再减年初预算数。

    错：预算调整率=(预算调整数-年初预算数)/年初预算数×100%。预算调整数：追加、追减或结构调整的资金总和。
    对：预算调整率=预算调整数/年初预算数×100%。预算调整数：追加、追减或结构调整的资金总和。
    """
    for indicator in subject.indicators:
        note = plain(indicator.note)
        subtracts = re.search(r"\(预算调整数-(?P<base>(?:年初)?预算数)\)/", note)
        if subtracts:
            yield Examined(indicator.place)
        if subtracts and re.search(r"预算调整数[:是为]*[^。]*(?:资金总和|资金总额)", note):
            yield Draft(
                f"指标“{indicator.name}”把预算调整数定义为调整的资金总和，公式却又减去{subtracts['base']}：没有任何调整时得−100%",
                (target_side(indicator, subtracts.group().rstrip("/")),),
                f"(预算调整数-{subtracts['base']})/{subtracts['base']}",
                f"预算调整数/{subtracts['base']}",
                witnesses=("预算调整数=0时，按公式（0−预算数）/预算数=−100%",),
            )


_TEMPLATE = regex(r"^(?:[①②③\d.、]*分项具体列示[^。；]*[，,、。；]?(?:相关情况应予以细化、量化表述)?[。；]?)+$")


@rule("PERF116", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,), about=About.TABLES)
def note_says_more_than_the_template(subject: Subject) -> Iterator[Outcome]:
    """指标说明写本部门的内容，不留填表要求。

    错：分项具体列示本部门年度工作目标达成情况，相关情况应予以细化、量化表述。
    对：1、全年办理热线诉求……件；2、……
    """
    yield from (Examined(i.place) for i in subject.indicators if i.note)
    for found in by_form(subject, lambda i: bool(i.note) and any(_TEMPLATE.match(n) for n in i.note.split("\n"))):
        yield Draft(
            f"{names_of(found)}的指标说明只有填表要求“分项具体列示……”，没有列示内容",
            tuple(target_side(i, "分项具体列示……") for i in found),
            "分项具体列示……",
            "按要求分项列示",
        )


@rule("PERF117", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,), about=About.TABLES)
def tasks_have_names(subject: Subject) -> Iterator[Outcome]:
    """年度主要任务写任务名称，不写“任务1”。

    错：任务1 人员经费
    对：保障机关运转 按时发放职工工资……
    """
    for table in subject.disclosure.of_kind(OVERALL):
        for column in table.columns:
            if not column.path.endswith("任务名称") or column.kind is CellKind.AMOUNT:
                continue
            cells = [row.cells[column.path] for row in table.rows if column.path in row.cells]
            yield from (Examined(c.place) for c in cells)
            bad = [c for c in cells if re.fullmatch(r"任务[\d一二三四五六七八九十]+", c.text)]
            if bad:
                yield Draft(
                    f"{len(bad)}项年度主要任务的名称只是序号（“{bad[0].text}”）",
                    tuple(Side(c.place, "任务名称", c.text) for c in bad),
                    bad[0].text,
                    "写出任务的名称",
                )


@rule("PERF118", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,), about=About.TABLES)
def formulas_belong_to_the_indicators(subject: Subject) -> Iterator[Outcome]:
    """指标说明里的公式对应表内的指标。

    错：指标为培训计划执行率、实际参训率，说明给出“高级职称人才比重=……”
    对：说明给出“培训计划执行率=……”
    """
    defined = re.compile(r"(?:^|[。；：:①-⑳\s])(?P<name>[^=＝。；：:，,①-⑳\s]{2,20}?(?:率|比重|比例))[=＝]")
    names = {plain(i.name) for i in subject.indicators}
    if not any(defined.search(i.note) for i in subject.indicators):
        yield insufficient("指标说明里没有公式") if any(i.note for i in subject.indicators) else not_applicable("没有指标说明")
    for indicator in subject.indicators:
        for match in defined.finditer(indicator.note):
            yield Examined(indicator.place)
            name = plain(match["name"])
            if not any(_subsequence(name, n) or _subsequence(n, name) or name[-4:] == n[-4:] for n in names):
                yield Draft(
                    f"指标“{indicator.name}”的说明给出“{match['name']}”的公式，表中没有这个指标",
                    (target_side(indicator, match["name"]),),
                    f"“{match['name']}”的公式",
                    "写表内指标的公式，删去无关的公式",
                    conversion_suspected=True,
                )


def _subsequence(short: str, long: str) -> bool:
    """Whether one name is the other with words left out (厉行节约变动率, 厉行节约支出变动率)."""
    rest = iter(long)
    return all(character in rest for character in short)
