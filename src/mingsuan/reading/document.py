"""The physical layer: what a file holds before anything is known of its meaning."""

from __future__ import annotations

from mingsuan.places import Place
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or run of text outside tables.

    Attributes:
        text: printed text, inner white space kept, ends stripped.
        place: its lines.
        heading: depth that the source itself marks (Markdown #), None for plain text.
    """

    text: str
    place: Place
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a physical grid, with its text as printed (line breaks joined by nothing)."""

    text: str
    place: Place


@dataclass(frozen=True)
class Grid:
    """A physical table: rows of equal width.

    Attributes:
        rows: cells, row by row; a merged cell holds its text in its top-left position and "" in the others.
        place: its extent.
        spans: merged ranges as (first row, first column, last row, last column), 0-based inclusive, where the source tells them.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    place: Place
    spans: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


Block = Paragraph | Grid


@dataclass(frozen=True)
class Document:
    """A file as paragraphs and grids in reading order.

    Attributes:
        name: the file's name as the user gave it, without folders.
        blocks: paragraphs and grids in order.
        problems: what could not be read, one Chinese sentence each.
    """

    name: str
    blocks: tuple[Block, ...]
    problems: tuple[str, ...] = ()


class UnreadableFile(Exception):
    """A file could not be read at all; the message says what happened and what to do next, in Chinese."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        """Say which file, what happened, and what to do next."""
        super().__init__(f"{name}：{what}。{remedy}")
        self.name, self.what, self.remedy = name, what, remedy

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str, str]]:
        """Made again from its parts where it goes to another process."""
        return type(self), (self.name, self.what, self.remedy)
