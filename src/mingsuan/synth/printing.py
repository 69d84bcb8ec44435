"""How a disclosure is printed: title page, contents, sections, and tables as tab-separated text or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Block, Fields, Fixed, Form, Indicators
from mingsuan.model import Cell, Column, Disclosure, Table
from mingsuan.values import dataclass

Grid = list[list[str]]


@dataclass(frozen=True)
class _Markup:
    """How headings and grids are marked."""

    heading: Callable[[int, str], str]
    grid: Callable[[Sequence[Sequence[str]]], str]


def as_text(disclosure: Disclosure, dialect: Dialect) -> str:
    """Plain text with tab-separated tables."""
    return _printed(disclosure, dialect, _Markup(lambda _, title: title, _tabbed))


def as_markdown(disclosure: Disclosure, dialect: Dialect) -> str:
    """Markdown with pipe tables; the first row of a table's heading is the row that Markdown calls its head."""
    return _printed(disclosure, dialect, _Markup(lambda level, title: f"{'#' * level} {title}", _piped))


def _printed(disclosure: Disclosure, dialect: Dialect, markup: _Markup) -> str:
    paragraphs = [*_front(disclosure, markup), *_narrative(disclosure, markup)]
    for table in disclosure.tables:
        paragraphs.extend(_table(table, disclosure, dialect.by_kind[table.kind], markup))
    return "\n\n".join(paragraphs) + "\n"


def _front(disclosure: Disclosure, markup: _Markup) -> Iterator[str]:
    if not disclosure.sections:
        return
    yield markup.heading(1, f"{disclosure.year}年{disclosure.department}部门预算公开")
    yield markup.heading(2, "目录")
    yield "\n".join(s.title for s in disclosure.sections)
    yield "\n".join(f"{n}.{title}" for n, title in enumerate(disclosure.contents, 1))


def _narrative(disclosure: Disclosure, markup: _Markup) -> Iterator[str]:
    for section in disclosure.sections:
        yield markup.heading(section.level + 1, section.title)
        yield from section.text.split("\n") if section.text else ()
    if disclosure.sections:
        yield markup.heading(2, f"附件：{disclosure.year}年{disclosure.department}部门预算表")


def _table(table: Table, disclosure: Disclosure, form: Form, markup: _Markup) -> Iterator[str]:
    """Title, department and unit, the grid, and the notes under it."""
    yield markup.heading(2, f"{disclosure.year}年{table.title}" if form.arrange == "side" else table.title)
    if form.arrange == "side":
        yield f"部门名称：{disclosure.department}"
        yield f"单位：{table.unit}"
        yield markup.grid([*headings(table.columns), *(_line(table, row.cells) for row in table.rows)])
    else:
        yield f"（{disclosure.year}年度）"
        yield markup.grid(list(_stacked(table, form)))
    yield from table.notes


def headings(columns: Sequence[Column]) -> Grid:
    """Heading rows; a heading over several columns is printed once, over the first."""
    paths = [c.path.split("/") for c in columns]
    rows = [[""] * len(paths) for _ in range(max(map(len, paths)))]
    for place, path in enumerate(paths):
        before = paths[place - 1] if place else []
        for depth, name in enumerate(path):
            if path[: depth + 1] != before[: depth + 1]:
                rows[depth][place] = name
    return rows


def _line(table: Table, cells: Mapping[str, Cell]) -> list[str]:
    return [shown(cells.get(c.path)) for c in table.columns]


def shown(cell: Cell | None) -> str:
    """A cell's text; amounts with thousands separators."""
    if cell is None:
        return ""
    return cell.amount.text(thousands=True) if cell.amount else cell.text


def _stacked(table: Table, form: Form) -> Iterator[list[str]]:
    for block in form.blocks:
        match block.rows:
            case Fields():
                yield from _fields(table, block)
            case Indicators():
                yield [c.path.rpartition("/")[2] for c in block.columns]
                yield from _rows(table, block)
            case Fixed():
                rows = list(_rows(table, block))
                yield from ([block.name if n == 0 else "", *row] for n, row in enumerate(rows))
            case _:
                columns = [Column(c.path.removeprefix(f"{block.name}/"), c.kind) for c in block.columns]
                grid = [*headings(columns), *_rows(table, block)]
                yield from ([block.name if n == 0 else "", *row] for n, row in enumerate(grid))


def _rows(table: Table, block: Block) -> Iterator[list[str]]:
    paths = [c.path for c in block.columns]
    for row in table.rows:
        if any(p in row.cells for p in paths):
            yield [shown(row.cells.get(p)) for p in paths]


def _fields(table: Table, block: Block) -> Iterator[list[str]]:
    """Labels with their values: the first alone, then two in a line; those under a heading of their own one in a line."""
    values = {p: shown(c) for row in table.rows for p, c in row.cells.items()}
    loose = [c.path for c in block.columns if "/" not in c.path]
    if loose:
        yield [loose[0], values.get(loose[0], "")]
    step = 2 if len(loose) > 4 else 1
    for place in range(1, len(loose), step):
        yield [text for path in loose[place : place + step] for text in (path, values.get(path, ""))]
    group = ""
    for column in block.columns:
        heading, _, name = column.path.rpartition("/")
        if heading and heading != group:
            group = heading
            yield [group]
        if heading:
            yield [name, values.get(column.path, "")]


def _padded(rows: Sequence[Sequence[str]]) -> Grid:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _tabbed(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in _padded(rows))


def _piped(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(text.replace('|', chr(92) + '|') for text in row)} |" for row in _padded(rows)]
    return "\n".join([lines[0], f"|{'---|' * len(_padded(rows)[0])}", *lines[1:]])
