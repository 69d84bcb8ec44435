"""What a printed title of a table means: its words without year, department and ordinals, and the forms that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import bare
from mingsuan.model import Disclosure, Side, Table
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE

_COUNT = r"(?:\d+[-\d]*|[一二三四五六七八九十]+(?!般))"
_ANNEX = regex(rf"^(?:附件{_COUNT}|(?:部门|单位|预算|决算|公开|附)*(?:\d{{1,2}}表|表{_COUNT}))[:.、]?(?=.)")
_HEAD_OFFICE = regex(r"^(?:机关|本级)(?=.*表)")
_YEAR = regex(r"^\(?(?:19|20)\d\d年?(?:度)?\)?")
_FILLING = regex(r"[()\"'<>]|情况|总体|部门|单位|汇总|申报|预算|公开|财政拨款(?=支出)|市级|省级|县级|区级")
_PERFORMANCE = regex(r"项目(?:支出)?绩效(?:目标)?")


_UNREAD = regex(r"表“(.+)”")
"""How a table that is printed but could not be read is told of."""


def own_words(title: str, disclosure: Disclosure) -> str:
    """A title without annex number, year and the department's or a unit's name."""
    words = bare(title)
    names = sorted({n for n in (disclosure.department, *(u.name for u in disclosure.units)) if n}, key=len, reverse=True)
    for _ in range(3):
        before = words
        words = _YEAR.sub("", words)
        words = _ANNEX.sub("", words)
        for name in names:
            if words.startswith(bare(name)) and len(words) > len(bare(name)):
                words = _HEAD_OFFICE.sub("", words[len(bare(name)) :])
                break
        if words == before:
            break
    return words or bare(title)


@lru_cache(maxsize=4096)
def core(words: str) -> str:
    """The words of a title that tell one form from another: 部门收支总体情况表 and 部门收支预算表 both give 收支表."""
    return _FILLING.sub("", words) or words


def kinds_by_core(dialect: Dialect) -> Mapping[str, frozenset[str]]:
    """Kinds of forms by the core of their titles."""
    found: dict[str, set[str]] = {}
    for form in dialect.forms:
        for title in form.titles:
            found.setdefault(core(title), set()).add(form.kind)
    return {words: frozenset(kinds) for words, kinds in found.items()}


def kinds_of(words: str, dialect: Dialect) -> frozenset[str]:
    """The kinds of forms that a title may mean; empty if it is not recognised."""
    exact = frozenset(f.kind for f in dialect.forms if words in f.titles)
    if exact:
        return exact
    by_core = kinds_by_core(dialect)
    if core(words) in by_core:
        return by_core[core(words)]
    if _PERFORMANCE.search(words):
        return frozenset(f.kind for f in dialect.forms if f.kind.startswith("project_performance"))
    return frozenset()


def bears_another_title(table: Table, disclosure: Disclosure, dialect: Dialect) -> bool:
    """Whether a table that was read as one form is printed under the title of another."""
    words, form = own_words(table.title, disclosure), dialect.by_kind.get(table.kind)
    kinds = kinds_of(words, dialect) if table.title and form else frozenset()
    return bool(form and kinds) and table.kind not in kinds and core(words) not in {core(t) for t in (form.titles if form else ())}


def titles_of(disclosure: Disclosure, *, contents: bool = False) -> Iterator[Side]:
    """The titles of sections and tables, unread ones too; before them, if wanted, the lines of the contents that list them."""
    yield from (Side(NOWHERE, "目录", line) for line in disclosure.contents if contents)
    yield from (Side(s.place, "标题", s.title) for s in disclosure.sections)
    yield from (Side(t.place, "标题", t.title) for t in disclosure.tables)
    yield from (Side(u.place, "标题", found[1]) for u in disclosure.unrecognised if (found := _UNREAD.fullmatch(u.what)))


def namesakes(table: Table, disclosure: Disclosure) -> tuple[Table, ...]:
    """Other tables under the same title."""
    words = own_words(table.title, disclosure)
    return tuple(t for t in disclosure.tables if t is not table and own_words(t.title, disclosure) == words)


def names_a_table(title: str) -> bool:
    """Whether an entry of a list of contents names one table, not the part that holds them all (附件：2024年部门预算表)."""
    words = re.sub(r"\(按[^()]*\)$", "", bare(title))
    return words.endswith("表") and not re.search(r"(?:年|部门|单位)(?:度)?(?:部门|单位)?(?:预算|决算)(?:公开|批复|报)?表$|附表$", words)
