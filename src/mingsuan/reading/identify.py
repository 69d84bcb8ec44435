"""Which form is a table? Decided by header and row labels; the title is further evidence, the usual order the last.

Titles are wrong in real disclosures (two tables under one title, one table's title over the next), so a title only
decides between forms that the content fits equally.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from mingsuan.dialects.forms import Fixed, Form
from mingsuan.dialects.names import bare, undated
from mingsuan.reading.joining import RawTable
from mingsuan.reading.lexicon import Lexicon
from mingsuan.reading.titles import title_agreement
from mingsuan.reading.vocabulary import StackWords, Vocabulary, label_of

LEAST_CONTENT = 0.4
"""Content agreement below which a table is not taken for a form."""
LEAST_BY_TITLE = 0.75
"""Title agreement that names the form of a table whose header is lost."""

_TITLE, _ORDER, _CLEAR, _LEFT = 0.3, 0.2, 0.1, 0.45


@dataclass(frozen=True)
class Labels:
    """The words of a raw table by which it is recognised, bare."""

    header: frozenset[str]
    firsts: frozenset[str]

    @classmethod
    def of(cls, table: RawTable) -> Labels:
        """Collect header labels, and the other words of the body that may be labels."""
        header = frozenset(bare(label.text) for row in table.labels for label in row)
        firsts = (t for line in table.lines for t in line.texts if t and len(t) < 30 and not t[0].isdigit())
        return cls(header, frozenset(name for t in firsts for name in _as_labels(t)))


def _as_labels(text: str) -> tuple[str, ...]:
    return (bare(text), bare(label_of(text)[0])) if ":" in text or "：" in text else (bare(text),)


@dataclass(frozen=True)
class Profile:
    """How a form is recognised, prepared once."""

    form: Form
    words: Lexicon | StackWords

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
        """All bare names of its headings."""
        return frozenset(name for mark in self.marks for name in mark)

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

    def explains(self, labels: Labels) -> float:
        """How well form and found labels explain each other, 0 … 1."""
        if isinstance(self.words, StackWords):
            found = labels.header | labels.firsts
            return _share(self.marks, found)
        if not labels.header:
            return 0.0
        words = {w if w in self.names else undated(w) for w in labels.header}
        known = len(words & self.names) / len(words)
        header = known * (0.5 + 0.5 * _share(self.marks, words))
        if not self.rows:
            return header
        listed = sum(1 for name in labels.firsts if name in self.row_names) / max(1, len(labels.firsts))
        return 0.5 * header + 0.5 * listed * (0.5 + 0.5 * _share(self.rows, labels.firsts))


def _share(marks: Sequence[frozenset[str]], found: Set[str]) -> float:
    return sum(1 for names in marks if names & found) / len(marks) if marks else 0.0


def profiles(vocabulary: Vocabulary) -> tuple[Profile, ...]:
    """Prepare the forms of a vocabulary."""
    side, stacked = iter(vocabulary.lexica), iter(vocabulary.stacks)
    return tuple(Profile(f, next(stacked) if f.arrange == "stack" else next(side)) for f in vocabulary.forms)


def best_explanation(labels: Labels, known: Sequence[Profile]) -> float:
    """How well the best of some forms explains a table."""
    return max((p.explains(labels) for p in known), default=0.0)


def identify(tables: Sequence[RawTable], vocabulary: Vocabulary) -> tuple[Form | None, ...]:
    """The form of each table, None where none fits.

    Forms stand in a vocabulary in the order in which a disclosure prints them.
    """
    known = profiles(vocabulary)
    scores = [_scores(table, known) for table in tables]
    forms = {p.form.kind: p.form for p in known}
    chosen = _titled(scores, forms)
    _ordered(scores, forms, chosen)
    return tuple(forms[kind] if kind is not None else None for kind in chosen)


def _scores(table: RawTable, known: Sequence[Profile]) -> Mapping[str, float]:
    """Score of every form that a table may be."""
    labels = Labels.of(table)
    agreements = {p.form.kind: title_agreement(table.title, p.form.titles) for p in known}
    content = {p.form.kind: p.explains(labels) for p in known}
    fitting = {kind: s for kind, s in content.items() if s >= LEAST_CONTENT}
    best = max(fitting.values(), default=0.0)
    if fitting:
        return {kind: s + _TITLE * agreements[kind] for kind, s in fitting.items() if s >= best - 0.3}
    return {} if table.header else {kind: a - 0.6 for kind, a in agreements.items() if a >= LEAST_BY_TITLE}


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


def _ordered(scores: Sequence[Mapping[str, float]], forms: Mapping[str, Form], chosen: list[str | None]) -> None:
    """Give the other tables what is left, in the usual order; a form is repeated where nothing else fits."""
    rank = {kind: n for n, kind in enumerate(forms)}
    for number, found in enumerate(scores):
        if chosen[number] is not None or not found:
            continue
        before = max((rank[k] for k in chosen[:number] if k is not None), default=-1)
        after = min((rank[k] for k in chosen[number + 1 :] if k is not None), default=len(rank))
        best = max(found.values())
        free = [k for k, s in found.items() if k not in chosen and s >= best - _LEFT]
        chosen[number] = max(free or found, key=lambda k: (round(found[k] + (_ORDER if before < rank[k] < after else 0.0), 3), -rank[k]))
