"""Made-up disclosures to publish, and the way back from a file to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from mingsuan.dialects.dialect import Dialect, load
from mingsuan.model import Cell, Disclosure
from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.html import write_html
from mingsuan.publishing.layout import laid_out
from mingsuan.publishing.pdf import write_pdf
from mingsuan.publishing.publication import Publication
from mingsuan.publishing.xlsx import write_xlsx
from mingsuan.reading.formats.files import read_bytes
from mingsuan.reading.read import disclosure_of
from mingsuan.synth.disclosures import random_disclosure

BUDGETS = ("zhengzhou-2021", "zhengzhou-2023", "sanmenxia-2023", "luohe-2024", "shanghai-budget", "jiangsu-2017")
WRITERS: Mapping[str, Callable[[Publication], bytes]] = {"docx": write_docx, "pdf": write_pdf, "xlsx": write_xlsx, "html": write_html}
HOSTILE = (
    '#panic("x") $a$ *b* _c_ <d> @e //f `g` #{1+1} \\u{41}',
    '=HYPERLINK("http://x.invalid")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "-2+3项目",
    "<script>alert(1)</script>&amp;]]>",
    "名" * 120,
    "A" * 90,
)
"""Names that some format could take for more than a name."""


@cache
def sample(name: str, seed: int = 1) -> Disclosure:
    """The random disclosure of a dialect."""
    return random_disclosure(load(name), seed)


def published(disclosure: Disclosure) -> Publication:
    """A disclosure laid out in its own dialect."""
    return laid_out(disclosure, dialect_of(disclosure))


def dialect_of(disclosure: Disclosure) -> Dialect:
    """The dialect of a disclosure that has one."""
    assert disclosure.dialect is not None
    return load(disclosure.dialect)


def read_again(content: bytes, disclosure: Disclosure) -> Disclosure:
    """A file read with the dialect of the disclosure that it was made from."""
    return disclosure_of(read_bytes(content, "again"), (dialect_of(disclosure),))


def with_names(disclosure: Disclosure, *names: str) -> Disclosure:
    """A disclosure in whose table by function the names of the last classes are others."""
    number = next(n for n, t in enumerate(disclosure.tables) if t.kind == "general_budget_expenditure")
    table = disclosure.tables[number]
    places = [(n, p) for n, r in enumerate(table.rows) for p in r.cells if p.endswith("名称")]
    assert len(places) > len(names) + 1, "the table has too few classes"
    for name, (row, path) in zip(names, reversed(places), strict=False):
        table = table.with_cell(row, path, Cell(name))
    return disclosure.with_table(number, table)


def with_a_wrong_total(disclosure: Disclosure) -> Disclosure:
    """A disclosure of which a total is not the sum of its parts."""
    table = disclosure.tables[0]
    row, column, cell = max(table.amounts(), key=lambda a: a[2].amount.yuan if a[2].amount else Decimal(0))
    assert cell.amount is not None
    amount = replace(cell.amount, yuan=cell.amount.yuan + 7 * cell.amount.step * 1000)
    return disclosure.with_table(0, table.with_cell(row, column.path, Cell(amount.text(), value=amount)))
