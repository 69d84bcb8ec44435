"""Numbers in groups that are joined (union-find)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise


def grouped(count: int, kin: Iterable[Sequence[int]]) -> list[list[int]]:
    """The numbers below `count`, those together that are kin directly or through others: groups by first numbers, each in order."""
    above = list(range(count))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for numbers in kin:
        for one, other in pairwise(numbers):
            low, high = sorted((top(one), top(other)))
            above[high] = low
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(top(number), []).append(number)
    return list(groups.values())
