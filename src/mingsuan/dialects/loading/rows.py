"""The rows of a block in the YAML of a form: one line, listed by axes, or prescribed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.dialects.forms import OUTLINE, Fixed, Listed, RowDef, Rows, Single, Sum
from mingsuan.dialects.loading.spec import Part, SpecReader, by_split
from mingsuan.dialects.names import bare
from mingsuan.ledger import Box

ROW_WORDS = {"rows", "total", "sum", "contained", "alias", "optional", "variant", "since", "until", "split", "label", "listed", "aside"}


class RowReader(SpecReader):
    """Reads the rows of blocks."""

    def rows(self, key: str, value: object) -> Rows:
        """What the rows of a block stand for.

        Raises:
            DialectError: the author made a mistake.
        """
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
        self, key: str, items: Sequence[object], heading: RowDef | None, rows: list[RowDef], sums: list[Sum], *, listed: bool = False
    ) -> list[str]:
        """Read the rows under a heading; returns the paths of those that make it up."""
        totals: list[tuple[str, object]] = []
        parts: list[Part] = []
        for item in self._expanded(key, items):
            for name, value in self.mapping(key, item).items():
                here = f"{key}.{name}"
                spec = self.mapping(here, value)
                row = self._row(here, name, spec, heading, listed=listed)
                rows.append(row)
                split = str(spec.get("split", ""))
                below = self.sequence(f"{here}.rows", spec.get("rows"))
                children = self._fixed(f"{here}.rows", below, row, rows, sums, listed=bool(spec.get("listed")))
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

    def _row(self, key: str, name: str, spec: Mapping[str, object], heading: RowDef | None, *, listed: bool) -> RowDef:
        own = self.region(key, spec, ROW_WORDS)
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

    def _row_total(self, key: str, total: str, wanted: object, parts: Sequence[Part], others: Sequence[str]) -> Iterator[Sum]:
        """The sums of a total row: over all rows of its level, or over those that it names, other totals among them."""
        if wanted is True:
            yield from by_split(total, parts)
            return
        named = {bare(n) for n in self.names(f"{key}.total", wanted)}
        chosen = [p for p in (*parts, *((t, t.rpartition("/")[2], "") for t in others)) if bare(p[1]) in named]
        lost = named - {bare(p[1]) for p in chosen}
        if lost or not named:
            raise self.fail(f"{key}.{total}.total", f"没有名为“{'、'.join(sorted(lost))}”的行", "total 写 true，或列出同一层的行名")
        yield from by_split(total, chosen)

    def _expanded(self, key: str, items: Sequence[object]) -> Iterator[object]:
        for item in items:
            if isinstance(item, Mapping) and set(item) == {"include"}:
                name = str(item["include"])
                if name not in self.includes:
                    raise self.fail(f"{key}.include", f"没有名为“{name}”的行清单", f"可用的有：{'、'.join(self.includes)}")
                yield from self.includes[name]
            else:
                yield item
