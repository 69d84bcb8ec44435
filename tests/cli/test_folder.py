"""`mingsuan check` of a folder: what is in it, what is said of files that cannot be checked, and what is refused before the work."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mingsuan.batch.bounded import TOO_LONG
from mingsuan.batch.runs import Done
from mingsuan.cli.folder import checked_file, published_in
from mingsuan.cli.main import main
from mingsuan.dialects.dialect import load
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

DIALECT = load("luohe-2024")
ONE, OTHER = (as_text(random_disclosure(DIALECT, seed), DIALECT) for seed in (1, 2))


def _here(paths: Iterable[Path], work: Callable[[Path], Mapping[str, Any]], **options: object) -> Iterator[Done]:
    """What a run does, in this process."""
    for path in paths:
        try:
            yield Done(path, "", work(path))
        except Exception as error:
            yield Done(path, "", None, str(error))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("mingsuan.batch.runs.run", _here)
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "材料"
    made.mkdir()
    return made


def test_a_folder_may_be_named_by_way_of_its_parent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    (folder / ".隐藏.txt").write_text(ONE, encoding="utf-8")
    (folder / "另处").mkdir()
    monkeypatch.chdir(folder / "另处")
    assert published_in(Path("../../材料")).files == (Path("../../材料/甲.txt"),)


def test_the_summary_of_an_earlier_run_is_no_public_text(folder: Path) -> None:
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    (folder / "汇总.xlsx").write_bytes(b"PK")
    assert [path.name for path in published_in(folder, folder / "汇总.xlsx").files] == ["甲.txt"]


def test_a_folder_that_cannot_be_opened_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "锁着").mkdir()
    scan = os.scandir

    def refusing(path: str | Path) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("锁着"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert published_in(folder).closed == ("锁着",)


def test_a_file_that_cannot_be_read_says_why_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "空.docx").write_bytes(b"")
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    assert main(["check", "材料", "-o", "汇总.xlsx"]) == 2
    assert "错误：空.docx：文件是空的，没有任何文字。" in capsys.readouterr().err


def test_files_that_took_too_long_are_counted_apart_from_those_that_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "空.docx").write_bytes(b"")
    (folder / "慢.txt").write_text(ONE, encoding="utf-8")

    def slow(paths: Iterable[Path], work: Callable[[Path], Mapping[str, Any]], **options: object) -> Iterator[Done]:
        for done in _here(paths, work, **options):
            yield done if done.result is None else Done(done.path, "", None, f"{TOO_LONG}300秒，已中止，没有做完")

    monkeypatch.setattr("mingsuan.batch.runs.run", slow)
    assert main(["check", "材料", "-o", "汇总.xlsx"]) == 2
    said = capsys.readouterr()
    assert "核对0份，0份有错误级问题，2份没有核对（其中1份超过时限）" in said.out
    assert "慢.txt：用时超过300秒，已中止，没有做完。请单独核对这个文件" in said.err


def _broken(*_: object) -> object:
    raise KeyError("无")


def test_a_defect_is_not_taken_for_a_fault_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingsuan.cli.checking import Wish

    monkeypatch.setattr("mingsuan.cli.checking.report_of", _broken)
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    with pytest.raises(RuntimeError, match="这是明算的缺陷"):
        checked_file(folder / "甲.txt", Wish(), None)


def test_several_texts_in_one_file_are_said_in_the_end_and_in_the_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "合订.txt").write_text(f"{ONE}\n\n{OTHER}", encoding="utf-8")
    main(["check", "材料", "-o", "汇总.xlsx"])
    said = capsys.readouterr()
    assert "1个文件里有不止一份、只核对了第一份" in said.out
    assert "合订.txt：文件里有两份公开文本" in said.err
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(Path("汇总.xlsx").read_bytes()))["概况"]]
    assert "只核对了第一份" in str(dict(zip(rows[0], rows[1], strict=True))["结论"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--last", "甲.txt"], "一次核对一份"),
        (["--against", "上次.json"], "一次核对一份"),
        (["--together"], "一次核对一份"),
        (["--select", "没有"], "没有编号为"),
        (["--dialect", "没有"], "没有这个版式"),
        (["--codes", "function"], "写法不对"),
        (["--waivers", "坏.yaml"], "没有 waivers 列表"),
    ],
)
def test_what_would_fail_with_every_file_is_refused_before_the_work(
    folder: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    Path("坏.yaml").write_text("a: 1", encoding="utf-8")
    assert main(["check", "材料", "-o", "汇总.xlsx", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not Path("汇总.xlsx").exists()


def test_a_summary_that_cannot_be_written_is_said_before_the_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "甲.txt").write_text(ONE, encoding="utf-8")
    assert main(["check", "材料", "-o", "没有/汇总.xlsx"]) == 2
    assert "不能写入 没有/汇总.xlsx：不存在" in capsys.readouterr().err
