"""Errors around the numbers: titles, codes, names of classes, targets, and what should not have been published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random

from mingsuan.codes.naming import renames_by_code
from mingsuan.model import Cell, CellKind, Disclosure, Table
from mingsuan.synth.slips import Altered, Slip

Spot = tuple[int, int, str, str]
"""A cell: number of its table, row, column, and what it says."""
_A_WORD = 3
"""A name of no more characters may be part of another."""
_CONTACT = "联系人：王建国，联系电话：13800138000。"


def _texts(disclosure: Disclosure, wanted: Callable[[Table, str], bool]) -> Iterator[Spot]:
    """The cells that are no amounts, of the columns wanted."""
    for n, table in enumerate(disclosure.tables):
        paths = [c.path for c in table.columns if c.kind is not CellKind.AMOUNT and wanted(table, c.path)]
        yield from ((n, r, path, row.text(path)) for r, row in enumerate(table.rows) for path in paths if row.text(path))


def _rewritten(spots: Callable[[Disclosure], Iterator[Spot]], say: Callable[[str, Random], str | None]) -> Slip:
    """One of some cells with another text."""

    def slip(disclosure: Disclosure, rng: Random) -> Altered | None:
        found = [(spot, said) for spot in spots(disclosure) if (said := say(spot[3], rng)) is not None and said != spot[3]]
        if not found:
            return None
        (n, r, path, before), after = rng.choice(found)
        table = disclosure.tables[n]
        cell = replace(table.rows[r].cells.get(path, Cell("")), text=after)
        altered = disclosure.with_table(n, table.with_cell(r, path, cell))
        return altered, f"《{table.title}》第{r + 1}行 {path}", before, after

    return slip


def _codes(disclosure: Disclosure) -> Iterator[Spot]:
    keys = {(n, c.path) for n, t in enumerate(disclosure.tables) for c in t.columns if c.kind is CellKind.KEY}
    keyed = (s for s in _texts(disclosure, lambda *_: True) if (s[0], s[2]) in keys)
    return (s for s in keyed if disclosure.tables[s[0]].rows[s[1]].key is not None and s[3].isdigit() and len(s[3]) in (5, 7))


def _old_name(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A class under the name that it bore in earlier years."""
    year = disclosure.year or 0
    renamed = [r for changes in renames_by_code().values() for r in changes if r.year <= year]
    former = [(r.new.removesuffix("支出"), r.old.removesuffix("支出")) for r in renamed if r.new and r.old]

    def said(text: str, _: Random) -> str | None:
        return next((text.replace(new, old) for new, old in former if len(new) > _A_WORD and new in text and old not in text), None)

    return _rewritten(lambda d: _texts(d, lambda *_: True), said)(disclosure, rng)


def _targets(disclosure: Disclosure) -> Iterator[Spot]:
    return _texts(disclosure, lambda _, path: path.endswith("指标值"))


def _rates(disclosure: Disclosure) -> Iterator[Spot]:
    """Targets of indicators that are rates by their name."""
    for n, r, path, text in _targets(disclosure):
        row = disclosure.tables[n].rows[r]
        name = row.text(f"{path.removesuffix('指标值')}三级指标")
        if name.endswith("率"):
            yield n, r, path, text


def _same_title(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A table under the title of another."""
    titles = list(dict.fromkeys(t.title for t in disclosure.tables))
    if len(titles) < 2:
        return None
    number = rng.randrange(len(disclosure.tables))
    table = disclosure.tables[number]
    other = rng.choice([t for t in titles if t != table.title])
    return disclosure.with_table(number, replace(table, title=other)), f"《{table.title}》标题", table.title, other


def _contact(disclosure: Disclosure, rng: Random) -> Altered | None:
    found = [n for n, s in enumerate(disclosure.sections) if s.text and s.kind not in (None, "glossary")]
    if not found:
        return None
    number = rng.choice(found)
    section = disclosure.sections[number]
    named = replace(section, text=f"{section.text}\n{_CONTACT}", origins=())
    sections = (*disclosure.sections[:number], named, *disclosure.sections[number + 1 :])
    return replace(disclosure, sections=sections, claims=()), f"{section.title}：段末", "没有个人信息", _CONTACT


MISFILINGS: Mapping[str, Slip] = {
    "编码少一位": _rewritten(_codes, lambda text, _: text[:-1]),
    "旧科目名": _old_name,
    "指标值无法衡量": _rewritten(_targets, lambda text, _: "≥规范" if text[-1:] == "%" else None),
    "比率以次计": _rewritten(_rates, lambda text, _: f"{text[:-1]}次" if text[-1:] == "%" else None),
    "两表同名": _same_title,
    "个人信息": _contact,
}
"""Errors around the numbers by kind."""
