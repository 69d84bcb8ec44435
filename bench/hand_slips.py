"""Slips that a clerk makes in a document and that no single amount shows: codes, names, rows, titles, and one wrong number said everywhere.

Each takes a document as it was opened and what was read of it, and gives the document with one slip; None where it has no room for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from mingsuan.model import CellKind, Disclosure, Row, Table
from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, Paragraph

At = tuple[int, int, int]
"""A cell of a document: number of its block, row, column."""


@dataclass(frozen=True)
class Page:
    """A document with what was read of it.

    Attributes:
        cells: where in the document the cells of the tables stand.
    """

    document: Document
    disclosure: Disclosure
    cells: Mapping[Place, At]

    def text(self, at: At) -> str:
        """What a cell prints."""
        grid = self.document.blocks[at[0]]
        assert isinstance(grid, Grid)
        return grid.rows[at[1]][at[2]].text

    def grid_row(self, table: Table, row: int) -> tuple[int, int] | None:
        """Block and row in the document of a row of a table."""
        found = {at[:2] for c in table.rows[row].cells.values() if (at := self.cells.get(c.place)) is not None}
        return found.pop() if len(found) == 1 else None


Slip = Callable[[Page, Random], tuple[Document, str] | None]


def page(document: Document, disclosure: Disclosure) -> Page:
    """A document with what was read of it."""
    cells = {
        cell.place: (b, r, c)
        for b, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for r, row in enumerate(block.rows)
        for c, cell in enumerate(row)
        if cell.text
    }
    return Page(document, disclosure, cells)


def _coded(of: Page) -> Iterator[tuple[int, int, str, At, str]]:
    """Table, row, column, place and text of the printed class codes."""
    for n, table in enumerate(of.disclosure.tables):
        for r, row in enumerate(table.rows):
            key = row.key
            known = {c for c in (key.function, key.department, key.government) if c} if key else set()
            for column in table.columns:
                cell = row.cells.get(column.path)
                at = of.cells.get(cell.place) if cell and column.kind is CellKind.KEY else None
                if cell and at and cell.text.isdigit() and any(cell.text in k for k in known):
                    yield n, r, column.path, at, of.text(at)


def _code(change: Callable[[str, Random], str | None]) -> Slip:
    def slip(of: Page, rng: Random) -> tuple[Document, str] | None:
        found = [(at, text, wrong) for *_, at, text in _coded(of) if (wrong := change(text, rng)) and wrong != text]
        if not found:
            return None
        at, text, wrong = rng.choice(found)
        return _retyped(of.document, at, wrong), f"{text}→{wrong}"

    return slip


def _other_digit(text: str, rng: Random) -> str | None:
    """A digit of a code, not its first: still as many digits."""
    if len(text) < 5:
        return None
    place = rng.randrange(1, len(text))
    return text[:place] + rng.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]


def _other_part(text: str, rng: Random) -> str | None:
    """The last digit of a part of a code that stands in a column of its own."""
    return text[:-1] + rng.choice([d for d in "123456789" if d != text[-1]]) if len(text) == 2 else None


def _fewer_or_more(text: str, rng: Random) -> str | None:
    """A code with a digit left out or doubled."""
    place = rng.randrange(len(text))
    return text[:place] + text[place] * rng.choice((0, 2)) + text[place + 1 :] if len(text) >= 5 else None


def _letter(text: str, rng: Random) -> str | None:
    alike = {"0": "O", "1": "l", "5": "S", "2": "Z"}
    places = [n for n, c in enumerate(text) if c in alike]
    if not places:
        return None
    place = rng.choice(places)
    return f"{text[:place]}{alike[text[place]]}{text[place + 1 :]}"


def _class_name(of: Page, rng: Random) -> tuple[Document, str] | None:
    """A character of the name of a class left out."""
    found = [
        (at, of.text(at))
        for table in of.disclosure.tables
        for row in table.rows
        if row.key and (row.key.function or row.key.department)
        for column in table.columns
        if column.kind is not CellKind.AMOUNT and "名称" in column.path
        if (cell := row.cells.get(column.path)) and (at := of.cells.get(cell.place)) and len(re.findall("[\u4e00-\u9fff]", cell.text)) >= 6
    ]
    if not found:
        return None
    at, text = rng.choice(found)
    places = [n for n, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"]
    place = rng.choice(places[1:-1])
    wrong = text[:place] + rng.choice("辆型据列") + text[place + 1 :]
    return _retyped(of.document, at, wrong), f"{text}→{wrong}"


def _money(table: Table, row: Row) -> list[str]:
    """The columns in which a row has money."""
    return [c.path for c in table.columns if (cell := row.cells.get(c.path)) and cell.amount and cell.amount.yuan]


def _leaves(of: Page) -> Iterator[tuple[int, int, int, int]]:
    """Rows of the longest codes of a table, with money: table, row, block and row in the document."""
    for n, table in enumerate(of.disclosure.tables):
        lengths = [len(row.key.function or row.key.department or "") for row in table.rows if row.key]
        for r, row in enumerate(table.rows):
            own = len(row.key.function or row.key.department or "") if row.key else 0
            place = of.grid_row(table, r)
            if own and own == max(lengths) and _money(table, row) and place is not None:
                yield n, r, *place


def _labels_exchanged(of: Page, rng: Random) -> tuple[Document, str] | None:
    """What stands before the amounts of two rows of one table in each other's place."""
    leaves = list(_leaves(of))
    pairs = [
        (one, two)
        for one in leaves
        for two in leaves
        if one[:2] < two[:2] and one[0] == two[0] and one[2] == two[2] and _amounts(of, one) != _amounts(of, two)
    ]
    if not pairs:
        return None
    (n, one, _, first), (_, two, _, second) = rng.choice(pairs)
    table = of.disclosure.tables[n]
    words = {c.path for c in table.columns if c.kind is not CellKind.AMOUNT}
    filled = [{p for p in words if table.rows[r].text(p)} for r in (one, two)]
    if filled[0] != filled[1]:
        return None
    places = [(of.cells.get(table.rows[one].cells[p].place), of.cells.get(table.rows[two].cells[p].place)) for p in filled[0]]
    changes: dict[At, str] = {}
    for a, b in places:
        if a and b:
            changes[a], changes[b] = of.text(b), of.text(a)
    if not any(of.text(at) != text for at, text in changes.items()) or {first, second} != {at[1] for at in changes}:
        return None
    document = of.document
    for at, text in changes.items():
        document = _retyped(document, at, text)
    return document, f"《{table.title}》第{one + 1}行与第{two + 1}行"


def _amounts(of: Page, leaf: tuple[int, int, int, int]) -> list[str]:
    table = of.disclosure.tables[leaf[0]]
    return [table.rows[leaf[1]].text(c.path) for c in table.columns if c.kind is CellKind.AMOUNT]


def _row_missing(of: Page, rng: Random) -> tuple[Document, str] | None:
    found = list(_leaves(of))
    if not found:
        return None
    n, r, block, row = rng.choice(found)
    return _rows(of.document, block, lambda rows: (*rows[:row], *rows[row + 1 :])), _row_name(of, n, r)


def _row_twice(of: Page, rng: Random) -> tuple[Document, str] | None:
    found = list(_leaves(of))
    if not found:
        return None
    n, r, block, row = rng.choice(found)
    return _rows(of.document, block, lambda rows: (*rows[: row + 1], *rows[row:])), _row_name(of, n, r)


def _row_name(of: Page, table: int, row: int) -> str:
    return f"《{of.disclosure.tables[table].title}》{'、'.join(c.text for c in of.disclosure.tables[table].rows[row].cells.values())}"


def _column_lower(of: Page, rng: Random) -> tuple[Document, str] | None:
    """The amounts of a column one row lower than they belong; the last goes where the first stood."""
    found = []
    for table in of.disclosure.tables:
        for column in table.columns:
            cells = [c for row in table.rows if (c := row.cells.get(column.path)) and c.amount and c.amount.yuan]
            places = [at for c in cells if (at := of.cells.get(c.place))]
            texts = [of.text(at) for at in places]
            if len(places) > 4 and len({at[0] for at in places}) == 1 and len(set(texts)) > 4:
                found.append((places, f"《{table.title}》{column.path}"))
    if not found:
        return None
    places, told = rng.choice(found)
    document = of.document
    for at, above in zip(places[1:], [places[-1], *places[1:-1]], strict=True):
        document = _retyped(document, at, of.text(above))
    return document, told


def _titles(of: Page) -> Iterator[int]:
    """Paragraphs that are the title of a table."""
    titles = {t.title for t in of.disclosure.tables if t.title}
    for n, block in enumerate(of.document.blocks):
        text = re.sub(r"\s", "", block.text) if isinstance(block, Paragraph) else ""
        near = of.document.blocks[n + 1 : n + 5]
        if any(title in text for title in titles) and len(text) < 60 and any(isinstance(b, Grid) for b in near):
            yield n


def _title_year(of: Page, rng: Random) -> tuple[Document, str] | None:
    found = [(n, m) for n in _titles(of) if (m := re.search(r"20\d\d(?=年)", _words(of, n)))]
    if not found:
        return None
    n, match = rng.choice(found)
    return _reworded(of.document, n, match.span(), str(int(match.group()) - 1)), _words(of, n)


def _title_unit(of: Page, rng: Random) -> tuple[Document, str] | None:
    near = {n + k for n in _titles(of) for k in range(4)}
    found = [
        (n, m)
        for n, block in enumerate(of.document.blocks)
        if n in near and isinstance(block, Paragraph) and (m := re.search(r"(?<=单位)[:：]\s*(?:人民币)?(万?元)", block.text))
    ]
    if not found:
        return None
    n, match = rng.choice(found)
    return _reworded(of.document, n, match.span(1), "元" if match[1] == "万元" else "万元"), _words(of, n)


def _project_name(of: Page, rng: Random) -> tuple[Document, str] | None:
    """A character of a project's name other in the performance tables than in the list."""
    names = Counter(
        row.text(c.path)
        for t in of.disclosure.tables
        if "performance" not in t.kind
        for row in t.rows
        for c in t.columns
        if "项目名称" in c.path and row.key and row.key.project
    )
    found = [
        at
        for t in of.disclosure.tables
        if "performance" in t.kind
        for row in t.rows
        for c in t.columns
        if "项目名称" in c.path
        and len(row.text(c.path)) >= 6
        and row.text(c.path) in names
        and (at := of.cells.get(row.cells[c.path].place))
    ]
    if not found:
        return None
    at = rng.choice(found)
    text = of.text(at)
    place = rng.randrange(2, len(text) - 1)
    return _retyped(of.document, at, text[:place] + rng.choice("辆型据列") + text[place + 1 :]), text


def _department(of: Page, rng: Random) -> tuple[Document, str] | None:
    """A character of the department's name wrong in one place."""
    name = of.disclosure.department or ""
    found = [(n, b.text.index(name)) for n, b in enumerate(of.document.blocks) if isinstance(b, Paragraph) and name and name in b.text]
    if len(found) < 3 or len(name) < 4:
        return None
    n, start = rng.choice(found)
    place = start + rng.randrange(1, len(name) - 1)
    return _reworded(of.document, n, (place, place + 1), rng.choice("辆型据列")), _words(of, n)[:40]


_STATED = re.compile(r"(?<![\d.,])(\d[\d,]*\.\d+)(?=\s*万元)")


def _stated(of: Page) -> dict[str, list[tuple[int, tuple[int, int]]]]:
    """The amounts of the narrative by what is printed."""
    found: dict[str, list[tuple[int, tuple[int, int]]]] = {}
    for n, block in enumerate(of.document.blocks):
        for match in _STATED.finditer(block.text) if isinstance(block, Paragraph) else ():
            found.setdefault(match[1].replace(",", ""), []).append((n, match.span(1)))
    return found


def _said_wrong_everywhere(of: Page, rng: Random) -> tuple[Document, str] | None:
    """An amount of the narrative that two or three sentences say, wrong in all of them alike."""
    printed = Counter(str(c.amount.in_unit) for t in of.disclosure.tables for _, _, c in t.amounts() if c.amount and t.unit == "万元")
    found = [(text, spots) for text, spots in _stated(of).items() if len(spots) in (2, 3) and printed[text] and float(text) > 1]
    if not found:
        return None
    text, spots = rng.choice(found)
    wrong = _one_digit(text, rng)
    document = of.document
    for n, span in sorted(spots, reverse=True):
        document = _reworded(document, n, span, wrong)
    return document, f"{text}→{wrong}，{len(spots)}处"


def _stale_sum(of: Page, rng: Random) -> tuple[Document, str] | None:
    """A sum that other tables and sentences quote, wrong in one table."""
    spots: dict[str, list[tuple[int, At]]] = {}
    for number, table in enumerate(of.disclosure.tables):
        for _, _, cell in table.amounts():
            at = of.cells.get(cell.place)
            if cell.amount and cell.amount.yuan and at:
                spots.setdefault(str(cell.amount.yuan.normalize()), []).append((number, at))
    quoted = [where for where in spots.values() if len({n for n, _ in where}) > 3]
    if not quoted:
        return None
    number, at = rng.choice(rng.choice(quoted))
    text = of.text(at)
    wrong = _one_digit(text, rng)
    return _retyped(of.document, at, wrong), f"《{of.disclosure.tables[number].title}》{text}→{wrong}"


def _one_digit(text: str, rng: Random) -> str:
    place = rng.choice([n for n, c in enumerate(text) if c.isdigit()])
    return text[:place] + rng.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


def _words(of: Page, number: int) -> str:
    block = of.document.blocks[number]
    return block.text if isinstance(block, Paragraph) else ""


def _with(document: Document, number: int, block: Block) -> Document:
    return replace(document, blocks=(*document.blocks[:number], block, *document.blocks[number + 1 :]))


def _reworded(document: Document, number: int, span: tuple[int, int], text: str) -> Document:
    paragraph = document.blocks[number]
    assert isinstance(paragraph, Paragraph)
    return _with(document, number, replace(paragraph, text=paragraph.text[: span[0]] + text + paragraph.text[span[1] :]))


def _rows(document: Document, number: int, change: Callable[[tuple[object, ...]], tuple[object, ...]]) -> Document:
    grid = document.blocks[number]
    assert isinstance(grid, Grid)
    return _with(document, number, replace(grid, rows=change(grid.rows), spans=()))  # type: ignore[arg-type]


def _retyped(document: Document, at: At, text: str) -> Document:
    number, r, c = at
    grid = document.blocks[number]
    assert isinstance(grid, Grid)
    row = tuple(replace(cell, text=text) if k == c else cell for k, cell in enumerate(grid.rows[r]))
    return _with(document, number, replace(grid, rows=(*grid.rows[:r], row, *grid.rows[r + 1 :])))


HAND_SLIPS: Mapping[str, Slip] = {
    "编码改一位": _code(_other_digit),
    "分栏编码改一位": _code(_other_part),
    "编码多或少一位": _code(_fewer_or_more),
    "编码印字母": _code(_letter),
    "科目名称错字": _class_name,
    "两行编码名称互换": _labels_exchanged,
    "只一张表漏一行": _row_missing,
    "一行印两次": _row_twice,
    "整列下移一行": _column_lower,
    "表题年度错": _title_year,
    "表题单位错": _title_unit,
    "项目名称不一": _project_name,
    "部门名称错字": _department,
    "叙述各处同错": _said_wrong_everywhere,
    "一表合计陈旧": _stale_sum,
}
"""Every such slip by its Chinese name."""
