"""A publication → a workbook: cover with contents, the narrative, and a sheet for each table, ready to print.

Texts are written as strings whatever they begin with, so that no name becomes a formula; amounts are numbers in their printed format;
totals that are the exact sum of cells of their sheet are formulas with their value beside them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mingsuan.patterns import regex
from mingsuan.publishing.drawings import rasterised
from mingsuan.publishing.publication import DRAFT, Align, Heading, Index, Paper, Picture, Publication, Sheet, Text, Tile, UnwritableError
from mingsuan.publishing.totals import Origin, Sums
from mingsuan.publishing.widths import height
from mingsuan.reading.ordinals import ordinal
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_TEXT = 32_767
"""Characters of a cell."""
_NO_DATE = datetime(1980, 1, 1)  # a workbook must say when it was made; the earliest date says nothing
_EXACT = 15
"""Digits that a number of a spreadsheet holds; longer amounts are written as text."""
_FORBIDDEN = regex(r"[\[\]:*?/\\]")
_YEAR = regex(r"^(?:19|20)\d\d年度?")
_LONGEST_NAME = 31
_PAPERS = {"A4": 9, "A3": 8}
_NARRATIVE_WIDTH = 74
_TALLEST = 409.0
"""Points of the tallest row."""
_ADDED = 20
"""Parts that a formula adds by name; longer sums are left numbers."""
_SCREEN = 1.2
"""How much larger than in print drawings are shown."""
_SONG, _HEI, _FANGSONG = "宋体", "黑体", "仿宋"


def write_xlsx(publication: Publication, sums: Sums | None = None) -> bytes:
    """The file; the same publication gives the same bytes.

    Args:
        publication: what is published.
        sums: which amounts are to be formulas (`totals.sums`), none if it is not given.
    """
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Book(Workbook(out, options), publication)
    book.properties()
    names = sheet_names([s.title for s in publication.sheets])
    if publication.covered:
        book.contents(names)
    if publication.narrative:
        book.narrative()
    book.pictures()
    for sheet, name in zip(publication.sheets, names, strict=True):
        book.table(sheet, name, (sums or {}).get(sheet.number, {}))
    book.book.close()
    return out.getvalue()


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Names of sheets for some titles: numbered, so that no two are alike, without the year, within what the format allows."""
    return [f"{n:02d}{_FORBIDDEN.sub('', _YEAR.sub('', title))}"[:_LONGEST_NAME].rstrip("'") for n, title in enumerate(titles, 1)]


@dataclass
class _Book:
    """A workbook being written, and the formats that it has so far."""

    book: Workbook
    publication: Publication
    known: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def properties(self) -> None:
        day = self.publication.date
        created = datetime(day.year, day.month, day.day) if day else _NO_DATE
        self.book.set_properties({"title": self.publication.title, "author": self.publication.department, "created": created})

    def format(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.known:
            self.known[key] = self.book.add_format(properties)
        return self.known[key]

    def sheet(self, name: str, paper: str = "A4", *, across: bool = False) -> Worksheet:
        sheet: Worksheet = self.book.add_worksheet(name)
        sheet.set_paper(_PAPERS[paper])
        if across:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&C— &P —")
        if self.publication.draft:
            sheet.set_header(f'&C&"{_HEI}"&24&K999999{DRAFT}')
        return sheet

    def contents(self, names: Sequence[str]) -> None:
        """Title, date, and links to the sheets."""
        sheet = self.sheet("封面目录")
        sheet.set_column(0, 0, _NARRATIVE_WIDTH)
        big = self.format(font_name=_HEI, font_size=22, align="center", valign="vcenter", text_wrap=True)
        sheet.set_row(0, 96)
        sheet.write_string(0, 0, self.publication.title, big)
        row = 1
        day = self.publication.date
        if day:
            sheet.write_string(
                row, 0, f"{day.year}年{day.month}月{day.day}日", self.format(font_name=_FANGSONG, font_size=14, align="center")
            )
            row += 1
        sheet.write_string(row, 0, "目录", self.format(font_name=_HEI, font_size=16, align="center"))
        targets = {
            s.number: f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1" for s, name in zip(self.publication.sheets, names, strict=True)
        }
        for number, (level, title, position) in enumerate(self.publication.contents, row + 1):
            block = self.publication.blocks[position]
            style = self.format(font_name=_HEI if level == 1 else _SONG, font_size=12, indent=level - 1)
            if isinstance(block, Sheet):
                sheet.write_url(number, 0, targets[block.number], style, string=title)
            else:
                sheet.write_string(number, 0, title, style)

    def narrative(self) -> None:
        """Headings and paragraphs, one a row; the tables have sheets of their own, which are listed last."""
        sheet = self.sheet("情况说明")
        sheet.set_column(0, 0, _NARRATIVE_WIDTH)
        blocks = [b for b in self.publication.narrative if not isinstance(b, Index) and not (isinstance(b, Heading) and b.over_tables)]
        for row, block in enumerate([*blocks, *self._listed()]):
            heading = isinstance(block, Heading)
            size = 14 if isinstance(block, Heading) and block.level == 1 else 12
            style = self.format(font_name=_HEI if heading else _FANGSONG, font_size=size, text_wrap=True, valign="top")
            sheet.set_row(row, _height(block.text, _NARRATIVE_WIDTH / 2.2, size))
            _write(sheet, row, 0, block.text, style)

    def pictures(self) -> None:
        """Drawings, on a sheet of their own; the tables have their numbers."""
        drawn = [b for b in self.publication.blocks if isinstance(b, Picture)]
        if not drawn:
            return
        sheet, row = self.sheet("图"), 0
        for number, picture in enumerate(drawn):
            scale = {"x_scale": _SCREEN, "y_scale": _SCREEN}
            image = {"image_data": io.BytesIO(rasterised(picture)), "description": picture.alt, **scale}
            sheet.insert_image(row, 0, f"图{number + 1}.png", image)
            row += round(picture.height / 15) + 2

    def _listed(self) -> list[Heading | Text]:
        """The list of the tables, under what a publication calls its tables."""
        over = next((b for b in self.publication.narrative if isinstance(b, Heading) and b.over_tables), None)
        if over is None:
            return []
        titles = [s.title for s in self.publication.sheets]
        lines = () if any(map(ordinal, titles)) else Index(tuple(titles)).lines
        return [Heading(f"附件：{over.text.removeprefix('附件：')}", 1), *map(Text, lines)]

    def table(self, sheet: Sheet, name: str, sums: Mapping[Origin, tuple[Origin, ...]]) -> None:
        """One table: title, department and unit, header, rows, notes."""
        paper: Paper = sheet.paper
        made = self.sheet(name, paper.name, across=paper.landscape)
        last = sheet.grid.width - 1
        for column, width in enumerate(sheet.grid.widths):
            made.set_column(column, column, max(6.0, 2.1 * width))
        made.set_row(0, 34)
        self._across(made, 0, (0, last), sheet.title, self.format(font_name=_HEI, font_size=16, align="center", valign="vcenter"))
        top = 1
        if sheet.over:
            self._over(made, sheet, last)
            top = 2
        self._tiles(made, sheet, top, sums)
        if sheet.grid.header:
            made.repeat_rows(top, top + sheet.grid.header - 1)
            made.freeze_panes(top + sheet.grid.header, 0)
        chars = sum(sheet.grid.widths)
        for number, note in enumerate(sheet.notes):
            row = top + sheet.grid.height + number
            made.set_row(row, _height(note, chars, 10))
            self._across(made, row, (0, last), note, self.format(font_name=_SONG, font_size=10, text_wrap=True, valign="top"))

    def _across(self, made: Worksheet, row: int, extent: tuple[int, int], text: str, style: Format) -> None:
        first, last = extent
        if first == last:
            made.write_string(row, first, text, style)
        else:
            made.merge_range(row, first, row, last, "", style)
            _write(made, row, first, text, style)

    def _over(self, made: Worksheet, sheet: Sheet, last: int) -> None:
        """The line over a table: its first part at the left, its last at the right, a single one in the middle."""
        style: dict[str, object] = {"font_name": _SONG, "font_size": 10}
        if len(sheet.over) == 1 or last < 1:
            align = "right" if sheet.over[0].startswith("单位：") else "center"
            self._across(made, 1, (0, last), " ".join(sheet.over), self.format(**style, align=align))
            return
        middle = max(0, min(last - 1, last // 2))
        self._across(made, 1, (0, middle), sheet.over[0], self.format(**style))
        self._across(made, 1, (middle + 1, last), sheet.over[-1], self.format(**style, align="right"))

    def _tiles(self, made: Worksheet, sheet: Sheet, top: int, sums: Mapping[Origin, tuple[Origin, ...]]) -> None:
        at = {t.origin: (top + t.row, t.column) for t in sheet.grid.tiles if t.origin is not None}
        heights: dict[int, float] = {}
        for tile in sheet.grid.tiles:
            style = self._style(tile)
            row, column = top + tile.row, tile.column
            if tile.rows > 1 or tile.columns > 1:
                made.merge_range(row, column, row + tile.rows - 1, column + tile.columns - 1, "", style)
            formula = _formula(tile, sums, at)
            if formula and tile.amount:
                made.write_formula(row, column, formula, style, Decimal(tile.amount.text()))  # a string would be taken for text
            elif tile.amount is not None and _is_exact(tile):
                made.write_number(row, column, Decimal(tile.amount.text()), style)
            else:
                _write(made, row, column, tile.text, style)
            if tile.rows == 1:
                wide = sum(sheet.grid.widths[column : column + tile.columns])
                heights[row] = max(heights.get(row, 0.0), _height(tile.text, wide, 10))
        for row, points in heights.items():
            made.set_row(row, points)

    def _style(self, tile: Tile) -> Format:
        properties: dict[str, Any] = {
            "font_name": _SONG,
            "font_size": 10,
            "border": 1,
            "align": {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}[tile.align],
            "valign": "vcenter",
            "text_wrap": tile.amount is None,
            "bold": tile.head,
        }
        if tile.amount is not None:
            whole = "#,##0" if "," in tile.text or tile.amount.in_unit.copy_abs() < 1000 else "0"
            properties["num_format"] = whole + ("." + "0" * tile.amount.decimals if tile.amount.decimals else "")
        else:
            properties["num_format"] = "@"
        return self.format(**properties)


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """A text, as text.

    Raises:
        UnwritableError: it is longer than a cell can hold.
    """
    if len(text) > MAX_TEXT:
        raise UnwritableError(f"单元格的文字有{len(text)}字，超过 Excel 的上限{MAX_TEXT}字")
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _is_exact(tile: Tile) -> bool:
    """Whether a spreadsheet holds every digit of an amount."""
    return tile.amount is not None and len(tile.amount.text().strip("-").replace(".", "").lstrip("0")) <= _EXACT


def _formula(tile: Tile, sums: Mapping[Origin, tuple[Origin, ...]], at: Mapping[Origin, tuple[int, int]]) -> str:
    """The formula of a total, "" for what is none."""
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    parts = sums.get(tile.origin, ()) if tile.origin is not None else ()
    if not parts or not _is_exact(tile) or any(p not in at for p in parts):
        return ""
    places = sorted(at[p] for p in parts)
    (top, left), (bottom, right) = places[0], places[-1]
    whole = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    if left == right or top == bottom:
        blank = {place for place in whole if place not in places}
        if not blank & set(at.values()):
            return f"=SUM({xl_range(top, left, bottom, right)})"
    if len(places) > _ADDED:
        return ""
    return "=" + "+".join(xl_rowcol_to_cell(*place) for place in places)


def _height(text: str, wide: float, size: float) -> float:
    """Height of a row in points for a text in a column some ems wide."""
    return min(_TALLEST, height(text, wide, size) + 5)
