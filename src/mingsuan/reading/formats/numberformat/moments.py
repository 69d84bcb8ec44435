"""Day numbers as dates and times, as a number format prints them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.reading.formats.numberformat.codes import Is, Part

_LARGEST_DAY = 2_958_465
"""Day number of 9999-12-31."""
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment_shown(parts: Sequence[Part], value: Decimal, *, from_1904: bool) -> str:
    """A day number with its fraction as a date and time."""
    if value < 0 or value > _LARGEST_DAY:
        return "#" * 8
    seconds = int((value % 1 * 86400).to_integral_value(rounding=ROUND_HALF_UP))
    days = int(value) + seconds // 86400
    clock = (datetime.min + timedelta(seconds=seconds % 86400)).time()
    total = int((value * 86400).to_integral_value(rounding=ROUND_HALF_UP))
    half = any("/" in p.text and p.what is Is.DATE for p in parts)
    day = _day(days, from_1904=from_1904)
    return "".join(
        _moment_part(p, day, clock, total, half=half) if p.what is Is.DATE else p.text for p in parts if p.what is not Is.TEXT
    ).strip()


def _day(number: int, *, from_1904: bool) -> date:
    """The date of a day number; Excel's first calendar counts a 29 February 1900 that never was."""
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=min(number, _LARGEST_DAY - 1462))
    return date(1899, 12, 31) + timedelta(days=number if number < 60 else number - 1)


def _moment_part(part: Part, day: date, clock: time, total: int, *, half: bool) -> str:
    text = part.text
    sort, size = text.strip("[]")[:1], len(text.strip("[]"))
    if text.startswith("["):
        return f"{total // {'h': 3600, 'n': 60, 'm': 60, 's': 1}[sort]:0{size}d}"
    if "/" in text:
        words = ("上午", "下午") if "上" in text else ("AM", "PM") if size > 3 else ("A", "P")
        return words[clock.hour >= 12]
    hour = (clock.hour % 12 or 12) if half else clock.hour
    if sort in "hns":
        return f"{ {'h': hour, 'n': clock.minute, 's': clock.second}[sort]:0{min(size, 2)}d}"
    return _calendar(sort, size, day)


def _calendar(sort: str, size: int, day: date) -> str:
    if sort in ("y", "e"):
        return f"{day.year % 100:02d}" if sort == "y" and size <= 2 else f"{day.year:04d}"
    if sort == "a":
        return ("星期" if size == 4 else "周") + _WEEKDAYS[day.weekday()] if size == 4 else _WEEKDAYS[day.weekday()]
    number, names = (day.month, _MONTHS) if sort == "m" else (day.day, _DAYS)
    if size <= 2:
        return f"{number:0{size}d}"
    name = names[number - 1] if sort == "m" else names[day.weekday()]
    return name if size == 4 else name[:1] if size == 5 else name[:3]
