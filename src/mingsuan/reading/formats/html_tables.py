"""The rows of a table of a web page, and how far its cells reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """A table's own rows in the order in which they are shown: head, bodies, foot."""
    order = {"thead": 0, "tfoot": 2}
    for part in sorted(table, key=lambda element: order.get(str(element.tag), 1)):
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from part.iterchildren("tr")


def part_ends(rows: Sequence[etree._Element]) -> list[int]:
    """For each row the number of the first row after its part of the table (head, body, foot), which no cell leaves."""
    ends = [len(rows)] * len(rows)
    for n in range(len(rows) - 2, -1, -1):
        ends[n] = ends[n + 1] if rows[n].getparent() is rows[n + 1].getparent() else n + 1
    return ends


def span(value: str | None, most: int, zero: int = 1) -> int:
    """How many rows or columns an attribute says, within bounds; `zero` is what 0 means."""
    digits = re.match(r"\s*(\d{1,6})", value or "1")
    number = int(digits[1]) if digits else 1
    return min(number, most) if number else zero
