"""Repairs put into a published file: those numbers change and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document as Word

import mingsuan
from mingsuan.cli.main import main
from mingsuan.compiling.fixing.fix import CannotFix, Edit, edits_of, fix, like
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Finding, Level, Repair, Report
from mingsuan.places import Place
from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.layout import laid_out
from mingsuan.publishing.xlsx import write_xlsx
from mingsuan.reading.document import Grid, Paragraph
from mingsuan.reading.formats.files import load as read_physical
from mingsuan.synth.disclosures import random_disclosure

SENTENCE = "2023年收入总计120.00万元，支出总计120.00万元，增长25.52%。"


def word(build: Callable[[Word], None]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def published(document: Word) -> None:
    """A sentence cut into runs in the middle of its numbers, and a table in which one amount stands four times."""
    paragraph = document.add_paragraph()
    for piece in ("2023年收入总计12", "0.00万元，支出总计120.", "00万元，增长25", ".52%。"):
        paragraph.add_run(piece).bold = piece.startswith("0")
    table = document.add_table(rows=2, cols=3)
    for row in table.rows:
        for cell, text in zip(row.cells, ("合计", "1,026.27", "1,026.27"), strict=True):
            cell.text = text


def place_of(data: bytes, name: str, text: str, number: int = 0) -> Place:
    """Where a text stands for the n-th time."""
    found: list[Place] = []
    for block in read_physical(data=data, name=name).blocks:
        texts = [(block.text, block.place)] if isinstance(block, Paragraph) else []
        if isinstance(block, Grid):
            texts = [(cell.text, cell.place) for row in block.rows for cell in row]
        found.extend(place for shown, place in texts if shown == text)
    return found[number]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before: bytes, after: bytes) -> list[str]:
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    return [name for name in old if old[name] != new[name]]


def texts(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def test_of_equal_amounts_only_the_one_at_its_place_changes() -> None:
    data = word(published)
    done = fix(data, "a.docx", [Edit(place_of(data, "a.docx", "1,026.27", 2), "合计", "1,026.27", "1,126.27")])
    assert texts(done.content)[1:] == ["合计", "1,026.27", "1,026.27", "合计", "1,126.27", "1,026.27"]
    assert changed(data, done.content) == ["word/document.xml"]


def test_an_amount_named_without_separators_is_found_and_keeps_those_it_is_printed_with() -> None:
    """As amounts of a disclosure are named, which a repair tells."""
    data = word(published)
    done = fix(data, "a.docx", [Edit(place_of(data, "a.docx", "1,026.27", 2), "合计", "1026.27", "1126.27")])
    assert texts(done.content)[1:] == ["合计", "1,026.27", "1,026.27", "合计", "1,126.27", "1,026.27"]


def test_a_number_cut_into_runs_is_replaced_and_keeps_its_formats() -> None:
    data = word(published)
    edit = Edit(place_of(data, "a.docx", SENTENCE), "增长", "25.52", "20.33", "增长25.52%")
    done = fix(data, "a.docx", [edit])
    assert texts(done.content)[0] == SENTENCE.replace("25.52", "20.33")
    tags = [re.findall(rb"<[^>]+>", parts(d)["word/document.xml"]) for d in (data, done.content)]
    assert tags[0] == tags[1]


def test_of_a_number_twice_in_a_sentence_the_quoted_one_changes() -> None:
    data = word(published)
    edit = Edit(place_of(data, "a.docx", SENTENCE), "支出总计", "120.00", "130.00", "支出总计120.00万元")
    assert texts(fix(data, "a.docx", [edit]).content)[0] == SENTENCE.replace("支出总计120", "支出总计130")


def test_several_edits_are_made_at_once() -> None:
    data = word(published)
    where = [place_of(data, "a.docx", "1,026.27", n) for n in (0, 3)]
    done = fix(data, "a.docx", [Edit(p, "合计", "1,026.27", f"{n}.00") for n, p in enumerate(where)])
    assert texts(done.content)[1:] == ["合计", "0.00", "1,026.27", "合计", "1,026.27", "1.00"]


@pytest.mark.parametrize(("old", "quote"), [("120.00", ""), ("99.99", "支出总计99.99万元")])
def test_a_number_that_does_not_stand_once_at_its_place_is_refused(old: str, quote: str) -> None:
    data = word(published)
    with pytest.raises(CannotFix, match="手工改"):
        fix(data, "a.docx", [Edit(place_of(data, "a.docx", SENTENCE), "支出", old, "1.00", quote)])


def test_a_part_of_a_longer_number_is_not_that_number() -> None:
    data = word(published)
    with pytest.raises(CannotFix):
        fix(data, "a.docx", [Edit(place_of(data, "a.docx", "1,026.27"), "合计", "026.27", "1.00")])


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "总表"
    sheet.append(["部门收支总体情况表", None, None])
    sheet.append(["项目", "金额", "说明"])
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def amounts(sheet: Any) -> None:
    sheet.append(["合计", 1026.27, SENTENCE])
    sheet.append(["其中", 1026.27, "=B3"])
    for row in (3, 4):
        sheet.cell(row, 2).number_format = "#,##0.00"


def test_a_number_of_a_sheet_changes_and_its_format_stays() -> None:
    data = workbook(amounts)
    done = fix(data, "a.xlsx", [Edit(place_of(data, "a.xlsx", "1,026.27", 1), "其中", "1,026.27", "1,126.27")])
    sheet = openpyxl.load_workbook(io.BytesIO(done.content)).active
    assert sheet is not None
    assert [(sheet.cell(r, 2).value, sheet.cell(r, 2).number_format) for r in (3, 4)] == [(1026.27, "#,##0.00"), (1126.27, "#,##0.00")]
    assert changed(data, done.content) == ["xl/worksheets/sheet1.xml"]


def test_a_sentence_in_a_sheet_changes_there_alone() -> None:
    data = workbook(amounts)
    place = place_of(data, "a.xlsx", SENTENCE)
    done = fix(data, "a.xlsx", [Edit(place, "增长", "25.52", "20.33", "增长25.52%")])
    sheet = openpyxl.load_workbook(io.BytesIO(done.content)).active
    assert sheet is not None
    assert sheet["C3"].value == SENTENCE.replace("25.52", "20.33")
    assert changed(data, done.content) == ["xl/worksheets/sheet1.xml"]


def test_a_formula_is_not_overwritten() -> None:
    data = workbook(lambda sheet: sheet.append(["合计", "=1+2", "甲"]))
    with pytest.raises(CannotFix, match="公式"):
        fix(data, "a.xlsx", [Edit(Place("a.xlsx", sheet="总表", cell="B3"), "合计", "3", "4")])


def test_other_formats_are_refused() -> None:
    with pytest.raises(CannotFix, match="DOCX 和 XLSX"):
        fix("合计\t3\n".encode(), "a.txt", [Edit(Place("a.txt", line=1), "合计", "3", "4")])


@pytest.mark.parametrize(
    ("old", "digits", "shown"),
    [("1,026.27", "2767.85", "2,767.85"), ("1026", "2767", "2767"), ("25.52", "20.3", "20.30"), ("395", "1,395.5", "1395.5")],
)
def test_a_new_number_is_printed_as_the_old_one_is(old: str, digits: str, shown: str) -> None:
    assert like(old, digits) == shown


def repair(after: str) -> Repair:
    return Repair(Place("a", line=3), "合计", "10.00万元", after, "数值不符")


def test_a_finding_with_several_repairs_asks_which() -> None:
    report = Report((Finding("FIG105", Level.ERROR, "不符", repairs=(repair("11.00万元"), repair("12.00万元"))),))
    with pytest.raises(CannotFix, match="1:1"):
        edits_of(report, Disclosure(), ["1"])


def test_a_finding_that_is_not_there_or_has_no_repair_is_refused() -> None:
    report = Report((Finding("FIG105", Level.ERROR, "不符"),))
    for chosen in ("2", "abc", "1"):
        with pytest.raises(CannotFix):
            edits_of(report, Disclosure(), [chosen])


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_published_file_is_put_right_by_its_finding(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dialect = load("luohe-2024")
    page = laid_out(random_disclosure(dialect, 4), dialect)
    right = write_docx(page) if form == "docx" else write_xlsx(page)
    file, copy = tmp_path / f"公开.{form}", tmp_path / f"改正.{form}"
    read = mingsuan.read(right, name=file.name)
    table = next(t for t in read.tables if t.kind == "general_budget_basic_expenditure")
    _, _, cell = next(a for a in table.amounts() if a[0] > 2 and a[2].amount and a[2].amount.yuan)
    assert cell.amount is not None
    wrong = like(cell.text, f"{cell.amount.in_unit + 900:.2f}")
    file.write_bytes(fix(right, file.name, [Edit(cell.place, "金额", cell.text, wrong)]).content)
    report = mingsuan.check(mingsuan.read(file))
    number = next(n for n, f in enumerate(report.findings, 1) if any(r.place == cell.place for r in f.repairs))
    assert main(["fix", str(file), "--finding", str(number), "-o", str(copy)]) == 0
    assert f"{wrong}→{cell.text}" in capsys.readouterr().out
    assert parts(copy.read_bytes()) == parts(right)
