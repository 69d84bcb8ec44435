"""On which page of a Word file each entry of its contents stands, by reckoning: what is shown until Word counts for itself.

Chinese text on a fixed line pitch can be reckoned: lines are as many ems as the measure has, whatever the font. Rows of tables are as
high as they are set, or as their lines need. Where the file is opened with other fonts the count of a long table may be a page off.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.publishing.publication import LISTED, Block, Heading, Index, Paper, Picture, Publication, Sheet, Text
from mingsuan.publishing.widths import PORTRAIT, ems, row_lines
from mingsuan.values import dataclass

BODY, PITCH = 16.0, 28.0
"""Size and line pitch of the narrative, in points (GB/T 9704: 三号, 22 lines or more a page)."""
ENTRY, ENTRY_PITCH = 14.0, 22.0
"""Of the contents' entries but those of chapters, which have the pitch of the narrative."""
TITLE, TABLE_TITLE, SMALL = 18.0, 16.0, 10.5
"""Sizes of chapters, of tables' titles, and of what stands over and under a table."""
LEAST_MARGIN = 55.0
"""Points above and below the text at least."""
ROW_PITCH = 1.9
"""Ems between the rules of a table's lines at least."""
_LINE = 1.3
"""Height of a line of single spacing, in its size: what the usual Chinese fonts need."""
_CONTENTS_TITLE = 1.3 * 18 + 16


def page_numbers(publication: Publication) -> dict[int, int]:
    """Position among the blocks → page, of all that the contents name; the cover is page 1."""
    page = _Page(PORTRAIT)
    if publication.covered:
        page.turn(PORTRAIT)
        page.used = _CONTENTS_TITLE
        for level, title, _ in publication.contents:
            page.lines(_count(title, ENTRY, level - 1), PITCH if level == 1 else ENTRY_PITCH)
    found: dict[int, int] = {}
    for position, block in enumerate(publication.blocks):
        _place(page, block)
        if isinstance(block, Sheet) or (isinstance(block, Heading) and block.level <= LISTED):
            found[position] = page.begun
    return found


@dataclass
class _Page:
    """Where the next line stands.

    Attributes:
        number: of the page.
        begun: of the page that the last block began on.
        used: points from the top of its text.
    """

    paper: Paper
    number: int = 1
    begun: int = 1
    used: float = 0.0

    @property
    def tall(self) -> float:
        """Height of the text, in points."""
        return self.paper.height - 2 * max(self.paper.margin, LEAST_MARGIN)

    def turn(self, paper: Paper) -> None:
        """Begin a page, unless this one is blank and of the same paper."""
        if self.used or self.number == 1 or paper != self.paper:
            self.number += 1
        self.paper, self.used = paper, 0.0

    def lines(self, count: int, pitch: float, *, kept: bool = False) -> None:
        """Set lines of a paragraph: no page begins or ends with one line of several; what is kept has two lines of the next with it."""
        room = int((self.tall - self.used) / pitch)
        first = count if count <= room else min(room, count - 2)
        if (kept and room < count + 2) or (count > room and (first < 2 or count < 4)):
            first = 0
        if not first:
            self.turn(self.paper)
        self.begun = self.number
        self.used += (first or min(count, int(self.tall / pitch))) * pitch
        rest = count - first if first else max(0, count - int(self.tall / pitch))
        while rest > 0:
            self.turn(self.paper)
            now = min(rest, int(self.tall / pitch))
            self.used, rest = now * pitch, rest - now

    def row(self, height: float, header: float) -> None:
        """Set a row of a table, whose header is repeated."""
        if self.used + height > self.tall and self.used > header:
            self.turn(self.paper)
            self.used = header
        self.used += height
        while self.used > self.tall:
            self.number += 1
            self.used -= self.tall - header


def _place(page: _Page, block: Block) -> None:
    match block:
        case Heading(text, 1):
            page.turn(PORTRAIT)
            page.begun, page.used = page.number, 24 + _LINE * TITLE * _count(text, TITLE)
        case Heading(text, _):
            _upright(page)
            page.lines(_count(text, BODY, 2), PITCH, kept=True)
        case Text(text):
            _upright(page)
            page.lines(_count(text, BODY, 2), PITCH)
        case Index():
            _upright(page)
            for line in block.lines:
                page.lines(_count(line, BODY, 2), PITCH)
        case Sheet():
            _table(page, block)
        case Picture():
            _upright(page)
            page.row(block.height, 0.0)


def _upright(page: _Page) -> None:
    if page.paper != PORTRAIT:
        page.turn(PORTRAIT)


def _count(text: str, size: float, indent: float = 0.0) -> int:
    """Lines that a text takes, indented by some ems."""
    return max(1, -(-round(10 * (ems(text) + indent)) // int(10 * (PORTRAIT.measure // size))))


def _table(page: _Page, sheet: Sheet) -> None:
    page.turn(sheet.paper)
    page.begun = page.number
    page.used = 8 + _LINE * (TABLE_TITLE + SMALL)
    tall = [*_heights(sheet)]
    header = sum(tall[: sheet.grid.header])
    page.used += header
    for height in tall[sheet.grid.header :]:
        page.row(height, header)
    for _ in sheet.notes:
        page.row(_LINE * SMALL, 0.0)


def _heights(sheet: Sheet) -> Iterator[float]:
    """Heights of the rows, in points."""
    for lines in row_lines(sheet):
        yield sheet.size * max(ROW_PITCH, _LINE * lines)
