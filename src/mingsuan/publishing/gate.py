"""The gate: every file is read back before it counts, and nothing is published that does not read as it was meant.

Checked, written to a folder of its own, read by the same reader that reads anyone's file, compared cell by cell, then moved into place:
all files or none.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure, Finding, Level, Report
from mingsuan.patterns import regex
from mingsuan.publishing import data as packages
from mingsuan.publishing.comparing import Difference, differences
from mingsuan.publishing.layout import laid_out
from mingsuan.publishing.legible import legible_disclosure
from mingsuan.publishing.publication import Publication, UnwritableError
from mingsuan.reading.claims.class_paths import ClassNames
from mingsuan.reading.claims.statements import read_claims
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.files import read_bytes
from mingsuan.reading.read import disclosure_of
from mingsuan.values import dataclass

FORMATS: Mapping[str, str] = {"docx": "docx", "pdf": "pdf", "xlsx": "xlsx", "html": "html", "data": "zip"}
"""The formats, with the ending of their files."""
_SHOWN = 20
"""Differences and findings that a refusal lists."""
_UNSAFE = regex(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_LONGEST = 60
"""Characters of a file's name; of Chinese ones 85 fit the usual limit of 255 bytes."""


@dataclass(frozen=True)
class Published:
    """What was published.

    Attributes:
        files: in the order of the formats.
        exceptions: what a reader of the files should know, one Chinese sentence each; for drafts also what a publication is refused for.
        report: of the check before.
    """

    files: tuple[Path, ...]
    exceptions: tuple[str, ...]
    report: Report


class PublicationRefused(Exception):
    """Nothing was written; the message says why, in Chinese.

    Attributes:
        findings: the errors that the check found.
        differences: what was read back otherwise, by format.
        report: of the check, None where it came not that far.
    """

    def __init__(
        self,
        message: str,
        report: Report | None = None,
        findings: Sequence[Finding] = (),
        differences: Mapping[str, Sequence[Difference]] | None = None,
    ) -> None:
        """Say why, with what was found."""
        super().__init__(message)
        self.report, self.findings, self.differences = report, tuple(findings), dict(differences or {})


def publish(
    disclosure: Disclosure,
    dialect: Dialect,
    to: Sequence[str],
    out: Path,
    *,
    draft: bool = False,
    dated: date | None = None,
    ledger: Ledger | None = None,
    thousands: bool = True,
) -> Published:
    """Publish a disclosure in some formats, or refuse.

    Args:
        disclosure: what is published.
        dialect: whose forms it fills.
        to: formats, keys of `FORMATS`.
        out: the folder; it is made if it does not exist. Files of the same names are replaced.
        draft: mark every page as a draft, and publish what is refused otherwise, with the reasons as exceptions.
        dated: the date on the cover and in the properties of the files; without one no file says when it was made.
        ledger: the typed ledger, for the data package.
        thousands: whether amounts are printed with thousands separators.

    Raises:
        PublicationRefused: an error-level finding stands, a format cannot hold it, or what was read back differs; nothing was written.
        OSError: the folder cannot be written.
    """
    unknown = [f for f in to if f not in FORMATS]
    if unknown or not to:
        raise PublicationRefused(f"没有“{'、'.join(unknown)}”这种格式；可用的有：{'、'.join(FORMATS)}。")
    clean = legible_disclosure(disclosure)
    notes = [] if clean == disclosure else ["文字中不能印刷的字符（控制字符、零宽字符等）已去掉。"]
    _presentable(clean, dialect)
    report = check(_with_claims(clean, dialect), dialect)
    errors = [f for f in report.findings if f.level is Level.ERROR]
    if errors and not draft:
        raise PublicationRefused(_listed("核对发现错误，没有发布", (f.message for f in errors), len(errors)), report, errors)
    notes += [f"核对发现错误：{f.message}" for f in errors]
    publication = laid_out(clean, dialect, dated=dated, draft=draft, thousands=thousands)
    made = _Press(clean, dialect, publication, ledger)
    formats = list(dict.fromkeys(to))
    pressed = made.pressed(formats, report)
    contents = {name: content for name, (content, _) in pressed.items()}
    read = {name: reading for name, (_, reading) in pressed.items()}
    different = {name: found for name in formats if (found := read[name].differences)}
    if different and not draft:
        lines = [f"{name.upper()} {d}" for name, found in different.items() for d in found]
        raise PublicationRefused(_listed("写出的文件读回后与原文不同，没有发布", lines, len(lines)), report, (), different)
    notes += [note for name in formats for note in read[name].notes]
    notes += [f"{name.upper()} {d}" for name, found in different.items() for d in found]
    stem = file_name(publication.title) + ("（草稿）" if draft else "")
    names = {f"{stem}{'数据包' if name == 'data' else ''}.{FORMATS[name]}": contents[name] for name in formats}
    return Published(_placed(out, names), tuple(notes), report)


def file_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return _UNSAFE.sub("_", title).strip(" ._")[:_LONGEST] or "公开文本"


def _presentable(disclosure: Disclosure, dialect: Dialect) -> None:
    strange = [t.title for t in disclosure.tables if t.kind not in dialect.by_kind]
    if strange:
        raise PublicationRefused(f"版式“{dialect.name}”没有这些表的表样，不能排版：{'、'.join(strange)}。")
    if not disclosure.tables and not disclosure.sections:
        raise PublicationRefused("公开文本里没有表格，也没有文字，没有可以发布的内容。")


def _with_claims(disclosure: Disclosure, dialect: Dialect) -> Disclosure:
    """The disclosure with what its narrative states, so that numbers of the text are checked too."""
    if disclosure.claims or not disclosure.sections:
        return disclosure
    names = ClassNames.of(disclosure.tables, disclosure.year)
    words = load_sentences(dialect.folders)
    return replace(disclosure, claims=read_claims(disclosure.sections, words, disclosure.year, names, disclosure.department))


def _listed(what: str, lines: Iterator[str] | Sequence[str], count: int) -> str:
    shown = "".join(f"\n  {line}" for line in islice(lines, _SHOWN))
    return f"{what}（{count}处）：{shown}" + (f"\n  另有{count - _SHOWN}处" if count > _SHOWN else "")


@dataclass(frozen=True)
class _Reading:
    """What was read back from one file."""

    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Press:
    """Writes the formats of one publication and reads them back."""

    disclosure: Disclosure
    dialect: Dialect
    publication: Publication
    ledger: Ledger | None

    def written(self, name: str, report: Report) -> bytes:
        """The file of a format.

        Raises:
            PublicationRefused: the format cannot hold it.
        """
        writers: Mapping[str, Callable[[], bytes]] = {
            "docx": self._docx,
            "pdf": self._pdf,
            "xlsx": self._xlsx,
            "html": self._html,
            "data": self._data,
        }
        try:
            return writers[name]()
        except UnwritableError as error:
            raise PublicationRefused(f"不能写成 {name.upper()}：{error}", report) from error

    def _docx(self) -> bytes:
        from mingsuan.publishing.docx import write_docx

        return write_docx(self.publication)

    def _pdf(self) -> bytes:
        from mingsuan.publishing.pdf import write_pdf

        return write_pdf(self.publication)

    def _xlsx(self) -> bytes:
        from mingsuan.publishing.totals import sums
        from mingsuan.publishing.xlsx import write_xlsx

        return write_xlsx(self.publication, sums(self.disclosure, self.dialect))

    def _html(self) -> bytes:
        from mingsuan.publishing.html import write_html

        return write_html(self.publication)

    def _data(self) -> bytes:
        return packages.write_data(self.disclosure, self.publication.title, day=self.publication.date, ledger=self.ledger)

    def pressed(self, formats: Sequence[str], report: Report) -> Mapping[str, tuple[bytes, _Reading]]:
        """The file of each format, and what it says otherwise.

        Long PDF files are set and read by other processes; the other formats are written and read meanwhile, one at a time for their
        memory.

        Raises:
            PublicationRefused: a format cannot hold it.
        """
        told = next((name for name in ("html", "docx", "xlsx", "pdf") if name in formats), "")

        def press(name: str) -> tuple[bytes, _Reading]:
            content = self.written(name, report)
            return content, self._read(name, content, recognise=name == told)

        with ThreadPoolExecutor(max_workers=1) as pool:
            apart = {name: pool.submit(press, name) for name in formats if name == "pdf"}
            here = {name: press(name) for name in formats if name != "pdf"}
            done = here | {name: found.result() for name, found in apart.items()}
        return {name: done[name] for name in formats}

    def _read(self, name: str, content: bytes, *, recognise: bool) -> _Reading:
        """What one file says otherwise; if asked, also whether its dialect is recognised by its content, as anyone's reader does."""
        if name == "data":
            return _Reading(tuple(packages.data_differences(self.disclosure, self.ledger, content)))
        try:
            document = read_bytes(content, f"{name}.{FORMATS[name]}")
        except UnreadableFile as error:
            return _Reading((Difference("全文", None, "文件", "可以读取", error.what),))
        notes = list(document.problems)
        found = disclosure_of(document, all_dialects() if recognise else (self.dialect,))
        if found.dialect != self.dialect.name:
            notes.append(f"不指定版式时，按内容会认作“{found.dialect or '未知版式'}”，不是“{self.dialect.name}”。")
            found = disclosure_of(document, (self.dialect,))
        return _Reading(tuple(differences(self.disclosure, found)), tuple(notes))


def _placed(out: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Put files in place, all or none: what stood there before is kept aside until the last is in place."""
    existed = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=out, prefix=".mingsuan-"))
    placed: list[Path] = []
    try:
        for name, content in contents.items():
            (aside / name).write_bytes(content)
        (aside / "before").mkdir()
        for name in contents:
            target = out / name
            if target.exists():
                target.replace(aside / "before" / name)
            placed.append(target)
            (aside / name).replace(target)
    except OSError:
        for target in placed:
            target.unlink(missing_ok=True)
            if (aside / "before" / target.name).exists():
                (aside / "before" / target.name).replace(target)
        shutil.rmtree(aside, ignore_errors=True)
        if not existed and not any(out.iterdir()):
            out.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return tuple(placed)
