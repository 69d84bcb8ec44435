"""Typed edits: how a printed amount may have become another (Scholtus 2016)."""

from __future__ import annotations

from decimal import Decimal

from mingsuan.amounts import UNITS, Amount


def operation(before: Amount | None, after: Amount | None) -> str:
    """The Chinese name of the slip that turned `after` (what it should be) into `before` (what is printed)."""
    if before is None:
        return "漏填"
    if after is None or after.yuan == 0:
        return "多填"
    if before.yuan == -after.yuan:
        return "正负号"
    if before.yuan and (power := _power_of_ten(before.yuan / after.yuan)):
        return "单位或小数点错位" if abs(power) != 4 else "元与万元混用"
    printed, wanted = before.text(), after.text()
    if len(printed) == len(wanted):
        differing = [n for n, (a, b) in enumerate(zip(printed, wanted, strict=True)) if a != b]
        if len(differing) == 1:
            return "一位数字错"
        if len(differing) == 2 and printed[differing[0]] == wanted[differing[1]] and printed[differing[1]] == wanted[differing[0]]:
            return EXCHANGED_DIGITS
    shorter, longer = sorted((_digits(printed), _digits(wanted)), key=len)
    if len(longer) == len(shorter) + 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer))):
        return "漏一位数字" if len(_digits(printed)) < len(_digits(wanted)) else "多一位数字"
    return "漏一位数字" if _headless(printed, wanted) else UNTYPED


def _headless(printed: str, wanted: str) -> bool:
    """Whether a number lost its first digit, and with it the zeros after that: 101070.23 is then 1070.23."""
    left = _digits(wanted)[1:]
    return printed.startswith("-") == wanted.startswith("-") and left.startswith("0") and left.lstrip("0") == _digits(printed).lstrip("0")


EXCHANGED_DIGITS = "两位数字颠倒"
UNTYPED = "数值不符"
"""What an edit is called that no known slip explains."""
MOVED, SWAPPED, LEFT_OUT, REPEATED, STALE = "错列", "两数互换", "合计漏加一项", "合计重加一项", "沿用上年数"
POINT, SHIFTED, EXCHANGED, LOST = "小数点错位", "整列错位", "两行互换", "整列缺失"
"""Slips of many cells."""
TYPED = frozenset(
    {
        *("正负号", "单位或小数点错位", "元与万元混用", "一位数字错", EXCHANGED_DIGITS, "漏一位数字", "多一位数字"),
        *(MOVED, SWAPPED, LEFT_OUT, REPEATED, STALE),
    }
)
"""Slips that are likelier than an arbitrary wrong number."""
RARITY = {"元与万元混用": 0, "单位或小数点错位": 0, "正负号": 0, EXCHANGED_DIGITS: 1, "漏一位数字": 1, "多一位数字": 2, "一位数字错": 2}
"""Slips of one number by how many others each may make of it: a few (a digit typed twice among them), one per digit, nine per digit.

That few fit by chance says more.
"""
POWERS = (1, 2, 3, 4, 6, 8)
"""Powers of ten by which a unit or a decimal point is mistaken: a slip of the point, and 元, 千元, 万元, 亿元 for one another."""


def slips(printed: int, decimals: int) -> frozenset[int]:
    """Every number that one typed slip may have turned into `printed`, both in last digits; a changed number has as many decimals."""
    sign = -1 if printed < 0 else 1
    text = str(abs(printed)).zfill(decimals + 1)
    places = range(len(text))
    found = {-printed}
    for n in places:
        head, tail = text[:n], text[n + 1 :]
        found.update(sign * int(f"{head}{digit}{tail}") for digit in "0123456789")
        found.update(sign * int(f"{head}{digit}{text[n:]}") for digit in "0123456789")
        found.add(sign * int(head + tail or "0"))
        found.update(sign * int(f"{head}{text[m]}{text[n + 1 : m]}{text[n]}{text[m + 1 :]}") for m in places[n + 1 :] if text[m] != text[n])
    found.update(sign * int(f"{text}{digit}") for digit in "0123456789")
    found.update(sign * int(f"{digit}{zeros}{text}") for digit in "123456789" for zeros in ("0", "00", "000"))
    for power in POWERS:
        found.add(printed * 10**power)
        if printed % 10**power == 0:
            found.add(printed // 10**power)
    return frozenset(found - {printed})


def doubled(before: Amount, after: Amount) -> bool:
    """Whether `before` is `after` with one digit typed twice, which happens more often than a strange digit between others."""
    printed, wanted = _digits(before.text()), _digits(after.text())
    return any(printed[n] == printed[n + 1] and printed[:n] + printed[n + 1 :] == wanted for n in range(len(printed) - 1))


def apart(before: Amount, after: Amount) -> bool:
    """Whether two digits that differ are no neighbours: exchanged ones nearly always are (Verhoeff 1969: 10.2 % of slips against 0.8 %)."""
    printed, wanted = _digits(before.text()), _digits(after.text())
    differing = [n for n, (a, b) in enumerate(zip(printed, wanted, strict=False)) if a != b]
    return len(differing) == 2 and differing[1] - differing[0] > 1


def _digits(text: str) -> str:
    return text.replace(".", "").replace("-", "")


def _power_of_ten(ratio: Decimal) -> int:
    for power in range(-6, 7):
        if power and ratio == Decimal(10) ** power:
            return power
    return 0


def printed_as(value: Decimal, like: Amount) -> Amount | None:
    """`value` in 元 as an amount printed like another, None if it has more digits than that."""
    in_unit = value / UNITS[like.unit]
    if in_unit != in_unit.quantize(Decimal(1).scaleb(-like.decimals)):
        return None
    return Amount(value, like.unit, like.decimals)
