"""A published cell leads back to the people, quotas and cost lines that it is made of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mingsuan.compiling import compile_book, compile_workbook, write_book
from mingsuan.compiling.bundle import Bundle, NoLedgerError, bundle_from_json, bundle_of, bundle_to_json
from mingsuan.compiling.last_year import WrongYearError
from mingsuan.compiling.tracing import UnknownCellError, trace
from mingsuan.dialects.dialect import load
from mingsuan.model.json import disclosure_from_json, disclosure_to_json
from mingsuan.synth.books import random_book
from tests.compiling.hand import hand_book


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    path = tmp_path_factory.mktemp("trace") / "b.xlsx"
    write_book(hand_book(), load("zhengzhou-2023"), path)
    return bundle_of(compile_workbook(path))


def test_a_cell_leads_to_the_rows_of_the_workbook(bundle: Bundle) -> None:
    found = trace(bundle, "general_budget_expenditure!2010301!基本支出/公用经费/商品和服务支出")
    assert found.exact == 114_000
    assert [(str(o.at.sheet), o.at.cell, o.label, o.formula) for _, o in found.parts] == [
        ("公用定额", "A4", "办公费", "10×6000元（按人）"),
        ("公用定额", "A6", "公务用车运行维护费", "2×23000元（按车）"),
        ("公用定额", "A5", "公务接待费", "1×8000元（定额）"),
    ]


def test_a_project_leads_to_its_cost_lines(bundle: Bundle) -> None:
    found = trace(bundle, "project_expenditure!服务大厅运行经费!合计")
    assert [o.formula for _, o in found.parts] == ["16人×260元×8天×12月", "3台×2500元"]
    assert {o.what for _, o in found.parts} == {"项目测算"}


def test_cells_may_be_named_by_number_title_and_words(bundle: Bundle) -> None:
    table = next(t for t in bundle.disclosure.tables if t.kind == "general_budget_expenditure")
    row = next(n for n, r in enumerate(table.rows) if any(c.text == "合计" for c in r.cells.values()))
    column = next(n for n, c in enumerate(table.columns) if c.path == "合计")
    alike = {
        trace(bundle, name).exact
        for name in (
            f"general_budget_expenditure!R{row + 1}C{column + 1}",
            "一般公共预算支出情况表!合计!合计",
            "general_budget_expenditure!R1!合计",
        )
    }
    assert alike == {1_471_860}


@pytest.mark.parametrize(
    "name",
    [
        "nothing!R1C1",
        "three_public_expenses",
        "three_public_expenses!R9C1",
        "three_public_expenses!R1C99",
        "revenue_overview!合计!没有这列",
    ],
)
def test_a_name_that_means_nothing_is_answered_with_what_there_is(bundle: Bundle, name: str) -> None:
    with pytest.raises(UnknownCellError):
        trace(bundle, name)


@pytest.mark.parametrize("dialect", ["sanmenxia-2023", "shanghai-budget"])
def test_every_printed_amount_is_the_sum_of_what_it_leads_to(dialect: str) -> None:
    made = bundle_of(compile_book(random_book(load(dialect), 1)))
    for number, table in enumerate(made.disclosure.tables):
        which = [t.kind for t in made.disclosure.tables[: number + 1]].count(table.kind)
        for row, column, cell in list(table.amounts())[:2]:
            place = next(n for n, c in enumerate(table.columns) if c.path == column.path)
            found = trace(made, f"{table.kind}#{which}!R{row + 1}C{place + 1}")
            assert cell.amount is not None
            assert found.shared > 1 or abs(found.exact - cell.amount.yuan) <= cell.amount.half


def test_the_compiled_json_is_a_disclosure_and_keeps_its_ledger() -> None:
    compiled = compile_book(hand_book())
    data = json.loads(json.dumps(bundle_to_json(compiled)))
    back = bundle_from_json(data)
    assert back == bundle_of(compiled)
    assert disclosure_from_json(data) == compiled.disclosure
    with pytest.raises(NoLedgerError):
        bundle_from_json(disclosure_to_json(compiled.disclosure))


def test_every_line_has_an_origin_with_a_place(bundle: Bundle) -> None:
    assert len(bundle.provenance) == len(bundle.ledger.lines)
    assert all(o.at.sheet and o.at.cell for o in bundle.provenance)


def test_trace_reads_what_compile_wrote(tmp_path: Path) -> None:
    from mingsuan.cli.main import main

    book, out = tmp_path / "b.xlsx", tmp_path / "b.json"
    write_book(hand_book(), load("zhengzhou-2023"), book)
    assert main(["compile", str(book), "-o", str(out)]) == 0
    assert main(["trace", str(out), "three_public_expenses!R1C1"]) == 0
    assert main(["trace", str(out), "nothing!R1C1"]) == 2


def test_last_years_compiled_budget_gives_last_years_figures(tmp_path: Path) -> None:
    last = compile_book(replace(hand_book(), year=2022, figures=(), costs=tuple(replace(c, year=2022) for c in hand_book().costs)))
    path = tmp_path / "b.xlsx"
    write_book(replace(hand_book(), figures=()), load("zhengzhou-2023"), path)
    with pytest.raises(WrongYearError):
        compile_workbook(path, bundle_of(compile_book(hand_book())))
    compiled = compile_workbook(path, bundle_of(last))
    text = "".join(s.text for s in compiled.disclosure.sections)
    assert "与2022年持平" in text or "与2022年预算持平" in text
