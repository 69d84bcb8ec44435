"""The words right before a claim: whether it is what was planned or what was done, and what a rate completes."""

from __future__ import annotations

import re

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.phrases import DIRECTION, bare_phrase, last_clause

_IS = r"(?:分别|均|各|为|是|共计?|达到?|约|安排)*[：:]?$"
_WHICH = r"(?P<which>年初|全年|调整后?|年度|当年|本年)?预算(?:数|安排数?|金额|总额|指标)?"
_PLANNED = regex(rf"(?<!上年)(?<!去年)(?:预算(?:数|安排数?|总额|总计|合计|金额|指标|收入|支出)?|年初|全年预算数?|调整后?预算数?){_IS}")
_DONE = regex(rf"(?:决算|实际(?:支出|完成|执行)|执行|完成)(?:支出|收入|数|额|总额|总计|合计)*{_IS}")
_COMPLETES = regex(rf"(?:完成|占|为)了?{_WHICH}(?:的|为|比例|约|达)*$|预算(?:完成|执行)率(?:为|是|达到?|约)*$")
_COMPLETED = regex(rf"(?:完成|占|为)了?{_WHICH}$")
_AGAINST_BUDGET = regex(r"(?:比|较|与|同)(?:本年|当年|全年|年初|调整后?)?预算(?:数|安排)?(?:相比|对比)?")
_COMPARES = regex(r"^(?:比|较|与|同)")
_COMPARED_THING = regex(
    r"(?:^|[，,。；;：:])(?P<what>[^，,。；;：:\d]{2,30}?)(?:比|较|与|同)[^，,。；;：:]{0,12}(?:相比|对比|相较)[，,]\S{0,4}$"
)
_SUBJECT_WORDS = regex(r"年初|预算数|预算|决算数|决算|安排|总计|合计|总额|数$|总$")
_LEADING = regex(r"^(?:[\d.]+|本?(?:部门|单位)(?=[收支])|上年|去年|故|同比|环比|按?同口径|同期|累计)+")
_NAMED_WHOLE = regex(r"占(?P<name>[^，,。；;、：:\d]*?)的?(?:比重|比例|百分比)?(?:为|是|达|约)?[：:]?\s*[\d.]+\s*[%％]$")
_NO_NAME = frozenset({"", "比", "总", "其"})
GENERIC = frozenset({"", "支出", "收入", "收支", "实际", "实际支出", "全年", "当年", "完成", "调整"})
"""What an amount is called that names nothing of its own."""


def words_before(claim: Claim) -> str:
    """The last clause before the digits of a claim, without white space."""
    quote = re.sub(r"\s", "", claim.quote)
    return last_clause(quote.rpartition(claim.text)[0])


def subject(measure: str) -> str:
    """What a measure is about, so that 收入预算减少额 is found to speak of 收入总计; "" for nothing of its own."""
    words = re.sub(rf"(?:{DIRECTION})了?(?:额|率)?$|额$", "", measure)
    words = _SUBJECT_WORDS.sub("", _LEADING.sub("", words))
    words = re.sub(r"(?:各|均|分别)$|^(?:比|较|与|同)$", "", words)
    return words[:-2] if words.endswith("支出") and len(words) > 4 else words


def compared_thing(claim: Claim) -> str:
    """What a change compares with last year in the clause before its own (收支总体与上年相比，增加…); "" where nothing is named."""
    match = _COMPARED_THING.search(re.sub(r"\s", "", claim.quote).rpartition(claim.text)[0])
    return subject(bare_phrase(match["what"])) if match else ""


def is_planned(claim: Claim) -> bool:
    """Whether an amount is called a budget (年初预算为, 完成预算…万元)."""
    return _PLANNED.search(words_before(claim)) is not None


def is_done(claim: Claim) -> bool:
    """Whether an amount is called what was spent or received (支出决算为)."""
    return _DONE.search(words_before(claim)) is not None


def is_against_budget(claim: Claim) -> bool:
    """Whether a change is told against the budget of the same year (比年初预算减少), not against last year."""
    return _AGAINST_BUDGET.search(words_before(claim)) is not None


def is_base_of_comparison(claim: Claim) -> bool:
    """Whether the words before a number only compare (与年初预算1,362.96万元相比, 比上年增加2万元) and name nothing."""
    return _COMPARES.search(words_before(claim)) is not None


def completed_budget(claim: Claim) -> str | None:
    """Which budget a rate says was completed (年初, 全年 …; "" where it only says 预算), None where it says nothing of the kind."""
    match = _COMPLETES.search(words_before(claim)) if claim.role in {Role.RATE, Role.SHARE} else None
    return None if match is None else match["which"] or ""


def budget_in_line(claim: Claim) -> bool:
    """Whether an amount is the budget that a rate behind it completes (完成预算12万元的100%)."""
    return _COMPLETED.search(words_before(claim)) is not None


def fits_budget(planned: Claim, which: str) -> bool:
    """Whether an amount may be the budget of a word: 年初 is not 全年 or 调整."""
    words = words_before(planned)
    early, late = "年初" in words, "全年" in words or "调整" in words
    return not (late if which == "年初" else early if which in {"全年", "调整", "调整后"} else False)


def of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether two amounts may be of one thing: they name the same, or one names nothing of its own (支出决算为)."""
    mine, theirs = subject(one.measure), subject(other.measure)
    return mine == theirs or mine in GENERIC or theirs in GENERIC


def whole_name(share: Claim) -> str:
    """What a share names as its whole (占支出合计的…), "" where it names nothing."""
    named = _NAMED_WHOLE.search(share.quote)
    name = re.sub(r"[\s“”\"]", "", named["name"]) if named else ""
    return "" if name in _NO_NAME else name
