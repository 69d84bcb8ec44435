"""Several wrong amounts at once, and slips of whole tables: is each named, with its right value, and nothing else?

`python -m bench.localisation [--documents 32] [--first 9000] [--ceilings] [--every]` puts 1, 2 and 5 slips (and a table in the wrong unit,
two columns exchanged, two rows exchanged, a column lost) into made-up disclosures and the hand-made transcriptions. No method can be
exact where some error alone, all others put right, violates nothing: `可发现` counts the other documents, and `占可发现` the share of these
that is exact. `--ceilings` counts by brute force also where some error alone leaves another cell or value that a known slip may have made
of it (`可定` counts the rest; a method may still guess right there). Times are processor time of the localisation alone.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from bench.corruption import (
    SLIPS,
    WORKERS,
    Edit,
    Key,
    document,
    edited,
    hard,
    key,
    neighbours,
    new_causes,
    same,
    slipped,
    synthetic,
)
from bench.gold import DIALECTS
from bench.shared import SHARED
from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Meaning
from mingsuan.identities import Identity, Sort, Violation, derive, localise
from mingsuan.identities.identity import violation
from mingsuan.identities.localising.edits import slips

COUNTS = (1, 2, 5)


@dataclass(frozen=True)
class Outcome:
    """What became of the errors in one document.

    Attributes:
        kind: how many errors, or the slip of many cells.
        errors: how many were put in.
        detected: those that some new violation is about.
        cells, values, third: those whose cell is named first, with its value, or among the first three.
        false: named cells that are none of them.
        exact: all named with their values and nothing else.
        detectable: each error alone violates something.
        determined: and leaves no other cell or value that a known slip may have made of it; None where that was not tried.
    """

    document: str
    kind: str
    errors: int
    detected: int
    cells: int
    values: int
    third: int
    false: int
    exact: bool
    seconds: float
    detectable: bool
    determined: bool | None = None


def task(name: str, kind: str, seed: int, ceilings: bool) -> Outcome | None:
    """Corrupt one document in one way and localise."""
    source = document(name)
    rng = Random(f"{name}:{kind}:{seed}")
    edits = list(_several(source.meaning, int(kind), rng)) if kind.isdigit() else [WHOLE[kind](source.meaning, rng)]
    whole = tuple(e for edit in edits for e in edit)
    if not whole:
        return None
    fresh = derive(edited(source.meaning, whole))
    new = [v for v in hard(fresh) if key(v) not in source.known]
    gc.collect()  # what the bench made is not to be cleared away in the time of the localisation
    start = time.process_time()
    causes = localise(fresh)
    seconds = time.process_time() - start
    alone = [_alone(name, e, ceilings and len(e) <= 2) for e in edits]
    truth = {
        n: source.meaning.figures[n].amount for n, a in whole if _silent(a) != _silent(source.meaning.figures[n].amount) or not _silent(a)
    }
    ours = new_causes(causes, {key(v) for v in new})
    named = {n: amount for c in ours for n, amount in c.candidates[0].edits}
    among = {n for c in ours for candidate in c.candidates[:3] for n, _ in candidate.edits}
    touched = {n for v in new for n in {*v.identity.members, *v.identity.witnesses}}
    right = {n for n, amount in truth.items() if n in named and same(named[n], amount)}
    return Outcome(
        name,
        kind,
        len(edits),
        sum(any(n in touched for n, _ in e) for e in edits),
        sum(any(n in named for n, _ in e) for e in edits),
        sum(all(n in right for n, _ in e) for e in edits),
        sum(any(n in among for n, _ in e) for e in edits),
        len(named.keys() - truth.keys()),
        right == truth.keys() == named.keys(),
        seconds,
        all(count > 0 for count in alone),
        all(count == 1 for count in alone) if ceilings and kind.isdigit() else None,
    )


def _silent(amount: Amount | None) -> bool:
    """Whether a cell says nothing: a blank in the place of a zero is no error."""
    return amount is None or not amount.yuan


def _alone(name: str, edit: Edit, others: bool) -> int:
    """In how many ways a known slip explains an error alone, the right one among them; 0 where it violates nothing.

    Without `others`, the right one is the only one that is counted.
    What holds in the sound document is held against every other explanation, so that rather too few are counted than too many.
    """
    source = document(name)
    corrupted = edited(source.meaning, edit)
    fresh = derive(corrupted, source.derivation)
    new = [v for v in hard(fresh) if key(v) not in source.known]
    if not new or not others:
        return len(new[:1])
    held = [i for i in (*fresh.identities, *source.derivation.identities) if i.sort is not Sort.CONVENTION and not i.witnesses]
    by_figure: dict[int, list[Identity]] = {}
    for identity in held:
        for n in set(identity.members):
            by_figure.setdefault(n, []).append(identity)
    right = {n: source.meaning.figures[n].amount for n, _ in edit}
    strange = (e for e in dict.fromkeys(_typed(corrupted, new)) if not all(n in right and same(right[n], a) for n, a in e))
    return 1 + sum(_explains(corrupted, e, new, by_figure, source.known) for e in strange)


def _typed(corrupted: Meaning, new: Sequence[Violation]) -> Iterator[Edit]:
    """Every known slip of one figure of a violated identity, and every move of its amount to a blank beside it."""
    rng = Random(0)
    for n in dict.fromkeys(n for v in new for n in v.identity.members):
        amount = corrupted.figures[n].amount
        if amount is not None:
            yield from (
                ((n, replace(amount, yuan=units * amount.step)),) for units in slips(int(amount.yuan / amount.step), amount.decimals)
            )
            yield from (((n, None), (t, amount)) for t in neighbours(corrupted, n, rng) if corrupted.figures[t].amount is None)


def _explains(
    corrupted: Meaning, edit: Edit, new: Sequence[Violation], by_figure: Mapping[int, Sequence[Identity]], known: frozenset[Key]
) -> bool:
    """Whether an edit touches all that fails and lets all that it touches hold."""
    cells = {n for n, _ in edit}
    if not all(cells & {*v.identity.members, *v.identity.witnesses} for v in new):
        return False
    figures = list(corrupted.figures)
    for n, amount in edit:
        figures[n] = replace(figures[n], amount=amount)
    touched = (violation(i, figures) for n in cells for i in by_figure.get(n, ()))
    return all(v is None or key(v) in known for v in touched)


def _several(meaning: Meaning, count: int, rng: Random) -> Iterator[Edit]:
    cells = [n for n, f in enumerate(meaning.figures) if f.table >= 0 and f.amount is not None]
    taken: set[int] = set()
    for cell in rng.sample(cells, len(cells)):
        if not count:
            return
        for slip in rng.sample(SLIPS, len(SLIPS)):
            edit = slipped(meaning, cell, slip, rng)
            if edit is not None and taken.isdisjoint(n for n, _ in edit):
                taken.update(n for n, _ in edit)
                count -= 1
                yield edit
                break


def _unit(meaning: Meaning, rng: Random) -> Edit:
    """A table's numbers in 元 under the unit 万元 (or ten thousand times too large)."""
    tables = [[n for n, f in enumerate(meaning.figures) if f.table == t.index and f.amount and f.amount.yuan] for t in meaning.tables]
    chosen = [cells for cells in tables if len(cells) >= 8]
    cells = rng.choice(chosen) if chosen else []
    return tuple((n, replace(a, yuan=a.yuan * 10000)) for n in cells if (a := meaning.figures[n].amount))


def _columns(meaning: Meaning, rng: Random) -> Edit:
    return _exchanged(meaning, rng, across=True)


def _rows(meaning: Meaning, rng: Random) -> Edit:
    return _exchanged(meaning, rng, across=False)


def _exchanged(meaning: Meaning, rng: Random, *, across: bool) -> Edit:
    """Two neighbouring columns or rows in each other's place."""
    found: list[Edit] = []
    for table in meaning.tables:
        for block in table.blocks:
            rows, columns = [r.row for r in block.rows], list(block.columns)
            lines, others = (columns, rows) if across else (rows, columns)
            for one, two in pairwise(lines):
                edits: list[tuple[int, object]] = []
                for other in others:
                    a, b = (
                        meaning.by_cell[(table.index, other, line) if across else (table.index, line, other)]  # type: ignore[index]
                        for line in (one, two)
                    )
                    if not same(meaning.figures[a].amount, meaning.figures[b].amount):
                        edits += [(a, meaning.figures[b].amount), (b, meaning.figures[a].amount)]
                if len(edits) >= 6:
                    found.append(tuple(edits))  # type: ignore[arg-type]
    return rng.choice(found) if found else ()


def _lost(meaning: Meaning, rng: Random) -> Edit:
    """A column without its amounts."""
    found: list[Edit] = []
    for table in meaning.tables:
        for block in table.blocks:
            for column in block.columns:
                cells = [meaning.by_cell[table.index, r.row, column] for r in block.rows]
                filled = [n for n in cells if (a := meaning.figures[n].amount) is not None and a.yuan]
                if len(filled) >= 4:
                    found.append(tuple((n, None) for n in filled))
    return rng.choice(found) if found else ()


WHOLE: Mapping[str, Callable[[Meaning, Random], Edit]] = {"整表单位": _unit, "两列互换": _columns, "两行互换": _rows, "整列缺失": _lost}


def outcomes(documents: Sequence[str], kinds: Sequence[str], seeds: int, ceilings: bool) -> Iterator[Outcome]:
    """Every document in every way."""
    tasks = [(name, kind, seed, ceilings) for name in documents for kind in kinds for seed in range(seeds)]
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from (found for found in pool.map(_run, tasks, chunksize=7) if found is not None)


def _run(arguments: tuple[str, str, int, bool]) -> Outcome | None:
    return task(*arguments)


def lines(found: Sequence[Outcome]) -> Iterator[str]:
    """One line per kind."""
    heads = (
        ("文本", 4),
        ("错", 6),
        *((name, 7) for name in ("发现", "格对", "值对")),
        ("前三有", 6),
        ("误指格", 6),
        ("全对", 7),
        *((name, 8) for name in ("可发现", "占可发现", "可定", "占可定")),
    )
    yield f"{'':<8}" + "".join(f"{name:>{width}}" for name, width in (*heads, ("中位ms", 8), ("95%ms", 8)))
    for kind in dict.fromkeys(o.kind for o in found):
        group = [o for o in found if o.kind == kind]
        errors = sum(o.errors for o in group)
        times = sorted(o.seconds for o in group)
        shares = [sum(getattr(o, part) for o in group) / errors for part in ("detected", "cells", "values", "third")]
        yield (
            f"{kind + ('处' if kind.isdigit() else ''):<8}{len(group):>6}{errors:>7}"
            + "".join(f"{share:>9.1%}" for share in shares)
            + f"{sum(o.false for o in group):>8}{sum(o.exact for o in group) / len(group):>9.1%}"
            + "".join(_of_ceiling(group, part) for part in ("detectable", "determined"))
            + f"{1000 * times[len(times) // 2]:>9.1f}{1000 * times[int(0.95 * len(times))]:>9.1f}"
        )


def _of_ceiling(group: Sequence[Outcome], part: str) -> str:
    """The share of documents in which an exact answer is possible, and how many of these have it."""
    counted = [o for o in group if getattr(o, part) is not None]
    possible = [o for o in counted if getattr(o, part)]
    if not possible:
        return f"{'—':>10}{'—':>11}"
    return f"{len(possible) / len(counted):>11.1%}{sum(o.exact for o in possible) / len(possible):>11.1%}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for made-up disclosures and one for the transcriptions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=16, help="made-up disclosures")
    parser.add_argument("--first", type=int, default=9000, help="seed of the first made-up disclosure")
    parser.add_argument("--seeds", type=int, default=6, help="corruptions of each kind per transcription")
    parser.add_argument("--ceilings", action="store_true", help="brute force beside")
    parser.add_argument("--kinds", default=",".join((*map(str, COUNTS), *WHOLE)), help="of them only these")
    parser.add_argument("--every", action="store_true", help="name the documents in which something is not exact")
    options = parser.parse_args(arguments)
    parts = [("仿真文本", synthetic(options.documents, options.first), 1)]
    if (SHARED / "gold").is_dir():
        parts.append(("真实文本（人工转录）", [n for n in DIALECTS if n != "004"], options.seeds))
    for title, documents, seeds in parts:
        found = list(outcomes(documents, options.kinds.split(","), seeds, options.ceilings))
        print(f"{title}，{len(documents)}份")
        for line in lines(found):
            print(line)
        for o in found if options.every else ():
            if not o.exact:
                print(f"   {o.document} {o.kind} 值对{o.values}/{o.errors} 误指{o.false} {'可定' if o.determined else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
