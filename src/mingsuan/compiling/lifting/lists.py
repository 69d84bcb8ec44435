"""What lists leave out: a code that a table does not list has no money there, or the table would list it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from mingsuan.compiling.lifting.axes import Choices
from mingsuan.dialects.filling.layout import Style
from mingsuan.dialects.forms import Listed
from mingsuan.dialects.meaning.understand import BlockMeaning, Meaning, TableMeaning
from mingsuan.ledger import Box, Selection

_FINE = ("function", "department")
"""Axes by which rows are listed; a list of projects may be a selection, one of classes is not."""


def unlisted(meaning: Meaning, options: Choices) -> Iterator[Box]:
    """Regions in which tables that list classes list nothing."""
    codes: Mapping[str, Sequence[Mapping[str, str]]] = {
        "unit": [o.codes for o in options.units],
        "function": [o.codes for o in options.functions],
        "department": [o.codes for o in options.pairs],
    }
    for table in meaning.tables:
        for block in table.blocks:
            fine = _listed_by(block)
            if fine:
                yield from _left_out(table, block, fine, codes)


def _listed_by(block: BlockMeaning) -> str | None:
    """The axis of classes that a block lists, if it lists any."""
    if not isinstance(block.block.rows, Listed) or block.block.rows.outline:
        return None
    return next((axis for axis in _FINE if any(axis in row.box.lookup for row in block.rows)), None)


def _left_out(table: TableMeaning, block: BlockMeaning, fine: str, codes: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[Box]:
    rows = [row.box for row in block.rows if fine in row.box.lookup]
    by_unit = any("unit" in box.lookup for box in rows)
    for own, unit in product(codes[fine], codes["unit"] if by_unit else ({},)):
        wanted = {axis: code for axis, code in {**own, **unit}.items() if code}
        if own.get(fine) and not any(_covers(box, wanted) for box in rows):
            yield table.where.override(Box.of({axis: Selection(((code, True),)) for axis, code in wanted.items()}))


def _covers(box: Box, wanted: Mapping[str, str]) -> bool:
    """Whether a row may stand for a combination of codes; on axes that the row does not name it stands for all."""
    return all(
        axis not in wanted or any(inside and wanted[axis].startswith(node) for node, inside in side.marks) for axis, side in box.sides
    )


def style_of(meaning: Meaning) -> Style:
    """The habits of the department that published, so that what is compiled again is laid out alike."""
    rows = [row.box.lookup for t in meaning.tables for b in t.blocks for row in b.rows]
    by_unit = any("unit" in r and {"function", "department"} & set(r) for r in rows) or not any("function" in r for r in rows)
    narrowed = any(words in note for t in meaning.tables for words, _ in t.form.narrowed for note in t.table.notes)
    return Style(by_unit=by_unit, narrowed=narrowed)
