"""Mingsuan (明算): compile, publish, read, check and evaluate the budgets of Chinese government departments.

The public API; what it needs is imported when it is first called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingsuan.version import __version__

if TYPE_CHECKING:
    from datetime import date

    from mingsuan.codes import UserList
    from mingsuan.compiling import Compiled
    from mingsuan.compiling.book import Book
    from mingsuan.compiling.bundle import Bundle
    from mingsuan.compiling.fixing.fix import Fixed
    from mingsuan.compiling.lifting.lift import Lifted
    from mingsuan.dialects.dialect import Dialect
    from mingsuan.model import Disclosure, Report
    from mingsuan.performance.case import Case
    from mingsuan.performance.evaluation import Evaluation
    from mingsuan.performance.monitoring import Monitoring
    from mingsuan.publishing.gate import Published

__all__ = ["__version__", "check", "compile", "evaluate", "fix", "lift", "monitor", "publish", "read"]


def read(source: Path | str | bytes | Sequence[Path], *, name: str = "", dialect: str | None = None) -> Disclosure:
    """Read one published disclosure.

    Args:
        source: path of a file, its bytes, or the paths of the files that together make the disclosure.
        name: what places and messages call the file; the last part of the path, if it is not given.
        dialect: name of a dialect; chosen by content, if it is not given.

    Raises:
        UnreadableFile: the file cannot be read at all.
        DialectError: there is no such dialect.
    """
    from mingsuan.reading.opening import Opening

    opening = Opening(Path(source) if isinstance(source, str) else source, name)
    from mingsuan.reading.read import read as read_file

    return read_file(opening, dialect=dialect)


def check(
    disclosure: Disclosure,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    user_lists: Iterable[UserList] = (),
    last: Disclosure | None = None,
    units: Iterable[Disclosure] = (),
    budget: Disclosure | None = None,
    approved: date | None = None,
    published: date | None = None,
) -> Report:
    """Check a disclosure against its dialect, or without one where none was recognised.

    Args:
        disclosure: what `read` gave.
        select: prefixes of the codes of the rules to use; all, if none is given.
        ignore: prefixes of the codes of the rules not to use.
        user_lists: official code lists of the user's own (`codes.load_user_list`), which take precedence.
        last: last year's disclosure of the same department, to compare with.
        units: the disclosures of the department's own units.
        budget: the budget of the year, where `disclosure` is a final account.
        approved: when the authority approved it, where it does not say so itself.
        published: when it was published, likewise.

    Raises:
        UnknownRuleError: a prefix fits no rule.
    """
    from mingsuan.checking.bounds import bounded
    from mingsuan.checking.check import check as check_disclosure
    from mingsuan.checking.subject import Beside, Subject
    from mingsuan.dialects.dialect import load

    def subject(other: Disclosure) -> Subject:
        return bounded(Subject(other, load(other.dialect) if other.dialect else None))

    beside = Beside(
        subject(last) if last else None, tuple(subject(u) for u in units), subject(budget) if budget else None, approved, published
    )
    dialect = load(disclosure.dialect) if disclosure.dialect else None
    return check_disclosure(disclosure, dialect, select, ignore, user_lists, beside)


def compile(  # noqa: A001 - the name of the command
    source: Path | str, *, last: Compiled | Bundle | None = None, like: Disclosure | Book | None = None
) -> Compiled:
    """Compile a budget: its ledger, its disclosure, and what is wrong with what was filled in.

    Args:
        source: path of an input workbook, or of a folder with an export of a platform and its column map (map.yaml).
        last: last year's compiled budget, whose lines become last year's figures.
        like: what the tables are to be laid out like, a published disclosure or another book; as the book says, if it is not given.

    Raises:
        NothingToFollowError: it cannot be told how `like` is laid out.
        UnreadableFile: the file cannot be read at all.
        InputError: the folder holds nothing that can be compiled.
        MapError: its column map cannot be used.
        WrongYearError: `last` is not of the year before.
    """
    from mingsuan.compiling import Compiled, compile_workbook
    from mingsuan.compiling.bundle import bundle_of
    from mingsuan.compiling.like import style_like

    return compile_workbook(source, bundle_of(last) if isinstance(last, Compiled) else last, None if like is None else style_like(like))


def publish(
    source: Disclosure | Compiled, to: Sequence[str], out: Path | str, *, draft: bool = False, dated: date | None = None
) -> Published:
    """Publish a disclosure in some formats, or refuse: every file is read back and compared before any is put in its place.

    Args:
        source: what `compile` gave; or a disclosure, which is published without a ledger in the data package.
        to: of docx, pdf, xlsx, html, data.
        out: the folder; it is made if it does not exist. Files of the same names are replaced.
        draft: mark every page as a draft, and publish what is refused otherwise, with the reasons as exceptions.
        dated: the date on the cover and in the properties of the files; without one no file says when it was made.

    Raises:
        PublicationRefused: an error stands, a format cannot hold it, or what was read back differs; nothing was written.
        DialectError: the disclosure is of no known dialect.
        OSError: the folder cannot be written.
    """
    from mingsuan.model import Disclosure
    from mingsuan.publishing.gate import publish as publish_files

    disclosure, ledger = (source, None) if isinstance(source, Disclosure) else (source.disclosure, source.ledger)
    return publish_files(disclosure, _dialect(disclosure), to, Path(out), draft=draft, dated=dated, ledger=ledger)


def lift(disclosure: Disclosure, workbook: Path | str | None = None) -> Lifted:
    """Find a ledger whose sums are the amounts that a disclosure prints; amounts that no ledger gives are its departures.

    Args:
        disclosure: what `read` gave.
        workbook: where to write it as an input workbook (.xlsx), which `compile` takes.

    Raises:
        DialectError: the disclosure is of no known dialect.
        TooManyCells: it leaves too much open for the time there is.
        Unsolved: no ledger was found in that time.
        OSError: the workbook cannot be written.
    """
    from mingsuan.compiling import write_book
    from mingsuan.compiling.lifting.book import book_of
    from mingsuan.compiling.lifting.lift import lift as lift_disclosure

    dialect = _dialect(disclosure)
    lifted = lift_disclosure(disclosure, dialect)
    if workbook is not None:
        write_book(book_of(lifted, dialect), dialect, workbook)
    return lifted


def fix(source: Path | str, findings: Sequence[str], *, dialect: str | None = None) -> Fixed:
    """Put repairs that `check` proposes into a copy of a published DOCX or XLSX; nothing else in it changes.

    Args:
        source: path of the file; it stays as it is.
        findings: numbers of the findings (from 1, as a check lists them) or fingerprints; "3:2" is the second repair of the third.
        dialect: name of a dialect; chosen by content, if it is not given.

    Returns:
        The bytes of the copy, and what was changed.

    Raises:
        CannotFix: there is no such finding, it has no repair or several, or the file is of another kind.
        UnreadableFile: the file cannot be read at all.
        DialectError: there is no such dialect.
    """
    from mingsuan.compiling.fixing.fix import edits_of
    from mingsuan.compiling.fixing.fix import fix as fix_file
    from mingsuan.reading.formats.files import contents

    path = Path(source)
    data = contents(path)
    disclosure = read(data, name=path.name, dialect=dialect)
    return fix_file(data, path.name, edits_of(check(disclosure), disclosure, findings))


def monitor(disclosure: Disclosure, evidence: Path | str, *, at: date | None = None) -> Monitoring:
    """How the performance targets of a disclosure stand at a date.

    Args:
        disclosure: what `read` gave.
        evidence: path of the evidence file (佐证.yaml); the files that it names stand beside it.
        at: the date; by default the last day of the evidence.

    Raises:
        EvidenceError: the evidence file cannot be read; data that cannot be used is among the findings of the result.
    """
    return _case(disclosure, evidence).monitored(at)


def evaluate(disclosure: Disclosure, evidence: Path | str) -> Evaluation:
    """Score what a disclosure set out to reach.

    Args:
        disclosure: what `read` gave.
        evidence: path of the evidence file (佐证.yaml); the files that it names stand beside it.

    Raises:
        EvidenceError: the evidence file cannot be read; data that cannot be used is among the findings of the result.
        WeightsError: the weights in it do not make 100 points.
        UnknownPartError: a weight is for no part of the scheme.
        NoSchemeError: there is no scheme for the year.
    """
    return _case(disclosure, evidence).evaluated()


def _dialect(disclosure: Disclosure) -> Dialect:
    """The dialect that a disclosure must have."""
    from mingsuan.dialects.dialect import load

    return load(disclosure.dialect or "（没有认出版式）")


def _case(disclosure: Disclosure, evidence: Path | str) -> Case:
    from mingsuan.dialects.dialect import load
    from mingsuan.performance.case import open_case

    return open_case(disclosure, load(disclosure.dialect) if disclosure.dialect else None, Path(evidence))
