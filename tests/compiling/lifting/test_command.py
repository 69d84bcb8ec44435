"""mingsuan lift."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.cli.main import main
from mingsuan.compiling import read_book
from mingsuan.dialects.dialect import load
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text


def test_a_published_text_becomes_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dialect = load("luohe-2024")
    source = tmp_path / "公开.txt"
    source.write_text(as_text(random_disclosure(dialect, 4), dialect), encoding="utf-8")
    assert main(["lift", str(source), "-o", str(tmp_path / "簿.xlsx")]) == 0
    assert "推定" in capsys.readouterr().out
    book, _ = read_book(tmp_path / "簿.xlsx")
    assert book.dialect == "luohe-2024"
    assert book.people


def test_a_text_without_tables_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "空.txt"
    source.write_text("这里没有预算。\n", encoding="utf-8")
    assert main(["lift", str(source), "-o", str(tmp_path / "簿.xlsx")]) == 2
    assert "--dialect" in capsys.readouterr().err
    assert not (tmp_path / "簿.xlsx").exists()
