"""Books become ledgers, tables and sentences that agree with each other and with a calculation by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mingsuan import check
from mingsuan.compiling import Compiled, compile_book
from mingsuan.compiling.book import Book, BudgetStage, CarryOut, Figure, QuotaLine, StageFigure, Transfer
from mingsuan.compiling.stages import moves
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Level, Row
from mingsuan.synth.books import random_book
from tests.compiling.hand import hand_book

SAMPLE = {
    "zhengzhou-2021": (0, 7),
    "zhengzhou-2023": (2, 7),
    "sanmenxia-2023": (0, 10),
    "luohe-2024": (4, 8),
    "shanghai-budget": (1, 6),
}
"""Seeds of small departments; `bench.compiling` takes many of any size."""
D = Decimal


def grave(disclosure: Disclosure) -> list[str]:
    return [f"{f.code} {f.message}" for f in check(disclosure).findings if f.level is not Level.INFO]


def printed(compiled: Compiled, kind: str, row: str, column: str) -> str:
    """The digits of a cell, its row called by a text or code that it prints."""
    table = next(t for t in compiled.disclosure.tables if t.kind == kind)
    path = next(c.path for c in table.columns if c.path == column)
    found = next(r for r in table.rows if row in words(r))
    return found.text(path)


def words(row: Row) -> set[str]:
    key = row.key
    codes = {key.function, key.department, key.unit} if key is not None else set()
    return {c.text for c in row.cells.values()} | {c for c in codes if c}


def said(compiled: Compiled) -> str:
    return "\n".join(s.text for s in compiled.disclosure.sections)


@pytest.mark.parametrize(("dialect", "seed"), [(name, seed) for name, seeds in SAMPLE.items() for seed in seeds])
def test_what_random_books_compile_to_checks_without_error_or_warning(dialect: str, seed: int) -> None:
    compiled = compile_book(random_book(load(dialect), seed))
    assert not compiled.failed, compiled.findings
    assert grave(compiled.disclosure) == []
    assert len(compiled.provenance) == len(compiled.ledger.lines)


def test_a_department_prints_what_was_worked_out_by_hand() -> None:
    compiled = compile_book(hand_book())
    assert compiled.findings == ()
    assert grave(compiled.disclosure) == []
    for kind, row, column, digits in (
        ("general_budget_expenditure", "合计", "合计", "147.19"),
        ("general_budget_expenditure", "001001", "合计", "121.69"),
        ("general_budget_expenditure", "2010301", "基本支出/公用经费/商品和服务支出", "11.40"),
        ("general_budget_expenditure", "2010302", "项目支出/其他运转类", "40.69"),
        ("general_budget_basic_expenditure", "30101", "本年一般公共预算基本支出/人员经费", "60.00"),
        ("economic_classification_summary", "30199", "合计", "39.94"),
        ("three_public_expenses", "5.40", "“三公”经费合计", "5.40"),
        ("revenue_overview", "001002", "总计", "25.50"),
    ):
        assert printed(compiled, kind, row, column) == digits, (kind, row, column)
    text = said(compiled)
    for sentence in (
        "收入总计147.19万元，支出总计147.19万元，与2022年相比，收入减少3.71万元，下降2.46%",
        "主要原因是项目按实际需要核减",
        "人员经费93.60万元，占87.89%；公用经费12.90万元，占12.11%",
        "“三公”经费预算5.40万元",
        "机构运行经费支出预算11.40万元",
        "服务大厅运行经费40.69万元，比上年预算减少7.31万元，主要原因是核减了加班天数",
        "2022年预算安排48.00万元，支出47.00万元，预计年底结余1.00万元",
        "16人×260元×8天×12月=39.94万元",
        "共有车辆2辆，其中：一般公务用车2辆",
        "共有编制18人，其中：行政编制12人，事业编制6人",
    ):
        assert sentence in text, sentence


def test_pay_follows_the_nature_of_the_post_and_projects_that_of_the_unit() -> None:
    compiled = compile_book(hand_book())
    pairs = {
        (line.unit, line.department): line.government for line in compiled.ledger.lines if line.year == "0" and line.measure == "年初预算"
    }
    assert pairs["001001", "30101"] == "50101"
    assert pairs["001002", "30101"] == "50501"
    assert pairs["001001", "30199"] == "50199"
    assert pairs["001001", "31002"] == "50306"


def test_changing_one_salary_changes_every_table_and_sentence_that_depends_on_it() -> None:
    book = hand_book()
    raised = replace(book, people=(replace(book.people[0], standard=D(5500)), *book.people[1:]))
    before, after = compile_book(book), compile_book(raised)
    # The raise turns a decrease into an increase; the reason that the book gives is its author's to rewrite, and he is told.
    assert [said[:6] for said in grave(after.disclosure)] == ["NAR122"]
    for kind, row, column, was, now in (
        ("revenue_expenditure_overview", "本年收入合计", "收入/金额", "147.19", "153.19"),
        ("revenue_overview", "001001", "总计", "121.69", "127.69"),
        ("expenditure_overview", "2010301", "基本支出/人员经费/工资福利支出", "60.00", "66.00"),
        ("general_budget_expenditure", "2010301", "基本支出/人员经费/工资福利支出", "60.00", "66.00"),
        ("general_budget_basic_expenditure", "30101", "本年一般公共预算基本支出/人员经费", "60.00", "66.00"),
        ("economic_classification_summary", "30101", "合计", "60.00", "66.00"),
        ("overall_performance", "部门预算总额（万元）", "预算情况/金额", "147.19", "153.19"),
    ):
        assert (printed(before, kind, row, column), printed(after, kind, row, column)) == (was, now), kind
    text = said(after)
    assert "收入总计153.19万元" in text
    assert "收入增加2.29万元" in text
    assert "基本支出112.50万元" in text
    assert "人员经费99.60万元" in text
    assert "项目支出40.69万元" in text
    unchanged = ("three_public_expenses", "project_expenditure", "project_performance_summary")
    assert all(before.disclosure.of_kind(k) == after.disclosure.of_kind(k) for k in unchanged)


def test_changing_one_cost_line_changes_the_project_its_tables_and_its_sentences() -> None:
    book = hand_book()
    fewer = replace(book, costs=(replace(book.costs[0], times=D(6)), *book.costs[1:]))
    after = compile_book(fewer)
    assert grave(after.disclosure) == []
    assert printed(after, "general_budget_expenditure", "2010302", "项目支出/其他运转类") == "30.70"
    assert printed(after, "project_expenditure", "服务大厅运行经费", "合计") == "30.70"
    assert printed(after, "economic_classification_summary", "30199", "合计") == "29.95"
    text = said(after)
    assert "16人×260元×6天×12月=29.95万元" in text
    assert "服务大厅运行经费30.70万元，比上年预算减少17.30万元" in text
    assert "收入总计137.20万元" in text
    assert "涉及预算拨款30.70万元" in text


def test_without_last_year_nothing_is_said_of_changes() -> None:
    book = hand_book()
    compiled = compile_book(replace(book, figures=()))
    assert [f.code for f in compiled.findings] == ["BOOK219"]
    text = said(compiled).replace("比上年预算减少", "")
    assert "2022年相比" not in text
    assert "持平" not in text
    assert grave(compiled.disclosure) == []


def test_a_project_is_told_to_be_new_only_where_last_year_is_known_of_others() -> None:
    book = replace(hand_book(), dialect="zhengzhou-2023")
    (known,) = [p for p in book.projects if p.last_budget is not None][:1]
    new = replace(known, code=known.code[:-1] + "9", name="新设平台经费", last_budget=None, last_spent=None)
    costs = (*book.costs, *(replace(c, project=new.code) for c in book.costs if c.project == known.code))
    assert "年新增" in said(compile_book(replace(book, projects=(known, new), costs=costs)))
    unknown = replace(known, last_budget=None, last_spent=None)
    assert "年新增" not in said(compile_book(replace(book, projects=(unknown, new), costs=costs)))


def test_more_than_a_control_figure_is_fatal() -> None:
    book = replace(
        hand_book(),
        stages=(BudgetStage("一上", date(2022, 8, 10)), BudgetStage("一下", date(2022, 10, 20), "郑财预〔2022〕8号")),
        limits=(
            StageFigure("一上", "001", D(1_500_000)),
            StageFigure("一下", "001", D(1_471_860)),
            StageFigure("一下", "001001", D(406_859), project="41010023001"),
        ),
    )
    compiled = compile_book(book)
    fatal = [f for f in compiled.findings if f.level is Level.ERROR]
    assert [f.code for f in fatal] == ["BOOK222"]
    assert "超出1.00元" in fatal[0].message
    assert compiled.failed
    kept = replace(book, limits=(*book.limits[:2], replace(book.limits[2], amount=D(406_860))))
    assert not compile_book(kept).failed


def test_stages_tell_how_each_differs_from_the_one_before() -> None:
    book = replace(hand_book(), limits=(StageFigure("一上", "001", D(1_600_000)), StageFigure("一下", "001", D(1_500_000))))
    told = list(moves(book, load(book.dialect)))
    assert [(before, after, [m.difference for m in changes]) for before, after, changes in told] == [
        ("一上", "一下", [D(-100_000)]),
        ("一下", "本预算", [D(-28_140)]),
    ]


def test_transfers_are_told_by_county_or_denied_outright() -> None:
    book = hand_book()
    assert "没有负责管理的专项转移支付项目" in said(compile_book(book))
    passed = replace(
        book,
        department=replace(book.department, transfers=True),
        transfers=(Transfer("41010023001", "示例县", D(100_000)), Transfer("41010023001", "样板区", D(50_000))),
    )
    compiled = compile_book(passed)
    assert grave(compiled.disclosure) == []
    assert "服务大厅运行经费：示例县10.00万元；样板区5.00万元" in said(compiled)
    assert "下达县（市、区）15.00万元" in said(compiled)
    assert compile_book(replace(passed, transfers=())).failed
    assert compile_book(replace(book, department=replace(book.department, transfers=None))).failed


def wrong(book: Book, **parts: object) -> list[tuple[str, Level]]:
    changed = replace(book, **parts)  # type: ignore[arg-type] # any field of a book
    return [(f.code, f.level) for f in compile_book(changed).findings]


def test_what_cannot_be_is_a_finding() -> None:
    book = hand_book()
    pay, quota, cost, project = book.people[0], book.quotas[0], book.costs[0], book.projects[0]
    error, warning = Level.ERROR, Level.WARNING
    assert ("BOOK205", error) in wrong(book, people=(replace(pay, unit="999001"),))
    assert ("BOOK206", error) in wrong(book, costs=(replace(cost, project="nobody"),))
    assert ("BOOK207", error) in wrong(book, people=(replace(pay, fund="彩票公益金"),))
    assert ("BOOK208", error) in wrong(book, people=(replace(pay, function="201030"),))
    assert ("BOOK209", warning) in wrong(book, people=(replace(pay, function="2019977"), *book.people[1:]))
    assert ("BOOK204", error) in wrong(book, projects=(project, project))
    assert ("BOOK211", error) in wrong(book, quotas=(replace(quota, standard=D(-1)),))
    assert ("BOOK213", error) in wrong(book, projects=(replace(project, service=D(10**9)),))
    assert ("BOOK214", error) in wrong(book, projects=(replace(project, last_budget=D(1)),))
    assert ("BOOK216", error) in wrong(book, costs=(replace(cost, year=2030), *book.costs))
    assert ("BOOK216", error) in wrong(book, figures=(*book.figures, Figure(2023, "001001", D(1), "财政拨款")))
    assert ("BOOK202", error) in wrong(book, units=(replace(book.units[0], code="777001"), book.units[1]))
    assert ("BOOK001", error) in wrong(book, dialect="nowhere-1999")
    shanghai = replace(random_book(load("shanghai-budget"), 1))
    assert ("BOOK217", error) in wrong(shanghai, carried=(CarryOut(shanghai.units[0].code, "一般公共预算", D(1)),))


def test_a_stated_operating_cost_replaces_the_computed_one() -> None:
    book = hand_book()
    stated = Figure(2023, "001001", D(129_000), "财政拨款", "机关运行经费", kind="公用经费")
    assert "机构运行经费支出预算12.90万元" in said(compile_book(replace(book, figures=(*book.figures, stated))))


def test_nothing_is_said_of_a_change_of_what_nobody_stated_of_last_year() -> None:
    book = hand_book()
    assert "机构运行经费" in said(compile_book(book))
    line = next(t for t in said(compile_book(book)).split("\n") if "机构运行经费支出预算" in t)
    assert "比2022年" not in line and "持平" not in line
    last = Figure(2022, "001001", D(100_000), "财政拨款", "机关运行经费", kind="公用经费")
    assert "比2022年预算增加1.40万元" in said(compile_book(replace(book, figures=(*book.figures, last))))


def test_a_quota_may_state_its_government_class() -> None:
    book = hand_book()
    own = QuotaLine("001001", "特例", "定额", D(1), D(100), "30201", "2010301", "财政拨款", government="50299")
    line = next(li for li in compile_book(replace(book, quotas=(own,))).ledger.lines if li.department == "30201" and li.year == "0")
    assert line.government == "50299"
