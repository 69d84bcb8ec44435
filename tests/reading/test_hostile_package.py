"""Archives, Office files and pages made to harm: bombs, entities, addresses, macros, paths. Nothing leaves the process, nothing runs."""

from __future__ import annotations

import io
import random
import socket
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from mingsuan.reading.document import Document, Grid, Paragraph, UnreadableFile
from mingsuan.reading.formats import worksheet
from mingsuan.reading.formats.files import load
from mingsuan.reading.formats.zipped import MAX_UNPACKED
from tests.hanging import no_hang
from tests.reading.office_files import P, R, S, W, docx, merges, ole, p, relations, rows, xls, xls_label, xlsx

MEGABYTE = 1_000_000
SECRET = "绝密内容"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive whose members are packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(document: Document) -> str:
    """All its text."""
    cells = (cell.text for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    return "\n".join([*(block.text for block in document.blocks if isinstance(block, Paragraph)), *cells])


def outcome(data: bytes, name: str = "例") -> Document | str:
    """The document, or why there is none, in bounded work."""
    with no_hang():
        try:
            return load(data=data, name=name)
        except UnreadableFile as error:
            assert str(error).startswith(f"{name}：") and error.remedy
            return error.what


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("网络"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("网络"))


def dense(megabytes: int) -> bytes:
    """Text that packs a hundredfold, so that the bound on the ratio does not stop it."""
    chance = random.Random(1)
    return b"".join(bytes([chance.randrange(97, 123)]) * 400 for _ in range(megabytes * MEGABYTE // 400))


def sheet(inner: str) -> str:
    return f'<worksheet xmlns="{S}">{inner}</worksheet>'


def sheets_in_one_part(count: int, part: bytes) -> bytes:
    """A workbook whose sheets are all the same part."""
    named = relations([(f"r{n}", "worksheet", "worksheets/sheet1.xml") for n in range(1, count + 1)])
    return packed(
        parts_of(xlsx({f"页{n}": "" for n in range(count)})) | {"xl/_rels/workbook.xml.rels": named, "xl/worksheets/sheet1.xml": part}
    )


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each reading of a member gives."""
    sizes: list[int] = []
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        content = read(self, size)
        sizes.append(len(content))
        return content

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    return sizes


def test_a_part_that_many_sheets_ask_for_in_vain_is_not_unpacked_for_each(unpacked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingsuan.reading.formats.package.MAX_PART", MEGABYTE)
    found = outcome(sheets_in_one_part(450, dense(2)))
    assert isinstance(found, str) and "解压后大得异常" in found
    assert sum(unpacked) < MAX_UNPACKED + 2 * MEGABYTE


def test_members_that_fail_count_as_unpacked(unpacked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"甲.txt": dense(3)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (info,) = archive.infolist()
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda self: [info] * 190)
    monkeypatch.setattr("mingsuan.reading.formats.archive.MAX_BYTES", 2 * MEGABYTE)
    assert isinstance(outcome(data), str)
    assert sum(unpacked) < MAX_UNPACKED + 3 * MEGABYTE


def test_one_long_text_in_many_cells_is_not_multiplied() -> None:
    row = '<c t="s"><v>0</v></c>' * 100
    cells = "".join(f'<row r="{n}">{row}</row>' for n in range(1, 101))
    found = outcome(packed(parts_of(xlsx({"页": f"<sheetData>{cells}</sheetData>"}, strings=[f"<t>{'甲' * 100_000}</t>"]))))
    assert isinstance(found, Document)
    assert len(words(found)) < worksheet.MAX_CHARACTERS + 2 * worksheet.MAX_TEXT
    assert any("内容过多" in problem for problem in found.problems)


def test_all_sheets_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAX_INKED", 1_000)
    body = "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 20}</row>' for n in range(1, 31))
    found = outcome(sheets_in_one_part(12, sheet(f"<sheetData>{body}</sheetData>").encode()))
    assert isinstance(found, Document)
    assert words(found).split().count("1") <= 1_000 + 1
    assert "工作表“页1”内容过多，第22行起没有读取" in found.problems


def test_ranges_and_hidden_rows_of_all_sheets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAX_INKED", 1_000)
    hidden = "".join(f'<row r="{n}" hidden="1"/>' for n in range(2, 400))
    ranges = merges(*(f"A{n}:B{n}" for n in range(2, 400)))
    found = outcome(sheets_in_one_part(20, sheet(f"<sheetData>{rows(['甲', '乙', '丙'])}{hidden}</sheetData>{ranges}").encode()))
    assert isinstance(found, Document)
    assert sum("内容过多" in problem for problem in found.problems) == 19


def test_wide_records_of_many_sheets_are_read_within_bounds() -> None:
    """Rows of blank cells far wider than a sheet, in sheets that are all the same place of the file."""
    record = b"\xbe\x00" + (8_000).to_bytes(2, "little") + bytes(8_000)
    data = xls({f"页{n}": (record * 40 if n == 0 else xls_label(0, 0, "甲")) for n in range(200)})
    found = outcome(data)
    assert isinstance(found, Document) and "甲" in words(found)


def test_archives_in_archives_end_at_a_depth() -> None:
    data = packed({"数.txt": "一"})
    for depth in range(40):
        data = packed({f"{depth}.zip": data, f"{depth}.txt": f"第{depth}层"})
    found = outcome(data)
    assert isinstance(found, Document)
    assert any("压缩包套压缩包超过2层" in problem for problem in found.problems)


def laughs(depth: int) -> str:
    """Entities of which each is ten of the one before."""
    made = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">{made}]>'


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """The address of a file that nobody may read."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"])
def test_no_part_of_a_word_file_reads_another_file(part: str, secret: str) -> None:
    parts = parts_of(docx(p("甲"), styles="<w:style/>"))
    content = parts[part]
    text = content.decode() if isinstance(content, bytes) else content
    body = text.removeprefix('<?xml version="1.0"?>').replace("甲", "甲&x;")
    found = outcome(packed(parts | {part: f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret}">]>{body}'}))
    assert SECRET not in (found if isinstance(found, str) else words(found))


def test_entities_in_a_workbook_are_refused_wherever_they_are(secret: str) -> None:
    parts = parts_of(xlsx({"页": f"<sheetData>{rows(['甲', '乙'])}</sheetData>"}, strings=["<t>丙</t>"]))
    for part in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        text = parts[part]
        assert isinstance(text, bytes)
        hostile = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret}">]>'.encode() + text.replace("丙".encode(), b"&x;")
        found = outcome(packed(parts | {part: hostile}))
        assert "文档类型声明" in (found if isinstance(found, str) else "".join(found.problems)), part


@pytest.mark.parametrize("body", ["&e8;", '<w:p w:x="&e8;"/>'], ids=["text", "attribute"])
def test_entities_that_multiply_are_refused(body: str) -> None:
    assert isinstance(outcome(docx(body, head=laughs(9))), str)


def test_a_page_resolves_no_entity_and_fetches_nothing(secret: str) -> None:
    fetched = f'<img src="http://例.cn/a.png"><link rel=stylesheet href="http://例.cn/a.css"><iframe src="{secret}"></iframe>'
    found = outcome(f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]><html><body>{fetched}<p>甲&x;乙</p></body></html>'.encode(), "页")
    assert isinstance(found, Document)
    assert SECRET not in words(found)
    found = outcome(f"<!DOCTYPE html {laughs(9)[11:]}<html><body><p>甲&e8;乙</p></body></html>".encode(), "页")
    assert isinstance(found, Document)
    assert len(words(found)) < 1_000


def test_addresses_outside_the_package_are_not_followed(secret: str) -> None:
    outside = (
        f'<Relationships xmlns="{P}"><Relationship Id="a" Type="{R}/styles" Target="{secret}" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{R}/numbering" Target="../../../..{secret.removeprefix("file://")}"/>'
        f'<Relationship Id="c" Type="{R}/attachedTemplate" Target="http://例.cn/a.dotm" TargetMode="External"/></Relationships>'
    )
    found = outcome(packed(parts_of(docx(p("甲"))) | {"word/_rels/document.xml.rels": outside}))
    assert isinstance(found, Document)
    assert words(found) == "甲"


def test_files_with_macros_are_read_and_nothing_of_them_runs() -> None:
    macro = ole({"VBA": b'Sub AutoOpen()\r\nShell "touch /tmp/x"\r\nEnd Sub'})
    plain, book = docx(p("甲")), xlsx({"页": f"<sheetData>{rows(['甲', '乙', '丙'])}</sheetData>"})
    assert outcome(packed(parts_of(plain) | {"word/vbaProject.bin": macro}), "例.docm") == load(data=plain, name="例.docm")
    assert outcome(packed(parts_of(book) | {"xl/vbaProject.bin": macro}), "例.xlsm") == load(data=book, name="例.xlsm")


def test_a_macro_sheet_is_named_and_not_read() -> None:
    parts = parts_of(
        xlsx({"页": f"<sheetData>{rows(['甲', '乙', '丙'])}</sheetData>", "宏一": f"<sheetData>{rows(['=EXEC()'])}</sheetData>"})
    )
    links = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(links, bytes)
    kind = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    links = links.replace(b'Id="r2" Type="' + f"{R}/worksheet".encode(), b'Id="r2" Type="' + kind)
    found = outcome(packed(parts | {"xl/_rels/workbook.xml.rels": links}), "例.xlsm")
    assert isinstance(found, Document)
    assert "EXEC" not in words(found)
    assert "工作表“宏一”是宏，没有读取" in found.problems


def test_a_sheet_whose_part_is_not_named_is_no_chart() -> None:
    parts = parts_of(xlsx({"页": f"<sheetData>{rows(['甲', '乙', '丙'])}</sheetData>"})) | {"xl/_rels/workbook.xml.rels": "<torn"}
    found = outcome(packed(parts))
    assert isinstance(found, str) and "工作表“页”的内容找不到，没有读取" in found


def test_fields_that_would_run_something_are_only_shown() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO cmd "/c calc"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    found = outcome(docx(field))
    assert isinstance(found, Document) and words(found) == "结果"


PATHS = (
    "../../a.txt",
    "/etc/a.txt",
    "C:\\Windows\\a.txt",
    "\\\\server\\share\\a.txt",
    "..\\..\\a.txt",
    "a\x00/../a.txt",
    "./././a.txt",
    "..",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_members_path_leads_nowhere(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = outcome(packed({path: "甲\n"}))
    assert isinstance(found, Document)
    (place,) = {block.place.file for block in found.blocks}
    assert place and ".." not in place and ":" not in place and not place.startswith(("/", "\\"))
    assert list(tmp_path.iterdir()) == []


def test_a_member_without_a_name_has_one() -> None:
    info = zipfile.ZipInfo("x")
    info.filename = ""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "甲\n")
    named = outcome(buffer.getvalue())
    assert isinstance(named, Document)
    assert {block.place.file for block in named.blocks} == {"第1个文件"}


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    link = zipfile.ZipInfo("甲.txt")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, str(tmp_path / "secret.txt"))
    found = outcome(buffer.getvalue())
    assert SECRET not in (found if isinstance(found, str) else words(found))


@pytest.mark.parametrize("data", [docx(p("甲")), xlsx({"页": f"<sheetData>{rows(['甲', '乙'])}</sheetData>"}), packed({"甲.txt": "甲"})])
def test_a_cut_file_says_that_it_is_damaged(data: bytes) -> None:
    for share in (0.2, 0.5, 0.9):
        found = outcome(data[: int(share * len(data))])
        assert isinstance(found, str) and "损坏" in found


def test_locked_files_say_so() -> None:
    assert "密码" in str(outcome(ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})))
    data = bytearray(packed({"甲.txt": "甲"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    assert "密码" in str(outcome(bytes(data)))


def test_xml_under_another_encoding_is_read_or_refused() -> None:
    body = f'<?xml version="1.0" encoding="utf-16"?><w:document xmlns:w="{W}"><w:body>{p("甲")}</w:body></w:document>'
    found = outcome(packed(parts_of(docx(p("乙"))) | {"word/document.xml": body.encode("utf-16")}))
    assert isinstance(found, Document) and words(found) == "甲"
