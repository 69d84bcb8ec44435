"""The shown rows of a worksheet, told apart into tables and the lines between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import accumulate

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Block, Grid, GridCell, Paragraph
from mingsuan.reading.formats.addresses import address
from mingsuan.reading.formats.grids import MAX_CELLS, MAX_COLUMNS, Span
from mingsuan.reading.formats.worksheet import Inked, Sheet
from mingsuan.values import dataclass

FEW = 3
"""Filled cells that make a row without rules a row of a table all the same."""
SPARE = 100
"""Ruled rows without any text at the end of a table that are kept."""
MAX_STEPS = 3_000_000
"""Cells that merged ranges of a sheet may cover; in a sound file no cell is covered twice."""

FURNITURE = regex(
    r"(?:金额|计量|货币)?单位[:：为].{0,8}元|(?:预算|编制|填报|公开|主管)?(?:部门|单位)(?:[（(].{1,4}[）)])?(?:名称)?(?:[（(].{1,4}[）)])?[:：]"
    r"|(?:填报|编制|公开)(?:日期|时间)[:：]|(?:预算|公开|附)?\d{0,2}表\s*[\d一二三四五六七八九十-]{0,4}\Z|附[件表]\d{0,2}[:：]?\Z"
)
"""A line over a table that is no title: unit, department, day, number of the table."""
_NOTE = regex(r"(?:备?注|说明|填表说明)\d?[:：.、\s]|[*※]|本表")
_BLANK, _RULED = Inked(""), Inked("", ruled=True)


def _shown_from(hidden: frozenset[int]) -> Mapping[int, int]:
    """For each hidden row or column the first one after it that is shown."""
    after: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        after[number] = after.get(number + 1, number + 1)
    return after


@dataclass(frozen=True)
class _Run:
    """Neighbouring rows that belong together.

    Attributes:
        rows: their numbers.
        extent: first and last column with content or rules.
        several: some row has more than one filled cell.
    """

    rows: Sequence[int]
    extent: tuple[int, int]
    several: bool


@dataclass
class SheetLayout:
    """A sheet's shown rows, told apart into tables and the lines between them."""

    sheet: Sheet
    file: str
    problems: list[str] = field(default_factory=list)

    @cached_property
    def rows(self) -> dict[int, dict[int, Inked]]:
        """The shown cells; a merged cell's text stands in the first shown position of its range, what it covers is not seen."""
        sheet = self.sheet
        rows = {row: dict(sorted(sheet.rows[row].items())) for row in sorted(sheet.rows)}
        numbers = list(rows)
        steps = 0
        for (row, column), (top, left, bottom, right) in self._anchored.items():
            holder = rows.get(top, {}).get(left)
            for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                cells = rows[number]
                covered = (
                    [c for c in range(left, right + 1) if c in cells]
                    if right - left < len(cells)
                    else [c for c in cells if left <= c <= right]
                )
                cells.update((c, _RULED if cells[c].ruled else _BLANK) for c in covered)
                steps += 1 + len(covered)
            if holder is not None:
                rows.setdefault(row, {})[column] = holder
            if steps > MAX_STEPS:
                self.problems.append(f"工作表“{sheet.name}”的合并单元格多得异常，有的没有合并")
                break
        return {
            row: {c: cell for c, cell in sorted(rows[row].items()) if c not in sheet.hidden_columns}
            for row in sorted(rows)
            if row not in sheet.hidden_rows
        }

    @cached_property
    def _next_row(self) -> Mapping[int, int]:
        return _shown_from(self.sheet.hidden_rows)

    @cached_property
    def _next_column(self) -> Mapping[int, int]:
        return _shown_from(self.sheet.hidden_columns)

    @cached_property
    def _anchored(self) -> dict[tuple[int, int], Span]:
        """The merged ranges by the first shown position."""
        found = {}
        for span in self.sheet.merges:
            top, left, bottom, right = span
            row, column = self._next_row.get(top, top), self._next_column.get(left, left)
            if row <= bottom and column <= right:
                found[row, column] = span
        return found

    @cached_property
    def ruled(self) -> bool:
        """Whether the sheet draws its tables."""
        return any(cell.ruled for cells in self.rows.values() for cell in cells.values())

    @cached_property
    def _texts(self) -> dict[int, dict[int, str]]:
        return {row: {column: cell.text for column, cell in cells.items() if cell.text} for row, cells in self.rows.items()}

    def texts(self, row: int) -> dict[int, str]:
        """The filled cells of a row."""
        return self._texts[row]

    def blocks(self, most: int) -> Iterator[Block]:
        """Titles, tables of together at most `most` cells, and notes, from top to bottom."""
        for tabular, rows in self._runs():
            above, body, below = self._peeled(rows) if tabular else (rows, [], [])
            yield from (paragraph for row in above for paragraph in self._paragraphs(row))
            for columns in self._columns(body) if body else ():
                for block in self._table(body, columns, most):
                    most -= block.width * len(block.rows) if isinstance(block, Grid) else 0
                    yield block
            yield from (paragraph for row in below for paragraph in self._paragraphs(row))

    def _runs(self) -> Iterator[tuple[bool, list[int]]]:
        """Maximal runs of neighbouring shown rows that belong to tables, and of those that do not."""
        run: list[int] = []
        current = False
        for row in self.rows:
            tabular = self._is_tabular(row)
            if run and (tabular != current or row != self._next_row.get(run[-1] + 1, run[-1] + 1)):
                yield current, run
                run = []
            current = tabular
            run.append(row)
        if run:
            yield current, run

    def _is_tabular(self, row: int) -> bool:
        filled = len(self.texts(row))
        if not self.ruled:
            return filled > 0
        return filled >= FEW or any(cell.ruled for cell in self.rows[row].values())

    def _paragraphs(self, row: int) -> Iterator[Paragraph]:
        for column, text in self.texts(row).items():
            yield Paragraph(text, self._place(row, column))

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, sheet=self.sheet.name, cell=address(row, column))

    def _peeled(self, rows: Sequence[int]) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """A run without the title lines at its top, the notes at its bottom, and blank rows beyond those that are kept."""
        used = [c for row in rows for c, cell in self.rows[row].items() if cell.text or cell.ruled]
        if not used:
            return rows, [], []
        run = _Run(rows, (min(used), max(used)), any(len(self.texts(row)) > 1 for row in rows))
        start, end = 0, len(rows)
        while start < end - 1 and self._is_title(run, rows[start]):
            bottom = max(
                (self._anchored[rows[start], c][2] for c in self.texts(rows[start]) if (rows[start], c) in self._anchored), default=-1
            )
            start = max(start + 1, bisect_right(rows, bottom, 0, end))
        while end - 1 > start and self._is_note(rows[end - 1]):
            end -= 1
        below = rows[end:]
        while end > start and not self.texts(rows[end - 1]) and not self.ruled:
            end -= 1
        last = next((n for n in range(end - 1, start - 1, -1) if self.texts(rows[n])), start)
        return rows[:start], rows[start : min(end, last + 1 + SPARE)], below

    def _is_title(self, run: _Run, row: int) -> bool:
        """Whether a row at the top of a run stands over the table; on a sheet with rules, what is inside them is of the table."""
        texts = self.texts(row)
        if any(cell.ruled for cell in self.rows[row].values()):
            return False
        if len(texts) <= FEW and all(FURNITURE.match(text) for text in texts.values()):
            return True
        return len(texts) == 1 and (self._spans_all(run, row) or run.several)

    def _is_note(self, row: int) -> bool:
        texts = list(self.texts(row).values())
        return not self.ruled and len(texts) == 1 and _NOTE.match(texts[0]) is not None

    def _spans_all(self, run: _Run, row: int) -> bool:
        """Whether the one text of a row is merged over all columns of the table, of which there are several."""
        (column,) = self.texts(row)
        first, last = run.extent
        span = self._anchored.get((row, column))
        return span is not None and span[1] <= first < last <= span[3]

    def _columns(self, body: Sequence[int]) -> list[list[int]]:
        """The columns of the tables that stand side by side; without rules a blank column may belong to a table."""
        used = {c for row in body for c, cell in self.rows[row].items() if cell.text or cell.ruled}
        if not used:
            return []
        last = max(used)
        for row in body:
            for first in self.texts(row):
                if (row, first) in self._anchored:
                    used.update(range(first, min(self._anchored[row, first][3], last, first + MAX_COLUMNS) + 1))
        columns = sorted(used if self.ruled else set(range(min(used), last + 1)))
        groups: list[list[int]] = []
        for column in columns:
            if column in self.sheet.hidden_columns:
                continue
            if groups and column == self._next_column.get(groups[-1][-1] + 1, groups[-1][-1] + 1):
                groups[-1].append(column)
            else:
                groups.append([column])
        return groups

    def _table(self, body: Sequence[int], columns: Sequence[int], most: int) -> Iterator[Block]:
        """A table, or the lines that only look like one: a single column without rules, a single box."""
        if len(columns) > MAX_COLUMNS:
            self.problems.append(f"工作表“{self.sheet.name}”第{body[0] + 1}行起的表格超过{MAX_COLUMNS}列，其余各列没有读取")
            columns = columns[:MAX_COLUMNS]
        chosen = set(columns)
        inked = [(row, c, cell) for row in body for c, cell in self.rows[row].items() if c in chosen]
        filled = [(row, c, cell.text) for row, c, cell in inked if cell.text]
        if (len(columns) == 1 and not any(cell.ruled for _, _, cell in inked)) or len(filled) == len(inked) == 1:
            yield from (Paragraph(text, self._place(row, c)) for row, c, text in filled)
            return
        kept = body[: most // len(columns)]
        if len(kept) < len(body):
            self.problems.append(f"文件的表格合计超过{MAX_CELLS}个单元格，工作表“{self.sheet.name}”第{body[len(kept)] + 1}行起没有读取")
        if kept:
            yield self._grid(kept, columns)

    def _grid(self, rows: Sequence[int], columns: Sequence[int]) -> Grid:
        spans = [s for r, c in self._anchored if rows[0] <= r <= rows[-1] and (s := self._span(r, c, rows, columns)) is not None]
        kept_rows = _begun([(top, bottom, right - left + 1) for top, left, bottom, right in spans], len(rows), len(columns))
        kept_columns = _begun([(left, right, bottom - top + 1) for top, left, bottom, right in spans], len(columns), len(rows))
        chosen = [columns[c] for c in kept_columns]
        cells = tuple(
            tuple(GridCell(inked.get(c, _BLANK).text, self._place(row, c)) for c in chosen)
            for row, inked in ((rows[r], self.rows[rows[r]]) for r in kept_rows)
        )
        extent = f"{address(rows[0], columns[0])}:{address(rows[-1], columns[-1])}"
        narrowed = (
            (
                bisect_left(kept_rows, top),
                bisect_left(kept_columns, left),
                bisect_right(kept_rows, bottom) - 1,
                bisect_right(kept_columns, right) - 1,
            )
            for top, left, bottom, right in spans
        )
        several = tuple(span for span in narrowed if span[:2] != span[2:])
        return Grid(cells, Place(self.file, sheet=self.sheet.name, cell=extent), several)

    def _span(self, row: int, column: int, rows: Sequence[int], columns: Sequence[int]) -> Span | None:
        """The range that a cell is merged over, as positions among the shown rows and columns."""
        merged = self._anchored[row, column]
        if not columns[0] <= column <= columns[-1]:
            return None
        last_row, last_column = bisect_right(rows, merged[2]) - 1, bisect_right(columns, merged[3]) - 1
        span = (bisect_left(rows, row), bisect_left(columns, column), last_row, last_column)
        return span if span[:2] != span[2:] else None


def _begun(spans: Sequence[tuple[int, int, int]], count: int, across: int) -> list[int]:
    """The rows (or columns) at whose beginning some cell begins: those that merged cells do not cross all along.

    A span is its first and last row and how many columns it is wide.
    """
    changes = [0] * (count + 2)
    for first, last, wide in spans:
        changes[first + 1] += wide
        changes[last + 1] -= wide
    return [number for number, crossed in zip(range(count), accumulate(changes), strict=False) if crossed < across]
