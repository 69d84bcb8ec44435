"""What the rows of all tables tell about the units and projects of a disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import bare, plain
from mingsuan.ledger import Axes, Box, UnknownNode
from mingsuan.ledger.trees import FULL, Selection
from mingsuan.model import Disclosure, RowKey
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Context:
    """What the rows of all tables tell about units and projects.

    Attributes:
        roots: units that no listed unit contains.
        projects: a project's name → the (unit, kind) pairs that the list of projects prints for it.
        titles: a project's code → its name; a summary prints the name on the first of a project's rows only.
        named: the names of all projects that some table prints.
        units: the names of units that some table prints beside their codes.
    """

    dialect: Dialect
    year: int | None
    roots: frozenset[str]
    projects: Mapping[str, tuple[tuple[str | None, str | None], ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)

    def printed(self, name: str) -> str | None:
        """A project as some table prints it, where the narrative names it with or without a closing 项目; None if none does."""
        return next((n for n in (plain(name), plain(name).removesuffix("项目")) if n in self.named), None)

    def unit(self, code: str) -> Selection:
        """The department's own code, where the tables have one root, stands for all units."""
        return FULL if self.roots == {code} else Selection(((code, True),))

    def project(self, name: str, unit: str | None, kind: str | None = None) -> Box | None:
        """The box of a project: a project fixes its unit and its kind where the list of projects tells them.

        A name that the list has once is that project, also under another unit: a summary that lost a unit's row still
        shows its projects. None where several projects of that name may be meant.
        """
        known = self.projects.get(name, ())
        meant = known if len(known) == 1 else [k for k in known if _may_be(unit, k[0]) and kind in (None, k[1])]
        if len(meant) > 1:
            return None
        owner, kind = meant[0] if meant else (unit, kind)
        code = name if len(known) < 2 else f"{name}@{owner}"
        if [k[0] for k in known].count(owner) > 1:
            code = f"{code}@{kind}"
        sides: dict[str, Selection] = {}
        if owner:
            sides["unit"] = self.unit(owner)
        if kind:
            sides["kind"] = Selection(((kind, True),))
        sides["project"] = Selection(((code, True),))
        return Box.of(sides)


def _may_be(unit: str | None, owner: str | None) -> bool:
    """Whether a project said to be of `unit` may be the one that the list of projects prints for `owner` (one may contain the other)."""
    return unit is None or owner is None or unit.startswith(owner) or owner.startswith(unit)


def context_of(disclosure: Disclosure, dialect: Dialect) -> Context:
    """What the rows of a disclosure's tables tell."""
    codes = {row.key.unit for t in disclosure.tables for row in t.rows if row.key and row.key.unit and not row.key.project}
    roots = frozenset(c for c in codes if not any(c != o and c.startswith(o) for o in codes))
    titles: dict[str, str] = {}
    named: set[str] = set()
    projects: dict[str, list[tuple[str | None, str | None]]] = {}
    units: dict[str, set[str]] = {}
    for table in disclosure.tables:
        form = dialect.by_kind.get(table.kind)
        if form is None:
            continue
        by_key = {d.key: c.path for c in table.columns if (d := form.by_path.get(c.form or "")) and d.key}
        for row in table.rows:
            if name := row.text(by_key.get("project_name", "")):
                named.add(plain(name))
            if row.key and row.key == RowKey(unit=row.key.unit) and (name := row.text(by_key.get("name", ""))):
                units.setdefault(bare(name), set()).add(row.key.unit or "")
            if not (row.key and row.key.project):
                continue
            if "project_name" not in by_key and (name := row.text(by_key.get("name", ""))):
                titles.setdefault(row.key.project, plain(name))
            if table.kind == "project_expenditure":
                entry = (row.key.unit, node_named(dialect.axes, "kind", row.text(by_key.get("kind", ""))))
                known = projects.setdefault(plain(row.key.project), [])
                if entry not in known:
                    known.append(entry)
    coded = {name: next(iter(found)) for name, found in units.items() if len(found) == 1}
    listed = {name: tuple(found) for name, found in projects.items()}
    return Context(dialect, disclosure.year, roots, listed, titles, frozenset(named), coded)


def node_named(axes: Axes, axis: str, name: str) -> str | None:
    """The node that a printed name means on an axis, None where it means none."""
    if not name or axis not in axes:
        return None
    try:
        return axes[axis].resolve(name)
    except UnknownNode:
        return None
