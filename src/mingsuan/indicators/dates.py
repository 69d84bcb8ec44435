"""The day by which a date target is to be reached."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from mingsuan.indicators.targets import Target

_LONGEST_MONTH = 31


def deadline(target: Target, year: int | None = None) -> date | None:
    """The last day on which a date target is reached: the day itself, or the end of its month or year; None if no date is printed.

    A date without a year is of `year`.
    """
    numbers = [int(n) for n in re.findall(r"\d+", target.digits)]
    if numbers and numbers[0] > _LONGEST_MONTH:
        year, numbers = numbers[0], numbers[1:]
    elif not numbers:
        return None
    if year is None:
        return None
    month = numbers[0] if numbers else 12
    try:
        return date(year, month, numbers[1] if len(numbers) > 1 else monthrange(year, month)[1])
    except ValueError:
        return None
