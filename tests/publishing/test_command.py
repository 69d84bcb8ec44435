"""The command publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingsuan.cli.main import main
from mingsuan.model.json import disclosure_to_json
from tests.publishing.samples import sample, with_a_wrong_total


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "公开.json"
    path.write_text(json.dumps(disclosure_to_json(sample("jiangsu-2017")), ensure_ascii=False), encoding="utf-8")
    return path


def test_json_is_published(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(source), "--to", "html,data", "-o", str(tmp_path / "out"), "--date", "2019-02-20"]) == 0
    files = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert [Path(f).suffix for f in files] == [".html", ".zip"]
    assert "已写入" in capsys.readouterr().out
    assert "2019年2月20日" in next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")


def test_a_published_file_is_published_again_in_another_format(source: Path, tmp_path: Path) -> None:
    assert main(["publish", str(source), "--to", "html", "-o", str(tmp_path / "a")]) == 0
    page = next((tmp_path / "a").glob("*.html"))
    assert main(["publish", str(page), "--to", "docx", "-o", str(tmp_path / "b")]) == 0
    assert [p.suffix for p in (tmp_path / "b").iterdir()] == [".docx"]


def test_a_refusal_says_why_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "错.json"
    path.write_text(json.dumps(disclosure_to_json(with_a_wrong_total(sample("jiangsu-2017"))), ensure_ascii=False), encoding="utf-8")
    assert main(["publish", str(path), "--to", "html", "-o", str(tmp_path / "out")]) == 1
    assert "没有发布" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main(["publish", str(path), "--to", "html", "-o", str(tmp_path / "out"), "--draft"]) == 0


@pytest.mark.parametrize("content", ["{}", '{"tables": 3}', "没有预算", "{" * 5000])
def test_what_is_no_disclosure_is_a_problem_of_use(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    assert main(["publish", str(path), "-o", str(tmp_path / "out")]) == 2
    assert "错误" in capsys.readouterr().err


def test_an_unknown_format_is_named(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(source), "--to", "odt", "-o", str(tmp_path / "out")]) == 2
    assert "odt" in capsys.readouterr().err
