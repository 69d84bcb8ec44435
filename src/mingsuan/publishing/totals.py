"""Which amounts of a table are the sum of others of the same table, so that a spreadsheet can compute them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, Meaning, understand
from mingsuan.identities.bits import Bits
from mingsuan.identities.partitions import Partition, declared
from mingsuan.model import Disclosure

Origin = tuple[int, str]
"""Row number and column path."""
Sums = Mapping[int, Mapping[Origin, tuple[Origin, ...]]]
"""Table number → total → its parts."""


def sums(disclosure: Disclosure, dialect: Dialect) -> Sums:
    """The printed totals that the forms declare and that the printed parts make up exactly, to the last digit.

    A total that differs from its parts by rounding stays a number: a formula would print something else. No total is among its own
    parts' parts, and of several ways to add one up that of the fewest parts is taken.
    """
    meaning = understand(disclosure, dialect)
    found: dict[int, dict[Origin, tuple[Origin, ...]]] = {}
    for partition in sorted(_partitions(meaning), key=lambda p: len(p.members)):
        told = _told(partition, meaning.figures)
        if told is None:
            continue
        table, total, parts = told
        known = found.setdefault(table, {})
        if total not in known and not _reaches(known, parts, total):
            known[total] = parts
    return found


def _partitions(meaning: Meaning) -> list[Partition]:
    """The totals that the forms declare, each with its parts; sums over several tables are of no use here."""
    boxes = {box for f in meaning.figures for box in f.boxes} | {meaning.dialect.meant}
    bits = Bits.over(meaning.dialect.axes, boxes)
    nowhere = (0,) * len(meaning.figures)
    return [d for d in declared(meaning, bits, nowhere) if isinstance(d, Partition)]


def _told(partition: Partition, figures: Sequence[Figure]) -> tuple[int, Origin, tuple[Origin, ...]] | None:
    """Table, total and parts of a sum within one table that holds exactly, None for anything else."""
    if len(partition.whole) != 1:
        return None
    total = figures[partition.whole[0]]
    members = [figures[n] for numbers in partition.members for n in numbers]
    parts = [f for f in members if f.amount is not None]
    if len(parts) < 2 or total.amount is None or any(f.unreadable or f.table != total.table for f in members):
        return None
    if sum((f.amount.yuan for f in parts if f.amount), Decimal(0)) != total.amount.yuan:
        return None
    return total.table, (total.row, total.column), tuple((f.row, f.column) for f in parts)


def _reaches(known: Mapping[Origin, tuple[Origin, ...]], starts: Sequence[Origin], goal: Origin) -> bool:
    """Whether some cell is among the parts of others, or of theirs."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        fresh = [p for p in known.get(here, ()) if p not in seen]
        seen.update(fresh)
        waiting += fresh
    return False
