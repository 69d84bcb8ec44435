"""The words of a form's headings, indexed so that a printed label finds the headings it may be."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from mingsuan.dialects.forms import Block, ColumnDef, Form
from mingsuan.dialects.names import bare, undated
from mingsuan.patterns import regex
from mingsuan.values import dataclass

_BY = regex(r"\(按[^()]{2,16}\)$")
"""By which classes the rows below are listed: 项目（按支出功能科目类级）."""
LEAST = 0.5
"""Agreement below which a label is not taken for a name."""


@dataclass(frozen=True, slots=True)
class Node:
    """A heading of a form: a group or a leaf column.

    Attributes:
        path: names from the top joined by "/".
        names: bare names, its own first.
        first: index of its first leaf.
        last: index of its last leaf.
        depth: number of headings above it.
        leaf: it is a column.
    """

    path: str
    names: tuple[str, ...]
    first: int
    last: int
    depth: int
    leaf: bool


@dataclass(frozen=True)
class Lexicon:
    """The headings of some blocks of a form that stand side by side."""

    blocks: tuple[Block, ...]

    @cached_property
    def leaves(self) -> tuple[ColumnDef, ...]:
        """Leaf columns in order."""
        return tuple(c for b in self.blocks for c in b.columns)

    @cached_property
    def index(self) -> dict[str, int]:
        """Leaf path → its position among the leaves."""
        return {c.path: n for n, c in enumerate(self.leaves)}

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Groups and leaves, from left to right and from top to bottom."""
        groups = {p: n for b in self.blocks for p, n in b.groups.items()}
        for block in self.blocks:
            parts = block.name.split("/") if block.name else []
            groups |= {"/".join(parts[: n + 1]): (bare(part),) for n, part in enumerate(parts)}
        found = [Node(c.path, c.names, n, n, c.path.count("/"), True) for n, c in enumerate(self.leaves)]
        for path, names in groups.items():
            below = [n for n, c in enumerate(self.leaves) if c.path.startswith(f"{path}/")]
            if below:
                found.append(Node(path, names, below[0], below[-1], path.count("/"), False))
        return tuple(sorted(found, key=lambda n: (n.first, n.depth, n.last)))

    @cached_property
    def by_path(self) -> dict[str, Node]:
        """Headings by path."""
        return {n.path: n for n in self.nodes}

    @cached_property
    def _exact(self) -> dict[str, tuple[Node, ...]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            for name in dict.fromkeys(node.names):
                found.setdefault(name, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}

    @cached_property
    def _cache(self) -> dict[tuple[str, str], tuple[tuple[Node, float], ...]]:
        return {}

    def find(self, label: str, relative: str = "") -> tuple[tuple[Node, float], ...]:
        """The headings that a printed label may be, each with how well the words agree (0.5 … 1).

        Args:
            label: as printed.
            relative: the same with 本年 and 上年 for the years, if the table compares years.
        """
        found = self._cache.get((label, relative))
        if found is None:
            found = self._cache[label, relative] = self._find(label, relative)
        return found

    def _find(self, label: str, relative: str) -> tuple[tuple[Node, float], ...]:
        words = bare(label)
        exact = (
            self._exact.get(words) or self._exact.get(relative) or self._exact.get(undated(label)) or self._exact.get(_BY.sub("", words))
        )
        if exact is not None:
            return tuple((node, 1.0) for node in exact)
        scored = ((node, agreement(words, node.names)) for node in self.nodes)
        return tuple((node, score) for node, score in scored if score >= LEAST)

    def knows(self, label: str) -> bool:
        """Whether a label is one of the headings."""
        return bool(self.find(label))


def lexicon(form: Form) -> Lexicon:
    """The headings of a form whose blocks stand side by side."""
    return Lexicon(form.blocks)


@lru_cache(maxsize=65536)
def agreement(words: str, names: Sequence[str]) -> float:
    """How well bare words agree with a heading that has some bare names: 1 same, 0.8 cut off, 0.6 a slip of the pen, 0 not."""
    best = 0.0
    for name in names:
        if words == name:
            return 1.0
        if len(words) >= 4 and 2 * len(words) >= len(name) and name.startswith(words):
            best = max(best, 0.8)
        elif best < 0.6 and min(len(words), len(name)) >= 5 and abs(len(words) - len(name)) <= 2 and _is_slip(words, name):
            best = 0.6
    return best


def _is_slip(words: str, name: str) -> bool:
    """Whether two names differ in one or two characters out of many."""
    shared = len(set(words) & set(name))
    if shared < 0.7 * len(set(name)):
        return False
    return SequenceMatcher(None, words, name, autojunk=False).ratio() >= 0.85
