"""What all programs share: the page, the font, and how large a table is set."""

from __future__ import annotations

from bench.typesetting.looks import Look
from bench.typesetting.sources import Source, widths

WIDTH = 842.0
"""Points across a page."""
MARGIN = 40.0
"""Points around a table."""
SIZE = 8.0
"""Points of an em at most."""
PADDING = 3.0
"""Points between text and the left or right side of its cell."""
BODY = WIDTH - 2 * MARGIN


def setting(source: Source, look: Look) -> tuple[float, list[float]]:
    """Size of the font and widths of the columns in points, which fill the page."""
    ems = widths(source, wraps=look.wraps, overruns=look.overruns)
    paddings = 2 * PADDING * len(ems)
    size = min(SIZE, (BODY - paddings) / sum(ems))
    rest = (BODY - paddings) / (size * sum(ems))
    return size, [e * size * rest + 2 * PADDING for e in ems]
