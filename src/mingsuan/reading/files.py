"""Files → documents: opening, bounds, and the choice of a reader by content, never by the file's name."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.encoding import MAX_BYTES, too_large
from mingsuan.reading.text import read_text

_OFFICE = 4000
"""Bytes of a ZIP archive in which an Office document names its parts."""
_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（DOC、XLS 或 WPS）"),
    (b"{\\rtf", "RTF 文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZIP 压缩包"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
)
_ZIPPED = ((b"word/", "DOCX 文件"), (b"xl/", "XLSX 文件"), (b"ppt/", "PPTX 文件"), (b"OFD.xml", "OFD 文件"))
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)


def load(path: Path | None = None, data: bytes | None = None, name: str = "") -> Document:
    """Read the file at `path`, or `data` that the caller has already read (standard input, an upload).

    `name` is what messages and places call the file; by default the path's last part.

    Raises:
        UnreadableFile: the file cannot be opened, is too large, or holds nothing that can be read.
        ValueError: neither or both of `path` and `data` were given.
    """
    if (path is None) == (data is None):
        raise ValueError("give either path or data")
    shown = Path(name).name or (path.name if path is not None else "") or "标准输入"
    content = _read(path, shown) if path is not None else data or b""
    if len(content) > MAX_BYTES:
        raise too_large(len(content), shown)
    foreign = _foreign_format(content)
    if foreign is not None:
        raise UnreadableFile(
            shown,
            f"这是{foreign}，目前只能读取文本和 Markdown",
            "请在原软件中另存为纯文本（.txt，表格各列以制表符分隔）或 Markdown（.md）后再试",
        )
    return read_text(content, shown)


def _read(path: Path, name: str) -> bytes:
    """The bytes of a regular file; its size is looked at first, so that a huge file costs nothing."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(name, "这是一个文件夹，不是文件", "请给出文件夹里某一份公开文本的路径")
        if status.st_size > MAX_BYTES:
            raise too_large(status.st_size, name)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile(name, "找不到这个文件", "请检查路径和文件名是否写对") from None
    except PermissionError:
        raise UnreadableFile(name, "没有读取这个文件的权限", "请修改文件权限，或复制一份到自己的文件夹后再试") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(name, f"打不开这个文件（{error}）", "请检查路径、磁盘和网络位置是否可用") from None


def _foreign_format(content: bytes) -> str | None:
    """What a file is that this version cannot read, None if it may be text."""
    if content.startswith(b"PK\x03\x04"):
        head = content[:_OFFICE]
        return next((what for part, what in _ZIPPED if part in head), "ZIP 压缩包")
    if _WEB_PAGE.match(content.removeprefix(b"\xef\xbb\xbf")[:200]):
        return "网页（HTML 或 XML）"
    return next((what for magic, what in _FOREIGN if content.startswith(magic)), None)
