"""Mingsuan (明算): read and check the published budgets of Chinese government departments.

The public API; what it needs is imported when it is first called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingsuan.codes import UserList
    from mingsuan.model import Disclosure, Report

__all__ = ["__version__", "check", "read"]

__version__ = "0.1.0.dev0"


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

    Raises:
        UnknownRuleError: a prefix fits no rule.
    """
    from mingsuan.checking.check import check as check_disclosure
    from mingsuan.checking.subject import Beside, Subject
    from mingsuan.dialects.dialect import load

    def subject(other: Disclosure) -> Subject:
        return Subject(other, load(other.dialect) if other.dialect else None)

    beside = Beside(subject(last) if last else None, tuple(subject(u) for u in units), subject(budget) if budget else None)
    dialect = load(disclosure.dialect) if disclosure.dialect else None
    return check_disclosure(disclosure, dialect, select, ignore, user_lists, beside)
