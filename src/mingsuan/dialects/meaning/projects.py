"""What names a project and nothing else: a line of a list, the fields of a form about one project."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.dialects.forms import Fields
from mingsuan.dialects.meaning.block import FoundBlock, UnknownLine
from mingsuan.dialects.meaning.context import Context
from mingsuan.dialects.meaning.figures import RowMeaning
from mingsuan.dialects.names import plain
from mingsuan.ledger import WHOLE, Box
from mingsuan.ledger.trees import Selection


def of_project(number: int, name: str, unit: str | None, context: Context) -> RowMeaning | None:
    """A line that names a project and nothing else; None where several projects may be meant."""
    box = context.project(name, unit) if name else WHOLE
    return None if box is None else RowMeaning(number, name, name, box, False)


def project_of(found: FoundBlock) -> Box:
    """The region of the project that a form about one project names in its fields, WHOLE for other forms.

    A name that is not read, or that several projects bear, still is one project's: the form says nothing of all projects together.
    """
    named = next((c for b in found.form.blocks if isinstance(b.rows, Fields) for c in b.columns if c.key == "project_name"), None)
    if named is None:
        return WHOLE
    path = found.printed[named.path].path if named.path in found.printed else ""
    name = next((plain(row.text(path)) for row in found.table.rows if row.text(path)), "")
    box = found.context.project(name, None) if name else None
    return box or Box.of({"project": Selection(((name or f"#{found.index}", True),))})


def field_rows(found: FoundBlock) -> Iterator[RowMeaning | UnknownLine]:
    """Give the amounts of a form about one project their region: the project's."""
    columns = {
        c.key: found.printed[c.path].path for c in found.form.columns if c.key in ("project_name", "unit") and c.path in found.printed
    }
    for number, row in enumerate(found.table.rows):
        if not found.has_amount(row):
            continue
        name = plain(row.text(columns.get("project_name", "")))
        meaning = of_project(number, name, row.text(columns.get("unit", "")) or None, found.context)
        if meaning is None:
            yield UnknownLine(number, name)
        else:
            yield meaning
