"""A book is written as a workbook and read back the same; careless and hostile workbooks end in findings or a clear refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mingsuan.compiling import compile_workbook, empty_book, read_book, write_book
from mingsuan.compiling.book import BudgetStage, Passage, StageFigure, Transfer
from mingsuan.compiling.workbook import cells
from mingsuan.compiling.workbook.layout import DEPARTMENT, GUIDE, LISTS, SHEETS
from mingsuan.dialects.dialect import load
from mingsuan.model import Finding, Level
from mingsuan.reading.document import UnreadableFile
from mingsuan.synth.books import random_book
from tests.compiling.hand import hand_book

ZHENGZHOU = load("zhengzhou-2023")
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    write_book(hand_book(), ZHENGZHOU, path)
    return path


def changed(template: Path, folder: Path, change: Change) -> Path:
    workbook = openpyxl.load_workbook(template)
    change(workbook)
    path = folder / "changed.xlsx"
    workbook.save(path)
    return path


def found(path: Path) -> list[tuple[str, Level, str | None, str | None]]:
    return [(f.code, f.level, f.sides[0].place.sheet, f.sides[0].place.cell) for f in read_book(path)[1]]


def repacked(template: Path, folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "repacked.xlsx"
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name])
    return path


@pytest.mark.parametrize("dialect", ["zhengzhou-2021", "luohe-2024", "shanghai-budget"])
def test_books_are_read_as_they_were_written(dialect: str, tmp_path: Path) -> None:
    book = random_book(load(dialect), 4)
    write_book(book, load(dialect), tmp_path / "b.xlsx")
    assert read_book(tmp_path / "b.xlsx") == (book, ())


def test_everything_that_a_book_can_hold_is_kept(tmp_path: Path) -> None:
    book = hand_book()
    book = replace(
        book,
        department=replace(book.department, transfers=True, stock_date=date(2022, 12, 31)),
        passages=(*book.passages, Passage("名词解释", "示范工作：第一段\n第二段")),
        stages=(BudgetStage("一下", date(2022, 10, 20), "郑财预〔2022〕8号"),),
        limits=(StageFigure("一下", "001", Decimal("9999999.99"), fund="一般公共预算"),),
        transfers=(Transfer("41010023001", "示例县", Decimal("0.01")),),
        projects=(replace(book.projects[0], start=date(2023, 1, 1), end=date(2023, 12, 31), service=Decimal(10)),),
    )
    write_book(book, ZHENGZHOU, tmp_path / "b.xlsx")
    assert read_book(tmp_path / "b.xlsx") == (book, ())


def test_an_empty_workbook_asks_for_what_it_needs(tmp_path: Path) -> None:
    write_book(empty_book(ZHENGZHOU, 2), ZHENGZHOU, tmp_path / "b.xlsx")
    codes = {(c, sheet, cell) for c, _, sheet, cell in found(tmp_path / "b.xlsx")}
    assert ("BOOK108", "部门", "B6") in codes
    assert ("BOOK108", "单位", "A5") in codes
    assert compile_workbook(tmp_path / "b.xlsx").failed


def test_a_workbook_has_sheets_drop_downs_locked_formulas_and_units(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    assert workbook.sheetnames == [GUIDE, DEPARTMENT.name, *(s.name for s in SHEETS), LISTS]
    assert workbook[LISTS].sheet_state == "hidden"
    people = workbook["人员"]
    assert people.protection.sheet
    assert people["I4"].value.startswith("=IF(")
    assert people["I4"].protection.locked
    assert not people["F4"].protection.locked
    assert people["G3"].value == "＊标准（元/人·月）"
    lists = [v.formula1 for v in people.data_validations.dataValidation if v.type == "list"]
    assert any(LISTS in formula for formula in lists)
    assert openpyxl.load_workbook(template, data_only=True)["人员"]["I4"].value == 600000


def test_computed_cells_have_units_and_no_error_in_any_sheet(template: Path) -> None:
    for sheet in openpyxl.load_workbook(template, data_only=True):
        for row in sheet.iter_rows(values_only=True):
            assert not any(isinstance(v, str) and v.startswith("#") for v in row)


def test_every_careless_cell_is_a_finding_at_its_place(template: Path, tmp_path: Path) -> None:
    careless = (
        ("人员", "G4", "五千元", "BOOK104", Level.ERROR),
        ("人员", "G5", "5,000.00", "BOOK104", Level.WARNING),
        ("人员", "B6", "临时工", "BOOK112", Level.ERROR),
        ("公用定额", "D4", None, "BOOK108", Level.ERROR),
        ("公用定额", "E5", "#REF!", "BOOK105", Level.ERROR),
        ("公用定额", "E6", "=4000+1000", "BOOK105", Level.ERROR),
        ("项目测算", "K4", 600001, "BOOK106", Level.ERROR),
        ("单位", "D4", "独立", "BOOK112", Level.ERROR),
        ("编制", "C4", 1.5, "BOOK104", Level.ERROR),
        ("办理阶段", "A4", "三上", "BOOK112", Level.ERROR),
        ("项目", "D3", "类别", "BOOK102", Level.ERROR),
    )

    def change(workbook: Any) -> None:
        for sheet, cell, value, _, _ in careless:
            workbook[sheet][cell] = value

    there = set(found(changed(template, tmp_path, change)))
    for sheet, cell, _, code, level in careless:
        assert (code, level, sheet, "A3" if code == "BOOK102" else cell) in there, cell


def test_sheets_columns_and_merged_cells_that_are_not_as_they_should_be(template: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        del workbook["人员"]
        workbook["公用定额"].merge_cells("B4:B6")
        workbook["项目"]["Z3"] = "自己加的列"
        workbook["项目"]["Z4"] = "内容"
        workbook.create_sheet("草稿")["A1"] = "随手记的"

    codes = {(c, s, p) for c, _, s, p in found(changed(template, tmp_path, change))}
    assert ("BOOK101", "人员", None) in codes
    assert ("BOOK107", "公用定额", "B4:B6") in codes
    assert ("BOOK103", "项目", "Z3") in codes
    assert ("BOOK111", "草稿", None) in codes


def test_a_stale_result_is_recomputed_and_said(template: Path, tmp_path: Path) -> None:
    def stale(xml: bytes) -> bytes:
        assert b"<v>600000.00</v>" in xml
        return xml.replace(b"<v>600000.00</v>", b"<v>1</v>")

    with zipfile.ZipFile(template) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".xml") and b"<v>600000.00</v>" in archive.read(n))
        path = repacked(template, tmp_path, {name: stale(archive.read(name))})
    book, findings = read_book(path)
    assert book == hand_book()
    assert [(f.code, f.level) for f in findings] == [("BOOK106", Level.INFO)]
    assert "应为600000.00" in findings[0].message


def test_unknown_codes_are_asked_about_and_duplicates_refused_with_their_cell(template: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["人员"]["E4"] = "2019977 没有的科目"
        projects = workbook["项目"]
        for column in range(1, 5):
            projects.cell(5, column).value = projects.cell(4, column).value

    findings = compile_workbook(changed(template, tmp_path, change)).findings
    places = {(f.code, f.level, f.sides[0].place.cell) for f in findings}
    assert ("BOOK209", Level.WARNING, "E4") in places
    assert ("BOOK204", Level.ERROR, "A5") in places


def test_macros_and_links_to_other_files_are_ignored_with_a_finding(template: Path, tmp_path: Path) -> None:
    path = repacked(template, tmp_path, {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    book, findings = read_book(path)
    assert book == hand_book()
    assert [f.code for f in findings] == ["BOOK110", "BOOK110"]
    assert {f.level for f in findings} == {Level.WARNING}


def rows_of(count: int) -> bytes:
    body = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in range(4, count))
    head = '<row r="3"><c r="A3" t="inlineStr"><is><t>单位</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{head}{body}</sheetData></worksheet>'.encode()


def test_too_many_rows_are_refused_without_reading_them_all(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_ROWS", 500)
    path = repacked(template, tmp_path, {"xl/worksheets/sheet6.xml": rows_of(1000)})
    refused = [f for f in read_book(path)[1] if f.code == "BOOK109"]
    assert len(refused) == 1
    assert "超过500行" in refused[0].message
    assert refused[0].level is Level.ERROR


def test_a_sheet_that_unpacks_beyond_bounds_is_a_finding(template: Path, tmp_path: Path) -> None:
    path = repacked(template, tmp_path, {"xl/worksheets/sheet6.xml": b" " * 110_000_000})
    refused: list[Finding] = [f for f in read_book(path)[1] if f.code == "BOOK109"]
    assert [f.level for f in refused] == [Level.ERROR]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a workbook", b"\x00" * 1000])
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read_book(path)


def test_a_zip_without_a_workbook_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "x")
    (tmp_path / "b.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(UnreadableFile):
        read_book(tmp_path / "b.xlsx")


def test_words_that_look_like_formulas_stay_words(tmp_path: Path) -> None:
    book = hand_book()
    sly = replace(book, units=(replace(book.units[0], name='=HYPERLINK("http://x")'), replace(book.units[1], name="+1+cmd|' /C calc'!A0")))
    write_book(sly, ZHENGZHOU, tmp_path / "b.xlsx")
    assert read_book(tmp_path / "b.xlsx")[0] == sly
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["单位"]["B4"].data_type == "s"
