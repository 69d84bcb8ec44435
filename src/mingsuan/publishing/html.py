"""A publication → one self-contained page: landmarks, captions, scoped headings, a skip link; no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mingsuan.publishing.publication import DRAFT, Grid, Heading, Index, Picture, Publication, Sheet, Tile

_DEEPEST = 4
"""The deepest heading of a page's narrative; the title is the first."""


def write_html(publication: Publication) -> bytes:
    """The page; the same publication gives the same bytes."""
    return _template().render(it=publication, draft=DRAFT if publication.draft else "", kind=_kind, rows=_rows, level=_level).encode()


def _kind(block: object) -> str:
    match block:
        case Sheet():
            return "sheet"
        case Heading():
            return "heading"
        case Index():
            return "index"
        case Picture():
            return "picture"
        case _:
            return "text"


def _level(heading: Heading) -> int:
    return min(heading.level + 1, _DEEPEST)


def _rows(grid: Grid, *, header: bool) -> Sequence[Sequence[Tile]]:
    """The tiles of the header or of the body, row by row; a row that is covered from above is empty."""
    found: list[list[Tile]] = [[] for _ in range(grid.height)]
    for tile in grid.tiles:
        found[tile.row].append(tile)
    ordered = [sorted(row, key=lambda t: t.column) for row in found]
    return ordered[: grid.header] if header else ordered[grid.header :]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mingsuan.publishing"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("publication.html.j2")
