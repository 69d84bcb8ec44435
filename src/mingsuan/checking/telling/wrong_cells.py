"""What is said of a cause whose wrong cells are known: what is printed, what it should be, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.roots.together import CARRIED, DIVIDED
from mingsuan.checking.telling.cause_words import chain_told, counterparts, repairs_of
from mingsuan.checking.telling.cell_names import named, named_after, quoted
from mingsuan.checking.telling.figures import difference, printed, tells_its_amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Sort
from mingsuan.identities.localising.edits import MOVED, UNTYPED
from mingsuan.model import Side


def of_wrong_cells(derivation: Derivation, cause: Cause) -> Draft:
    """The cells that are wrong are known."""
    figures = derivation.meaning.figures
    best = cause.candidates[0]
    first = cause.chain[0]
    wrong, wanted = figures[best.figure], best.edits[0][1]
    one = len(best.edits) == 1
    shown = printed(wrong.amount)
    also = tuple(Side(figures[n].place, figures[n].label, printed(figures[n].amount)) for n, _ in best.edits[1:] if best.operation != MOVED)
    against = counterparts(derivation, first, best.figure)
    beside = (*against, *also) if _one_number(figures, best) else (*also, *against)
    expected = "或".join(dict.fromkeys(_wanted(wrong, c) for c in cause.candidates)) if one else _all_wanted(best)
    return Draft(
        f"{_edit_text(figures, best, expected)}{_slip(best)}：{_because(derivation, cause)}。",
        sides=(Side(wrong.place, wrong.label, shown), *beside),
        observed=shown,
        expected=expected,
        difference=difference(wrong.amount, wanted) if one else "",
        repairs=tuple(r for c in cause.candidates for r in repairs_of(figures, c)),
        witnesses=chain_told(derivation, cause),
        fix=_fix(figures, cause.candidates),
    )


def _slip(candidate: Candidate) -> str:
    """How a number came to be wrong, where a known slip explains it."""
    if candidate.operation == DIVIDED:
        return "（相差同样的数，一增一减，合计不变）"
    if candidate.operation == CARRIED:
        return f"（相差同样的数，是一处的错带到了{'另一处' if len(candidate.edits) == 2 else '各处'}）"
    return "" if candidate.operation == UNTYPED else f"（{candidate.operation}）"


_OTHER_UNIT = "元与万元混用"
"""The slip of a number that is right but for its unit, which a sentence prints itself."""


def _wanted(wrong: Figure, candidate: Candidate) -> str:
    """What a number should be; in the other unit, where only the unit is wrong."""
    amount = candidate.edits[0][1]
    if candidate.operation == _OTHER_UNIT and amount is not None and wrong.amount is not None and wrong.claim is not None:
        unit = "万元" if wrong.amount.unit == "元" else "元"
        return printed(replace(amount, unit=unit, decimals=wrong.amount.decimals))
    return printed(amount)


def _because(derivation: Derivation, cause: Cause) -> str:
    """Why a number is taken for wrong: what it does not agree with, or how much does not hold."""
    chain, wrong = cause.chain, cause.candidates[0].figure
    figures = derivation.meaning.figures
    if len(chain) == 1 and len(chain[0].identity.members) == 2 and not cause.shared:
        (other,) = (n for n in chain[0].identity.members if n != wrong)
        name = named_after(figures[wrong].label, figures[other].label)
        shown = "" if tells_its_amount(figures[other]) else printed(figures[other].amount)
        if chain[0].identity.sort is Sort.CONTAINED:
            return f"{'不得大于' if other in chain[0].identity.right else '不得小于'}{name}{shown}"
        return f"{name}{f'是{shown}' if shown else ''}，两处应一致"
    also = "连同其他错误一并改正后全部成立" if cause.shared else "改正后全部成立"
    return f"现有{len(chain)}项勾稽关系因此不成立，{also}"


def _all_wanted(candidate: Candidate) -> str:
    """What several cells should be; of an amount in the wrong column, that its cell is blank."""
    if candidate.operation == MOVED:
        return "空白"
    wanted = [printed(amount) for _, amount in candidate.edits]
    return wanted[0] if len(wanted) > _NAMED and len(set(wanted)) == 1 else "、".join(wanted)


_NAMED = 2
"""Cells with one wrong number that are named one by one."""


def _one_number(figures: Sequence[Figure], candidate: Candidate) -> bool:
    """Whether more cells than are named print one number and should all print one other."""
    return len(candidate.edits) > _NAMED and len({(printed(figures[n].amount), printed(amount)) for n, amount in candidate.edits}) == 1


def _edit_text(figures: Sequence[Figure], candidate: Candidate, expected: str) -> str:
    """What is printed and what it should be."""
    wrong = figures[candidate.figure]
    if candidate.operation == MOVED:
        column = quoted(figures[candidate.edits[1][0]].column)
        return f"{named(wrong.label)}印作{printed(wrong.amount)}，应为空白，这个数应在{column}列"
    if len(candidate.edits) == 1:
        shown = "" if tells_its_amount(wrong) else f"印作{printed(wrong.amount)}，"
        return f"{named(wrong.label)}{shown}应为{expected}"
    if _one_number(figures, candidate):
        return f"{named(wrong.label)}等{len(candidate.edits)}处印作{printed(wrong.amount)}，都应为{expected}"
    before, told = "", []
    for n, amount in candidate.edits:
        shown = "" if tells_its_amount(figures[n]) else f"印作{printed(figures[n].amount)}，"
        told.append(f"{named_after(before, figures[n].label)}{shown}应为{printed(amount)}")
        before = figures[n].label
    return "；".join(told)


def _fix(figures: Sequence[Figure], candidates: Sequence[Candidate]) -> str:
    """What a finance officer is to do."""
    if len(candidates) > 1:
        return ""
    edits = [(figures[n], amount) for n, amount in candidates[0].edits]
    if len(edits) == 1:
        ((figure, amount),) = edits
        told = (
            f"在这一格补上{printed(amount)}" if figure.amount is None else f"把{printed(figure.amount)}改为{_wanted(figure, candidates[0])}"
        )
    elif _one_number(figures, candidates[0]):
        figure, amount = edits[0]
        told = f"把这{len(edits)}处的{printed(figure.amount)}都改为{printed(amount)}"
    else:
        told = "，再".join(f"把{named(figure.label)}改为{printed(amount)}" for figure, amount in edits)
    return f"核对原始数据，确认后{told}；其余各数不必改动。"
