"""Errors in the narrative: amounts, growth, directions and years that do not follow, and what is left of a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from mingsuan.model import Disclosure
from mingsuan.patterns import regex
from mingsuan.synth.slips import Altered, Slip

Rewording = Callable[[re.Match[str], Random], str]

_AMOUNT = regex(r"(\d+(?:\.\d+)?)(?=万元|元|亿元)")
_GROWTH = regex(
    r"(?P<amount>\d+(?:\.\d+)?)万元[^。；]*?(?P<way>增加|减少)(?P<change>\d+(?:\.\d+)?)万元，(?P<word>增长|下降)(?P<percent>\d+\.\d+)(?=%)"
)
_WORD = regex(r"(?<=万元，)(?:增长|下降)(?=\d+(?:\.\d+)?%)")
_PERCENT = regex(r"\d+\.\d+(?=%)")
_CHANGE = regex(r"(?:增加|减少)(?=\d+(?:\.\d+)?万元)")
_YEAR = regex(r"20\d\d(?=年)")
_ITEM = regex(r"\d+(?:\.\d+)?(?=万元)")
_END = regex(r"(?<=[^。\n])。")


def _ten_times(found: re.Match[str], _: Random) -> str:
    number = found.group()
    decimals = len(number.partition(".")[2])
    return f"{Decimal(number) * 10:.{decimals}f}"


def _wrong_base(found: re.Match[str], _: Random) -> str:
    """The growth divided by this year's amount in place of last year's."""
    amount, change = Decimal(found["amount"]), Decimal(found["change"])
    if not amount:
        return found.group()
    percent = (100 * change / amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{found.group()[: found.start('percent') - found.start()]}{percent}"


def _other_way(found: re.Match[str], _: Random) -> str:
    return "下降" if found.group() == "增长" else "增长"


def _other_digit(found: re.Match[str], rng: Random) -> str:
    text = found.group()
    place = rng.choice([n for n, c in enumerate(text) if c.isdigit()])
    return text[:place] + rng.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


def _of_nothing(found: re.Match[str], _: Random) -> str:
    """A change as large as the amount, so that nothing was there before, and a growth of a hundred percent."""
    text = found.group()
    for name, said in (("percent", "100.00"), ("word", "增长"), ("change", found["amount"]), ("way", "增加")):
        first, last = (found.start(name) - found.start(), found.end(name) - found.start())
        text = f"{text[:first]}{said}{text[last:]}"
    return text


def _said_twice(found: re.Match[str], rng: Random) -> str:
    """An item with its amount, and again with another."""
    other = _other_digit(re.fullmatch(r".*", found["amount"]) or found, rng)
    return f"{found.group()}，其中{found['item']}{other}万元"


def _both_ways(_: re.Match[str], __: Random) -> str:
    return "增加（减少）"


def _last_year(found: re.Match[str], _: Random) -> str:
    return str(int(found.group()) - 1)


def _reworded(pattern: re.Pattern[str], say: Rewording) -> Slip:
    """One match of a pattern in the narrative said otherwise."""

    def altered(disclosure: Disclosure, rng: Random) -> Altered | None:
        found = [
            (n, match) for n, s in enumerate(disclosure.sections) if s.kind not in (None, "glossary") for match in pattern.finditer(s.text)
        ]
        if not found:
            return None
        number, match = rng.choice(found)
        said = say(match, rng)
        if said == match.group():
            return None
        section = disclosure.sections[number]
        text = section.text[: match.start()] + said + section.text[match.end() :]
        sections = (*disclosure.sections[:number], replace(section, text=text, origins=()), *disclosure.sections[number + 1 :])
        place = f"{section.title}：第{match.start() + 1}字"
        before, after = _difference(section.text, text)
        return replace(disclosure, sections=sections, claims=()), place, before, after

    return altered


def _difference(one: str, other: str) -> tuple[str, str]:
    """The words around the first place where two texts differ, in one line each."""
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, last = max(0, place - 10), place + 14
    return one[first:last].replace("\n", " "), other[first:last].replace("\n", " ")


_ITEM_AMOUNT = regex(
    r"(?P<item>因公出国（境）费|公务接待费|公务用车运行维护费|机关运行经费|政府采购预算)(?:支出)?(?:预算)?(?P<amount>\d+\.\d+)万元"
)
_UNIT = regex(r"(?<=\d)万元")
_DEPARTMENT = regex(r"(?:本部门|我部门|本单位|我单位|[\u4e00-\u9fff]{2,9}(?:局|委|厅|办|馆|中心|室))(?=20\d\d年)")

MISSTATEMENTS: Mapping[str, Slip] = {
    "叙述金额十倍": _reworded(_AMOUNT, _ten_times),
    "叙述金额错一位": _reworded(_AMOUNT, _other_digit),
    "增减百分比基数错": _reworded(_GROWTH, _wrong_base),
    "增减方向反": _reworded(_WORD, _other_way),
    "百分比错": _reworded(_PERCENT, _other_digit),
    "模板残留": _reworded(_CHANGE, _both_ways),
    "年度未更新": _reworded(_YEAR, _last_year),
    "零基数写增长": _reworded(_GROWTH, _of_nothing),
    "一项两数": _reworded(_ITEM_AMOUNT, _said_twice),
    "万元写成元": _reworded(_UNIT, lambda _, __: "元"),
    "部门名称未填": _reworded(_DEPARTMENT, lambda _, __: "XX部门"),
    "草稿批注": _reworded(_END, lambda _, __: "（待核实）。"),
    "缺金额": _reworded(_ITEM, lambda _, __: " "),
    "句子不完整": _reworded(_END, lambda _, __: "，主要原因是。"),
}
"""Errors in the narrative by kind."""
