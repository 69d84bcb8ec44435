"""The indicators of a disclosure in one list, whatever form prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingsuan.indicators.targets import Target, parse_target
from mingsuan.model import Disclosure, Row, Table
from mingsuan.places import Place

OVERALL, SUMMARY, FORM = "overall_performance", "project_performance_summary", "project_performance_form"
KINDS = (OVERALL, SUMMARY, FORM)
"""Kinds of tables that hold indicators."""

_NAMES = ("三级指标", "指标名称")
_VALUES = ("指标值", "目标值", "年度指标值")
_UNITS = ("度量单位", "计量单位")
_NOTES = ("指标值说明", "指标说明", "指标解释", "备注")
_PROJECT = re.compile(r"项目名称")
_RATE = re.compile(r"(?:率|度|比|比例|比重|占比|百分比|覆盖面|程度)$")
_FORMULA = re.compile(r"[=＝][^。；]*[/／÷]|×\s*100|[*＊]\s*100|占[^。；]*(?:比重|比例)")


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
    notes: tuple[str, ...]
    first: str | None
    second: str | None
    fixed_first: str


def indicators(disclosure: Disclosure) -> tuple[Indicator, ...]:
    """Every indicator line with a name or a target, in the order of the document."""
    return tuple(i for table in disclosure.tables if table.kind in KINDS for i in _of_table(table))


def groups(table: Table) -> tuple[str, ...]:
    """The first-level headings that a summary table gives its indicator columns (成本指标, 产出指标 …)."""
    return tuple(g.fixed_first for g in _groups(table) if g.fixed_first)


def _of_table(table: Table) -> Iterator[Indicator]:
    found = _groups(table)
    project_column = next((c.path for c in table.columns if _PROJECT.search(_leaf(c.path))), None)
    state: dict[str, str] = {"project": ""}
    for row in table.rows:
        _enter_project(state, row, project_column, table.kind)
        for columns in found:
            indicator = _of_row(table.kind, row, columns, state)
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
    note = "\n".join(t for t in (row.text(p) for p in columns.notes) if t)
    shown = value if value and value.text else name
    return Indicator(
        kind,
        state["project"],
        first,
        second,
        name.text if name else "",
        parse_target(value.text if value else "", unit),
        unit,
        note,
        shown.place if shown else Place(),
        name.place if name else Place(),
    )


def _groups(table: Table) -> tuple[_Columns, ...]:
    paths = [c.path for c in table.columns]
    by_parent: dict[str, list[str]] = {}
    for path in paths:
        by_parent.setdefault(path.rpartition("/")[0], []).append(path)
    return tuple(filter(None, (_group(parent, members) for parent, members in by_parent.items())))


def _group(parent: str, paths: Sequence[str]) -> _Columns | None:
    leaves: Mapping[str, str] = {_leaf(p): p for p in paths}
    name = next((leaves[n] for n in _NAMES if n in leaves), None)
    value = next((leaves[v] for v in _VALUES if v in leaves), None)
    if name is None or value is None:
        return None
    own_levels = "一级指标" in leaves
    return _Columns(
        name,
        value,
        next((leaves[u] for u in _UNITS if u in leaves), None),
        tuple(leaves[n] for n in _NOTES if n in leaves),
        leaves.get("一级指标"),
        leaves.get("二级指标"),
        "" if own_levels else _leaf(parent),
    )


def _leaf(path: str) -> str:
    return path.rpartition("/")[2]
