"""What the narrative of a final account calls a budget, and what it says right beside one.

A budget is no final account: “三公”经费支出全年预算为5万元，支出决算为4万元 states one region twice, by two measures; whoever says
完成全年预算5万元的80% names the budget of what was told just before.
"""

from __future__ import annotations

from mingsuan.dialects.sentences.wording import Region
from mingsuan.patterns import regex

PLAN = "年初预算"
"""The measure of a budget."""
_ADJUSTED = "调整"
_PLANNED = regex(r"(?<!完成)(?P<which>年初|全年|调整后?|支出)?预算(?:数|金额|安排)?(?:为|是|共计?|约)*[：:]?$")
_WHOLE_YEAR = regex(r"全年预算|调整后?的?预算")
_STAGE = regex(r"(?:年初|全年|调整后?)(?:预算)?(?:数|金额)?$|(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)(?:数|金额)?$")
_DONE = regex(r"[，,](?:支出)?决算(?:数|金额)?(?:为|是)?[：:]?$")
_OF_BUDGET = regex(
    r"[，,]?(?:完成|占|比|与|较|同)了?(?:(?:19|20)\d\d年度?|本年度?|当年)?(?:“?三公”?经费(?:财政拨款)?)?"
    r"(?P<which>年初|全年|调整后?的?)?预算(?:数|金额)?(?:为|是|的)?$"
)


def planned_as(clause: str, section: str) -> str | None:
    """The measure that a clause before an amount calls it, None where it calls it no budget, "" where it cannot be told which is meant.

    The tables print the budget of the whole year, which is the one of its beginning unless the section tells both.
    """
    match = _PLANNED.search(clause)
    if match is None:
        return None
    return _measure(match["which"] or "", section)


def _measure(which: str, section: str) -> str:
    if which.startswith("调整"):
        return _ADJUSTED
    return "" if which == "年初" and _WHOLE_YEAR.search(section) else PLAN


def without_stage(phrase: str) -> str:
    """A phrase without its last words if these say that it is a budget or a final account: 公务接待费支出全年 → 公务接待费支出."""
    return _STAGE.sub("", phrase)


def beside_its_budget(head: str, before: Region | None, section: str) -> Region | None:
    """The region of an amount that is the budget or the final account of the amount before it.

    Args:
        head: the words between the two.
        before: the region of the amount before.
        section: the text of the section.

    Returns:
        None where the words name something else, or the amount before is not known.
    """
    if before is None:
        return None
    sides = dict(before)
    if _DONE.match(head) and sides.get("measure") == PLAN:
        return tuple((axis, node) for axis, node in before if axis != "measure")
    match = _OF_BUDGET.match(head)
    if match is None or "measure" in sides:
        return None
    measure = _measure((match["which"] or "").removesuffix("的"), section)
    return tuple(sorted({**sides, "measure": measure}.items())) if measure else None
