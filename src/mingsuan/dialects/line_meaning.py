"""What the printed lines of a table stand for: fixed rows by name, listed rows by key, projects by what the list of projects tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan import codes
from mingsuan.dialects.context import Context, node_named
from mingsuan.dialects.figures import RowMeaning
from mingsuan.dialects.forms import OUTLINE, Block, Fields, Fixed, Form, Listed, RowDef
from mingsuan.dialects.names import bare, plain
from mingsuan.dialects.row_names import numbers_by_name
from mingsuan.ledger import WHOLE, Box
from mingsuan.ledger.trees import Selection
from mingsuan.model import CellKind, Column, Row, RowKey, Table
from mingsuan.patterns import regex
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Halves:
    """The item and amount columns of a block and of those that its list goes on from or into, from left to right.

    Attributes:
        own: which of them is the block.
        items: paths of the item columns of each.
        money: paths of the amount columns of each.
    """

    own: int
    items: tuple[tuple[str, ...], ...]
    money: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, form: Form, number: int, printed: Mapping[str, Column]) -> Halves:
        """The halves that a block of a found table belongs to; `printed` maps form paths to printed columns."""
        blocks = form.halves(number)
        items = tuple(tuple(printed[c.path].path for c in b.columns if c.key == "item" and c.path in printed) for b in blocks)
        money = tuple(tuple(printed[c.path].path for c in b.columns if c.kind is CellKind.AMOUNT and c.path in printed) for b in blocks)
        return cls(blocks.index(form.blocks[number]), items, money)

    def words(self, row: Row) -> list[str]:
        """The bare name of a line of the block; a merged one stands in the half before, whose amounts are then blank."""
        words = [bare(row.text(c)) for c in self.items[self.own]]
        half = self.own
        while half and not any(words) and self._filled(row, self.own) and not self._filled(row, half - 1):
            half -= 1
            words = [bare(row.text(c)) for c in self.items[half]]
        return words

    def is_part(self, row: Row) -> bool:
        """Whether a line says that it is a part of the line above (其中：…)."""
        return any(row.text(c).lstrip().startswith("其中") for c in self.items[self.own])

    def passes_on(self, row: Row) -> bool:
        """Whether the name that the block prints is merged over the half behind it, which holds the amounts."""
        if self._filled(row, self.own):
            return False
        for half in range(self.own + 1, len(self.items)):
            if any(row.text(c) for c in self.items[half]):
                return False
            if self._filled(row, half):
                return True
        return False

    def _filled(self, row: Row, half: int) -> bool:
        return any(c in row.cells for c in self.money[half])


def fixed_rows(
    index: int,
    table: Table,
    halves: Halves,
    fixed: Fixed,
    money: Mapping[str, Column],
    context: Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    """Match printed lines with the form's rows by name; a name that stands under several headings goes by its heading."""
    names = numbers_by_name(fixed, frozenset(_row_name(halves.words(row), "") for row in table.rows))
    position, heading = -1, ""
    for number, row in enumerate(table.rows):
        if halves.passes_on(row):
            continue
        words = halves.words(row)
        if len(words) == 2:
            heading = words[0] or heading
        word = _row_name(words, heading)
        word = word if word in names else _relative_year(word, context.year)
        filled = any(c.path in row.cells for c in money.values())
        if not word and not filled:
            continue
        known = [n for n in names.get(word, []) if n > position or not halves.is_part(row)]
        found = _pick(fixed, known, position, heading if len(words) == 2 else "")
        meant = None
        if found is not None:
            position = found
            meant = _in_force(fixed, fixed.rows[found], context.year)
        if meant is not None:
            yield from () if meant.aside else (RowMeaning(number, meant.path, word, meant.region, False),)
        elif found is None or filled:
            unknown.append((index, number, word or "（无名称）"))


_YEAR = regex(r"(20\d\d)年?度?(?=\D|\Z)")


def _relative_year(word: str, year: int | None) -> str:
    """A name that begins with the fiscal year or the one before, with 本年 or 上年 in its place; else the name itself."""
    found = _YEAR.match(word)
    if found is None or year is None or int(found[1]) not in (year, year - 1):
        return word
    return ("本年" if int(found[1]) == year else "上年") + word[found.end() :]


def _row_name(words: Sequence[str], heading: str) -> str:
    """The name that a line goes by; of two name columns (class and detail) the second, where it is no mere subtotal."""
    if len(words) != 2:
        return words[0] if words else ""
    first, second = words
    if second == "小计":
        return first or heading
    return second or first


def _in_force(fixed: Fixed, definition: RowDef, year: int | None) -> RowDef | None:
    """The row itself, or in place of a retired one the row that took over its region: both are parts of one amount."""
    if definition.in_year(year) and (year is not None or definition.until is None):
        return definition
    present = (r for r in fixed.rows if r.in_year(year) and r.heading == definition.heading and r.region == definition.region)
    return next((r for r in present if r is not definition), definition if year is None else None)


def _pick(fixed: Fixed, candidates: Sequence[int], position: int, heading: str) -> int | None:
    under = [c for c in candidates if heading and fixed.rows[c].heading.rpartition("/")[2] == heading]
    later = [c for c in (under or candidates) if c > position]
    best = later or under or list(candidates)
    return best[0] if best else None


def listed_rows(
    index: int,
    table: Table,
    block: Block,
    listed: Listed,
    printed: Mapping[str, Column],
    money: Mapping[str, Column],
    context: Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    """Give lines their region by key: totals, units that open a block, and what stands under them."""
    keys = {c.key: printed[c.path].path for c in reversed(block.columns) if c.kind is CellKind.KEY and c.path in printed}
    key_paths = [printed[c.path].path for c in block.columns if c.kind is CellKind.KEY and c.path in printed]
    text_paths = [printed[c.path].path for c in block.columns if c.kind is CellKind.TEXT and c.path in printed]
    unit: str | None = None
    own = {printed[c.path].path for c in block.columns if c.path in printed}
    for number, row in enumerate(table.rows):
        if row.key and not own & set(row.cells):
            continue
        words = {bare(row.text(p)) for p in key_paths or text_paths} - {""}
        named_total = bool(words & set(listed.totals))
        part = next((s for s in listed.subtotals if words & set(s[1])), None)
        if part is not None:
            meaning: RowMeaning | None = RowMeaning(number, f"#{part[0]}", part[0], part[2], False)
        elif row.key:
            if row.key.unit and not any((row.key.function, row.key.department, row.key.government, row.key.project)):
                unit = row.key.unit
            meaning = _keyed(number, row, row.key, unit, keys, context)
        elif not named_total and not any(c.path in row.cells for c in money.values()):
            continue
        elif named_total or (not words and ("" in listed.totals or not text_paths)):
            meaning = RowMeaning(number, f"#{number}", "合计", WHOLE, True)
        elif "project" in listed.axes and not any("project" in key for key in keys):
            name = plain(next((row.text(p) for p in text_paths if row.text(p)), ""))
            meaning = _of_project(number, name, None, context)
        else:
            meaning = None
        if meaning is None:
            unknown.append((index, number, "".join(sorted(words))))
        else:
            yield meaning


def outline_rows(
    table: Table, block: Block, listed: Listed, printed: Mapping[str, Column], money: Mapping[str, Column]
) -> Iterator[RowMeaning]:
    """Give lines their place below each other: a line lies in the nearest ones above it that fill a column further left."""
    columns = [printed[c.path].path for c in block.columns if c.kind is CellKind.KEY and c.path in printed]
    counts = [0] * len(columns)
    open_words = [""] * len(columns)
    section = WHOLE
    for number, row in enumerate(table.rows):
        words = [bare(row.text(c)) for c in columns]
        filled = [level for level, word in enumerate(words) if word]
        if not columns or (not filled and not any(c.path in row.cells for c in money.values())):
            continue
        if set(words) & set(listed.totals):
            yield RowMeaning(number, f"#{number}", "合计", WHOLE, True)
            continue
        levels = filled or [len(columns) - 1]
        again = _reprinted(words, open_words, filled)
        for level in levels[again:]:
            counts[level:] = [counts[level] + 1, *[0] * (len(columns) - level - 1)]
            open_words[level:] = [words[level], *[""] * (len(columns) - level - 1)]
        code = "".join(f"{count:03d}" for count in counts[: levels[-1] + 1])
        part = next((s for s in listed.subtotals if set(words) & set(s[1])), None)
        if part is not None:
            section = part[2]
            yield RowMeaning(number, f"#{part[0]}", part[0], section, False)
            continue
        section = WHOLE if levels[0] == 0 else section
        box = section.override(Box.of({OUTLINE: Selection(((code, True),))}))
        yield RowMeaning(number, code, words[levels[-1]] or "（无名称）", box, False)


def _reprinted(words: Sequence[str], above: Sequence[str], filled: Sequence[int]) -> int:
    """How many levels of a line, from the left, merely reprint the words that it stands under; its own is none of them."""
    count = 0
    while count < len(filled) - 1 and words[filled[count]] == above[filled[count]]:
        count += 1
    return count


def _keyed(number: int, row: Row, key: RowKey, unit: str | None, keys: Mapping[str, str], context: Context) -> RowMeaning | None:
    name = next((t for k in ("name", "project_name", "class_or_project") if (t := row.text(keys.get(k, "")))), "")
    owner = key.unit or unit
    kind = node_named(context.dialect.axes, "kind", row.text(keys.get("kind", "")))
    sides = {axis: Selection(((code, True),)) for axis in ("function", "department", "government") if (code := getattr(key, axis))}
    if key.department and not (key.function or key.government):
        sides["department"] = Selection(((_economic_class(key.department, name), True),))
    if owner:
        sides["unit"] = context.unit(owner)
    if kind:
        sides["kind"] = Selection(((kind, True),))
    box = Box.of(sides)
    project = ""
    if key.project:
        own = context.project(context.titles.get(key.project, plain(key.project)), owner, kind)
        if own is None:
            return None
        box = box.override(own)
        project = str(own.lookup["project"].single)
    printed = "→".join(c for c in (key.unit, key.function, key.department, key.government) if c)
    item = "|".join([owner or "", key.function or "", key.department or "", key.government or "", project or kind or ""])
    return RowMeaning(number, item, f"{printed}{name or key.project or ''}", box, False)


def _economic_class(code: str, name: str) -> str:
    """The class of a row; where its name contradicts the code, an item of the same class that is no other table's."""
    return f"{code[:3]}?{code[3:]}" if len(code) > 3 and codes.contradicts("department_economic", code, name) else code


def _of_project(number: int, name: str, unit: str | None, context: Context) -> RowMeaning | None:
    """A line that names a project and nothing else; None where several projects may be meant."""
    box = context.project(name, unit) if name else WHOLE
    return None if box is None else RowMeaning(number, name, name, box, False)


def project_of(index: int, table: Table, form: Form, printed: Mapping[str, Column], context: Context) -> Box:
    """The region of the project that a form about one project names in its fields, WHOLE for other forms.

    A name that is not read, or that several projects bear, still is one project's: the form says nothing of all projects together.
    """
    named = next((c for b in form.blocks if isinstance(b.rows, Fields) for c in b.columns if c.key == "project_name"), None)
    if named is None:
        return WHOLE
    path = printed[named.path].path if named.path in printed else ""
    name = next((plain(row.text(path)) for row in table.rows if row.text(path)), "")
    box = context.project(name, None) if name else None
    return box or Box.of({"project": Selection(((name or f"#{index}", True),))})


def field_rows(
    index: int,
    table: Table,
    form: Form,
    printed: Mapping[str, Column],
    money: Mapping[str, Column],
    context: Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    """Give the amounts of a form about one project their region: the project's."""
    columns = {c.key: printed[c.path].path for c in form.columns if c.key in ("project_name", "unit") and c.path in printed}
    for number, row in enumerate(table.rows):
        if not any(c.path in row.cells for c in money.values()):
            continue
        name = plain(row.text(columns.get("project_name", "")))
        meaning = _of_project(number, name, row.text(columns.get("unit", "")) or None, context)
        if meaning is None:
            unknown.append((index, number, name))
        else:
            yield meaning
