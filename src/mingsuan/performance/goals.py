"""The goals of the year as a disclosure's performance tables print them, and the units that carry the projects out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.indicators.listing import KINDS, OVERALL
from mingsuan.model import Disclosure, Table
from mingsuan.patterns import regex
from mingsuan.performance.names import keyed
from mingsuan.values import dataclass

_GOALS = ("年度绩效目标", "年度总体目标", "年度履职目标", "年度目标")
"""Columns that print the goal of the year."""
_NAME = regex(r"项目名称")
_CODES = regex(r"单位编码.*项目编码")
_UNIT_CODE = regex(r"\d{3,9}\Z")
"""Codes of units have three digits a level; those of projects have twenty."""


@dataclass(frozen=True, slots=True)
class Goals:
    """What is to be done, and by whom.

    Attributes:
        texts: by project ("" for the department), as `keyed` spells it.
        units: name of the unit by project, likewise.
    """

    texts: Mapping[str, str]
    units: Mapping[str, str]

    def of(self, project: str) -> str:
        """The goal of a project, "" where none is printed."""
        return self.texts.get(project, "")


def goals_of(disclosure: Disclosure) -> Goals:
    """The goals and units of a disclosure."""
    texts: dict[str, list[str]] = {}
    units: dict[str, str] = {}
    for table in disclosure.tables:
        if table.kind in KINDS:
            for project, text in _goals(table):
                if text not in texts.setdefault(project, []):
                    texts[project].append(text)
            units.update(_units(table))
    return Goals({project: "\n".join(lines) for project, lines in texts.items()}, units)


def _goals(table: Table) -> Iterator[tuple[str, str]]:
    columns = [c.path for c in table.columns if c.path.rpartition("/")[2] in _GOALS]
    name = next((c.path for c in table.columns if _NAME.search(c.path.rpartition("/")[2])), "")
    project = ""
    for row in table.rows:
        project = project if table.kind == OVERALL else row.text(name) or project
        yield from ((keyed(project), row.text(column)) for column in columns if row.text(column))


def _units(table: Table) -> Iterator[tuple[str, str]]:
    """Projects under the row of their unit, in tables that print the codes of both in one column."""
    code = next((c.path for c in table.columns if _CODES.search(c.path)), None)
    name = next((c.path for c in table.columns if _NAME.search(c.path)), None)
    if code is None or name is None:
        return
    unit = ""
    for row in table.rows:
        if _UNIT_CODE.match(row.text(code)):
            unit = row.text(name)
        elif unit and row.text(name):
            yield keyed(row.text(name)), unit
