"""The lines of blocks that stand side by side in a form."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.filling.lines import LaidLine
from mingsuan.dialects.forms import Block, Fixed, Form


def side_by_side(form: Form, blocks: Sequence[Sequence[LaidLine]]) -> tuple[LaidLine, ...]:
    """Lines of blocks that stand beside each other, closing totals on the last lines.

    A line of several blocks has no key: keys are those of blocks that stand alone.
    """
    if len(blocks) == 1:
        return tuple(blocks[0])
    height = max(len(b) for b in blocks)
    placed = [_spread(lines, _closing(block), height) for lines, block in zip(blocks, form.blocks, strict=True)]
    return tuple(_beside([p[n] for p in placed]) for n in range(height))


def _closing(block: Block) -> int:
    """How many rows close a block: from the first total that has no rows of its own below it."""
    if not isinstance(block.rows, Fixed):
        return 0
    totals = {s.total for s in block.rows.sums} - {r.heading for r in block.rows.rows}
    rows = block.rows.rows
    return next((len(rows) - n for n, r in enumerate(rows) if r.path in totals), 0)


def _spread(lines: Sequence[LaidLine], closing: int, height: int) -> list[LaidLine | None]:
    """A block's lines from the top, its closing rows at the bottom."""
    gap: list[LaidLine | None] = [None] * (height - len(lines))
    cut = len(lines) - closing
    return [*lines[:cut], *gap, *lines[cut:]]


def _beside(lines: Sequence[LaidLine | None]) -> LaidLine:
    present = [line for line in lines if line is not None]
    return LaidLine({p: t for line in present for p, t in line.texts.items()}, open=tuple(p for line in present for p in line.open))
