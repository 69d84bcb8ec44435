"""Where a book comes from: a workbook, or a folder with a column map."""

from __future__ import annotations

from pathlib import Path

from mingsuan.compiling.book import Book
from mingsuan.compiling.workbook.columnmap import MAP, read_mapped
from mingsuan.compiling.workbook.reader import read_book
from mingsuan.model import Finding


class InputError(ValueError):
    """There is nothing that can be compiled; the message says what is expected."""


def read_input(path: Path) -> tuple[Book, tuple[Finding, ...]]:
    """The book of a workbook (.xlsx), or of a folder that holds exports with a column map or just one workbook.

    Raises:
        InputError: there is no such file, or the folder holds neither.
        MapError: the column map is wrong.
        UnreadableFile: a file cannot be read.
    """
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"没有文件 {path.name}。请检查文件名。")
        return read_book(path)
    if (path / MAP).is_file():
        return read_mapped(path)
    books = sorted(p for p in path.glob("*.xlsx") if not p.name.startswith(("~$", ".")))
    if len(books) != 1:
        raise InputError(f"文件夹 {path.name} 里没有 {MAP}，有{len(books)}个工作簿。请写 {MAP}，或者只放一个输入簿。")
    return read_book(books[0])
