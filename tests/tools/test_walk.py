"""The walk at the end of `make run`: what is put in is what is found, and putting it right gives the published file again."""

from __future__ import annotations

from pathlib import Path

import pytest

import mingsuan
from mingsuan.compiling import compile_workbook
from mingsuan.publishing.gate import publish
from tools.walk import main, misprint

EXAMPLE = Path(__file__).parents[2] / "examples" / "zhengzhou-2023.xlsx"


def test_the_error_is_found_at_its_place_and_its_repair_gives_the_published_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compiled = compile_workbook(EXAMPLE)
    (published,) = publish(compiled.disclosure, compiled.dialect, ["docx"], tmp_path).files
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "改正.docx").read_bytes() == published.read_bytes() != (tmp_path / "有误.docx").read_bytes()
    told = capsys.readouterr().out
    planted = misprint(mingsuan.read(published))
    assert told.count(str(planted.place)) == 2
    assert "错误1个" in told
