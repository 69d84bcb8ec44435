"""Causes as findings: one root cause is one finding, with its fix, its chain of consequences and every equally likely repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingsuan.checking.cause_words import chain_told, repairs_of, row_of
from mingsuan.checking.figure_words import printed, sentence, sides, signed, sum_text
from mingsuan.checking.joining import Root
from mingsuan.checking.left_out import incomplete
from mingsuan.checking.many_cells import of_many_cells
from mingsuan.checking.registry import Draft
from mingsuan.checking.repeated_rows import Repeated
from mingsuan.checking.undecided import WITNESSED, against, fix_of_ways, left_open
from mingsuan.checking.wrong_cells import of_wrong_cells
from mingsuan.dialects.meaning import Figure
from mingsuan.identities import Cause, Derivation, Extent, Sort
from mingsuan.model import Level, Side


def told(derivation: Derivation, root: Root) -> Draft:
    """One root cause as one finding, with the relations that fail for the same reason."""
    draft = _told(derivation, root.cause) if root.repeated is None else _printed_twice(derivation, root.cause, root.repeated)
    also = tuple(f"因同一原因：{sentence(derivation, v)}" for v in root.following[:WITNESSED])
    doubt = against(derivation, root.cause, root.following)
    if doubt:
        draft = replace(draft, message=f"{draft.message}{doubt}", fix=_BOTH)
    return replace(draft, witnesses=(*draft.witnesses, *also))


def _told(derivation: Derivation, cause: Cause) -> Draft:
    if cause.missing:
        return incomplete(derivation, cause)
    if _is_last_digit(cause, derivation.meaning.figures):
        return _rounded_apart(derivation, cause)
    if cause.candidates and cause.candidates[0].extent not in (Extent.CELL, Extent.CELLS):
        return of_many_cells(derivation, cause)
    if len({frozenset(n for n, _ in c.edits) for c in cause.candidates}) == 1:
        return of_wrong_cells(derivation, cause)
    return _undecided(derivation, cause)


def _printed_twice(derivation: Derivation, cause: Cause, repeated: Repeated) -> Draft:
    """A row that stands twice and is counted twice."""
    known = next(t for t in derivation.meaning.tables if t.index == repeated.table)
    figures = [f for f in derivation.meaning.figures if (f.table, f.row) in repeated.places and f.amount is not None and f.amount.yuan]
    name = row_of(figures[0])
    return Draft(
        f"《{known.table.title}》{name}行紧接着印了两次，内容完全相同：现有{len(cause.chain)}项勾稽关系因此不成立，相差的正是这一行的数。",
        sides=tuple(Side(f.place, f.label, printed(f.amount)) for f in figures),
        observed=f"{name}行印了两次",
        expected="只印一次",
        witnesses=chain_told(derivation, cause),
        conversion_suspected=True,
        fix=f"删去重复的{name}行；确为两笔的，在名称里写明区别，并更正合计。",
    )


_BOTH = "先核实两处各包括哪些内容，确定按哪一种划分，再把另一处改成一致；口径确实不同的，写明口径。"


def _undecided(derivation: Derivation, cause: Cause) -> Draft:
    """Several repairs are equally likely, or none is known."""
    first = cause.chain[0]
    right = sum_text(derivation, first.identity.right)
    return Draft(
        f"{sentence(derivation, first)}。{left_open(derivation.meaning.figures, cause)}",
        sides=sides(derivation, first.identity),
        observed=sum_text(derivation, first.identity.left),
        expected=right if first.identity.sort is not Sort.CONTAINED else f"不大于{right}",
        difference=signed(first.difference, derivation, first.identity),
        repairs=tuple(r for c in cause.candidates for r in repairs_of(derivation.meaning.figures, c)),
        witnesses=chain_told(derivation, cause),
        fix=fix_of_ways(cause),
    )


def _is_last_digit(cause: Cause, figures: Sequence[Figure]) -> bool:
    """Whether a cause is one last digit between prints of one quantity in 千元 or more: rounded items added up, or their sum rounded."""
    if not any(v.identity.sort in {Sort.EQUAL, Sort.CONDITIONAL} for v in cause.violations):
        return False
    for v in cause.violations:
        amounts = [figures[n].amount for n in v.identity.members]
        if len(amounts) != 2 or abs(v.difference) > v.tolerance or any(a is None or a.unit == "元" or not a.decimals for a in amounts):
            return False
    return True


def _rounded_apart(derivation: Derivation, cause: Cause) -> Draft:
    first = min(cause.violations, key=lambda v: v.identity.sort is Sort.CONTAINED)
    return Draft(
        f"{sentence(derivation, first)}。只差末位一个数字，多是先舍入再相加与先相加再舍入的不同，宜统一。",
        sides=tuple(dict.fromkeys(s for v in cause.violations for s in sides(derivation, v.identity))),
        observed=sum_text(derivation, first.identity.left),
        expected=sum_text(derivation, first.identity.right),
        difference=signed(first.difference, derivation, first.identity),
        level=Level.INFO,
    )
