"""FORM, continued: units of account and empty tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.model import CellKind, Level, Side, Table
from mingsuan.reading.tables.notes import is_empty_note

CHAPTER = "表式"
_OPEN_BOOK = "《地方预决算公开操作规程》（财预〔2016〕143号）"
_FUND_WORDS: Mapping[str, str] = {
    "government_fund_expenditure": "政府性基金",
    "state_capital_expenditure": "国有资本经营",
    "government_procurement": "政府采购",
    "three_public_expenses": "“三公”",
}


_OF_A_FUND = frozenset({"government_fund_expenditure", "state_capital_expenditure"})
"""Tables that every department publishes: the rule asks for a word where they are empty, in a text that has words."""


@rule("FORM105", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,), about=About.TABLES)
def tables_print_their_unit(subject: Subject) -> Iterator[Outcome]:
    """有金额的表印明计量单位。

    错：预算资金3600.4，全表没有“单位：万元”。
    对：单位：万元；预算资金3600.4。
    """
    found: dict[str, list[Table]] = {}
    for table in subject.disclosure.tables:
        headed = any(re.search(r"万元|元[)）]", c.path) for c in table.columns)
        if _has_amounts(table):
            yield Examined(table.place)
        if (table.unit is None or table.unit_inherited) and not headed and _has_amounts(table):
            found.setdefault(table.kind, []).append(table)
    for tables in found.values():
        count = f"{len(tables)}张" if len(tables) > 1 else ""
        yield Draft(
            f"{count}“{tables[0].title}”有金额，没有印计量单位",
            tuple(Side(t.place, t.title, "没有单位") for t in tables),
            "没有单位",
            "在表头注明单位（元或万元）",
            conversion_suspected=True,
        )


def _has_amounts(table: Table) -> bool:
    money = {c.path for c in table.columns if c.kind is CellKind.AMOUNT}
    return any(re.search(r"\d", row.text(p)) for row in table.rows for p in money)


def _is_empty(table: Table) -> bool:
    """Whether no line but that which numbers the columns has an amount, legible or not."""
    money = [c.path for c in table.columns if c.kind is CellKind.AMOUNT]
    lines = ([row.text(path) for path in money if row.text(path)] for row in table.rows)
    return not any(re.search(r"[1-9]", text) for line in lines if not _numbers_columns(line) for text in line)


def _numbers_columns(line: Sequence[str]) -> bool:
    """Whether a line only counts the columns (1, 2, 6)."""
    counted = [int(text) for text in line if re.fullmatch(r"\d{1,2}", text)]
    return len(counted) == len(line) > 1 and counted[0] in (1, 2) and all(a < b for a, b in pairwise(counted))


@rule("FORM106", level=Level.INFO, chapter=CHAPTER, basis=f"{_OPEN_BOOK}空表", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def empty_tables_are_explained(subject: Subject) -> Iterator[Outcome]:
    """空表注明为什么空，说的是本表的资金。

    政府性基金、国有资本经营预算的空表，表下和文字都没有说明的，是警告；其他空表是提示。

    错：国有资本经营预算支出情况表下注“本单位无政府性基金预算支出，故本表无数据”。
    对：国有资本经营预算支出情况表下注“本单位无国有资本经营预算支出，故本表无数据”。
    """
    assert subject.dialect is not None
    for table in subject.disclosure.tables:
        wrong = [n for n in table.notes if is_empty_note(n)]
        if wrong:
            yield Examined(table.place)
        if wrong and not _is_empty(table) and any(_is_of(n, table) for n in wrong):
            yield Draft(
                f"“{table.title}”有数，表下却注明是空表",
                (Side(table.place, table.title, "；".join(wrong)),),
                "；".join(wrong),
                "删去这条说明",
                level=Level.ERROR,
            )
    empty = [t for t in subject.disclosure.tables if t.kind in _FUND_WORDS and _is_empty(t)]
    if not empty:
        yield not_applicable("没有空表")
    for table in empty:
        yield Examined(table.place)
        own = plain(_FUND_WORDS[table.kind])
        notes = [plain(n) for n in table.notes if re.search(r"无|没有|空|未", n)]
        foreign = next((w for k, w in _FUND_WORDS.items() if k != table.kind and any(_explains(n, plain(w)) for n in notes)), None)
        if any(own in n for n in notes):
            continue
        if foreign is not None:
            yield Draft(
                f"“{table.title}”是空表，表下的说明讲的却是{foreign}",
                (Side(table.place, table.title, "；".join(table.notes)),),
                f"说明讲的是{foreign}",
                f"说明为什么没有{_FUND_WORDS[table.kind]}数据",
                level=Level.ERROR,
            )
        elif not notes and not _explained_in_text(subject, own):
            yield Draft(
                f"“{table.title}”是空表，没有说明原因",
                (Side(table.place, table.title, "空表，无说明"),),
                "空表，无说明",
                f"注明本单位没有{_FUND_WORDS[table.kind]}预算，故本表无数据",
                level=Level.WARNING if table.kind in _OF_A_FUND and subject.narrative else None,
            )


_NOTHING_OF = re.compile(r"(?:无|没有|未)(?:使用|安排|发生|涉及|编制)?(?P<what>[^,，。;；]{2,30}?)(?:支出|收支|收入|预算|拨款|数据|$)")
_ALIKE = 4
"""Characters that a note and a title share if they are of one matter (政府采购 and 政府购买服务 share two)."""


def _is_of(note: str, table: Table) -> bool:
    """Whether a note may speak of its table, not of another one that was not found: it names nothing, or what the title names."""
    named = _NOTHING_OF.search(plain(note))
    if named is None or len(named["what"]) < _ALIKE:
        return True
    title, what = plain(table.title), named["what"]
    return any(what[n : n + _ALIKE] in title for n in range(len(what) - _ALIKE + 1))


def _explains(note: str, fund: str) -> bool:
    return fund in note and bool(re.search(r"(?:无|没有|未)[^,。;]*" + re.escape(fund), note))


def _explained_in_text(subject: Subject, fund: str) -> bool:
    near = re.compile(
        rf"(?:无|没有|未)[^。;]{{0,20}}{re.escape(fund)}|{re.escape(fund)}[^。;]{{0,20}}(?:无|没有|未|为?0(?:\.0+)?(?:万?元|(?=[,;。]))|空表)"
    )
    return near.search(subject.narrative) is not None
