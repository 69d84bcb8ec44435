"""A long publication set in parts is the same as one set at once: pages, bookmarks, page numbers, links, tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdfium2 import raw

from mingsuan.publishing.pdf import printable, typeset, write_pdf
from mingsuan.publishing.pdf_joining import joined
from mingsuan.publishing.pdf_objects import Part
from mingsuan.publishing.pdf_parts import TILES, in_parts, is_long
from mingsuan.publishing.publication import Heading, Index, Publication, Sheet, Text, Tile, UnwritableError
from tests.publishing.samples import published, sample

DETAIL = 0.5
"""Pixels per point at which pages are compared."""


@cache
def _long() -> Publication:
    """A publication of a few tables, one of them many pages long, whose first columns have cells of several rows."""
    made = published(sample("jiangsu-2017"))
    tables = [b for b in made.blocks if isinstance(b, Sheet)]
    first, long = tables[0], max(tables, key=lambda s: s.grid.height)
    narrative = [b for b in made.blocks if isinstance(b, Heading | Text)][:12]
    listed = Index((first.title, long.title))
    return replace(made, blocks=(*narrative, listed, first, _repeated(long, 9), Text("表后的说明。"), Heading("附录", 1), Text("完。")))


def _repeated(sheet: Sheet, times: int) -> Sheet:
    """A table with its rows several times over; every fourth row shares its first cell with the next."""
    grid = sheet.grid
    tall = grid.height - grid.header
    tiles = [replace(t, row=t.row + tall * n) for n in range(times) for t in grid.tiles if t.row >= grid.header]
    height = grid.header + tall * times
    joined_rows = set(range(grid.header, height - 1, 4))
    body = [_over_two(t) if t.column == 0 and t.row in joined_rows else t for t in tiles if t.column or t.row - 1 not in joined_rows]
    heads = (t for t in grid.tiles if t.row < grid.header)
    return replace(sheet, grid=replace(grid, tiles=(*heads, *body), height=height), notes=("注：本表单位为万元。",))


def _over_two(tile: Tile) -> Tile:
    return replace(tile, rows=2)


@cache
def _both() -> tuple[bytes, bytes]:
    """Set at once, and in parts."""
    return typeset(printable(_long())), in_parts(_long(), 400)


def test_pages_look_the_same() -> None:
    once, parts = map(pypdfium2.PdfDocument, _both())
    assert len(once) == len(parts) > 12
    for number in range(len(once)):
        one, other = (document[number].render(scale=DETAIL).to_numpy() for document in (once, parts))
        assert one.shape == other.shape and (one == other).all(), number


def test_bookmarks_and_page_labels_are_the_same() -> None:
    once, parts = map(pypdfium2.PdfDocument, _both())
    assert [*_bookmarks(once)] == [*_bookmarks(parts)]
    assert [once.get_page_label(n) for n in range(len(once))] == [parts.get_page_label(n) for n in range(len(parts))]


def test_the_entries_of_the_contents_lead_to_the_same_places() -> None:
    once, parts = map(pypdfium2.PdfDocument, _both())
    assert [*_links(once)] == [*_links(parts)]
    assert len([*_links(parts)]) >= len(_long().contents)


def test_screen_readers_find_the_same_rows_and_cells() -> None:
    once, parts = (Counter(_tags(pypdfium2.PdfDocument(data))) for data in _both())
    assert once["TD"] == parts["TD"] > 500
    assert all(once[name] == parts[name] > 0 for name in ("Table", "P", "H1", "H2", "Link"))
    assert parts["TH"] > once["TH"], "every piece of a table tells its heading"


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert in_parts(_long(), 1_000) == in_parts(_long(), 1_000)


def test_only_long_publications_are_set_in_parts() -> None:
    made = _long()
    table = next(b for b in made.blocks if isinstance(b, Sheet))
    assert not is_long(made)
    assert is_long(replace(made, blocks=(table,) * (TILES // len(table.grid.tiles) + 1)))


def test_what_looks_like_a_reference_in_a_title_stays() -> None:
    made = replace(_long(), blocks=(Heading("(5 0 R) \\) 7 0 R", 1), Text("一。"), Heading("U0x0y0 (mark:1)", 1), Text("二。")))
    file = typeset(printable(made))
    assert [m[1] for m in _bookmarks(pypdfium2.PdfDocument(joined([Part.of(file)], [1, 1])))] == ["(5 0 R) \\) 7 0 R", "U0x0y0 (mark:1)"]


def test_files_of_another_writer_are_refused() -> None:
    with pytest.raises(UnwritableError, match="不是预期的样子"):
        Part.of(b"%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF")


def test_bookmarks_must_be_those_that_are_known() -> None:
    with pytest.raises(UnwritableError, match="书签"):
        joined([Part.of(write_pdf(_long()))], [1])


def _bookmarks(document: pypdfium2.PdfDocument) -> Iterator[tuple[object, ...]]:
    for mark in document.get_toc():
        goal = mark.get_dest()
        yield mark.level, mark.get_title(), goal.get_index(), goal.get_view(), mark.get_count()


def _links(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, int]]:
    """Page and goal's page of the links, in order; a link of one page to some page is told once."""
    found: dict[tuple[int, int, int], None] = {}
    for number in range(len(document)):
        page = document[number]
        place, link = raw.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, place, link):
            goal = raw.FPDFLink_GetDest(document, link)
            found[number, raw.FPDFDest_GetDestPageIndex(document, goal), _upper(link)] = None
    yield from ((number, goal) for number, goal, _ in found)


def _upper(link: raw.FPDF_LINK) -> int:
    """Where a link stands, in points from below: what is on a line is one."""
    box = raw.FS_RECTF()
    raw.FPDFLink_GetAnnotRect(link, box)
    return int(box.bottom // 12)


def _tags(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(len(document)):
        tree = raw.FPDF_StructTree_GetForPage(document[number])
        waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        while waiting:
            element = waiting.pop()
            if element:
                size = raw.FPDF_StructElement_GetType(element, None, 0)
                words = raw.create_string_buffer(size)
                raw.FPDF_StructElement_GetType(element, words, size)
                yield words.raw.decode("utf-16-le").rstrip("\0")
                count = raw.FPDF_StructElement_CountChildren(element)
                waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
        raw.FPDF_StructTree_Close(tree)
