"""The report of a check as one self-contained page."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mingsuan.checking.summary import LEVELS, MARKS, STATUS_MARKS, STATUSES, summary, unchecked, waiver_line
from mingsuan.model import Disclosure, Report


def report_html(report: Report, disclosure: Disclosure, *, name: str = "") -> str:
    """A page without external assets."""
    return _template().render(
        report=report,
        disclosure=disclosure,
        summary=summary(report, disclosure),
        name=name,
        levels=LEVELS,
        marks=MARKS,
        statuses=STATUSES,
        status_marks=STATUS_MARKS,
        unchecked=unchecked(report.receipts),
        waiver_line=waiver_line,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mingsuan.checking"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html.j2")
