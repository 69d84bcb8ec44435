"""Column headings as printed paths → rows of heading cells that span their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.values import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading cell over `wide` columns and `high` heading rows."""

    text: str
    wide: int
    high: int


def heading_rows(paths: Sequence[str]) -> tuple[tuple[Heading, ...], ...]:
    """The heading rows over columns of some paths (基本支出/人员经费); neighbours with a common beginning share its cell."""
    split = [path.split("/") for path in paths]
    depth = max((len(parts) for parts in split), default=0)
    return tuple(tuple(_row(split, level, depth)) for level in range(depth))


def _row(split: Sequence[Sequence[str]], level: int, depth: int) -> Iterator[Heading]:
    start = 0
    while start < len(split):
        parts, end = split[start], start + 1
        if len(parts) > level + 1:
            while end < len(split) and len(split[end]) > level + 1 and split[end][: level + 1] == parts[: level + 1]:
                end += 1
            yield Heading(parts[level], end - start, 1)
        elif len(parts) == level + 1:
            yield Heading(parts[level], 1, depth - level)
        start = end
