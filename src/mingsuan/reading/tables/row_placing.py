"""Where the cells of a single row belong: under the page's columns, or elsewhere where they do not suit these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mingsuan.reading.tables.columns import Page, Placement
from mingsuan.reading.tables.content import fit
from mingsuan.reading.tables.lines import Line
from mingsuan.values import dataclass

STRANGE = -0.6
"""Fit at or below which a cell does not suit its column."""
MAX_SEARCHES = 100
"""Rows of a page that are looked at by themselves; a page with more shapes of shifted rows is damaged beyond repair."""


@dataclass
class RowPlacer:
    """Places the rows of a page one by one; a row whose cells do not suit the page's columns is looked at by itself."""

    page: Page
    placement: Placement
    _seen: dict[tuple[tuple[int, ...], ...], Mapping[int, int]] = field(default_factory=dict)

    def place(self, line: Line) -> tuple[Mapping[int, int], str]:
        """Where the cells of one row belong, and how that was put right, "" if it was not."""
        base = self.placement.leaves
        leaves = self.page.heading.lexicon.leaves
        strange = [j for j in line.filled if self._is_strange(j, line.texts[j])]
        if not strange or not base:
            return base, ""
        looks = tuple((j, *(round(10 * fit(leaf, line.texts[j])) for leaf in leaves)) for j in line.filled)
        if looks not in self._seen:
            if len(self._seen) >= MAX_SEARCHES:
                return base, ""
            self._seen[looks] = self._searched(line)
        found = self._seen[looks]
        return (base, "") if found is base else (found, f"{line.place}各格与表头错位，已按内容归位")

    def _is_strange(self, column: int, text: str) -> bool:
        """Whether a cell does not suit its column, or has none and does not stand under a name that the form does not know either."""
        leaf = self.placement.leaves.get(column)
        if leaf is None:
            return not self.page.leaves_out(column)
        return fit(self.page.heading.lexicon.leaves[leaf], text) <= STRANGE

    def _searched(self, line: Line) -> Mapping[int, int]:
        """The placement of a row by itself where that is clearly better, else the page's own."""
        base = self.placement.leaves
        alone = Page(self.page.heading, [line.texts], self.page.width, {leaf: j for j, leaf in base.items()}).search()
        if alone is None or len(alone.leaves) < len(line.filled):
            return base
        return alone.leaves if self._suits(alone.leaves, line) > self._suits(base, line) + 1.0 else base

    def _suits(self, at: Mapping[int, int], line: Line) -> float:
        leaves = self.page.heading.lexicon.leaves
        return sum(fit(leaves[at[j]], line.texts[j]) if j in at else -1.0 for j in line.filled)
