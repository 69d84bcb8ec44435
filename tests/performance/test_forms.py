"""The forms: every row covers every column, and the numbers stand where offices look for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingsuan.performance.evaluation import evaluate
from mingsuan.performance.evidence.binding import Cause, Chance, Explanation, Money
from mingsuan.performance.forms import TICK, Form, Said, evaluation_form, monitoring_form
from mingsuan.performance.monitoring import monitor
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan, PlannedProject
from mingsuan.performance.scoring import Spending
from tests.performance.aims import aim, shown

D = Decimal
AIMS = (aim("产出指标", "数量", "100次"), aim("效益指标", "效果", "明显"), aim("产出指标", "接通率", "≥98%", "质量"))
PLAN = Plan("某局", 2023, None, AIMS[:1], (PlannedProject("热线", D(200_000), AIMS, "平稳运行", "某中心"),), goal="履职到位")
VALUES = dict([shown("数量", 50, "次"), shown("效果", "明显"), shown("接通率", 97, "%")])
SAID = Said(
    {keyed("热线"): {Money.APPROPRIATION: Spending(D(200_000), None, D(90_000))}},
    {keyed("热线"): "已平稳运行"},
    {(keyed("热线"), keyed("接通率")): Explanation("热线", "接通率", "人手不足", Cause.PEOPLE, Chance.NO)},
)
SPENT = {keyed("热线"): Spending(D(200_000), D(180_000), D(90_000))}


def grid(form: Form) -> list[list[str]]:
    """The form with the text of every cell in all places that it covers, as a check that nothing overlaps or is left out."""
    rows: list[list[str | None]] = [[None] * len(form.widths) for _ in form.rows]
    for number, cells in enumerate(form.rows):
        column = 0
        for cell in cells:
            while rows[number][column] is not None:
                column += 1
            for row in range(number, number + cell.down):
                for covered in range(column, column + cell.across):
                    assert rows[row][covered] is None
                    rows[row][covered] = cell.text
    found = [[text for text in row if text is not None] for row in rows]
    assert all(len(row) == len(form.widths) for row in found)
    return found


def evaluation(name: str) -> list[list[str]]:
    found = evaluate(PLAN, {keyed("热线"): VALUES}, SPENT)
    (one,) = (e for e in found.scored if e.name == name)
    return grid(evaluation_form(one, PLAN, SAID))


def monitoring(name: str, at: date = date(2023, 6, 30)) -> list[list[str]]:
    found = monitor(PLAN, {keyed("热线"): VALUES}, SPENT, at)
    (one,) = (p for p in found.projects if p.name == name)
    return grid(monitoring_form(one, found, SAID))


def test_the_evaluation_form_of_a_project() -> None:
    rows = evaluation("热线")

    assert rows[1][1:] == ["某局"] * 3 + ["实施单位"] + ["某中心"] * 4
    assert rows[3][3:] == ["20.00", "18.00", "9.00", "10.00", "50.00%", "5.00"]
    assert rows[4][1:] == ["其中：财政拨款"] * 2 + ["20.00", "20.00", "9.00", "—", "45.00%", "—"]
    assert rows[8][1:] == ["平稳运行"] * 4 + ["已平稳运行"] * 4
    assert [row[3] for row in rows[10:13]] == ["数量", "接通率", "效果"]  # those of one level beside each other
    assert rows[11][4:7] == ["≥98%", "97%", "25.00"]
    assert rows[11][8] == "人手不足"
    assert rows[-1][0] == "总分"


def test_the_evaluation_form_of_the_department() -> None:
    rows = evaluation("")

    assert rows[0][:2] == ["部门名称", "某局"]
    assert rows[7][1] == "履职到位"


def test_the_monitoring_form() -> None:
    rows = monitoring("热线")

    assert rows[2][4:] == ["年初预算数"] * 2 + ["1—6月执行数"] * 3 + ["1—6月执行率"] * 3 + ["全年预计执行数"] * 5
    causes, chances = (rows[9][7:12], rows[9][13:16])
    assert (causes, chances) == (list(Cause), list(Chance))
    row = next(row for row in rows if row[3] == "接通率")
    assert [causes[n] for n in range(5) if row[7 + n] == TICK] == [Cause.PEOPLE]
    assert [chances[n] for n in range(3) if row[13 + n] == TICK] == [Chance.NO]
    assert row[12] == "人手不足"
    assert row[16].startswith("黄灯：")


@pytest.mark.parametrize(("at", "span"), [(date(2023, 6, 30), "1—6月"), (date(2023, 7, 15), "1月1日—7月15日")])
def test_the_months_of_a_monitoring(at: date, span: str) -> None:
    assert f"{span}执行情况" in monitoring("", at)[7]
