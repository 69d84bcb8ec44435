"""The worksheets of a workbook → the titles, tables and notes that a reader sees on them, for XLSX and XLS alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, Paragraph, UnreadableFile
from mingsuan.reading.formats.addresses import column_letters
from mingsuan.reading.formats.grids import MAX_CELLS
from mingsuan.reading.formats.sheet_layout import FURNITURE, SheetLayout
from mingsuan.reading.formats.worksheet import Sheet

SHOWN = 5
"""Names or addresses that a message lists."""

_NAMELESS = regex(r"(?:sheet|工作表|表|table)?\s*\d*(?:\s*\(\d+\))?\Z", re.IGNORECASE)


def document_of(name: str, sheets: Sequence[Sheet], hidden: Sequence[str], problems: Sequence[str] = ()) -> Document:
    """The shown sheets one after the other; `hidden` names those that are not shown.

    Raises:
        UnreadableFile: nothing on them can be seen.
    """
    blocks: list[Block] = []
    noted = list(problems)
    if hidden:
        noted.append(f"工作表{_quoted(hidden)}是隐藏的，没有读取")
    left = MAX_CELLS
    for sheet in sheets:
        noted += _problems(sheet)
        layout = SheetLayout(sheet, name)
        found = list(layout.blocks(left))
        left -= sum(block.width * len(block.rows) for block in found if isinstance(block, Grid))
        noted += layout.problems
        blocks += _named(sheet, found, name)
    if not blocks:
        reasons = "；".join(noted)
        raise UnreadableFile(
            name, f"工作簿里没有任何看得见的文字{reasons and f'（{reasons}）'}", "请用 Excel 或 WPS 打开检查，取消隐藏后保存再试"
        )
    return Document(name, tuple(blocks), tuple(noted))


def _quoted(names: Sequence[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}等{len(names)}个"


def _problems(sheet: Sheet) -> Iterator[str]:
    filled = [(row, column) for row, cells in sheet.rows.items() for column, cell in cells.items() if cell.text]
    rows = sorted({row for row, _ in filled} & sheet.hidden_rows)
    columns = sorted({column for _, column in filled} & sheet.hidden_columns)
    if rows:
        yield f"工作表“{sheet.name}”隐藏了第{_ranges(rows, lambda row: str(row + 1))}行，没有读取"
    if columns:
        yield f"工作表“{sheet.name}”隐藏了第{_ranges(columns, column_letters)}列，没有读取"
    if sheet.uncomputed:
        listed = f"{len(sheet.uncomputed)}个公式没有保存计算结果（{'、'.join(sheet.uncomputed[:SHOWN])}）"
        yield f"工作表“{sheet.name}”有{listed}，按空白读取；请用 Excel 或 WPS 打开，保存后再试"
    if sheet.pictured and not filled:
        yield f"工作表“{sheet.name}”只有图片，图片里的文字没有读取"
    if sheet.cut is not None:
        yield f"工作表“{sheet.name}”内容过多，第{sheet.cut + 1}行起没有读取"


def _ranges(numbers: Sequence[int], shown: Callable[[int], str]) -> str:
    """Numbers as ranges, "3—5、9"."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    words = [shown(run[0]) if len(run) == 1 else f"{shown(run[0])}—{shown(run[-1])}" for run in runs]
    return "、".join(words[:SHOWN]) + ("等" if len(words) > SHOWN else "")


def _named(sheet: Sheet, blocks: Sequence[Block], file: str) -> Sequence[Block]:
    """The blocks of a sheet, under its own name where its first table has no title."""
    first = next((n for n, block in enumerate(blocks) if isinstance(block, Grid)), None)
    if first is None or _NAMELESS.match(sheet.name.strip()):
        return blocks
    above = [block.text for block in blocks[:first] if isinstance(block, Paragraph)]
    if not all(FURNITURE.match(text) for text in above) or _opens_with_title(blocks[first]):
        return blocks
    return [Paragraph(sheet.name.strip(), Place(file, sheet=sheet.name), 1), *blocks]


def _opens_with_title(block: Block) -> bool:
    """Whether the first row of a grid is one cell, which is its title."""
    return isinstance(block, Grid) and sum(bool(cell.text) for cell in block.rows[0]) == 1
