"""What is told of each project: duties, basis, last year's execution, this year's goal, needs and costing, what it buys."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingsuan.compiling.book import Book, BookProject, CostLine
from mingsuan.compiling.lines import costing
from mingsuan.compiling.telling.amounts import change, told, words

MOST_TOLD = 99
"""Projects that are told one by one: readers know list numbers of two digits."""


def project_notes(book: Book) -> Iterator[str]:
    """One numbered paragraph with numbered parts for each project whose duty, overview or basis the officer has told."""
    costs: dict[str, list[CostLine]] = {}
    for cost in book.costs:
        costs.setdefault(cost.project, []).append(cost)
    telling = [p for p in book.projects if (p.duty or p.overview or p.basis) and _needed(book, costs.get(p.code, []))]
    if len(telling) > MOST_TOLD:
        yield f"{book.year}年有情况说明的项目较多，各项目的名称、金额和绩效指标见附表。"
        return
    for number, project in enumerate(telling, 1):
        yield from _note(book, project, number, costs[project.code])


def _note(book: Book, project: BookProject, number: int, costs: list[CostLine]) -> Iterator[str]:
    now = _needed(book, costs)
    yield f"{number}、{_head(book, project, now)}"
    parts = [text for text in (*_told_of(project), *_money(book, project, costs, now)) if text]
    for place, text in enumerate(parts, 1):
        yield f"({place}){text}"
        if text.startswith((f"{book.year}-{book.year + 2}年资金需求", f"{book.year}年资金需求及")):
            yield from _details(book, costs)


def _needed(book: Book, costs: list[CostLine]) -> Decimal:
    return sum((c.amount for c in costs if c.year == book.year), Decimal(0))


def _head(book: Book, project: BookProject, now: Decimal) -> str:
    """The project's amount and its change; a name that several projects share is told with the unit's.

    A project without a budget last year is new, unless no project's is known.
    """
    shared = sum(p.name == project.name for p in book.projects) > 1
    unit = next((u.name for u in book.units if u.code == project.unit), "") if shared else ""
    name = f"{unit}{project.name}{'' if project.name.endswith(('项目', '经费', '资金')) else '项目'}"
    line = f"{name}{words(now)}"
    if project.last_budget is None:
        known = any(p.last_budget is not None for p in book.projects)
        return f"{line}，为{book.year}年新增。" if known else f"{line}。"
    said = change(told(now), told(project.last_budget), "上年", share=False)
    moved = told(now).yuan != told(project.last_budget).yuan
    reason = project.reason.strip().rstrip("。；，")
    return f"{line}，{said}{f'，主要原因是{reason}' if moved and reason else ''}。"


def _told_of(project: BookProject) -> Iterator[str]:
    for title, text in (
        ("三定方案主要职责。", project.duty),
        ("项目概述及政策依据。", f"{_stopped(project.overview)}{_stopped(project.basis)}"),
    ):
        if text:
            yield f"{title}{_stopped(text)}"


def _money(book: Book, project: BookProject, costs: list[CostLine], now: Decimal) -> Iterator[str]:
    if project.last_budget is not None and project.last_spent is not None:
        left = told(project.last_budget).yuan - told(project.last_spent).yuan
        last = f"{book.year - 1}年"
        spent = f"预算安排{words(project.last_budget)}，支出{words(project.last_spent)}，预计年底结余{words(left)}"
        yield f"{last}预算执行情况。{last}{spent}。"
    if project.goal:
        yield f"{book.year}年绩效目标设置情况。{_stopped(project.goal)}"
    yield _needs(book, project, costs, now)
    yield _bought(book, project)


def _needs(book: Book, project: BookProject, costs: list[CostLine], now: Decimal) -> str:
    passed = sum((t.amount for t in book.transfers if t.project == project.code), Decimal(0))
    later = [(y, sum((c.amount for c in costs if c.year == y), Decimal(0))) for y in (book.year + 1, book.year + 2)]
    span = f"{book.year}-{book.year + 2}年资金需求及测算明细。" if any(a for _, a in later) else f"{book.year}年资金需求及测算明细。"
    needs = f"{book.year}年资金需求{words(now)}，其中：下达县（市、区）{words(passed)}。"
    needs += "，".join(f"{y}年资金需求{words(a)}" for y, a in later if a)
    return f"{span}{_stopped(needs)}"


def _details(book: Book, costs: list[CostLine]) -> Iterator[str]:
    """The sub-items with their formulas, one line each; lines of one item and formula from several funds are told once."""
    sums: dict[tuple[str, str], Decimal] = {}
    for cost in costs:
        if cost.year == book.year:
            key = (cost.item, costing(cost))
            sums[key] = sums.get(key, Decimal(0)) + cost.amount
    sums = {key: amount for key, amount in sums.items() if told(amount).yuan}
    if len(sums) > 1 or any(formula for _, formula in sums):
        for number, ((item, formula), amount) in enumerate(sums.items(), 1):
            yield f"{number}、{item}{words(amount)}。{f'测算：{formula}={words(amount)}。' if formula else ''}"


def _bought(book: Book, project: BookProject) -> str:
    procured = sum((p.amount for p in book.purchases if p.project == project.code), Decimal(0))
    parts = (("政府购买服务项目", project.service), ("政府采购项目", procured), ("资产购置", project.assets))
    return f"本项目{'；'.join(f'{_contains(a)}{name}，涉及金额{words(a)}' for name, a in parts)}。"


def _contains(amount: Decimal) -> str:
    return "包含" if amount else "不包含"


def _stopped(text: str) -> str:
    """A text of one line that ends in a stop."""
    line = "".join(text.split("\n")).strip()
    return line if not line or line[-1] in "。！？；" else f"{line}。"
