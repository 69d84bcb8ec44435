"""Whole tables in their physical columns, before it is known which form they are."""

from __future__ import annotations

from dataclasses import field
from enum import Enum, auto
from functools import cached_property

from mingsuan.dialects.names import relative
from mingsuan.patterns import regex
from mingsuan.places import Place, extent
from mingsuan.reading.document import Paragraph
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.headings import Label
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.titles import title_of
from mingsuan.values import dataclass


class Opening(Enum):
    """How a run of lines begins."""

    HEADER = auto()
    FORM = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class RawTable:
    """A whole table in its physical columns.

    Attributes:
        header: header lines.
        pages: body lines, page by page.
        before: paragraphs above it, after the table before.
        after: paragraphs below it, before the next table.
        opening: how it begins.
        repairs: what was put right in joining.
    """

    header: tuple[Line, ...]
    pages: tuple[tuple[Line, ...], ...]
    before: tuple[Paragraph, ...]
    opening: Opening
    after: tuple[Paragraph, ...] = ()
    repairs: tuple[str, ...] = field(default=())

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All body lines."""
        return tuple(line for page in self.pages for line in page)

    @cached_property
    def labels(self) -> tuple[tuple[Label, ...], ...]:
        """The header's labels, row by row."""
        years = {int(y) for line in self.header for text in line.texts for y in _YEARS.findall(text)}
        this = max(years) if len(years) > 1 else None
        return tuple(tuple(_label(line, row, j, this) for j in line.filled) for row, line in enumerate(self.header))

    @cached_property
    def title(self) -> str:
        """The title as printed, white space removed, "" if there is none."""
        found = title_of(self.before)
        return compact(found.text) if found is not None else ""

    @property
    def place(self) -> Place:
        """Its extent in the file."""
        return extent(cell.place for line in (*self.header, *self.lines) for cell in line.cells)


_YEARS = regex(r"(?:19|20)\d\d(?=年)")


def _label(line: Line, row: int, column: int, this: int | None) -> Label:
    text = line.texts[column]
    return Label(text, row, column, line.place, relative(text, this) if this is not None and _YEARS.search(text) else "")
