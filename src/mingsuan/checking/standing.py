"""Which tables were read right, where forms of many authorities stand in for the document's own.

A form that fits by its words may still mean something else: another fund, a column more. Its numbers then contradict the other tables row
by row, as no misprint does. Such a table is set aside and said to be unread, one at a time, until what is left contradicts itself no
more than misprints explain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from mingsuan.checking.meant_units import wrong_units
from mingsuan.checking.misshapen import misshapen
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import bears_another_title, kinds_of, namesakes, own_words
from mingsuan.identities import Cause, Derivation, Sort, Violation
from mingsuan.identities.localising.edits import LOST, SHIFTED, TYPED
from mingsuan.indicators.listing import SUMMARY, family
from mingsuan.model import Disclosure, Unrecognised

WHY = "按各地通用的表式读，标题与列不是同一张表，或各数与其他表、与本表的合计大面积对不上，列的含义没有认准"
MISREAD = 3.0
"""Weight of what speaks against a table from which it is taken for misread: a document has few misprints in one table."""
CROWDED = 5
"""Failing relations without a common number from which no search for errors is needed to tell that a table was misread."""
_MISPRINTED = 0.08
"""The same as a share of the table's amounts."""
_UNTYPED, _TYPED = 1.0, 0.5
"""What a wrong number says against the reading, and one that a known slip explains: that is rather a misprint."""
_LIST = 5
"""Rows of a table from which it is a list: in shorter ones the columns are what is listed."""
_SHARE = 0.2
"""Share of a table's relations that fail if the table or one that it is compared with is misread."""


def believed(subject: Subject) -> Subject:
    """A subject with its tables in the units that were meant, without those that cannot have been read right.

    Where the dialect is the authority's own, all were.
    """
    while subject.stands_in:
        misread = next(chain(_misshapen(subject), _misnamed(subject)), None)
        if misread is None:
            misread = _misread(_in_their_units(subject))
        if misread is None:
            break
        subject = replace(subject, disclosure=_without(subject.disclosure, misread))
    return _in_their_units(subject)


def _in_their_units(subject: Subject) -> Subject:
    """A subject with its tables in the units that were meant."""
    if subject.derivation is None:
        return subject
    disclosure, found = wrong_units(subject.disclosure, subject.derivation)
    return replace(subject, disclosure=disclosure, wrong_units=found) if found else subject


def _misshapen(subject: Subject) -> Iterator[int]:
    """Tables that were not read in their printed columns."""
    return (number for number, table in enumerate(subject.disclosure.tables) if misshapen(table))


def _misnamed(subject: Subject) -> Iterator[int]:
    """Tables that look like one form and bear the title of another: the title is right unless two tables bear it.

    A list of targets is one whether it is of the whole department or of a project.
    """
    assert subject.dialect is not None
    for number, table in enumerate(subject.disclosure.tables):
        if family(table.kind) not in ("", SUMMARY):
            continue
        if bears_another_title(table, subject.disclosure, subject.dialect) and not namesakes(table, subject.disclosure):
            yield number


def _misread(subject: Subject) -> int | None:
    """The table that most speaks against; of several that contradict each other, one whose title is not its form's."""
    derivation = subject.derivation
    failing = [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION] if derivation else []
    if derivation is None or len(failing) < MISREAD:
        return None
    figures = derivation.meaning.figures
    filled = {n for n, figure in enumerate(figures) if figure.amount is not None and figure.amount.yuan}
    numbers = Counter(figures[n].table for n in filled)
    against = _apart(derivation, failing)
    if not any(count >= max(CROWDED, _MISPRINTED * numbers[t]) for t, count in against.items()):
        against = _weighed(derivation, subject.causes)
    suspected = {t for t, weight in against.items() if weight >= max(MISREAD, _MISPRINTED * numbers[t])}
    fails = Counter(t for v in failing for t in _tables(derivation, v.identity.members))
    if suspected:
        all_of = Counter(t for i in derivation.identities for t in _tables(derivation, filled.intersection(i.members)))
        suspected |= {t for t, count in fails.items() if count >= MISREAD and count >= _SHARE * all_of[t]}
    return min(suspected, key=lambda t: (_titled(subject, t), -against[t], -fails[t], t), default=None)


def _tables(derivation: Derivation, members: Iterable[int]) -> frozenset[int]:
    """The tables that some figures stand in."""
    return frozenset(t for n in members if (t := derivation.meaning.figures[n].table) >= 0)


def _apart(derivation: Derivation, failing: Sequence[Violation]) -> defaultdict[int, float]:
    """By table, failing relations no two of which share a number: each needs an error of its own, whatever the errors are.

    What a list leaves out is no error in it.
    """
    against: defaultdict[int, float] = defaultdict(float)
    taken: set[int] = set()
    rows: set[tuple[int, frozenset[int]]] = set()
    lists = _lists(derivation)
    for v in sorted((v for v in failing if v.identity.right), key=lambda v: len(v.identity.members)):
        if taken.isdisjoint(v.identity.members):
            taken.update(v.identity.members)
            members = v.identity.members
            rows.update((table, _rows(derivation, members, table, lists)) for table in _tables(derivation, members))
    for table, _ in rows:
        against[table] += 1
    return against


def _lists(derivation: Derivation) -> frozenset[int]:
    """The tables of more than a few rows."""
    rows = defaultdict[int, set[int]](set)
    for figure in derivation.meaning.figures:
        rows[figure.table].add(figure.row)
    return frozenset(table for table, found in rows.items() if len(found) >= _LIST)


def _rows(derivation: Derivation, members: Iterable[int], table: int, lists: Set[int]) -> frozenset[int]:
    """The rows of a table that some figures stand in, or the figures where it has but one row or a few.

    What goes wrong with a row of a list goes wrong in all its columns and counts once.
    """
    figures = derivation.meaning.figures
    own = [n for n in members if figures[n].table == table]
    return frozenset(figures[n].row for n in own) if table in lists else frozenset(own)


def _weighed(derivation: Derivation, causes: Iterable[Cause]) -> defaultdict[int, float]:
    """By table, what causes say against its reading; of those about the same rows only the weightiest."""
    weights: defaultdict[tuple[int, frozenset[int]], float] = defaultdict(float)
    lists = _lists(derivation)
    for cause in causes:
        edits = cause.candidates[0].edits if cause.candidates else ()
        members = [n for n, _ in edits] or [n for v in cause.violations for n in v.identity.members]
        for table, weight in _weights(derivation, cause):
            rows = _rows(derivation, members, table, lists)
            weights[table, rows] = max(weight, weights[table, rows])
    against: defaultdict[int, float] = defaultdict(float)
    for (table, _), weight in weights.items():
        against[table] += weight
    return against


def _weights(derivation: Derivation, cause: Cause) -> Iterator[tuple[int, float]]:
    """The tables that a cause lies in, and how much it says against their reading.

    A list that lacks just what another table lists was read right, however many relations that breaks.
    """
    if not cause.candidates:
        tables = _tables(derivation, (n for v in cause.violations for n in v.identity.members))
        weight = MISREAD if len(cause.violations) >= MISREAD and not cause.missing else _UNTYPED
    else:
        best = cause.candidates[0]
        tables = _tables(derivation, (n for n, _ in best.edits))
        many = best.operation in (SHIFTED, LOST)
        weight = MISREAD if many else _TYPED if set(best.operation.split("、")) <= TYPED else _UNTYPED
    yield from ((t, weight) for t in sorted(tables))


def _titled(subject: Subject, number: int) -> bool:
    """Whether a table is printed under a title of its form."""
    assert subject.dialect is not None
    table = subject.disclosure.tables[number]
    return table.kind in kinds_of(own_words(table.title, subject.disclosure), subject.dialect)


def _without(disclosure: Disclosure, number: int) -> Disclosure:
    """A disclosure in which a table counts as unread."""
    table = disclosure.tables[number]
    unread = Unrecognised(f"表“{table.title or '未印标题的表'}”", WHY, table.place)
    tables = (*disclosure.tables[:number], *disclosure.tables[number + 1 :])
    return replace(disclosure, tables=tables, unrecognised=(*disclosure.unrecognised, unread))
