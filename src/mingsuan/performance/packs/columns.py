"""Columns of a file → typed columns: which heading is which column, and what its text is read as."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.dialects.names import plain
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import ROW
from mingsuan.performance.evidence.session import Session, identifier
from mingsuan.performance.packs.pack import TYPES, PackColumn, PackTable

_FIRST, _END = "timestamp '1950-01-01'", "timestamp '2200-01-01'"
"""Times outside are slips: infinity, a year of two digits."""
_MOST_HEADINGS = 40


def typed(session: Session, source: str, table: PackTable) -> dict[str, str]:
    """Make a table of a source that is typed as a pack says, under the source's name; which column has which heading.

    Raises:
        EvidenceError: a required column is missing, so that nothing can be computed; the message names what was found.
    """
    file = session.require(source)
    headings = session.ask(f"select * from files.{identifier(source)} limit 0", file.name).columns
    found = dict(_matched(table, headings))
    lacking = [c for c in table.columns if c.required and c.name not in found]
    if lacking:
        shown = "、".join(h for h in headings[:_MOST_HEADINGS] if h != ROW)
        raise EvidenceError(
            file.name,
            f"缺少必需的列：{'、'.join(c.title for c in lacking)}。文件的列是：{shown}",
            "请补上这些列，或把列名改为：" + "；".join(f"{c.title}（也可写作{'、'.join((c.name, *c.headings))}）" for c in lacking),
        )
    parts = [part for c in table.columns for part in _selected(c, found.get(c.name))]
    parts += [f"try_cast({identifier(ROW)} as bigint) as {identifier(ROW)}"] if file.numbered else []
    session.load(source, f"select {', '.join(parts)} from files.{identifier(source)}", file.name)
    return found


def unread(column: PackColumn) -> str:
    """The column that holds the text where it cannot be read as what the column should hold."""
    return identifier(f"{column.name} unread")


def _matched(table: PackTable, headings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Which heading of the file is which column, by name, title or another heading, brackets and units aside."""
    by_word = {_word(h): h for h in reversed(headings)}
    for column in table.columns:
        words = (column.name, column.title, *column.headings)
        heading = next((by_word[w] for word in words if (w := _word(word)) in by_word), None)
        if heading is not None:
            yield column.name, heading


def _word(heading: str) -> str:
    return plain(heading).partition("（")[0].partition("(")[0].lower()


def _selected(column: PackColumn, heading: str | None) -> Iterator[str]:
    """A column in the engine's language, and beside it the text where that cannot be read as what the column holds."""
    kind, name = TYPES[column.type], identifier(column.name)
    if heading is None:
        yield f"cast(null as {kind}) as {name}"
        return
    text = f"nullif(trim(cast({identifier(heading)} as varchar)), '')"
    if column.type == "text":
        yield f"{text} as {name}"
        return
    value = _moment(text, kind) if column.type in ("time", "date") else _number(text, column.type, kind)
    yield f"{value} as {name}"
    yield f"case when {value} is null then {text} end as {unread(column)}"


def _moment(text: str, kind: str) -> str:
    """A day or time; 8:00 PM is not read, for the engine would make 8:00 of it."""
    other = f"translate({text}, '/.年月日', '----')"
    digits = f"case when length({text}) in (8, 14) then try_strptime({text}, ['%Y%m%d%H%M%S', '%Y%m%d']) end"
    value = f"coalesce(try_cast({text} as {kind}), try_cast({other} as {kind}), cast({digits} as {kind}))"
    return f"case when {value} >= {_FIRST} and {value} < {_END} and not ends_with(upper({text}), 'M') then {value} end"


def _number(text: str, sort: str, kind: str) -> str:
    """A number; 1.5 is no count, though the engine would make 2 of it."""
    digits = f"replace({text}, ',', '')"
    value = f"try_cast({digits} as {kind})"
    return value if sort == "number" else f"case when try_cast({digits} as decimal(28, 6)) = {value} then {value} end"
