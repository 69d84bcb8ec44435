"""The commands on files of every format: grids, show, several files of one disclosure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mingsuan
from bench.shared import CORPUS, SHARED
from mingsuan.cli.main import main
from mingsuan.model import Disclosure, Finding, Level, Repair, Report, Side
from mingsuan.places import Place
from tests.checking.reports.page import samples
from tests.reading.formats.pdf.build import Sheet, pdf, ruled
from tests.reading.office_files import docx, p, tbl, zipped

on_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")
TABLE = ruled(Sheet(), [50, 150, 250], [700, 680, 660], [["项目", "金额"], ["合计", "7.00"]])


def side(file: str, page: int | None, top: float = 100.0) -> Side:
    place = Place(file, page, (50.0, top, 90.0, top + 20)) if page else Place(file, line=3)
    return Side(place, f"第{page}页的合计", "7.00")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Stands in for the check: what is put here is what it finds."""
    findings: list[Finding] = []
    monkeypatch.setattr(mingsuan, "check", lambda *_, **__: Report(tuple(findings)))
    monkeypatch.setattr("mingsuan.cli.check.disclosure_of", lambda *_: Disclosure(claims=(None,)))  # type: ignore[arg-type]
    return findings


def finding(*sides: Side) -> Finding:
    repair = Repair(sides[0].place, "合计", "7.00", "8.00", "改数")
    return Finding("FIG101", Level.ERROR, "合计不符", sides, "7.00", "8.00", repairs=(repair,))


def test_grids_are_listed_as_data_and_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "例.pdf"
    path.write_bytes(pdf(TABLE, TABLE))
    assert main(["grids", str(path), "--page", "2", "--format", "json"]) == 0
    (grid,) = json.loads(capsys.readouterr().out)
    assert grid == {
        "page": 2,
        "box": [50.0, 660.0, 250.0, 700.0],
        "rows": 2,
        "cols": 2,
        "grid": [["项目", "金额"], ["合计", "7.00"]],
        "spans": [],
    }
    assert main(["grids", str(path)]) == 0
    assert capsys.readouterr().out.count("合计\t7.00") == 2


@pytest.mark.parametrize("arguments", [["grids", "无.pdf"], ["grids", "例.docx", "--page", "1"], ["grids", "例.docx", "--page", "0"]])
def test_grids_of_what_cannot_be_listed_exit_with_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("例.docx").write_bytes(docx(p("说明") + tbl(["甲", "乙"])))
    assert main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("archived", [False, True])
def test_a_finding_is_drawn_on_its_pages(archived: bool, found: list[Finding], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / ("例.zip" if archived else "例.pdf")
    file = pdf(TABLE, TABLE)
    path.write_bytes(zipped({"例.pdf": file}) if archived else file)
    found.append(finding(side("例.pdf", 1), side("例.pdf", 1, 300.0), side("例.pdf", 2)))
    assert main(["show", str(path), "--finding", "1", "-o", str(tmp_path / "page.png")]) == 0
    assert {picture.name for picture in tmp_path.glob("*.png")} == {"page.png", "page-2.png"}
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr().out
    assert printed.startswith("1 ■ FIG101 错误  合计不符")
    assert "    1  第1页 第1页的合计：7.00；改法：合计 7.00 → 8.00" in printed
    assert "例.pdf 第2页：" in printed


def test_what_cannot_be_drawn_is_said(found: list[Finding], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "例.txt"
    path.write_text("文", encoding="utf-8")
    assert main(["show", str(path), "--finding", "1"]) == 2
    assert "没有发现问题" in capsys.readouterr().err
    found.append(finding(side("例.txt", None)))
    assert main(["show", str(path), "--finding", "2"]) == 2
    assert "只有1个问题" in capsys.readouterr().err
    assert main(["show", str(path), "--finding", "1"]) == 0
    assert "第3行" in capsys.readouterr().out
    assert main(["show", str(path), "--finding", "1", "-o", str(tmp_path / "page.png")]) == 2
    assert "没有可以画的内容" in capsys.readouterr().err
    assert not (tmp_path / "page.png").exists()


def test_a_finding_in_a_file_without_pages_is_drawn_as_it_is_quoted(
    found: list[Finding], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = samples.disclosure(samples.table([["合计", "7.00"], ["一", "7.00"]], ["项目", "金额"]))
    monkeypatch.setattr("mingsuan.cli.check.disclosure_of", lambda *_: read)
    found.append(finding(Side(samples.cell_place(1, 2), "合计", "7.00")))
    (tmp_path / "例.txt").write_text("文", encoding="utf-8")
    assert main(["show", str(tmp_path / "例.txt"), "--finding", "1", "-o", str(tmp_path / "表.png")]) == 0
    assert (tmp_path / "表.png").read_bytes().startswith(b"\x89PNG")
    assert "已画出 摘录的文字和表格" in capsys.readouterr().out


def test_the_page_report_carries_the_pages_of_its_findings(found: list[Finding], tmp_path: Path) -> None:
    found.append(finding(side("例.pdf", 2), side("例.pdf", 2, 300.0)))
    for name, file in (("例.pdf", pdf(TABLE, TABLE)), ("例.zip", zipped({"例.pdf": pdf(TABLE, TABLE)}))):
        (tmp_path / name).write_bytes(file)
        assert main(["check", str(tmp_path / name), "--format", "html", "-o", str(tmp_path / "报告.html")]) == 1
        page = (tmp_path / "报告.html").read_text(encoding="utf-8")
        assert page.count("data:image/png;base64,") == 1
        assert page.count('<rect class="outline"') == 4  # two places, in the strips and on the whole page


def test_standard_input_cannot_be_shown_or_joined(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "-", "--finding", "1"]) == 2
    assert main(["check", "--together", "-", "甲.txt"]) == 2
    assert "标准输入" in capsys.readouterr().err


@on_corpus
def test_text_and_tables_published_apart_are_checked_together(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(CORPUS / f"b2019_jiangsu_congress_dept_{part}.pdf") for part in ("tables", "text")]
    assert main(["read", *files]) == 0
    read = json.loads(capsys.readouterr().out)
    assert {table["place"]["file"] for table in read["tables"]} == {"b2019_jiangsu_congress_dept_tables.pdf"}
    assert {section["place"]["file"] for section in read["sections"]} == {"b2019_jiangsu_congress_dept_text.pdf"}
    assert main(["check", "--together", "--format", "json", *files]) in (0, 1)
    assert {"findings", "receipts"} <= set(json.loads(capsys.readouterr().out))
    assert main(["check", "--format", "json", *files]) in (0, 1)
    assert len(json.loads(capsys.readouterr().out)) == 2


@on_corpus
def test_every_file_of_the_corpus_is_checked_without_a_breakdown(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(CORPUS.glob("*.pdf")):
        assert main(["check", "--format", "json", str(path)]) in (0, 1)
        report = json.loads(capsys.readouterr().out)
        assert not [r for r in report["receipts"] if "规则执行中断" in r["reason"]]


@on_corpus
@pytest.mark.parametrize("path", sorted((SHARED / "gold" / "pages").glob("*.json")), ids=lambda path: path.stem)
def test_the_command_prints_the_gold_grids(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert main(["grids", str(CORPUS / gold["file"]), "--page", str(gold["page"]), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    for table, grid in zip(gold["tables"], printed, strict=True):
        assert (grid["rows"], grid["cols"], grid["spans"]) == (table["rows"], table["cols"], sorted(table["spans"]))
        assert [["".join(text.split()) for text in row] for row in grid["grid"]] == [
            ["".join(text.split()) for text in row] for row in table["grid"]
        ]
