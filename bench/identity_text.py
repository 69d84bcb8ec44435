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

from bench.identity_book import Atom, Book, column_named, is_main_column, main_column, overlap, row_name, score
from bench.identity_clauses import alternatives, clauses_of, codes_of, is_computed, scopes_of, terms_of
from mingsuan.amounts import UNITS

Vector = Mapping[int, int]
"""A linear relation: number of an atom → its coefficient; the sum is zero."""
_COMBINATIONS = 400
"""Readings of one sum that are tried."""
_TABLES = 3
"""Tables that one term may name (T03/T05)."""


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
        for clause in clauses_of(text):
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
                by_key.setdefault((row_name(atoms[number]), main_column(atoms[number].column)), []).append(number)
            sides.append(by_key)
        for key in sides[0].keys() & sides[1].keys():
            vector = _vector([(1, tuple(sides[0][key])), (-1, tuple(sides[1][key]))])
            if any(atoms[n].value for n in vector):
                yield vector

    # -- clauses

    def _clause(self, clause: str, state: _State) -> Iterator[Relation]:
        named = scopes_of(clause)
        state.scopes = scopes_of(re.split(r"\s[+\-]\s|=", clause)[0]) or state.scopes
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
        chain = [[column_named(term, columns) for term in part.split("+")] for part in body.split("=")]
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
        computed = [p for p in parts if is_computed(p)]
        for part in parts:
            if "减" in part and self._value([part]) is None:
                state.scopes = scopes_of(part)
                continue
            for own in alternatives(part, state.scopes):
                state.scopes = own
                vectors = list(islice(self._sum(part, value, state), _COMBINATIONS))
                if not vectors and not is_computed(part):
                    yield Relation(clause, scopes=own, why=f"“{part}”在{'、'.join(own) or '文中'}没有找到")
                elif vectors and before is None:
                    before = (part, vectors)
                elif vectors and before is not None and not (state.minus and is_computed(part)):
                    readings = tuple(_difference(before[1], vectors))
                    if readings or not is_computed(part):
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
            state.scopes = scopes_of(part) or state.scopes
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
        terms = terms_of(part)
        bare = all(self._value([t]) is None for _, t in terms)
        sides: list[list[Vector]] = []
        for sign, term in terms:
            state.scopes = (scopes_of(term) if len(terms) > 1 else ()) or state.scopes
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
            rows = {(row_name(atoms[n])): n for n in less if main_column(atoms[n].column) == "" and atoms[n].value}
            pairs = [(n, rows[row_name(atoms[n])]) for n in more if row_name(atoms[n]) in rows]
            found: list[Vector] = [{a: 1, b: -1} for a, b in pairs if atoms[a].value - atoms[b].value in (value, value * 10000)]
            if found:
                return found
        if not groups and state.scopes and not scopes_of(term):
            groups = self._term(term, (), value, around)
        return [_vector([(1, group)]) for group in groups]

    def _term(self, term: str, scopes: Sequence[str], value: Decimal, around: str) -> list[tuple[int, ...]]:
        """The numbers, or the groups of numbers, that one term may mean; best wording first, only the best."""
        atoms = self.book.atoms
        inside = [n for s in scopes[:_TABLES] for n in self.book.in_scope.get(s, ())]
        if not scopes:
            inside = list(range(len(atoms)))
        scored: list[tuple[int, tuple[int, ...]]] = [
            (score(term, around, atoms[n]), (n,)) for n in inside if atoms[n].stands_for(value, term) and atoms[n].value
        ]
        groups = self._groups(term, inside, value)
        if groups and (not scored or _SUMMED.search(term) or codes_of(term)):
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
        split = [[(sign, self._numbers(t)[-1:]) for sign, t in terms_of(part)] for part in parts]
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
        wanted = codes_of(term)
        found = []
        for numbers in by_column.values():
            for group in _grouped([(n, atoms[n]) for n in numbers], wanted, term):
                total = sum((atoms[n].value for n in group), Decimal(0))
                if group and total in (value, value * 10000):
                    found.append(group)
        if not found and _SUMMED.search(term):
            across = [n for numbers in by_column.values() for n in numbers if is_main_column(atoms[n].column)]
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
        if len(group) > 1 and overlap(term, name) > 1:
            yield group


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
