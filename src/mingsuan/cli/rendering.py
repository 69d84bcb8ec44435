"""What a check prints, in each of its formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from mingsuan.cli.console import as_json

if TYPE_CHECKING:
    from mingsuan.checking.reports.checked import Checked

FORMATS = ("text", "json", "html", "xlsx", "docx", "sarif", "junit")
OF_ONE = frozenset({"html", "docx"})
"""Formats that hold one document."""
BINARY = frozenset({"xlsx", "docx"})
"""Formats that are not printed on a terminal."""


def rendered(documents: Sequence[Checked], form: str, *, several: bool, to_file: bool) -> bytes:
    """The documents in a format.

    Args:
        documents: at least one; one only for a format of `OF_ONE`.
        form: one of `FORMATS`.
        several: the caller asked for several, also where one only could be read.
        to_file: the text goes to a file, so it is neither coloured nor fitted to the terminal.
    """
    if form == "json":
        return _json(documents, several=several).encode()
    if form == "text":
        return _text(documents, to_terminal=not to_file and sys.stdout is not None and sys.stdout.isatty()).encode()
    others: Mapping[str, Callable[[Sequence[Checked]], bytes]] = {
        "html": _html,
        "xlsx": _xlsx,
        "docx": _docx,
        "sarif": _sarif,
        "junit": _junit,
    }
    return others[form](documents)


def _json(documents: Sequence[Checked], *, several: bool) -> str:
    from mingsuan.checking.reports.changes import numbers
    from mingsuan.model.json import report_to_json

    found = [{**({"file": d.name} if several else {}), **report_to_json(d.report), "numbers": numbers(d.disclosure)} for d in documents]
    return as_json(found if several else found[0])


def _text(documents: Sequence[Checked], *, to_terminal: bool) -> str:
    from mingsuan.checking.reports.text import WIDTH, report_text

    width = min(os.get_terminal_size().columns, 120) if to_terminal else WIDTH
    colour = to_terminal and "NO_COLOR" not in os.environ
    return "\n".join(report_text(d.report, d.disclosure, name=d.name, width=width, colour=colour) for d in documents)


def _html(documents: Sequence[Checked]) -> bytes:
    import datetime
    from pathlib import Path

    from mingsuan.checking.reports.html import report_html
    from mingsuan.checking.reports.page.sheets import Sheets, sheets
    from mingsuan.checking.reports.pictures import sources
    from mingsuan.reading.document import UnreadableFile

    (one,) = documents
    files = [Path(file) for file in one.files if file != "-"]
    try:
        drawn = sheets(one.report.findings, one.disclosure, dict(sources(files)))
    except UnreadableFile as error:
        drawn = Sheets(problems=(str(error),))
    names = [file.name for file in files]
    return report_html(one.report, one.disclosure, name=one.name, files=names, sheets=drawn, on=datetime.date.today()).encode()


def _xlsx(documents: Sequence[Checked]) -> bytes:
    from mingsuan.checking.reports.workbook import findings_workbook

    return findings_workbook(documents)


def _docx(documents: Sequence[Checked]) -> bytes:
    from mingsuan.publishing.notice import rectification_notice

    (one,) = documents
    return rectification_notice(one.disclosure, one.report, one.name)


def _sarif(documents: Sequence[Checked]) -> bytes:
    from mingsuan.checking.reports.sarif import sarif

    return as_json(sarif(documents)).encode()


def _junit(documents: Sequence[Checked]) -> bytes:
    from mingsuan.checking.reports.junit import junit

    return junit(documents)
