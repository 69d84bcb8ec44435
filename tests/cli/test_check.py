"""`mingsuan check`: every format, folders, and the comparison with an earlier check."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from mingsuan.cli.main import main
from mingsuan.dialects.dialect import load
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text


@pytest.fixture(scope="module")
def printed() -> str:
    """A made-up budget."""
    dialect = load("luohe-2024")
    return as_text(random_disclosure(dialect, 2), dialect)


@pytest.fixture
def folder(tmp_path: Path, printed: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "甲.txt").write_text(printed, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("form", "begins"),
    [("json", b"{"), ("html", b"<!doctype html"), ("xlsx", b"PK"), ("docx", b"PK"), ("sarif", b"{"), ("junit", b"<?xml")],
)
def test_every_format_is_written(folder: Path, form: str, begins: bytes) -> None:
    assert main(["check", "甲.txt", "--format", form, "-o", "报告"]) in (0, 1)

    assert (folder / "报告").read_bytes()[:14].lower().startswith(begins.lower())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["甲.txt", "--format", "xlsx"], "请用 -o 写入文件"),
        (["甲.txt", "甲.txt", "--format", "docx", "-o", "通知.docx"], "一次只写一份"),
        (["甲.txt", "--against", "没有.json"], "读不出来"),
        (["甲.txt", "--against", "甲.txt"], "读不出来"),
        (["甲.txt", "--format", "html", "--against", "甲.txt"], "text 或 json"),
        (["."], "-o 写明汇总文件"),
        ([".", "甲.txt", "-o", "汇总.xlsx"], "一次核对一个文件夹"),
    ],
)
def test_what_cannot_be_met_is_a_message(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_rectified_document_against_the_earlier_check(folder: Path, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "错.txt").write_text(printed.replace("一般公共预算", "一般公共予算", 1), encoding="utf-8")
    main(["check", "甲.txt", "--format", "json", "-o", "上次.json"])

    assert main(["check", "甲.txt", "--against", "上次.json"]) in (0, 1)
    assert "没有一个数有改动" in capsys.readouterr().out
    main(["check", "甲.txt", "--against", "上次.json", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_a_folder_makes_one_workbook_and_goes_on_where_it_stopped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "下级").mkdir()
    (folder / "下级" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "备注.doc.bak").write_bytes(b"x")

    assert main(["check", ".", "-o", "汇总.xlsx"]) == 2
    said = capsys.readouterr()
    assert "下级/坏.pdf" in said.err
    assert "核对1份" in said.out
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO((folder / "汇总.xlsx").read_bytes()))["概况"]]
    assert [row[0] for row in rows] == ["文件", "甲.txt", "下级/坏.pdf"]
    assert dict(zip(rows[0], rows[2], strict=True))["结论"].startswith("没有核对")

    ledger = (folder / ".汇总.xlsx.进度.jsonl").read_text(encoding="utf-8")
    assert main(["check", ".", "-o", "汇总.xlsx"]) == 2
    assert (folder / ".汇总.xlsx.进度.jsonl").read_text(encoding="utf-8") == ledger


def test_dates_that_the_text_does_not_print_can_be_given(printed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "预算.md"
    text.write_text(printed, encoding="utf-8")
    given = ["check", "--select", "LAW101", "--approved", "2023-02-01", str(text)]
    assert main([*given, "--published", "2023-02-21"]) == 0
    assert "相隔" not in capsys.readouterr().out
    main([*given, "--published", "2023-02-22"])
    told = capsys.readouterr().out
    assert "2023年2月1日批复，2023年2月22日公开，相隔21天，超过20天" in told
    assert "    批复日期：2023年2月1日（核对时给出）" in told, "a date that was given stands nowhere in the text"
    assert "没有发现错误：核对了1项" in told
    main(given)
    assert "数据不足1" in capsys.readouterr().out
