"""`mingsuan check` of a folder: every file in it, in parallel, with one summary workbook; what was done is not done again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import mingsuan
from mingsuan.cli.console import Failure, defect
from mingsuan.printable import printable
from mingsuan.refusals import cannot_write
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.batch.runs import Done
    from mingsuan.checking.reports.checked import Checked
    from mingsuan.cli.checking import Wish

SECONDS = 300
"""Time of the clock that one file of a folder may take: more than the programs that read it may, and than the largest documents do."""
_PUBLISHED = frozenset({".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".html", ".htm", ".zip", ".txt", ".md", ".rtf", ".ods"})
"""Endings of files that departments publish; others in a folder are left alone and said."""


@dataclass(frozen=True)
class Listing:
    """What a folder holds, in order.

    Attributes:
        files: those that departments may have published.
        others: those that are left alone.
        closed: folders below it that cannot be opened, as they are shown.
    """

    files: tuple[Path, ...]
    others: tuple[Path, ...]
    closed: tuple[str, ...] = ()


def published_in(folder: Path, output: Path | None = None) -> Listing:
    """What a folder and those below it hold; hidden files and what this program writes itself are passed over."""
    closed: list[str] = []
    found: list[Path] = []
    for place, below, names in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [Path(place, name) for name in names if not name.startswith(".")]
    ours = output.resolve() if output is not None else None
    files = sorted(path for path in found if path.is_file() and path.resolve() != ours)
    return Listing(
        tuple(p for p in files if p.suffix.lower() in _PUBLISHED),
        tuple(p for p in files if p.suffix.lower() not in _PUBLISHED),
        tuple(_name(Path(one), folder) for one in closed),
    )


def checked_file(path: Path, wish: Wish, dialect: str | None) -> Mapping[str, Any]:
    """Read and check one file, in a process of its own: its report and whose it is, as plain data.

    Raises:
        Exception: it cannot be read or checked; the message says why.
    """
    from mingsuan.cli.checking import CannotCheckError, report_of
    from mingsuan.dialects.errors import DialectError
    from mingsuan.model.json import report_to_json
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.read import read

    try:
        disclosure = read(path, dialect=dialect)
        if not disclosure.tables and not disclosure.claims:
            raise UnreadableFile(path.name, "没有读到预算的表和数字", "请确认这是部门预算的公开文本")
        report = report_of(disclosure, [str(path)], wish, lambda others: read([Path(other) for other in others]))
    except UnreadableFile as error:
        raise ValueError(f"{error.what}。{error.remedy}。") from None
    except (CannotCheckError, DialectError):
        raise
    except Exception as error:
        raise RuntimeError(defect(error)) from error
    about = {"department": disclosure.department, "year": disclosure.year, "dialect": disclosure.dialect}
    return {**about, "report": report_to_json(report)}


def check_folder(
    folder: Path, wish: Wish, dialect: str | None, output: Path, seconds: float = SECONDS
) -> tuple[list[Checked], list[tuple[str, str]]]:
    """Check every file of a folder, with a bar of progress: the reports, and the files that could not be checked with the reason.

    Results are added to a file beside the output at once, so that a run that was stopped goes on where it was.

    Raises:
        Failure: an option cannot be met, or nothing can be written where the output should be: said before the work, not after it.
    """
    from mingsuan.batch.runs import run

    listing = published_in(folder, output)
    waivers = [path for path in listing.others if path.name == "mingsuan-waivers.yaml"]
    _sensible(wish, dialect, waivers)
    if len(listing.others) > len(waivers):
        click.echo(f"另有{len(listing.others) - len(waivers)}个文件不是公开文本的格式，没有核对。", err=True)
    ledger = output.with_name(f".{output.name}.进度.jsonl")
    _writable(ledger, output)
    done: list[Done] = []
    work = partial(checked_file, wish=wish, dialect=dialect)
    results = run(listing.files, work, label=_label(wish, dialect, waivers), ledger=ledger, seconds=seconds, prepare=loaded)
    with click.progressbar(results, len(listing.files), "核对", show_pos=True, item_show_func=_shown, file=sys.stderr) as bar:
        done.extend(bar)
    done.sort(key=lambda one: one.path)
    unread = [(name, "没有权限打开这个文件夹，里面的文件没有核对。请修改权限后再试。") for name in listing.closed]
    unread += [(_name(one.path, folder), _told(one.error)) for one in done if one.result is None]
    return [_checked(one, folder) for one in done if one.result is not None], unread


def loaded() -> None:
    """Load what the check of every file needs."""
    from mingsuan.checking.collection import rules
    from mingsuan.dialects.dialect import all_dialects

    import_module("mingsuan.reading.read")
    rules()
    all_dialects()


def _told(error: str) -> str:
    """Why a file is not in the summary, with what to do about one that took too long."""
    from mingsuan.batch.bounded import TOO_LONG

    if not error.startswith(TOO_LONG):
        return error
    return f"{error}。请单独核对这个文件；或用 --time-limit 放宽时限，再次运行时只补做没有做完的。"


def _sensible(wish: Wish, dialect: str | None, waivers: Sequence[Path]) -> None:
    """Refuse before the work what would fail with every file.

    Raises:
        Failure: it says why and what to do.
    """
    from mingsuan.checking.collection import UnknownRuleError, selected
    from mingsuan.checking.waivers import WaiverError, load_waivers
    from mingsuan.cli.checking import CannotCheckError, user_lists
    from mingsuan.dialects.dialect import load
    from mingsuan.dialects.errors import DialectError

    try:
        user_lists(wish.lists)
        selected(tuple(s.upper() for s in wish.select), tuple(i.upper() for i in wish.ignore))
        for path in [Path(wish.waivers)] if wish.waivers else waivers:
            load_waivers(path)
        if dialect is not None:
            load(dialect)
    except (CannotCheckError, UnknownRuleError, WaiverError, DialectError) as error:
        raise Failure(str(error)) from None


def _writable(ledger: Path, output: Path) -> None:
    try:
        ledger.open("ab").close()
    except OSError as error:
        raise Failure(cannot_write(error, output)) from None


def _shown(done: Done | None) -> str | None:
    return printable(done.path.name) if done else None


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
    return printable(path.relative_to(folder).as_posix())
