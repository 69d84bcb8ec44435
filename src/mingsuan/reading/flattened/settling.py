"""Which of the columns that a row alone leaves open its amounts stand in, settled by the whole document.

In this order: what is certain elsewhere (a region that holds nothing takes no amount, one that holds an amount is not blank),
with the authority's customs as the last word (301 and 303 are personnel); then the sums of the columns; then, where several
ways fit equally, the leftmost, and the report says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import BlockMeaning, Figure, Meaning, understand
from mingsuan.model import Disclosure, Row, Table, Unrecognised
from mingsuan.places import Place, rows_named
from mingsuan.reading.flattened.adding import Addend, Children, amounts, held
from mingsuan.reading.flattened.evidence import BROKEN, CellAt, Evidence
from mingsuan.reading.flattened.marks import UNSETTLED
from mingsuan.reading.flattened.nesting import Family, families
from mingsuan.reading.flattened.options import MAX_OPTIONS
from mingsuan.reading.flattened.reading import Open, with_option
from mingsuan.reading.flattened.sums import Addends, Budget, Solution
from mingsuan.values import dataclass

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


@dataclass
class _State:
    """What is still open.

    Attributes:
        meaning: what the tables stand for; rows and columns keep their regions, whatever amounts they hold.
        runs: (table, row, number of the run) → the run.
        left: the options that are left of each.
        tables: the tables with runs as they were read.
        rows: their rows as they are now, each run in the first of its options.
        weighed: what speaks against the amounts of each run, for what is certain now.
        solved: sums that were solved before.
    """

    meaning: Meaning
    evidence: Evidence
    runs: Mapping[Key, Open]
    left: dict[Key, tuple[tuple[str, ...], ...]]
    tables: Mapping[int, Table]
    rows: Mapping[int, list[Row]]
    weighed: dict[Key, _Weights] = field(default_factory=dict)
    solved: dict[Addends, Solution | None] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def choose(self, key: Key, options: Sequence[tuple[str, ...]]) -> bool:
        """Leave some options of a run; whether that is news."""
        if tuple(options) == self.left[key]:
            return False
        self.left[key] = tuple(options)
        table, row, _ = key
        rows = self.rows[table]
        rows[row] = with_option(rows[row], self.runs[key], options[0], self.tables[table].columns)
        return True

    @property
    def open(self) -> Iterator[Key]:
        """The runs with several options."""
        return (key for key, options in self.left.items() if len(options) > 1)

    def learn(self) -> None:
        """Take what is settled as certain."""
        self.weighed.clear()
        self.evidence.learn(frozenset(cell for key in self.open for cell in self._varying(key)), self._amount)

    def _varying(self, key: Key) -> Iterator[CellAt]:
        """The cells of a run whose amount differs among the options that are left."""
        table, row, _ = key
        at = [{p: n for n, p in enumerate(option)} for option in self.left[key]]
        for path in dict.fromkeys(p for option in self.left[key] for p in option):
            if len({h.get(path) for h in at}) > 1:
                yield table, row, self.forms[table][path]

    def _amount(self, figure: Figure) -> Amount | None:
        """The amount of a figure as it is now."""
        if figure.table not in self.rows:
            return figure.amount
        cell = self.rows[figure.table][figure.row].cells.get(figure.column)
        return cell.amount.at(self.tables[figure.table].decimals) if cell is not None and cell.amount is not None else None

    @cached_property
    def families(self) -> Sequence[tuple[int, BlockMeaning, Family]]:
        """The rows of those tables with those that make them up, each with its table and block."""
        blocks = [(table.index, block) for table in self.meaning.tables if table.index in self.tables for block in table.blocks]
        return [(index, block, family) for index, block in blocks for family in families(block.rows, self.evidence.algebra)]

    @cached_property
    def below(self) -> frozenset[tuple[int, int]]:
        """Table and number of the rows that are part of another: they are settled together."""
        return frozenset((table, row) for table, _, family in self.families for row in family.parts)

    @cached_property
    def forms(self) -> Mapping[int, Mapping[str, str]]:
        """Column path → form path of each table."""
        return {index: {c.path: c.form or "" for c in table.columns} for index, table in self.tables.items()}

    def weights(self, key: Key) -> _Weights:
        """What speaks against the amounts of a run in its columns, for what is certain now."""
        if key not in self.weighed:
            self.weighed[key] = _Weights(self.evidence, key, self.runs[key], self.forms[key[0]])
        return self.weighed[key]


class _Weights(dict[tuple[str, int], int]):
    """(Column, number of an amount or -1 for a blank) → what speaks against it, weighed when it is asked for."""

    def __init__(self, evidence: Evidence, key: Key, run: Open, forms: Mapping[str, str]) -> None:
        """Weigh the amounts of a run; `forms` are the form paths of its table's columns."""
        super().__init__()
        self._evidence, self._key, self._run, self._forms = evidence, key, run, forms

    def __missing__(self, at: tuple[str, int]) -> int:
        """Weigh an amount."""
        path, number = at
        table, row, _ = self._key
        amount = self._run.cells[number].amount if number >= 0 else None
        cost = self[at] = self._evidence.weigh((table, row, self._forms[path]), amount)
        return cost


def settled(disclosure: Disclosure, dialect: Dialect, open_rows: Mapping[int, Sequence[Open]]) -> Disclosure:
    """A disclosure whose flattened tables have their amounts where the document as a whole puts them; what stays open is said."""
    runs: dict[Key, Open] = {}
    for number, found in open_rows.items():
        count = Counter[int]()
        for run in found:
            runs[number, run.row, count[run.row]] = run
            count[run.row] += 1
    if not runs:
        return disclosure
    meaning = understand(disclosure, dialect)
    tables = {table: disclosure.tables[table] for table in open_rows}
    left = {key: run.options for key, run in runs.items()}
    rows = {number: list(table.rows) for number, table in tables.items()}
    state = _State(meaning, Evidence.of(dialect, meaning), runs, left, tables, rows)
    for _ in range(ROUNDS):
        state.learn()
        news = _weighed(state, but=state.below)
        news = _added_up(state) or news
        if not any(state.open) or not (news or _weighed(state) or _weighed(state, custom=True)):
            break
    for number, table in tables.items():
        disclosure = disclosure.with_table(number, replace(table, rows=tuple(rows[number])))
    return _told(state, disclosure)


def _weighed(state: _State, *, custom: bool = False, but: frozenset[tuple[int, int]] = frozenset()) -> bool:
    """Drop the options against which more speaks than against others, save those of some rows; customs count only where they are asked."""
    news = False
    for key in list(state.open):
        if key[:2] in but:
            continue
        options = state.left[key]
        costs = [sum(column_costs(state, key, option).values()) + state.runs[key].cost[option] for option in options]
        shown = costs if custom else [cost // BROKEN for cost in costs]
        news = state.choose(key, [o for o, cost in zip(options, shown, strict=True) if cost == min(shown)]) or news
    return news


def column_costs(state: _State, key: Key, option: Sequence[str]) -> dict[str, int]:
    """What speaks against what an option puts into each of the columns that are open."""
    run, weights = state.runs[key], state.weights(key)
    at = dict(zip(option, run.alike, strict=True))
    return {path: weights[path, at.get(path, -1)] for path in run.columns}


def _added_up(state: _State) -> bool:
    """Drop the options with which a column does not add up."""
    news = False
    for table, block, family in state.families:
        news = _family(state, table, family, block) or news
    return news


def _family(state: _State, table: int, family: Family, block: BlockMeaning) -> bool:
    """Settle the open rows under a row."""
    paths = [c.path for c in block.columns.values()]
    parts = set(family.parts)
    touching = [key for key in state.open if key[0] == table and _touch(state.left[key], paths)]
    keys = [key for key in touching if key[1] in parts]
    own = [key for key in touching if key[1] == family.whole]
    if not keys or len(own) > 1 or (own and len(state.left[own[0]]) > MAX_WHOLES):
        return False
    rows = state.rows[table]
    open_rows = [Addend(state.runs[k], state.left[k], [column_costs(state, k, o) for o in state.left[k]]) for k in keys]
    children = Children.of(open_rows, {n: amounts(rows[n]) for n in family.parts}, paths, _parted(block))
    wholes = [amounts(rows[family.whole])]
    if own:
        run, options = state.runs[own[0]], state.left[own[0]]
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


def _told(state: _State, disclosure: Disclosure) -> Disclosure:
    """The disclosure with a sentence for each row that several ways fit equally."""
    said: dict[int, list[Place]] = {}
    unsure: list[Unrecognised] = []
    for key, options in state.left.items():
        run, table = state.runs[key], disclosure.tables[key[0]]
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
