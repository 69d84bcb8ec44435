"""TEXT, continued: years that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from mingsuan.checking.claims_told import as_printed, claim_side, yuan_of
from mingsuan.checking.quoting import quoted_side
from mingsuan.checking.registry import About, Draft, Examined, Need, Outcome, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import titles_of
from mingsuan.dialects.names import bare
from mingsuan.model import Claim, Level, Side, Stage
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.claim_links import half_of
from mingsuan.reading.claims import Statement
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


_SCOPE_YEAR = regex(r"纳入[^。；]{0,40}?(?P<year>20\d\d)\s*年度?[^。；，,\d]{0,14}(?:预算|决算)[^。；，,\d]{0,6}范围")


@rule("TEXT116", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE, Need.YEAR), about=About.SECTIONS)
def scope_is_of_the_year(subject: Subject) -> Iterator[Outcome]:
    """编制范围的年度是本文的年度。

    错：2019年部门预算里写“纳入本部门2018年部门汇总预算编制范围的预算单位共计一家”
    对：“纳入本部门2019年部门汇总预算编制范围的预算单位共计一家”
    """
    for sentence in subject.sentences:
        for match in _SCOPE_YEAR.finditer(sentence.text):
            yield Examined(sentence.place)
            if int(match["year"]) != subject.year:
                quote = compact(match.group())
                yield Draft(
                    f"本文是{subject.year}年的，编制范围却写{match['year']}年：“{quote}”",
                    (quoted_side(sentence, match),),
                    quote,
                    quote.replace(match["year"], str(subject.year)),
                )


_BEGINS = regex(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)*[^\d，,；;：:。]{0,30}(?P<year>20\d\d)\s*年")
_SAME = regex(r"持平|不变|一致|相同")
_FORMER = regex(r"上年(?!结转|结余)|去年")
_DIGITS = 4
"""Digits from which two equal amounts of two years are no coincidence."""


@rule(
    "TEXT124",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.TABLES, Need.CLAIMS, Need.YEAR),
    about=About.SECTIONS,
    fix="核对年度：数字是本年的，把年度改为{expected}；写的是上年的，换成上年的数。",
)
def amounts_of_the_year_bear_it(subject: Subject) -> Iterator[Outcome]:
    """本年的数不写成上年的。

    错：2023年度决算里写“2022年度机关运行经费支出606.64万元”，而表上2023年的数正是606.64万元。
    对：2023年度决算里写“2023年度机关运行经费支出606.64万元”。
    """
    year = subject.year
    assert year is not None
    last = [(s, m) for s in _sentences(subject.statements) if (m := _of_last_year(s, year)) is not None]
    if not last:
        return
    current, former = _printed(subject, year)
    for statements, said in last:
        told = [s.claim for s in statements if _is_known_again(s.claim, year - 1)]
        yield from (Examined(c.place) for c in told[:1])
        claim = next((c for c in told if _among(c, current) and not _among(c, former)), None)
        if claim is not None:
            yield Draft(
                f"文中写“{said}……{as_printed(claim)}”，表上{year}年的数正是{as_printed(claim)}，年度可能没有更新",
                (claim_side(claim),),
                said,
                f"{year}年",
            )


def _sentences(statements: Iterable[Statement]) -> Iterator[Sequence[Statement]]:
    """The statements of every sentence."""
    for _, group in groupby(statements, key=lambda s: s.claim.sentence):
        yield tuple(group)


def _is_known_again(claim: Claim, year: int) -> bool:
    """Whether an amount said to be of a year has enough digits to be known again."""
    digits = len(claim.text.replace(",", "").replace(".", "").strip("0"))
    return claim.role is Role.AMOUNT and claim.amount is not None and claim.year == year and digits >= _DIGITS


def _among(claim: Claim, printed: Iterable[Decimal]) -> bool:
    """Whether an amount is one of those printed, rounded as it is."""
    value, half = yuan_of(claim), half_of(claim)
    return any(abs(value - amount) <= half for amount in printed)


def _of_last_year(statements: Sequence[Statement], year: int) -> str | None:
    """The words with which a sentence begins that speaks of last year alone."""
    statement = statements[0]
    text = statement.paragraph.text
    begin = text.rfind("。", 0, statement.number.start) + 1
    end = text.find("。", statement.number.end)
    head = text[begin : statement.number.start]
    match = _BEGINS.search(head)
    told = re.findall(r"20\d\d", head)
    whole = text[begin : end if end >= 0 else len(text)]
    if match is None or int(match["year"]) != year - 1 or len(told) > 1 or f"{year}年" in whole or _SAME.search(whole):
        return None
    return compact(match.group())


def _printed(subject: Subject, year: int) -> tuple[set[Decimal], set[Decimal]]:
    """The amounts that the tables print for the year, and those under a heading of last year, in 元."""
    current: set[Decimal] = set()
    former: set[Decimal] = set()
    for table in subject.disclosure.tables:
        for _, column, cell in table.amounts():
            if cell.amount is not None:
                (former if _FORMER.search(column.path) or str(year - 1) in column.path else current).add(cell.amount.yuan)
    return current, former
