"""A real disclosure that lost its grid, held against what was read of it by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.model import Disclosure
from mingsuan.reading.read import read
from tests.reading.dumps import HENAN, amounts, table

SEED = next(iter((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("002_*.txt")), None)

BY_FUNCTION = [
    ("", "3337.84", "3018.04", "2306.51", "456.23", "255.30", "", "319.80", "319.80"),
    ("", "3337.84", "3018.04", "2306.51", "456.23", "255.30", "", "319.80", "319.80"),
    ("2010301", "2706.73", "2386.93", "1751.03", "388.85", "247.05", "", "319.80", "319.80"),
    ("2080501", "87.46", "87.46", "14.56", "64.66", "8.25", "", "", ""),
    ("2080505", "226.04", "226.04", "226.04", "", "", "", "", ""),
    ("2080801", "2.72", "2.72", "", "2.72", "", "", "", ""),
    ("2101101", "118.59", "118.59", "118.59", "", "", "", "", ""),
    ("2210201", "196.30", "196.30", "196.30", "", "", "", "", ""),
]
"""By hand from lines 521–539 and 656–674: function class, 合计, 基本支出 小计, 301, 303, 302, 310, 项目支出 小计, 其他运转类."""
PERSONNEL = "30102 30103 30103 30101 30399 30199 30107 30302 30302 30229 30239 30112 30301 30108 30304 30110 30113"
OPERATING = "30239 30228 30299 30202 30217 30207 30211 30201 30213"
"""Classes under 人员经费 and under 公用经费 by hand: 2,894.27 and 123.77 can only be made so with 301 and 303 under the first."""


@pytest.fixture(scope="module")
def seed() -> Disclosure:
    if SEED is None:
        pytest.skip("../shared/seeds is absent")
    return read(SEED)


def test_seed_002_is_read_whole(seed: Disclosure) -> None:
    assert seed.dialect == "sanmenxia-2023"
    assert [t.kind for t in seed.tables] == [d.kind for d in HENAN.tables]
    assert seed.unrecognised == ()


def test_seed_002_loses_no_character_of_its_tables(seed: Disclosure) -> None:
    """Whatever stands in a line of a table's body is in one of its cells, but for labels that a page break reprints."""
    assert SEED is not None
    printed = SEED.read_text(encoding="utf-8").split("\n")
    for found in seed.tables:
        if found.kind == "overall_performance":
            continue
        places = [c.place for row in found.rows for c in row.cells.values()]
        first, last = min(p.line or 0 for p in places), max(p.end_line or p.line or 0 for p in places)
        whole = "".join("".join(line.split()) for line in printed[first - 1 : last])
        cells = "".join(c.text for row in found.rows for c in row.cells.values())
        assert sorted(whole.replace(",", "")) == sorted(cells.replace(",", ""))


@pytest.mark.parametrize("kind", ["expenditure_overview", "general_budget_expenditure"])
def test_seed_002_by_function(seed: Disclosure, kind: str) -> None:
    found = table(seed, kind)
    columns = [c.path for c in found.columns if c.kind == "amount"][:8]
    read_rows = [((r.key and r.key.function) or "", *(r.text(c) for c in columns)) for r in found.rows]
    assert read_rows == BY_FUNCTION


def test_seed_002_by_economic_class(seed: Disclosure) -> None:
    found = table(seed, "general_budget_basic_expenditure")
    rows = [(r.key.department, r) for r in found.rows if r.key]
    group = "本年一般公共预算基本支出"
    assert " ".join(code or "" for code, row in rows if row.text(f"{group}/人员经费")) == PERSONNEL
    assert " ".join(code or "" for code, row in rows if row.text(f"{group}/公用经费")) == OPERATING


def test_seed_002_three_public_expenses_follow_the_narrative(seed: Disclosure) -> None:
    wanted = {"“三公”经费合计": "11.50", "公务用车购置及运行费/小计": "10.00", "公务用车运行费": "10.00", "公务接待费": "1.50"}
    assert amounts(table(seed, "three_public_expenses")) == [wanted]


def test_seed_002_projects(seed: Disclosure) -> None:
    found = table(seed, "project_expenditure")
    names = [r.text("项目名称") for r in found.rows]
    assert names[3] == "2023调研、督查、行政复议、党务、水费等业务费"
    assert {r.key.unit for r in found.rows[2:] if r.key} == {"103001"}
    assert [set(row) for row in amounts(found)] == [{"合计", "一般公共预算"}] * 11
