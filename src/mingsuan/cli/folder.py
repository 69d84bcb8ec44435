"""`mingsuan check` of a folder: every file in it, in parallel, with one summary workbook; what was done is not done again."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import mingsuan

if TYPE_CHECKING:
    from mingsuan.batch.runs import Done
    from mingsuan.checking.reports.checked import Checked
    from mingsuan.cli.checking import Wish

_PUBLISHED = frozenset({".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".html", ".htm", ".zip", ".txt", ".md", ".rtf", ".ods"})
"""Endings of files that departments publish; others in a folder are left alone and said."""


def published_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files below a folder that departments may have published, in order, and those that are left alone."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not any(part.startswith(".") for part in path.parts))
    return [p for p in files if p.suffix.lower() in _PUBLISHED], [p for p in files if p.suffix.lower() not in _PUBLISHED]


def checked_file(path: Path, wish: Wish, dialect: str | None) -> Mapping[str, Any]:
    """Read and check one file, in a process of its own: its report and whose it is, as plain data.

    Raises:
        Exception: it cannot be read or checked; the message says why.
    """
    from mingsuan.cli.checking import report_of
    from mingsuan.model.json import report_to_json
    from mingsuan.reading.read import read

    disclosure = read(path, dialect=dialect)
    if not disclosure.tables and not disclosure.claims:
        raise ValueError("没有读到预算的表和数字")
    report = report_of(disclosure, [str(path)], wish, lambda others: read([Path(other) for other in others]))
    about = {"department": disclosure.department, "year": disclosure.year, "dialect": disclosure.dialect}
    return {**about, "report": report_to_json(report)}


def check_folder(folder: Path, wish: Wish, dialect: str | None, output: Path) -> tuple[list[Checked], list[tuple[str, str]]]:
    """Check every file of a folder, with a bar of progress; () where there is none.

    Results are added to a file beside the output at once, so that a run that was stopped goes on where it was.
    """
    from mingsuan.batch.runs import run

    files, others = published_in(folder)
    waivers = [path for path in others if path.name == "mingsuan-waivers.yaml"]
    if others and len(others) > len(waivers):
        click.echo(f"另有{len(others) - len(waivers)}个文件不是公开文本的格式，没有核对。", err=True)
    ledger = output.with_name(f".{output.name}.进度.jsonl")
    done: list[Done] = []
    work = partial(checked_file, wish=wish, dialect=dialect)
    results = run(files, work, label=_label(wish, dialect, waivers), ledger=ledger)
    with click.progressbar(results, len(files), "核对", show_pos=True, item_show_func=_shown, file=sys.stderr) as bar:
        done.extend(bar)
    done.sort(key=lambda one: files.index(one.path))
    return [_checked(one, folder) for one in done if one.result is not None], [
        (_name(one.path, folder), one.error) for one in done if one.result is None
    ]


def _shown(done: Done | None) -> str | None:
    return done.path.name if done else None


def _label(wish: Wish, dialect: str | None, waivers: Sequence[Path]) -> str:
    """The work by version, options, and the content of lists and waivers that it depends on."""
    given = [one.partition("=")[2] for one in wish.lists] + [*wish.last, *wish.units, *wish.budget, wish.waivers]
    read = [Path(path) for path in given if path] + list(waivers)
    contents = [sha256(path.read_bytes()).hexdigest() for path in read if path.is_file()]
    return json.dumps([mingsuan.__version__, repr(wish), dialect, contents], ensure_ascii=False)


def _checked(done: Done, folder: Path) -> Checked:
    from mingsuan.checking.reports.checked import Checked
    from mingsuan.model import Disclosure
    from mingsuan.model.json_reports import report_from_json

    result = done.result or {}
    disclosure = Disclosure(department=result["department"], year=result["year"], dialect=result["dialect"])
    return Checked(_name(done.path, folder), disclosure, report_from_json(result["report"]))


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
