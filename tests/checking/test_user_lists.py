"""A user's own official list takes precedence over the bundled classifications."""

from __future__ import annotations

from pathlib import Path

from mingsuan.checking.check import check
from mingsuan.codes import load_user_list
from mingsuan.model import Cell, CellKind, Column, Disclosure, Report, Row, RowKey, Table
from mingsuan.places import Place


def _disclosure(name: str) -> Disclosure:
    columns = (Column("科目编码", CellKind.KEY), Column("科目名称", CellKind.KEY), Column("合计", CellKind.AMOUNT))
    cells = {"科目编码": Cell("2010301", Place(line=3)), "科目名称": Cell(name, Place(line=3))}
    table = Table("expenditure_overview", "支出表", "万元", columns, (Row(cells, RowKey(function="2010301")),))
    return Disclosure(department="示例办公室", year=2024, tables=(table,))


def _codes(report: Report) -> set[str]:
    return {f.code for f in report.findings}


def test_a_name_of_the_users_list_is_official_and_the_bundled_one_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "2024年功能科目.csv"
    path.write_text("code,name\n2010301,机关本级运行\n", encoding="utf-8")
    own = load_user_list(path, "function", 2024)
    assert "CODE104" in _codes(check(_disclosure("机关本级运行"), None, ("CODE",)))
    assert "CODE104" not in _codes(check(_disclosure("机关本级运行"), None, ("CODE",), (), (own,)))
    assert "CODE104" in _codes(check(_disclosure("事业运行"), None, ("CODE",), (), (own,)))
