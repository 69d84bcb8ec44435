"""Small disclosures of departments that do not exist, for the tests of the table readers."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.dialect import all_dialects, load
from mingsuan.model import Disclosure, Table
from mingsuan.places import Place
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.read import disclosure_of
from mingsuan.reading.tables.headings import Label
from mingsuan.reading.tables.lexicon import Lexicon

CITY = "河南省郑州市"


def grid(text: str) -> str:
    """Rows as a converter prints them: one line each, cells apart by ｜ here and by tabs there."""
    return "\n".join(line.strip().replace("｜", "\t") for line in text.strip().splitlines())


def titled(title: str, text: str, *, unit: str = "单位：万元", note: str = "") -> str:
    """A table under its title and the line that tells its unit, with the note under it if there is one."""
    return f"{title}\n\n{unit}\n\n{grid(text)}\n" + (f"\n{note}\n" if note else "")


def disclosure(*parts: str, title: str = "2023年郑州市示例局部门预算公开") -> Disclosure:
    """The disclosure of some printed parts."""
    return disclosure_of(read_text("\n\n".join([title, *parts]).encode(), "例.txt"), all_dialects())


def table(*parts: str, title: str = "2023年郑州市示例局部门预算公开") -> Table:
    """The one table of some printed parts."""
    (found,) = disclosure(*parts, title=title).tables
    return found


def printed(found: Table) -> list[dict[str, str]]:
    """The rows of a table as texts."""
    return [{path: cell.text for path, cell in row.cells.items()} for row in found.rows]


def lexicon(dialect: str, kind: str) -> Lexicon:
    """The headings of a form."""
    return Lexicon(load(dialect).by_kind[kind].blocks)


def labels(text: str) -> Sequence[Sequence[Label]]:
    """Header rows as labels."""
    rows = [line.split("\t") for line in grid(text).splitlines()]
    return [[Label(t.strip(), n, j, Place(line=n + 1)) for j, t in enumerate(row) if t.strip()] for n, row in enumerate(rows)]
