"""What is published, before any format: cover, headings, paragraphs, and tables as grids of tiles."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mingsuan.amounts import Amount
from mingsuan.values import dataclass


class Align(StrEnum):
    """How the text of a tile stands across; the words are those of CSS and Typst."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of a grid with its extent; the tiles of a grid cover it without overlap.

    Attributes:
        row, column: of its upper left corner, 0-based.
        text: as printed.
        rows, columns: how many of each it covers.
        head: it is a heading: of columns, or the label of a field.
        amount: the money that it prints, None for anything else.
        origin: row number and column path in the table of the model, None for headings and blanks.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    align: Align = Align.LEFT
    head: bool = False
    amount: Amount | None = None
    origin: tuple[int, str] | None = None


@dataclass(frozen=True)
class Grid:
    """A table laid out.

    Attributes:
        tiles: in the order of reading.
        widths: of its columns, in ems of its own type.
        height: number of rows.
        header: how many rows at its top are repeated on every page.
    """

    tiles: tuple[Tile, ...]
    widths: tuple[float, ...]
    height: int
    header: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Paper:
    """The page that a table is printed on.

    Attributes:
        name: A4 or A3.
        width, height: in points, as it is held for reading.
        margin: at all sides, in points.
    """

    name: str
    width: float
    height: float
    margin: float

    @property
    def landscape(self) -> bool:
        """Whether it lies on its long side."""
        return self.width > self.height

    @property
    def measure(self) -> float:
        """Width between the margins, in points."""
        return self.width - 2 * self.margin


@dataclass(frozen=True)
class Sheet:
    """A table with what stands over and under it.

    Attributes:
        number: of the table in the disclosure, 0-based.
        title: as printed.
        over: department and unit of account, or the fiscal year; one entry per line's part.
        notes: under the table.
        size: of its type, in points.
    """

    number: int
    title: str
    over: tuple[str, ...]
    grid: Grid
    notes: tuple[str, ...]
    paper: Paper
    size: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 第一部分.

    Attributes:
        over_tables: it only says that the tables follow.
    """

    text: str
    level: int
    over_tables: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes:
        align: of the address and the signature of a letter (Word only), which are not indented; None for a paragraph of the body.
    """

    text: str
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """The list of tables that stands before the first of them, numbered."""

    titles: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its entries as printed."""
        return tuple(f"{n}.{title}" for n, title in enumerate(self.titles, 1))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, as wide as the page allows.

    Attributes:
        svg: of the program's own making; its size is in points.
        alt: what it shows, in words.
        width, height: in points.
    """

    svg: str
    alt: str
    width: float
    height: float


Block = Heading | Text | Index | Sheet | Picture


@dataclass(frozen=True)
class Publication:
    """A disclosure laid out for print.

    Attributes:
        title: on the cover, of one line (2023年某市某局部门预算公开).
        department: the discloser's name.
        date: of publication, None where none is to be printed.
        blocks: in order; every table is a page of its own.
        draft: every page is to bear that it is a draft.
        plain: a letter or a form: without cover and contents.
    """

    title: str
    department: str
    year: int | None
    date: date | None
    blocks: tuple[Block, ...]
    draft: bool = False
    plain: bool = False

    @property
    def covered(self) -> bool:
        """Whether it has a cover and contents."""
        return bool(self.narrative) and not self.plain

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables in order."""
        return tuple(b for b in self.blocks if isinstance(b, Sheet))

    @property
    def narrative(self) -> tuple[Heading | Text | Index, ...]:
        """What is no table and no drawing, in order."""
        return tuple(b for b in self.blocks if not isinstance(b, Sheet | Picture))

    @property
    def contents(self) -> tuple[tuple[int, str, int], ...]:
        """Level, title and position among the blocks of what the list of contents names: two levels of headings, and the tables."""
        listed = [(n, b) for n, b in enumerate(self.blocks) if isinstance(b, Sheet) or (isinstance(b, Heading) and b.level <= LISTED)]
        return tuple((b.level if isinstance(b, Heading) else LISTED, b.title if isinstance(b, Sheet) else b.text, n) for n, b in listed)


class UnwritableError(Exception):
    """A format cannot hold what is to be published; the message says what, in Chinese."""


LISTED = 2
"""Levels of headings that the list of contents names."""
DRAFT = "草稿"
"""What drafts bear on every page."""
