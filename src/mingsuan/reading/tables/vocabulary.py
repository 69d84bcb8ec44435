"""All the words by which a dialect's tables are recognised before it is known which table is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Fields, Fixed, Form, Indicators
from mingsuan.dialects.names import bare, ordinal, plain, undated
from mingsuan.patterns import regex
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.counted import LINE_COUNT
from mingsuan.reading.tables.lexicon import LEAST, Lexicon, agreement
from mingsuan.values import dataclass

SHARE = 0.6
"""Share of a row's labels that must be headings before it is taken for a header row."""

_GRAND = frozenset({"合计", "总计"})
_A_YEAR = regex(r"20\d\d年度?\Z")


@dataclass(frozen=True)
class StackWords:
    """The words of a form whose blocks stand one above the other.

    Attributes:
        openers: bare names of its first field: a row that begins with one begins a form.
        heads: bare names of its fields and blocks: a grid that begins with one is such a form without its first line.
        labels: bare names of all its labels: fields, blocks, headings, fixed rows.
        levels: bare names of the level columns of its indicator tree.
    """

    openers: frozenset[str]
    heads: frozenset[str]
    labels: frozenset[str]
    levels: frozenset[str]


def stack_words(form: Form) -> StackWords:
    """Collect the words of a stacked form."""
    labels: set[str] = set()
    levels: set[str] = set()
    openers: tuple[str, ...] = ()
    heads = {bare(block.name) for block in form.blocks if block.name}
    for block in form.blocks:
        labels.update(name for names in block.groups.values() for name in names)
        labels.update(name for column in block.columns for name in column.names)
        if isinstance(block.rows, Fields):
            openers = openers or block.columns[0].names
            heads.update(name for column in block.columns for name in column.names)
        if isinstance(block.rows, Indicators):
            levels.update(name for c in block.columns for name in c.names if c.path in block.rows.levels)
        if isinstance(block.rows, Fixed):
            labels.update(name for row in block.rows.rows for name in row.names)
    return StackWords(frozenset(openers), frozenset(heads), frozenset(labels | heads), frozenset(levels))


Words = Lexicon | StackWords


def words_of(form: Form) -> Words:
    """Collect the words of a form."""
    return stack_words(form) if form.arrange == "stack" else Lexicon(form.blocks)


@dataclass(frozen=True)
class Vocabulary:
    """The words of some forms."""

    forms: tuple[Form, ...]

    @classmethod
    def of_all(cls, dialects: Iterable[Dialect]) -> Vocabulary:
        """The words of some dialects; a form that several of them have is one."""
        return cls(tuple({id(form): form for dialect in dialects for form in dialect.forms}.values()))

    def part(self, forms: Iterable[Form]) -> Vocabulary:
        """The words of some of the forms, which need not be collected again."""
        chosen = Vocabulary(tuple(forms))
        vars(chosen)["words"] = {id(form): self.words.get(id(form)) or words_of(form) for form in chosen.forms}
        return chosen

    @cached_property
    def words(self) -> Mapping[int, Words]:
        """The words of each form, by its identity: equal forms of two dialects are taken for two."""
        return {id(form): words_of(form) for form in self.forms}

    @cached_property
    def lexica(self) -> tuple[Lexicon, ...]:
        """Headings of the forms whose blocks stand side by side."""
        return tuple(words for words in self.words.values() if isinstance(words, Lexicon))

    @cached_property
    def stacks(self) -> tuple[StackWords, ...]:
        """Words of the stacked forms."""
        return tuple(words for words in self.words.values() if isinstance(words, StackWords))

    @cached_property
    def headings(self) -> frozenset[str]:
        """Bare names of all headings of side-by-side forms."""
        return frozenset(name for lexicon in self.lexica for node in lexicon.nodes for name in node.names) | {LINE_COUNT}

    @cached_property
    def items(self) -> frozenset[str]:
        """Bare names of all rows that side-by-side forms prescribe."""
        fixed = (b.rows for form in self.forms if form.arrange != "stack" for b in form.blocks if isinstance(b.rows, Fixed))
        return frozenset(name for rows in fixed for row in rows.rows for name in row.names)

    def is_item_row(self, texts: Sequence[str]) -> bool:
        """Whether a row names items side by side whose amounts are blank (年初结转和结余, 年末结转和结余): every other cell is."""
        filled = [j for j, text in enumerate(texts) if text]
        return all(b - a > 1 for a, b in pairwise(filled)) and all(bare(texts[j]) in self.items for j in filled)

    @cached_property
    def openers(self) -> frozenset[str]:
        """Bare labels that begin a stacked form."""
        return frozenset(name for words in self.stacks for name in words.openers)

    def is_inner_field(self, opener: str, label: str) -> bool:
        """Whether a form that a label opens has another further down: it is a field there, though it may open other forms."""
        return any(opener in words.openers and label in words.labels - words.openers for words in self.stacks)

    def goes_on_heading(self, opener: str, above: Sequence[str], row: Sequence[str]) -> bool:
        """Whether a row prints the lower headings of a block in the form that a label opens, right under the upper ones."""
        upper, lower = ([bare(t) for t in texts if t] for texts in (above, row))
        return any(opener in w.openers and w.labels.issuperset(lower) and w.labels.issuperset(upper) for w in self.stacks)

    @cached_property
    def stack_heads(self) -> frozenset[str]:
        """Bare names of fields and blocks of stacked forms."""
        return frozenset(name for words in self.stacks for name in words.heads)

    @cached_property
    def levels(self) -> frozenset[str]:
        """Bare names of indicator levels."""
        return frozenset(name for words in self.stacks for name in words.levels)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Bare titles of all forms, each once."""
        return tuple(dict.fromkeys(title for form in self.forms for title in form.titles))

    @cached_property
    def _fuzzy(self) -> dict[str, bool]:
        return {}

    def knows(self, label: str, *, strictly: bool = False) -> bool:
        """Whether a label is a heading of some form; `strictly` admits no cut-off or misspelt ones."""
        words = bare(label)
        if words in self.headings or undated(label) in self.headings or _A_YEAR.match(words):
            return True
        if strictly:
            return False
        if words not in self._fuzzy:
            self._fuzzy[words] = any(agreement(words, (name,)) >= LEAST for name in self.headings)
        return self._fuzzy[words]

    @cached_property
    def _headers(self) -> dict[tuple[tuple[str, ...], bool], bool]:
        return {}

    def is_header_row(self, texts: Sequence[str], *, strictly: bool = False) -> bool:
        """Whether a row prints headings: no numbers, no ordinals, more than totals, and words that forms use."""
        row = tuple(texts), strictly
        if row not in self._headers:
            self._headers[row] = self._prints_headings(texts, strictly)
        return self._headers[row]

    def _prints_headings(self, texts: Sequence[str], strictly: bool) -> bool:
        labels = [t for t in texts if t]
        if not labels or any(look(t) in {Look.DIGITS, Look.MONEY, Look.BLANK} for t in labels):
            return False
        if all(bare(t) in _GRAND for t in labels) or (len(labels) == 1 and look(labels[0]) is Look.TOTAL):
            return False
        if any(ordinal(t) for t in labels) or self.is_level_row(texts):
            return False
        known = sum(self.knows(t, strictly=True) for t in labels)
        if known and not strictly:
            known = sum(self.knows(t) for t in labels)
        return known >= (SHARE if not strictly else 0.8) * len(labels) and (known >= 2 or not strictly)

    def is_level_row(self, texts: Sequence[str]) -> bool:
        """Whether a row is the header of an indicator tree; one that names projects beside the levels heads a list of both."""
        return sum(bare(t) in self.levels for t in dict.fromkeys(texts) if t) >= 2 and not self._lists_indicators(texts)

    def _lists_indicators(self, texts: Sequence[str]) -> bool:
        labels = {bare(t) for t in texts if t}
        return any(labels & projects and labels <= names for projects, names in self._indicator_lists)

    @cached_property
    def _indicator_lists(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """Of side-by-side forms that print levels of indicators: bare names of the columns of projects, and of all headings."""
        found = []
        for lexicon in self.lexica:
            projects = frozenset(n for c in lexicon.leaves if c.key == "project_name" for n in c.names)
            names = frozenset(n for node in lexicon.nodes for n in node.names)
            if projects and len(names & self.levels) >= 2:
                found.append((projects, names))
        return tuple(found)

    def is_title(self, text: str) -> bool:
        """Whether a text ends with the title of a form."""
        words = bare(text)
        return len(words) <= 60 and words.endswith(self.titles)


def label_of(text: str) -> tuple[str, str]:
    """A label printed together with its value (部门名称：某局): both, the value "" where there is none."""
    words, colon, _ = plain(text).partition(":")
    return (words, text[len(words) + 1 :]) if colon else (words, "")
