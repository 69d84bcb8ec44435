"""Scoring schemes: dated data with their basis, and the weights that a plan is scored by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mingsuan.performance.plan import Aim
from mingsuan.values import dataclass

_DATA = Path(__file__).with_name("schemes.yaml")
TOTAL = Decimal(100)


class WeightsError(Exception):
    """Weights that do not make 100 points; the message says what they make and what to do."""

    def __init__(self, scheme: str, total: Decimal) -> None:
        """Put the message together."""
        super().__init__(f"“{scheme}”的权重合计{total}分，应为100分。请调整预算执行率和各一级指标的权重。")


class UnknownPartError(Exception):
    """A weight for what a scheme does not have; the message says what it has."""

    def __init__(self, name: str, scheme: str, known: Sequence[str]) -> None:
        """Put the message together."""
        super().__init__(f"weights 里的“{name}”不是“{scheme}”评分办法的一级指标。可以写的有：{'、'.join(known)}。")


class NoSchemeError(Exception):
    """There is no scheme for a year."""

    def __init__(self, kind: str, year: int) -> None:
        """Put the message together."""
        what = {"project": "项目支出", "overall": "部门整体"}.get(kind, kind)
        super().__init__(f"没有适用于{year}年的{what}评分办法。自带的办法自2020年起；请检查公开文本和佐证的年度。")


@dataclass(frozen=True, slots=True)
class Part:
    """A first-level part of a scheme.

    Attributes:
        levels: first-level headings that it is for.
        second: second-level headings that belong to it wherever they stand.
        passes_to: (part, points) that take its weight where a plan has no aim of it; () passes it on in proportion.
    """

    name: str
    weight: Decimal
    levels: frozenset[str]
    second: frozenset[str] = frozenset()
    passes_to: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Scheme:
    """How 100 points are spread.

    Attributes:
        kind: `project` or `overall`.
        execution: points for the execution rate of the budget.
        parts: what the others are for; () spreads them evenly over all aims.
        in_principle: an office may give its own weights.
    """

    name: str
    title: str
    kind: str
    basis: str
    execution: Decimal
    parts: tuple[Part, ...]
    since: int | None = None
    until: int | None = None
    regions: tuple[str, ...] = ()
    in_principle: bool = True

    @property
    def total(self) -> Decimal:
        """Points of all parts with the execution rate."""
        return self.execution + sum((part.weight for part in self.parts), Decimal(0))

    def part_of(self, aim: Aim) -> str | None:
        """The part that an aim is scored in, None where the scheme has none for it."""
        by_second = next((part.name for part in self.parts if aim.second in part.second), None)
        return by_second or next((part.name for part in self.parts if aim.first in part.levels), None)

    def weights(self, present: frozenset[str]) -> Mapping[str, Decimal]:
        """Points of the parts that a plan has, after those it does not have have passed theirs on."""
        found = {part.name: part.weight for part in self.parts}
        for part in self.parts:
            if part.name in present:
                continue
            lost = found.pop(part.name)
            takers = tuple((name, points) for name, points in part.passes_to if name in found)
            if sum(points for _, points in takers) != lost:
                whole = sum((found[name] for name in found), Decimal(0))
                takers = tuple((name, lost * found[name] / whole) for name in found) if whole else ()
            for name, points in takers:
                found[name] += points
        return found

    def with_weights(self, weights: Mapping[str, Decimal]) -> Scheme:
        """The scheme with an office's own weights; 预算执行率 is one of them.

        Raises:
            WeightsError: they do not make 100 points.
            UnknownPartError: a name is no part of the scheme.
        """
        known = (EXECUTION, *(part.name for part in self.parts))
        strange = next((name for name in weights if name not in known), None)
        if strange is not None:
            raise UnknownPartError(strange, self.title, known)
        parts = tuple(replace(part, weight=weights.get(part.name, part.weight)) for part in self.parts)
        scheme = replace(self, execution=weights.get(EXECUTION, self.execution), parts=parts)
        if scheme.total != TOTAL:
            raise WeightsError(self.title, scheme.total)
        return scheme


EXECUTION = "预算执行率"
"""The name under which the execution rate is scored."""


@cache
def schemes() -> tuple[Scheme, ...]:
    """All schemes."""
    listed = yaml.load(_DATA.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(map(_scheme, listed))


def scheme_for(kind: str, year: int, region: str | None = None) -> Scheme:
    """The scheme of a year: that of the region, where it has its own, else the general one.

    Raises:
        NoSchemeError: there is none of that kind in that year.
    """
    held = [s for s in schemes() if s.kind == kind and (s.since or year) <= year <= (s.until or year)]
    own = [s for s in held if any((region or "").startswith(r) for r in s.regions)]
    general = [s for s in held if not s.regions]
    if not (own or general):
        raise NoSchemeError(kind, year)
    return (own or general)[-1]


def _scheme(spec: Mapping[str, Any]) -> Scheme:
    parts = tuple(
        Part(name, Decimal(value["weight"]), frozenset(value["levels"]), frozenset(value.get("second", ())), _takers(value))
        for name, value in spec["weights"].items()
    )
    scheme = Scheme(
        *(spec["name"], spec["title"], spec["kind"], spec["basis"], Decimal(spec["execution"]), parts),
        *(spec.get("since"), spec.get("until"), tuple(spec.get("regions", ())), spec.get("in_principle", False)),
    )
    if parts and scheme.total != TOTAL:
        raise WeightsError(scheme.title, scheme.total)
    return scheme


def _takers(spec: Mapping[str, Any]) -> tuple[tuple[str, Decimal], ...]:
    written = spec.get("passes_to", [])
    if isinstance(written, str):
        return ((written, Decimal(spec["weight"])),)
    return tuple((name, Decimal(points)) for name, points in written)


def spread(points: Decimal, shares: Sequence[Decimal], step: Decimal = Decimal("0.01")) -> tuple[Decimal, ...]:
    """Points spread in proportion to some shares, in steps, so that they make exactly the points (largest remainders first)."""
    whole = sum(shares, Decimal(0))
    if not shares or not whole:
        return tuple(Decimal(0) for _ in shares)
    exact = [points * share / whole for share in shares]
    found = [(value // step) * step for value in exact]
    missing = int((points - sum(found, Decimal(0))) / step)
    order = sorted(range(len(exact)), key=lambda n: (found[n] - exact[n], n))
    for n in order[:missing]:
        found[n] += step
    return tuple(found)
