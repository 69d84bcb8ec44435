"""Careless and hostile workbooks end in findings, and what looks odd but is no mistake is published."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mingsuan.cli.main import main
from mingsuan.compiling import compile_book, compile_workbook, write_book
from mingsuan.compiling.workbook.reader import LONGEST, LONGEST_NAME
from mingsuan.dialects.dialect import load
from mingsuan.model import Level
from tests.compiling.hand import hand_book

STANDARD, MONTHS, PROJECT, OVERVIEW = ("人员", "G4"), ("人员", "H4"), ("项目", "B4"), ("项目", "G4")
Change = Callable[[Any], None]


def spoilt(folder: Path, change: Change) -> Path:
    """The hand-made book as a workbook in which something was changed."""
    path = folder / "book.xlsx"
    write_book(hand_book(), load("zhengzhou-2023"), path)
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return path


def put(place: tuple[str, str], value: object) -> Change:
    """Write something into a cell; words as words, whatever they begin with."""

    def change(workbook: Any) -> None:
        cell = workbook[place[0]][place[1]]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    return change


def dated(code: str) -> Change:
    """Give an amount the number format of a date."""

    def change(workbook: Any) -> None:
        workbook["人员"]["G4"].number_format = code

    return change


def said(path: Path) -> set[tuple[str, Level]]:
    return {(f.code, f.level) for f in compile_workbook(path).findings}


@pytest.mark.parametrize(
    "change",
    [
        put(STANDARD, datetime(2023, 1, 5)),
        put(STANDARD, date(1913, 9, 8)),
        dated("yyyy-mm-dd"),
        dated('m"月"d"日"'),
        dated("[h]:mm"),
        dated('[$-804]yyyy"年"m"月"'),
    ],
)
def test_a_date_is_no_amount(change: Change, tmp_path: Path) -> None:
    assert ("BOOK104", Level.ERROR) in said(spoilt(tmp_path, change))


@pytest.mark.parametrize(
    "code", ["General", "#,##0.00_ ", '0.00"元/日"', "[Magenta]0.00", "[White][>100]0;0", "0.00E+00", "_-* #,##0_-", "@"]
)
def test_an_amount_in_any_other_format_is_one(code: str, tmp_path: Path) -> None:
    assert said(spoilt(tmp_path, dated(code))) == said(spoilt(tmp_path, dated("0")))


def test_names_and_paragraphs_have_a_longest(tmp_path: Path) -> None:
    assert ("BOOK113", Level.ERROR) in said(spoilt(tmp_path, put(PROJECT, "名" * (LONGEST_NAME + 1))))
    assert ("BOOK113", Level.ERROR) in said(spoilt(tmp_path, put(OVERVIEW, "概" * (LONGEST + 1))))


def test_there_is_a_most_of_paragraphs() -> None:
    book = hand_book()
    assert ("BOOK113", Level.ERROR) in {(f.code, f.level) for f in compile_book(replace(book, passages=book.passages * 501)).findings}


def test_pay_for_more_months_than_there_are_is_asked_about(tmp_path: Path) -> None:
    assert ("BOOK211", Level.WARNING) in said(spoilt(tmp_path, put(MONTHS, 500)))


def test_a_renamed_sheet_is_an_error_and_a_sheet_of_ones_own_is_not(tmp_path: Path) -> None:
    def rename(workbook: Any) -> None:
        workbook["人员"].title = "人员表"

    def add(workbook: Any) -> None:
        workbook.create_sheet("测算草稿")["A1"] = "自己的计算"

    assert ("BOOK111", Level.ERROR) in said(spoilt(tmp_path, rename))
    assert ("BOOK111", Level.INFO) in said(spoilt(tmp_path, add))


@pytest.mark.parametrize(
    "name",
    [
        "Smart City 平台 运维 项目",
        '=cmd|"/C calc"!A0',
        '#panic("x") $a$ *b*',
        "{{ 7*7 }}{% for %}",
        "第一行\n第二行\t末尾",
        "名\u202e反\u200b称",
    ],
)
def test_odd_names_of_projects_are_published_and_read_back(name: str, tmp_path: Path) -> None:
    path = spoilt(tmp_path, put(PROJECT, name))
    assert main(["publish", str(path), "--to", "docx,xlsx,html,data", "-o", str(tmp_path / "out")]) == 0
    assert len([*(tmp_path / "out").iterdir()]) == 4


def test_publishing_says_that_the_workbook_has_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = spoilt(tmp_path, put(MONTHS, 500))
    assert main(["publish", str(path), "--to", "html", "-o", str(tmp_path / "out")]) == 0
    assert "注意：输入簿有1个警告" in capsys.readouterr().out


def test_a_workbook_without_its_first_sheet_is_still_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def drop(workbook: Any) -> None:
        del workbook["部门"]

    assert main(["publish", str(spoilt(tmp_path, drop)), "--to", "html", "-o", str(tmp_path / "out")]) == 1
    assert "缺少工作表“部门”" in capsys.readouterr().err


def test_macros_do_not_keep_a_workbook_from_being_read(tmp_path: Path) -> None:
    path = spoilt(tmp_path, lambda workbook: None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(200))
    path = path.rename(tmp_path / "book.xlsm")
    assert ("BOOK110", Level.WARNING) in said(path)
    assert main(["publish", str(path), "--to", "html", "-o", str(tmp_path / "out")]) == 0
