"""Random disclosures: the tables of a random ledger, and the narrative that the dialect's sentences write from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.filling import Style, fill_all
from mingsuan.dialects.names import bare
from mingsuan.dialects.roster import Roster
from mingsuan.dialects.sentences import Sentences, load_sentences, write
from mingsuan.dialects.wording import MissingSlotError, SentenceTemplate, Slot, SlotKind, SlotValue
from mingsuan.ledger import Box, Ledger, UnknownNode
from mingsuan.ledger.trees import Selection
from mingsuan.model import Disclosure, Section, Stage, StockFact, Unit
from mingsuan.places import Place
from mingsuan.synth.ledgers import random_ledger, year_of

_TITLES = {
    "duties": "主要职责",
    "units": "部门预算单位构成",
    "staff": "人员构成情况",
    "vehicles": "车辆构成情况",
    "organisation": "机构设置",
    "explanation": "预算编制说明",
    "overview_note": "收入支出预算总体情况说明",
    "revenue_note": "收入预算总体情况说明",
    "expenditure_note": "支出预算总体情况说明",
    "fiscal_appropriation_note": "财政拨款收入支出预算总体情况说明",
    "general_budget_note": "一般公共预算支出情况说明",
    "basic_note": "一般公共预算基本支出情况说明",
    "three_public_note": "一般公共预算“三公”经费支出预算情况说明",
    "changes_note": "预算收支增减变化情况",
    "government_fund_note": "政府性基金预算支出情况说明",
    "operating_cost_note": "机关运行经费支出预算情况",
    "economic_note": "支出预算经济分类情况说明",
    "procurement_note": "政府采购支出预算情况",
    "performance_note": "绩效目标设置情况",
    "assets_note": "国有资产占用情况",
    "transfer_note": "专项转移支付项目情况",
    "empty_tables_note": "空表情况说明",
}
"""Headings of the sections that a random disclosure has, by kind."""
_PLAIN = {
    "duties": "负责本行业的规划、组织和监督工作，完成市委、市政府交办的其他任务。",
    "organisation": "设办公室、综合科、业务科等内设机构。",
    "changes_note": "收支增减变化的主要原因：人员变动和项目调整。",
    "government_fund_note": "政府性基金预算支出的安排见附表。",
    "economic_note": "按照支出经济分类科目改革方案，分设部门预算支出经济分类科目和政府预算支出经济分类科目。",
    "transfer_note": "没有负责管理的专项转移支付项目。",
    "empty_tables_note": "没有数据的表格，表下注明了原因。",
}
"""Sections that state no number."""
_PROFILE = ("duties", "organisation", "units", "staff", "vehicles")
"""Sections that stand in the first part."""
_GLOSSARY = (
    "一、财政拨款收入：是指同级财政当年拨付的资金。",
    "二、基本支出：是指为保障机构正常运转、完成日常工作任务所必需的开支，其内容包括人员经费和日常公用经费两部分。",
    "三、项目支出：是指在基本支出之外，为完成特定的行政工作任务或事业发展目标所发生的支出。",
)
_MEANT = {"机关运行经费": (("fund", "一般公共预算"), ("kind", "公用经费"), ("origin", "本年"))}
"""What departments usually print for a measure that the dialect gives no region."""
_ORDINALS = "一二三四五六七八九十"
_NOWHERE = Place()
"""A made-up thing stands in no file yet."""


def style_of(seed: int) -> Style:
    """The habits of the department of a seed; neighbouring seeds differ in several."""
    return Style(by_unit=seed % 2 == 0, parts=seed % 3 == 0, zeros=seed % 5 == 0, narrowed=seed % 4 == 1, empty_rows=seed % 7 < 4)


def random_disclosure(dialect: Dialect, seed: int) -> Disclosure:
    """What the department of a seed publishes."""
    ledger, roster = random_ledger(dialect, seed)
    return disclosed(dialect, ledger, roster, year_of(dialect), style_of(seed))


def disclosed(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None = None) -> Disclosure:
    """The tables that the dialect prescribes with a narrative on them."""
    tables = fill_all(dialect, ledger, roster, year, style)
    budget = dialect.stage == "budget"
    return Disclosure(
        department=roster.name,
        region=roster.region,
        year=year,
        stage=Stage.BUDGET if budget else Stage.PERFORMANCE_DECLARATION,
        dialect=dialect.name,
        tables=tables,
        sections=tuple(_Narrative(dialect, ledger, roster, year).sections()) if budget else (),
        stock=tuple(StockFact(h.item, h.value, h.unit, year, total=h.total) for h in roster.stock),
        units=tuple(Unit(u.name, u.own_books) for u in roster.units),
        contents=tuple(dict.fromkeys(t.title for t in tables)),
    )


@dataclass(frozen=True)
class _Narrative:
    """Writes sections from a ledger."""

    dialect: Dialect
    ledger: Ledger
    roster: Roster
    year: int

    @cached_property
    def sentences(self) -> Sentences:
        """The dialect's sentences."""
        return load_sentences(self.dialect.folders)

    def sections(self) -> Iterator[Section]:
        """Parts and their sections in order; a section without a sentence is left out."""
        kinds = [k for k in self.dialect.sections if k in _TITLES]
        parts = (
            (f"第一部分 {self.roster.name}概况", [k for k in kinds if k in _PROFILE]),
            (f"第二部分 {self.year}年{self.roster.name}部门预算情况说明", [k for k in kinds if k not in _PROFILE]),
        )
        for title, inner in parts:
            yield Section(title, None, 1, _NOWHERE)
            written = [(kind, text) for kind in inner if (text := self._text(kind))]
            for number, (kind, text) in enumerate(written):
                yield Section(f"{_ordinal(number + 1)}、{_TITLES[kind]}", kind, 2, _NOWHERE, text)
        yield Section("第三部分 名词解释", "glossary", 1, _NOWHERE, "\n".join(_GLOSSARY))

    def _text(self, kind: str) -> str:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind == "revenue_note":
            amount = self._amount({"origin": "本年"}, "0")
            return f"收入合计{amount.text()}万元。" if amount else ""
        if kind == "units":
            listed = [f"{n}.{u.name}{'' if u.own_books else '（财务不独立）'}" for n, u in enumerate(self.roster.units, 1)]
            return "\n".join([f"{self.roster.name}部门预算包括机关本级预算和所属单位预算。", *listed])
        says = dict.fromkeys(t.says for t in self.sentences.templates if kind in t.sections)
        return "\n".join(f"{text}。" for s in says if (text := self._sentence(s)))

    def _sentence(self, says: str) -> str:
        """One sentence in the first wording that the ledger has all figures for, "" if none."""
        values: dict[str, SlotValue] = {"year": str(self.year), "last_year": str(self.year - 1), "stock_year": str(self.year - 1)}
        for template in self.sentences.of(says):
            values |= dict(self._values(template))
        try:
            return write(self.sentences, says, {"department": self.roster.name, **values})
        except MissingSlotError:
            return ""

    def _values(self, template: SentenceTemplate) -> Iterator[tuple[str, SlotValue]]:
        for slot in template.slots.values():
            if slot.kind is SlotKind.COUNT:
                yield from self._count(slot)
            elif (region := slot.region if slot.region is not None else _MEANT.get(slot.measure)) is not None:
                for year, name in (("0", slot.name), ("-1", f"last.{slot.name}")):
                    amount = self._amount(dict(region), year)
                    if amount is not None and not (slot.name == "fund" and not amount.yuan):
                        yield name, amount

    def _count(self, slot: Slot) -> Iterator[tuple[str, SlotValue]]:
        counts: Mapping[str, Decimal] = {bare(h.item): h.value for h in self.roster.stock}
        counts = {**counts, "项目数": Decimal(len(self.roster.projects))}
        if slot.measure in counts:
            yield slot.name, counts[slot.measure]

    def _amount(self, region: Mapping[str, str], year: str) -> Amount | None:
        try:
            stated = Box.parse(self.ledger.axes, region)
        except UnknownNode:
            return None
        box = self.dialect.meant.override(Box.of({"year": Selection(((year, True),))})).override(stated)
        return rounded(self.ledger.total(box), "万元", 2)


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十") + (_ORDINALS[ones - 1] if ones else "")
