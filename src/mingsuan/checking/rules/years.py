"""TEXT, continued: years that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.quoting import mentions
from mingsuan.checking.registry import About, Need, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import titles_of
from mingsuan.dialects.names import bare
from mingsuan.model import Level, Side, Stage
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "文字"
_RANGE_NEED = regex(r"(?P<first>20\d\d)\s*年?\s*[-—–~至]\s*(?P<last>20\d\d)\s*年\s*(?P<what>资金需求|资金安排|实施计划)")
_YEAR_NEED = regex(r"(?P<year>20\d\d)\s*年\s*(?P<what>资金需求|资金安排|实施计划)")


@rule(
    "TEXT107",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="核对年度：写错的改为“{expected}”，以前年度的内容没有更新的一并更新。",
)
def years_fit_their_section(subject: Subject) -> Iterator[Outcome]:
    """句子里的年度与所在段落的年度相符。

    错：“2021—2023年资金需求”一段里写“2020年资金需求50万元”
    对：“2021—2023年资金需求”一段里写“2021年资金需求50万元”
    """
    span: tuple[int, int, str] | None = None
    for paragraph in subject.paragraphs:
        heading = _RANGE_NEED.search(f"{paragraph.section.title}\n{paragraph.text[:40]}")
        if heading is not None:
            span = (int(heading["first"]), int(heading["last"]), heading["what"])
        elif re.search(r"执行情况|绩效目标设置", paragraph.section.title):
            span = None
        for match in _YEAR_NEED.finditer(paragraph.text):
            before = paragraph.text[max(0, match.start() - 2) : match.start()].strip()
            if span is None or match["what"] != span[2] or re.search(r"[-—–~至年]$", before) or span[0] <= int(match["year"]) <= span[1]:
                continue
            quote = compact(paragraph.text[max(0, match.start() - 14) : match.end() + 10])
            yield Draft(
                f"本段是{span[0]}—{span[1]}年{span[2]}，句中却写“{compact(match.group())}”，可能是以前年度的文字没有更新",
                (Side(paragraph.place(match.start()), "叙述", quote),),
                compact(match.group()),
                f"{span[0]}年{span[2]}",
            )


_TITLE_YEAR = regex(r"(?<!\d)(?P<year>20\d\d)\s*年(?!\s*[-—–~至]\s*20)")
_OWN_TITLE = {
    Stage.BUDGET: regex(
        r"(?:部门|单位)?预算(?:公开)?(?:情况)?(?:说明|表)$|预算(?:支出)?(?:安排)?情况的?(?:总体)?说明$|"
        r"(?:收支|收入|支出|经费|采购|服务|目标)(?:预算|明细)?(?:经济分类|功能分类)?(?:总体|总)?(?:情况)?表$"
    ),
    Stage.FINAL_ACCOUNT: regex(r"决算(?:公开)?(?:报表|总表|明细表|(?:总体|具体)?(?:情况)?(?:说明|表))$"),
}
_OTHER_STAGE = {Stage.BUDGET: "决算", Stage.FINAL_ACCOUNT: "预算公开"}


@rule("TEXT108", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.YEAR,))
def titles_bear_the_year(subject: Subject) -> Iterator[Outcome]:
    """标题的年度是本文的年度，目录里的也一样。

    错：2023年部门预算里的“2022年部门收支总体情况表”
    对：2023年部门预算里的“2023年部门收支总体情况表”
    """
    stage = subject.disclosure.stage if subject.disclosure.stage is Stage.FINAL_ACCOUNT else Stage.BUDGET
    wrong: dict[str, list[Side]] = {}
    for title in titles_of(subject.disclosure, contents=True):
        found = _TITLE_YEAR.search(title.text)
        if found is None:
            continue
        yield Examined(title.place)
        own = _OWN_TITLE[stage].search(bare(title.text)) and not re.search(f"{_OTHER_STAGE[stage]}|上年", title.text)
        if own and int(found["year"]) != subject.year:
            wrong.setdefault(compact(title.text), []).append(title)
    for sides in wrong.values():
        said, kind = sides[-1].text, "决算" if stage is Stage.FINAL_ACCOUNT else "预算"
        right = _TITLE_YEAR.sub(lambda m: m.group().replace(m["year"], str(subject.year)), said, count=1)
        yield Draft(f"本文是{subject.year}年{kind}，{sides[-1].label}却写“{said}”", tuple(sides), said, right)


_SCOPE_YEARS = (
    regex(r"纳入[^。；]{0,40}?(?P<year>20\d\d)\s*年度?[^。；，,\d]{0,14}(?:预算|决算)[^。；，,\d]{0,6}范围"),
    regex(r"现将[^。；，,\d]{0,30}(?P<year>20\d\d)\s*年度?[^。；，,\d]{0,10}(?:预算|决算)[^。；，,\d]{0,12}公开"),
    regex(r"(?P<year>20\d\d)\s*年度?(?:部门|单位)(?:预算|决算)包括"),
)


@rule("TEXT116", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE, Need.YEAR), about=About.SECTIONS)
def scope_is_of_the_year(subject: Subject) -> Iterator[Outcome]:
    """编制范围和公开内容的年度是本文的年度。

    错：2019年部门预算里写“纳入本部门2018年部门汇总预算编制范围的预算单位共计一家”
    对：“纳入本部门2019年部门汇总预算编制范围的预算单位共计一家”
    """
    for found in mentions(subject, *_SCOPE_YEARS):
        sentence, match = found.sentence, found.match
        yield Examined(sentence.place)
        begin = sentence.paragraph.offset + sentence.offset + match.start()
        if int(match["year"]) != subject.year and not subject.stale.covers(sentence.paragraph.section, begin):
            quote = compact(match.group())
            yield Draft(
                f"本文是{subject.year}年的，这里却写{match['year']}年：“{quote}”",
                (found.side,),
                quote,
                quote.replace(match["year"], str(subject.year)),
            )


@rule(
    "TEXT124",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.YEAR,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="核对年度：数字是本年的，把年度改为{expected}；写的是以前年度的，换成本年的数。",
)
def own_accounts_bear_the_year(subject: Subject) -> Iterator[Outcome]:
    """本文自己的收支写本年的年度，不留以前年度的。

    写上年的，要有依据才报：数字与表上本年的数相同，或者比较的“上年”成了前年，或者空表的说明写的是上年。

    错：2023年度决算里写“2022年度机关运行经费支出606.64万元”，而表上2023年的数正是606.64万元。
    对：2023年度决算里写“2023年度机关运行经费支出606.64万元”。
    """
    yield from (Draft(stale.message, (stale.side,), stale.said, stale.right) for stale in subject.stale.all)
