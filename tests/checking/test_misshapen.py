"""Tables whose cells show that they were not read in their printed columns, and those that merely hold a slip."""

from __future__ import annotations

from mingsuan.checking.misshapen import misshapen
from mingsuan.model import Cell, CellKind, Column, Row, Table


def table(*lines: tuple[str, str], title: str = "收支总表", form: str | None = "预算数", kind: str = "revenue_overview") -> Table:
    columns = (Column("项目", CellKind.KEY, "项目"), Column("金额", CellKind.AMOUNT, form))
    rows = tuple(Row(cells={"项目": Cell(name), "金额": Cell(amount)}) for name, amount in lines)
    return Table(kind, title, "万元", columns, rows, decimals=2)


SOUND = (("一、事业收入", "1,195.06"), ("收入总计", "1,195.06"))


def test_a_table_in_its_printed_columns_is_none() -> None:
    assert not misshapen(table(*SOUND))


def test_amounts_that_stand_in_one_cell_with_names_or_amounts_show_columns_that_ran_together() -> None:
    assert misshapen(table(("1195.06一、社会保障和就业支出", ""), ("合计", "1195.061195.06")))
    assert misshapen(table(("湘源县应急管理局10.91", ""), ("合计10.91", "")))


def test_one_such_cell_is_a_slip() -> None:
    assert not misshapen(table(*SOUND, ("合计", "7.817.81")))


def test_a_name_that_ends_in_a_number_is_a_name() -> None:
    assert not misshapen(table(("购置设备2.00", "1.00"), ("12.50万元以上项目", "2.00")))


def test_an_amount_whose_last_digit_stands_on_the_next_line_broke_over_two() -> None:
    assert misshapen(table(("合计", "2983.0"), ("", "9"), ("农林水支", "1629.8"), ("出", "6")))
    assert not misshapen(table(("合计", "2983.00"), ("人数", "9"), ("农林水支出", "1629.80"), ("户数", "6")))


def test_an_untitled_table_with_amounts_that_its_form_does_not_know_is_another() -> None:
    assert misshapen(table(*SOUND, title="", form=None))
    assert not misshapen(table(*SOUND, title="", form="预算数"))
    assert not misshapen(table(*SOUND, form=None))


def test_what_tables_of_targets_print_tells_nothing() -> None:
    assert not misshapen(table(*SOUND, title="", form=None, kind="project_performance_form"))
