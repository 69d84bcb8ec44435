"""`mingsuan synth` and `mingsuan corrupt` write files with their records, or say why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingsuan import check
from mingsuan.cli.main import main
from mingsuan.model import Level
from mingsuan.reading.read import read


@pytest.mark.parametrize(
    ("form", "ending"), [("text", "txt"), ("markdown", "md"), ("xlsx", "xlsx"), ("docx", "docx"), ("html", "html"), ("pdf", "pdf")]
)
def test_made_up_disclosures_are_written_and_can_be_read(tmp_path: Path, form: str, ending: str) -> None:
    assert main(["synth", "--seed", "3", "--dialect", "jiangsu-2017", "--format", form, "-o", str(tmp_path)]) == 0
    (file,) = tmp_path.iterdir()
    assert file.name == f"jiangsu-2017-00003.{ending}"
    assert read(file).dialect == "jiangsu-2017"


def test_corrupted_text_comes_with_a_record_of_what_was_changed(tmp_path: Path) -> None:
    call = ["corrupt", "--seed", "5", "--dialect", "zhengzhou-2023", "--kind", "一位数字错", "--errors", "2", "-o", str(tmp_path)]
    assert main(call) == 0
    record = json.loads((tmp_path / "zhengzhou-2023-00005.json").read_text(encoding="utf-8"))
    assert [c["kind"] for c in record["changes"]] == ["一位数字错"] * 2
    text = (tmp_path / record["file"]).read_text(encoding="utf-8")
    assert all(c["after"].removesuffix("万元") in text for c in record["changes"])


def test_corrupted_files_are_written_in_the_format_asked_for(tmp_path: Path) -> None:
    call = ["corrupt", "--seed", "5", "--dialect", "jiangsu-2017", "--kind", "一位数字错", "--format", "docx", "-o", str(tmp_path)]
    assert main(call) == 0
    record = json.loads((tmp_path / "jiangsu-2017-00005.json").read_text(encoding="utf-8"))
    assert record["file"] == "jiangsu-2017-00005.docx"
    assert any(f.level is Level.ERROR for f in check(read(tmp_path / record["file"])).findings)


def test_a_published_file_can_be_corrupted(tmp_path: Path) -> None:
    assert main(["synth", "--dialect", "jiangsu-2017", "-o", str(tmp_path)]) == 0
    assert main(["corrupt", str(tmp_path / "jiangsu-2017-00001.txt"), "-o", str(tmp_path / "bad"), "--count", "2"]) == 0
    assert len(list((tmp_path / "bad").glob("*.json"))) == 2


def test_the_kinds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corrupt", "--kinds"]) == 0
    assert "整表单位" in capsys.readouterr().out.split()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["synth"], "-o"),
        (["corrupt", "--kind", "胡写", "-o", "."], "没有“胡写”这种错误"),
        (["synth", "--dialect", "胡写", "-o", "."], "胡写"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(
    call: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(call) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
