"""The layout of a publication that a new one is to be laid out like."""

from __future__ import annotations

from mingsuan.compiling.book import Book
from mingsuan.compiling.lifting.lists import style_of
from mingsuan.dialects.dialect import load
from mingsuan.dialects.filling.layout import Style
from mingsuan.dialects.meaning.understand import understand
from mingsuan.model import Disclosure


class NothingToFollowError(ValueError):
    """A disclosure whose layout cannot be told; the message says what to do."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("没有认出版式或表格，看不出它是怎样排的；请换一份，或用 mingsuan read 查看读到了什么。")


def style_like(source: Disclosure | Book) -> Style:
    """The habits of the department that published a disclosure, or that a book tells of.

    Raises:
        NothingToFollowError: the disclosure has no table of a known dialect.
    """
    if isinstance(source, Book):
        return style_told(source)
    if source.dialect is None or not source.tables:
        raise NothingToFollowError
    return style_of(understand(source, load(source.dialect)))


def style_told(book: Book) -> Style:
    """How a book's tables are to be laid out, by what it says of its department."""
    usual, department = Style(), book.department
    return Style(
        by_unit=usual.by_unit if department.by_unit is None else department.by_unit,
        narrowed=usual.narrowed if department.narrowed is None else department.narrowed,
    )
