"""From a published text and an evidence file to monitoring, scores and reports, through the commands."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mingsuan.cli.main import main
from mingsuan.dialects.dialect import load
from mingsuan.performance.case import Case, open_case
from mingsuan.performance.register import read_register
from mingsuan.reading.read import read

PUBLISHED = """云溪市政务服务局2023年部门预算公开
部门（单位）整体绩效目标表
一级指标\t二级指标\t三级指标\t指标值\t指标值说明
投入管理指标\t预算和财务管理\t预算执行率\t≥90%\t预算完成数÷预算数
投入管理指标\t预算和财务管理\t管理制度健全性\t健全\t
投入管理指标\t绩效管理\t绩效自评完成率\t100%\t已自评项目数÷应自评项目数
产出指标\t履职目标实现\t热线接通率\t≥95%\t
效益指标\t满意度\t群众满意度\t≥95%\t
"""
EVIDENCE = {
    "year": 2023,
    "owner": "综合科",
    "facts": {"已自评项目数": 9, "应自评项目数": 10},
    "spending": [{"approved": 100, "spent": 95}],
    "evidence": [
        {"indicator": "热线接通率", "value": 95, "unit": "%"},
        {"indicator": "群众满意度", "value": "76%"},
        {"indicator": "管理制度健全性", "meets": ["已制定预算、财务、内控、资产等制度"]},
        {"indicator": "没有的指标", "value": 1},
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "公开.txt").write_text(PUBLISHED, encoding="utf-8")
    write(tmp_path, EVIDENCE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, binding: dict[str, object]) -> None:
    (folder / "佐证.yaml").write_text(yaml.safe_dump(binding, allow_unicode=True), encoding="utf-8")


def opened(folder: Path) -> Case:
    return open_case(read(folder / "公开.txt", dialect="zhengzhou-2023"), load("zhengzhou-2023"), folder / "佐证.yaml")


def test_scores_by_hand_of_typed_computed_and_rubric_values(folder: Path) -> None:
    evaluation = opened(folder).evaluated()

    # five aims of 20.00: 95/100 ≥ 90 % → 20.00; one of two lines of the rubric: 50 % → 10.00;
    # 9/10 of 100 % → 18.00; 95 of 95 → 20.00; 76 of 95 → 16.00
    assert evaluation.overall is not None
    assert [line.earned for line in evaluation.overall.score.lines] == [Decimal(p) for p in ("20.00", "10.00", "18.00", "20.00", "16.00")]
    assert (evaluation.overall.score.total, evaluation.overall.score.grade) == (Decimal("84.00"), "良")


def test_evidence_that_fits_no_indicator_is_told_with_what_is_near(folder: Path) -> None:
    (stranger,) = (f for f in opened(folder).findings if f.code == "EVI204")

    assert "没有指标“没有的指标”" in stranger.message


def test_a_rubric_line_that_is_not_in_the_library_is_told(folder: Path) -> None:
    write(folder, EVIDENCE | {"evidence": [{"indicator": "管理制度健全性", "meets": ["有制度"]}]})

    assert any("评价要点里没有“有制度”" in f.message for f in opened(folder).findings)


def test_targets_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "公开.txt", "--format", "json", "--dialect", "zhengzhou-2023"]) == 0

    first, second, *_ = json.loads(capsys.readouterr().out)["indicators"]
    assert (first["name"], first["operator"], first["value"], first["unit"], first["judgeable"]) == ("预算执行率", "≥", 90, "%", True)
    assert first["path"] == ["投入管理指标", "预算和财务管理"]
    assert (second["direction"], second["value"]) == ("scale", "健全")


def test_monitor_as_text_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["公开.txt", "--evidence", "佐证.yaml", "--dialect", "zhengzhou-2023"]

    assert main(["monitor", *arguments, "--at", "2023-06-30"]) == 0
    assert "黄灯" in capsys.readouterr().out
    assert main(["monitor", *arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["projects"][0]["money"]["light"] == "绿灯"
    assert {t["name"]: t["light"] for t in found["projects"][0]["targets"]}["群众满意度"] == "黄灯"


def test_evaluate_writes_the_register_and_closes_what_was_put_right(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "公开.txt", "--evidence", "佐证.yaml", "--dialect", "zhengzhou-2023", "--register", "台账.yaml"]

    assert main(arguments) == 0
    assert "84.00分，良" in capsys.readouterr().out
    items = read_register(folder / "台账.yaml")
    assert len(items) == 3
    assert all(item.open for item in items)

    write(
        folder,
        EVIDENCE | {"evidence": [{"indicator": "热线接通率", "value": 95, "unit": "%"}, {"indicator": "群众满意度", "value": "95%"}]},
    )
    text = (
        (folder / "台账.yaml").read_text(encoding="utf-8").replace("done: ''", "done: 已整改").replace("closed: null", "closed: 2024-03-01")
    )
    (folder / "台账.yaml").write_text(text, encoding="utf-8")
    assert main([*arguments, "--format", "json"]) == 1  # 管理制度健全性 has no value now: the score is incomplete
    found = json.loads(capsys.readouterr().out)
    assert {item["what"].split("”")[0]: item["open"] for item in found["rectification"]} == {
        "指标“绩效自评完成率": True,  # found again
        "指标“管理制度健全性": False,
        "指标“群众满意度": False,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"weights": {"产出": 90}}, "应为100分"),
        ({"weights": {"别的": 100}}, "“别的”不是"),
        ({"facts": {"不认识": 1}}, "不认识这个数"),
        ({"spending": [{"spent": "很多"}]}, "不是数"),
    ],
)
def test_what_the_evidence_file_cannot_say_is_a_message(
    folder: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], says: str
) -> None:
    write(folder, EVIDENCE | change)

    assert main(["evaluate", "公开.txt", "--evidence", "佐证.yaml", "--dialect", "zhengzhou-2023"]) == 2
    assert says in capsys.readouterr().err
