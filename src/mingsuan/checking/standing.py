"""Which tables were read right, where forms of many authorities stand in for the document's own.

A form that fits by its words may still mean something else: another fund, a column more. Its numbers then contradict the other tables row
by row, as no misprint does. Such a table is set aside and said to be unread, one at a time, until what is left contradicts itself no
more than misprints explain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import bears_another_title, kinds_of, namesakes, own_words
from mingsuan.identities import Cause
from mingsuan.identities.edits import LOST, SHIFTED, TYPED
from mingsuan.model import Disclosure, Unrecognised

WHY = "按各地通用的表式读，标题与列不是同一张表，或各数与其他表、与本表的合计大面积对不上，列的含义没有认准"
MISREAD = 3.0
"""Weight of what speaks against a table from which it is taken for misread: a document has few misprints in one table."""
_MISPRINTED = 0.08
"""The same as a share of the table's amounts."""
_UNTYPED, _TYPED = 1.0, 0.5
"""What a wrong number says against the reading, and one that a known slip explains: that is rather a misprint."""
_SHARE = 0.2
"""Share of a table's relations that fail if the table or one that it is compared with is misread."""


def believed(subject: Subject) -> Subject:
    """A subject without the tables that cannot have been read right; the same where its dialect is the authority's own."""
    while subject.stands_in:
        misread = next(_misnamed(subject), None)
        if misread is None:
            misread = _misread(subject)
        if misread is None:
            break
        subject = replace(subject, disclosure=_without(subject.disclosure, misread))
    return subject


def _misnamed(subject: Subject) -> Iterator[int]:
    """Tables that look like one form and bear the title of another: the title is right unless two tables bear it."""
    assert subject.dialect is not None
    for number, table in enumerate(subject.disclosure.tables):
        if bears_another_title(table, subject.disclosure, subject.dialect) and not namesakes(table, subject.disclosure):
            yield number


def _misread(subject: Subject) -> int | None:
    """The table that most speaks against; of several that contradict each other, one whose title is not its form's."""
    derivation = subject.derivation
    if derivation is None or not subject.causes:
        return None
    against: defaultdict[int, float] = defaultdict(float)
    for cause in subject.causes:
        for table, weight in _weights(subject, cause):
            against[table] += weight
    figures = derivation.meaning.figures
    failing = Counter(t for v in derivation.violations() for t in {figures[n].table for n in v.identity.members})
    filled = {n for n, figure in enumerate(figures) if figure.amount is not None and figure.amount.yuan}
    all_of = Counter(t for i in derivation.identities for t in {figures[n].table for n in filled.intersection(i.members)})
    numbers = Counter(figures[n].table for n in filled)
    suspected = {t for t, weight in against.items() if weight >= max(MISREAD, _MISPRINTED * numbers[t])}
    if suspected:
        suspected |= {t for t, count in failing.items() if t >= 0 and count >= MISREAD and count >= _SHARE * all_of[t]}
    return min(suspected, key=lambda t: (_titled(subject, t), -against[t], -failing[t], t), default=None)


def _weights(subject: Subject, cause: Cause) -> Iterator[tuple[int, float]]:
    """The tables that a cause lies in, and how much it says against their reading."""
    assert subject.derivation is not None
    figures = subject.derivation.meaning.figures
    if not cause.candidates:
        tables = {figures[n].table for v in cause.violations for n in v.identity.members}
        weight = MISREAD if len(cause.violations) >= MISREAD else _UNTYPED
    else:
        best = cause.candidates[0]
        tables = {figures[n].table for n, _ in best.edits}
        many = best.operation in (SHIFTED, LOST)
        weight = MISREAD if many else _TYPED if set(best.operation.split("、")) <= TYPED else _UNTYPED
    yield from ((t, weight) for t in sorted(tables) if t >= 0)


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
