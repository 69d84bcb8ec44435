"""The indicators of a disclosure in one list, whatever form prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mingsuan.indicators.targets import Target, parse_target
from mingsuan.model import Column, Disclosure, Row, Table
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.values import dataclass

OVERALL, SUMMARY, FORM = "overall_performance", "project_performance_summary", "project_performance_form"
KINDS = (OVERALL, SUMMARY, FORM)
"""Kinds of tables that hold indicators."""

_NAMES = ("三级指标", "指标名称")
_VALUES = ("指标值", "目标值", "年度指标值", "指标目标值")
_UNITS = ("度量单位", "计量单位")
_SIGNS = ("指标性质",)
_OPERATORS = frozenset("≥≤＞＜><=＝") | {">=", "<="}
"""What a column for operators may hold before a value that has none (正向、定性 say nothing of the kind)."""
_NOTES = ("指标值说明", "指标说明", "指标解释", "备注")
_PROJECT = regex(r"项目名称")
_RATE = regex(r"(?:率|度|比|比例|比重|占比|百分比|覆盖面|程度)$")
_FORMULA = regex(r"[=＝][^。；]*[/／÷]|×\s*100|[*＊]\s*100|占[^。；]*(?:比重|比例)")


_NOWHERE = Place()


@dataclass(frozen=True)
class Indicator:
    """One line of an indicator table.

    Attributes:
        kind: kind of its table.
        project: the project that it belongs to, "" for the department as a whole.
        first, second: the levels above it, "" where the form has none.
        name: the third level as printed.
        target: what is to be reached.
        unit: of a column of its own, "" if none.
        note: explanation and formula, joined by line breaks.
        place: of the target, or of the name where there is none.
        name_place: of the name.
    """

    kind: str
    project: str
    first: str
    second: str
    name: str
    target: Target
    unit: str = ""
    note: str = ""
    place: Place = _NOWHERE
    name_place: Place = _NOWHERE

    @property
    def is_rate(self) -> bool:
        """Whether its name says that it is a rate (…率, …度, …比例)."""
        return bool(_RATE.search(re.sub(r"[（(][^）)]*[）)]$|[%％]", "", self.name)))

    @property
    def has_formula(self) -> bool:
        """Whether its explanation says how it is computed."""
        return bool(_FORMULA.search(self.note))

    @property
    def label(self) -> str:
        """Its name with the project that it belongs to."""
        return f"{self.project}：{self.name}" if self.project else self.name


@dataclass(frozen=True)
class _Columns:
    """Where a group of an indicator table prints what."""

    name: str
    value: str
    unit: str | None
    sign: str | None
    notes: tuple[str, ...]
    first: str | None
    second: str | None
    fixed_first: str


def indicators(disclosure: Disclosure) -> tuple[Indicator, ...]:
    """Every indicator line with a name or a target, in the order of the document."""
    return tuple(i for table in disclosure.tables if (kind := family(table.kind)) for i in _of_table(table, kind))


def family(kind: str) -> str:
    """Which of the kinds that hold indicators a kind of tables is a layout of (…_by_indicator); "" if of none."""
    return next((k for k in KINDS if kind == k or kind.startswith(f"{k}_by_")), "")


def groups(table: Table) -> tuple[str, ...]:
    """The first-level headings that a summary table gives its indicator columns (成本指标, 产出指标 …)."""
    return tuple(g.fixed_first for g in _groups(table) if g.fixed_first)


def _of_table(table: Table, kind: str) -> Iterator[Indicator]:
    found = _groups(table)
    project_column = next((c.path for c in table.columns if _PROJECT.search(_leaf(c.path))), None)
    state: dict[str, str] = {"project": ""}
    for row in table.rows:
        _enter_project(state, row, project_column, kind)
        for columns in found:
            indicator = _of_row(kind, row, columns, state)
            if indicator is not None:
                yield indicator


def _enter_project(state: dict[str, str], row: Row, column: str | None, kind: str) -> None:
    if column is None or kind == OVERALL or not row.text(column):
        return
    state["project"] = row.text(column)


def _of_row(kind: str, row: Row, columns: _Columns, state: dict[str, str]) -> Indicator | None:
    first, second = columns.fixed_first, ""
    for level, path in (("first", columns.first), ("second", columns.second)):
        text = row.text(path) if path else ""
        if text:
            state[level] = text
            if level == "first":
                state["second"] = ""
    if columns.first or columns.second:
        first, second = state.get("first", ""), state.get("second", "")
    name, value = row.cells.get(columns.name), row.cells.get(columns.value)
    if not (name and name.text) and not (value and value.text):
        return None
    unit = row.text(columns.unit) if columns.unit else ""
    sign = row.text(columns.sign) if columns.sign else ""
    note = "\n".join(t for t in (row.text(p) for p in columns.notes) if t)
    shown = value if value and value.text else name
    return Indicator(
        kind,
        state["project"],
        first,
        second,
        name.text if name else "",
        parse_target(_stated(value.text if value else "", sign), unit),
        unit,
        note,
        shown.place if shown else Place(),
        name.place if name else Place(),
    )


def _stated(value: str, sign: str) -> str:
    """A value with the operator that a column of its own prints before it."""
    return f"{sign.strip()}{value}" if sign.strip() in _OPERATORS and value[:1].isdigit() else value


def _groups(table: Table) -> tuple[_Columns, ...]:
    by_parent: dict[str, list[Column]] = {}
    for column in table.columns:
        by_parent.setdefault(column.path.rpartition("/")[0], []).append(column)
    return tuple(filter(None, (_group(parent, members) for parent, members in by_parent.items())))


def _group(parent: str, columns: Sequence[Column]) -> _Columns | None:
    """Where a group prints what, told by the words that it prints or by those of the form for the same column."""
    leaves: Mapping[str, str] = {_leaf(c.form or c.path): c.path for c in columns} | {_leaf(c.path): c.path for c in columns}
    name = next((leaves[n] for n in _NAMES if n in leaves), None)
    value = next((leaves[v] for v in _VALUES if v in leaves), None)
    if name is None or value is None:
        return None
    own_levels = "一级指标" in leaves
    return _Columns(
        name,
        value,
        next((leaves[u] for u in _UNITS if u in leaves), None),
        next((leaves[g] for g in _SIGNS if g in leaves), None),
        tuple(leaves[n] for n in _NOTES if n in leaves),
        leaves.get("一级指标"),
        leaves.get("二级指标"),
        "" if own_levels else _leaf(parent),
    )


def _leaf(path: str) -> str:
    return path.rpartition("/")[2]
