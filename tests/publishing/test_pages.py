"""Cells that go on over a page's end are still one cell with its text at the top."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.model import Cell, Disclosure, Section
from mingsuan.places import NOWHERE
from mingsuan.publishing.comparing import differences
from mingsuan.publishing.pdf import _pieces, write_pdf
from tests.publishing.samples import published, read_again, sample

INDICATORS = 9
"""More rows than are kept on one page."""


@pytest.mark.parametrize("shift", range(4))
def test_cells_of_many_rows_cross_pages_and_keep_their_text(shift: int) -> None:
    """Projects of nine indicators each, whose names take three lines; where pages end differs from case to case."""
    made = _with_many_indicators(sample("sanmenxia-2023", 2), shift)
    assert list(differences(made, read_again(write_pdf(published(made)), made))) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("支出总计10962.40万元，占69.95%", ["支出总计10962.40万元，占69.95%"]),
        ("下列各项：1.收入", ["下列各", "项：1.", "收入"]),
        ("按照规定，二、支出", ["按照规", "定，二、", "支出"]),
    ],
)
def test_numbers_are_never_cut_and_ordinals_stay_with_what_stands_before_them(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


def test_paragraphs_that_differ_in_figures_only_are_no_running_heads_where_pages_begin_and_end() -> None:
    made = sample("jiangsu-2017")
    lines = "\n".join(f"测算{n}：{n}项×{n}元，每年12次。" for n in range(1, 131))
    made = replace(made, tables=made.tables[:1], sections=(Section("一、测算明细", "project", 2, NOWHERE, lines),))
    assert list(differences(made, read_again(write_pdf(published(made)), made))) == []


def _with_many_indicators(disclosure: Disclosure, shift: int) -> Disclosure:
    """A disclosure with one more row of indicators here and there, so that each project has many."""
    number = next(n for n, t in enumerate(disclosure.tables) if t.kind == "project_performance_summary")
    table = disclosure.tables[number]
    output = next(c.path for c in table.columns if c.path.endswith("产出指标/三级指标"))
    value = output.replace("三级指标", "指标值")
    name = next(c.path for c in table.columns if "项目名称" in c.path)
    projects = [row for row in table.rows if row.key and row.key.project and name in row.cells]
    assert projects
    rows = [row for row in table.rows if row not in projects and not (row.key and row.key.project)]
    for count in range(6):
        head = projects[count % len(projects)]
        cells = {**head.cells, name: Cell("关于开展第三方评估、督查、行政复议和政务公开等业务工作的专项经费项目" + str(count))}
        rows.append(replace(head, cells=cells))
        added = INDICATORS + (shift if count == 0 else 0)
        rows.extend(replace(head, cells={output: Cell(f"第{n}项工作"), value: Cell("≥95%")}) for n in range(added))
    return disclosure.with_table(number, replace(table, rows=tuple(rows)))
