"""Cost against size: one made-up budget with 1, 4 and 16 times the rows, understood, derived and checked.

Then one row of the longest table repeated 50, 200 and 800 times, as a broken file may have it, so that sums fail and are localised.

`python -m bench.scaling [--seed 1]`. Larger disclosures are the same department with as many units, projects and lines, so that its lists
grow (forms of fixed rows do not) and everything still agrees. Processor time, the better of two runs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.dialects.roster import Roster
from mingsuan.identities import derive, localise
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure
from mingsuan.synth.disclosures import disclosed, style_of
from mingsuan.synth.ledgers import random_ledger, year_of

TIMES = (1, 4, 16)
REPEATED = 50
DIALECTS = ("zhengzhou-2023", "luohe-2024", "zhengzhou-2021")


def grown(dialect: Dialect, seed: int, times: int) -> Disclosure:
    """The disclosure of a department with `times` as many units, projects and lines."""
    ledger, roster = random_ledger(dialect, seed)
    lines, units, projects = list(ledger.lines), list(roster.units), list(roster.projects)
    for copy in range(1, times):
        codes = {u.code: f"{roster.code}{100 + copy * 10 + n:03d}" for n, u in enumerate(roster.units)}
        names = {p.code: f"{p.code}x{copy}" for p in roster.projects}
        units += [replace(u, code=codes[u.code], name=f"{u.name}第{copy}分部") for u in roster.units]
        projects += [replace(p, code=names[p.code], name=f"{p.name}第{copy}期", unit=codes.get(p.unit, p.unit)) for p in roster.projects]
        lines += [replace(x, unit=codes.get(x.unit, x.unit), project=names.get(x.project, x.project)) for x in ledger.lines]
    whole: Roster = replace(roster, units=tuple(units), projects=tuple(projects))
    return disclosed(dialect, Ledger(ledger.axes, tuple(lines)), whole, year_of(dialect), style_of(seed))


def repeated(made: Disclosure, times: int) -> Disclosure:
    """The disclosure with a middle row of its longest table `times` more often."""
    number = max(range(len(made.tables)), key=lambda n: len(made.tables[n].rows))
    table = made.tables[number]
    at = len(table.rows) // 2
    return made.with_table(number, replace(table, rows=(*table.rows[:at], *(table.rows[at],) * times, *table.rows[at:])))


def best(work: Callable[[], object]) -> float:
    """Processor seconds, the better of two runs."""
    found = []
    for _ in range(2):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per dialect and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"{'':<18}{'格':>8}{'关系':>8}{'推导ms':>9}{'核对ms':>9}{'每千格ms':>10}")
    for name in DIALECTS:
        dialect = load(name)
        for times in TIMES:
            made = grown(dialect, options.seed, times)
            meaning = understand(made, dialect)
            derived, checked = best(lambda m=meaning: derive(m)), best(lambda d=made, x=dialect: check(d, x))  # type: ignore[misc]
            size = len(meaning.figures)
            relations = len(derive(meaning).identities)
            print(
                f"{name:<16}{times:>2}×{size:>8}{relations:>10}{1000 * derived:>11.0f}{1000 * checked:>11.0f}{1e6 * checked / size:>12.0f}"
            )
    print(f"{'同一行重复':<13}{'格':>8}{'关系':>8}{'推导ms':>9}{'定位ms':>9}{'每千格ms':>10}")
    for name in DIALECTS:
        dialect = load(name)
        made = grown(dialect, options.seed, 1)
        for times in TIMES:
            meaning = understand(repeated(made, REPEATED * times), dialect)
            derivation = derive(meaning)
            derived = best(lambda m=meaning: derive(m))  # type: ignore[misc]
            located = best(lambda d=derivation: localise(d))  # type: ignore[misc]
            size = len(meaning.figures)
            print(
                f"{name:<16}{times:>2}×{size:>8}{len(derivation.identities):>10}{1000 * derived:>11.0f}"
                f"{1000 * located:>11.0f}{1e6 * located / size:>12.0f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
