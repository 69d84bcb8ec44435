"""Disclosure + dialect → publication: the cover, the narrative in its order, the tables where the document has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Form
from mingsuan.model import Disclosure, Scope, Section, Stage, Table
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE
from mingsuan.publishing.publication import Block, Heading, Index, Publication, Sheet, Text
from mingsuan.publishing.stacking import stacked_grid
from mingsuan.publishing.tiling import side_grid
from mingsuan.publishing.widths import PORTRAIT, fitting, squeezed
from mingsuan.reading.ordinals import compact, ordinal

_STAGES = {Stage.BUDGET: "预算", Stage.FINAL_ACCOUNT: "决算"}
_STACKED_SIZE = 10.0
_NAMES_YEAR = regex(r"(?:19|20)\d\d")


def laid_out(
    disclosure: Disclosure, dialect: Dialect, *, dated: date | None = None, draft: bool = False, thousands: bool = True
) -> Publication:
    """Lay a disclosure out as its dialect prints it.

    Args:
        disclosure: what is published.
        dialect: whose forms its tables are.
        dated: the date on the cover, none if it is not given.
        draft: whether pages bear a mark that this is a draft.
        thousands: whether amounts are printed with thousands separators.

    Raises:
        KeyError: a table is of a kind that the dialect has no form of.
    """
    department = disclosure.department or ""
    sheets = [_sheet(n, t, disclosure, dialect.by_kind[t.kind], thousands) for n, t in enumerate(disclosure.tables)]
    return Publication(_title(disclosure), department, disclosure.year, dated, tuple(_blocks(disclosure, sheets)), draft)


def _title(disclosure: Disclosure) -> str:
    who = f"{disclosure.year}年{disclosure.department or ''}" if disclosure.year else disclosure.department or ""
    if disclosure.stage is Stage.PERFORMANCE_DECLARATION:
        return f"{who}整体绩效目标申报公开"
    of = "单位" if disclosure.scope is Scope.UNIT else "部门"
    return f"{who}{of}{_STAGES[disclosure.stage]}公开"


def _blocks(disclosure: Disclosure, sheets: list[Sheet]) -> Iterator[Block]:
    """The narrative; the tables follow the heading that says so, stand where they stood, or come last, under a heading of their own."""
    sections = disclosure.sections
    over = next((n for n, s in enumerate(sections) if s.kind == "tables"), None)
    at = _tables_at(disclosure) if over is None else over + 1
    for section in sections[:at]:
        yield from _section(section)
    last = at == len(sections)
    if sections and sheets and over is None:
        yield Heading(_tables_heading(disclosure, last=last), 1, over_tables=True)
    if sections and sheets and (last or over is not None) and not any(ordinal(s.title) for s in sheets):
        yield Index(tuple(s.title for s in sheets))
    yield from sheets
    for section in sections[at:]:
        yield from _section(section)


def _tables_at(disclosure: Disclosure) -> int:
    """How many sections stand before the tables: all, but in a disclosure read from one file those that stood before them there."""
    count = len(disclosure.sections)
    first = disclosure.tables[0].place if disclosure.tables else NOWHERE
    if first == NOWHERE:
        return count
    return next((n for n, s in enumerate(disclosure.sections) if s.place.file == first.file and s.place.order > first.order), count)


def _tables_heading(disclosure: Disclosure, *, last: bool) -> str:
    of = "单位" if disclosure.scope is Scope.UNIT else "部门"
    return f"{'附件：' if last else ''}{disclosure.year}年{disclosure.department or ''}{of}{_STAGES.get(disclosure.stage, '')}表"


def _section(section: Section) -> Iterator[Block]:
    """A heading and its paragraphs; a numbered paragraph that heads others is printed once, as a paragraph."""
    paragraphs = [line.strip() for line in section.text.split("\n") if line.strip()]
    runs_in = bool(paragraphs) and section.level > 1 and compact(paragraphs[0]).startswith(compact(section.title))
    if section.title and not runs_in:
        yield Heading(section.title, max(1, section.level))
    yield from (Text(paragraph) for paragraph in paragraphs)


def _sheet(number: int, table: Table, disclosure: Disclosure, form: Form, thousands: bool) -> Sheet:
    if form.arrange == "stack":
        grid = stacked_grid(table, form, thousands=thousands)
        over = [f"（{disclosure.year}年度）"] if disclosure.year else []
        unit = [f"单位：{table.unit}"] if table.unit and not table.unit_inherited and table.unit != form.unit else []
        return Sheet(number, table.title, (*over, *unit), grid, table.notes, PORTRAIT, squeezed(grid, PORTRAIT, _STACKED_SIZE))
    grid = side_grid(table, form, thousands=thousands)
    paper, size = fitting(grid)
    name = [f"部门名称：{disclosure.department}"] if disclosure.department else []
    unit = [f"单位：{table.unit}"] if table.unit and not table.unit_inherited else []
    return Sheet(number, _dated(table.title, disclosure.year), (*name, *unit), grid, table.notes, paper, size)


def _dated(title: str, year: int | None) -> str:
    """The title of a table with the fiscal year, unless it names one."""
    return title if year is None or _NAMES_YEAR.search(title) else f"{year}年{title}"
