"""The days that a value is about."""

from __future__ import annotations

from datetime import date, timedelta

from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins.

        Raises:
            ValueError: it does.
        """
        if self.last < self.first:
            raise ValueError(f"{self.last}早于{self.first}")

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A fiscal year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def until(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.first).days

    def __str__(self) -> str:
        """As reports print it."""
        return f"{in_chinese(self.first)}至{in_chinese(self.last)}"


def in_chinese(day: date) -> str:
    """A day as reports print it, 2024年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
