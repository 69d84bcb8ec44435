"""What is said of a cause that is not decided: several repairs are equally likely, or none is known."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.checking.roots.apart import as_far
from mingsuan.checking.telling.cell_names import named, named_after
from mingsuan.checking.telling.figures import SHOWN, printed, words
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Sort, Violation
from mingsuan.identities.identity import total

_WAYS = 3
"""Repairs that a message tells; all of them stand in the finding."""
WITNESSED = 20
"""Failing relations that a finding tells one by one."""


def left_open(figures: Sequence[Figure], cause: Cause) -> str:
    """What is known of a cause that is not decided."""
    if cause.candidates and all(len(c.edits) == 1 for c in cause.candidates):
        cells = dict.fromkeys(c.figure for c in cause.candidates)
        if set(cells) == set(cause.chain[0].identity.members):
            return f"这{len(cells)}处中有一处有误，可能性相同。"
        told = [figures[n].label for n in list(cells)[:SHOWN]]
        names = "、".join([named(told[0]), *(named_after(told[0], one) for one in told[1:])])
        return f"{names}{'等' if len(cells) > SHOWN else '这'}{len(cells)}处中有一处有误，可能性相同。"
    if cause.candidates:
        before, told = "", []
        for number, candidate in enumerate(cause.candidates[:_WAYS], 1):
            said, before = _way(figures, candidate, before)
            told.append(f"（{number}）{said}")
        ways = "；".join(told)
        more = "；……" if len(cause.candidates) > _WAYS else ""
        return f"有{len(cause.candidates)}种改法都能使各项关系成立，可能性相同：{ways}{more}。"
    if len(cause.violations) > 1 and all(as_far(cause.violations[0], v) for v in cause.violations[1:]):
        return f"共有{len(cause.violations)}项关系相差同样的数，像是漏了或多了一行，或一笔数放错了行、列，请对照原件核实。"
    if cause.beyond or len(cause.violations) > WITNESSED:
        return f"有{len(cause.violations)}项关系同时不成立，不像是个别数字有误，请对照原件核实这张表是否完整、列是否对齐。"
    return "改动任何一个数都不能使各项关系全部成立，请逐项对照原始数据。"


def against(derivation: Derivation, cause: Cause, following: Sequence[Violation]) -> str:
    """What speaks for a printed number that is taken for wrong: that a custom comes to it."""
    figures = derivation.meaning.figures
    stated = {n: a.yuan for c in cause.candidates for n, _ in c.edits if (a := figures[n].amount) is not None}
    for v in following:
        for numbers in (v.identity.left, v.identity.right) if v.identity.sort is Sort.CONVENTION else ():
            if total(figures, numbers)[0] in stated.values() and stated.keys().isdisjoint(numbers):
                return f"但{words(derivation, numbers)}正与印的数相同，也可能是另一处有误，请先核实口径。"
    return ""


def _way(figures: Sequence[Figure], candidate: Candidate, before: str) -> tuple[str, str]:
    """A repair of several cells, those that print one amount and should print one other together, and the label named last."""
    together: dict[tuple[str, str], list[Figure]] = {}
    for n, amount in candidate.edits:
        together.setdefault((printed(figures[n].amount), printed(amount)), []).append(figures[n])
    told = []
    for (shown, wanted), cells in together.items():
        several = f"等{len(cells)}处" if len(cells) > 1 else ""
        told.append(f"{named_after(before, cells[0].label)}{several}由{shown}改为{wanted}")
        before = cells[0].label
    return "，".join(told), before


def fix_of_ways(cause: Cause) -> str:
    """What to do where no repair is known, or several of more than one cell are; "" where repairs of single cells tell it."""
    if not cause.candidates:
        return "对照原始数据逐项核对，改正有误的一处，使各项关系成立。"
    if all(len(c.edits) == 1 for c in cause.candidates):
        return ""
    return f"对照原始数据，从所列{len(cause.candidates)}种改法中确定一种，把其中各处一并改正。"
