"""What the printed lines of a block of fixed rows stand for: the form's rows, matched by name under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.dialects.forms import Fixed, RowDef
from mingsuan.dialects.meaning.block import FoundBlock, UnknownLine
from mingsuan.dialects.meaning.figures import UNNAMED, RowMeaning
from mingsuan.dialects.meaning.projects import project_of
from mingsuan.dialects.meaning.row_names import numbers_by_name
from mingsuan.dialects.names import bare
from mingsuan.model import CellKind, Row
from mingsuan.patterns import regex
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Halves:
    """The item and amount columns of a block and of those that its list goes on from or into, from left to right.

    Attributes:
        own: which of them is the block.
        items: paths of the item columns of each.
        money: paths of the amount columns of each.
    """

    own: int
    items: tuple[tuple[str, ...], ...]
    money: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, found: FoundBlock) -> Halves:
        """The halves that a block of a found table belongs to."""
        blocks, printed = found.form.halves(found.number), found.printed
        items = tuple(tuple(printed[c.path].path for c in b.columns if c.key == "item" and c.path in printed) for b in blocks)
        money = tuple(tuple(printed[c.path].path for c in b.columns if c.kind is CellKind.AMOUNT and c.path in printed) for b in blocks)
        return cls(blocks.index(found.block), items, money)

    def words(self, row: Row) -> list[str]:
        """The bare name of a line of the block; a merged one stands in the half before, whose amounts are then blank."""
        words = [bare(row.text(c)) for c in self.items[self.own]]
        half = self.own
        while half and not any(words) and self._filled(row, self.own) and not self._filled(row, half - 1):
            half -= 1
            words = [bare(row.text(c)) for c in self.items[half]]
        return words

    def is_part(self, row: Row) -> bool:
        """Whether a line says that it is a part of the line above (其中：…)."""
        return any(row.text(c).lstrip().startswith("其中") for c in self.items[self.own])

    def passes_on(self, row: Row) -> bool:
        """Whether the name that the block prints is merged over the half behind it, which holds the amounts."""
        if self._filled(row, self.own):
            return False
        for half in range(self.own + 1, len(self.items)):
            if any(row.text(c) for c in self.items[half]):
                return False
            if self._filled(row, half):
                return True
        return False

    def _filled(self, row: Row, half: int) -> bool:
        return any(c in row.cells for c in self.money[half])


def fixed_rows(found: FoundBlock, fixed: Fixed) -> Iterator[RowMeaning | UnknownLine]:
    """Match printed lines with the form's rows by name; a name that stands under several headings goes by its heading."""
    table, year = found.table, found.context.year
    halves, own = Halves.of(found), project_of(found)
    names = numbers_by_name(fixed, frozenset(_row_name(halves.words(row), "") for row in table.rows))
    position, heading = -1, ""
    for number, row in enumerate(table.rows):
        if halves.passes_on(row):
            continue
        words = halves.words(row)
        if len(words) == 2:
            heading = words[0] or heading
        word = _row_name(words, heading)
        word = word if word in names else _relative_year(word, year)
        filled = found.has_amount(row)
        if not word and not filled:
            continue
        known = [n for n in names.get(word, []) if n > position or not halves.is_part(row)]
        picked = _pick(fixed, known, position, heading if len(words) == 2 else "")
        meant = None
        if picked is not None:
            position = picked
            meant = _in_force(fixed, fixed.rows[picked], year)
        if meant is not None:
            yield from () if meant.aside else (RowMeaning(number, meant.path, word, own.override(meant.region), False),)
        elif picked is None or filled:
            yield UnknownLine(number, word or UNNAMED)


_YEAR = regex(r"(20\d\d)年?度?(?=\D|\Z)")


def _relative_year(word: str, year: int | None) -> str:
    """A name that begins with the fiscal year or the one before, with 本年 or 上年 in its place; else the name itself."""
    found = _YEAR.match(word)
    if found is None or year is None or int(found[1]) not in (year, year - 1):
        return word
    return ("本年" if int(found[1]) == year else "上年") + word[found.end() :]


def _row_name(words: Sequence[str], heading: str) -> str:
    """The name that a line goes by; of two name columns (class and detail) the second, where it is no mere subtotal."""
    if len(words) != 2:
        return words[0] if words else ""
    first, second = words
    if second == "小计":
        return first or heading
    return second or first


def _in_force(fixed: Fixed, definition: RowDef, year: int | None) -> RowDef | None:
    """The row itself, or in place of a retired one the row that took over its region: both are parts of one amount."""
    if definition.in_year(year) and (year is not None or definition.until is None):
        return definition
    present = (r for r in fixed.rows if r.in_year(year) and r.heading == definition.heading and r.region == definition.region)
    return next((r for r in present if r is not definition), definition if year is None else None)


def _pick(fixed: Fixed, candidates: Sequence[int], position: int, heading: str) -> int | None:
    under = [c for c in candidates if heading and fixed.rows[c].heading.rpartition("/")[2] == heading]
    later = [c for c in (under or candidates) if c > position]
    best = later or under or list(candidates)
    return best[0] if best else None
