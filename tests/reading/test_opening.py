"""A document under way: the value or the error comes when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.opening import Opening


def test_the_document_of_bytes_of_a_file_or_of_several(tmp_path: Path) -> None:
    one, other = tmp_path / "甲.txt", tmp_path / "乙.txt"
    one.write_text("某局2024年部门预算", encoding="utf-8")
    other.write_text("第二部分 附表", encoding="utf-8")

    assert Opening(one.read_bytes(), "标准输入").document().name == "标准输入"
    assert Opening(one).document().name == "甲.txt"
    assert Opening([one, other]).document().name == "甲.txt、乙.txt"


def test_an_error_is_raised_where_the_document_is_asked_for(tmp_path: Path) -> None:
    opening = Opening(tmp_path / "没有.txt")

    with pytest.raises(UnreadableFile, match=r"没有\.txt"):
        opening.document()
