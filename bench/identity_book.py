"""The printed numbers of a disclosure by table, and how well words fit them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bench.identity_clauses import NARRATIVE, codes_of
from mingsuan.amounts import UNITS
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.dialects.names import plain
from mingsuan.model import Disclosure, RowKey
from mingsuan.reading.claims.links import value_of

_MAIN = re.compile(r"(?:^|/)(?:金额|预算数|总计|资金总额)$|^合计$|支出/合计$|^本年[^/]*/合计$")


@dataclass(frozen=True)
class Atom:
    """A printed number: a cell of an amount column, blank ones too, or a number of the narrative.

    Attributes:
        scope: T01 …, or 叙述.
        value: 元 for money, else as printed; 0 for a blank.
        printed: in the unit that it is printed in.
        table, row, column: the cell, -1 and "" for a claim.
        words: what stands in its row, and the words before it.
        key: codes of its row.
        inner: its row is a total of others.
    """

    scope: str
    value: Decimal
    printed: Decimal
    table: int
    row: int
    column: str
    words: str
    key: RowKey | None
    inner: bool
    item: str
    unit: str = ""

    def stands_for(self, number: Decimal, term: str) -> bool:
        """Whether a number of the text may be this one: as it is printed, else in 元 or in 万元 where the text has no unit."""
        if "万元" in term:
            return self.unit == "万元" and number == self.printed
        return number == self.printed or (self.unit in UNITS and self.value in (number, number * 10000))


@dataclass(frozen=True)
class Book:
    """The numbers of one disclosure."""

    disclosure: Disclosure
    meaning: Meaning

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Figures in their order, then the claims that are no figures."""
        own = [self._of_figure(f) for f in self.meaning.figures]
        return (*own, *(self._of_claim(n) for n in self.loose_claims))

    @cached_property
    def loose_claims(self) -> tuple[int, ...]:
        """Claims without a region."""
        known = {f.claim for f in self.meaning.figures}
        return tuple(n for n in range(len(self.disclosure.claims)) if n not in known)

    @cached_property
    def of_claim(self) -> Mapping[int, int]:
        """Claim → atom."""
        found = {f.claim: n for n, f in enumerate(self.meaning.figures) if f.claim is not None}
        return found | {claim: len(self.meaning.figures) + n for n, claim in enumerate(self.loose_claims)}

    @cached_property
    def in_scope(self) -> Mapping[str, tuple[int, ...]]:
        """T01 … or 叙述 → its atoms."""
        found: dict[str, list[int]] = {}
        for number, atom in enumerate(self.atoms):
            found.setdefault(atom.scope, []).append(number)
        return {scope: tuple(numbers) for scope, numbers in found.items()}

    @cached_property
    def code_of(self) -> Mapping[int, str]:
        """Number of a table → T01 …"""
        return {t.index: t.form.code or t.form.kind for t in self.meaning.tables}

    @cached_property
    def sums(self) -> frozenset[tuple[int, int]]:
        """Rows that are the total or a node of other rows."""
        found = set()
        for table in self.meaning.tables:
            for block in table.blocks:
                keys = {r.row: self.disclosure.tables[table.index].rows[r.row].key for r in block.rows}
                for row in block.rows:
                    key = keys[row.row]
                    deep = key and (key.function or key.department or key.government or key.project)
                    fixed = isinstance(block.block.rows, Fixed)
                    units_only = not any(k and (k.function or k.department or k.project) for k in keys.values())
                    lower = (
                        units_only
                        and key
                        and any(k and k.unit and k.unit != key.unit and k.unit.startswith(key.unit or "") for k in keys.values())
                    )
                    inner = row.total or (not deep and not units_only) or bool(lower) or (units_only and key is None)
                    if not fixed and inner and (row.total or not row.item or key is not None):
                        found.add((table.index, row.row))
        return frozenset(found)

    def _of_figure(self, figure: Figure) -> Atom:
        amount = figure.amount
        value = amount.yuan if amount else Decimal(0)
        printed = value / UNITS[amount.unit] if amount else Decimal(0)
        if figure.claim is not None:
            return self._of_claim(figure.claim)
        row = self.disclosure.tables[figure.table].rows[figure.row]
        texts = [cell.text for path, cell in row.cells.items() if cell.amount is None]
        inner = (figure.table, figure.row) in self.sums
        words = plain("/".join([*texts, "合计行" if inner and row.key is None else "", figure.column, figure.item]))
        return Atom(
            self.code_of[figure.table],
            value,
            printed,
            figure.table,
            figure.row,
            figure.column,
            words,
            row.key,
            inner,
            figure.item,
            amount.unit if amount else "",
        )

    def _of_claim(self, number: int) -> Atom:
        claim = self.disclosure.claims[number]
        words = plain(claim.section + claim.measure + claim.quote)
        value = value_of(claim) if claim.amount else claim.value
        return Atom(NARRATIVE, value, claim.value, -1, -1, "", words, None, False, str(number), claim.unit)


def score(term: str, around: str, atom: Atom) -> int:
    """How well the words of a term fit a number; the words around it decide between equals."""
    own = 10 * overlap(term, atom.words) + 5 * ("合计" in term and atom.inner)
    coded = 100 * any(atom.key and c in (atom.key.function, atom.key.department, atom.key.government) for c in codes_of(term))
    quoted = 100 * sum(plain(q) in atom.words for q in re.findall(r"“([^”]+)”", term))
    return own + coded + quoted + min(9, overlap(around, atom.words))


def overlap(term: str, words: str) -> int:
    """Characters of the term's words that stand together, two or more, in other words."""
    text = re.sub(r"T\d\dE?|[\d.+\-]", " ", plain(term))
    count = position = 0
    while position < len(text) - 1:
        length = 0
        while position + length < len(text) and text[position : position + length + 1] in words and text[position + length] != " ":
            length += 1
        if length > 1:
            count += length
            position += length
        else:
            position += 1
    return count


def row_name(atom: Atom) -> str:
    key = atom.key
    if key and key.project:
        return plain(key.project)
    if key and (key.function or key.department):
        return "|".join([key.function or "", key.department or "", key.government or ""])
    return re.sub(r"支出$", "", atom.item.rpartition("/")[2]) if atom.item and not atom.item.startswith("#") else "合计"


def main_column(column: str) -> str:
    return "" if _MAIN.search(column) else column


def is_main_column(column: str) -> bool:
    return bool(_MAIN.search(column)) or column.endswith("项目本年度金额")


def column_named(term: str, columns: Sequence[str]) -> str | None:
    """The column that a term names: by its whole path, else by the words it shares with it."""
    wanted = re.sub(r"[\s/：:]|其中|T\d\d|支出各|（[^）]*）", "", term)
    wanted = wanted.removeprefix("且")
    exact = [c for c in columns if re.sub(r"[/：:]|其中", "", plain(c)) == plain(wanted)]
    ending = [c for c in columns if re.sub(r"[/：:]|其中", "", plain(c)).endswith(plain(wanted))]
    if exact or ending:
        return min(exact or ending, key=len)
    scored = [(overlap(wanted, plain(c).replace("/", "")), -len(c), c) for c in columns]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] > 1 else None
