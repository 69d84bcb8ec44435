"""Does the truth test see a mistake in the forms? One copy of them is mutated, one region, sum or flag at a time.

`python -m bench.mutants [--ledgers 40]` fills forms with the sound copy and understands them with the mutant. A mutant is killed when
an amount is not what the ledger holds in the mutant's region, when an identity that the mutant implies does not hold, or, for what
only states a relation, when a changed amount goes unnoticed that the sound copy notices. Survivors are listed with the reason.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from bench.truth import misunderstood, other_copy
from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect, load, names
from mingsuan.dialects.filling.fill import renamed
from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Form, RowDef, Sum
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities import derive
from mingsuan.ledger import Axes, Box, Ledger, NamedTree, Region
from mingsuan.ledger.trees import DIFFERENCE, EMPTY, FULL, Selection, combine
from mingsuan.model import CellKind, Disclosure
from mingsuan.synth.disclosures import disclosed, style_of
from mingsuan.synth.ledgers import random_ledger, year_of

WORKERS = 2

Side = tuple[str, Selection]
Spare = dict[str, list[Selection]]
"""Selections that a form uses, by axis: what its author would write by mistake."""
Change = tuple[str, Block, tuple[str, ...]]
"""What was changed, the block with the change, and the columns or rows of a relation that it takes away."""


@dataclass(frozen=True)
class Mutant:
    """A form with one change.

    Attributes:
        what: the change, for people.
        touched: columns or rows of a relation that the change takes away; () for a change of what is selected.
    """

    dialect: str
    kind: str
    what: str
    form: Form
    touched: tuple[str, ...] = ()

    @property
    def sort(self) -> str:
        """What was changed."""
        return "关系" if self.touched else "区域"


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant.

    Attributes:
        killed: by what, "" if it survived.
        reason: why a survivor cannot be told from the sound form, "" if it is not known.
    """

    mutant: str
    dialect: str
    sort: str
    killed: str
    reason: str = ""


def mutants(dialect: Dialect) -> Iterator[Mutant]:
    """Every mutant of the forms that the dialect itself prescribes."""
    for kind in dict.fromkeys(t.kind for t in dialect.tables):
        form = dialect.by_kind.get(kind)
        if form is not None and any(c.kind is CellKind.AMOUNT for c in form.columns):
            yield from _of_form(dialect, form)


def _of_form(dialect: Dialect, form: Form) -> Iterator[Mutant]:
    spare = _spare(dialect.axes, form)
    for what, changed in _of_whole(dialect.axes, form, spare):
        yield Mutant(dialect.name, form.kind, f"{form.code} {what}", changed)
    for place, block in enumerate(form.blocks):
        changes = [*_of_columns(dialect.axes, block, spare), *_of_rows(dialect, block, spare)]
        for what, other, touched in changes:
            blocks = (*form.blocks[:place], other, *form.blocks[place + 1 :])
            yield Mutant(dialect.name, form.kind, f"{form.code} {what}", replace(form, blocks=blocks), touched)


def _of_whole(axes: Axes, form: Form, spare: Spare) -> Iterator[tuple[str, Form]]:
    for what, before, after in _changes(axes, form.where, spare):
        yield f"全表{what}", replace(form, where=_put(form.where, before, after))
    for number, (words, box) in enumerate(form.narrowed):
        for what, before, after in _changes(axes, box, spare):
            narrowed = (*form.narrowed[:number], (words, _put(box, before, after)), *form.narrowed[number + 1 :])
            yield f"注“{words}”{what}", replace(form, narrowed=narrowed)


def _of_columns(axes: Axes, block: Block, spare: Spare) -> Iterator[Change]:
    for path, columns, box in _written(block):
        for what, before, after in _changes(axes, box, spare):
            yield f"列“{path}”{what}", _with_columns(block, [_moved(c, before, after) for c in columns]), ()
    for column in block.columns:
        if column.contained:
            yield f"列“{column.path}”不再是其中", _with_columns(block, [replace(column, contained=False)]), (column.path, column.group)
    for what, sums, touched in _changed_sums(block.sums):
        yield f"列的合计{what}", replace(block, sums=sums), touched


def _of_rows(dialect: Dialect, block: Block, spare: Spare) -> Iterator[Change]:
    fixed = block.rows
    if not isinstance(fixed, Fixed):
        return
    for row in (r for r in fixed.rows if r.in_year(year_of(dialect))):
        above = fixed.by_path[row.heading].region.lookup if row.heading else {}
        own = Box.of({axis: s for axis, s in row.region.sides if above.get(axis) != s})
        below = [r for r in fixed.rows if r.path == row.path or r.path.startswith(f"{row.path}/")]
        for what, before, after in _changes(dialect.axes, own, spare):
            yield f"行“{row.path}”{what}", _with_rows(block, fixed, [_moved_row(r, before, after) for r in below]), ()
        if row.contained:
            yield f"行“{row.path}”不再是其中", _with_rows(block, fixed, [replace(row, contained=False)]), (row.path, row.heading)
    for what, sums, touched in _changed_sums(fixed.sums):
        yield f"行的合计{what}", replace(block, rows=replace(fixed, sums=sums)), touched


def _written(block: Block) -> Iterator[tuple[str, list[ColumnDef], Box]]:
    """What an author writes: headings and columns, each with the sides that are not those of the heading above it."""
    shared: dict[str, dict[str, Selection]] = {"": {}}
    for path in sorted([*block.groups, *block.by_path], key=lambda p: p.count("/")):
        columns = [c for c in block.columns if c.kind is CellKind.AMOUNT and (c.path == path or c.path.startswith(f"{path}/"))]
        if not columns:
            continue
        common = {a: s for a, s in columns[0].region.sides if all(c.region.lookup.get(a) == s for c in columns)}
        above = next(shared[p] for p in _headings(path) if p in shared)
        shared[path] = common
        yield path, columns, Box.of({a: s for a, s in common.items() if above.get(a) != s})


def _headings(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def _put(box: Box, before: Side, after: Side) -> Box:
    """The box with one side another."""
    return Box.of({**dict(box.sides), after[0]: after[1]}) if box.lookup.get(before[0]) == before[1] else box


def _moved(column: ColumnDef, before: Side, after: Side) -> ColumnDef:
    return replace(column, region=_put(column.region, before, after))


def _moved_row(row: RowDef, before: Side, after: Side) -> RowDef:
    return replace(row, region=_put(row.region, before, after))


def _with_columns(block: Block, columns: Sequence[ColumnDef]) -> Block:
    changed = {c.path: c for c in columns}
    return replace(block, columns=tuple(changed.get(c.path, c) for c in block.columns))


def _with_rows(block: Block, fixed: Fixed, rows: Sequence[RowDef]) -> Block:
    changed = {r.path: r for r in rows}
    return replace(block, rows=replace(fixed, rows=tuple(changed.get(r.path, r) for r in fixed.rows)))


def _spare(axes: Axes, form: Form) -> Spare:
    found: dict[str, list[Selection]] = {}
    boxes = [form.where, *(c.region for c in form.columns)]
    boxes += [r.region for b in form.blocks if isinstance(b.rows, Fixed) for r in b.rows.rows]
    for box in boxes:
        for axis, selection in box.sides:
            found.setdefault(axis, [])
            if selection not in found[axis]:
                found[axis].append(selection)
    return found


def _changes(axes: Axes, box: Box, spare: Spare) -> Iterator[tuple[str, Side, Side]]:
    """Each side of a box left out, and replaced by another: (what, the side, what it becomes)."""
    for axis, selection in box.sides:
        yield f"去掉{axis}", (axis, selection), (axis, FULL)
        others = [s for s in spare.get(axis, []) if s != selection]
        other = others[0] if others else _other(axes, axis, selection)
        if other != EMPTY:
            yield f"{axis}改为{'＋'.join(n for n, inside in other.marks if inside) or '其余'}", (axis, selection), (axis, other)


def _other(axes: Axes, axis: str, selection: Selection) -> Selection:
    """What a selection leaves out: its sibling nodes of a closed tree, some other code of an open one."""
    tree = axes[axis]
    if isinstance(tree, NamedTree):
        return combine(tree, FULL, selection, DIFFERENCE)
    return Selection((("999", True),))


def _changed_sums(sums: Sequence[Sum]) -> Iterator[tuple[str, tuple[Sum, ...], tuple[str, ...]]]:
    """Each sum left out, and without each of its parts: (what, the sums, the columns or rows concerned)."""
    for number, declared in enumerate(sums):
        rest = (*sums[:number], *sums[number + 1 :])
        yield f"“{declared.total}”不列", rest, (declared.total, *declared.parts)
        for part in declared.parts:
            parts = tuple(p for p in declared.parts if p != part)
            if parts:
                yield f"“{declared.total}”漏“{part}”", (*rest, Sum(declared.total, parts)), (declared.total, part)


@lru_cache(maxsize=64)
def _made(name: str, seed: int) -> tuple[Disclosure, Ledger]:
    dialect = load(name, other_copy())
    ledger, roster = random_ledger(dialect, seed)
    made = disclosed(dialect, ledger, roster, year_of(dialect), style_of(seed))
    return replace(made, sections=()), renamed(ledger, roster.known_as(ledger))


def _with_form(dialect: Dialect, form: Form, *, alone: bool) -> Dialect:
    """The dialect with one form changed; `alone` leaves out forms that do not tell about projects."""
    kept = {form.kind, "project_expenditure", "project_performance_summary"}
    forms = tuple(form if f.kind == form.kind else f for f in dialect.forms if not alone or f.kind in kept)
    return replace(dialect, forms=forms)


def judge(mutant: Mutant, ledgers: int) -> Verdict:
    """Whether some ledger tells the mutant from the sound form."""
    dialect = load(mutant.dialect)
    if mutant.touched:
        killed = _by_own_table(mutant, dialect, ledgers) or _by_slips(mutant, dialect, ledgers)
        return Verdict(mutant.what, mutant.dialect, mutant.sort, killed, "" if killed else "所涉金额有误时，其他关系同样查得出")
    killed = _by_amounts(mutant, dialect, ledgers) or _by_identities(mutant, dialect, min(ledgers, 2))
    return Verdict(mutant.what, mutant.dialect, mutant.sort, killed, "" if killed else _equivalence(mutant, dialect, ledgers))


def _by_amounts(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    changed = _with_form(dialect, mutant.form, alone=True)
    for seed in range(ledgers):
        made, ledger = _made(mutant.dialect, seed)
        if next(misunderstood(_of_kind(understand(made, changed), mutant.kind), ledger), None):
            return "金额"
    return ""


def _of_kind(meaning: Meaning, kind: str) -> Meaning:
    tables = {t.index for t in meaning.tables if t.form.kind == kind}
    return replace(meaning, figures=tuple(f for f in meaning.figures if f.table in tables))


def _by_identities(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    changed = _with_form(dialect, mutant.form, alone=False)
    for seed in range(ledgers):
        if derive(understand(_made(mutant.dialect, seed)[0], changed)).violations():
            return "勾稽"
    return ""


def _by_own_table(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    """A wrong sum shows in its own table."""
    changed = _with_form(dialect, mutant.form, alone=True)
    for seed in range(ledgers):
        made = _made(mutant.dialect, seed)[0]
        if derive(understand(replace(made, tables=made.of_kind(mutant.kind)), changed)).violations():
            return "勾稽"
    return ""


def _by_slips(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    """A relation that is no longer stated: change an amount that it concerns and see whether anything still notices."""
    changed = _with_form(dialect, mutant.form, alone=False)
    rng = Random(mutant.what)
    for seed in range(min(ledgers, 3)):
        made = _made(mutant.dialect, seed)[0]
        sound, faulty = understand(made, dialect), understand(made, changed)
        tables = {t.index for t in sound.tables if t.form.kind == mutant.kind}
        loud = [
            n
            for n, f in enumerate(sound.figures)
            if f.table in tables and f.amount is not None and f.amount.yuan and {f.item, f.form_column} & set(mutant.touched)
        ]
        for number in rng.sample(loud, min(3, len(loud))):
            if not derive(_slipped(faulty, number)).violations() and derive(_slipped(sound, number)).violations():
                return "错数"
    return ""


def _slipped(meaning: Meaning, number: int) -> Meaning:
    figures = list(meaning.figures)
    amount = figures[number].amount
    assert amount is not None
    figures[number] = replace(figures[number], amount=Amount(amount.yuan + 7 * amount.step, amount.unit, amount.decimals))
    return replace(meaning, figures=tuple(figures))


def _equivalence(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    """Why a mutant selects the same lines as the sound form: cell by cell the regions are the same, or differ in what is absent."""
    changed = _with_form(dialect, mutant.form, alone=True)
    axes = dialect.axes
    nothing = Region.of(axes, [dialect.meant.override(b) for b in dialect.absent])
    reason = "行、列、表的口径合起来相同"
    for seed in range(min(ledgers, 4)):
        made = _made(mutant.dialect, seed)[0]
        pairs = (_of_kind(understand(made, d), mutant.kind).figures for d in (dialect, changed))
        for boxes in {(a.box(axes), b.box(axes)) for a, b in zip(*pairs, strict=True)}:
            if boxes[0] == boxes[1]:
                continue
            left, right = (Region.of(axes, [box]) for box in boxes)
            if not left.same(right, nothing):
                return ""
            reason = "只差本版式没有的部分"
    return reason


def verdicts(dialects: Iterable[str], ledgers: int, share: float = 1.0) -> Iterator[Verdict]:
    """Judge all mutants of some dialects, or a sample of them that is always the same."""
    rng = Random(1)
    tasks = [(name, n, ledgers) for name, n in distinct(dialects) if rng.random() < share]
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from pool.map(_judge, tasks, chunksize=16)


def distinct(dialects: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Dialect and number of every mutant; a form that dialects inherit unchanged is mutated once."""
    judged: dict[tuple[str, str], str] = {}
    for name in dialects:
        forms = load(name).by_kind
        for number, mutant in enumerate(_all(name)):
            sound = forms[mutant.kind]
            if judged.setdefault((mutant.kind, repr(sound)), name) == name:
                yield name, number


def _judge(task: tuple[str, int, int]) -> Verdict:
    name, number, ledgers = task
    return judge(_all(name)[number], ledgers)


@lru_cache(maxsize=16)
def _all(name: str) -> tuple[Mutant, ...]:
    return tuple(mutants(load(name)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what killed the mutants and which survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledgers", type=int, default=40)
    parser.add_argument("--share", type=float, default=1.0, help="judge a sample only")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    by_sort: dict[str, Counter[str]] = {}
    for verdict in verdicts(names(), options.ledgers, options.share):
        by_sort.setdefault(verdict.sort, Counter())[verdict.killed or ("等价" if verdict.reason else "未查出")] += 1
        if not verdict.killed:
            print(f"存活 {verdict.dialect} {verdict.mutant}：{verdict.reason or '未知'}")
    for sort, counts in by_sort.items():
        killed = sum(n for what, n in counts.items() if what not in {"等价", "未查出"})
        print(
            f"{sort}：{counts.total()}个变异，查出{killed}（{killed / counts.total():.1%}）；"
            + "，".join(f"{w}{n}" for w, n in counts.items())
        )
    every = sum((c for c in by_sort.values()), Counter[str]())
    killed = every.total() - every["等价"] - every["未查出"]
    took = time.perf_counter() - start
    print(
        f"共{every.total()}个，查出{killed}（{killed / every.total():.1%}），等价{every['等价']}，未查出{every['未查出']}，用时{took:.0f}秒"
    )
    return int(killed < 0.9 * every.total())


if __name__ == "__main__":
    sys.exit(main())
