"""A document under way: the value or the error comes when it is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic, sleep

import pytest

from mingsuan.model import Disclosure
from mingsuan.model.json import disclosure_to_json
from mingsuan.patterns import regex
from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import read


def test_the_document_of_bytes_of_a_file_or_of_several(tmp_path: Path) -> None:
    one, other = tmp_path / "甲.txt", tmp_path / "乙.txt"
    one.write_text("某局2024年部门预算", encoding="utf-8")
    other.write_text("第二部分 附表", encoding="utf-8")

    assert Opening(one.read_bytes(), "标准输入").document().name == "标准输入"
    assert Opening(one).document().name == "甲.txt"
    assert Opening([one, other]).document().name == "甲.txt、乙.txt"


def test_patterns_are_compiled_while_the_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    late = regex("尚未用过的")

    def slowly(*_: object, **__: object) -> Document:
        until = monotonic() + 30
        while "search" not in vars(late) and monotonic() < until:
            sleep(0.001)
        return Document("慢", ())

    monkeypatch.setattr("mingsuan.reading.opening.load", slowly)
    assert Opening(b"x").document().name == "慢"
    assert "search" in vars(late)


def test_an_error_is_raised_where_the_document_is_asked_for(tmp_path: Path) -> None:
    opening = Opening(tmp_path / "没有.txt")

    with pytest.raises(UnreadableFile, match=r"没有\.txt"):
        opening.document()


def test_a_disclosure_that_was_saved_as_data_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "公开.数据"
    path.write_text(json.dumps(disclosure_to_json(Disclosure(department="某局", year=2024))), encoding="utf-8")

    assert read(path) == Disclosure(department="某局", year=2024)
    assert Opening(b'{"a": 1}', "别的").saved() is None


def test_damaged_data_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "公开.json"
    path.write_text('{"tables": [{}], "claims": [], "sections": []}', encoding="utf-8")

    with pytest.raises(UnreadableFile, match="内容不完整"):
        read(path)
