"""The columns of a block in the YAML of a form: headings as deep as they are printed, and what the leaves hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from mingsuan.dialects.forms import ColumnDef, Sum
from mingsuan.dialects.loading.spec import Part, SpecReader, by_split
from mingsuan.dialects.names import bare
from mingsuan.ledger import WHOLE, Box
from mingsuan.model import CellKind
from mingsuan.values import dataclass

KEYS = (
    "function",
    "department",
    "government",
    "unit",
    "unit_name",
    "project",
    "project_name",
    "unit_or_project",
    "kind",
    "name",
    "class_name",
    "class_or_project",
    "item",
)
"""What a key column may hold; `function:3` … take a part of a code."""
COLUMN_WORDS = {
    "key",
    "label",
    "columns",
    "total",
    "contained",
    "alias",
    "optional",
    "variant",
    "beside",
    "text",
    "quantity",
    "indicator",
    "date",
    "split",
}


@dataclass
class Columns:
    """What is read of the headings of a block: leaf columns in order, declared sums, names of the groups."""

    found: list[ColumnDef] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)


class ColumnReader(SpecReader):
    """Reads the columns of blocks."""

    def columns(self, key: str, specs: Mapping[str, object], prefix: str) -> Columns:
        """The columns under the headings of a block; `prefix` is the block's name.

        Raises:
            DialectError: the author made a mistake.
        """
        read = Columns()
        self._level(key, specs, prefix, WHOLE, read)
        return read

    def _level(self, key: str, specs: Mapping[str, object], prefix: str, above: Box, read: Columns) -> tuple[str, list[str]]:
        """Read one level of headings; returns the path of its total column ("" if none) and of the parts that make it up.

        A group that is a total holds one total for each column of that name of its siblings (预算数 and 决算数 under 合计).
        """
        totals: list[tuple[str, object]] = []
        parts: list[tuple[str, str, str]] = []
        paired: list[str] = []
        for name, value in specs.items():
            here = f"{key}.{name}"
            spec = self.mapping(here, value)
            own = self.region(here, spec, COLUMN_WORDS)
            path = f"{prefix}/{name}" if prefix else name
            names = (bare(name), *(bare(a) for a in self.names(f"{here}.alias", spec.get("alias"))))
            split = str(spec.get("split", ""))
            if "columns" in spec:
                read.groups[path] = names
                inner = self.mapping(f"{here}.columns", spec["columns"])
                total, members = self._level(f"{here}.columns", inner, path, above.meet(self.axes, own), read)
                if spec.get("total"):
                    paired.append(path)
                elif not spec.get("contained"):
                    parts.extend((p, name, split) for p in ([total] if total and not spec.get("label") else members))
                continue
            column = self._leaf(here, spec, path, names, above.meet(self.axes, own))
            read.found.append(column)
            if column.kind is not CellKind.AMOUNT:
                continue
            if spec.get("total"):
                totals.append((path, spec["total"]))
            elif not column.contained:
                parts.append((path, name, split))
        for path, wanted in totals:
            read.sums.extend(self._column_total(key, path, wanted, parts))
        pairs = [c.path for c in read.found if c.group in paired and c.kind is CellKind.AMOUNT]
        read.sums.extend(Sum(total, tuple(p[0] for p in parts if _last(p[0]) == _last(total))) for total in pairs)
        return (totals[0][0] if totals else "", pairs or [p[0] for p in parts])

    def _column_total(self, key: str, path: str, wanted: object, parts: Sequence[Part]) -> Iterator[Sum]:
        """The sums of a total column: over all columns of its level, or over those that it names."""
        named = () if wanted is True else self.names(f"{key}.total", wanted)
        lost = set(named) - {p[1] for p in parts}
        if lost:
            raise self.fail(f"{key}.{path}.total", f"没有名为“{'、'.join(sorted(lost))}”的列", "total 只能列同一层的列名")
        yield from by_split(path, [p for p in parts if not named or p[1] in named])

    def _leaf(self, key: str, spec: Mapping[str, object], path: str, names: tuple[str, ...], region: Box) -> ColumnDef:
        variant = bool(spec.get("variant", False))
        optional = variant or bool(spec.get("optional", False))
        if "key" in spec:
            word, _, digits = str(spec["key"]).partition(":")
            if word not in KEYS:
                raise self.fail(f"{key}.key", f"不认识的关键字“{word}”", f"可用的有：{'、'.join(KEYS)}")
            if digits and not digits.isdigit():
                raise self.fail(f"{key}.key", f"“{digits}”不是编码的位数", "例如 key: 'function:3'")
            return ColumnDef(path, names, CellKind.KEY, word, int(digits or 0), optional=optional, variant=variant)
        for word, kind in (("text", CellKind.TEXT), ("quantity", CellKind.QUANTITY), ("date", CellKind.DATE)):
            if word in spec:
                return ColumnDef(path, names, kind, optional=optional, variant=variant)
        if "indicator" in spec:
            words = self.names(f"{key}.indicator", spec["indicator"])
            if len(words) != 2:
                raise self.fail(f"{key}.indicator", "应为一级指标名和 name 或 value", "例如 indicator: [产出指标, name]")
            part = self.one_of(f"{key}.indicator", words[1], ("name", "value"))
            return ColumnDef(path, names, CellKind.INDICATOR, indicator=(words[0], part), optional=optional)
        beside = tuple((s, self.box(f"{key}.beside.{s}", b)) for s, b in self.mapping(f"{key}.beside", spec.get("beside")).items())
        return ColumnDef(
            path,
            names,
            CellKind.AMOUNT,
            region=region,
            beside=beside,
            contained=bool(spec.get("contained", False)),
            optional=optional,
            variant=variant,
        )


def _last(path: str) -> str:
    return path.rpartition("/")[2]
