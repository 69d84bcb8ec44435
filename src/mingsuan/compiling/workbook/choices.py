"""What may be chosen in the workbook: units, projects, official classes of the year, nodes of the dialect's trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mingsuan import codes
from mingsuan.codes.packaged import rows as packaged_rows
from mingsuan.compiling.book import Book
from mingsuan.compiling.telling.sections import HEADINGS, REASONS
from mingsuan.dialects.dialect import Dialect
from mingsuan.ledger import NamedTree

_CLASSES: Mapping[str, tuple[str, int]] = {
    "functions": ("function", 7),
    "departments": ("department_economic", 5),
    "governments": ("government_economic", 5),
}
"""Classification and number of digits of the lists of official classes."""
_COUNTED = (
    "单价50万元以上通用设备",
    "单价100万元以上专用设备",
    "办公用房",
)


def choices_of(book: Book, dialect: Dialect) -> Mapping[str, Sequence[str]]:
    """The words of every list, codes as “code name”, the way they stand in cells."""
    units = [labelled(u.code, u.name) for u in book.units]
    return {
        "units": units,
        "any_units": [labelled(book.department.code, book.department.name), *units],
        "projects": [labelled(p.code, p.name) for p in book.projects],
        "funds": nodes(dialect, "fund"),
        "origins": nodes(dialect, "origin"),
        "kinds": nodes(dialect, "kind"),
        "project_kinds": below(dialect, "kind", "项目"),
        "measures": nodes(dialect, "measure"),
        "headings": list(HEADINGS),
        "reasons": list(REASONS),
        "holdings": [*vehicle_uses(dialect), *_COUNTED],
        **{name: classes(name, book.year) for name in _CLASSES},
    }


def labelled(code: str, name: str) -> str:
    """A code with its name as cells show it: 30101 基本工资."""
    return f"{code} {name}".strip()


def nodes(dialect: Dialect, axis: str) -> list[str]:
    """All nodes of a tree, from the top."""
    tree = dialect.axes[axis]
    return list(tree.parents) if isinstance(tree, NamedTree) else []


def below(dialect: Dialect, axis: str, node: str) -> list[str]:
    """The nodes below one, or itself where there are none."""
    tree = dialect.axes[axis]
    if not isinstance(tree, NamedTree) or node not in tree.parents:
        return []
    return [n for n in tree.parents if n != node and node in tree.path(n)] or [node]


def vehicle_uses(dialect: Dialect) -> list[str]:
    """Uses of vehicles that the dialect's sentences tell apart."""
    from mingsuan.dialects.sentences.sentences import load_sentences

    templates = load_sentences(dialect.folders).of("车辆")
    uses = [s.measure for t in templates for s in t.slots.values() if s.unit == "辆" and s.measure != "车辆总数"]
    return list(dict.fromkeys(uses))


@lru_cache(maxsize=64)
def classes(name: str, year: int) -> tuple[str, ...]:
    """The official classes of a year, the lowest level, as “code name”."""
    kind, digits = _CLASSES[name]
    found = dict.fromkeys(row[0] for row in packaged_rows(kind) if len(row[0]) == digits)
    known = ((code, codes.lookup(kind, code, year or 2024)) for code in sorted(found))
    return tuple(labelled(code, entry.name) for code, entry in known if entry is not None)


def named(name: str, code: str, year: int) -> str:
    """How a cell shows a code of a list of official classes."""
    entry = codes.lookup(_CLASSES[name][0], code, year or 2024) if code else None
    return labelled(code, entry.name) if entry is not None else code
