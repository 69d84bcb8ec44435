"""Columns of a file → typed columns: which heading is which column, and what its text is read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.dialects.names import plain
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import ROW, DataFile
from mingsuan.performance.evidence.session import Session, identifier
from mingsuan.performance.packs.pack import TYPES, PackColumn, PackTable

_FIRST, _LAST = "timestamp '1950-01-01'", "timestamp '2199-12-31'"
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
    session.load(source, _selection(table, found, f"files.{identifier(source)}", file), file.name)
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


def _selection(table: PackTable, found: Mapping[str, str], rows: str, file: DataFile) -> str:
    """The typed columns of a table, and beside each the text where that cannot be read as what the column holds.

    Texts, values and what is kept of them are three steps, so that the engine works each of them out once.
    """
    number = identifier(ROW)
    texts, values, kept = ([f"try_cast({number} as bigint) as {number}"] if file.numbered else [] for _ in range(3))
    for column in table.columns:
        name, text, kind = identifier(column.name), identifier(f"{column.name} text"), TYPES[column.type]
        if column.name not in found:
            kept.append(f"cast(null as {kind}) as {name}")
            continue
        texts.append(f"nullif(trim(cast({identifier(found[column.name])} as varchar)), '') as {text}")
        values.append(text)
        if column.type == "text":
            kept.append(f"{text} as {name}")
            continue
        value = _moment(text, kind) if column.type in ("time", "date") else _number(text, kind)
        values.append(f"{value} as {name}")
        sound = _sound(column.type, name, text, halves=file.halves)
        kept.append(f"case when {sound} then {name} end as {name}")
        kept.append(f"case when {sound} then null else {text} end as {unread(column)}")
    inner = f"select {', '.join(values)} from (select {', '.join(texts)} from {rows})"
    return f"select {', '.join(kept)} from ({inner})"


def _sound(sort: str, name: str, text: str, *, halves: bool) -> str:
    """The condition under which what the engine reads is what is written: 1.5 is no count of 2, 8:00 PM not 8:00."""
    if sort in ("time", "date"):
        within = f"{name} between {_FIRST} and {_LAST}"
        return within + (f" and not ends_with(upper({text}), 'M')" if halves else "")
    return f"try_cast(replace({text}, ',', '') as decimal(28, 6)) = {name}" if sort == "count" else f"{name} is not null"


def _moment(text: str, kind: str) -> str:
    """A day or time in the ways that systems write it."""
    other = f"translate({text}, '/.年月日', '----')"
    digits = f"case when length({text}) in (8, 14) then try_strptime({text}, ['%Y%m%d%H%M%S', '%Y%m%d']) end"
    return f"coalesce(try_cast({text} as {kind}), try_cast({other} as {kind}), cast({digits} as {kind}))"


def _number(text: str, kind: str) -> str:
    return f"try_cast(replace({text}, ',', '') as {kind})"
