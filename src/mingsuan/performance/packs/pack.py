"""A sector pack: tables with columns, checks of the data, measures. Packs are data; `load` reads the bundled ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mingsuan.patterns import regex
from mingsuan.values import dataclass

BUNDLED = Path(__file__).with_name("data")
TYPES = {"text": "varchar", "number": "decimal(18, 4)", "count": "bigint", "time": "timestamp", "date": "date"}
"""What a column may hold → the engine's type."""


_QUOTED = regex(r"'[^']*'")


class UnknownPackError(Exception):
    """There is no such pack; the message names those that there are."""

    def __init__(self, name: str) -> None:
        """Put the message together."""
        super().__init__(f"没有行业数据包“{name}”。可用的有：{'、'.join(names())}。")


@dataclass(frozen=True, slots=True)
class PackColumn:
    """A column of a table.

    Attributes:
        name: in questions and in data that follow the pack.
        title: in Chinese.
        type: a key of `TYPES`.
        headings: other headings under which systems export it.
        required: it must be there.
        key: no two rows have the same value.
        values: the words that it may hold, () for any.
        note: what it means.
    """

    name: str
    title: str
    type: str
    headings: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    values: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What must not be: rows of a table that fulfil a condition in the engine's language."""

    table: str
    says: str
    where: str


@dataclass(frozen=True, slots=True)
class PackTable:
    """A table of the pack; `when` is the column that says to which day a row belongs."""

    name: str
    title: str
    columns: tuple[PackColumn, ...]
    when: str = ""
    checks: tuple[DataCheck, ...] = ()

    def column(self, name: str) -> PackColumn:
        """A column by name."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator that the data answers: numerator over denominator, both exact sums of the engine.

    Attributes:
        name: in bindings, `connection_rate`.
        title: in Chinese, 接通率.
        unit: of the value; % makes a percentage of the quotient.
        formula: in words.
        table: that it is computed from.
        numerator: an aggregate in the engine's language.
        denominator: another, "" where the value is the numerator itself.
        failing: condition of the rows that keep the value from its target, "" where rows do not fail one by one.
        by: names of the breakdowns that make sense.
        indicators: names under which departments set targets for it.
    """

    name: str
    title: str
    unit: str
    formula: str
    table: str
    numerator: str
    denominator: str = ""
    failing: str = ""
    by: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every word of its expressions; those that are columns must be there."""
        return frozenset(re.findall(r"[a-z_]+", _QUOTED.sub("", f"{self.numerator} {self.denominator}")))


@dataclass(frozen=True)
class Pack:
    """A sector pack.

    Attributes:
        breakdowns: name → (title, expression in the engine's language by table).
    """

    name: str
    title: str
    tables: tuple[PackTable, ...]
    measures: tuple[Measure, ...]
    breakdowns: Mapping[str, tuple[str, Mapping[str, str]]]

    def table(self, name: str) -> PackTable:
        """A table by name."""
        return next(t for t in self.tables if t.name == name)

    def measure(self, name: str) -> Measure | None:
        """A measure by name or title, None if the pack has none of it."""
        return next((m for m in self.measures if name in (m.name, m.title)), None)


def names() -> tuple[str, ...]:
    """The bundled packs."""
    return tuple(sorted(path.stem for path in BUNDLED.glob("*.yaml")))


@lru_cache
def load(name: str) -> Pack:
    """A bundled pack.

    Raises:
        UnknownPackError: there is none of that name.
    """
    if name not in names():
        raise UnknownPackError(name)
    spec = yaml.load((BUNDLED / f"{name}.yaml").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Pack(
        name=name,
        title=spec["title"],
        tables=tuple(_table(key, value) for key, value in spec["tables"].items()),
        measures=tuple(_measure(key, value) for key, value in spec["measures"].items()),
        breakdowns={key: (value["title"], value["of"]) for key, value in spec["breakdowns"].items()},
    )


def _table(name: str, spec: Mapping[str, Any]) -> PackTable:
    columns = tuple(
        PackColumn(
            key,
            value["title"],
            value.get("type", "text"),
            tuple(value.get("headings", ())),
            value.get("required", False),
            value.get("key", False),
            tuple(value.get("values", ())),
            value.get("note", ""),
        )
        for key, value in spec["columns"].items()
    )
    checks = tuple(DataCheck(name, says, where) for says, where in spec.get("checks", {}).items())
    return PackTable(name, spec["title"], columns, spec.get("when", ""), checks)


def _measure(name: str, spec: Mapping[str, Any]) -> Measure:
    return Measure(
        name,
        spec["title"],
        spec["unit"],
        spec["formula"],
        spec["table"],
        spec["numerator"],
        spec.get("denominator", ""),
        spec.get("failing", ""),
        tuple(spec.get("by", ())),
        tuple(spec.get("indicators", ())),
    )
