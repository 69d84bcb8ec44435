"""Truth by construction: made-up ledgers, published with one copy of the forms, read and checked with another.

`python -m bench.truth [--ledgers 1000] [--memory]` fills the forms of every dialect from random ledgers, prints them as text and
as Markdown, reads that back, and compares. `--memory` leaves the text out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from pathlib import Path

from mingsuan import check
from mingsuan.amounts import rounded
from mingsuan.dialects.dialect import BUNDLED, load, names
from mingsuan.dialects.filling.fill import renamed
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.identities import derive
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure, Level, Table
from mingsuan.reading.claims.statements import read_claims
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import disclosed, style_of
from mingsuan.synth.ledgers import random_ledger, year_of
from mingsuan.synth.printing import as_markdown, as_text

WORKERS = 2


@dataclass(frozen=True)
class Trial:
    """What one ledger showed.

    Attributes:
        amounts: amounts that were printed in tables.
        claims: amounts of the narrative that have a region.
        mismatches: what was read otherwise than it was printed.
        meanings: amounts whose region, as it was read, sums to something else in the ledger.
        violations: identities that do not hold.
        findings: what the checker reports as an error or a warning.
    """

    dialect: str
    seed: int
    amounts: int = 0
    claims: int = 0
    mismatches: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing differs."""
        return not (self.mismatches or self.meanings or self.violations or self.findings)


@cache
def other_copy() -> Path:
    """A copy of the bundled dialects, from which nothing is shared with those that read."""
    folder = Path(tempfile.mkdtemp(prefix="mingsuan-forms-"))
    shutil.copytree(BUNDLED, folder, dirs_exist_ok=True)
    return folder


def trial(name: str, seed: int, *, text: bool = True) -> Trial:
    """Publish and read one ledger."""
    filling, reading = load(name, other_copy()), load(name)
    ledger, roster = random_ledger(filling, seed)
    made = disclosed(filling, ledger, roster, year_of(filling), style_of(seed))
    found = replace(made, sections=())
    if text:
        printed = (as_markdown if seed % 2 else as_text)(made, filling)
        found = read(printed.encode(), name=f"{name}-{seed}")
        if found.dialect != name:
            return Trial(name, seed, mismatches=(f"版式认作“{found.dialect}”",))
        claims = found.claims or read_claims(found.sections, load_sentences(reading.folders), found.year)
        found = replace(found, claims=claims)
    meaning = understand(found, reading)
    return Trial(
        name,
        seed,
        sum(1 for t in made.tables for _ in t.amounts()),
        sum(1 for f in meaning.figures if f.claim is not None),
        tuple(differences(made, found)),
        tuple(misunderstood(meaning, renamed(ledger, roster.known_as(ledger)))),
        tuple(f"{v.identity.sort.value} {v.identity.label} 差{v.difference}" for v in derive(meaning).violations()),
        tuple(f"{f.code} {f.message}" for f in check(found).findings if f.level is not Level.INFO) if text else (),
    )


def differences(made: Disclosure, found: Disclosure) -> Iterator[str]:
    """Amounts, keys and tables that were read otherwise than they were printed."""
    for number, (left, right) in enumerate(zip_longest(made.tables, found.tables)):
        if left is None or right is None or left.kind != right.kind:
            yield f"第{number + 1}张表：{left.kind if left else '无'}读作{right.kind if right else '无'}"
            return
        yield from (f"《{left.title}》{what}" for what in _differences(left, right))


def _differences(left: Table, right: Table) -> Iterator[str]:
    mine, theirs = ([r for r in t.rows if r.cells] for t in (left, right))
    if len(mine) != len(theirs):
        yield f"{len(mine)}行读作{len(theirs)}行"
    for number, (a, b) in enumerate(zip(mine, theirs, strict=False), 1):
        if a.key != b.key:
            yield f"第{number}行的代码{a.key}读作{b.key}"
        for path in {**a.cells, **b.cells}:
            printed, read_as = (row.cells[path].amount if path in row.cells else None for row in (a, b))
            if printed != read_as and (printed is None or read_as is None or printed.yuan != read_as.yuan):
                yield f"第{number}行“{path}”{printed}读作{read_as}"


def misunderstood(meaning: Meaning, ledger: Ledger) -> Iterator[str]:
    """Amounts that are not what the ledger holds where they are understood to stand for."""
    axes = meaning.dialect.axes
    seen: dict[tuple[int, str, str], list[int]] = {}
    for number, figure in enumerate(meaning.figures):
        key = (figure.table, figure.form_column, figure.item) if figure.claim is None else (-1, "", str(number))
        seen.setdefault(key, []).append(number)
    for numbers in seen.values():
        amounts = [a for n in numbers if (a := meaning.figures[n].amount) is not None]
        figure = meaning.figures[numbers[0]]
        total = ledger.total(figure.box(axes))
        shown = sum((a.yuan for a in amounts), total - total)
        spread = sum((a.half for a in amounts), total - total)
        alike = rounded(total, amounts[0].unit, amounts[0].decimals).yuan == shown if len(amounts) == 1 else abs(total - shown) <= spread
        if not alike:
            yield f"{figure.label} {shown}元，账上为{total}元"


def trials(dialects: Sequence[str], ledgers: int, *, text: bool = True) -> Iterator[Trial]:
    """Trials of some dialects by turns, on all processors."""
    tasks = [(dialects[n % len(dialects)], n // len(dialects), text) for n in range(ledgers)]
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from pool.map(_run, tasks, chunksize=8)


def _run(task: tuple[str, int, bool]) -> Trial:
    name, seed, text = task
    return trial(name, seed, text=text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print counts per dialect and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledgers", type=int, default=1000)
    parser.add_argument("--memory", action="store_true", help="leave out printing and reading text")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    by_dialect: dict[str, list[Trial]] = {name: [] for name in names()}
    for found in trials(names(), options.ledgers, text=not options.memory):
        by_dialect[found.dialect].append(found)
        for what in (*found.mismatches[:2], *found.meanings[:2], *found.violations[:2], *found.findings[:2]):
            print(f"{found.dialect} {found.seed}: {what}")
    print(f"{'版式':<16}{'账套':>6}{'金额':>9}{'文字金额':>8}{'读错':>6}{'口径错':>6}{'不勾稽':>6}{'误报':>6}")
    for name, group in by_dialect.items():
        counts = [sum(len(getattr(t, part)) for t in group) for part in ("mismatches", "meanings", "violations", "findings")]
        print(
            f"{name:<16}{len(group):>8}{sum(t.amounts for t in group):>11}{sum(t.claims for t in group):>10}"
            + "".join(f"{c:>8}" for c in counts)
        )
    failed = sum(not t.passed for group in by_dialect.values() for t in group)
    print(f"{options.ledgers}套账中{failed}套有出入，用时{time.perf_counter() - start:.0f}秒")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
