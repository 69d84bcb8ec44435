"""The words before a number: which clause they are, which phrase names what it is a number of, which way it changes."""

from __future__ import annotations

import re

from mingsuan import codes
from mingsuan.patterns import regex

NEAR = 300
"""Characters or claims before a number that are searched for what it belongs to."""

DIRECTION = r"增加|增长|减少|下降|上升|降低|压减|压缩|缩减|节约|提高|上涨|调增|调减|净增|净减|增幅|降幅"
_CHANGE_HEAD = regex(rf"(?P<word>{DIRECTION})(?:额|率|幅度|比例|金额)?(?:了|为|约|达|是)?[：:]?\s*$")
_EITHER = regex(rf"(?<={DIRECTION})(?:[（(](?:{DIRECTION})[）)]|[/／](?:{DIRECTION}))")
_UNDECIDED = regex(rf"{_EITHER.pattern}$")
_CLAUSE = regex(r"[，,。；;、：:！？!?]|[（(](?![^（()）]*[）)])|(?<![（(境类款项一二三四五六七八九十\d])[）)]")
_ORDINAL = regex(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])+")


def last_clause(head: str) -> str:
    """The last clause of the words before a number, without an ordinal; a choice not made (增加（减少）) is one word."""
    head = _EITHER.sub("", head)
    return _ORDINAL.sub("", _CLAUSE.split(_ORDINAL.sub("", head))[-1])


def direction_of(head: str) -> str | None:
    """The word of change right before a number (增加, 下降 …), None where none stands there or the choice is not made (增加（减少）)."""
    if _UNDECIDED.search(head):
        return None
    match = _CHANGE_HEAD.search(last_clause(head))
    return match["word"] if match else None


_COMPARISON = regex(r"(?:比|较|与|同)[^，,。；;]{0,12}?(?:(?:19|20)\d\d年|上一?年|去年)度?(?:预算|决算)?数?(?:相比|对比)?|(?:相比|对比)$")
_LEADING = regex(
    r"^.*等(?=(?:人员|(?:日常)?公用)经费)|^.*?(?:(?:19|20)\d\d\s*年度?(?!\s*[-—–~～至])|期末|年末)|"
    r"^(?:主要原因[是：:]*|但|的|相比|其中|包括|主要是|分别为|分别是|含|以及|和|另|另有|故|需|本年(?!(?:收入|支出)(?:为|是|共)?$)|当年|本部门|我单位|我部门|本单位|我办|我局)+"
)
OF_THE_SUBJECT = frozenset({"", "预算", "预算数", "年初预算", "当年预算"})
"""Phrases that name nothing but this year's budget of what the paragraph is about."""
_LABEL = regex(rf"{_ORDINAL.pattern}(?P<name>[^，,。；;：:\d]{{3,20}})[：:。](?P<rest>[^，,。；;：:]*)$")
_OF_THE_LABEL = OF_THE_SUBJECT | {
    "安排",
    "预算安排",
    "当年预算安排",
    "支出预算",
    "预算支出",
    "支出",
    "决算",
    "决算数",
    "支出决算",
    "支出决算数",
}
_TRAILING = regex(r"(?:共计|合计为|预算为|共有|均|为|是|共|达到|达|约|安排|即|科目)+$")


def bare_phrase(clause: str) -> str:
    """The words before a number without year, connective and copula: “其中：2021年收入总计为” → 收入总计."""
    words = re.sub(r"[\s“”\"‘’]", "", clause[-NEAR:])
    words = _COMPARISON.sub("", re.split(r"[=＝×+]", words)[-1])
    shorter = words
    while True:
        shorter, words = _LEADING.sub("", words, count=1), shorter
        if shorter == words:
            break
        words = shorter
    return _TRAILING.sub("", words) or words


def phrase_key(clause: str) -> str:
    """The phrase as the table of measures spells it: without brackets, quotation marks and 预算为."""
    return _TRAILING.sub("", re.sub(r"[（(][^）)]*[）)]|[（()）]", "", bare_phrase(clause)))


def labelled(head: str) -> str | None:
    """What the label of an item names whose first number says no more than that it is its budget (3.公务接待费：2022年安排…)."""
    match = _LABEL.match(head)
    return phrase_key(match["name"]) if match and phrase_key(match["rest"]) in _OF_THE_LABEL else None


def function_class(phrase: str, year: int | None) -> str | None:
    """The class (3 digits) of the functional classification that a phrase names, None if none or several."""
    if len(phrase) < 2 or phrase in {"支出", "其他支出"}:
        return None
    found = [c.code for c in codes.find("function", phrase, year) if len(c.code) == 3]
    return found[0] if len(set(found)) == 1 else None
