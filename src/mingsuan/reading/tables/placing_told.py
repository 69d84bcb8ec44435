"""What was put right when the cells of a table were placed under its header, one sentence each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingsuan.reading.tables.columns import Page, Placement
from mingsuan.reading.tables.headings import Heading


def moved_told(page: Page, placement: Placement) -> str:
    """What a page's placement changes against the header's positions, as a clause; "" if nothing."""
    at = {column: leaf for leaf, column in page.positions.items()}
    moved = [j for j, leaf in placement.leaves.items() if at.get(j, leaf) != leaf]
    if not moved:
        return ""
    names = "、".join(page.heading.lexicon.leaves[placement.leaves[j]].path for j in moved[:3])
    return f"有{len(moved)}列与表头错位，已按内容和合计关系归位（{names}{'等' if len(moved) > 3 else ''}）"


def heading_told(heading: Heading, used: Sequence[int], positions: Mapping[int, int]) -> list[str]:
    """What was put right in the header, one sentence each."""
    found: list[str] = []
    shifted = []
    for leaf, column in positions.items():
        label = heading.printed[heading.lexicon.leaves[leaf].path]
        if label.column != column:
            shifted.append(label)
    for node in heading.lexicon.nodes:
        group = heading.printed.get(node.path)
        starts = [positions[n] for n in range(node.first, node.last + 1) if n in positions]
        if group is not None and not node.leaf and starts and group.column != min(starts):
            shifted.append(group)
    for row in dict.fromkeys(label.place for label in shifted):
        words = "、".join(label.text for label in shifted if label.place == row)
        found.append(f"{row}表头“{words}”错位，已归到所辖各列之上")
    lost = [heading.lexicon.leaves[leaf].path for leaf in used if not heading.is_printed(leaf)]
    return found + [f"表头没有印“{path}”，该列有内容，已按表样补出" for path in lost]
