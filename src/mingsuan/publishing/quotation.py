"""What a finding quotes, as a picture: for files that have no pages to draw."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mingsuan.checking.reports.page.excerpts import Excerpt
from mingsuan.checking.reports.page.quotes import Quote
from mingsuan.publishing.typesetting import picture

_TEMPLATE = Path(__file__).with_name("templates") / "quotation.typ"
_FINE = 144
"""Dots per inch."""


def quotation_png(title: str, quotes: Sequence[Quote], excerpts: Sequence[Excerpt]) -> bytes:
    """Paragraphs and parts of tables under a title, marked places outlined and numbered, as PNG; the same bytes for the same quotes.

    Raises:
        UnwritableError: it cannot be drawn.
    """
    data = {"title": title, "quotes": [_quote(quote) for quote in quotes], "tables": [_table(excerpt) for excerpt in excerpts]}
    return picture(_TEMPLATE.read_bytes(), _FINE, quotation=json.dumps(data, ensure_ascii=False))


def _numbers(marks: Iterable[int]) -> list[str]:
    return [str(mark) for mark in marks]


def _quote(quote: Quote) -> dict[str, Any]:
    pieces = [{"text": piece.text, "marked": piece.marked, "numbers": _numbers(piece.marks)} for piece in quote.pieces]
    return {"where": f"{quote.place}　{quote.heading}", "numbers": [] if quote.found else _numbers(quote.marks), "pieces": pieces}


def _table(excerpt: Excerpt) -> dict[str, Any]:
    unit = f"（单位：{excerpt.unit}）" if excerpt.unit else ""
    head = [[{"text": h.text, "wide": h.wide, "high": h.high} for h in row] for row in excerpt.head]
    rows = [
        None
        if row is None
        else [{"text": c.text, "numbers": _numbers(c.marks), "wanted": c.wanted if c.marks else "", "figure": c.figure} for c in row]
        for row in excerpt.rows
    ]
    where = f"{excerpt.title}{unit}　{excerpt.place}"
    return {"where": where, "numbers": _numbers(excerpt.marks), "columns": excerpt.columns, "head": head, "rows": rows}
