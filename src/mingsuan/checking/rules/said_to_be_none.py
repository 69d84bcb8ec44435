"""NAR, continued: money that the narrative says there is none of, and a table has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.model import Cell, Level, Side, Table
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact, without_ordinal

_OF_TABLE: Mapping[str, str] = {
    "government_fund_expenditure": "政府性基金",
    "state_capital_expenditure": "国有资本经营",
}
_FUND = "|".join(_OF_TABLE.values())
_NONE = regex(
    rf"^(?P<who>[^，,。；;：:]{{0,30}}?)[，,]?(?:没有|无|未(?:安排|使用|发生))(?:使用|安排|发生|涉及)?(?P<fund>{_FUND})"
    r"(?:预算)?(?:财政)?(?:拨款)?(?:安排的?)?(?:收支|收入|支出|预算)"
)
_OWN = regex(r"(?:19|20)\d\d年?度?|本年度?|当年|本部门|本单位|我部门|我单位|我[局委厅办院校馆站]|本[局委厅办院校馆站]|[年度]")


@rule(
    "NAR128",
    level=Level.WARNING,
    chapter="叙述",
    basis="常识",
    needs=(Need.NARRATIVE, Need.TABLES),
    about=About.SECTIONS,
    fix="核对表和文字，改正有误的一处。",
)
def what_is_said_to_be_none_is_none(subject: Subject) -> Iterator[Outcome]:
    """文字说没有政府性基金预算、国有资本经营预算收支的，相应的表没有数。

    错：本部门没有政府性基金预算财政拨款收支（政府性基金表本年支出20.00万元）。
    对：本部门没有政府性基金预算财政拨款收支（政府性基金表是空表）。
    """
    told = False
    for sentence in subject.sentences:
        match = _NONE.match(without_ordinal(compact(sentence.text)))
        if match is None or not _speaks_of_all(match["who"], subject):
            continue
        told = True
        yield Examined(sentence.place)
        yield from _contradicted(subject, sentence, match)
    if not told:
        yield not_applicable("文字没有说哪一种预算没有收支")


def _speaks_of_all(who: str, subject: Subject) -> bool:
    """Whether a sentence is about the discloser and this year, not about a unit of it or the year before."""
    own = compact(subject.disclosure.department or "")
    rest = _OWN.sub("", who.replace(own, "") if own else who)
    return not rest and (subject.year is None or all(int(y) == subject.year for y in re.findall(r"20\d\d", who)))


def _contradicted(subject: Subject, sentence: Sentence, match: re.Match[str]) -> Iterator[Draft]:
    for table in subject.disclosure.tables:
        cell = _largest(table) if _OF_TABLE.get(table.kind) == match["fund"] else None
        if cell is not None:
            yield Draft(
                f"文中写“{match.group()}”，《{table.title}》却有{cell.text}",
                (Side(sentence.place, "叙述", match.group()), Side(cell.place, table.title, cell.text)),
                match.group(),
                "按表写明收支，或把表改为空表",
            )


def _largest(table: Table) -> Cell | None:
    """The largest amount of a classified line, None where all are nought; numbers of the columns stand in no such line."""
    lines = {number for number, row in enumerate(table.rows) if row.key is not None and row.key.function}
    found = [cell for number, _, cell in table.amounts() if number in lines and cell.amount is not None and cell.amount.yuan]
    return max(found, key=lambda cell: abs(cell.amount.yuan) if cell.amount else 0, default=None)
