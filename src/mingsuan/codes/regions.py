"""Provinces, prefectures and counties (GB/T 2260, present state), found in a department's name or in running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mingsuan.codes import packaged
from mingsuan.kept import kept
from mingsuan.patterns import regex


class Region(NamedTuple):
    """A region by the names of its levels, "" where it has none or none was named."""

    province: str
    city: str = ""
    county: str = ""

    @property
    def path(self) -> str:
        """The full name: 河南省郑州市."""
        return self.province + self.city + self.county


class _Gazetteer(NamedTuple):
    """The regions by name, and below each its members by name."""

    anywhere: Mapping[str, Region]
    members: Mapping[Region, Mapping[str, Region]]
    longest: int


_SPACE = regex(r"\s+")
# 市场 and 区域 are words of their own: 中原区域 names no district of Zhengzhou.
_LAST = regex("[省县旗州盟]|市(?!场)|区(?!域)")
_BEFORE_SHORT_NAME = "年度#"


def region_named(text: str) -> Region | None:
    """The first region that the text names in full, completed upwards.

    "郑州市人民政府办公厅" gives 河南省郑州市, "上海市普陀区财政局" 上海市普陀区; a county alone counts if only one in the
    country is called so. None if the text names no region.
    """
    compact = _SPACE.sub("", text)
    for end, region in _named_in(compact):
        return _narrowed(region, compact, end)
    return None


def _named_in(text: str) -> Iterator[tuple[int, Region]]:
    """Ends and regions of the names in the text; a longer name before one that it ends with (马鞍山市, 鞍山市)."""
    gazetteer = _gazetteer()
    for last in _LAST.finditer(text):
        end = last.end()
        for start in range(max(0, end - gazetteer.longest), end - 1):
            region = gazetteer.anywhere.get(text[start:end])
            if region and (end - start > 2 or _opens(text, start)):
                yield end, region


def _opens(text: str, start: int) -> bool:
    """Whether a name of two characters may begin here; inside a text they are too often part of other words ("市和县财政" is not 和县)."""
    return start == 0 or text[start - 1] in _BEFORE_SHORT_NAME


def _narrowed(region: Region, text: str, start: int) -> Region:
    """The member of `region` whose name follows in the text, and so on down."""
    members = _gazetteer().members.get(region, {})
    for end in range(min(len(text), start + _gazetteer().longest), start, -1):
        if member := members.get(text[start:end]):
            return _narrowed(member, text, end)
    return region


@cache
def _gazetteer() -> _Gazetteer:
    return kept("regions", _read_gazetteer)


def _read_gazetteer() -> _Gazetteer:
    rows = packaged.rows("regions")
    regions = _regions(rows)
    by_name: dict[str, list[Region]] = {}
    members: dict[Region, dict[str, list[Region]]] = {}
    for code, name, _, parent in rows:
        by_name.setdefault(name, []).append(regions[code])
        for above in {parent, code[:2] + "0000"} - {"", code}:
            members.setdefault(regions[above], {}).setdefault(name, []).append(regions[code])
    return _Gazetteer(_unambiguous(by_name), {above: _unambiguous(below) for above, below in members.items()}, max(map(len, by_name)))


def _unambiguous(by_name: Mapping[str, Sequence[Region]]) -> Mapping[str, Region]:
    return {name: regions[0] for name, regions in by_name.items() if len(regions) == 1}


def _regions(rows: Sequence[Sequence[str]]) -> Mapping[str, Region]:
    """Every region by code; the rows stand in the order of codes, a parent before its members."""
    regions: dict[str, Region] = {}
    for code, name, level, parent in rows:
        above = regions[parent] if parent else Region("")
        levels = {"省级": Region(name), "地级": above._replace(city=name), "县级": above._replace(county=name)}
        regions[code] = levels[level]
    return regions
