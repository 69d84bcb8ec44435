"""Files → documents: opening, bounds, and the choice of a reader by content, never by the file's name."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from mingsuan.printable import printable, unseen
from mingsuan.reading.document import Block, Document, Paragraph, UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES, too_large
from mingsuan.reading.formats.sniff import Kind, sniff
from mingsuan.refusals import refusal

_NO_TEXT = frozenset({".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".zip", ".ods", ".rar", ".7z"})
"""Endings that no text file has."""


def load(path: Path | None = None, data: bytes | None = None, name: str = "") -> Document:
    """Read the file at `path`, or `data` that the caller has already read (standard input, an upload).

    `name` is what messages and places call the file; by default the path's last part.

    Raises:
        UnreadableFile: the file cannot be opened, is too large, or holds nothing that can be read.
        ValueError: neither or both of `path` and `data` were given.
    """
    if (path is None) == (data is None):
        raise ValueError("give either path or data")
    shown = _shown(path, name)
    return read_bytes(contents(path, shown) if path is not None else data or b"", shown)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a file of any sort; `name` is what messages and places call it.

    Raises:
        UnreadableFile: it is too large, damaged, or of a sort that is not read.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    kind = sniff(data, name)
    try:
        return _printable(_reader(kind)(data, name))
    except UnreadableFile:
        if kind is Kind.TEXT and Path(name).suffix.lower() in _NO_TEXT and data.strip(b"\0 \t\r\n"):
            what = f"内容不是{Path(name).suffix[1:].upper()}文件，也不是文本"
            raise UnreadableFile(name, what, "文件可能已损坏，或没有下载、导出完整，请重新下载或导出后再试") from None
        raise


def _reader(kind: Kind) -> Callable[[bytes, str], Document]:
    """What reads a format; imported when the first file of that format is read."""
    match kind:
        case Kind.TEXT:
            from mingsuan.reading.formats.text import read_text as read
        case Kind.PDF:
            from mingsuan.reading.formats.pdf.isolated import read_pdf as read
        case Kind.DOCX:
            from mingsuan.reading.formats.docx import read_docx as read
        case Kind.XLSX:
            from mingsuan.reading.formats.xlsx import read_xlsx as read
        case Kind.XLS:
            from mingsuan.reading.formats.xls import read_xls as read
        case Kind.HTML:
            from mingsuan.reading.formats.html import read_html as read
        case Kind.ZIP:
            from mingsuan.reading.formats.archive import read_archive

            return partial(read_archive, read=read_bytes)
        case _:
            from mingsuan.reading.formats.legacy import read_legacy as read
    return read


def _printable(document: Document) -> Document:
    """The document without the characters that nobody sees, which is said: every format has its way to smuggle them in."""
    count = sum(unseen("".join(texts)) for texts in _texts(document.blocks))
    if not count:
        return document
    blocks = tuple(_printable_block(block) for block in document.blocks)
    return replace(document, blocks=blocks, problems=(*document.problems, f"文件含有{count}个控制字符，已略去"))


def _texts(blocks: Iterable[Block]) -> Iterator[Iterable[str]]:
    for block in blocks:
        yield (block.text,) if isinstance(block, Paragraph) else (cell.text for row in block.rows for cell in row)


def _printable_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=printable(block.text))
    return replace(block, rows=tuple(tuple(replace(cell, text=printable(cell.text)) for cell in row) for row in block.rows))


def _shown(path: Path | None, name: str) -> str:
    return printable(Path(name).name or (path.name if path is not None else "")) or "标准输入"


def contents(path: Path, name: str = "") -> bytes:
    """The bytes of a regular file; its size is looked at first, so that a huge file costs nothing.

    Raises:
        UnreadableFile: it cannot be opened or is too large.
    """
    name = name or path.name
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(name, "这是一个文件夹，不是文件", "请给出文件夹里某一份公开文本的路径")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(name, "这是管道或设备，不是文件", "请给出文件的路径；要从标准输入读取，文件名写 -")
        if status.st_size > MAX_BYTES:
            raise too_large(status.st_size, name)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile(name, "找不到这个文件", "请检查路径和文件名是否写对") from None
    except PermissionError:
        raise UnreadableFile(name, "没有读取这个文件的权限", "请修改文件权限，或复制一份到自己的文件夹后再试") from None
    except (OSError, ValueError) as error:
        why = refusal(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
        raise UnreadableFile(name, f"打不开这个文件（{why}）", "请检查路径、磁盘和网络位置是否可用") from None
