"""Findings do not contradict each other: one wrong number is put right once, and what is not certain is not said to be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

from mingsuan import check
from mingsuan.amounts import Amount
from mingsuan.checking.roots.failing import Failing
from mingsuan.checking.roots.kin import kindred
from mingsuan.checking.telling.claims import claim_side
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Identity, Sort, Violation
from mingsuan.model import CellKind, Disclosure, Finding, Level
from mingsuan.model.claims import Role
from mingsuan.places import NOWHERE
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text
from tests.checking import builders

NAME = "zhengzhou-2023"


@cache
def _made() -> Disclosure:
    return random_disclosure(load(NAME), 12)


def _printed(made: Disclosure) -> str:
    return as_text(made, load(NAME))


def _read(text: str) -> Disclosure:
    return read(text.encode(), name="甲.txt")


def _new(text: str) -> list[Finding]:
    """What is found in a text and not in the sound one."""
    known = {f.message for f in check(_read(_printed(_made()))).findings}
    return [f for f in check(_read(text)).findings if f.message not in known]


def _narrative(text: str, old: str, new: str, count: int = -1) -> str:
    """A text with something else in its narrative, the tables left as they are."""
    first = text.index("\t")
    return text[:first].replace(old, new, count) + text[first:]


def _total() -> str:
    claim = next(c for c in _read(_printed(_made())).claims if c.measure == "收入总计")
    return claim.text


def test_a_number_that_is_wrong_wherever_the_text_says_it_is_one_error_of_the_text() -> None:
    text = _printed(_made())
    stated = Counter(c.text for c in _read(text).claims if c.role is Role.AMOUNT and c.value)
    number, times = stated.most_common(1)[0]
    found = [f for f in _new(_narrative(text, number, f"{Decimal(number) * 2 + 7}")) if f.level is Level.ERROR]
    assert [f.code for f in found] == ["FIG105"], [f.message for f in found]
    (only,) = found
    assert times > 2
    assert Decimal(only.expected.replace(",", "").removesuffix("万元")) == Decimal(number)
    assert f"等{times}处" in only.message
    assert f"这{times}处" in only.fix
    assert only.sides[1].label.startswith("《"), "the table that it is compared with stands beside the first"


def test_a_rate_that_follows_from_the_number_of_the_table_is_not_to_be_changed_with_it() -> None:
    total = _total()
    found = {f.code: f for f in _new(_narrative(_printed(_made()), total, f"{Decimal(total) * 2 + 7}"))}
    assert found["FIG105"].level is Level.ERROR
    assert found["NAR101"].level is Level.WARNING
    assert found["NAR101"].fix.startswith("先核对")
    assert "不必改" in found["NAR101"].fix


def _without_project(made: Disclosure) -> tuple[Disclosure, Amount]:
    number = next(n for n, t in enumerate(made.tables) if t.kind == "project_performance_summary")
    table = made.tables[number]
    row = next(n for n, r in enumerate(table.rows) if r.key and r.key.project)
    amount = next(c.amount for c in table.rows[row].cells.values() if c.amount and c.amount.yuan)
    again = [n for n, r in enumerate(table.rows) if r.key and r.key.project == table.rows[row].key.project]  # type: ignore[union-attr]
    return made.with_table(number, replace(table, rows=tuple(r for n, r in enumerate(table.rows) if n not in again))), amount


def test_what_is_apart_by_the_amount_of_a_project_that_a_list_lacks_is_an_error_of_its_own() -> None:
    lacking, amount = _without_project(_made())
    text = _printed(lacking)
    total = _total()
    wrong = f"{Decimal(total) + amount.in_unit}"
    found = {f.code: f for f in _new(_narrative(text, total, wrong, 1)) if f.code.startswith("FIG1")}
    assert sorted(found) == ["FIG104", "FIG105"], [f.message for f in found.values()]
    assert "《2023年项目支出预算表》列有而此表没有的有1项" in found["FIG104"].message
    assert "补列这1项" in found["FIG104"].fix


def test_a_sum_beyond_its_total_lacks_no_rows() -> None:
    lacking, _ = _without_project(_made())
    number = next(n for n, t in enumerate(lacking.tables) if t.kind == "expenditure_overview")
    table = lacking.tables[number]
    row = next(n for n, r in enumerate(table.rows) if r.key and len(r.key.function or "") == 7)
    for column in table.columns:
        cell = table.rows[row].cells.get(column.path)
        if column.kind is CellKind.AMOUNT and cell and cell.amount and cell.amount.yuan:
            table = table.with_cell(row, column.path, replace(cell, value=replace(cell.amount, yuan=cell.amount.yuan + 100_000)))
    found = _new(_printed(lacking.with_table(number, table)))
    assert [f.message.partition("》")[0].removeprefix("《") for f in found if f.code == "FIG104"] == [
        next(t.title for t in _read(_printed(lacking)).tables if t.kind == "project_performance_summary")
    ]


def _figure(text: str) -> Figure:
    return Figure((), Amount(Decimal(text) * 10000, "万元", 2), f"《表》·{text}", NOWHERE)


def test_prints_of_one_quantity_with_two_last_digits_are_one_remark() -> None:
    figures = tuple(map(_figure, ("236.63", "236.64", "236.63", "12.00", "12.01")))

    def apart(left: int, right: int) -> Cause:
        return Cause((Violation(Identity(Sort.EQUAL, (left,), (right,), ""), Decimal(-100), Decimal(100)),))

    assert len(kindred(Failing(figures, [apart(0, 1), apart(1, 2)]))) == 1
    assert len(kindred(Failing(figures, [apart(0, 1), apart(3, 4)]))) == 2


TOLD = "收入预算3306.17万元，与2022年预算相比减少136.48万元，下降3.96%。支出预算3306.17万元，与2022年预算相比{}136.48万元，下降3.96%。"
AGAIN = TOLD.format("减少") + "财政拨款预算3306.17万元，与2022年预算相比{}136.48万元，下降3.96%。"


def test_a_direction_that_the_other_sentences_put_right_is_told_once() -> None:
    said = builders.disclosure(sections=builders.narrative(AGAIN.format("增加")))
    assert [f.expected for f in builders.findings("NAR125", said)] == ["减少136.48万元"]
    assert not builders.findings("NAR102", said)


def test_a_direction_that_only_its_rate_contradicts_is_still_told() -> None:
    said = builders.disclosure(sections=builders.narrative(TOLD.format("减少").replace("下降3.96%", "增长3.96%", 1)))
    assert len(builders.findings("NAR102", said)) == 1


def test_an_old_year_before_the_amount_of_this_year_is_told_once() -> None:
    overview = builders.table("revenue_overview", ["总计"], [["3306.17"]])
    said = builders.disclosure(overview, sections=builders.narrative("2022年收入总计3306.17万元。"))
    assert len(builders.findings("TEXT124", said)) == 1
    assert not builders.findings("TEXT120", said)
    other = builders.disclosure(overview, sections=builders.narrative("2022年收入总计3100.00万元。"))
    assert len(builders.findings("TEXT120", other)) == 1


def test_targets_that_only_say_which_way_are_one_finding() -> None:
    said = builders.disclosure(builders.indicators(("提高办事效率", "提高"), ("保障运转", "保障"), ("安全达标", "达到省定标准")))
    way, standard = builders.findings("PERF127", said)
    assert way.message == "2个指标的目标值无法衡量：“提高”“保障”只说方向，没有写到什么程度"
    assert len(way.sides) == 2
    assert standard.message.startswith("指标“安全达标”的目标值无法衡量")


def test_a_part_of_a_list_is_quoted_without_the_parts_before_it() -> None:
    said = builders.disclosure(sections=builders.narrative("政府采购预算300万元，其中：货物预算30万元、工程预算0万元、服务预算0万元。"))
    assert [claim_side(c).text for c in said.claims][-2:] == ["“工程预算0万元”", "“服务预算0万元”"]


def test_a_whole_that_its_parts_do_not_make_up_may_be_right_itself() -> None:
    said = builders.disclosure(sections=builders.narrative("政府采购预算300万元，其中：货物预算30万元、工程预算0万元、服务预算0万元。"))
    (only,) = builders.findings("NAR106", said)
    assert only.expected == "30万元，或更正分项"
