"""What the narrative says beside the budget's money, section by section: units, procurement, performance, assets, transfers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingsuan.compiling.telling.amounts import words
from mingsuan.compiling.telling.project_notes import project_notes
from mingsuan.compiling.telling.sections import ECONOMIC
from mingsuan.compiling.telling.stating import Statements


def unit_list_and_posts(of: Statements) -> Iterator[str]:
    """The units, with the posts where they have no section of their own."""
    yield from _unit_list(of)
    if "staff" not in of.dialect.sections and (text := of.sentence("编制")):
        yield f"{text}。"


def organisation(of: Statements) -> Iterator[str]:
    """The officer's words on the organisation, with the units where they have no section of their own."""
    yield from of.own_words("organisation")
    if "units" not in of.dialect.sections:
        yield from _unit_list(of)


def _unit_list(of: Statements) -> Iterator[str]:
    if len(of.roster.units) < 2:
        yield f"{of.roster.name}部门预算包括机关本级预算，没有所属预算单位。"
        return
    yield f"{of.roster.name}部门预算包括机关本级预算和所属单位预算。"
    yield from (f"{n}.{u.name}{'' if u.own_books else '（财务不独立）'}" for n, u in enumerate(of.roster.units, 1))


def procurement(of: Statements) -> Iterator[str]:
    """Government procurement."""
    if text := of.sentence("政府采购预算"):
        yield f"{of.year}年{text}。"
    yield from _reserved(of)
    yield from of.own_words("procurement_note")


def _reserved(of: Statements) -> Iterator[str]:
    """What of procurement is reserved for small and medium firms (财库〔2020〕46号)."""
    firms = sum((p.reserved for p in of.book.purchases), Decimal(0))
    small = sum((p.reserved_small for p in of.book.purchases), Decimal(0))
    if firms:
        yield f"面向中小企业预留政府采购项目预算金额{words(firms)}，其中，预留给小型和微型企业的政府采购项目预算为{words(small)}。"


def performance(of: Statements) -> Iterator[str]:
    """Performance targets, and what is told of each project."""
    yield from of.stated("performance_note")
    yield from of.own_words("performance_note")
    if of.sentences.knows("project_needs"):
        yield from project_notes(of.book)


def assets(of: Statements) -> Iterator[str]:
    """Vehicles and equipment, and what is to be bought."""
    day = of.book.department.stock_date
    text = _vehicles(of)
    others = [h for h in of.roster.stock if h.total is None and h.unit not in {"辆", "人"}]
    if text:
        as_of = f"截至{day.year}年{day.month}月{day.day}日，" if day is not None else ""
        tail = "".join(f"；{h.item}{h.value:f}{h.unit}" for h in others)
        yield f"{as_of}{text}{tail}。"
    bought = [(h.item, h.to_buy, h.measure) for h in of.book.holdings if h.to_buy]
    if bought:
        yield f"{of.year}年预算安排购置：{'、'.join(f'{item}{count:f}{unit}' for item, count, unit in bought)}。"
    yield from of.own_words("assets_note")


def _vehicles(of: Statements) -> str:
    """The dialect's sentence where its uses are all there are; otherwise the uses that there are."""
    whole = next((h.value for h in of.roster.stock if h.item == "车辆总数"), None)
    if whole is None:
        return ""
    kinds = [h for h in of.roster.stock if h.total == "车辆总数"]
    known = {s.measure for t in of.sentences.of("车辆") for s in t.slots.values() if s.unit == "辆"}
    if all(h.item in known for h in kinds) and (text := of.sentence("车辆")):
        return text
    listed = "、".join(f"{h.item}{h.value:f}{h.unit}" for h in kinds)
    return f"{of.roster.name}共有车辆{whole:f}辆{f'，其中：{listed}' if listed else ''}"


def transfers(of: Statements) -> Iterator[str]:
    """Special transfers to counties by project, or that there are none."""
    if not of.book.transfers:
        yield f"{of.roster.name}{of.year}年没有负责管理的专项转移支付项目。"
        return
    total = sum((t.amount for t in of.book.transfers), Decimal(0))
    names = {p.code: p.name for p in of.book.projects}
    yield f"{of.roster.name}{of.year}年下达县（市、区）资金共{words(total)}，按项目和地区列示如下。"
    for number, code in enumerate(dict.fromkeys(t.project for t in of.book.transfers), 1):
        parts = "；".join(f"{t.county}{words(t.amount)}" for t in of.book.transfers if t.project == code)
        yield f"{number}.{names.get(code, code)}：{parts}。"


def economic(of: Statements) -> Iterator[str]:
    """What the economic classes are."""
    yield ECONOMIC


def empty_tables(of: Statements) -> Iterator[str]:
    """The empty tables, each with its reason."""
    empty = [t for t in of.tables if of.dialect.by_kind[t.kind].empty_note and not any(True for _ in t.amounts())]
    for number, table in enumerate(empty, 1):
        subject = of.dialect.by_kind[table.kind].empty_note[0]
        yield f"{number}.{table.title}：{of.year}年没有{subject}预算安排的支出，表中没有数据。"


def vehicles(of: Statements) -> Iterator[str]:
    """The vehicles, where they have a section of their own."""
    if text := _vehicles(of):
        yield f"{text}。"
