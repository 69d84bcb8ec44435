"""The report of a check as one self-contained page."""

from __future__ import annotations

import base64
import datetime
import hashlib
import shlex
from collections import Counter
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mingsuan.checking.collection import rules
from mingsuan.checking.reports.page.cards import cards, rules_of
from mingsuan.checking.reports.page.ledger import ledger
from mingsuan.checking.reports.page.sheets import Sheets
from mingsuan.checking.reports.verdict import verdict
from mingsuan.checking.summary import DOUBT, DOUBTED, LEVELS, MARKS, STATUS_MARKS, STATUSES, dialect_title, summary, unchecked, waiver_line
from mingsuan.checking.telling.cell_names import named
from mingsuan.checking.waivers import FILE
from mingsuan.model import Disclosure, Report
from mingsuan.version import __version__

FIRST = 5
"""Findings that the top of the page names."""


def report_html(
    report: Report,
    disclosure: Disclosure,
    *,
    name: str = "",
    files: Sequence[str] = (),
    sheets: Sheets | None = None,
    on: datetime.date | None = None,
) -> str:
    """A page without external assets; nothing in it that comes from the document can run.

    Args:
        report: what the check says.
        disclosure: what was checked; findings quote it.
        name: what the page calls the file or files.
        files: names of the files, for the commands that the page tells; by default `name`.
        sheets: pages of its PDF files, to show findings on.
        on: the day of the check, which the page tells where it is given.
    """
    carried = sheets or Sheets()
    counts = summary(report, disclosure)
    made = cards(report, disclosure, carried, counts)
    style, script = _part("report.css"), _part("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            report=report,
            dialect=dialect_title(disclosure),
            summary=counts,
            verdict=verdict(counts),
            cards=made,
            first=FIRST,
            levels_shown=Counter(card.finding.level for card in made),
            chapters=Counter(card.chapter for card in made),
            ledger=ledger(report.receipts),
            rules=rules_of(made),
            rule_count=len(rules()),
            sheets=carried,
            name=name,
            command=" ".join(shlex.quote(file) for file in files or [name or "文件"]),
            on=on,
            version=__version__,
            waivers=FILE,
            levels=LEVELS,
            marks=MARKS,
            statuses=STATUSES,
            status_marks=STATUS_MARKS,
            unchecked=unchecked(report.receipts),
            waiver_line=waiver_line,
            named=named,
            doubt=DOUBT,
            doubted=DOUBTED,
            few=FIRST,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mingsuan.checking.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _part(file: str) -> str:
    """Our own style or script as it stands in its file."""
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), file)[0]


def _hash(text: str) -> str:
    """What the page's policy names a style or script by: it alone may be used, whatever a document tries to smuggle in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
