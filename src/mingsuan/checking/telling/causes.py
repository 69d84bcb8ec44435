"""Causes as findings: one root cause is one finding, with its fix, its chain of consequences and every equally likely repair."""

from __future__ import annotations

from dataclasses import replace

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.roots.last_digits import is_last_digit, prints
from mingsuan.checking.roots.repeated_rows import Repeated
from mingsuan.checking.roots.root import Root
from mingsuan.checking.telling.cause_words import chain_told, repairs_of, row_of
from mingsuan.checking.telling.figures import printed, sentence, sides, signed, sum_text
from mingsuan.checking.telling.left_out import incomplete
from mingsuan.checking.telling.many_cells import of_many_cells
from mingsuan.checking.telling.undecided import WITNESSED, against, fix_of_ways, left_open
from mingsuan.checking.telling.wrong_cells import of_wrong_cells
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
    if is_last_digit(derivation.meaning.figures, cause):
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
        expected=f"与{right}一致" if first.identity.sort is not Sort.CONTAINED else f"不大于{right}",
        difference=signed(first.difference, derivation, first.identity),
        repairs=tuple(r for c in cause.candidates for r in repairs_of(derivation.meaning.figures, c)),
        witnesses=chain_told(derivation, cause),
        fix=fix_of_ways(cause),
    )


def _rounded_apart(derivation: Derivation, cause: Cause) -> Draft:
    """A remark that says how the prints of one quantity differ, and puts none of them right."""
    figures = derivation.meaning.figures
    first = min(cause.violations, key=lambda v: v.identity.sort is Sort.CONTAINED)
    shown = dict.fromkeys(printed(figures[n].amount) for v in (first, *cause.violations) for n in v.identity.members)
    places = len(prints(cause))
    also = f"这个数共印在{places}处，" if places > len(first.identity.members) else ""
    return Draft(
        f"{sentence(derivation, first)}。{also}只差末位一个数字，多是先舍入再相加与先相加再舍入的不同，宜统一。",
        sides=tuple(dict.fromkeys(s for v in cause.violations for s in sides(derivation, v.identity))),
        observed="、".join(shown),
        expected="各处统一",
        difference=signed(first.difference, derivation, first.identity),
        level=Level.INFO,
        fix="核对未舍入的数，确定末位，各处统一为同一个数。",
    )
