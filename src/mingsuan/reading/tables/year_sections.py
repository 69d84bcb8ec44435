"""Tables that print one year under the other, each under its own line and headings → one table with a column of years."""

from __future__ import annotations

from dataclasses import replace

from mingsuan.patterns import regex
from mingsuan.reading.document import GridCell
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.raw import RawTable

_YEAR = regex(r"20\d\d年[^\d]{0,10}\Z")
_COLUMN = "年度"


def with_years_as_column(table: RawTable) -> RawTable:
    """A table of sections (2023年预算数, headings, a line; 2024年预算数, the same headings, a line) with its sections as a column."""
    if len(table.header) < 2 or not _is_year(table.header[0]) or sum(map(_is_year, table.lines)) == 0:
        return table
    headings = table.header[1:]
    printed = [line.texts for line in headings]
    years, pages = table.header[0], []
    for page in table.pages:
        rows, waiting = [], list(page)
        while waiting:
            line = waiting.pop(0)
            if _is_year(line):
                years = line
                if [below.texts for below in waiting[: len(headings)]] == printed:
                    del waiting[: len(headings)]
            else:
                rows.append(_behind(years.cells[years.filled[0]], line))
        pages.append(tuple(rows))
    first = table.header[0].cells[0].place
    header = tuple(_behind(GridCell("" if n else _COLUMN, first), line) for n, line in enumerate(headings))
    told = (*table.repairs, f"{table.header[0].place}起各年分段印出，已按年度列成一张表")
    return replace(table, header=header, pages=tuple(pages), repairs=told)


def _is_year(line: Line) -> bool:
    return len(line.filled) == 1 and _YEAR.match(line.texts[line.filled[0]]) is not None


def _behind(cell: GridCell, line: Line) -> Line:
    return Line.of([cell, *line.cells])
