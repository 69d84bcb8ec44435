"""Which form is a table? Decided by header and row labels; the title is further evidence, the usual order the last.

Titles are wrong in real disclosures (two tables under one title, one table's title over the next), so a title only
decides between forms that the content fits equally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import field
from functools import cached_property

from mingsuan.dialects.forms import Fixed, Form
from mingsuan.dialects.names import bare, plain, undated
from mingsuan.reading.tables.keys import LEADING
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.titles import title_agreement
from mingsuan.reading.tables.vocabulary import StackWords, Vocabulary, Words, label_of
from mingsuan.values import dataclass

LEAST_CONTENT = 0.4
"""Content agreement below which a table is not taken for a form."""
LEAST_MISTITLED = 0.6
"""Content agreement below which a table whose title is not the form's is not taken for it."""
LEAST_UNTITLED = 0.8
"""The same where its title is no form's: it is likely a table that no form is of."""
LEAST_BY_TITLE = 0.75
"""Title agreement that names the form of a table whose header is lost."""
LEAST_NAMED = 0.8
"""Title agreement by which a table is a further one of a form rather than the only one of another that fits as well."""

_FUNDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政专户")
"""The budgets, and the account, that have tables of like columns."""
_CODE_COLUMNS, _LEAST_CODES, _LEADING = 3, 3, frozenset(LEADING.values())
"""Columns in which codes of classes are looked for, how many tell anything, and the digits that they begin with."""
_TITLE, _SHARED_TITLE, _ORDER, _CLEAR, _LEFT = 0.3, 0.15, 0.2, 0.1, 0.45
_FOREIGN = 0.3
"""How much better another authority's form must fit than the own ones."""
_KEYS = frozenset({"类", "款", "项", "年度", "年份"})
"""Headings of columns that tell what a row is; a form that does not have one would take rows of different things for one."""


@dataclass(frozen=True)
class Labels:
    """The words of a raw table by which it is recognised, bare."""

    header: frozenset[str]
    firsts: frozenset[str]
    codes: str = ""
    relative: Mapping[str, str] = field(default_factory=dict)
    """Header labels that name a year → the same with 本年 or 上年, where the header compares years."""

    @cached_property
    def spelt(self) -> tuple[tuple[str, str, str], ...]:
        """Each label of the header as a form may name it: with its year, relative to it, and without."""
        return tuple((label, self.relative.get(label, ""), undated(label)) for label in self.header)

    @classmethod
    def of(cls, table: RawTable) -> Labels:
        """Collect header labels, and the other words of the body that may be labels."""
        header = frozenset(bare(label.text) for row in table.labels for label in row)
        firsts = (t for line in table.lines for t in line.texts if t and len(t) < 30 and not t[0].isdigit())
        relative = {bare(label.text): label.relative for row in table.labels for label in row if label.relative}
        return cls(header, frozenset(name for t in firsts for name in _as_labels(t)), _leading_digit(table), relative)


def _leading_digit(table: RawTable) -> str:
    """The digit with which most codes of classes begin that a table prints, "" if it prints few or such as units have."""
    printed = [t for line in table.lines for t in line.texts[:_CODE_COLUMNS] if t.isdigit() and len(t) >= 3]
    units = any(len(t) not in (3, 5, 7) for t in printed)
    classes = [t for t in printed if len(t) in (5, 7) or (len(t) == 3 and not units)]
    counts = Counter(code[0] for code in classes).most_common(1)
    return counts[0][0] if len(classes) >= _LEAST_CODES and counts[0][0] in _LEADING else ""


def _as_labels(text: str) -> tuple[str, ...]:
    return (bare(text), bare(label_of(text)[0])) if ":" in text or "：" in text else (bare(text),)


@dataclass(frozen=True)
class Profile:
    """How a form is recognised, prepared once."""

    form: Form
    words: Words

    @cached_property
    def marks(self) -> tuple[frozenset[str], ...]:
        """The bare names of each heading that a found table should print."""
        if isinstance(self.words, StackWords):
            blocks = [frozenset({bare(b.name)}) for b in self.form.blocks if b.name]
            unnamed = [c for b in self.form.blocks if not (isinstance(b.rows, Fixed) and b.name) for c in b.columns]
            return (*blocks, *(frozenset(c.names) for c in unnamed if not c.optional))
        leaves = self.words.leaves
        printed = [n for n in self.words.nodes if not all(c.optional for c in leaves[n.first : n.last + 1])]
        return tuple(dict.fromkeys(frozenset(n.names) for n in printed))

    @cached_property
    def names(self) -> frozenset[str]:
        """All bare names of its headings, also of those that found tables may lack."""
        own = frozenset() if isinstance(self.words, StackWords) else frozenset(n for node in self.words.nodes for n in node.names)
        return own.union(*self.marks)

    @cached_property
    def rows(self) -> tuple[frozenset[str], ...]:
        """The bare names of each row that the form prescribes."""
        fixed = [b.rows for b in self.form.blocks if isinstance(b.rows, Fixed) and not b.continues]
        return tuple(frozenset(r.names) for rows in fixed for r in rows.rows if not r.label and not r.optional)

    @cached_property
    def row_names(self) -> frozenset[str]:
        """All bare names of its fixed rows."""
        fixed = [b.rows for b in self.form.blocks if isinstance(b.rows, Fixed)]
        return frozenset(name for rows in fixed for r in rows.rows for name in r.names)

    @cached_property
    def leading(self) -> frozenset[str]:
        """The digits with which the codes of its classes begin."""
        return frozenset(LEADING[c.key] for c in self.form.columns if c.key in LEADING)

    def explains(self, labels: Labels) -> float:
        """How well form and found labels explain each other, 0 … 1."""
        if isinstance(self.words, StackWords):
            found = labels.header | labels.firsts
            return _share(self.marks, found)
        if not labels.header or (labels.codes and self.leading and labels.codes not in self.leading):
            return 0.0
        names = self.names
        words = {own if own in names else relative if relative in names else other for own, relative, other in labels.spelt}
        if words & _KEYS - names:
            return 0.0
        known = len(words & names) / len(words)
        header = known * (0.5 + 0.5 * _share(self.marks, words))
        if not self.rows:
            return header
        listed = sum(1 for name in labels.firsts if name in self.row_names) / max(1, len(labels.firsts))
        return 0.5 * header + 0.5 * listed * (0.5 + 0.5 * _share(self.rows, labels.firsts))


def _share(marks: Sequence[frozenset[str]], found: Set[str]) -> float:
    return sum(1 for names in marks if names & found) / len(marks) if marks else 0.0


def profiles(vocabulary: Vocabulary) -> tuple[Profile, ...]:
    """Prepare the forms of a vocabulary."""
    return tuple(Profile(form, vocabulary.words[id(form)]) for form in vocabulary.forms)


def identify(tables: Sequence[RawTable], vocabulary: Vocabulary, own: Collection[str] = ()) -> tuple[Form | None, ...]:
    """The form of each table, None where none fits.

    Args:
        tables: those of a document.
        vocabulary: the forms, in the order in which a disclosure prints them.
        own: kinds of the forms that the document's authority uses; others only where none of these fits nearly as well.
    """
    known = profiles(vocabulary)
    titles = Counter(table.title for table in tables)
    scores = [_preferred(_scores(table, known, misprinted=titles[table.title] > 1), own) for table in tables]
    forms = {p.form.kind: p.form for p in known}
    chosen = _titled(scores, forms)
    _ordered(tables, scores, forms, chosen)
    return tuple(forms[kind] if kind is not None else None for kind in chosen)


def _scores(table: RawTable, known: Sequence[Profile], *, misprinted: bool) -> Mapping[str, float]:
    """Score of every form that a table may be; a title that other tables bear too may be another's."""
    labels = Labels.of(table)
    agreements = {p.form.kind: title_agreement(table.title, p.form.titles) for p in known}
    content = {p.form.kind: p.explains(labels) for p in known if misprinted or not _of_another_fund(table.title, p.form)}
    mistitled = LEAST_MISTITLED if any(agreements.values()) else LEAST_UNTITLED
    least = {kind: LEAST_CONTENT if agreed or not table.title else mistitled for kind, agreed in agreements.items()}
    fitting = {kind: s for kind, s in content.items() if s >= least[kind]}
    best = max(fitting.values(), default=0.0)
    if fitting:
        weight = _SHARED_TITLE if misprinted else _TITLE
        return {kind: s + weight * agreements[kind] for kind, s in fitting.items() if s >= best - 0.3}
    return {} if table.header else {kind: a - 0.6 for kind, a in agreements.items() if a >= LEAST_BY_TITLE}


def _preferred(scores: Mapping[str, float], own: Collection[str]) -> Mapping[str, float]:
    """The scores of the authority's own forms, with those of others where they are clearly better."""
    best = max((s for kind, s in scores.items() if kind in own), default=-1.0)
    return {kind: s for kind, s in scores.items() if kind in own or s > best + _FOREIGN}


def _of_another_fund(title: str, form: Form) -> bool:
    """Whether a title names one of the three budgets and the form is another one's, or names none."""
    words = plain(title)
    named = [fund for fund in _FUNDS if fund in words]
    own = [fund for fund in _FUNDS if fund in form.titles[0]]
    if not own:
        return len(named) == 1 and not any(named[0] in name for name in form.titles)
    return bool(named) and not set(named) & set(own)


def _titled(scores: Sequence[Mapping[str, float]], forms: Mapping[str, Form]) -> list[str | None]:
    """Give tables the forms that content and title point to; of two with one title the first has the right one."""
    chosen: list[str | None] = [None] * len(scores)
    taken: set[str] = set()
    pairs = sorted(((round(s, 2), n, k) for n, found in enumerate(scores) for k, s in found.items()), key=lambda p: (-p[0], p[1]))
    for score, number, kind in pairs:
        best = max(scores[number].values())
        clear = sum(1 for s in scores[number].values() if s >= best - _CLEAR) == 1
        if chosen[number] is None and clear and score >= best - _CLEAR and (kind not in taken or forms[kind].together is not None):
            chosen[number] = kind
            taken.add(kind)
    return chosen


def _titles_it(table: RawTable, form: Form) -> bool:
    return title_agreement(table.title, form.titles) > 0


def _ordered(
    tables: Sequence[RawTable], scores: Sequence[Mapping[str, float]], forms: Mapping[str, Form], chosen: list[str | None]
) -> None:
    """Give the other tables what is left, in the usual order; a form is repeated where nothing else fits.

    A table with a title of its own is no second one of a form that is called otherwise, but of the one that is called so.
    """
    rank = {kind: n for n, kind in enumerate(forms)}
    alone = Counter(table.title for table in tables)
    for number, table in enumerate(tables):
        found = {k: s for k, s in scores[number].items() if k not in chosen or not table.title or _titles_it(table, forms[k])}
        if chosen[number] is not None or not found:
            continue
        before = max((rank[k] for k in chosen[:number] if k is not None), default=-1)
        after = min((rank[k] for k in chosen[number + 1 :] if k is not None), default=len(rank))
        best = max(found.values())
        free = [k for k, s in found.items() if k not in chosen and s >= best - _LEFT]
        named = {k for k, s in found.items() if s >= best - _CLEAR and title_agreement(table.title, forms[k].titles) >= LEAST_NAMED}
        if named and alone[table.title] == 1:
            found, free = {k: found[k] for k in named}, [k for k in free if k in named]
        chosen[number] = max(free or found, key=lambda k: (round(found[k] + (_ORDER if before < rank[k] < after else 0.0), 3), -rank[k]))
