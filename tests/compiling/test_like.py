"""A new publication can be laid out like another one, and a lifted book remembers how its own was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import mingsuan
from mingsuan.cli.main import main
from mingsuan.compiling import compile_book, read_book, write_book
from mingsuan.compiling.book import Book
from mingsuan.compiling.like import NothingToFollowError, style_like
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure
from tests.compiling.hand import hand_book as by_hand

EXAMPLE = Path(__file__).parents[2] / "examples" / "zhengzhou-services-2021.xlsx"


def _units(disclosure: Disclosure, kind: str) -> list[str]:
    """The units that have rows by function under them."""
    table = next(t for t in disclosure.tables if t.kind == kind)
    return [row.key.unit for row in table.rows if row.key and row.key.unit and not row.key.function]


def test_tables_are_printed_unit_by_unit_only_where_the_book_says_so() -> None:
    made = by_hand()
    flat = replace(made, department=replace(made.department, by_unit=False))
    assert {u.code for u in made.units} <= set(_units(compile_book(made).disclosure, "expenditure_overview"))
    assert not {u.code for u in made.units} & set(_units(compile_book(flat).disclosure, "expenditure_overview"))


@pytest.mark.parametrize("by_unit", [True, False])
def test_the_layout_of_a_disclosure_is_told_from_its_tables(by_unit: bool) -> None:
    made = by_hand()
    said = replace(made, department=replace(made.department, by_unit=by_unit, narrowed=False))
    assert style_like(compile_book(said).disclosure).by_unit is by_unit
    assert style_like(said).by_unit is by_unit


def test_what_is_followed_takes_precedence_over_the_book(tmp_path: Path) -> None:
    made = by_hand()
    flat = replace(made, department=replace(made.department, by_unit=False))
    path = tmp_path / "book.xlsx"
    write_book(made, load(made.dialect), path)
    assert mingsuan.compile(path, like=flat).disclosure == compile_book(flat).disclosure
    assert mingsuan.compile(path, like=compile_book(flat).disclosure).disclosure.tables == compile_book(flat).disclosure.tables


def test_a_workbook_keeps_the_layout_and_older_ones_have_none(tmp_path: Path) -> None:
    made = by_hand()
    for by_unit in (True, False, None):
        said = replace(made, department=replace(made.department, by_unit=by_unit))
        write_book(said, load(said.dialect), tmp_path / "book.xlsx")
        assert read_book(tmp_path / "book.xlsx")[0].department.by_unit is by_unit


def test_a_disclosure_of_no_dialect_cannot_be_followed() -> None:
    with pytest.raises(NothingToFollowError, match="没有认出版式"):
        style_like(Disclosure())


def test_the_command_follows_another_book(tmp_path: Path) -> None:
    made = by_hand()
    flat = replace(made, department=replace(made.department, by_unit=False))
    for name, book in (("a.xlsx", made), ("b.xlsx", flat)):
        write_book(book, load(book.dialect), tmp_path / name)
    out = tmp_path / "out.json"
    assert main(["compile", str(tmp_path / "a.xlsx"), "--like", str(tmp_path / "b.xlsx"), "-o", str(out)]) == 0
    assert json.loads(out.read_text())["tables"] == json.loads(_json(tmp_path, flat))["tables"]


def test_what_is_compiled_already_is_not_laid_out_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "made.json"
    assert main(["compile", str(EXAMPLE), "-o", str(data)]) == 0
    assert main(["publish", str(data), "--like", str(EXAMPLE), "--to", "html", "-o", str(tmp_path / "out")]) == 2
    assert "--like 只用于输入簿" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_followed_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("没有表格的一封信。")
    assert main(["compile", str(EXAMPLE), "--like", str(tmp_path / "letter.txt")]) == 2
    assert "--like：没有认出版式" in capsys.readouterr().err


def _json(folder: Path, book: Book) -> str:
    path = folder / "other.xlsx"
    write_book(book, load(book.dialect), path)
    assert main(["compile", str(path), "-o", str(folder / "other.json")]) == 0
    return (folder / "other.json").read_text()
