import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingsuan.reading.document import Grid, Paragraph, UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES
from mingsuan.reading.formats.files import load
from mingsuan.reading.formats.legacy import office_program
from tests.reading.formats.pdf.build import Sheet, pdf, ruled
from tests.reading.office_files import MONEY, docx, ole, p, rows, tbl, xls, xls_label, xls_number, xlsx, zipped

TEXT = "某市某局2023年部门预算公开\n"


def test_a_file_is_called_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = load(path)
    assert document.name == "预算.txt"
    assert document.blocks[0].place.file == "预算.txt"


def test_bytes_are_called_as_the_caller_says() -> None:
    assert load(data=TEXT.encode(), name="某处/上传.md").name == "上传.md"
    assert load(data=TEXT.encode()).name == "标准输入"


def test_the_extension_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "预算.pdf"
    path.write_text(TEXT, encoding="gb18030")
    assert load(path).blocks == load(data=TEXT.encode(), name="预算.pdf").blocks


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda path: pytest.fail("读了文件"))
        patched.setattr(Path, "open", lambda path, *mode: pytest.fail("打开了文件"))
        with pytest.raises(UnreadableFile, match="1,000MB"):
            load(path)


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


PAGE = pdf(ruled(Sheet(), [50, 150, 250], [700, 680, 660], [["项目", "金额"], ["合计", "7.00"]]).text(70, 750, "收支总表"))
WORD = docx(p("收支总表") + tbl(["项目", "金额"], ["合计", "7.00"]))
SHEET = xlsx({"收支总表": rows(["项目", "金额"], ["合计", 7.0], style=MONEY)})
OLD_SHEET = xls(
    {"收支总表": xls_label(0, 0, "项目", 1) + xls_label(0, 1, "金额", 1) + xls_label(1, 0, "合计", 1) + xls_number(1, 1, 7.0, 2)}
)
WEB = "<!DOCTYPE html><p>收支总表</p><table><tr><td>项目<td>金额</tr><tr><td>合计<td>7.00</tr></table>".encode()
PLAIN = "收支总表\n项目\t金额\n合计\t7.00\n".encode()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (PAGE, "第1页第1个表第2行第2列"),
        (WORD, "第1个表第2行第2列"),
        (SHEET, "工作表“收支总表”B2"),
        (OLD_SHEET, "工作表“收支总表”B2"),
        (WEB, "第1个表第2行第2列"),
        (PLAIN, "第3行第2列"),
        (zipped({"表.pdf": PAGE}), "第1页第1个表第2行第2列"),
        (zipped({"内.zip": zipped({"表.docx": WORD})}), "第1个表第2行第2列"),
    ],
    ids=["pdf", "docx", "xlsx", "xls", "html", "text", "zip", "zip in zip"],
)
def test_every_format_gives_the_same_table_and_its_own_places(data: bytes, place: str) -> None:
    document = load(data=data, name="预算")
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["项目", "金额"], ["合计", "7.00"]]
    assert str(grid.rows[1][1].place) == place
    assert any(isinstance(block, Paragraph) and block.text == "收支总表" for block in document.blocks)


def test_places_in_an_archive_name_the_member() -> None:
    document = load(data=zipped({"说明.txt": TEXT.encode(), "附表.docx": WORD}), name="公开.zip")
    assert {block.place.file for block in document.blocks} == {"说明.txt", "附表.docx"}


@pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
def test_older_formats_go_through_libreoffice() -> None:
    document = load(data=rb"{\rtf1\ansi\ansicpg936 \'ca\'d5\'d6\'a7\par}", name="预算.rtf")
    assert document.blocks[0].place.file == "预算.rtf"
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text == "收支"


def test_without_libreoffice_older_formats_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingsuan.reading.formats.legacy.office_program", lambda: None)
    with pytest.raises(UnreadableFile, match=r"预算\.doc：.*LibreOffice"):
        load(data=ole({"WordDocument": b"x"}), name="预算.doc")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (zipped({"ppt/presentation.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "PPTX"),
        (zipped({"OFD.xml": "<x/>"}), "OFD"),
        (ole({"EncryptedPackage": b"x"}), "密码"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"PK\x03\x04", "损坏"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what) as caught:
        load(data=data, name="预算")
    assert caught.value.remedy


def test_a_reader_is_imported_only_for_its_format() -> None:
    code = (
        "import sys; from mingsuan.reading.formats.files import load; load(data=b'x');"
        "own = ['mingsuan.reading.formats.' + name for name in ('docx', 'legacy', 'ole')];"
        "names = ['lxml', 'pypdfium2', 'zipfile', *own];"
        "sys.exit(any(name in sys.modules for name in names))"
    )
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": os.pathsep.join(sys.path)}, check=False).returncode == 0


def test_exactly_one_source_is_needed() -> None:
    with pytest.raises(ValueError, match="either path or data"):
        load()
