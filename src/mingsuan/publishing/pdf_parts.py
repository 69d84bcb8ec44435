"""A long publication set in parts, each by a process of its own that gives its memory back, and joined into one file.

A part begins where a page does: at a chapter, a table, or a row of a long table at which Typst begins a page anyhow, so the pages are
those of the publication set at once. The cover and the contents are set last, when the pages of all others are known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from mingsuan.publishing.pdf import DEEPEST, printable
from mingsuan.publishing.pdf_joining import MARK, joined
from mingsuan.publishing.pdf_objects import Part
from mingsuan.publishing.pdf_process import last_page, typeset
from mingsuan.publishing.publication import LISTED, Block, Grid, Heading, Publication, Sheet, UnwritableError
from mingsuan.values import dataclass

TILES = 6_000
"""Tiles of a part, more or less; some 150 MB while they are set."""
_LITTLE = 4
"""A table's last piece may be larger than the others by this part of them."""
_UNKNOWN = 999
"""A page number to try the contents with."""
_TRIES = 3


def is_long(publication: Publication) -> bool:
    """Whether a publication is better set in parts."""
    return sum(len(s.grid.tiles) for s in publication.sheets) > TILES


def in_parts(publication: Publication, tiles: int = TILES) -> bytes:
    """The file, set in parts of about so many tiles.

    Raises:
        UnwritableError: a part cannot be set.
    """
    own, rest = _divided(publication)
    front = _front(publication, own, {}) if publication.covered else None
    for _ in range(_TRIES):
        begun = front.pages if front else 0
        parts = [*_set(publication, rest, begun + 1, tiles)]
        if front:
            front = _front(publication, own, _numbers([front, *parts]))
        if front is None or front.pages == begun:
            return joined([front, *parts] if front else parts, [_level(b) for b in publication.blocks if isinstance(b, Heading | Sheet)])
    raise UnwritableError("目录的页数没有定下来")


def _divided(publication: Publication) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks that stand on the last page of the contents, and those that follow."""
    blocks = publication.blocks
    count = next((n for n in range(len(blocks)) if _begins_page(blocks, n)), len(blocks)) if publication.covered else 0
    return blocks[:count], blocks[count:]


def _begins_page(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    begins = isinstance(block, Sheet) or (isinstance(block, Heading) and block.level == 1)
    return begins or (number > 0 and isinstance(blocks[number - 1], Sheet))


def _groups(blocks: Sequence[Block], tiles: int) -> Iterator[Sequence[Block]]:
    """Blocks in order, as many together as have so many tiles; a table that has more is alone."""
    start, held = 0, 0
    for number, block in enumerate(blocks):
        own = len(block.grid.tiles) if isinstance(block, Sheet) else 0
        if number > start and held + own > tiles and _begins_page(blocks, number):
            yield blocks[start:number]
            start, held = number, 0
        held += own
    if start < len(blocks):
        yield blocks[start:]


def _set(publication: Publication, blocks: Sequence[Block], page: int, tiles: int) -> Iterator[Part]:
    """The parts of some blocks, the first of which begins at a page."""
    for group in _groups(blocks, tiles):
        one = group[0] if len(group) == 1 else None
        made = (
            _Table(publication, one).parts(page, tiles) if isinstance(one, Sheet) else [Part.of(typeset(_data(publication, group, page)))]
        )
        for part in made:
            page += part.pages
            yield part


def _data(publication: Publication, blocks: Sequence[Block], page: int) -> dict[str, Any]:
    return printable(replace(publication, blocks=tuple(blocks), plain=True)) | {"begin": page}


def _rows(grid: Grid, start: int, stop: int) -> Grid:
    """The heading of a grid with some of its rows."""
    down = start - grid.header
    body = (replace(t, row=t.row - down) for t in grid.tiles if start <= t.row < stop)
    return replace(grid, tiles=(*(t for t in grid.tiles if t.row < grid.header), *body), height=grid.header + stop - start)


@dataclass(frozen=True)
class _Table:
    """A table that is cut where its pages end."""

    publication: Publication
    sheet: Sheet

    def parts(self, page: int, tiles: int) -> Iterator[Part]:
        """Its parts, the first of which begins at a page."""
        start, end = self.sheet.grid.header, self.sheet.grid.height
        while start < end:
            start, part = self._part(start, page, tiles)
            page += part.pages
            yield part

    def _part(self, start: int, page: int, tiles: int) -> tuple[int, Part]:
        """The part that begins with a row, and the row that the next one begins with."""
        stop = self._stop(start, tiles)
        return stop, Part.of(typeset(self._data(start, stop, page)))

    def _stop(self, start: int, tiles: int) -> int:
        """The end of the last full page of so many tiles, or of more where no page ends between two whole rows."""
        down, end = start - self.sheet.grid.header, self.sheet.grid.height
        while (stop := self._reach(start, tiles)) < end:
            cut = last_page(self._data(start, stop, 1), [row - down for row in range(start + 1, stop) if self._whole[row]])
            if cut:
                return cut + down
            tiles *= 2
        return end

    def _data(self, start: int, stop: int, page: int) -> dict[str, Any]:
        notes = self.sheet.notes if stop == self.sheet.grid.height else ()
        data = _data(self.publication, (replace(self.sheet, grid=_rows(self.sheet.grid, start, stop), notes=notes),), page)
        data["blocks"][0]["continued"] = start > self.sheet.grid.header
        return data

    @cached_property
    def _whole(self) -> Sequence[bool]:
        """For each row whether no tile goes on into it."""
        found = [True] * self.sheet.grid.height
        for tile in self.sheet.grid.tiles:
            for row in range(tile.row + 1, tile.row + tile.rows):
                found[row] = False
        return found

    @cached_property
    def _before(self) -> Sequence[int]:
        """For each row, and the end, how many tiles begin above it."""
        begun = Counter(t.row for t in self.sheet.grid.tiles)
        return [0, *accumulate(begun[row] for row in range(self.sheet.grid.height))]

    def _reach(self, start: int, tiles: int) -> int:
        """The first row that may be cut at with so many tiles before it; the end if little were left over."""
        end = self.sheet.grid.height
        goal = self._before[start] + tiles
        if self._before[end] <= goal + tiles // _LITTLE:
            return end
        return next((row for row in range(start + 1, end) if self._before[row] >= goal and self._whole[row]), end)


def _front(publication: Publication, own: Sequence[Block], numbers: Mapping[int, int]) -> Part:
    """Cover, contents, and what stands on their last page; the entries are links that `joined` leads to the bookmarks."""
    marked = [position for position, block in enumerate(publication.blocks) if isinstance(block, Heading | Sheet)]
    order = {position: n for n, position in enumerate(marked)}
    listed = [[level, title, numbers.get(order[at], _UNKNOWN), f"{MARK}{order[at]}"] for level, title, at in publication.contents]
    blank = replace(publication, blocks=tuple(own))
    return Part.of(typeset(printable(blank) | {"cover": True, "listed": listed}))


def _numbers(parts: Sequence[Part]) -> Mapping[int, int]:
    """Bookmark → number of the page that it leads to."""
    begins = accumulate((p.pages for p in parts), initial=1)
    return dict(enumerate(begin + page for part, begin in zip(parts, begins, strict=False) for page in part.marked))


def _level(block: Heading | Sheet) -> int:
    return min(block.level, DEEPEST) if isinstance(block, Heading) else LISTED
