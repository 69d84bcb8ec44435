"""The four official classifications and what one of their codes is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from mingsuan.codes import packaged
from mingsuan.patterns import regex


class Classification(StrEnum):
    """Which official list a code belongs to; every lookup also takes the plain string."""

    FUNCTION = "function"
    DEPARTMENT_ECONOMIC = "department_economic"
    GOVERNMENT_ECONOMIC = "government_economic"
    REVENUE = "revenue"


class Certainty(StrEnum):
    """How far a fact may be trusted: only what was read can be the ground for an error."""

    USER = "user"
    OFFICIAL = "official"
    DOCUMENT = "document"
    MIXED = "mixed"
    KNOWLEDGE = "knowledge"


class Code(NamedTuple):
    """One code under one name.

    Attributes:
        code: the full digits, "2010301".
        name: the official name in the years given.
        level: 类, 款, 项 or 目.
        parent: the code one level up, "" for a 类.
        fund: 一般公共, 政府性基金, 国有资本经营 or 社会保险基金; "" where the classification or the list does not say.
        since: first year of this name, None if it is older than the data.
        until: last year of this name, None if it still holds.
        certainty: how far the row may be trusted.
    """

    code: str
    name: str
    level: str
    parent: str
    fund: str
    since: int | None
    until: int | None
    certainty: Certainty

    def holds_in(self, year: int) -> bool:
        """Whether the code has this name in the year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


class UnknownClassificationError(ValueError):
    """Asked for a classification that does not exist."""

    def __init__(self, kind: str) -> None:
        """Name what was asked for and what there is."""
        super().__init__(f"没有名为“{kind}”的科目分类；可用的分类：{'、'.join(Classification)}。")


LEVELS: Mapping[int, str] = {3: "类", 5: "款", 7: "项", 9: "目"}
"""Level by number of digits (预算法第32条第4款)."""

_SHAPES: Mapping[Classification, re.Pattern[str]] = {
    Classification.FUNCTION: regex(r"2\d\d(?:\d\d){0,2}", re.ASCII),
    Classification.DEPARTMENT_ECONOMIC: regex(r"3\d\d(?:\d\d)?", re.ASCII),
    Classification.GOVERNMENT_ECONOMIC: regex(r"5\d\d(?:\d\d)?", re.ASCII),
    Classification.REVENUE: regex(r"1\d\d(?:\d\d){0,3}", re.ASCII),
}


def classification(kind: str) -> Classification:
    """The classification of that name.

    Raises:
        UnknownClassificationError: there is none.
    """
    try:
        return Classification(kind)
    except ValueError:
        raise UnknownClassificationError(kind) from None


def well_formed(kind: str, code: str) -> bool:
    """Whether `code` has the digits that a code of this classification must have, known or not."""
    return _SHAPES[classification(kind)].fullmatch(code) is not None


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above `code`, the 类 first: 2010301 → 201, 20103. By digits alone."""
    return tuple(code[:length] for length in range(3, len(code), 2))


@cache
def bundled(kind: Classification) -> Mapping[str, Sequence[Code]]:
    """The packaged rows of a classification by code, those of one code from the newest to the oldest."""
    by_code: dict[str, list[Code]] = {}
    for code, name, level, parent, fund, since, until, certainty, _ in packaged.rows(kind.value):
        by_code.setdefault(code, []).insert(0, Code(code, name, level, parent, fund, _year(since), _year(until), _CERTAINTIES[certainty]))
    return by_code


_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}


def _year(text: str) -> int | None:
    return int(text) if text else None
