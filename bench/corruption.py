"""One wrong amount: is it noticed, is it named, is it put right? Compared with what brute force over the identities can tell.

`python -m bench.corruption [--all] [--seed 7] [--corpus] [--synthetic N]` corrupts amount cells, one at a time, of the hand-made
transcriptions, of the real PDFs of ../shared/corpus (`--corpus`) or of N made-up disclosures, and prints how many are detected of those
that can be, and how many right cells and values are named of those that are determined. Without `--all` a sample of each document is
taken. Times are processor time of the localisation alone.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from random import Random

import mingsuan
from bench.gold import DIALECTS, disclosure, gold
from bench.shared import SHARED
from mingsuan.amounts import UNITS, Amount
from mingsuan.dialects.dialect import load, names
from mingsuan.dialects.meaning.understand import Figure, Meaning, understand
from mingsuan.folding import columns
from mingsuan.identities import Cause, Derivation, Identity, Sort, Violation, derive, localise
from mingsuan.identities.identity import violation
from mingsuan.synth.disclosures import random_disclosure

SAMPLE = 40
"""Cells of each document that are corrupted without `--all`."""
SLIPS = ("一位数字错", "相邻颠倒", "漏一位", "重一位", "正负号", "十倍", "错列")
WORKERS = 2

_ALL = "合计"
_COLUMNS = {
    "all": "错数",
    "detectable": "可发现",
    "detected": "发现",
    "cells": "格可定",
    "cell": "格对",
    "values": "值可定",
    "value": "值对",
    "any cell": "格对（全部）",
    "any value": "值对（全部）",
    "third": "前三有",
    "false": "误指",
}

Key = tuple[frozenset[int], frozenset[int]]
"""A violation by its figures, left and right."""
Edit = tuple[tuple[int, Amount | None], ...]
"""What figures become."""


@dataclass(frozen=True)
class Outcome:
    """What became of one corruption.

    Attributes:
        detected: a fresh derivation has violations that the document did not have.
        detectable: brute force finds some identity violated, of the corrupted document or of the sound one (but not one that
            holds only because of the figure that was changed).
        cell_determined: one cell only can be edited so that all identities hold as before.
        value_determined: and one value only is left for it.
        cell, value: the first candidate that is named has the right cell, the right value.
        third: one of the first three candidates has the right cell.
        false: causes named beside it, whose cells are none of those changed.
        seconds: what the localisation took.
    """

    number: str
    slip: str
    label: str
    detected: bool
    detectable: bool
    cell_determined: bool = False
    value_determined: bool = False
    cell: bool = False
    value: bool = False
    third: bool = False
    false: int = 0
    seconds: float = 0.0

    @property
    def short(self) -> str:
        """What falls short of what brute force can tell, "" if nothing."""
        if self.detectable and not self.detected:
            return "未发现"
        if self.cell_determined and not self.cell:
            return "格错"
        return "值错" if self.value_determined and not self.value else ""


@dataclass(frozen=True)
class Document:
    """A document as it is published, with its derivation; what is violated in it already does not count."""

    meaning: Meaning
    derivation: Derivation
    known: frozenset[Key]


@lru_cache(maxsize=8)
def document(name: str) -> Document:
    """A document by name: 000 (a transcription), some.pdf (of the corpus), henan:7 (made up, by dialect and seed)."""
    if name in DIALECTS:
        dialect = load(DIALECTS[name])
        found = disclosure(gold(SHARED, name), dialect)
    elif name.endswith(".pdf"):
        found = mingsuan.read(SHARED / "corpus" / name)
        dialect = load(found.dialect or "")
    else:
        kind, _, seed = name.partition(":")
        dialect = load(kind)
        found = random_disclosure(dialect, int(seed))
    meaning = understand(found, dialect)
    derivation = derive(meaning)
    return Document(meaning, derivation, frozenset(map(key, hard(derivation))))


def corpus() -> list[str]:
    """The real PDFs whose dialect is known."""
    found = sorted(p.name for p in (SHARED / "corpus").glob("*.pdf"))
    return [name for name in found if mingsuan.read(SHARED / "corpus" / name).dialect]


def synthetic(count: int, first: int = 9000) -> list[str]:
    """Made-up budgets from a seed on, by turns of the dialects that have one."""
    kinds = [name for name in names() if load(name).stage == "budget"]
    return [f"{kinds[n % len(kinds)]}:{first + n // len(kinds)}" for n in range(count)]


def hard(derivation: Derivation) -> list[Violation]:
    return [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]


def key(failed: Violation) -> Key:
    return frozenset(failed.identity.left), frozenset(failed.identity.right)


def corruptions(meaning: Meaning, rng: Random, every: bool) -> Iterator[tuple[int, str, Edit]]:
    """Cells with a slip each: all amount cells of a document, or a sample."""
    cells = [n for n, f in enumerate(meaning.figures) if f.table >= 0 and f.amount is not None]
    for cell in cells if every else sorted(rng.sample(cells, min(SAMPLE, len(cells)))):
        for slip in rng.sample(SLIPS, len(SLIPS)):
            edit = slipped(meaning, cell, slip, rng)
            if edit is not None:
                yield cell, slip, edit
                break


def slipped(meaning: Meaning, cell: int, slip: str, rng: Random) -> Edit | None:
    """The edit of a slip, None where the amount does not allow it."""
    amount = meaning.figures[cell].amount
    assert amount is not None
    if slip == "错列":
        target = next((t for t in neighbours(meaning, cell, rng) if meaning.figures[t].amount is None), None)
        return None if target is None or not amount.yuan else ((cell, None), (target, amount))
    text = _retyped(amount.text(), slip, rng)
    if text is None:
        return None
    changed = Amount(Decimal(text) * UNITS[amount.unit], amount.unit, amount.decimals)
    return None if changed.yuan == amount.yuan else ((cell, changed),)


def _retyped(text: str, slip: str, rng: Random) -> str | None:
    """Digits with a slip of the hand; the number of decimals stays."""
    places = [n for n, c in enumerate(text) if c.isdigit()]
    whole = [n for n in places if n < (text.index(".") if "." in text else len(text))]
    place = rng.choice(places)
    if slip == "一位数字错":
        return text[:place] + rng.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]
    if slip == "相邻颠倒":
        pairs = [n for n in places if n + 1 in places and text[n] != text[n + 1]]
        if not pairs:
            return None
        n = rng.choice(pairs)
        return text[:n] + text[n + 1] + text[n] + text[n + 2 :]
    if slip == "漏一位":
        n = rng.choice(whole)
        return text[:n] + text[n + 1 :] if len(whole) > 1 else None
    if slip == "重一位":
        n = rng.choice(whole)
        return text[:n] + text[n] + text[n:]
    if slip == "正负号":
        return text[1:] if text.startswith("-") else f"-{text}"
    return str(Decimal(text) * 10)


def neighbours(meaning: Meaning, cell: int, rng: Random) -> list[int]:
    """The figures in the amount columns beside a figure's, in any order."""
    figure = meaning.figures[cell]
    for table in meaning.tables:
        for block in table.blocks if table.index == figure.table else ():
            columns = list(block.columns)
            if figure.form_column in columns:
                at = columns.index(figure.form_column)
                beside = [c for c in (at - 1, at + 1) if 0 <= c < len(columns)]
                found = [meaning.by_cell.get((figure.table, figure.row, columns[c])) for c in rng.sample(beside, len(beside))]
                return [n for n in found if n is not None]
    return []


def outcome(name: str, cell: int, slip: str, edit: Edit) -> Outcome:
    """Corrupt, check, localise; and see what brute force can tell."""
    found = document(name)
    corrupted = edited(found.meaning, edit)
    fresh = derive(corrupted)
    new = [v for v in hard(fresh) if key(v) not in found.known]
    right = frozenset(n for n, _ in edit)
    old = any(_counts(i, found) and not right & i.witnesses and violation(i, corrupted.figures) for i in found.derivation.identities)
    label = found.meaning.figures[cell].label
    if not new:
        return Outcome(name, slip, label, False, old)
    edits = explanations(found, corrupted, new, fresh)
    cells = {frozenset(n for n, _ in e) for e in edits}
    determined = len(cells) == 1 and next(iter(cells)) <= right
    gc.collect()  # what the bench made is not to be cleared away in the time of the localisation
    start = time.process_time()
    causes = localise(fresh)
    seconds = time.process_time() - start
    ours = new_causes(causes, {key(v) for v in new})
    named = [c.edits for c in ours[0].candidates[:3]] if ours else []
    truth = {n: found.meaning.figures[n].amount for n in right}
    hit = bool(named) and named[0][0][0] in right
    value = hit and all(n in truth and same(truth[n], amount) for n, amount in named[0])
    third = any(e[0][0] in right for e in named)
    false = sum(all(not right & {n for n, _ in e.edits} for e in c.candidates) for c in ours if c.candidates)
    return Outcome(name, slip, label, True, True, determined, determined and len(edits) == 1, hit, value, third, false, seconds)


def new_causes(causes: Sequence[Cause], new: set[Key]) -> list[Cause]:
    """Causes with a repair that were not there before."""
    return [c for c in causes if c.candidates and any(key(v) in new for v in c.chain)]


def _counts(identity: Identity, source: Document) -> bool:
    return identity.sort is not Sort.CONVENTION and violation(identity, source.meaning.figures) is None


def same(left: Amount | None, right: Amount | None) -> bool:
    return (left.yuan if left else None) == (right.yuan if right else None)


def edited(meaning: Meaning, edit: Edit) -> Meaning:
    figures = list(meaning.figures)
    for n, amount in edit:
        figures[n] = replace(figures[n], amount=amount)
    return replace(meaning, figures=tuple(figures))


def explanations(source: Document, corrupted: Meaning, new: Sequence[Violation], fresh: Derivation) -> set[Edit]:
    """Every edit of one cell, or move of one amount to a blank beside it, after which the identities hold as before."""
    touching = [{*v.identity.members, *v.identity.witnesses} for v in new]
    found: set[Edit] = set()
    for edit in dict.fromkeys(_proposals(corrupted, new)):
        cells = {n for n, _ in edit}
        if not all(cells & t for t in touching) or not _fits(fresh, corrupted, edit, source.known):
            continue
        after = derive(edited(corrupted, edit))
        if all(key(v) in source.known for v in hard(after)):
            found.add(edit)
    return found


def _fits(fresh: Derivation, corrupted: Meaning, edit: Edit, known: frozenset[Key]) -> bool:
    """Whether the identities that stand whatever is blank hold after the edit."""
    figures: list[Figure] = list(corrupted.figures)
    for n, amount in edit:
        figures[n] = replace(figures[n], amount=amount)
    cells = {n for n, _ in edit}
    for identity in fresh.identities:
        if identity.sort is not Sort.CONVENTION and not identity.witnesses and cells & set(identity.members):
            failed = violation(identity, figures)
            if failed is not None and key(failed) not in known:
                return False
    return True


def _proposals(corrupted: Meaning, new: Sequence[Violation]) -> Iterator[Edit]:
    """What one figure would have to be for one violated identity to hold; and each amount moved to a blank beside it."""
    rng = Random(0)
    for failed in new:
        identity = failed.identity
        for n in dict.fromkeys((*identity.members, *identity.witnesses)):
            amount = corrupted.figures[n].amount
            like = amount or next(a for m in identity.members if (a := corrupted.figures[m].amount) is not None)
            sign = identity.left.count(n) - identity.right.count(n)
            if sign:
                value = (amount.yuan if amount else Decimal(0)) - failed.difference / sign
                yield ((n, Amount((value / like.step).to_integral_value() * like.step, like.unit, like.decimals)),)
            if amount is not None:
                yield from (((n, None), (t, amount)) for t in neighbours(corrupted, n, rng) if corrupted.figures[t].amount is None)
                yield ((n, None),)


def outcomes(documents: Sequence[str], every: bool, seed: int) -> Iterator[Outcome]:
    """Outcomes over some documents, on two processors."""
    rng = Random(seed)
    tasks = [(name, *found) for name in documents for found in corruptions(document(name).meaning, rng, every)]
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from pool.map(_run, tasks, chunksize=8)


def _run(task: tuple[str, int, str, Edit]) -> Outcome:
    return outcome(*task)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every amount cell")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--corpus", action="store_true", help="the real PDFs in place of the transcriptions")
    parser.add_argument("--synthetic", type=int, default=0, metavar="N", help="made-up disclosures in place of the transcriptions")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    counts: dict[str, Counter[str]] = {}
    documents = synthetic(options.synthetic) if options.synthetic else corpus() if options.corpus else list(DIALECTS)
    seconds: dict[str, list[float]] = {}
    for found in outcomes(documents, options.all, options.seed):
        if found.short:
            print(f"未及上限 {found.number} {found.slip} {found.label} {found.short}")
        for group in (found.number, found.slip, _ALL):
            seconds.setdefault(group, []).extend([found.seconds] if found.seconds else [])
            tally = counts.setdefault(group, Counter())
            tally.update({"all": 1, "detected": found.detected, "detectable": found.detectable, "cells": found.cell_determined})
            tally.update({"cell": found.cell_determined and found.cell, "values": found.value_determined})
            tally.update({"value": found.value_determined and found.value, "any cell": found.cell, "any value": found.value})
            tally.update({"third": found.third, "false": found.false})
    print(_line("", [*_COLUMNS.values(), "中位毫秒", "95%毫秒"]))
    for group in sorted(counts, key=lambda one: (one == _ALL, one not in documents, one)):
        print(_line(group, [*(str(int(counts[group][key])) for key in _COLUMNS), *_times(seconds[group])]))
    t = counts[_ALL]
    print(f"发现{_share(t, 'detected', 'detectable')}（上限{_share(t, 'detectable', 'all')}）")
    print(f"格{_share(t, 'cell', 'cells')}（上限{_share(t, 'cells', 'all')}）")
    print(f"值{_share(t, 'value', 'values')}（上限{_share(t, 'values', 'all')}）")
    if seconds[_ALL]:
        middle, late = _times(seconds[_ALL])
        print(f"定位用时 中位{middle}毫秒 95%{late}毫秒 最长{1000 * max(seconds[_ALL]):.0f}毫秒")
    print(f"用时{time.perf_counter() - start:.0f}秒")
    return 0


def _line(name: str, values: Sequence[str]) -> str:
    """A line of the table; Chinese characters take two columns."""
    return name + " " * max(1, 20 - columns(name)) + "".join(" " * max(1, 13 - columns(value)) + value for value in values)


def _times(seconds: Sequence[float]) -> tuple[str, str]:
    """The median and the 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return "—", "—"
    return f"{1000 * ordered[len(ordered) // 2]:.1f}", f"{1000 * ordered[int(0.95 * len(ordered))]:.1f}"


def _share(tally: Counter[str], part: str, whole: str) -> str:
    return f"{tally[part] / tally[whole]:.1%}" if tally[whole] else "无"


if __name__ == "__main__":
    sys.exit(main())
