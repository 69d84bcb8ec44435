import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.sniff import Kind, sniff, unsupported
from tests.reading.office_files import docx, ole, p, xls, xlsx, zipped

EXCEL_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", Kind.PDF),
        (b"\r\n%PDF-1.7", Kind.PDF),
        (docx(p("甲")), Kind.DOCX),
        (xlsx({"页": ""}), Kind.XLSX),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), Kind.XLSB),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), Kind.PPTX),
        (zipped({"OFD.xml": ""}), Kind.OFD),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Kind.OPEN_TEXT),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Kind.OPEN_SHEET),
        (zipped({"word/预算.txt": "甲"}), Kind.ZIP),
        (zipped({"预算.docx": "甲"}), Kind.ZIP),
        (xls({"页": b""}), Kind.XLS),
        (ole({"WordDocument": b"x"}), Kind.DOC),
        (ole({"Book": b"x"}), Kind.XLS_OLD),
        (ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), Kind.LOCKED),
        (ole({"Other": b"x"}), Kind.OLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1cut", Kind.OLE),
        (b"{\\rtf1", Kind.RTF),
        (EXCEL_2003, Kind.SHEET_XML),
        (b"<!DOCTYPE html><html>", Kind.HTML),
        (b"\xef\xbb\xbf \n<!-- x --><TABLE border=1>", Kind.HTML),
        ("<html><body>".encode("utf-16"), Kind.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Kind.MHTML),
        (b"From: <x>\r\nSubject: y\r\nMIME-Version: 1.0\r\n", Kind.MHTML),
        (b"<?xml version='1.0'?><a/>", Kind.XML),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"BM" + bytes(20), Kind.IMAGE),
        (b"BMW is a text", Kind.TEXT),
        (b"Rar!\x1a\x07", Kind.RAR),
        ("一、部门概况".encode("gbk"), Kind.TEXT),
        ("# 预算 <table>".encode(), Kind.TEXT),
        (b"", Kind.TEXT),
    ],
)
def test_files_are_told_by_content(data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind


def test_a_cut_archive_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="已损坏或不完整"):
        sniff(docx(p("甲"))[:200], "例.docx")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_says_what_to_do_where_it_is_not_read(kind: Kind) -> None:
    assert str(unsupported(kind, "例")).startswith(f"例：这是{kind.value}")
