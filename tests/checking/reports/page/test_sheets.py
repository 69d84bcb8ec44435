"""Pages with findings are carried once, within bounds, and never with names and numbers of persons."""

from __future__ import annotations

import pytest

from mingsuan.checking.reports.page import sheets as module
from mingsuan.checking.reports.page.excerpts import Excerpts
from mingsuan.checking.reports.page.sheets import sheets
from mingsuan.checking.reports.page.views import views
from mingsuan.checking.reports.pictures import spots
from mingsuan.checking.summary import summary
from mingsuan.model import Disclosure, Report, Side
from mingsuan.places import Place
from tests.checking.reports.page.samples import FILE, cell_place, disclosure, finding, table
from tests.reading.formats.pdf.build import Sheet, pdf

ROWS = [["合计", "7.00"], *([f"第{n}项", f"{n}.00"] for n in range(1, 20))]


def side(page: int, top: float = 100.0) -> Side:
    return Side(Place(FILE, page, (50.0, top, 90.0, top + 20)), "合计", f"第{page}页的7.00")


def test_a_page_of_several_findings_is_carried_once() -> None:
    found = [finding(side(2)), finding(side(2, 300.0), side(1))]
    carried = sheets(found, Disclosure(), {FILE: pdf(Sheet(), Sheet(width=842, height=595))})
    assert list(carried.found) == [(FILE, 2), (FILE, 1)]
    assert [(s.width, s.height) for s in carried.found.values()] == [(842.0, 595.0), (595.0, 842.0)]
    assert not carried.left_out | carried.withheld


@pytest.mark.parametrize("name", ["MAX_SHEETS", "MAX_BYTES"])
def test_pages_beyond_a_bound_are_left_out_and_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found, sources = [finding(side(1), side(2))], {FILE: pdf(Sheet(), Sheet())}
    size = len(next(iter(sheets(found, Disclosure(), sources).found.values())).png)
    monkeypatch.setattr(module, name, 1 if name == "MAX_SHEETS" else size)
    carried = sheets(found, Disclosure(), sources)
    assert set(carried.found) == {(FILE, 1)}
    assert carried.left_out == {(FILE, 2)}


def test_pages_with_names_and_numbers_are_withheld() -> None:
    found = table([["维修", "3.00", "张三", "13800000000"]], ["项目", "金额", "负责人", "联系电话"], page=1)
    carried = sheets([finding(side(1), side(2))], disclosure(found), {FILE: pdf(Sheet(), Sheet())})
    assert set(carried.found) == {(FILE, 2)}
    assert carried.withheld == {(FILE, 1)}


def test_a_file_that_cannot_be_drawn_is_said() -> None:
    carried = sheets([finding(side(1))], Disclosure(), {FILE: b"%PDF-1.4 damaged"})
    assert not carried.found
    assert FILE in carried.problems[0]


def test_findings_without_pages_ask_for_nothing() -> None:
    assert not sheets([finding(Side(Place("文.txt", line=3), "文", "文"))], Disclosure(), {}).found


def test_a_view_shows_the_headings_and_whole_rows_around_the_cell() -> None:
    found = table(ROWS, ["项目", "金额"], page=1)
    about = finding(Side(cell_place(15, 2, page=1), "第14项", "14.00"))
    read = disclosure(found)
    carried = sheets([about], read, {FILE: pdf(Sheet())})
    (view,) = views(spots(about), carried, Excerpts(read), summary(Report((about,)), read))
    heading, strip = view.strips
    assert (heading.box.top, heading.box.bottom) == (78.0, 121.0)
    assert not heading.marks
    assert strip.box.top % 20 == strip.box.bottom % 20 == 0
    assert strip.box.top < 400.0 < 420.0 < strip.box.bottom
    assert [mark.number for mark in strip.marks] == [1]
    assert view.whole.box.bottom == 842.0
