"""Tables of monitoring and evaluation for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from mingsuan.model import Finding
from mingsuan.performance.tabular import Sheet

_WIDEST = 24
"""Columns of the terminal that one column of a table may take before it is cut; the other formats print all."""


def sheets_text(sheets: Iterable[Sheet], findings: Sequence[Finding] = ()) -> str:
    """The tables under each other, and then what is wrong with the evidence."""
    lines = [line for sheet in sheets for line in (*_lines(sheet), "")]
    if findings:
        lines.append(f"佐证的问题（{len(findings)}个）")
        lines.extend(f"  {finding.code}  {finding.message}" for finding in findings)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    if sheet.facts:
        yield "  " + "  ".join(f"{name}：{value}" for name, value in sheet.facts if value)
    rows = (sheet.columns, *sheet.rows)
    widths = [min(_WIDEST, max(width(row[n]) for row in rows)) for n in range(len(sheet.columns))]
    for row in rows:
        yield "  " + "  ".join(_set(text, widths[n], right=n in sheet.numbers) for n, text in enumerate(row)).rstrip()
    yield from (f"  {note}" for note in sheet.notes)


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _set(text: str, columns: int, *, right: bool) -> str:
    while width(text) > columns:
        text = text.removesuffix("…")[:-1] + "…"
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank
