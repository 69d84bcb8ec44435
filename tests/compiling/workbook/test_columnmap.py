"""Exports of a platform become a book by a declarative column map."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan import check
from mingsuan.compiling import compile_workbook
from mingsuan.compiling.workbook.columnmap import MapError, read_mapped
from mingsuan.compiling.workbook.inputs import InputError, read_input
from mingsuan.model import Level

EXAMPLE = Path(__file__).parents[3] / "examples" / "平台导出"
HEAD = "year: 2023\ndialect: zhengzhou-2023\ndepartment: {code: '071', name: 某局, transfers: false}\n"
UNITS = "tables:\n- {file: u.csv, into: units, columns: {code: 编码, name: 名称, nature: 性质}, values: {own_books: true}}\n"


def folder(tmp_path: Path, text: str, **files: str) -> Path:
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path


def test_the_example_compiles_and_checks() -> None:
    compiled = compile_workbook(EXAMPLE)
    assert not compiled.failed
    assert sum(line.amount for line in compiled.ledger.lines if line.year == "0" and line.measure == "年初预算") == Decimal("5637400")
    assert [f.code for f in check(compiled.disclosure).findings if f.level is not Level.INFO] == []
    assert {o.at.file for o in compiled.provenance} >= {"基本支出.csv", "项目明细.csv"}


def test_amounts_are_read_in_their_unit_and_rows_by_their_words(tmp_path: Path) -> None:
    text = (
        HEAD
        + UNITS
        + "- {file: f.csv, into: figures, unit: 万元, where: {类别: [人员]},"
        + " columns: {unit: 编码, amount: 金额}, values: {year: 2022, fund: 财政拨款}}\n"
    )
    made = folder(tmp_path, text, u="编码,名称,性质\n071001,某局,行政\n", f='编码,类别,金额\n071001,人员,"1,234.56"\n071001,其他,9\n')
    book, findings = read_mapped(made)
    assert findings == ()
    assert [f.amount for f in book.figures] == [Decimal("12345600")]


def test_a_bad_value_is_a_finding_with_line_and_column(tmp_path: Path) -> None:
    text = HEAD + UNITS + "- {file: f.csv, into: figures, columns: {unit: 编码, amount: 金额}, values: {year: 2022, fund: 财政拨款}}\n"
    made = folder(tmp_path, text, u="编码,名称,性质\n071001,某局,行政\n", f="编码,金额\n071001,若干\n")
    book, findings = read_mapped(made)
    assert book.figures == ()
    assert [(f.code, f.sides[0].place.file, f.sides[0].place.line, f.sides[0].place.column) for f in findings] == [
        ("BOOK104", "f.csv", 2, 2)
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a list", "应为映射"),
        ("year: [", "不是合格的 YAML"),
        (HEAD + "colour: red\n", "不认识的键"),
        (HEAD + "tables:\n- {file: u.csv, into: nothing}\n", "没有“nothing”这一部分"),
        (HEAD + "tables:\n- {file: u.csv, into: units, columns: {code: 编码}}\n", "缺"),
        (HEAD + UNITS.replace("编码", "没有的列"), "没有列"),
        (HEAD + UNITS.replace("u.csv", "../u.csv"), "在文件夹之外"),
        (HEAD.replace("2023", "二〇二三") + UNITS, "应为年度"),
    ],
)
def test_a_wrong_map_is_answered_with_key_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(MapError, match=says):
        read_mapped(folder(tmp_path, text, u="编码,名称,性质\n071001,某局,行政\n"))


def test_a_folder_without_map_or_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_input(tmp_path)
    with pytest.raises(InputError):
        read_input(tmp_path / "nothing.xlsx")
