"""TEXT, continued: what is left of last year's document, of a draft, or of the program that it was written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, everything, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.model import Level, Side, Stage
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.narrative.running import RunningText
from mingsuan.reading.ordinals import compact

CHAPTER = "文字"
_COMPARED = regex(
    r"(?:(?:与|比|较|同)\s*)(?P<year>20\d\d)\s*年(?:度)?(?:年初)?(?:部门|单位)?(?:收入|支出)?(?:预算|决算)?(?:执行)?(?:数|总额)?"
    r"(?:相比|相比较|增|减|持平|一致|增长|下降|上升|提高|降低)"
)


@rule(
    "TEXT119",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE, Need.YEAR),
    about=About.SECTIONS,
    fix="核对年度；以前年度的文字没有更新的，改为“{expected}”，并核对数字是否同时更新。",
)
def comparisons_are_with_last_year(subject: Subject) -> Iterator[Outcome]:
    """与上年比较，写的是上年。

    错：2023年预算里写“与2020年预算相比，收入增加5万元”。
    对：2023年预算里写“与2022年预算相比，收入增加5万元”。
    """
    assert subject.year is not None
    limit = subject.threshold("years_that_may_be_spoken_of")
    oldest = subject.year - int(limit.value if limit else 1)
    account = _tells_an_account(subject)
    for paragraph in subject.paragraphs:
        for match in _COMPARED.finditer(paragraph.text):
            yield Examined(paragraph.place(match.start()))
            said = int(match["year"])
            if oldest <= said < subject.year or (account and said == subject.year and "预算" in match.group()):
                continue
            quote = compact(paragraph.text[max(0, match.start() - 16) : match.end() + 8])
            right = f"{subject.year - 1}年"
            why = "与本年自己相比" if said == subject.year else f"与{said}年相比"
            yield Draft(
                f"本文是{subject.year}年的，却{why}：“{quote}”",
                (Side(paragraph.place(match.start()), "叙述", quote),),
                f"{said}年",
                right,
                level=Level.INFO if said < subject.year - 2 else None,
            )


def _tells_an_account(subject: Subject) -> bool:
    """Whether a text explains a final account, which is compared with the budget of its own year as well."""
    return subject.disclosure.stage is Stage.FINAL_ACCOUNT or re.search(r"决算(?:总体|具体)?情况说明", subject.narrative) is not None


_OWN_TOTAL = regex(
    r"(?<![与比较同对\d])(?P<year>20\d\d)\s*年(?:度)?(?:本?(?:部门|单位))?(?:预算)?(?:收入|支出|收支)(?:预算)?(?:总计|合计|总额)"
)
_TOTALS = {"overview_note", "revenue_note", "expenditure_note", "fiscal_appropriation_note", "general_budget_note", "basic_note"}


@rule(
    "TEXT120",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE, Need.YEAR),
    about=About.SECTIONS,
    fix="把年度改为{expected}，并核对这一句的数字是否已更新。",
)
def totals_are_of_the_year(subject: Subject) -> Iterator[Outcome]:
    """收支总计的年度是本年。

    错：2023年预算的收支总体情况里写“2022年收入总计120万元”，没有写2023年的收入总计。
    对：2023年预算的收支总体情况里写“2023年收入总计120万元”。
    """
    for section in subject.disclosure.sections:
        if section.kind not in _TOTALS:
            continue
        found = list(_OWN_TOTAL.finditer(section.text))
        if not found:
            continue
        yield Examined(section.place)
        years = {int(m["year"]) for m in found}
        match = found[0]
        if subject.year not in years and not subject.stale.covers(section, match.start()):
            yield Draft(
                f"本文是{subject.year}年的，“{section.title}”却写“{compact(match.group())}”，没有写{subject.year}年的",
                (Side(section.place_at(match.start()), section.title, compact(match.group())),),
                f"{match['year']}年",
                f"{subject.year}年",
            )


_NOTE = regex(
    r"[（(【\[]\s*(?:待(?:核实|补充|确认|定|填|更新|修改)|此处(?:待|请|需|应)?(?:补充|核实|插入|删除|修改)|请(?:补充|核实|确认|修改|删除|更新)|需(?:补充|核实|确认)|"
    r"示例|样例|范例|模板|草稿|删除此段|备注：?请)[^（）()】\]]{0,30}[）)】\]]|(?<![\u4e00-\u9fff])待(?:核实|补充)(?=[。；，\s]|$)"
)
_PROGRAM = regex(
    r"错误[！!]\s*(?:未找到引用源|未定义书签|文档中没有)|Error!\s*(?:Reference|Bookmark)|#(?:REF|DIV/0|N/A|VALUE|NAME\?|NUM|NULL)[!！]?|#{4,}|"
    r"(?<![A-Za-z])(?:NaN|undefined)(?![A-Za-z])|\$\{[A-Za-z_.]+\}|\{\{[^{}]{1,40}\}\}"
)


@rule(
    "TEXT121",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    looks_at=everything,
    fix="删去草稿批注，或按批注补齐内容；公式错误的格重新计算后填写。",
)
def drafts_are_finished(subject: Subject) -> Iterator[Outcome]:
    """公开文本没有草稿批注和程序留下的错误标记。

    错：比上年增加5万元（待核实）。
    对：比上年增加5万元。
    """
    for paragraph in subject.paragraphs:
        for pattern in (_NOTE, _PROGRAM):
            for match in pattern.finditer(paragraph.text):
                yield _left(paragraph.text, match, paragraph.place(match.start()), "叙述")
    for table in subject.disclosure.tables:
        for row in table.rows:
            for path, cell in row.cells.items():
                found = _PROGRAM.search(cell.text) or _NOTE.search(cell.text)
                if found is not None:
                    yield _left(cell.text, found, cell.place, f"{table.title} {path}")


def _left(text: str, match: re.Match[str], place: Place, label: str) -> Draft:
    quote = compact(text[max(0, match.start() - 14) : match.end() + 4])
    what = "草稿批注" if _NOTE.match(match.group()) else "错误标记"
    return Draft(f"{what}没有清除：“{quote}”", (Side(place, label, quote),), compact(match.group()), "清除后的正文")


@rule(
    "TEXT122",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="删去重复的一段；两处本应不同的，改正复制过来没有改的一处。",
)
def paragraphs_are_written_once(subject: Subject) -> Iterator[Outcome]:
    """整段文字不重复。

    错：同一段“本单位预算收入比上年增加5万元，主要原因是人员增加、社会保险缴费基数上调、新增项目一个等。”在一节里印了两遍。
    对：这一段只印一遍。
    """
    limit = subject.threshold("repeated_paragraph")
    least = int(limit.value) if limit else 40
    first: dict[tuple[str, str], RunningText] = {}
    words = ""
    for paragraph in subject.paragraphs:
        before, words = words, plain(paragraph.text)
        if len(words) < least:
            continue
        key = (paragraph.section.path, words)
        known = first.setdefault(key, paragraph)
        if known is not paragraph:
            quote = compact(paragraph.text)[:40]
            yield Draft(
                f"同一段文字在“{paragraph.section.title}”里重复：“{quote}……”",
                (Side(known.place(0), "第一处", quote), Side(paragraph.place(0), "第二处", quote)),
                "同一段出现两次",
                "只印一次",
                conversion_suspected=True,
                level=Level.WARNING if words == before else None,
            )
