"""The YAML of one form → `Form`. The notation is described in docs/新增版式.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from mingsuan.amounts import UNITS
from mingsuan.dialects.forms import Block, ColumnDef, Fields, Fixed, Form, Indicators, Listed, Rows
from mingsuan.dialects.loading.columns import ColumnReader
from mingsuan.dialects.loading.rows import RowReader
from mingsuan.dialects.loading.spec import SpecReader
from mingsuan.dialects.names import bare
from mingsuan.ledger import Axes
from mingsuan.model import CellKind

FORM_WORDS = {
    "kind",
    "code",
    "extends",
    "title",
    "titles",
    "unit",
    "decimals",
    "where",
    "blocks",
    "narrowed",
    "arrange",
    "empty_note",
    "together",
    "perhaps",
    "names_units",
}


class _BlockReader(SpecReader):
    """Reads the blocks of a form."""

    @cached_property
    def _columns(self) -> ColumnReader:
        return ColumnReader(self.file, self.axes, self.includes)

    def blocks(self, key: str, values: Sequence[object]) -> tuple[Block, ...]:
        """The blocks of a form; one that continues the block before it takes its rows."""
        found: list[Block] = []
        for number, value in enumerate(values):
            found.append(self.block(f"{key}[{number}]", value, found[-1] if found else None))
        return tuple(found)

    def block(self, key: str, value: object, before: Block | None = None) -> Block:
        """One block; `before` is the block above it, which it may continue."""
        spec = self.mapping(key, value)
        unknown = set(spec) - {"name", "rows", "columns", "fields", "indicators", "continues"}
        if unknown:
            raise self.fail(f"{key}.{min(unknown)}", "块里不认识的键", "块只有 name、rows、columns、fields、indicators、continues")
        name = str(spec.get("name", ""))
        if "fields" in spec:
            fields = self._columns.columns(f"{key}.fields", self.mapping(f"{key}.fields", spec["fields"]), name)
            return Block(name, tuple(fields.found), (), fields.groups, Fields())
        columns_key = "indicators" if "indicators" in spec else "columns"
        inner = self.mapping(f"{key}.{columns_key}", spec.get(columns_key))
        if columns_key == "indicators":
            return self._indicators(f"{key}.indicators", inner, name)
        read = self._columns.columns(f"{key}.columns", inner, name)
        found, sums, groups = tuple(read.found), tuple(read.sums), read.groups
        if not found:
            raise self.fail(f"{key}.columns", "没有列", "写出表头的各列")
        self._siblings(f"{key}.columns", found, groups)
        if spec.get("continues"):
            return Block(name, found, sums, groups, self._continued(key, spec, found, before), continues=True)
        rows = RowReader(self.file, self.axes, self.includes).rows(f"{key}.rows", spec.get("rows"))
        if "rows" not in spec and any(c.kind is CellKind.AMOUNT for c in found):
            raise self.fail(f"{key}.rows", "有金额列而没有写行", "写 rows: single、rows: {by: [unit]} 或逐行列出")
        if isinstance(rows, Fixed) and not any(c.key == "item" for c in found):
            raise self.fail(f"{key}.columns", "逐行列出的块没有 key: item 的列，无从认行", "给印行名的列写 {key: item}")
        return Block(name, found, sums, groups, rows)

    def _continued(self, key: str, spec: Mapping[str, object], found: Sequence[ColumnDef], before: Block | None) -> Rows:
        """The rows of the block before, whose amount columns the block that continues it has in the same order."""
        if before is None or not isinstance(before.rows, Fixed | Listed) or "rows" in spec:
            raise self.fail(f"{key}.continues", "前面没有可以接续的块，或又写了 rows", "接在有 rows 的块后面，自己不写 rows")
        widths = [len([c for c in columns if c.kind is CellKind.AMOUNT]) for columns in (before.columns, found)]
        if widths[0] != widths[1]:
            raise self.fail(f"{key}.columns", f"有{widths[1]}个金额列，前一块有{widths[0]}个", "接续的块各金额列与前一块一一对应")
        return before.rows

    def _siblings(self, key: str, found: Sequence[ColumnDef], groups: Mapping[str, object]) -> None:
        paths = [c.path for c in found]
        twice = next((p for p in paths if paths.count(p) > 1), None)
        if twice is not None:
            raise self.fail(f"{key}.{twice}", "同一块里有两个同名的列", "换一个名称，或放到不同的上级表头下")
        for column in found:
            for sibling, _ in column.beside:
                if sibling not in paths and sibling not in groups:
                    raise self.fail(f"{key}.{column.path}.beside", f"没有“{sibling}”这一列", f"写全路径，可用的有：{'、'.join(paths)}")

    def _indicators(self, key: str, spec: Mapping[str, object], name: str) -> Block:
        unknown = set(spec) - {"levels", "value", "more", "standard"}
        if unknown:
            raise self.fail(f"{key}.{min(unknown)}", "指标块里不认识的键", "指标块只有 levels、value、more、standard")
        columns: list[ColumnDef] = []
        levels: list[str] = []
        for word in ("levels", "value", "more"):
            for title, value in self.mapping(f"{key}.{word}", spec.get(word)).items():
                inner = self.mapping(f"{key}.{word}.{title}", value)
                path = f"{name}/{title}" if name else title
                aliases = (bare(title), *(bare(a) for a in self.names(f"{key}.{word}.{title}.alias", inner.get("alias"))))
                columns.append(
                    ColumnDef(path, aliases, CellKind.INDICATOR, indicator=("", word), optional=bool(inner.get("optional", False)))
                )
                if word == "levels":
                    levels.append(path)
        standard = {
            first: {second: self.names(f"{key}.standard.{first}", thirds) for second, thirds in self.mapping(key, seconds).items()}
            for first, seconds in self.mapping(f"{key}.standard", spec.get("standard")).items()
        }
        return Block(name, tuple(columns), (), {}, Indicators(tuple(levels), standard))


def read_form(spec: Mapping[str, object], file: str, axes: Axes, includes: Mapping[str, Sequence[object]]) -> Form:
    """Read the YAML of one form.

    Raises:
        DialectError: the author made a mistake; it names file, key and remedy.
    """
    reader = _BlockReader(file, axes, includes)
    unknown = set(spec) - FORM_WORDS
    if unknown:
        raise reader.fail(min(unknown), "表样里不认识的键", f"可用的键：{'、'.join(sorted(FORM_WORDS))}")
    for word in ("kind", "title", "blocks"):
        if word not in spec:
            raise reader.fail(word, "缺这一项", f"补上 {word}")
    unit = spec.get("unit")
    blocks = reader.blocks("blocks", reader.sequence("blocks", spec["blocks"]))
    _check_blocks(reader, blocks)
    narrowed = tuple((words, reader.box(f"narrowed.{words}", b)) for words, b in reader.mapping("narrowed", spec.get("narrowed")).items())
    title = str(spec["title"])
    decimals = reader.number("decimals", spec.get("decimals"))
    return Form(
        kind=str(spec["kind"]),
        code=str(spec.get("code", "")),
        title=title,
        titles=tuple(dict.fromkeys((bare(title), *(bare(t) for t in reader.names("titles", spec.get("titles")))))),
        unit=None if unit is None else reader.one_of("unit", unit, tuple(UNITS)),
        decimals=2 if decimals is None else decimals,
        where=reader.box("where", spec.get("where")),
        blocks=blocks,
        narrowed=narrowed,
        arrange=reader.one_of("arrange", spec.get("arrange", "side"), ("side", "stack")),
        empty_note=reader.names("empty_note", spec.get("empty_note")),
        together=None if spec.get("together") is None else reader.box("together", spec["together"]),
        perhaps=None if spec.get("perhaps") is None else reader.box("perhaps", spec["perhaps"]),
        names_units=bool(spec.get("names_units", False)),
        source=file,
    )


def _check_blocks(reader: _BlockReader, blocks: Sequence[Block]) -> None:
    if not blocks:
        raise reader.fail("blocks", "没有块", "至少写一个块")
    paths = [c.path for b in blocks for c in b.columns]
    twice = next((p for p in paths if paths.count(p) > 1), None)
    if twice is not None:
        raise reader.fail(f"blocks.{twice}", "两个块里有同名的列", "给块写上 name，列名前就有块名")
