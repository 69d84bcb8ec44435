"""Which of the columns that a row alone leaves open its amounts stand in, settled by the whole document.

In this order: what is certain elsewhere (a region that holds nothing takes no amount, one that holds an amount is not blank),
with the authority's customs as the last word (301 and 303 are personnel); then the sums of the columns; then, where several
ways fit equally, the leftmost, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning import BlockMeaning, Meaning, understand
from mingsuan.model import Disclosure, Unrecognised
from mingsuan.places import Place, rows_named
from mingsuan.reading.flattened.adding import Addend, Children, amounts, held
from mingsuan.reading.flattened.evidence import BROKEN, CellAt, Evidence
from mingsuan.reading.flattened.marks import UNSETTLED
from mingsuan.reading.flattened.nesting import Family, families
from mingsuan.reading.flattened.options import MAX_OPTIONS
from mingsuan.reading.flattened.reading import Open, with_option
from mingsuan.reading.flattened.sums import Addends, Budget, Solution

Key = tuple[int, int, int]
"""Table, row and number of a run of amounts in it."""

ROUNDS = 6
"""Times that what was settled may settle more."""
MAX_WHOLES = 8
"""Ways to read a row for each of which the rows below it are added up."""
SHOWN = 3
"""Ways that a report names."""
NAMED = 10
"""Open rows that a table names."""

_ZERO = Decimal(0)


@dataclass
class _State:
    """What is still open.

    Attributes:
        disclosure: with the tables as they are now, each open row in the first of its options.
        left: (table, row, number of the run) → the options that are left.
        solved: sums that were solved before.
        nested: the rows of a table's block with those that make them up.
    """

    disclosure: Disclosure
    dialect: Dialect
    runs: Mapping[tuple[int, int], Sequence[Open]]
    left: dict[Key, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    solved: dict[Addends, Solution | None] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    nested: dict[tuple[int, int], tuple[Family, ...]] = field(default_factory=dict)

    def choose(self, key: Key, options: Sequence[tuple[str, ...]]) -> bool:
        """Leave some options of a run; whether that is news."""
        if tuple(options) == self.left[key]:
            return False
        self.left[key] = tuple(options)
        table = self.disclosure.tables[key[0]]
        self.disclosure = self.disclosure.with_table(key[0], with_option(table, self.run(key), options[0]))
        return True

    @property
    def tables(self) -> frozenset[int]:
        """The tables with open rows."""
        return frozenset(table for table, _ in self.runs)

    def run(self, key: Key) -> Open:
        """The run of a key."""
        return self.runs[key[0], key[1]][key[2]]

    def open_cells(self) -> frozenset[CellAt]:
        """The cells whose amount differs among the options that are left."""
        return frozenset(cell for key, options in self.left.items() if len(options) > 1 for cell in self._varying(key, options))

    def _varying(self, key: Key, options: Sequence[tuple[str, ...]]) -> Iterator[CellAt]:
        forms = self.forms[key[0]]
        at = [{p: n for n, p in enumerate(option)} for option in options]
        for path in dict.fromkeys(p for option in options for p in option):
            if len({h.get(path) for h in at}) > 1:
                yield key[0], key[1], forms[path]

    def families(self, table: int, number: int, block: BlockMeaning, evidence: Evidence) -> tuple[Family, ...]:
        """The rows of a table's block with those that make them up; what a row stands for does not change."""
        if (table, number) not in self.nested:
            self.nested[table, number] = tuple(families(block.rows, evidence.algebra))
        return self.nested[table, number]

    @cached_property
    def forms(self) -> dict[int, dict[str, str]]:
        """Column path → form path of each table."""
        return {t: {c.path: c.form or "" for c in self.disclosure.tables[t].columns} for t in self.tables}

    @cached_property
    def columns(self) -> dict[Key, tuple[str, ...]]:
        """The columns that a run may fill."""
        return {key: tuple(dict.fromkeys(p for o in self.run(key).options for p in o)) for key in self.left}


def settled(disclosure: Disclosure, dialect: Dialect, open_rows: Mapping[int, Sequence[Open]]) -> Disclosure:
    """A disclosure whose flattened tables have their amounts where the document as a whole puts them; what stays open is said."""
    runs: dict[tuple[int, int], list[Open]] = {}
    for table, found in open_rows.items():
        for run in found:
            runs.setdefault((table, run.row), []).append(run)
    if not runs:
        return disclosure
    state = _State(disclosure, dialect, runs)
    state.left = {(t, r, n): run.options for (t, r), found in runs.items() for n, run in enumerate(found)}
    evidence: Evidence | None = None
    for _ in range(ROUNDS):
        meaning = understand(state.disclosure, dialect)
        evidence = evidence or Evidence.of(dialect, meaning)
        evidence.learn(meaning.figures, state.open_cells())
        news = _weighed(state, evidence, but=_below(state, evidence, meaning))
        news = _added_up(state, evidence, meaning) or news
        if not (news or _weighed(state, evidence) or _weighed(state, evidence, custom=True)):
            break
    return _told(state)


def _below(state: _State, evidence: Evidence, meaning: Meaning) -> frozenset[tuple[int, int]]:
    """Table and number of the rows that are part of another: they are settled together."""
    blocks = ((t.index, n, b) for t in meaning.tables if t.index in state.tables for n, b in enumerate(t.blocks))
    return frozenset((t, row) for t, n, b in blocks for family in state.families(t, n, b, evidence) for row in family.parts)


def _weighed(state: _State, evidence: Evidence, *, custom: bool = False, but: frozenset[tuple[int, int]] = frozenset()) -> bool:
    """Drop the options against which more speaks than against others, save those of some rows; customs count only where they are asked."""
    news = False
    for key, options in list(state.left.items()):
        if len(options) < 2 or key[:2] in but:
            continue
        costs = _costs(state, evidence, key)
        shown = costs if custom else [cost // BROKEN for cost in costs]
        news = state.choose(key, [o for o, cost in zip(options, shown, strict=True) if cost == min(shown)]) or news
    return news


def _costs(state: _State, evidence: Evidence, key: Key) -> list[int]:
    """What speaks against each option of a run."""
    run, options = state.run(key), state.left[key]
    return [sum(column_costs(state, evidence, key, option).values()) + run.cost(option) for option in options]


def column_costs(state: _State, evidence: Evidence, key: Key, option: Sequence[str]) -> dict[str, int]:
    """What speaks against what an option puts into each of the columns that are open."""
    forms = state.forms[key[0]]
    amounts_at = held(state.run(key), option)
    found = {}
    for path in state.columns[key]:
        amount = amounts_at.get(path)
        yuan, half = (amount.yuan, amount.half) if amount else (_ZERO, _ZERO)
        found[path] = evidence.weigh((key[0], key[1], forms[path]), yuan, half)
    return found


def _added_up(state: _State, evidence: Evidence, meaning: Meaning) -> bool:
    """Drop the options with which a column does not add up."""
    news = False
    for table in meaning.tables:
        if not any(key[0] == table.index and len(options) > 1 for key, options in state.left.items()):
            continue
        for number, block in enumerate(table.blocks):
            for family in state.families(table.index, number, block, evidence):
                news = _family(state, evidence, table.index, family, block) or news
    return news


def _family(state: _State, evidence: Evidence, table: int, family: Family, block: BlockMeaning) -> bool:
    """Settle the open rows under a row."""
    paths = [c.path for c in block.columns.values()]
    keys = [k for k, o in state.left.items() if k[0] == table and k[1] in family.parts and len(o) > 1 and _touch(o, paths)]
    own = [k for k, o in state.left.items() if k[:2] == (table, family.whole) and len(o) > 1 and _touch(o, paths)]
    if not keys or len(own) > 1 or (own and len(state.left[own[0]]) > MAX_WHOLES):
        return False
    rows = state.disclosure.tables[table].rows
    open_rows = [Addend(state.run(k), state.left[k], [column_costs(state, evidence, k, o) for o in state.left[k]]) for k in keys]
    children = Children.of(open_rows, {n: amounts(rows[n]) for n in family.parts}, paths, _parted(block))
    wholes = [amounts(rows[family.whole])]
    if own:
        run, options = state.run(own[0]), state.left[own[0]]
        kept = {p: a for p, a in wholes[0].items() if not any(p in option for option in options)}
        wholes = [{**kept, **held(run, option)} for option in options]
    solved = [children.solve(whole, state.budget, state.solved) for whole in wholes]
    least = min(s.cost for s in solved)
    if own:
        state.choose(own[0], [o for o, s in zip(state.left[own[0]], solved, strict=True) if s.cost == least])
    best = [s for s in solved if s.cost == least]
    news = bool(own) and len(best) < len(solved)
    for number, key in enumerate(keys):
        possible = {o for s in best for o in s.left[number]}
        first = best[0].left[number][0]
        news = state.choose(key, [first, *(o for o in state.left[key] if o in possible and o != first)]) or news
    return news


def _touch(options: Sequence[tuple[str, ...]], paths: Sequence[str]) -> bool:
    return any(path in option for option in options for path in paths)


def _parted(block: BlockMeaning) -> tuple[tuple[int, ...], ...]:
    """The numbers of the columns that are parts of one total."""
    number = {form: n for n, form in enumerate(block.columns)}
    return tuple(tuple(number[p] for p in s.parts if p in number) for s in block.block.sums)


def _told(state: _State) -> Disclosure:
    """The disclosure with a sentence for each row that several ways fit equally."""
    disclosure = state.disclosure
    said: dict[int, list[Place]] = {}
    unsure: list[Unrecognised] = []
    for key, options in state.left.items():
        run, table = state.run(key), disclosure.tables[key[0]]
        if len(options) < 2 and len(run.options) < MAX_OPTIONS:
            continue
        open_columns = [p for p in dict.fromkeys(p for o in options for p in o) if not all(p in o for o in options)]
        printed = "、".join(dict.fromkeys(c.text for c in run.cells))
        ways = "；".join("、".join(p for p in option if p in open_columns) for option in options[:SHOWN])
        more = f"等{len(options)}种放法" if len(options) > SHOWN else f"，{len(options)}种放法"
        more = "等许多种放法" if len(run.options) == MAX_OPTIONS else more
        place = run.cells[0].place
        text = f"{UNSETTLED}：{ways}{more}都合得上，暂按第一种"
        said.setdefault(key[0], []).append(place)
        unsure.append(Unrecognised(f"“{printed}”所在的栏（{table.title}）", text, place))
    for index, places in said.items():
        table = disclosure.tables[index]
        more = f"等{len(places)}行" if len(places) > NAMED else ""
        sentence = f"{rows_named(places[:NAMED])}{more}的数{UNSETTLED}，几种放法都合得上，暂按其中一种"
        disclosure = disclosure.with_table(index, replace(table, repairs=(*table.repairs, sentence)))
    return replace(disclosure, unrecognised=(*disclosure.unrecognised, *unsure))
