"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from mingsuan.patterns import regex
from mingsuan.reading.document import UnreadableFile

if TYPE_CHECKING:
    import zipfile


class Kind(StrEnum):
    """A sort of file, with its name in Chinese as value."""

    PDF = "PDF 文件"
    DOCX = "DOCX 文件"
    XLSX = "XLSX 文件"
    XLSB = "XLSB 文件"
    PPTX = "PPTX 文件"
    OPEN_TEXT = "ODT 文件"
    OPEN_SHEET = "ODS 文件"
    OFD = "OFD 文件"
    DOC = "DOC 文件（旧版 Word 或 WPS 文字）"
    XLS = "XLS 文件（旧版 Excel 或 WPS 表格）"
    XLS_OLD = "Excel 95 或更早的 XLS 文件"
    PPT = "PPT 文件"
    LOCKED = "加了密码的 Office 文件"
    OLE = "旧版 Office 文件"
    RTF = "RTF 文件"
    WORD_XML = "Word 2003 XML 文件"
    SHEET_XML = "Excel 2003 XML 文件"
    HTML = "网页（HTML）"
    MHTML = "单个文件的网页（MHT）"
    XML = "XML 文件"
    ZIP = "ZIP 压缩包"
    RAR = "RAR 压缩包"
    SEVEN_ZIP = "7z 压缩包"
    GZIP = "GZIP 压缩包"
    IMAGE = "图片"
    TEXT = "文本"


_MAGIC = (
    (b"{\\rtf", Kind.RTF),
    (b"Rar!", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\x1f\x8b\x08", Kind.GZIP),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"\x09\x04\x06\x00", Kind.XLS_OLD),
    (b"\x09\x02\x06\x00", Kind.XLS_OLD),
    (b"\x09\x00\x04\x00", Kind.XLS_OLD),
)
_BITMAP_FIELDS = 14
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF_REACH = 1024
"""Bytes at the beginning in which readers accept a PDF's mark."""
_PARTS = (
    ("word/", Kind.DOCX),
    ("xl/workbook.bin", Kind.XLSB),
    ("xl/", Kind.XLSX),
    ("ppt/", Kind.PPTX),
    ("ofd.xml", Kind.OFD),
)
_OFFICE_MARK = "[content_types].xml"
_OPEN_DOCUMENT = ((b"opendocument.text", Kind.OPEN_TEXT), (b"opendocument.spreadsheet", Kind.OPEN_SHEET))
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("Workbook", Kind.XLS),
    ("WordDocument", Kind.DOC),
    ("Book", Kind.XLS_OLD),
    ("PowerPoint Document", Kind.PPT),
)
_HEAD = 4000
"""Bytes in which a page shows itself as one."""
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGE = regex(
    rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|meta|table|title|div|style|script)\b", re.IGNORECASE | re.DOTALL
)
_MIME = regex(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:\s*1\.0", re.IGNORECASE)
_XML = regex(rb"\s*<\?xml\b")
_FLAT = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", Kind.SHEET_XML),
    (b"schemas.microsoft.com/office/word/2003/wordml", Kind.WORD_XML),
)


def sniff(data: bytes, name: str = "") -> Kind:
    """What the bytes of a file are; what nothing else claims is text, and its reader says if it is none.

    `name` is only what messages call the file.

    Raises:
        UnreadableFile: a ZIP archive is damaged or too large.
    """
    if data.startswith(_ZIP):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in data[:_PDF_REACH]:
        return Kind.PDF
    return next((kind for magic, kind in _MAGIC if data.startswith(magic) and _is_told(data, magic)), None) or _marked_up(data)


def _is_told(data: bytes, magic: bytes) -> bool:
    """Whether a mark is meant: "BM" also begins words, so the bitmap's reserved fields must be zero."""
    return magic != b"BM" or (data[6:10] == bytes(4) and len(data) > _BITMAP_FIELDS)


def _zipped(data: bytes, name: str) -> Kind:
    # Most files are no archives, and what unpacks them takes a while to import.
    from mingsuan.reading.formats.zipped import opened

    with opened(data, name) as archive:
        names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}
        if "mimetype" in names:
            declared = _declared(archive, names["mimetype"])
            found = next((kind for mark, kind in _OPEN_DOCUMENT if mark in declared), None)
            if found is not None:
                return found
    office = _OFFICE_MARK in names or "_rels/.rels" in names
    for part, kind in _PARTS:
        if (office or kind is Kind.OFD) and any(path.startswith(part) for path in names):
            return kind
    return Kind.ZIP


def _declared(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    from mingsuan.reading.formats.zipped import PartError, unpacked

    try:
        return unpacked(archive, info, _HEAD)
    except PartError:
        return b""


def _compound(data: bytes) -> Kind:
    from mingsuan.reading.formats.ole import Storage
    from mingsuan.reading.formats.zipped import PartError

    try:
        names = set(Storage.open(data).streams)
    except PartError:
        return Kind.OLE
    return next((kind for stream, kind in _STREAMS if stream in names), Kind.OLE)


def _marked_up(data: bytes) -> Kind:
    """Web page, other XML or plain text, whatever the encoding's width."""
    head = data[:_HEAD]
    if head.startswith(_BOMS[1:]) or head[1:2] == b"\0" or head[:1] == b"\0":
        head = head.replace(b"\0", b"")
    for bom in _BOMS:
        head = head.removeprefix(bom)
    flat = next((kind for mark, kind in _FLAT if mark in head), None)
    if flat is not None and _XML.match(head):
        return flat
    if _PAGE.match(head):
        return Kind.HTML
    if _XML.match(head):
        return Kind.XML
    return Kind.MHTML if _MIME.match(head) else Kind.TEXT


def unsupported(kind: Kind, name: str) -> UnreadableFile:
    """The error for a sort of file that is recognised and not read, with what to do instead."""
    return UnreadableFile(name, f"这是{kind.value}，不能直接读取", _REMEDIES.get(kind, _SAVE_AS))


_SAVE_AS = "请在原软件中打开，另存为 DOCX、XLSX 或 PDF 后再试"
_REMEDIES = {
    Kind.IMAGE: "请改用带文字的 PDF、Word 或 Excel 文件；扫描件和照片里的文字目前不读取",
    Kind.LOCKED: "请在原软件中输入密码打开，取消密码后另存一份再试",
    Kind.RAR: "请先解压，再给出里面的公开文本，或重新打包为 ZIP",
    Kind.SEVEN_ZIP: "请先解压，再给出里面的公开文本，或重新打包为 ZIP",
    Kind.GZIP: "请先解压，再给出里面的公开文本，或重新打包为 ZIP",
    Kind.OFD: "请在 OFD 阅读器中打开，另存（导出）为 PDF 后再试",
}
