"""Names of codes as disclosures print them, and how official names changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from mingsuan.codes import packaged
from mingsuan.codes.classification import Certainty, Classification
from mingsuan.patterns import regex

_NUMERAL = "一二三四五六七八九十百"
_NOISE = regex(r"[\s“”\"'‘’]+")
_ORDINAL = regex(rf"(?:[{_NUMERAL}]+、|\([{_NUMERAL}]+\)、?|\d{{1,3}}[、.](?!\d)|\(\d{{1,3}}\)、?)+")
_LEVEL = regex(r"\((?:类|款|项|目)\)\Z")
_TAIL = regex(r"(?<=.)(?:支出|事务)+\Z")
_BRACKETS = str.maketrans("〔〕【】[]{}", "()()()()")


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """What remains of a printed name when only its wording counts.

    Ordinals in front (一、 （一） 1、), white space, quotes, the width and shape of brackets, a level in brackets ("（类）")
    and the endings 支出 and 事务 are dropped: "十二、城乡社区支出" and "城乡社区事务" give "城乡社区".
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", name)).translate(_BRACKETS)
    if ordinal := _ORDINAL.match(plain):
        plain = plain[ordinal.end() :]
    return _TAIL.sub("", _LEVEL.sub("", plain))


def unqualified(normalised: str) -> str:
    """A normalised name without a closing bracket of context, also one that was cut off.

    "行政运行(政府办公厅(室)及相关机构" gives "行政运行"; a name that is all bracket stays as it is.
    """
    return normalised.partition("(")[0] or normalised


class Rename(NamedTuple):
    """One change of a function class.

    Attributes:
        code: the code.
        old: the name before; None if the code was opened.
        new: the name from `year` on; None if the code was closed.
        year: first year of the change.
        certainty: how far it may be trusted.
        note: 年份把握不大 where the year may be off.
    """

    code: str
    old: str | None
    new: str | None
    year: int
    certainty: Certainty
    note: str


@cache
def renames_by_code() -> Mapping[str, tuple[Rename, ...]]:
    """Every known change of function classes, oldest first."""
    changes: dict[str, tuple[Rename, ...]] = {}
    for code, old, new, year, certainty, note in packaged.rows("renames"):
        change = Rename(code, old or None, new or None, int(year), Certainty(certainty), note)
        changes[code] = (*changes.get(code, ()), change)
    return changes


@cache
def aliases(kind: Classification) -> Mapping[str, Sequence[str]]:
    """Codes by normalised alias: wordings that disclosures print and no edition has."""
    found: dict[str, list[str]] = {}
    for owner, alias, code, _ in packaged.rows("aliases"):
        if owner == kind:
            found.setdefault(normalise(alias), []).append(code)
    return found
