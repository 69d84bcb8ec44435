"""Findings about tables that were restored from text without its grid: the reading is suspected before the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mingsuan.model import Disclosure, Finding, Level
from mingsuan.places import Place
from mingsuan.reading.flattened.marks import RESTORED, UNSETTLED

OF_AMOUNTS = ("FIG", "NAR")
"""Chapters whose rules compare amounts."""


def with_doubt(findings: Iterable[Finding], disclosure: Disclosure) -> Iterator[Finding]:
    """Findings that stand in a restored table say so; one about a row whose columns are not settled only informs.

    Where a text ends was told from the lines, so what is said of texts alone is no error; amounts were placed by their relations.
    """
    spans = [table.place for table in disclosure.tables if RESTORED in table.repairs]
    unsure = {(u.place.file, u.place.line) for u in disclosure.unrecognised if u.why.startswith(UNSETTLED)}
    for finding in findings:
        places = [side.place for side in finding.sides]
        if any((place.file, place.line) in unsure for place in places):
            yield replace(finding, level=Level.INFO, conversion_suspected=True)
        elif any(_within(place, span) for place in places for span in spans):
            told = Level.WARNING if finding.level is Level.ERROR and not finding.code.startswith(OF_AMOUNTS) else finding.level
            yield replace(finding, level=told, conversion_suspected=True)
        else:
            yield finding


def _within(place: Place, span: Place) -> bool:
    """Whether a line lies among those of a table."""
    if place.line is None or span.line is None or place.file != span.file:
        return False
    return span.line <= place.line <= (span.end_line or span.line)
