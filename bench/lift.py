"""Lifting: how long it takes, how much of what is printed the lifted book prints again, and what contradicts itself.

Run `python -m bench.lift [random]`: the published budgets of ../shared, then random disclosures of every budget dialect.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from mingsuan.compiling import compile_book
from mingsuan.compiling.lifting.book import book_of
from mingsuan.compiling.lifting.compare import compare, differing
from mingsuan.compiling.lifting.lift import lift
from mingsuan.dialects.dialect import all_dialects, load
from mingsuan.model import Disclosure
from mingsuan.synth.disclosures import random_disclosure
from tools.examples import EXAMPLES, SEEDS, disclosure, reworded

RANDOM = 3
"""Random disclosures of each dialect."""


def measured(name: str, original: Disclosure) -> Iterator[str]:
    """One line of figures, then one for each exception."""
    dialect = load(original.dialect or "")
    start = time.perf_counter()
    found = lift(original, dialect)
    seconds = time.perf_counter() - start
    compiled = compile_book(reworded(book_of(found, dialect)))
    comparison = compare(original, compiled.disclosure, dialect)
    wrong = sum(1 for d in comparison.departures if d.printed is not None)
    lines = len(found.ledger.lines)
    yield (
        f"{name:<20} {seconds:6.1f} s  {comparison.printed - wrong}/{comparison.printed} amounts  "
        f"{len(comparison.departures)} exceptions  {lines} lines, {sum(found.told)} determined"
    )
    yield from (f"    {departure.finding().message}" for departure in found.departures)
    yield from (f"    {line}" for line in differing(comparison.departures))


def main(arguments: list[str]) -> int:
    """Print the figures."""
    if SEEDS.is_dir():
        for number in EXAMPLES:
            print("\n".join(measured(number, disclosure(number))), flush=True)
    if "random" in arguments:
        for dialect in all_dialects():
            if dialect.stage == "budget":
                for seed in range(RANDOM):
                    print("\n".join(measured(f"{dialect.name}:{seed}", random_disclosure(dialect, seed))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
