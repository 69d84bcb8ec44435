"""The narrative of a disclosure from its ledger, in the sentences that reading knows (`dialects.sentences`).

It is written as lines of text and then divided into sections by the reader's own rules, so that a disclosure has the sections that its
published text will be read to have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan import codes
from mingsuan.amounts import Amount
from mingsuan.compiling.book import Book
from mingsuan.compiling.telling.amounts import words
from mingsuan.compiling.telling.project_notes import project_notes
from mingsuan.compiling.telling.sections import (
    ECONOMIC,
    GLOSSARY,
    PROFILE,
    PURPOSES,
    RUNNING,
    THREE_PUBLIC,
    THREE_PUBLIC_PARTS,
    TITLES,
)
from mingsuan.compiling.telling.stating import Statements
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.roster import Roster
from mingsuan.ledger import Ledger
from mingsuan.model import Section, Table
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.document import Document, Paragraph
from mingsuan.reading.narrative.sections import narrative as divided
from mingsuan.values import dataclass

_ORDINALS = "一二三四五六七八九十"
_FUNDS: tuple[tuple[str, str], ...] = (
    ("一般公共预算", "一般公共预算"),
    ("政府性基金预算", "政府性基金"),
    ("国有资本经营预算", "国有资本经营"),
    ("财政专户管理资金", "财政专户管理资金"),
    ("事业收入", "事业收入"),
    ("经营收入", "经营收入"),
    ("上级补助收入", "上级补助收入"),
    ("附属单位上缴收入", "附属单位上缴收入"),
    ("其他收入", "其他收入"),
    ("提前告知转移支付", "上级转移支付"),
)
"""What makes up the income, as the narrative calls it, by node of the tree of funds."""


def narrative(
    dialect: Dialect, ledger: Ledger, roster: Roster, year: int, book: Book | None = None, tables: Sequence[Table] = ()
) -> tuple[Section, ...]:
    """Parts and their sections in the dialect's order; what has nothing to say is left out.

    Args:
        dialect: its sentences and the order of its sections.
        ledger: this and last year's lines.
        roster: the department.
        year: fiscal year.
        book: the officer's own words, reasons and projects; nothing of theirs, if it is not given.
        tables: the filled forms, of which the empty ones are named.
    """
    lines = list(Writer(dialect, ledger, roster, year, book or Book(), tuple(tables)).lines())
    paragraphs = tuple(Paragraph(text, Place(line=n)) for n, text in enumerate(lines, 1))
    return tuple(replace(s, place=NOWHERE, origins=()) for s in divided(Document("", paragraphs)))


@dataclass(frozen=True)
class Writer(Statements):
    """Writes the lines of a narrative, section by section."""

    # ---- parts -------------------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """All lines in order, headings too."""
        kinds = [k for k in self._kinds() if k in TITLES]
        yield f"第一部分 {self.roster.name}概况"
        yield from self._part([k for k in kinds if k in PROFILE])
        yield f"第二部分 {self.year}年{self.roster.name}部门预算情况说明"
        yield from self._part([k for k in kinds if k not in PROFILE])
        yield "第三部分 名词解释"
        yield from (f"{_ordinal(n)}、{term}：{meaning}" for n, (term, meaning) in enumerate(self._terms(), 1))

    def _kinds(self) -> Iterator[str]:
        listed = self.dialect.sections
        has_capital = any(t.kind == "state_capital_expenditure" for t in self.tables)
        for kind in listed:
            if kind == "glossary":
                continue
            yield kind
            if kind == "government_fund_note" and has_capital and "state_capital_note" not in listed:
                yield "state_capital_note"
        if "empty_tables_note" not in listed:
            yield "empty_tables_note"

    def _part(self, kinds: Sequence[str]) -> Iterator[str]:
        written = [(kind, lines) for kind in kinds if (lines := [t for t in self._section(kind) if t])]
        for number, (kind, lines) in enumerate(written, 1):
            yield f"{_ordinal(number)}、{TITLES[kind]}"
            yield from lines

    def _terms(self) -> Iterator[tuple[str, str]]:
        theirs: dict[str, str] = {}
        for line in self.passages.get("glossary", ()):
            term, _, meaning = line.partition("：")
            theirs[term] = meaning
        yield from ((term, theirs.pop(term, meaning)) for term, meaning in GLOSSARY)
        yield from theirs.items()

    def _section(self, kind: str) -> Iterator[str]:
        own = _WRITERS.get(kind)
        yield from own(self) if own is not None else self._stated(kind)
        if kind not in _OWN_WORDS:
            yield from self.passages.get(kind, ())

    def _stated(self, kind: str) -> Iterator[str]:
        """One line for everything that the dialect says in a section."""
        for says in dict.fromkeys(t.says for t in self.sentences.templates if kind in t.sections and "project" not in t.sections):
            if text := self.sentence(says):
                yield f"{text}。"

    # ---- sections that say more than one sentence --------------------------------------------------------------------

    def _own_words(self, kind: str, otherwise: str = "") -> Iterator[str]:
        yield from self.passages.get(kind, (otherwise,) if otherwise else ())

    def _units(self) -> Iterator[str]:
        yield from self._unit_list()
        if "staff" not in self.dialect.sections and (text := self.sentence("编制")):
            yield f"{text}。"

    def _organisation(self) -> Iterator[str]:
        yield from self._own_words("organisation")
        if "units" not in self.dialect.sections:
            yield from self._unit_list()

    def _unit_list(self) -> Iterator[str]:
        if len(self.roster.units) < 2:
            yield f"{self.roster.name}部门预算包括机关本级预算，没有所属预算单位。"
            return
        yield f"{self.roster.name}部门预算包括机关本级预算和所属单位预算。"
        yield from (f"{n}.{u.name}{'' if u.own_books else '（财务不独立）'}" for n, u in enumerate(self.roster.units, 1))

    def _overview(self) -> Iterator[str]:
        text = self.sentence("收支总计及增减")
        if not text:
            text = f"{self.roster.name}{self.year}年收入总计{self.said({})}，支出总计{self.said({})}"
        yield self.reasoned(text, ("收入", "支出"), {})

    def _revenue(self) -> Iterator[str]:
        """The income and all funds that it comes from."""
        template = next((t for t in self.sentences.of("收入合计")), None)
        text = self.sentence("收入合计") or f"收入合计{self.said({'origin': '本年'})}"
        told = (
            {dict(s.region or ()).get("fund", "").split()[0] for s in template.slots.values() if dict(s.region or ()).get("fund")}
            if template
            else set()
        )
        parts = [f"{name}{words(amount.yuan)}" for name, amount in self._sources() if name and not self._covered(name, told)]
        yield f"{'，'.join([text, *parts])}。"

    def _sources(self) -> Iterator[tuple[str, Amount]]:
        for name, node in _FUNDS:
            amount = self.told.amount({"fund": node, "origin": "本年"}) if self.told.has("fund", node) else None
            if amount is not None and amount.yuan:
                yield name, amount

    def _covered(self, name: str, told: set[str]) -> bool:
        return dict(_FUNDS)[name] in told

    def _appropriation(self) -> Iterator[str]:
        general = {"fund": "一般公共预算", "origin": "本年"}
        text = self.sentence("财政拨款收支增减") or self.flat("一般公共预算收支预算", general)
        yield self.reasoned(text, ("一般公共预算",), general)

    def _changes(self) -> Iterator[str]:
        if "fiscal_appropriation_note" not in self.dialect.sections:
            yield from self._appropriation()
        yield from self.passages.get("changes_note", ())

    def _three_public(self) -> Iterator[str]:
        fund = "一般公共预算" if any("origin" in dict(m.region) for m in self.sentences.by_phrase.get("三公经费", ())) else "政府预算资金"
        where = {"fund": fund, "origin": "本年"} if self._has_origin() else {"fund": fund}
        whole = {"department": THREE_PUBLIC, **where}
        compared = self.sentence("三公经费及增减") if self.told.last(whole) is not None else ""
        text = compared or f"“三公”经费预算{self.said(whole)}"
        yield self.reasoned(f"{self.roster.name}{self.year}年{text}", ("三公经费",), whole)
        for number, (name, department) in enumerate(THREE_PUBLIC_PARTS, 1):
            part = {"department": department, **where}
            line = f"（{_ordinal(number)}）{name}{self.said(part)}，{PURPOSES[name]}"
            yield self.reasoned(self.with_change(line, part), (name,), part)

    def _has_origin(self) -> bool:
        return not any(dict(box.sides).get("origin") for box in self.dialect.absent)

    def _fund_note(self, fund: str, name: str) -> Iterator[str]:
        where = {"fund": fund, "use": "支出"}
        amount = self.told.amount(where)
        if amount is None or not amount.yuan:
            yield f"{self.roster.name}{self.year}年没有{name}预算安排的支出。"
            return
        line = self.with_change(f"{self.roster.name}{self.year}年{name}预算支出{words(amount.yuan)}", where)
        yield self.reasoned(line, (fund,), where)

    def _running(self) -> Iterator[str]:
        slot = next((t.slots["cost"] for t in self.sentences.of("机关运行经费") if "cost" in t.slots), None)
        region = dict(slot.region or ()) if slot is not None else {}
        now = self.told.amount(region) if region else None
        official = any(u.nature in ("行政", "参公") for u in self.roster.units)
        if (now is None or not now.yuan) and not official:
            yield f"{self.roster.name}没有行政单位和参照公务员法管理的事业单位，没有机关运行经费。"
            return
        text = self.sentence("机关运行经费")
        if not text:
            yield from self._stated("operating_cost_note")
        else:
            line = self.with_change(f"{self.year}年{text}，{RUNNING}", region)
            yield self.reasoned(line, ("机关运行经费",), region)

    def _procurement(self) -> Iterator[str]:
        if text := self.sentence("政府采购预算"):
            yield f"{self.year}年{text}。"
        yield from self._reserved()
        yield from self._own_words("procurement_note")

    def _reserved(self) -> Iterator[str]:
        """What of procurement is reserved for small and medium firms (财库〔2020〕46号)."""
        firms = sum((p.reserved for p in self.book.purchases), Decimal(0))
        small = sum((p.reserved_small for p in self.book.purchases), Decimal(0))
        if firms:
            yield f"面向中小企业预留政府采购项目预算金额{words(firms)}，其中，预留给小型和微型企业的政府采购项目预算为{words(small)}。"

    def _performance(self) -> Iterator[str]:
        yield from self._stated("performance_note")
        yield from self._own_words("performance_note")
        if self.sentences.knows("project_needs"):
            yield from project_notes(self.book)

    def _assets(self) -> Iterator[str]:
        day = self.book.department.stock_date
        text = self._vehicles()
        others = [h for h in self.roster.stock if h.total is None and h.unit not in {"辆", "人"}]
        if text:
            as_of = f"截至{day.year}年{day.month}月{day.day}日，" if day is not None else ""
            tail = "".join(f"；{h.item}{h.value:f}{h.unit}" for h in others)
            yield f"{as_of}{text}{tail}。"
        bought = [(h.item, h.to_buy, h.measure) for h in self.book.holdings if h.to_buy]
        if bought:
            yield f"{self.year}年预算安排购置：{'、'.join(f'{item}{count:f}{unit}' for item, count, unit in bought)}。"
        yield from self._own_words("assets_note")

    def _vehicles(self) -> str:
        """The dialect's sentence where its uses are all there are; otherwise the uses that there are."""
        whole = next((h.value for h in self.roster.stock if h.item == "车辆总数"), None)
        if whole is None:
            return ""
        kinds = [h for h in self.roster.stock if h.total == "车辆总数"]
        known = {s.measure for t in self.sentences.of("车辆") for s in t.slots.values() if s.unit == "辆"}
        if all(h.item in known for h in kinds) and (text := self.sentence("车辆")):
            return text
        listed = "、".join(f"{h.item}{h.value:f}{h.unit}" for h in kinds)
        return f"{self.roster.name}共有车辆{whole:f}辆{f'，其中：{listed}' if listed else ''}"

    def _transfers(self) -> Iterator[str]:
        if not self.book.transfers:
            yield f"{self.roster.name}{self.year}年没有负责管理的专项转移支付项目。"
            return
        total = sum((t.amount for t in self.book.transfers), Decimal(0))
        names = {p.code: p.name for p in self.book.projects}
        yield f"{self.roster.name}{self.year}年下达县（市、区）资金共{words(total)}，按项目和地区列示如下。"
        for number, code in enumerate(dict.fromkeys(t.project for t in self.book.transfers), 1):
            parts = "；".join(f"{t.county}{words(t.amount)}" for t in self.book.transfers if t.project == code)
            yield f"{number}.{names.get(code, code)}：{parts}。"

    def _economic(self) -> Iterator[str]:
        yield ECONOMIC

    def _empty(self) -> Iterator[str]:
        """The empty tables, each with its reason."""
        empty = [t for t in self.tables if self.dialect.by_kind[t.kind].empty_note and not any(True for _ in t.amounts())]
        for number, table in enumerate(empty, 1):
            subject = self.dialect.by_kind[table.kind].empty_note[0]
            yield f"{number}.{table.title}：{self.year}年没有{subject}预算安排的支出，表中没有数据。"

    def _explanation(self) -> Iterator[str]:
        """The sentences of the section, then the spending by functional class."""
        for says in ("收入预算及构成", "支出预算", "一般公共预算拨款支出预算", "政府性基金拨款支出预算", "国有资本经营预算拨款支出预算"):
            if text := self.sentence(says):
                yield f"{text}。"
        yield "财政拨款支出主要内容如下："
        classes = sorted({line.function for line in self.ledger.lines if line.year == "0" and line.function})
        number = 0
        for code in classes:
            amount = self.told.amount({"function": code, "fund": "政府预算资金", "use": "支出"})
            if amount is not None and amount.yuan:
                number += 1
                yield f"{number}.{self._class(code)}{words(amount.yuan)}，主要用于{self._names(code)[-1]}方面的支出。"

    def _names(self, code: str) -> list[str]:
        levels = [code[:n] for n in (3, 5, 7) if n <= len(code)]
        found = [codes.lookup("function", c, self.year) for c in levels]
        return [f.name if f else c for f, c in zip(found, levels, strict=True)]

    def _class(self, code: str) -> str:
        return f"“{''.join(f'{name}（{level}）' for name, level in zip(self._names(code), '类款项', strict=False))}”"


_WRITERS: Mapping[str, Callable[[Writer], Iterator[str]]] = {
    "vehicles": lambda w: iter([f"{text}。"] if (text := w._vehicles()) else []),
    "duties": lambda w: w._own_words("duties"),
    "organisation": Writer._organisation,
    "units": Writer._units,
    "overview_note": Writer._overview,
    "revenue_note": Writer._revenue,
    "fiscal_appropriation_note": Writer._appropriation,
    "changes_note": Writer._changes,
    "three_public_note": Writer._three_public,
    "government_fund_note": lambda w: w._fund_note("政府性基金", "政府性基金"),
    "state_capital_note": lambda w: w._fund_note("国有资本经营", "国有资本经营"),
    "operating_cost_note": Writer._running,
    "procurement_note": Writer._procurement,
    "performance_note": Writer._performance,
    "assets_note": Writer._assets,
    "transfer_note": Writer._transfers,
    "economic_note": Writer._economic,
    "empty_tables_note": Writer._empty,
    "explanation": Writer._explanation,
}
_OWN_WORDS = frozenset({"duties", "organisation", "changes_note", "procurement_note", "performance_note", "assets_note"})
"""Sections whose writer places the officer's paragraphs itself."""


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十") + (_ORDINALS[ones - 1] if ones else "")
