"""Functional classes that the narrative names level by level: “教育支出（类）普通教育（款）小学教育（项）” → 2050202.

A path is looked up among the names that the document's own tables print, then among the official ones, so that an item that no
bundled list has is still found and a name that differs by a slip of the pen still means the row it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from difflib import SequenceMatcher
from functools import cached_property

from mingsuan import codes
from mingsuan.model import CellKind, Table
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import without_ordinal
from mingsuan.values import dataclass

_LEVELS = (3, 5, 7)
_SIMILAR = 0.88
"""Share of characters that a name has in common with the one it is a slip of."""
_PATH = regex(
    r"(?P<class>[^（()），。；：]{1,60})[（(]类[）)](?P<section>[^，。；：]{1,60}?)[（(]款[）)]"
    r"(?:(?P<item>[^，。；：]{1,60}?)[（(]项[）)])?(?=科目|支出|预算|$)"
)
"""Names are bounded, so that a long text without a path costs no more than its length."""
_BELOW = regex(r"(?P<section>[^（()），。；：、.．\d]{1,60})[（(][款类][）)](?P<item>[^，。；：]{1,60}?)[（(]项[）)](?=科目|支出|预算|$)")
"""A section and an item under a heading that names the class."""
_ITEM = regex(r"[（(]项[）)]")
_STOPS = "，。；"
_QUOTES = regex(r"[\s“”\"‘’]")


@dataclass(frozen=True, slots=True)
class ClassPath:
    """Names of a class, a section and (unless it is "") an item; of a section and an item alone where `first` is 1."""

    names: tuple[str, ...]
    first: int = 0

    def __str__(self) -> str:
        """As the narrative prints it."""
        return "".join(f"{name}（{level}）" for name, level in zip(self.names, "类款项"[self.first :], strict=False))


def class_path(words: str) -> ClassPath | None:
    """The path that some words end with or are headed by, None if they name none."""
    match = None
    for found in _PATH.finditer(_QUOTES.sub("", words)):
        match = found
    if match is None:
        below = list(_BELOW.finditer(_QUOTES.sub("", words)))
        return ClassPath((below[-1]["section"], below[-1]["item"]), 1) if below else None
    return ClassPath(tuple(n for n in (without_ordinal(match["class"]), match["section"], match["item"]) if n))


@dataclass(frozen=True)
class ClassNames:
    """The functional classes that a document's tables print.

    Attributes:
        printed: code → its names.
        year: fiscal year, by which official names are looked up.
    """

    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None

    @classmethod
    def of(cls, tables: Iterable[Table], year: int | None) -> ClassNames:
        """Collect the names beside the codes of all tables."""
        found: dict[str, dict[str, None]] = {}
        for table in tables:
            path = next((c.path for c in table.columns if c.kind is CellKind.KEY and "科目名称" in c.path and "经济" not in c.path), None)
            for row in table.rows if path is not None else ():
                code = row.key.function if row.key and not (row.key.department or row.key.government) else None
                if code and path is not None and row.text(path):
                    found.setdefault(code, {})[row.text(path)] = None
        return cls({code: tuple(names) for code, names in found.items()}, year)

    @cached_property
    def _by_level(self) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
        return {level: {c: n for c, n in self.printed.items() if len(c) == level} for level in _LEVELS}

    def code(self, path: ClassPath) -> str | None:
        """The code that a path means, None where a level cannot be told."""
        prefix = ""
        for level, name in zip(_LEVELS[path.first :], path.names, strict=False):
            found = self._at(level, name, prefix)
            if found is None:
                return None
            prefix = found
        return prefix

    def _at(self, level: int, name: str, prefix: str) -> str | None:
        below = {c: names for c, names in self._by_level[level].items() if c.startswith(prefix)}
        for candidates in self._candidates(level, name, prefix, below):
            if len(candidates) == 1:
                return candidates[0]
        return None

    def _candidates(self, level: int, name: str, prefix: str, below: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
        """What a name may mean, the surest way of telling first."""
        yield _same(name, below)
        yield self._official(level, name, prefix)
        yield _slips(name, below)

    def _official(self, level: int, name: str, prefix: str) -> list[str]:
        named = codes.find("function", name, self.year)
        return list(dict.fromkeys(c.code for c in named if len(c.code) == level and c.code.startswith(prefix)))


def _same(name: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    words = codes.normalise(name)
    return [code for code, names in known.items() if any(codes.normalise(n) == words for n in names)]


def _slips(name: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [code for code, names in known.items() if any(is_slip(name, n) for n in names)]


def is_slip(name: str, official: str) -> bool:
    """Whether two names differ in a few characters only (其它行政事业单位养老支出)."""
    matcher = SequenceMatcher(None, name, official, autojunk=False)
    return matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


def paths_in(text: str) -> Iterator[tuple[int, ClassPath]]:
    """Every path of a text with the offset at which it ends."""
    begin = 0
    for item in _ITEM.finditer(text):
        begin = max(begin, *(text.rfind(stop, begin, item.start()) + 1 for stop in _STOPS))
        found = class_path(text[begin : item.end()])
        if found is not None:
            yield item.end(), found
        begin = item.end()
