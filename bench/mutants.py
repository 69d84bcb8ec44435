"""Does the truth test see a mistake in the forms? One copy of them is mutated, one region, sum or flag at a time.

`python -m bench.mutants [--ledgers 24]` fills forms with the sound copy and understands them with the mutant. A mutant is killed when
an amount is not what the ledger holds in the mutant's region, when an identity that the mutant implies does not hold, or, for what
only states a relation, when a changed amount goes unnoticed that the sound copy notices. Survivors are listed with the reason.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect, load, names
from mingsuan.dialects.filling import renamed
from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Form, RowDef, Sum
from mingsuan.dialects.meaning import THIS_BUDGET, Meaning, understand
from mingsuan.identities import derive
from mingsuan.ledger import Axes, Box, Ledger, NamedTree, Region
from mingsuan.ledger.trees import DIFFERENCE, EMPTY, FULL, Selection, combine
from mingsuan.model import Disclosure
from mingsuan.synth.disclosures import disclosed, style_of
from mingsuan.synth.ledgers import random_ledger, year_of

from bench.truth import misunderstood, other_copy

WORKERS = 2


@dataclass(frozen=True)
class Mutant:
    """A form with one change.

    Attributes:
        what: the change, for people.
        sort: "region" for what selects lines, "relation" for what only states that amounts agree.
        before, after: the region changed, with all that narrows it, None for relations.
    """

    dialect: str
    kind: str
    what: str
    sort: str
    form: Form
    before: Box | None = None
    after: Box | None = None


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


# ---- mutants ---------------------------------------------------------------------------------------------------------


def mutants(dialect: Dialect) -> Iterator[Mutant]:
    """Every mutant of the forms that the dialect itself prescribes."""
    for kind in dict.fromkeys(t.kind for t in dialect.tables):
        form = dialect.by_kind.get(kind)
        if form is not None and any(c.region.sides or c.kind == "amount" for c in form.columns):
            yield from _of_form(dialect, form)


def _of_form(dialect: Dialect, form: Form) -> Iterator[Mutant]:
    spare = _spare(dialect.axes, form)

    def mutant(what: str, changed: Form, before: Box | None = None, after: Box | None = None, sort: str = "region") -> Mutant:
        return Mutant(dialect.name, form.kind, f"{form.code} {what}", sort, changed, before, after)

    for what, box in _changes(dialect.axes, form.where, spare):
        yield mutant(f"全表{what}", replace(form, where=box), form.where, box)
    for number, (words, box) in enumerate(form.narrowed):
        for what, other in _changes(dialect.axes, box, spare):
            narrowed = (*form.narrowed[:number], (words, other), *form.narrowed[number + 1 :])
            yield mutant(f"注“{words}”{what}", replace(form, narrowed=narrowed), form.where.override(box), form.where.override(other))
    for place, block in enumerate(form.blocks):

        def with_block(changed: Block, place: int = place) -> Form:
            return replace(form, blocks=(*form.blocks[:place], changed, *form.blocks[place + 1 :]))

        for column in block.columns:
            for what, box in _changes(dialect.axes, column.region, spare):
                changed = with_block(_with_column(block, replace(column, region=box)))
                yield mutant(f"列“{column.path}”{what}", changed, form.where.override(column.region), form.where.override(box))
            if column.contained:
                changed = with_block(_with_column(block, replace(column, contained=False)))
                yield mutant(f"列“{column.path}”不再是其中", changed, sort="relation")
        for what, sums in _changed_sums(block.sums):
            yield mutant(f"列的合计{what}", with_block(replace(block, sums=sums)), sort="relation")
        if isinstance(block.rows, Fixed):
            yield from _of_rows(dialect, form, block, block.rows, spare, with_block)


def _of_rows(
    dialect: Dialect, form: Form, block: Block, fixed: Fixed, spare: dict[str, list[Selection]], with_block: Callable[[Block], Form]
) -> Iterator[Mutant]:
    for row in fixed.rows:
        if row.label or not row.in_year(year_of(dialect)):
            continue
        for what, box in _changes(dialect.axes, row.region, spare):
            changed = with_block(replace(block, rows=_with_row(fixed, replace(row, region=box))))
            yield Mutant(
                dialect.name,
                form.kind,
                f"{form.code} 行“{row.path}”{what}",
                "region",
                changed,
                form.where.override(row.region),
                form.where.override(box),
            )
        if row.contained:
            changed = with_block(replace(block, rows=_with_row(fixed, replace(row, contained=False))))
            yield Mutant(dialect.name, form.kind, f"{form.code} 行“{row.path}”不再是其中", "relation", changed)
    for what, sums in _changed_sums(fixed.sums):
        changed = with_block(replace(block, rows=replace(fixed, sums=sums)))
        yield Mutant(dialect.name, form.kind, f"{form.code} 行的合计{what}", "relation", changed)


def _with_column(block: Block, column: ColumnDef) -> Block:
    return replace(block, columns=tuple(column if c.path == column.path else c for c in block.columns))


def _with_row(fixed: Fixed, row: RowDef) -> Fixed:
    return replace(fixed, rows=tuple(row if r.path == row.path else r for r in fixed.rows))


def _spare(axes: Axes, form: Form) -> dict[str, list[Selection]]:
    """Selections that a form uses on each axis: what an author would write by mistake."""
    found: dict[str, list[Selection]] = {}
    boxes = [form.where, *(c.region for c in form.columns)]
    boxes += [r.region for b in form.blocks if isinstance(b.rows, Fixed) for r in b.rows.rows]
    for box in boxes:
        for axis, selection in box.sides:
            found.setdefault(axis, [])
            if selection not in found[axis]:
                found[axis].append(selection)
    return found


def _changes(axes: Axes, box: Box, spare: dict[str, list[Selection]]) -> Iterator[tuple[str, Box]]:
    """The box without each of its sides, and with each side another."""
    for axis, selection in box.sides:
        yield f"去掉{axis}", Box.of({**dict(box.sides), axis: FULL})
        others = [s for s in spare.get(axis, []) if s != selection]
        other = others[0] if others else _other(axes, axis, selection)
        if other != EMPTY:
            yield f"{axis}改为{'＋'.join(n for n, inside in other.marks if inside) or '其余'}", Box.of({**dict(box.sides), axis: other})


def _other(axes: Axes, axis: str, selection: Selection) -> Selection:
    """What a selection leaves out: its sibling nodes of a closed tree, some other code of an open one."""
    tree = axes[axis]
    if isinstance(tree, NamedTree):
        return combine(tree, FULL, selection, DIFFERENCE)
    return Selection((("999", True),))


def _changed_sums(sums: Sequence[Sum]) -> Iterator[tuple[str, tuple[Sum, ...]]]:
    for number, declared in enumerate(sums):
        rest = (*sums[:number], *sums[number + 1 :])
        yield f"“{declared.total}”不列", rest
        for part in declared.parts:
            parts = tuple(p for p in declared.parts if p != part)
            if parts:
                yield f"“{declared.total}”漏“{part}”", (*rest, Sum(declared.total, parts))


# ---- trials ----------------------------------------------------------------------------------------------------------


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
    if mutant.sort == "region":
        killed = _by_amounts(mutant, dialect, ledgers) or _by_identities(mutant, dialect, min(ledgers, 4))
    else:
        killed = _by_identities(mutant, dialect, min(ledgers, 6)) or _by_slips(mutant, dialect, min(ledgers, 4))
    return Verdict(mutant.what, mutant.dialect, mutant.sort, killed, "" if killed else _equivalence(mutant, dialect))


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


def _by_slips(mutant: Mutant, dialect: Dialect, ledgers: int) -> str:
    """A relation that is no longer stated: change an amount of its form, and see whether that is still noticed."""
    changed = _with_form(dialect, mutant.form, alone=False)
    rng = Random(mutant.what)
    for seed in range(ledgers):
        meaning = understand(_made(mutant.dialect, seed)[0], dialect)
        tables = {t.index for t in meaning.tables if t.form.kind == mutant.kind}
        loud = [n for n, f in enumerate(meaning.figures) if f.table in tables and f.amount is not None and f.amount.yuan]
        for number in rng.sample(loud, min(3, len(loud))):
            slipped = _slipped(meaning, number)
            if derive(slipped).violations() and not derive(replace(slipped, dialect=changed, tables=_tables(slipped, changed))).violations():
                return "错数"
    return ""


def _slipped(meaning: Meaning, number: int) -> Meaning:
    figures = list(meaning.figures)
    amount = figures[number].amount
    assert amount is not None
    figures[number] = replace(figures[number], amount=Amount(amount.yuan + 7 * amount.step, amount.unit, amount.decimals))
    return replace(meaning, figures=tuple(figures))


def _tables(meaning: Meaning, dialect: Dialect) -> tuple[object, ...]:
    """The tables of a meaning, understood by the forms of another copy (regions are the same, relations may differ)."""
    changed = []
    for table in meaning.tables:
        form = dialect.by_kind[table.form.kind]
        blocks = tuple(replace(b, block=form.blocks[n]) for n, b in enumerate(table.blocks))
        changed.append(replace(table, form=form, blocks=blocks))
    return tuple(changed)


# ---- survivors -------------------------------------------------------------------------------------------------------


def _equivalence(mutant: Mutant, dialect: Dialect) -> str:
    """Why a mutant selects or states the same as the sound form."""
    if mutant.before is None or mutant.after is None:
        return "其他关系同样查得出（口径相同的金额在别处有合计或相等关系）"
    axes = dialect.axes
    nothing = Region.of(axes, [THIS_BUDGET.override(b) for b in dialect.absent] or [])
    sides = [Region.of(axes, [THIS_BUDGET.override(b).completed()]) for b in (mutant.before, mutant.after)]
    if sides[0].same(sides[1]):
        return "与全表口径重合，区域相同"
    if dialect.absent and sides[0].same(sides[1], nothing):
        return "只差本版式没有的部分"
    return ""


# ---- the whole -------------------------------------------------------------------------------------------------------


def verdicts(dialects: Iterable[str], ledgers: int, share: float = 1.0) -> Iterator[Verdict]:
    """Judge all mutants of some dialects, or a sample of them that is always the same."""
    rng = Random(1)
    tasks = [(name, n, ledgers) for name in dialects for n, _ in enumerate(mutants(load(name))) if rng.random() < share]
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from pool.map(_judge, tasks, chunksize=16)


def _judge(task: tuple[str, int, int]) -> Verdict:
    name, number, ledgers = task
    return judge(_all(name)[number], ledgers)


@lru_cache(maxsize=16)
def _all(name: str) -> tuple[Mutant, ...]:
    return tuple(mutants(load(name)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what killed the mutants and which survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledgers", type=int, default=24)
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
        print(f"{sort}：{counts.total()}个变异，查出{killed}（{killed / counts.total():.1%}）；" + "，".join(f"{w}{n}" for w, n in counts.items()))
    every = sum((c for c in by_sort.values()), Counter[str]())
    killed = every.total() - every["等价"] - every["未查出"]
    print(f"共{every.total()}个，查出{killed}（{killed / every.total():.1%}），等价{every['等价']}，未查出{every['未查出']}，用时{time.perf_counter() - start:.0f}秒")
    return int(killed < 0.9 * every.total())


if __name__ == "__main__":
    sys.exit(main())
