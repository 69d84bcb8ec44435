"""What stands over a table names the body that it is of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.tables.titles import body_over


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["收入预算表", "部门名称：示例市教育局", "单位：万元"], "示例市教育局"),
        (["收入预算表", "编制单位：示例市教育局 金额单位：万元"], "示例市教育局"),
        (["收入预算表", "部门：", "示例市教育局", "单位：万元"], "示例市教育局"),
        (["收入预算表", "单位：示例市教育局", "单位：元"], "示例市教育局"),
        (["部门：示例市审计局", "收入预算表", "部门：示例市教育局"], "示例市教育局"),
        (["收入预算表", "单位：万元"], None),
        (["收入预算表", "部门名称：示例市人大", "单位:万元常委会办公厅"], None),
        (["收入预算表", "部门："], None),
    ],
)
def test_the_body_over_a_table_is_the_last_that_a_line_names(lines: Sequence[str], name: str | None) -> None:
    over = body_over([Paragraph(text, Place(line=number)) for number, text in enumerate(lines)])
    assert (over.text if over else None) == name
