"""Monitoring and evaluation as documents: Word, a workbook, a page — each chart beside the table with its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.model import Finding
from mingsuan.performance.forms import Form
from mingsuan.performance.plan import Plan
from mingsuan.performance.tabular import Sheet as Listed
from mingsuan.publishing.charts import Bar, bars
from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.formed import formed
from mingsuan.publishing.html import write_html
from mingsuan.publishing.legible import legible
from mingsuan.publishing.publication import Block, Heading, Picture, Publication, Text
from mingsuan.publishing.tabulated import tabulated
from mingsuan.publishing.xlsx import write_xlsx

_WRITERS = {"docx": write_docx, "html": write_html, "xlsx": write_xlsx}
_COLOURS = {
    "优": "good",
    "良": "good",
    "中": "middle",
    "差": "bad",
    "绿灯": "good",
    "黄灯": "middle",
    "红灯": "bad",
}
_MEASURES = ("得分", "执行率")
"""Columns that a summary's chart may show; the first that it has is drawn."""
_MOST_BARS = 60
"""Bars of a chart; a department with more projects has the table."""


def written(form: str, title: str, plan: Plan, parts: Sequence[Listed | Form], findings: Sequence[Finding] = ()) -> bytes:
    """A report in a format: docx, html or xlsx; the first part is the summary, of which a chart is drawn.

    Raises:
        UnwritableError: the format cannot hold it.
    """
    year = f"{plan.year}年" if plan.year else ""
    department = legible(plan.department)
    publication = Publication(f"{year}{department}{title}报告", department, plan.year, None, tuple(_blocks(title, parts, findings)))
    return _WRITERS[form](publication)


def _blocks(title: str, parts: Sequence[Listed | Form], findings: Sequence[Finding]) -> Iterator[Block]:
    yield Heading(f"{title}结果", 1)
    yield Text(f"共{len(parts)}张表，首表为汇总。状态和等级除颜色外都用文字写明。")
    for number, part in enumerate(parts):
        if isinstance(part, Form):
            yield formed(number, part)
            continue
        chart = _chart(part) if number == 0 else None
        if chart is not None:
            yield chart
        over = tuple(f"{name}：{legible(value)}" for name, value in part.facts if value)
        rows = [tuple(map(legible, row)) for row in part.rows]
        yield tabulated(number, legible(part.title), part.columns, rows, right=part.numbers, over=_two(over), notes=part.notes)
    if findings:
        yield Heading("佐证的问题", 1)
        yield from (Text(f"{n}．{legible(finding.message)}") for n, finding in enumerate(findings, start=1))


def _two(over: Sequence[str]) -> tuple[str, ...]:
    """The line over a table has a left and a right part."""
    return tuple(over) if len(over) < 3 else ("　".join(over[:-1]), over[-1])


def _chart(listed: Listed) -> Picture | None:
    """Scores or execution rates of a summary as bars."""
    measure = next((m for m in _MEASURES if m in listed.columns), None)
    if measure is None or not 0 < len(listed.rows) <= _MOST_BARS:
        return None
    column = listed.columns.index(measure)
    grade = next((listed.columns.index(name) for name in ("等级", "状态") if name in listed.columns), column)
    given = []
    for row in listed.rows:
        number = row[column].rstrip("%").replace(",", "")
        share = float(number) / 100 if number else 0.0
        word = row[grade] if row[grade] in _COLOURS else row[grade].partition("（")[0] if grade != column else ""
        given.append(Bar(legible(row[0]), share, f"{row[column] or '无数据'} {word}".strip(), _COLOURS.get(row[grade], "none")))
    return bars(measure + ("（满分100）" if measure == "得分" else ""), given)
