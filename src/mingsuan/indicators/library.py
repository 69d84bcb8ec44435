"""The indicator library: common indicators with formulas and what each needs, qualitative ones with their rubric, rows of trades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mingsuan.dialects.names import plain
from mingsuan.kept import kept
from mingsuan.values import dataclass

_DATA = Path(__file__).with_name("library.yaml")
_FOUR = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """An amount or count that indicators are computed from.

    Attributes:
        says: what it is.
        region: axis → expression of the ledger's region that it is, None where the ledger of a budget does not have it.
    """

    name: str
    unit: str
    says: str
    region: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class LibraryIndicator:
    """An indicator as departments commonly use it.

    Attributes:
        group: heading that it is usually listed under, or the trade.
        better: `more`, `less`, or `at` (as near as can be).
        sort: how it is computed: `quotient` (top ÷ bottom), `change` ((top − bottom) ÷ bottom), `drop` ((top − bottom) ÷ top), "" where
            it is not computed from named measures.
        top, bottom: names of measures, or two of them as a quotient, joined by /.
        rubric: what has to be so, with its share; makes 1.
        says: the formula in words, where there is no computed one.
    """

    name: str
    group: str
    unit: str
    better: str
    aliases: tuple[str, ...] = ()
    sort: str = ""
    top: str = ""
    bottom: str = ""
    rubric: tuple[tuple[str, Decimal], ...] = ()
    says: str = ""
    basis: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the measures that it is computed from."""
        return tuple(name for side in (self.top, self.bottom) if side for name in side.split("/"))

    @property
    def formula(self) -> str:
        """The formula in words."""
        top, bottom = (
            side.replace("/", " ÷ ") if "/" not in side else f"（{side.replace('/', ' ÷ ')}）" for side in (self.top, self.bottom)
        )
        match self.sort:
            case "quotient":
                return f"{top} ÷ {bottom} × 100%"
            case "change":
                return f"（{top} − {bottom}）÷ {bottom} × 100%"
            case "drop":
                return f"（{top} − {bottom}）÷ {top} × 100%"
        return self.says

    def computed(self, facts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal] | None:
        """Numerator and denominator from named amounts; None where one is missing."""
        top, bottom = _side(self.top, facts), _side(self.bottom, facts)
        if not self.sort or top is None or bottom is None:
            return None
        return {"quotient": (top, bottom), "change": (top - bottom, bottom), "drop": (top - bottom, top)}[self.sort]


def _side(side: str, facts: Mapping[str, Decimal]) -> Decimal | None:
    values = [facts.get(name) for name in side.split("/")]
    if any(value is None for value in values):
        return None
    first, *rest = (value for value in values if value is not None)
    for divisor in rest:
        if not divisor:
            return None
        first /= divisor
    return first


def percent_of(quotient: tuple[Decimal, Decimal]) -> Decimal | None:
    """A quotient in percent to four decimals, None where the denominator is zero."""
    top, bottom = quotient
    return (top / bottom * 100).quantize(_FOUR).normalize() + 0 if bottom else None


@cache
def measures() -> Mapping[str, NamedMeasure]:
    """All named measures."""
    return {name: _measure(name, spec) for name, spec in _spec()["measures"].items()}


@cache
def library() -> tuple[LibraryIndicator, ...]:
    """All indicators, the common ones first."""
    return tuple(_indicators())


def find(name: str) -> LibraryIndicator | None:
    """The indicator of a printed name, in any width and quotation marks; None if the library has none."""
    wanted = _key(name)
    return next((i for i in library() if wanted in map(_key, (i.name, *i.aliases))), None)


def _key(name: str) -> str:
    return plain(name).translate(str.maketrans("", "", "“”\"'"))


@cache
def _spec() -> Mapping[str, Any]:
    return kept("indicators", _read_spec)


def _read_spec() -> Mapping[str, Any]:
    import yaml

    found: Mapping[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def _measure(name: str, spec: Mapping[str, Any]) -> NamedMeasure:
    region = spec.get("region")
    sides = None if region is None else tuple((axis, str(value)) for axis, value in region.items())
    return NamedMeasure(name, spec["unit"], spec["says"], sides)


def _indicators() -> Iterator[LibraryIndicator]:
    for spec in _spec()["indicators"]:
        yield _indicator(spec, spec["group"])
    for trade, rows in _spec()["sectors"].items():
        for spec in rows:
            yield _indicator(spec, trade)


def _indicator(spec: Mapping[str, Any], group: str) -> LibraryIndicator:
    sort, key = next(((s, k) for s, k in (("quotient", "needs"), ("change", "change"), ("drop", "drop")) if k in spec), ("", ""))
    top, bottom = spec[key] if key else ("", "")
    rubric = tuple((says, Decimal(str(share))) for says, share in spec.get("rubric", {}).items())
    return LibraryIndicator(
        *(spec["name"], group, spec.get("unit", ""), spec["better"], tuple(spec.get("aliases", ())), sort, top, bottom, rubric),
        *(spec.get("says", ""), spec.get("basis", "")),
    )
