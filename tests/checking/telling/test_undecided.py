"""What is not decided is told in short: which cells, how many, and that a repair of several cells is one repair."""

from __future__ import annotations

from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.checking.telling.undecided import fix_of_ways, left_open
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Identity, Sort, Violation
from mingsuan.places import NOWHERE


def amount(text: str) -> Amount:
    return Amount(Decimal(text) * 10000, "万元", 2)


def figure(label: str, text: str) -> Figure:
    return Figure((), amount(text), label, NOWHERE)


FIGURES = (
    figure("《经济表》·30231公务用车·总计", "12.00"),
    figure("《经济表》·30231公务用车·财政拨款", "12.00"),
    figure("《三公表》·公务用车小计", "10.00"),
    figure("《三公表》·公务用车运行费", "10.00"),
    figure("《三公表》·合计", "11.50"),
)
DIFFER = Violation(Identity(Sort.EQUAL, (0,), (2,), ""), Decimal(20000), Decimal(100))


def test_repairs_of_several_cells_put_the_cells_of_one_amount_together_and_are_no_alternatives_of_each_other() -> None:
    up = Candidate(((2, amount("12.00")), (3, amount("12.00")), (4, amount("13.50"))), "数值不符")
    down = Candidate(((0, amount("10.00")), (1, amount("10.00"))), "数值不符")
    cause = Cause((DIFFER,), (up, down))

    assert left_open(FIGURES, cause) == (
        "有2种改法都能使各项关系成立，可能性相同："
        "（1）《三公表》“公务用车小计”等2处由10.00万元改为12.00万元，同表“合计”由11.50万元改为13.50万元；"
        "（2）《经济表》“30231公务用车”行“总计”列等2处由12.00万元改为10.00万元。"
    )
    assert fix_of_ways(cause) == "对照原始数据，从所列2种改法中确定一种，把其中各处一并改正。"


def test_cells_that_the_sentence_has_named_are_not_named_again() -> None:
    cause = Cause((DIFFER,), (Candidate(((0, amount("10.00")),), "数值不符"), Candidate(((2, amount("12.00")),), "数值不符")))

    assert left_open(FIGURES, cause) == "这2处中有一处有误，可能性相同。"
    assert fix_of_ways(cause) == ""


def test_other_cells_are_named() -> None:
    cause = Cause((DIFFER,), (Candidate(((0, amount("10.00")),), "数值不符"), Candidate(((3, amount("12.00")),), "数值不符")))

    assert left_open(FIGURES, cause).startswith("《经济表》“30231公务用车”行“总计”列、《三公表》“公务用车运行费”这2处中有一处有误")
