import io
import time
import zipfile
from pathlib import Path

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.encoding import MAX_BYTES
from mingsuan.reading.files import load

TEXT = "某市某局2023年部门预算公开\n"


def test_a_file_is_called_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = load(path)
    assert document.name == "预算.txt"
    assert document.blocks[0].place.file == "预算.txt"


def test_bytes_are_called_as_the_caller_says() -> None:
    assert load(data=TEXT.encode(), name="/home/user/上传.md").name == "上传.md"
    assert load(data=TEXT.encode()).name == "标准输入"


def test_the_extension_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "预算.pdf"
    path.write_text(TEXT, encoding="gb18030")
    assert load(path).blocks == load(data=TEXT.encode(), name="预算.pdf").blocks


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    began = time.perf_counter()
    with pytest.raises(UnreadableFile, match="1,000MB"):
        load(path)
    assert time.perf_counter() - began < 0.1


def test_huge_bytes_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="上限"):
        load(data=bytes(MAX_BYTES + 1))


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="找不到"):
        load(tmp_path / "无.txt")
    with pytest.raises(UnreadableFile, match="文件夹"):
        load(tmp_path)
    with pytest.raises(UnreadableFile, match="打不开"):
        load(Path("a\0b"))


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "密.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="权限"):
        load(path)


def zipped(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (zipped("word/document.xml"), "DOCX"),
        (zipped("xl/workbook.xml"), "XLSX"),
        (zipped("预算.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office"),
        (b"<!DOCTYPE html><html></html>", "网页"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
def test_other_formats_are_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what) as caught:
        load(data=data, name="预算")
    assert "另存为" in caught.value.remedy


def test_exactly_one_source_is_needed() -> None:
    with pytest.raises(ValueError, match="either path or data"):
        load()
