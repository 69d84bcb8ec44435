"""Tables of monitoring and evaluation for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from mingsuan.folding import columns
from mingsuan.model import Finding
from mingsuan.performance.tabular import Sheet

_WIDEST = 24
"""Columns of the terminal that one column of a table may take before it is cut; the other formats print all."""


def sheets_text(sheets: Iterable[Sheet], findings: Sequence[Finding] = ()) -> str:
    """The tables under each other, and then what is wrong with the evidence."""
    lines = [line for sheet in sheets for line in (*_lines(sheet), "")]
    if findings:
        lines.append(f"佐证的问题（{len(findings)}个）")
        lines.extend(f"  {finding.code}  {_plain(finding.message)}" for finding in findings)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield _plain(sheet.title)
    if sheet.facts:
        yield "  " + "  ".join(f"{name}：{_plain(value)}" for name, value in sheet.facts if value)
    rows = [[_plain(text) for text in row] for row in (sheet.columns, *sheet.rows)]
    widths = [min(_WIDEST, max(columns(row[n]) for row in rows)) for n in range(len(sheet.columns))]
    for row in rows:
        yield "  " + "  ".join(_set(text, widths[n], right=n in sheet.numbers) for n, text in enumerate(row)).rstrip()
    yield from (f"  {note}" for note in sheet.notes)


def _plain(text: str) -> str:
    """A text without what would steer a terminal or break the line."""
    return "".join(c for c in text.replace("\n", " ") if not unicodedata.category(c).startswith("C"))


def _set(text: str, wide: int, *, right: bool) -> str:
    while columns(text) > wide:
        text = text.removesuffix("…")[:-1] + "…"
    blank = " " * (wide - columns(text))
    return blank + text if right else text + blank
