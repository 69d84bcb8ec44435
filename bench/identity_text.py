"""The identities of the gold, which are written for people, as relations among printed numbers.

A text is cut into clauses, a clause into a chain of sums, a sum into terms; a term is looked up among the numbers of the table that it
names by its value, and where several numbers have that value, by its words. Nothing here knows what the product derives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice, pairwise, product

from mingsuan.amounts import UNITS
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.meaning import Figure, Meaning
from mingsuan.dialects.names import plain
from mingsuan.model import Disclosure, RowKey
from mingsuan.reading.claim_links import value_of

Vector = Mapping[int, int]
"""A linear relation: number of an atom → its coefficient; the sum is zero."""
NARRATIVE = "叙述"
_COMBINATIONS = 400
"""Readings of one sum that are tried."""
_TABLES = 3
"""Tables that one term may name (T03/T05)."""


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


# ---- texts → relations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relation:
    """One equation of a text.

    Attributes:
        text: the clause.
        readings: the linear relations that it may mean; () where its numbers were not found.
        kind: "sum", or what else is to be looked for: "ratio", "product", "count", "empty" (tables).
        numbers: all numbers of the clause.
        scopes: the tables that it names.
        why: what was not found.
    """

    text: str
    readings: tuple[Vector, ...] = ()
    kind: str = "sum"
    numbers: tuple[Decimal, ...] = ()
    scopes: tuple[str, ...] = ()
    why: str = ""


_NUMBER = re.compile(r"(?<![\dT.\-A-Za-z])\d+(?:\.\d+)?(?![\d.]*(?:类|行|个功能|个明细|个科目|个项目|个单位|列|对|张|年|-\d))")
_SCOPE = re.compile(r"T\d\dE?|叙述|说明[一二三四五六七八九十、（）]*")
_CODE = re.compile(r"(?<![\d.])(\d{3,7})(?:-(\d\d))?(?![\d.])")
_TAIL = re.compile(
    r"[，,]?\s*(?:误差\s*0|\d+\s*行全部(?:成立|相等)|在舍入容差[^，。；）]*|差\s*0\.1(?!\d)|[（(]?逐一相等[）)]?|（其余[^（）]*）|元折万元(?:四舍五入)?)"
)
_SUMMED = re.compile(r"(?:各行|明细行|科目行|个项目|行|列|各项|单位|科目|列)之和|各项目|个项目|个明细|每列|逐列")


@dataclass
class _State:
    """What earlier clauses said that later ones leave out."""

    scopes: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    head: str = ""
    each: str = ""
    minus: tuple[str, ...] = ()


class Reader:
    """Reads the texts of one disclosure's gold."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def relations(self, text: str) -> list[Relation]:
        """All equations of one text."""
        state = _State()
        found: list[Relation] = []
        pair = list(self._pairs(text))
        if pair:
            return pair
        if "空表" in text:
            return [Relation(text, kind="empty", scopes=tuple(dict.fromkeys(re.findall(r"T\d\dE?", text))))]
        for clause in _clauses(text):
            found += self._clause(clause, state)
        return found

    # -- whole tables

    def _pairs(self, text: str) -> Iterator[Relation]:
        """Two tables compared cell by cell: T03 与 T05 逐格相同."""
        codes = re.findall(r"T\d\dE?", text)
        if len(set(codes)) != 2 or not re.search(r"逐格|逐科目逐列|逐一相等|同名|同科目|一一对应", text) or "编码与名称" in text:
            return
        left, right = dict.fromkeys(codes)
        vectors = list(self._paired(left, right))
        for vector in vectors:
            yield Relation(f"{left} {self.book.atoms[min(vector)].words} = {right}", (vector,))
        if not vectors:
            yield Relation(text, why=f"{left}与{right}没有可以逐格比较的格")

    def _paired(self, left: str, right: str) -> Iterator[Vector]:
        atoms = self.book.atoms
        sides: list[dict[tuple[str, str], list[int]]] = []
        for scope in (left, right):
            by_key: dict[tuple[str, str], list[int]] = {}
            for number in self.book.in_scope.get(scope, ()):
                by_key.setdefault((_row_name(atoms[number]), _main(atoms[number].column)), []).append(number)
            sides.append(by_key)
        for key in sides[0].keys() & sides[1].keys():
            vector = _vector([(1, tuple(sides[0][key])), (-1, tuple(sides[1][key]))])
            if any(atoms[n].value for n in vector):
                yield vector

    # -- clauses

    def _clause(self, clause: str, state: _State) -> Iterator[Relation]:
        named = _scopes(clause)
        state.scopes = _scopes(re.split(r"\s[+\-]\s|=", clause)[0]) or state.scopes
        state.first = state.first or state.scopes
        if re.search(r"每行|各行(?!之和)|行各自|每表", clause):
            state.each = "row"
            state.scopes = named or state.first
        elif re.search(r"每列|逐列", clause):
            yield from self._columns(clause, state)
            state.each = "column"
            return
        if minus := re.search(r"(T\d\dE?)\s*-\s*(T\d\dE?)(?!\s*\d)", clause):
            state.minus = (minus[1], minus[2])
            return
        if re.match(r"\s*(?:如)?合计行|部门 ?\d+ 行", clause):
            state.each = ""
        numbers = tuple(Decimal(n) for n in _NUMBER.findall(clause))
        if "=" not in clause:
            state.head = state.head if numbers else clause
        elif state.each != "column" or self._value(clause.split("=")) is not None:
            yield from self._equation(clause, state, numbers)

    def _equation(self, clause: str, state: _State, numbers: tuple[Decimal, ...]) -> Iterator[Relation]:
        """A clause with an equals sign, by what it is about."""
        if "×" in clause:
            yield Relation(clause, kind="product", numbers=numbers)
        elif "%" in clause or "÷" in clause:
            yield Relation(clause, kind="ratio", numbers=numbers)
        elif state.each == "row" and not re.search(r"\d+\.\d|\d{4}", re.sub(r"T\d\d", "", clause)):
            yield from self._rows(clause, state)
        elif re.search(r"任务名称|目标值|人员到位", clause):
            yield Relation(clause, why="不是金额之间的关系")
        elif re.search(r"行数|张表", clause):
            counted = tuple(Decimal(n) for n in re.findall(r"(?<!T)(?<!T\d)(\d+) ?(?:项|个)", clause))
            yield Relation(clause, kind="count", numbers=counted, scopes=state.scopes)
        else:
            yield from self._chain(clause, state, numbers)

    def _columns(self, clause: str, state: _State) -> Iterator[Relation]:
        """Column by column: the rows together are the total row and the department's."""
        atoms = self.book.atoms
        for scope in state.scopes[:_TABLES]:
            by_column: dict[str, list[int]] = {}
            for number in self.book.in_scope.get(scope, ()):
                by_column.setdefault(atoms[number].column, []).append(number)
            for column, numbers in by_column.items():
                leaves = [n for n in numbers if not atoms[n].inner]
                for whole in (n for n in numbers if atoms[n].inner and atoms[n].value):
                    yield Relation(f"{scope} {column}各行之和 = {atoms[whole].words}", (_vector([(1, (whole,)), (-1, tuple(leaves))]),))

    def _rows(self, clause: str, state: _State) -> Iterator[Relation]:
        """Row by row: column names for terms."""
        body = re.split(r"每行|各行|行各自|每表", clause)[-1].lstrip("：: ")
        for scope in state.scopes[:1]:
            tables = dict.fromkeys(self.book.atoms[n].table for n in self.book.in_scope.get(scope, ()))
            for table in tables:
                yield from self._rows_of(table, scope, body)

    def _rows_of(self, table: int, scope: str, body: str) -> Iterator[Relation]:
        atoms = self.book.atoms
        grid: dict[int, dict[str, int]] = {}
        for number in self.book.in_scope[scope]:
            if atoms[number].table == table:
                grid.setdefault(atoms[number].row, {})[atoms[number].column] = number
        columns = list(dict.fromkeys(c for row in grid.values() for c in row))
        if "各明细列之和" in body:
            yield from self._details(grid, columns, scope)
            return
        chain = [[_column(term, columns) for term in part.split("+")] for part in body.split("=")]
        lost = [t for part, terms in zip(body.split("="), chain, strict=True) for t in terms if t is None and part]
        if lost or len(chain) < 2:
            yield Relation(body, why=f"{scope}没有所说的列")
            return
        for cells in grid.values():
            for one, other in pairwise(chain):
                sides = [(sign, tuple(cells[c] for c in part if c in cells)) for sign, part in ((1, one), (-1, other)) if part]
                vector = _vector([(s, ns) for s, ns in sides])
                if any(atoms[n].value for n in vector):
                    yield Relation(f"{scope} {atoms[next(iter(vector))].words}：{body}", (vector,))

    def _details(self, grid: Mapping[int, Mapping[str, int]], columns: Sequence[str], scope: str) -> Iterator[Relation]:
        for total in (c for c in columns if c.endswith("小计")):
            group = total.rpartition("/")[0]
            parts = [c for c in columns if c.startswith(group + "/") and c != total]
            for cells in grid.values():
                vector = _vector([(1, (cells[total],)), (-1, tuple(cells[c] for c in parts))])
                if self.book.atoms[cells[total]].value:
                    yield Relation(f"{scope} {total}＝各明细列", (vector,))

    # -- chains of sums

    def _chain(self, clause: str, state: _State, numbers: tuple[Decimal, ...]) -> Iterator[Relation]:
        parts = [p.strip() for p in clause.split("=")]
        if any(len(self._listed(p)) > 1 for p in parts):
            yield from self._lists(parts, state, clause)
            return
        value = self._value(parts)
        before: tuple[str, list[Vector]] | None = None
        equations = 0
        computed = [p for p in parts if _is_computed(p)]
        for part in parts:
            if "减" in part and self._value([part]) is None:
                state.scopes = _scopes(part)
                continue
            for own in _alternatives(part, state.scopes):
                state.scopes = own
                vectors = list(islice(self._sum(part, value, state), _COMBINATIONS))
                if not vectors and not _is_computed(part):
                    yield Relation(clause, scopes=own, why=f"“{part}”在{'、'.join(own) or '文中'}没有找到")
                elif vectors and before is None:
                    before = (part, vectors)
                elif vectors and before is not None and not (state.minus and _is_computed(part)):
                    readings = tuple(_difference(before[1], vectors))
                    if readings or not _is_computed(part):
                        equations += 1
                        yield Relation(f"{before[0]} = {part}", readings, numbers=numbers)
        if before is not None and not equations and computed and not state.minus:
            state.scopes = ()
            vectors = list(self._sum(computed[-1], value, state))
            yield Relation(
                clause, tuple(_difference(before[1], vectors)), numbers=numbers, why="" if vectors else f"{computed[-1]}没有印出"
            )

    def _lists(self, parts: Sequence[str], state: _State, clause: str) -> Iterator[Relation]:
        """Lists that correspond item by item: 收入总计 a、支出总计 b = T01 收入总计、支出总计."""
        per_part = []
        for part in parts:
            state.scopes = _scopes(part) or state.scopes
            per_part.append((part, state.scopes, self._listed(part)))
        longest = max((items for _, _, items in per_part), key=lambda items: sum(self._value([i]) is not None for i in items))
        for place, item in enumerate(longest):
            value = self._value([item])
            if value is None:
                continue
            found: list[tuple[str, list[Vector]]] = []
            for part, own, items in per_part:
                words = items[place] if len(items) == len(longest) else ""
                if not re.search(r"[一-龥]", words):
                    words = " ".join((re.sub(r"\d+(?:\.\d+)?、?", "", part), words))
                if len(items) > 1 or "+" not in part:
                    found += [(words, self._item(words, value, scope, state)) for scope in own[:_TABLES] or ("",)]
            yield from _alike(f"{clause}（{value}）", found, value)

    def _item(self, words: str, value: Decimal, scope: str, state: _State) -> list[Vector]:
        state.scopes = (scope,) if scope else ()
        return list(islice(self._sum(words, value, state), _COMBINATIONS)) or self._rounded(value, scope)

    def _rounded(self, value: Decimal, scope: str) -> list[Vector]:
        """Numbers that another unit prints with fewer digits (24308771元 and 2430.88万元)."""
        atoms = self.book.atoms
        return [{n: 1} for n in self.book.in_scope.get(scope, ()) if atoms[n].unit in UNITS and 0 < abs(atoms[n].value - value) <= 50]

    def _sum(self, part: str, value: Decimal | None, state: _State) -> Iterator[Vector]:
        """The readings of one sum; a term that names no table belongs to the one named last."""
        terms = _terms(part)
        bare = all(self._value([t]) is None for _, t in terms)
        sides: list[list[Vector]] = []
        for sign, term in terms:
            state.scopes = (_scopes(term) if len(terms) > 1 else ()) or state.scopes
            own = self._value([term]) if not bare else (value if len(terms) == 1 else None)
            if own == 0:
                continue
            found = [] if own is None else self._readings(term, own, f"{state.head} {part}", state)
            if not found:
                return
            sides.append([{n: sign * c for n, c in vector.items()} for vector in found])
        for reading in product(*sides):
            made: dict[int, int] = {}
            for vector in reading:
                for number, coefficient in vector.items():
                    made[number] = made.get(number, 0) + coefficient
            yield made

    def _readings(self, term: str, value: Decimal, around: str, state: _State) -> list[Vector]:
        """One term: numbers of the table that it stands in, else what one table has more than another, else numbers anywhere."""
        groups = self._term(term, state.scopes, value, around)
        if not groups and state.minus:
            atoms = self.book.atoms
            more, less = (self.book.in_scope.get(s, ()) for s in state.minus)
            rows = {(_row_name(atoms[n])): n for n in less if _main(atoms[n].column) == "" and atoms[n].value}
            pairs = [(n, rows[_row_name(atoms[n])]) for n in more if _row_name(atoms[n]) in rows]
            found: list[Vector] = [{a: 1, b: -1} for a, b in pairs if atoms[a].value - atoms[b].value in (value, value * 10000)]
            if found:
                return found
        if not groups and state.scopes and not _scopes(term):
            groups = self._term(term, (), value, around)
        return [_vector([(1, group)]) for group in groups]

    def _term(self, term: str, scopes: Sequence[str], value: Decimal, around: str) -> list[tuple[int, ...]]:
        """The numbers, or the groups of numbers, that one term may mean; best wording first, only the best."""
        atoms = self.book.atoms
        inside = [n for s in scopes[:_TABLES] for n in self.book.in_scope.get(s, ())]
        if not scopes:
            inside = list(range(len(atoms)))
        scored: list[tuple[int, tuple[int, ...]]] = [
            (_score(term, around, atoms[n]), (n,)) for n in inside if atoms[n].stands_for(value, term) and atoms[n].value
        ]
        groups = self._groups(term, inside, value)
        if groups and (not scored or _SUMMED.search(term) or _codes(term)):
            return groups
        if not scored:
            return []
        best = max(score for score, _ in scored)
        return [group for score, group in scored if score == best][:12]

    @cached_property
    def _known_codes(self) -> frozenset[str]:
        keys = [a.key for a in self.book.atoms if a.key]
        return frozenset(c for k in keys for c in (k.function, k.department, k.government) if c)

    def _numbers(self, text: str) -> list[Decimal]:
        without = re.sub(r"说明[一二三四五六七八九十、]+|T\d\dE?", " ", text)
        found = re.findall(r"(?<![\d.\-])\d+(?:\.\d+)?(?![\d.])(?!\s*(?:类|行|个|列|对|张|年|-\d))", without)
        return [Decimal(n) for n in found if n not in self._known_codes and n not in ("301", "302", "303", "310")]

    def _value(self, parts: Sequence[str]) -> Decimal | None:
        """The amount that a chain is about: its first part of one number, else the sum of its first part."""
        split = [[(sign, self._numbers(t)[-1:]) for sign, t in _terms(part)] for part in parts]
        for terms in split:
            if len(terms) == 1 and terms[0][1]:
                return terms[0][1][0]
        for terms in split:
            if terms and all(n for _, n in terms):
                return sum((s * n[0] for s, n in terms), Decimal(0))
        return None

    def _listed(self, part: str) -> list[str]:
        plain_part = re.sub(r"说明[一二三四五六七八九十、]+|T\d\dE?、T\d\dE?", "", part)
        return [p for p in re.split(r"[、]|(?<=\d)/(?=\d)", plain_part) if p.strip()] if "+" not in part else [part]

    def _groups(self, term: str, inside: Sequence[int], value: Decimal | None) -> list[tuple[int, ...]]:
        """Rows of one column that a code, a unit or the word 之和 puts together and whose sum is the value."""
        atoms = self.book.atoms
        by_column: dict[tuple[int, str], list[int]] = {}
        for number in inside:
            if atoms[number].table >= 0 and not atoms[number].inner and atoms[number].value:
                by_column.setdefault((atoms[number].table, atoms[number].column), []).append(number)
        if not value:
            return []
        wanted = _codes(term)
        found = []
        for numbers in by_column.values():
            for group in _grouped([(n, atoms[n]) for n in numbers], wanted, term):
                total = sum((atoms[n].value for n in group), Decimal(0))
                if group and total in (value, value * 10000):
                    found.append(group)
        if not found and _SUMMED.search(term):
            across = [n for numbers in by_column.values() for n in numbers if _is_main(atoms[n].column)]
            if across and sum((atoms[n].value for n in across), Decimal(0)) in (value, value * 10000):
                found.append(tuple(across))
        return found


def _alike(text: str, found: Sequence[tuple[str, list[Vector]]], value: Decimal) -> Iterator[Relation]:
    """The first of some readings against each other one."""
    for words, vectors in found:
        if not vectors:
            yield Relation(text, why=f"{value}（{words.strip()}）没有找到")
    first = next((pair for pair in found if pair[1]), None)
    for words, vectors in found:
        if first is not None and vectors is not first[1] and (readings := tuple(_difference(first[1], vectors))):
            yield Relation(f"{first[0]} = {words}（{value}）", readings, numbers=(value,))


def _grouped(numbers: Sequence[tuple[int, Atom]], wanted: Sequence[str], term: str) -> Iterator[tuple[int, ...]]:
    if wanted:
        for axis in ("function", "department", "government", "unit"):
            group = tuple(n for n, a in numbers if a.key and any((getattr(a.key, axis) or "").startswith(c) for c in wanted))
            if group:
                yield group
    elif _SUMMED.search(term) or len(numbers) == 1:
        yield tuple(n for n, _ in numbers)
    names = {a.key.unit for _, a in numbers if a.key and a.key.unit}
    for unit in names:
        yield tuple(n for n, a in numbers if a.key and a.key.unit == unit)
    for name in {a.words.rpartition("/")[0] for _, a in numbers}:
        group = tuple(n for n, a in numbers if a.words.rpartition("/")[0] == name)
        if len(group) > 1 and _overlap(term, name) > 1:
            yield group


def _clauses(text: str) -> Iterator[str]:
    """The text in pieces that each hold one chain at most."""
    text = text.replace("−", "-").replace("－", "-").replace("＝", "=").replace("≈", "=").replace("→", "=")
    text = re.sub(r"[，,]?\s*相?差\s*0(?:\.\d+)?(?![\d.])", "", text)
    text = re.sub(r"（(= [^（）]*)）", r" \1", text)
    text = re.sub(r"([^，。；：（）]*=[^；（）]*)（(\d[\d.]*(?:、\d[\d.]*)+)）", _spread, text)
    text = re.sub(r"(?<!上年)（([^（）]*?(?:=|、T)[^（）]*)）", _unwrapped, text)
    text = re.sub(r"(?<=[\s=])[一二三四五六七八九十]+、", "", text)
    text = _TAIL.sub("", text)
    text = re.sub(r"[，,]\s*与\s*(?=T|本年|支出合计|基本支出)", " = ", text)
    text = re.sub(r"\((\d[\d +.]*)\)/10000", r"\1", text)
    text = re.sub(r"(?<!上年)（(?![境类）])[^（）]*）", "", text)
    text = re.sub(r"，\s*(?=\d[\d.]* ÷)", "；", text)
    for sentence in re.split(r"[；。]|，且", text):
        for piece in re.split(r"[，]", sentence):
            head, colon, body = piece.partition("：")
            if colon and ("=" not in head or "逐列" in head or " - T" in head) and not re.search(r"其中$|叙述[^=]*$|劳务派遣$", head):
                yield head
                yield body
            else:
                yield piece


def _spread(match: re.Match[str]) -> str:
    """安排 = 支出（584、249）: 安排 584 = 支出 584；安排 249 = 支出 249."""
    heads = [h for h in match[1].split("，") if h.count("=") == 1 and not re.search(r"0\s*$", h)]
    return "；".join(f"{side[0]} {v} = {side[1]} {v}" for v in match[2].split("、") for side in (h.split("=") for h in heads))


def _unwrapped(match: re.Match[str]) -> str:
    inner = match[1]
    return f" {inner[1:]} " if inner.startswith("= ") else f"；{inner}；" if "=" in inner else ""


def _scopes(text: str) -> tuple[str, ...]:
    found = [NARRATIVE if not s.startswith("T") else s for s in _SCOPE.findall(text)]
    return tuple(dict.fromkeys(found))


def _alternatives(part: str, scopes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """T03、T05 or T03/T05: each of them holds; what an addend names within a sum is looked up in all."""
    named = _scopes(part)
    return [(s,) for s in named] if len(named) > 1 and "+" not in part else [named or scopes]


def _terms(part: str) -> list[tuple[int, str]]:
    """Signed terms; a minus before a bracket turns the signs in it."""
    found: list[tuple[int, str]] = []
    sign, turned, term = 1, [1], ""
    for match in re.finditer(r"(?P<op>\s*\+\s*|\s-\s|(?<=\d)-(?=\d+\.))|.", part):
        piece = match.group()
        if match["op"]:
            found.append((sign * turned[-1], term.strip()))
            sign, term = (1 if piece.strip() == "+" else -1), ""
        elif piece == "(":
            turned.append(turned[-1] * sign)
            sign = 1
        elif piece == ")":
            turned = turned[:-1] or [1]
        else:
            term += piece
    found.append((sign * turned[-1], term.strip()))
    return [(s, t) for s, t in found if t]


def _is_computed(part: str) -> bool:
    """A bare number between two sums (… = 1231.5，与 …) is no printed one."""
    return bool(re.fullmatch(r"\s*-?\d+(?:\.\d+)?\s*(?:万?元|万)?\s*", part)) or not part


def _codes(term: str) -> list[str]:
    found = [a + b for a, b in _CODE.findall(re.sub(r"T\d\dE?", "", term))]
    return [c for c in found if len(c) in (3, 5, 7) and c[0] in "235"]


def _vector(sides: Sequence[tuple[int, tuple[int, ...]]]) -> dict[int, int]:
    made: dict[int, int] = {}
    for sign, group in sides:
        for number in group:
            made[number] = made.get(number, 0) + sign
    return {n: c for n, c in made.items() if c}


def _difference(left: Sequence[Vector], right: Sequence[Vector]) -> Iterator[Vector]:
    for one, other in islice(product(left, right), _COMBINATIONS * 4):
        made = dict(one)
        for number, coefficient in other.items():
            made[number] = made.get(number, 0) - coefficient
        if one != other or not one:
            yield {n: c for n, c in made.items() if c}


def _score(term: str, around: str, atom: Atom) -> int:
    """How well the words of a term fit a number; the words around it decide between equals."""
    own = 10 * _overlap(term, atom.words) + 5 * ("合计" in term and atom.inner)
    coded = 100 * any(atom.key and c in (atom.key.function, atom.key.department, atom.key.government) for c in _codes(term))
    quoted = 100 * sum(plain(q) in atom.words for q in re.findall(r"“([^”]+)”", term))
    return own + coded + quoted + min(9, _overlap(around, atom.words))


def _overlap(term: str, words: str) -> int:
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


def _row_name(atom: Atom) -> str:
    key = atom.key
    if key and key.project:
        return plain(key.project)
    if key and (key.function or key.department):
        return "|".join([key.function or "", key.department or "", key.government or ""])
    return re.sub(r"支出$", "", atom.item.rpartition("/")[2]) if atom.item and not atom.item.startswith("#") else "合计"


_MAIN = re.compile(r"(?:^|/)(?:金额|预算数|总计|资金总额)$|^合计$|支出/合计$|^本年[^/]*/合计$")


def _main(column: str) -> str:
    return "" if _MAIN.search(column) else column


def _is_main(column: str) -> bool:
    return bool(_MAIN.search(column)) or column.endswith("项目本年度金额")


def _column(term: str, columns: Sequence[str]) -> str | None:
    """The column that a term names: by its whole path, else by the words it shares with it."""
    wanted = re.sub(r"[\s/：:]|其中|T\d\d|支出各|（[^）]*）", "", term)
    wanted = wanted.removeprefix("且")
    exact = [c for c in columns if re.sub(r"[/：:]|其中", "", plain(c)) == plain(wanted)]
    ending = [c for c in columns if re.sub(r"[/：:]|其中", "", plain(c)).endswith(plain(wanted))]
    if exact or ending:
        return min(exact or ending, key=len)
    scored = [(_overlap(wanted, plain(c).replace("/", "")), -len(c), c) for c in columns]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] > 1 else None
