"""Tables of which only the title was read: an empty one is often printed without rules, as a header and a note."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from mingsuan.dialects.names import bare
from mingsuan.model import Unrecognised
from mingsuan.reading.document import Block, Paragraph
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.notes import is_empty_note
from mingsuan.reading.tables.titles import LONGEST_TITLE, is_department, is_unit

WHY = "印有标题，没有读到表格：可能是没有画线的空表"
_AHEAD = 40
"""Lines under a title among which its unit, department or note stands: the header of an empty table is one line for each cell."""


def titles_alone(blocks: Sequence[Block], listed: Collection[str], read: Collection[str]) -> Iterator[Unrecognised]:
    """What of the parts that hold tables is the title of one that the list of contents names, but has no cells.

    Args:
        blocks: paragraphs and grids of those parts.
        listed: entries of the list of contents.
        read: titles of the tables that were found.
    """
    names = tuple(name for name in map(bare, listed) if name.endswith("表"))
    known = set(map(bare, read))
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _is_title(block) or bare(block.text) in known:
            continue
        if bare(block.text).endswith(names) and _stands_alone(blocks[number + 1 : number + 1 + _AHEAD]):
            yield Unrecognised(f"表“{compact(block.text)}”", WHY, block.place)


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) <= LONGEST_TITLE and bare(block.text).endswith("表")


def _stands_alone(below: Sequence[Block]) -> bool:
    """Whether what stands over a table follows a title and no cells do before the next title."""
    under = list(takewhile(lambda block: not _is_title(block), below))
    texts = [block.text for block in under if isinstance(block, Paragraph)]
    return len(texts) == len(under) and any(is_unit(t) or is_department(t) or is_empty_note(t) for t in texts)
