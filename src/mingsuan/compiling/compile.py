"""Book → ledger, roster, disclosure: the walk of compiling, with what was found on the way and where every line comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingsuan.compiling.book import Book
from mingsuan.compiling.disclosing import ROUNDING, disclosed, per_project
from mingsuan.compiling.examine import examine
from mingsuan.compiling.last_year import with_last_year
from mingsuan.compiling.like import style_told
from mingsuan.compiling.lines import Origin, lines_of
from mingsuan.compiling.rosters import roster_of
from mingsuan.compiling.workbook.inputs import read_input
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.filling.layout import Style
from mingsuan.dialects.roster import Roster
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure, Finding, Level, Side
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.compiling.bundle import Bundle


@dataclass(frozen=True)
class Compiled:
    """A compiled budget.

    Attributes:
        disclosure: its tables, narrative and claims; a draft where `failed`, and nothing to publish.
        ledger: its lines, amounts in 元.
        roster: the department.
        dialect: whose forms were filled.
        findings: what was found in the workbook and the book, the gravest first.
        provenance: for each line of the ledger, by number, the row that it comes from.
        book: what was compiled.
        rounding: how printed amounts were rounded.
    """

    disclosure: Disclosure
    ledger: Ledger
    roster: Roster
    dialect: Dialect
    findings: tuple[Finding, ...]
    provenance: tuple[Origin, ...]
    book: Book
    rounding: str = ROUNDING

    @property
    def failed(self) -> bool:
        """Whether a finding is fatal."""
        return any(f.level is Level.ERROR for f in self.findings)

    @property
    def errors(self) -> tuple[str, ...]:
        """What is fatal, one line each."""
        return tuple(as_line(f) for f in self.findings if f.level is Level.ERROR)


def as_line(finding: Finding) -> str:
    """A finding of a workbook in one line: where, what, and what to do."""
    places = "、".join(dict.fromkeys(str(s.place) for s in finding.sides if str(s.place)))
    return f"{places}　{finding.message}{f'{finding.fix}。' if finding.fix else ''}"


def compile_workbook(path: Path | str, last: Bundle | None = None, style: Style | None = None) -> Compiled:
    """Compile an input workbook, or a folder with an export of a platform and its column map (map.yaml).

    Args:
        path: of the workbook or folder.
        last: last year's compiled budget, whose lines become last year's figures.
        style: how the tables are laid out; as the book says, if it is not given.

    Raises:
        WrongYearError: `last` is not of the year before.
        UnreadableFile: the file cannot be read at all.
        InputError: the folder holds nothing that can be compiled.
    """
    book, findings = read_input(Path(path))
    book = with_last_year(book, last) if last is not None else book
    return compile_book(book, findings, style)


def compile_book(book: Book, findings: tuple[Finding, ...] = (), style: Style | None = None) -> Compiled:
    """Compile a book, in its own style if none is given; `findings` of its reading are kept with those of its content."""
    try:
        dialect = load(book.dialect)
    except DialectError as error:
        wrong = Finding("BOOK001", Level.ERROR, str(error), (Side(book.department.at, "版式", book.dialect),))
        return _nothing(book, (*findings, wrong))
    sourced = lines_of(book, dialect)
    ledger = Ledger(dialect.axes, tuple(line for line, _ in sourced))
    found = _ranked((*findings, *examine(book, dialect)))
    roster = roster_of(book, dialect)
    known = bool(book.units and book.department.name)
    empty = Disclosure(department=roster.name, year=book.year, dialect=dialect.name)
    disclosure = disclosed(per_project(dialect), ledger, roster, book.year, style or style_told(book), book) if known else empty
    return Compiled(disclosure, ledger, roster, dialect, found, tuple(origin for _, origin in sourced), book)


def _nothing(book: Book, findings: tuple[Finding, ...]) -> Compiled:
    from mingsuan.dialects.dialect import names

    dialect = load(names()[0])
    return Compiled(Disclosure(), Ledger(dialect.axes, ()), Roster("", "", ()), dialect, _ranked(findings), (), book)


_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def _ranked(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: _RANK[f.level]))
