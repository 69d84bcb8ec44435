"""A worksheet as a workbook stores it, and what its readers keep of it while they go through its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from mingsuan.reading.formats.grids import Span
from mingsuan.reading.formats.numberformat.built_in import GENERAL
from mingsuan.values import dataclass

MAX_SHEETS = 500
"""Worksheets that are read."""
MAX_MERGES = 50_000
"""Merged ranges of a sheet."""
MAX_INKED = 400_000
"""Cells with content or borders, hidden rows and merged ranges of a workbook that are kept."""
MAX_CHARACTERS = 10_000_000
"""Characters of a workbook's cells; one stored text may be the content of many."""
MAX_TEXT = 32_767
"""Characters of a cell; Excel and WPS hold no more."""


@dataclass
class Room:
    """What may still be kept of a workbook, all its sheets together."""

    cells: int = field(default_factory=lambda: MAX_INKED)
    characters: int = field(default_factory=lambda: MAX_CHARACTERS)

    def take(self, text: str = "") -> None:
        """Count something that is kept."""
        self.cells -= 1
        self.characters -= len(text)

    @property
    def full(self) -> bool:
        """Whether nothing more is to be kept."""
        return self.cells < 0 or self.characters < 0


@dataclass(frozen=True, slots=True)
class Inked:
    """A cell with content or side borders.

    Attributes:
        text: what it prints.
        ruled: it has a rule at its left or right side.
    """

    text: str
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is printed.

    Attributes:
        code: its number format.
        ruled: it has a rule at its left or right side.
    """

    code: str
    ruled: bool


PLAIN = CellStyle(GENERAL, ruled=False)


@dataclass(frozen=True)
class Sheet:
    """A worksheet that is shown.

    Attributes:
        name: the words on its tab.
        rows: cells by row and column, 0-based, in any order.
        merges: its merged ranges.
        hidden_rows: rows that are not shown.
        hidden_columns: columns that are not shown.
        uncomputed: addresses of formulas whose result is not stored.
        pictured: it holds pictures or charts.
        cut: rows from this one on were not read.
    """

    name: str
    rows: Mapping[int, Mapping[int, Inked]]
    merges: Sequence[Span] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncomputed: Sequence[str] = ()
    pictured: bool = False
    cut: int | None = None


@dataclass
class FoundSheet:
    """What is found in a sheet while its rows pass.

    Attributes:
        room: what may still be kept of the workbook.
        no_zeros: cells that hold zero print nothing.
    """

    room: Room
    rows: dict[int, dict[int, Inked]] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[str] = field(default_factory=list)
    no_zeros: bool = False
    pictured: bool = False
    cut: int | None = None

    def sheet(self, name: str) -> Sheet:
        """The sheet as it was found."""
        return Sheet(
            name,
            self.rows,
            self.merges,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.uncomputed,
            self.pictured,
            self.cut,
        )


def one_line(text: str) -> str:
    """A cell's text on one line; line breaks join with nothing."""
    return "".join(text.replace("\t", " ").splitlines()).strip()[:MAX_TEXT]
