"""The YAML of one form → `Form`. The notation is described in docs/新增版式.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.amounts import UNITS
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.forms import KEYS, OUTLINE, Block, ColumnDef, Fields, Fixed, Form, Indicators, Listed, RowDef, Rows, Single, Sum
from mingsuan.dialects.names import bare
from mingsuan.ledger import WHOLE, Axes, Box, UnknownNode
from mingsuan.model import CellKind
from mingsuan.values import dataclass

_COLUMN_WORDS = {
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
_ROW_WORDS = {"rows", "total", "sum", "contained", "alias", "optional", "variant", "since", "until", "split", "label", "listed", "aside"}


@dataclass(frozen=True)
class _Reader:
    """Turns the YAML of one form into a `Form`, naming file and key in every complaint."""

    file: str
    axes: Axes
    includes: Mapping[str, Sequence[object]]

    def fail(self, key: str, what: str, remedy: str) -> DialectError:
        return DialectError(self.file, key, what, remedy)

    def mapping(self, key: str, value: object) -> Mapping[str, object]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.fail(key, f"应为“名称: 内容”的映射，实为{type(value).__name__}", "改写为映射，空内容写作 {}")
        return {str(k): v for k, v in value.items()}

    def names(self, key: str, value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(i, str | int) for i in items):
            raise self.fail(key, "应为一个名称或名称的列表", "例如 alias: [合计, 总计]")
        return tuple(str(i) for i in items)

    def box(self, key: str, value: object) -> Box:
        expressions = {}
        for axis, text in self.mapping(key, value).items():
            if not isinstance(text, str | int) or isinstance(text, bool):
                raise self.fail(f"{key}.{axis}", "没有写名称或编码", "例如 fund: 一般公共预算、department: 301 + 303")
            expressions[axis] = str(text)
        try:
            return Box.parse(self.axes, expressions)
        except UnknownNode as error:
            raise self.fail(key, str(error), "改用已有的名称，或在 dialect.yaml 的 axes 中补上") from error

    def sequence(self, key: str, value: object) -> Sequence[object]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(key, f"应为列表，实为{type(value).__name__}", "每项以“- ”开头")
        return value

    def number(self, key: str, value: object) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.fail(key, f"应为整数，实为“{value}”", "例如 2024，不加引号")

    def one_of(self, key: str, value: object, known: Sequence[str]) -> str:
        if value not in known:
            raise self.fail(key, f"不认识“{value}”", f"可用的有：{'、'.join(known)}")
        return str(value)

    def region(self, key: str, spec: Mapping[str, object], words: set[str]) -> Box:
        unknown = [k for k in spec if k not in words and k not in self.axes]
        if unknown:
            known = "、".join([*sorted(words), *self.axes.trees])
            raise self.fail(f"{key}.{unknown[0]}", f"不认识的键“{unknown[0]}”", f"可用的键：{known}")
        return self.box(key, {k: v for k, v in spec.items() if k not in words})

    # ---- columns -------------------------------------------------------------------------------------------------

    def blocks(self, key: str, values: Sequence[object]) -> tuple[Block, ...]:
        """The blocks of a form; one that continues the block before it takes its rows."""
        found: list[Block] = []
        for number, value in enumerate(values):
            found.append(self.block(f"{key}[{number}]", value, found[-1] if found else None))
        return tuple(found)

    def block(self, key: str, value: object, before: Block | None = None) -> Block:
        spec = self.mapping(key, value)
        unknown = set(spec) - {"name", "rows", "columns", "fields", "indicators", "continues"}
        if unknown:
            raise self.fail(f"{key}.{min(unknown)}", "块里不认识的键", "块只有 name、rows、columns、fields、indicators、continues")
        name = str(spec.get("name", ""))
        if "fields" in spec:
            columns, groups = self._fields(f"{key}.fields", spec["fields"], name)
            return Block(name, columns, (), groups, Fields())
        columns_key = "indicators" if "indicators" in spec else "columns"
        inner = self.mapping(f"{key}.{columns_key}", spec.get(columns_key))
        if columns_key == "indicators":
            return self._indicators(f"{key}.indicators", inner, name)
        found: list[ColumnDef] = []
        sums: list[Sum] = []
        groups = {}
        self._columns(f"{key}.columns", inner, name, WHOLE, found, sums, groups)
        if not found:
            raise self.fail(f"{key}.columns", "没有列", "写出表头的各列")
        self._siblings(f"{key}.columns", found, groups)
        if spec.get("continues"):
            return Block(name, tuple(found), tuple(sums), groups, self._continued(key, spec, found, before), continues=True)
        rows = self._rows(f"{key}.rows", spec.get("rows"))
        if "rows" not in spec and any(c.kind is CellKind.AMOUNT for c in found):
            raise self.fail(f"{key}.rows", "有金额列而没有写行", "写 rows: single、rows: {by: [unit]} 或逐行列出")
        if isinstance(rows, Fixed) and not any(c.key == "item" for c in found):
            raise self.fail(f"{key}.columns", "逐行列出的块没有 key: item 的列，无从认行", "给印行名的列写 {key: item}")
        return Block(name, tuple(found), tuple(sums), groups, rows)

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

    def _columns(
        self,
        key: str,
        specs: Mapping[str, object],
        prefix: str,
        above: Box,
        found: list[ColumnDef],
        sums: list[Sum],
        groups: dict[str, tuple[str, ...]],
    ) -> tuple[str, list[str]]:
        """Read one level of headings; returns the path of its total column ("" if none) and of the parts that make it up.

        A group that is a total holds one total for each column of that name of its siblings (预算数 and 决算数 under 合计).
        """
        totals: list[tuple[str, object]] = []
        parts: list[tuple[str, str, str]] = []
        paired: list[str] = []
        for name, value in specs.items():
            here = f"{key}.{name}"
            spec = self.mapping(here, value)
            own = self.region(here, spec, _COLUMN_WORDS)
            path = f"{prefix}/{name}" if prefix else name
            names = (bare(name), *(bare(a) for a in self.names(f"{here}.alias", spec.get("alias"))))
            split = str(spec.get("split", ""))
            if "columns" in spec:
                groups[path] = names
                inner = self.mapping(f"{here}.columns", spec["columns"])
                total, members = self._columns(f"{here}.columns", inner, path, above.meet(self.axes, own), found, sums, groups)
                if spec.get("total"):
                    paired.append(path)
                elif not spec.get("contained"):
                    parts.extend((p, name, split) for p in ([total] if total and not spec.get("label") else members))
                continue
            column = self._leaf(here, spec, path, names, above.meet(self.axes, own))
            found.append(column)
            if column.kind is not CellKind.AMOUNT:
                continue
            if spec.get("total"):
                totals.append((path, spec["total"]))
            elif not column.contained:
                parts.append((path, name, split))
        for path, wanted in totals:
            sums.extend(self._column_total(key, path, wanted, parts))
        pairs = [c.path for c in found if c.group in paired and c.kind is CellKind.AMOUNT]
        sums.extend(Sum(total, tuple(p[0] for p in parts if _last(p[0]) == _last(total))) for total in pairs)
        return (totals[0][0] if totals else "", pairs or [p[0] for p in parts])

    def _column_total(self, key: str, path: str, wanted: object, parts: Sequence[_Part]) -> Iterator[Sum]:
        """The sums of a total column: over all columns of its level, or over those that it names."""
        named = () if wanted is True else self.names(f"{key}.total", wanted)
        lost = set(named) - {p[1] for p in parts}
        if lost:
            raise self.fail(f"{key}.{path}.total", f"没有名为“{'、'.join(sorted(lost))}”的列", "total 只能列同一层的列名")
        yield from _by_split(path, [p for p in parts if not named or p[1] in named])

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

    def _fields(self, key: str, value: object, prefix: str) -> tuple[tuple[ColumnDef, ...], dict[str, tuple[str, ...]]]:
        found: list[ColumnDef] = []
        groups: dict[str, tuple[str, ...]] = {}
        self._columns(key, self.mapping(key, value), prefix, WHOLE, found, [], groups)
        return tuple(found), groups

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

    # ---- rows ----------------------------------------------------------------------------------------------------

    def _rows(self, key: str, value: object) -> Rows:
        if value is None or value == "single":
            return Single()
        if isinstance(value, Mapping):
            return self._listed(key, self.mapping(key, value))
        if not isinstance(value, list):
            raise self.fail(key, "rows 应为 single、{by: …} 或固定行的列表", "参见 docs/新增版式.md")
        rows: list[RowDef] = []
        sums: list[Sum] = []
        self._fixed(key, value, None, rows, sums)
        paths = [r.path for r in rows]
        twice = next((p for p in paths if paths.count(p) > 1), None)
        if twice is not None:
            raise self.fail(f"{key}.{twice}", "同一标题下有两个同名的行", "换一个名称，或放到不同的标题下")
        return Fixed(tuple(rows), tuple(sums))

    def _listed(self, key: str, spec: Mapping[str, object]) -> Listed:
        unknown = set(spec) - {"by", "outline", "total", "total_at", "total_label", "subtotals"}
        if unknown:
            raise self.fail(f"{key}.{min(unknown)}", "rows 里不认识的键", "rows 只有 by、outline、total、total_at、total_label、subtotals")
        outline = bool(spec.get("outline"))
        axes = (OUTLINE,) if outline else self.names(f"{key}.by", spec.get("by"))
        missing = [a for a in axes if a not in self.axes]
        if missing or not axes:
            raise self.fail(f"{key}.by", f"没有“{'、'.join(missing)}”这条轴", f"可用的轴：{'、'.join(self.axes.trees)}")
        totals = tuple(bare(t) for t in self.names(f"{key}.total", spec.get("total", "合计")))
        label = str(spec.get("total_label", totals[0] if totals else ""))
        at = self.one_of(f"{key}.total_at", spec.get("total_at", "top"), ("top", "bottom"))
        return Listed(axes, totals, at, label, tuple(self._subtotals(f"{key}.subtotals", spec.get("subtotals"))), outline)

    def _subtotals(self, key: str, value: object) -> Iterator[tuple[str, tuple[str, ...], Box]]:
        for name, region in self.mapping(key, value).items():
            spec = self.mapping(f"{key}.{name}", region)
            names = (bare(name), *(bare(a) for a in self.names(f"{key}.{name}.alias", spec.get("alias"))))
            yield name, names, self.region(f"{key}.{name}", spec, {"alias"})

    def _fixed(
        self, key: str, items: Sequence[object], heading: RowDef | None, rows: list[RowDef], sums: list[Sum], listed: bool = False
    ) -> list[str]:
        """Read the rows under a heading; returns the paths of those that make it up."""
        totals: list[tuple[str, object]] = []
        parts: list[_Part] = []
        for item in self._expanded(key, items):
            for name, value in self.mapping(key, item).items():
                here = f"{key}.{name}"
                spec = self.mapping(here, value)
                row = self._row(here, name, spec, heading, listed)
                rows.append(row)
                split = str(spec.get("split", ""))
                below = self.sequence(f"{here}.rows", spec.get("rows"))
                children = self._fixed(f"{here}.rows", below, row, rows, sums, bool(spec.get("listed")))
                if spec.get("sum") and children:
                    sums.append(Sum(row.path, tuple(children)))
                if "total" in spec:
                    totals.append((row.path, spec["total"]))
                elif row.label:
                    parts.extend((child, name, split) for child in children)
                elif not (row.contained or row.aside):
                    parts.append((row.path, name, split))
        for total, wanted in totals:
            sums.extend(self._row_total(key, total, wanted, parts, [t for t, _ in totals if t != total]))
        return [p[0] for p in parts]

    def _row(self, key: str, name: str, spec: Mapping[str, object], heading: RowDef | None, listed: bool) -> RowDef:
        own = self.region(key, spec, _ROW_WORDS)
        above = heading.path if heading else ""
        return RowDef(
            path=f"{above}/{bare(name)}" if above else bare(name),
            names=(bare(name), *(bare(a) for a in self.names(f"{key}.alias", spec.get("alias")))),
            printed=name,
            region=heading.region.meet(self.axes, own) if heading else own,
            heading=above,
            contained=bool(spec.get("contained", False)),
            aside=bool(spec.get("aside", False)),
            optional=any(bool(spec.get(word, False)) for word in ("optional", "variant", "aside")),
            variant=bool(spec.get("variant", False)),
            since=self.number(f"{key}.since", spec.get("since")),
            until=self.number(f"{key}.until", spec.get("until")),
            label=bool(spec.get("label", False)),
            listed=listed,
            split=str(spec.get("split", heading.split if heading else "")),
        )

    def _row_total(self, key: str, total: str, wanted: object, parts: Sequence[_Part], others: Sequence[str]) -> Iterator[Sum]:
        """The sums of a total row: over all rows of its level, or over those that it names, other totals among them."""
        if wanted is True:
            yield from _by_split(total, parts)
            return
        named = {bare(n) for n in self.names(f"{key}.total", wanted)}
        chosen = [p for p in (*parts, *((t, t.rpartition("/")[2], "") for t in others)) if bare(p[1]) in named]
        lost = named - {bare(p[1]) for p in chosen}
        if lost or not named:
            raise self.fail(f"{key}.{total}.total", f"没有名为“{'、'.join(sorted(lost))}”的行", "total 写 true，或列出同一层的行名")
        yield from _by_split(total, chosen)

    def _expanded(self, key: str, items: Sequence[object]) -> Iterator[object]:
        for item in items:
            if isinstance(item, Mapping) and set(item) == {"include"}:
                name = str(item["include"])
                if name not in self.includes:
                    raise self.fail(f"{key}.include", f"没有名为“{name}”的行清单", f"可用的有：{'、'.join(self.includes)}")
                yield from self.includes[name]
            else:
                yield item


_Part = tuple[str, str, str]
"""Path, name and split of a part of a total."""


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _by_split(total: str, parts: Sequence[_Part]) -> Iterator[Sum]:
    """One sum for each way in which the parts split the total (by source, by structure)."""
    for split in dict.fromkeys(p[2] for p in parts):
        yield Sum(total, tuple(p[0] for p in parts if p[2] == split))


_FORM_WORDS = {
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
}


def read_form(spec: Mapping[str, object], file: str, axes: Axes, includes: Mapping[str, Sequence[object]]) -> Form:
    """Read the YAML of one form.

    Raises:
        DialectError: the author made a mistake; it names file, key and remedy.
    """
    reader = _Reader(file, axes, includes)
    unknown = set(spec) - _FORM_WORDS
    if unknown:
        raise reader.fail(min(unknown), "表样里不认识的键", f"可用的键：{'、'.join(sorted(_FORM_WORDS))}")
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
        source=file,
    )


def _check_blocks(reader: _Reader, blocks: Sequence[Block]) -> None:
    if not blocks:
        raise reader.fail("blocks", "没有块", "至少写一个块")
    paths = [c.path for b in blocks for c in b.columns]
    twice = next((p for p in paths if paths.count(p) > 1), None)
    if twice is not None:
        raise reader.fail(f"blocks.{twice}", "两个块里有同名的列", "给块写上 name，列名前就有块名")
