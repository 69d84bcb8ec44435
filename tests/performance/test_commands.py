"""The commands evidence, evaluate --against and synth, and the reports in every format."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import mingsuan
from mingsuan.cli.main import main

PUBLISHED = """云溪市政务服务局2024年部门预算公开
部门（单位）整体绩效目标表
年度履职目标\t保障热线平稳运行。
一级指标\t二级指标\t三级指标\t指标值\t指标值说明
产出指标\t履职目标实现\t热线接通率\t≥95%\t
产出指标\t履职目标实现\t=CMD|' /C calc'!A0\t≥1次\t
效益指标\t满意度\t群众满意度\t≥95%\t
"""
BINDING = """year: 2024
sources: {通话: {file: 通话记录.csv, pack: hotline, as: calls}}
spending: [{approved: 100, spent: 95}]
evidence:
- {indicator: 热线接通率, source: 通话, measure: connection_rate}
- {indicator: 群众满意度, value: 96%, note: "\\x01\\u202e备注"}
- {indicator: "=CMD|' /C calc'!A0", value: 1次}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "公开.txt").write_text(PUBLISHED, encoding="utf-8")
    (tmp_path / "佐证.yaml").write_text(BINDING, encoding="utf-8")
    assert main(["synth", "hotline", "--count", "200", "--seed", "3", "-o", "."]) == 0
    capsys.readouterr()
    return tmp_path


EVALUATE = ["evaluate", "公开.txt", "--evidence", "佐证.yaml", "--dialect", "zhengzhou-2023"]


def test_evidence_lists_every_value_with_what_shows_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "佐证.yaml", "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [one["indicator"] for one in found["evidence"]][:2] == ["热线接通率", "群众满意度"]
    assert len(found["evidence"][0]["shown"][0]["sha256"]) == 64


@pytest.mark.parametrize("by", ["group", "班组"])
def test_an_indicator_is_taken_apart_down_to_the_rows_that_failed(folder: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    assert main(["evidence", "佐证.yaml", "--indicator", "热线接通率", "--by", by, "--rows", "2", "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert sum(int(part["denominator"]) for part in found["parts"]) == int(found["denominator"]) == 200
    assert found["failing"]["number"] == int(found["denominator"]) - int(found["numerator"])
    assert len(found["failing"]["rows"]) == min(2, found["failing"]["number"])


def test_an_indicator_as_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "佐证.yaml", "--indicator", "热线接通率"]) == 0

    out = capsys.readouterr().out
    assert "接通的来电数 ÷ 来电总数" in out
    assert "没有达标的记录" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--indicator", "没有"], "佐证里没有这个指标"),
        (["--indicator", "群众满意度"], "没有可以下钻的记录"),
        (["--indicator", "热线接通率", "--by", "handler"], "可以按：day（日期）"),
        (["--by", "day"], "要与 --indicator 一起用"),
    ],
)
def test_what_cannot_be_taken_apart_is_a_message(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(["evidence", "佐证.yaml", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_names_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "佐证.yaml").write_text(BINDING + '- {indicator: "坏\\e[31m名\\r\\n", value: 1}\n', encoding="utf-8")

    assert main([*EVALUATE]) == 0
    assert not set("\x1b\r\u202e") & set(capsys.readouterr().out)


def test_two_years_are_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EVALUATE, "--format", "json", "-o", "上年.json"]) == 0
    (folder / "佐证.yaml").write_text(BINDING.replace("96%", "76%"), encoding="utf-8")

    assert main([*EVALUATE, "--against", "上年.json"]) == 0
    assert "与上年得分比较表" in capsys.readouterr().out
    assert main([*EVALUATE, "--against", "上年.json", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["compared"]
    assert Decimal(row["change"]) == Decimal(row["this"]) - Decimal(row["last"]) < 0


@pytest.mark.parametrize("text", ["", "[" * 100_000, "[]", "{}", '{"projects": [1]}', '{"projects": [{"project": "a", "total": "x"}]}'])
def test_a_result_of_last_year_that_is_none_is_a_message(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (folder / "上年.json").write_text(text, encoding="utf-8")

    assert main([*EVALUATE, "--against", "上年.json"]) == 2
    assert "上年.json" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["monitor", "evaluate"])
@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_reports_hold_hostile_text_as_text(folder: Path, capsys: pytest.CaptureFixture[str], command: str, form: str) -> None:
    target = folder / f"报告.{form}"

    assert main([command, *EVALUATE[1:], "--format", form, "-o", str(target)]) == 0
    if form == "docx":
        import docx

        tables = docx.Document(str(target)).tables
        text = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    elif form == "xlsx":
        import openpyxl

        cells = [cell for sheet in openpyxl.load_workbook(target) for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        text = "\n".join(str(cell.value) for cell in cells)
    else:
        text = target.read_text(encoding="utf-8")
    assert "保障热线平稳运行。" in text
    assert "备注" in text
    assert not set("\x01\u202e") & set(text)


def test_the_functions_give_what_the_commands_give(folder: Path) -> None:
    disclosure = mingsuan.read("公开.txt", dialect="zhengzhou-2023")

    evaluation = mingsuan.evaluate(disclosure, "佐证.yaml")
    monitoring = mingsuan.monitor(disclosure, folder / "佐证.yaml", at=date(2024, 12, 31))

    assert evaluation.overall is not None
    assert evaluation.overall.score.complete
    assert [project.name for project in monitoring.projects] == [""]
    assert {f.code for f in evaluation.findings} == {"EVI202"}


def test_made_up_data_of_a_hall(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", "hall", "--count", "50", "--people", "3", "--seed", "1", "-o", "大厅"]) == 0
    assert sorted(path.name for path in (folder / "大厅").iterdir()) == sorted(
        ["办件记录.csv", "开放班次.csv", "派驻考勤.csv", "设备租用.csv", "免费服务.csv"]
    )
