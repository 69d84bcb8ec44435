"""Trees of codes and the sets of leaves that node expressions select on them.

A tree is *closed* when its children are all there is (fund, origin, use) and *open* when more codes may
exist than are known (functions, economic classes, projects). A `Selection` marks nodes as in or out; the
deepest mark above a leaf decides. Such selections are closed under union, intersection and difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Protocol

from mingsuan.values import dataclass

ROOT = ""
"""The node above all others of every tree."""

SPENDING_AXES = ("function", "department", "government", "kind", "project")
"""A kind, a function, a class or a project is one of spending: it fixes use = 支出."""


class UnknownNode(Exception):
    """A node expression names an axis or a node that there is not."""

    def __init__(self, axis: str, node: str, known: Iterable[str]) -> None:
        """Say which nodes the tree has."""
        super().__init__(f"“{axis}”没有“{node}”这一项；可用的有：{'、'.join(sorted(known))}")
        self.axis, self.node = axis, node


class IllFormed(UnknownNode):
    """A node expression is not names joined by signs."""

    def __init__(self, axis: str, expression: str) -> None:
        """Say how an expression is written."""
        Exception.__init__(self, f"“{axis}”的“{expression}”不成式，应为用空格隔开的“名称 + 名称”或“名称 - 名称”")
        self.axis, self.node = axis, expression


class Tree(Protocol):
    """What the algebra needs of a tree."""

    @property
    def axis(self) -> str:
        """Its name."""
        ...

    @property
    def closed(self) -> bool:
        """Whether the children of a node are all there is of it."""
        ...

    def path(self, code: str) -> tuple[str, ...]:
        """The code and its ancestors, nearest first, ending with `ROOT`."""
        ...

    def children(self, code: str) -> tuple[str, ...]:
        """The known children of a node; () for every node of an open tree."""
        ...

    def resolve(self, name: str) -> str:
        """The code that a name in a node expression means.

        Raises:
            UnknownNode: the tree is closed and has no such node.
        """
        ...


@dataclass(frozen=True)
class PrefixTree:
    """An open tree whose codes nest by prefix: 2010301 ⊂ 20103 ⊂ 201.

    Attributes:
        axis: its name.
        lengths: code lengths that are levels, ascending; () for a flat axis.
    """

    axis: str
    lengths: tuple[int, ...] = ()

    @property
    def closed(self) -> bool:
        """Always open."""
        return False

    def path(self, code: str) -> tuple[str, ...]:
        """The code and its prefixes of level length."""
        return (code, *(code[:n] for n in reversed(self.lengths) if n < len(code)), ROOT) if code else (ROOT,)

    def children(self, code: str) -> tuple[str, ...]:
        """Open: none are known."""
        return ()

    def resolve(self, name: str) -> str:
        """Any code is a node."""
        return name


@dataclass(frozen=True)
class NamedTree:
    """A closed tree of names.

    Attributes:
        axis: its name.
        parents: name → parent name (`ROOT` for the first level).
        aliases: other names of a node.
    """

    axis: str
    parents: Mapping[str, str]
    aliases: Mapping[str, str]

    @property
    def closed(self) -> bool:
        """Always closed."""
        return True

    def path(self, code: str) -> tuple[str, ...]:
        """The node and its ancestors."""
        found = [code]
        while found[-1] != ROOT:
            found.append(self.parents[found[-1]])
        return tuple(found)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for name, parent in self.parents.items():
            below.setdefault(parent, []).append(name)
        return {parent: tuple(names) for parent, names in below.items()}

    def children(self, code: str) -> tuple[str, ...]:
        """All children of a node."""
        return self._children.get(code, ())

    def leaves(self, code: str = ROOT) -> tuple[str, ...]:
        """All leaves under a node, itself if it is one."""
        below = self.children(code)
        return tuple(leaf for child in below for leaf in self.leaves(child)) if below else (code,)

    def resolve(self, name: str) -> str:
        """A name or alias of the tree."""
        code = self.aliases.get(name, name)
        if code and code not in self.parents:
            raise UnknownNode(self.axis, name, [*self.parents, *self.aliases])
        return code


@dataclass(frozen=True)
class Selection:
    """A set of leaves of one tree.

    Attributes:
        marks: (node, in or out) sorted by node; no mark repeats what is above it. The root is out unless marked.
    """

    marks: tuple[tuple[str, bool], ...]

    @cached_property
    def _lookup(self) -> dict[str, bool]:
        return dict(self.marks)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.marks)

    def nodes(self) -> Iterable[str]:
        """The marked nodes."""
        return self._lookup

    def covers(self, tree: Tree, code: str) -> bool:
        """Whether the leaf or subtree `code` lies in the selection (for inner nodes: at the node's own level)."""
        for node in tree.path(code):
            if node in self._lookup:
                return self._lookup[node]
        return False

    @property
    def single(self) -> str | None:
        """The node that this selection is the whole subtree of, None for other selections."""
        return self.marks[0][0] if len(self.marks) == 1 and self.marks[0][1] else None


FULL = Selection(((ROOT, True),))
EMPTY = Selection(())


def select(tree: Tree, marks: Mapping[str, bool]) -> Selection:
    """The canonical selection of some marks: closed trees are reduced to leaves, redundant marks are dropped."""
    if isinstance(tree, NamedTree):
        return _select_closed(tree, marks)
    kept = {}
    for node, inside in marks.items():
        above = next((marks[a] for a in tree.path(node)[1:] if a in marks), False)
        if inside != above:
            kept[node] = inside
    return Selection(tuple(sorted(kept.items())))


def _select_closed(tree: NamedTree, marks: Mapping[str, bool]) -> Selection:
    raw = Selection(tuple(sorted(marks.items())))
    leaves = tree.leaves()
    chosen = [leaf for leaf in leaves if raw.covers(tree, leaf)]
    if len(chosen) == len(leaves):
        return FULL
    chosen_set = set(chosen)
    tops: list[tuple[str, bool]] = []

    def climb(node: str) -> None:
        below = tree.leaves(node)
        if all(leaf in chosen_set for leaf in below):
            tops.append((node, True))
        elif any(leaf in chosen_set for leaf in below):
            for child in tree.children(node):
                climb(child)

    climb(ROOT)
    return Selection(tuple(sorted(tops)))


def combine(tree: Tree, left: Selection, right: Selection, keep: tuple[bool, bool, bool, bool]) -> Selection:
    """Boolean combination; `keep` is the truth table for (out,out), (out,in), (in,out), (in,in)."""
    nodes = {ROOT, *left.nodes(), *right.nodes()}
    return select(tree, {n: keep[2 * left.covers(tree, n) + right.covers(tree, n)] for n in nodes})


INTERSECTION = (False, False, False, True)
UNION = (False, True, True, True)
DIFFERENCE = (False, False, True, False)


def parse_selection(tree: Tree, expression: str) -> Selection:
    """Read a node expression: `301 + 303`, `一般公共预算 - 提前告知转移支付`, `全部`.

    A minus stands between blanks, since names and years ("-1") may hold one; names hold no blank and no plus.

    Raises:
        UnknownNode: a name is not in a closed tree.
        IllFormed: names and signs do not alternate.
    """
    result = EMPTY
    operation: tuple[bool, bool, bool, bool] | None = UNION
    for token in re.sub(r"[+＋，,]", " + ", expression).split():
        if token in ("+", "-"):
            if operation is not None:
                raise IllFormed(tree.axis, expression)
            operation = UNION if token == "+" else DIFFERENCE
            continue
        if operation is None:
            raise IllFormed(tree.axis, expression)
        node = ROOT if token == "全部" else tree.resolve(token)
        result = combine(tree, result, Selection(((node, True),)), operation)
        operation = None
    if operation is not None:
        raise IllFormed(tree.axis, expression)
    return result


@dataclass(frozen=True)
class Axes:
    """The trees of a dialect, by axis name.

    Attributes:
        spending: axes of which a code is one of spending, so that it fixes use = 支出. In a final account money that is
            carried out has a function too.
    """

    trees: Mapping[str, Tree]
    spending: tuple[str, ...] = SPENDING_AXES
    _read: dict[tuple[str, str], Selection] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, axis: str) -> Tree:
        return self.trees[axis]

    def __contains__(self, axis: object) -> bool:
        return axis in self.trees

    def selection(self, axis: str, expression: str) -> Selection:
        """Read a node expression of one axis.

        Raises:
            UnknownNode: the axis or a node of a closed tree does not exist.
        """
        found = self._read.get((axis, expression))
        if found is None:
            if axis not in self.trees:
                raise UnknownNode("轴", axis, self.trees)
            found = self._read[axis, expression] = parse_selection(self.trees[axis], expression)
        return found
