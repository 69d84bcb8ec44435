"""What the printed lines of a list stand for: by their keys, or by their place below each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan import codes
from mingsuan.dialects.forms import OUTLINE, Listed
from mingsuan.dialects.meaning.block import FoundBlock, UnknownLine
from mingsuan.dialects.meaning.context import Context, node_named
from mingsuan.dialects.meaning.figures import UNNAMED, RowMeaning
from mingsuan.dialects.meaning.named_units import NamedUnits
from mingsuan.dialects.meaning.projects import of_project
from mingsuan.dialects.names import bare, plain
from mingsuan.ledger import WHOLE, Box
from mingsuan.ledger.trees import Selection
from mingsuan.model import CellKind, Row


def listed_rows(found: FoundBlock, listed: Listed) -> Iterator[RowMeaning | UnknownLine]:
    """Give lines their region by key: totals, units that open a block, and what stands under them."""
    keys = found.paths_by_key
    key_paths, text_paths, own = found.paths(CellKind.KEY), found.paths(CellKind.TEXT), set(found.paths())
    unit: str | None = None
    named = NamedUnits.of(found, listed)
    for number, row in enumerate(found.table.rows):
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
            meaning = _keyed(number, row, unit, keys, found.context)
        elif not named_total and not found.has_amount(row):
            continue
        elif named_total or (not words and ("" in listed.totals or not text_paths)):
            meaning = RowMeaning(number, f"#{number}", "合计", WHOLE, True)
        elif "project" in listed.axes and not any("project" in key for key in keys):
            name = plain(next((row.text(p) for p in text_paths if row.text(p)), ""))
            meaning = of_project(number, name, None, found.context)
        else:
            meaning = named.meaning(number, row)
        if meaning is None:
            yield UnknownLine(number, "".join(sorted(words)))
        else:
            yield meaning


def outline_rows(found: FoundBlock, listed: Listed) -> Iterator[RowMeaning]:
    """Give lines their place below each other: a line lies in the nearest ones above it that fill a column further left."""
    columns, said = found.paths(CellKind.KEY), found.paths(CellKind.KEY, CellKind.TEXT)
    counts = [0] * len(columns)
    open_words = [""] * len(columns)
    section = WHOLE
    for number, row in enumerate(found.table.rows):
        words = [bare(row.text(c)) for c in columns]
        filled = [level for level, word in enumerate(words) if word]
        if not columns or (not filled and not found.has_amount(row)):
            continue
        if {bare(row.text(c)) for c in said} & set(listed.totals):
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
        yield RowMeaning(number, code, words[levels[-1]] or UNNAMED, box, False)


def _reprinted(words: Sequence[str], above: Sequence[str], filled: Sequence[int]) -> int:
    """How many levels of a line, from the left, merely reprint the words that it stands under; its own is none of them."""
    count = 0
    while count < len(filled) - 1 and words[filled[count]] == above[filled[count]]:
        count += 1
    return count


def _keyed(number: int, row: Row, unit: str | None, keys: Mapping[str, str], context: Context) -> RowMeaning | None:
    """The region of a row with a key; None where several projects may be meant."""
    key = row.key
    assert key is not None
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
