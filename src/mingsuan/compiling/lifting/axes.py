"""The codes that lines of a lifted ledger may have: those that the disclosure prints, paired as the official correspondence pairs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mingsuan import codes
from mingsuan.codes.correspondence import pairings
from mingsuan.ledger import Axes, Box, NamedTree, Selection, Tree
from mingsuan.model import Disclosure
from mingsuan.values import dataclass

SPENT = "支出"
OTHER_SPENDING = "302"
"""The department class of spending of which no class is told."""
UNLISTED = 500
"""What a unit of money in no printed project costs: more than to leave rounding, less than to miss an amount."""


class Option(NamedTuple):
    """What a line may be on one axis, or on several that go together.

    Attributes:
        codes: by axis.
        cost: how unlikely it is, 0 for what is printed.
    """

    codes: Mapping[str, str]
    cost: int = 0


@dataclass(frozen=True)
class Choices:
    """All options of the axes of one year and measure."""

    units: tuple[Option, ...]
    functions: tuple[Option, ...]
    pairs: tuple[Option, ...]
    kinds: tuple[Option, ...]
    projects: tuple[Option, ...]
    funds: tuple[Option, ...]
    origins: tuple[Option, ...]
    posts: tuple[Option, ...]
    left: tuple[Option, ...]
    """What money that is not spent is used for: carried out."""

    def boxes(self) -> Iterator[Box]:
        """A box for every option, so that each is an atom of its own."""
        for options in (self.functions, self.pairs, self.projects, self.units):
            for option in options:
                yield Box.of({axis: Selection(((code, True),)) for axis, code in option.codes.items() if code})


def choices(axes: Axes, regions: Sequence[Box], silent: Sequence[Box], disclosure: Disclosure, usual: str) -> Choices:
    """The options that regions with an amount tell.

    Args:
        axes: of the dialect.
        regions: of the figures that print an amount.
        silent: of the figures that print none.
        disclosure: tells which units there are.
        usual: the fund of most of this year's money, where the figures are of another year or measure: of those little is told,
            and what is not told has no code; "" for this year's budget itself.
    """
    kinds = _leaves(axes, "kind")
    projected = [k for k in kinds if "项目" in axes["kind"].path(k)] if "kind" in axes else []
    return Choices(
        units=tuple(Option({"unit": code}) for code in unit_codes(disclosure)),
        functions=_or_none(
            [Option({"function": c}) for c in _deepest(axes["function"], _nodes(regions, "function")) or ("",)], ("function",), usual
        ),
        pairs=_or_none(list(_pairs(axes, regions)), ("department", "government"), usual),
        kinds=_or_none([Option({"kind": k}) for k in kinds or [""]], ("kind",), usual),
        projects=tuple(_projects(regions, projected)),
        funds=tuple(_preferring(axes, "fund", {usual} if usual else _exact(regions, "fund"))),
        origins=tuple(_preferring(axes, "origin", _exact(regions, "origin"))),
        posts=tuple(Option({"post": post}) for post in _posts(axes, [*regions, *silent])),
        left=tuple(Option({"use": u}, 1) for u in _leaves(axes, "use") if u != SPENT),
    )


def _or_none(options: Sequence[Option], axes: Sequence[str], usual: str) -> tuple[Option, ...]:
    """The options, and having no code where little is told; codes are then for what is told of them."""
    if not usual:
        return tuple(options)
    return (Option(dict.fromkeys(axes, "")), *(o._replace(cost=o.cost + 1) for o in options if any(o.codes.values())))


def unit_codes(disclosure: Disclosure) -> tuple[str, ...]:
    """The units that tables list and that contain no other listed unit."""
    listed = sorted({row.key.unit for t in disclosure.tables for row in t.rows if row.key and row.key.unit})
    found = tuple(c for c in listed if not any(o != c and o.startswith(c) for o in listed))
    return found or ("001001",)


def _leaves(axes: Axes, axis: str) -> list[str]:
    tree = axes.trees.get(axis)
    return list(tree.leaves()) if isinstance(tree, NamedTree) else []


def _exact(regions: Iterable[Box], axis: str) -> set[str]:
    """The codes that some region selects alone."""
    return {code for r in regions if (code := _single(r, axis))}


def _preferring(axes: Axes, axis: str, usual: Collection[str]) -> Iterator[Option]:
    """All leaves, the usual ones first; where none is known, the first leaf of the tree is what most money is."""
    leaves = _leaves(axes, axis) or [""]
    known = {leaf for leaf in leaves if leaf in usual} or {leaves[0]}
    yield from (Option({axis: leaf}, 0 if leaf in known else 1) for leaf in leaves)


def _nodes(regions: Iterable[Box], axis: str) -> set[str]:
    """The codes that regions select on an axis."""
    return {node for r in regions if axis in r.lookup for node, inside in r.lookup[axis].marks if inside and node}


def _deepest(tree: Tree, nodes: set[str]) -> tuple[str, ...]:
    above = {ancestor for node in nodes for ancestor in tree.path(node)[1:]}
    return tuple(sorted(nodes - above))


def _pairs(axes: Axes, regions: Sequence[Box]) -> Iterator[Option]:
    """Printed pairs; for a class without one, what the correspondence pairs it with; for a class of classes, its 其他."""
    if not {"department", "government"} <= set(axes.trees):
        yield Option({})
        return
    printed = {(d, g) for r in regions if (d := _single(r, "department")) and (g := _single(r, "government")) and len(d) > 3 and len(g) > 3}
    yield from (Option({"department": d, "government": g}) for d, g in sorted(printed))
    mentioned = _nodes(regions, "department")
    known = {d for d, _ in printed}
    alone = sorted(d for d in mentioned if len(d) > 3 and d not in known)
    yield from (Option({"department": d, "government": g}, 1) for d in alone for g in _governments(d))
    heads = {d[:3] for d in (*known, *alone)}
    for head in sorted(({d for d in mentioned if len(d) == 3} or set() if heads else {*mentioned, OTHER_SPENDING}) - heads):
        department = f"{head}99" if f"{head}99" in pairings() else next((d for d in pairings() if d.startswith(head)), head)
        yield from (Option({"department": department, "government": g}, 2) for g in _governments(department))


def _governments(department: str) -> list[str]:
    """What offices pay a class through, or institutions where offices have none."""
    code = department.replace("?", "")
    known = dict.fromkeys(g for n in ("行政", "事业") if (g := codes.government_for(code, n)))
    return [next(iter(known), "")]


def _single(region: Box, axis: str) -> str | None:
    return region.lookup[axis].single if axis in region.lookup else None


def _projects(regions: Sequence[Box], kinds: Sequence[str]) -> Iterator[Option]:
    """Printed projects with the unit and kind that are known of each; spending of no printed project under each kind."""
    told: dict[str, dict[str, str]] = {}
    for region in regions:
        name = _single(region, "project")
        if name:
            own = told.setdefault(name, {})
            own.update({axis: code for axis in ("unit", "kind") if (code := _single(region, axis))})
    for name, own in sorted(told.items()):
        exact = [own["kind"]] if own.get("kind") in kinds else list(kinds)
        fixed = {"unit": own["unit"]} if "unit" in own else {}
        yield from (Option({"project": name, "kind": kind, **fixed}) for kind in exact)
    yield from (Option({"project": "", "kind": kind}, UNLISTED) for kind in kinds)


def _posts(axes: Axes, regions: Sequence[Box]) -> Iterator[str]:
    """The natures of posts where some region tells them apart, for spending that keeps offices and people; "" for all other money."""
    yield ""
    if any("post" in r.lookup for r in regions):
        yield from _leaves(axes, "post")
