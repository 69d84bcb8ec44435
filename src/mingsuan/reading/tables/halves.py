"""Rows that blocks side by side share: lists that go on beside themselves, labels and totals merged over two blocks."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Form, Listed
from mingsuan.model import CellKind
from mingsuan.patterns import regex
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.reading.tables.lines import Line

_TOTAL = regex(r"(?:合计|小计|总计)\Z")


def halves_of(form: Form, lexicon: Lexicon) -> tuple[frozenset[int], ...]:
    """The leaves that make up a row: all; where lists with keys stand side by side, those of each, left to right."""
    if len(form.blocks) == 1 or not all(isinstance(b.rows, Listed) for b in form.blocks):
        return (frozenset(range(len(lexicon.leaves))),)
    return tuple(frozenset(lexicon.index[c.path] for c in b.columns) for b in form.blocks)


def with_label(line: Line, at: Mapping[int, int], halves: Sequence[frozenset[int]], leaves: Sequence[ColumnDef]) -> Mapping[int, int]:
    """Where the cells of a row belong, amounts that stand in a half without any label given to the label in the half before."""
    moved = dict(at)
    labelled: frozenset[int] | None = None
    for half in halves if len(halves) > 1 else ():
        own = {j: at[j] for j in line.filled if at.get(j) in half}
        keys = [leaf for leaf in own.values() if leaves[leaf].kind is not CellKind.AMOUNT]
        if own and not keys and labelled is not None:
            money = [[n for n in sorted(h) if leaves[n].kind is CellKind.AMOUNT] for h in (labelled, half)]
            moved |= {j: money[0][money[1].index(leaf)] for j, leaf in own.items()}
        if own:
            labelled = half if len(keys) == len(own) else None
    return moved


def with_total(line: Line, at: Mapping[int, int], form: Form, lexicon: Lexicon) -> Mapping[int, int]:
    """Where the cells of a row belong, a total that two blocks share moved from the right one to the left, which names it."""
    columns = {leaf: j for j, leaf in at.items() if j in line.filled}
    moved = dict(at)
    for named, other in pairwise(form.blocks):
        if isinstance(other.rows, Fixed) and not other.continues:
            item, amount = _filled(named, lexicon, columns)
            again, loose = _filled(other, lexicon, columns)
            if item and not amount and loose and not again and _TOTAL.search(line.texts[columns[item[0]]]):
                moved[columns[loose[0]]] = next(lexicon.index[c.path] for c in named.columns if c.kind is CellKind.AMOUNT)
    return moved


def _filled(block: Block, lexicon: Lexicon, columns: Container[int]) -> tuple[list[int], list[int]]:
    """The leaves of a block that a row fills: those that name it, and amounts."""
    own = [(lexicon.index[c.path], c) for c in block.columns if lexicon.index[c.path] in columns]
    return [n for n, c in own if c.key == "item"], [n for n, c in own if c.kind is CellKind.AMOUNT]
