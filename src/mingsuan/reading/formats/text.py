"""Plain text and Markdown: bytes → paragraphs and grids.

Tables are runs of tab-separated lines or Markdown pipe tables. Nothing is joined here: a line is a paragraph, a blank line
ends a grid. What belongs together over page breaks is for the readers above, who know what a table or sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, GridCell, Paragraph
from mingsuan.reading.formats.encoding import decoded
from mingsuan.values import dataclass

MAX_LINES = 200_000
"""A disclosure has hundreds or thousands of lines."""
MAX_LINE = 20_000
"""Characters of a line that are read."""
MAX_COLUMNS = 256
"""Columns of a grid that are read; the widest official form has 30."""
MAX_CELLS = 300_000
"""Cells of all grids of a file, so that a few wide rows cannot blow up many narrow ones."""
MAX_INDENT = 2
"""Tabs before a line that is an indented paragraph and no row."""

_LINE_BREAK = regex(r"\r\n|\r|\n")
_HEADING = regex(r"(#{1,6})\s+(.*?)\s*#*$")
_BOLD = regex(r"\*\*([^*]+)\*\*")
_BULLET = regex(r"[-*+•●]\s+(?=\S)")
_PAGE_NUMBER = regex(r"[-—–]\s*\d{1,4}\s*[-—–]$")
_RULE = regex(r"[-=_*—\s]{3,}$|`{3,}\w*$|<!--.*-->$|!\[[^\]]*\]\([^)]*\)$")
_ESCAPED = regex(r"\\([#*_~|])|(?<=\d)\\(?=[.)])")
_SEPARATOR = regex(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_PIPE = regex(r"(?<!\\)\|")
_BREAK_TAG = regex(r"<br\s*/?>", re.IGNORECASE)
BOLD_DEPTH = 6
"""Depth of a heading that is only set in bold: Markdown gives it none, so it is the lowest."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """The lines of a grid before they are split, and how to split one."""

    lines: Sequence[_Line]
    cells: Callable[[str], Sequence[str]]
    width: int


def read_text(data: bytes, name: str) -> Document:
    """Read plain text or Markdown in UTF-8, UTF-16 or GB 18030; `name` is what places and messages call the file.

    Raises:
        UnreadableFile: the bytes are empty, too many, or no text.
    """
    text, problems = decoded(data, name)
    lines, cuts = _lines(text)
    blocks, losses = _filled(_blocks(lines, name), name)
    return Document(name, blocks, (*problems, *cuts, *losses))


def _lines(text: str) -> tuple[Sequence[_Line], tuple[str, ...]]:
    """Numbered lines within the bounds, and what the bounds cut off."""
    printed = _LINE_BREAK.split(text, MAX_LINES)
    problems = []
    if len(printed) > MAX_LINES:
        problems.append(f"文件超过{MAX_LINES}行，第{MAX_LINES}行以后的内容没有读取")
        del printed[MAX_LINES:]
    lines = []
    for number, line in enumerate(printed, 1):
        if len(line) > MAX_LINE:
            problems.append(f"第{number}行有{len(line)}个字符，只读取了前{MAX_LINE}个")
        lines.append(_Line(number, line[:MAX_LINE]))
    return lines, tuple(problems)


def _blocks(lines: Sequence[_Line], name: str) -> Iterator[Paragraph | _Rows]:
    """Paragraphs and the rows of grids in order; consecutive lines of one sort belong together."""
    for sort, run in _runs(lines):
        if sort == "tabs":
            yield from _tabbed(run, name)
        elif sort == "pipes":
            rows = [line for line in run if not _SEPARATOR.match(line.text.strip())]
            yield _Rows(rows, _pipe_cells, max((len(_PIPE.findall(line.text)) + 1 for line in rows), default=0))
        else:
            yield from chain.from_iterable(_paragraph(line, name) for line in run)


def _runs(lines: Sequence[_Line]) -> Iterator[tuple[str, Sequence[_Line]]]:
    """Maximal runs of lines of one sort: tabs, pipes or prose."""
    run: list[_Line] = []
    current = ""
    for position, line in enumerate(lines):
        sort = _sort(lines, position, after=current)
        if sort != current and run:
            yield current, run
            run = []
        current = sort
        run.append(line)
    if run:
        yield current, run


def _sort(lines: Sequence[_Line], position: int, after: str) -> str:
    text = lines[position].text.strip(" \u3000\xa0\f\v")
    if "\t" in text:
        return "tabs" if text.strip() or len(text) > MAX_INDENT or after == "tabs" else "prose"
    if "|" in text and (_is_pipe_row(text) or after == "pipes" or _opens_pipe_table(lines, position)):
        return "pipes"
    return "prose"


def _is_pipe_row(text: str) -> bool:
    return len(text) > 1 and text.startswith("|") and text.endswith("|")


def _opens_pipe_table(lines: Sequence[_Line], position: int) -> bool:
    """A table without outer pipes shows itself by the line of dashes below its head."""
    below = lines[position + 1].text.strip() if position + 1 < len(lines) else ""
    return "|" in below and _SEPARATOR.match(below) is not None


def _tabbed(run: Sequence[_Line], name: str) -> Iterator[Paragraph | _Rows]:
    """A grid, unless the tabs only indent paragraphs."""
    if all(_is_indented(line.text) for line in run):
        yield from chain.from_iterable(_paragraph(line, name) for line in run)
    else:
        yield _Rows(run, _tab_cells, max(line.text.count("\t") for line in run) + 1)


def _is_indented(text: str) -> bool:
    body = text.strip()
    return body != "" and "\t" not in body and text.count("\t") <= MAX_INDENT and not text.endswith("\t")


def _tab_cells(text: str) -> Sequence[str]:
    return text.split("\t", MAX_COLUMNS)


def _pipe_cells(text: str) -> Sequence[str]:
    inner = text.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [_BREAK_TAG.sub("", cell).replace("\\|", "|") for cell in _PIPE.split(inner, MAX_COLUMNS)]


def _filled(blocks: Iterable[Paragraph | _Rows], name: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks with rows made into grids as far as the bounds allow, and what they cut off."""
    filled: list[Block] = []
    problems = []
    left = MAX_CELLS
    for block in blocks:
        if isinstance(block, Paragraph):
            filled.append(block)
            continue
        grid = _grid(block, left // max(1, min(block.width, MAX_COLUMNS)), name)
        left -= grid.width * len(grid.rows)
        if grid.rows:
            filled.append(grid)
        if grid.width == MAX_COLUMNS < block.width:
            problems.append(f"第{block.lines[0].number}行起的表格超过{MAX_COLUMNS}列，其余各列没有读取")
        if len(grid.rows) < len(block.lines):
            cut = block.lines[len(grid.rows)].number
            problems.append(f"文件的表格合计超过{MAX_CELLS}个单元格，第{cut}行起的表格行没有读取")
    return tuple(filled), tuple(problems)


def _grid(rows: _Rows, most: int, name: str) -> Grid:
    """A grid of at most `most` equally wide rows; padding cells have places too, so that a lost value can be pointed at."""
    read = [(line.number, rows.cells(line.text)) for line in rows.lines[:most]]
    width = min(max((len(cells) for _, cells in read), default=0), MAX_COLUMNS)
    extent = Place(name, line=read[0][0], end_line=read[-1][0]) if read else Place(name)
    return Grid(tuple(tuple(_padded(number, cells, width, name)) for number, cells in read), extent)


def _padded(number: int, cells: Sequence[str], width: int, name: str) -> Iterator[GridCell]:
    for column in range(width):
        text = _unmarked(cells[column].strip()) if column < len(cells) else ""
        yield GridCell(text, Place(name, line=number, column=column + 1))


def _unmarked(text: str) -> str:
    """Text without the bold marks around all of it or its beginning (elsewhere ** may mask a name: 张**), and without escapes."""
    bold = _BOLD.match(text)
    if bold is not None:
        text = bold[1].strip() + text[bold.end() :]
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _paragraph(line: _Line, name: str) -> Iterator[Paragraph]:
    """The paragraph that a line of prose holds; none for blank lines and mere Markdown rules."""
    text = line.text.strip()
    if not text or _RULE.match(text):
        return
    place = Place(name, line=line.number)
    heading = _HEADING.match(text)
    if heading is not None:
        yield from [Paragraph(_unmarked(heading[2]), place, len(heading[1]))] if heading[2] else []
        return
    if _PAGE_NUMBER.match(text) is None:
        text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    bold = _BOLD.fullmatch(text)
    yield Paragraph(_unmarked(text), place, BOLD_DEPTH if bold else None)
