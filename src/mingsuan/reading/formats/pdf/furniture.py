"""What recurs in the margins of pages and is no part of the text: page numbers, running heads and feet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf.lines import Line
from mingsuan.reading.formats.pdf.page import PageLayout

NUMBER_MARGIN = 0.13
"""Share of the page at its top and bottom where page numbers stand."""
HEAD_MARGIN = 0.09
"""Share of the page at its top and bottom where running heads and feet stand."""
LEAST_PAGES = 3
"""Pages on which a running head recurs at least …"""
LEAST_SHARE = 0.3
"""… and the share of all pages."""

_NUMBER = regex(
    r"[-‐‑‒–—―─━－~·.\s]*(?:第?\s*\d{1,4}\s*页?|[ivxlc]{1,7}|[IVXLC]{1,7})[-‐‑‒–—―─━－~·.\s]*"
    r"|第?\s*\d{1,4}\s*页?\s*[/,，、共\s]\s*共?\s*\d{1,4}\s*页?|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_UNIT = regex(r"单位\s*[:：]\s*[（(]?(?:人民币)?[百千万亿]*元")
_DIGITS = regex(r"\d+")


def without_furniture(pages: Sequence[PageLayout]) -> list[tuple[Line, ...]]:
    """The lines of each page outside its tables, without page numbers, running heads and feet."""
    heads = _running(pages)
    return [tuple(line for line in page.lines if not (_is_number(page, line) or (_mark(page, line) or "") in heads)) for page in pages]


def _running(pages: Sequence[PageLayout]) -> frozenset[str]:
    """Marks of the lines that recur in the margins of many pages."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            mark = _mark(page, line)
            if mark is not None:
                found[mark].add(page.number)
    return frozenset(m for m, numbers in found.items() if len(numbers) >= max(LEAST_PAGES, LEAST_SHARE * len(pages)))


def _mark(page: PageLayout, line: Line) -> str | None:
    """A line of the margin by its edge and its text without figures, None for others and for the unit of the table under it."""
    edge = _edge(page, line, HEAD_MARGIN) if not _UNIT.search(line.text) else ""
    return edge + _DIGITS.sub("#", line.text) if edge else None


def _edge(page: PageLayout, line: Line, margin: float) -> str:
    box = line.box
    if box.bottom <= margin * page.height:
        return "^"
    return "_" if box.top >= (1 - margin) * page.height else ""


def _is_number(page: PageLayout, line: Line) -> bool:
    return _edge(page, line, NUMBER_MARGIN) != "" and _NUMBER.fullmatch(line.text.strip()) is not None
