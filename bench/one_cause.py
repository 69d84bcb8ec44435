"""One cause, one finding: how many findings, of all levels, a single natural slip makes.

`python -m bench.one_cause [--seeds 1] [--only KIND …] [--real | --made] [--show]` plants one slip of every kind in real documents of
../shared and in made-up ones, the kinds of `mingsuan corrupt` and those of `bench.hand_slips`, reads and checks each, and counts the
findings that the sound document does not have. `--pairs` plants two independent slips instead, and counts how often both are told, each
in a finding of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import mingsuan
from bench.hand_slips import HAND_SLIPS, Page, page
from bench.shared import SHARED
from mingsuan.dialects.dialect import all_dialects, load, names
from mingsuan.model import Disclosure, Finding
from mingsuan.reading.document import Document
from mingsuan.reading.formats.files import read_bytes
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import disclosure_of
from mingsuan.synth.corruption import KINDS, corrupt
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

REAL = (
    *("000_", "001_", "003_"),
    *("b2018_jiangsu_congress", "b2018_jiangsu_proc", "b2024_putuo_welfare", "b2025_putuo_commerce", "f2024_putuo_planning"),
)
"""Beginnings of the names of the real documents that slips are planted in."""


_ALL = "全部"


@dataclass(frozen=True)
class Outcome:
    """What one slip made.

    Attributes:
        what: what was changed.
        caused: the findings that the sound document does not have.
    """

    kind: str
    document: str
    what: str
    caused: Sequence[Finding]


@cache
def _opened(name: str) -> tuple[Document, Disclosure]:
    """A document as it is opened, and what is read of it: a file of ../shared, or dialect:seed."""
    if ":" in name:
        dialect, _, seed = name.partition(":")
        printed = as_text(random_disclosure(load(dialect), int(seed)), load(dialect))
        return _read(read_bytes(printed.encode(), "例.txt"))
    return _read(Opening(_path(name)).document())


def _path(name: str) -> Path:
    return next(p for folder in ("seeds", "corpus") for p in sorted((SHARED / folder).iterdir()) if p.name.startswith(name))


def _read(document: Document) -> tuple[Document, Disclosure]:
    return document, disclosure_of(document, all_dialects())


@cache
def _reprinted(name: str) -> Disclosure | None:
    """What can be printed again of a document, as `mingsuan corrupt` does; None where nothing of its own forms can."""
    if ":" in name:
        dialect, _, seed = name.partition(":")
        return random_disclosure(load(dialect), int(seed))
    _, found = _opened(name)
    forms = load(found.dialect).by_kind if found.dialect else {}
    return replace(found, tables=tuple(t for t in found.tables if t.kind in forms)) if forms else None


@cache
def _printed_page(name: str) -> Page:
    """A made-up or reprinted document as it is read from its text."""
    sound = _reprinted(name)
    assert sound is not None
    return page(*_read(read_bytes(as_text(sound, load(sound.dialect or "")).encode(), "例.txt")))


@cache
def _known(name: str, *, reprinted: bool) -> tuple[Finding, ...]:
    found = _printed_page(name).disclosure if reprinted else _opened(name)[1]
    return mingsuan.check(found).findings


def _caused(found: Disclosure, known: Sequence[Finding]) -> list[Finding]:
    """The findings that the sound document does not have; one that says of the same place what it says otherwise there is not new."""
    left = {f.fingerprint: f for f in known}
    new = [f for f in mingsuan.check(found).findings if left.pop(f.fingerprint, None) is None]
    gone = Counter((f.code, f.sides[0].label if f.sides else "") for f in left.values())
    caused = []
    for finding in new:
        about = (finding.code, finding.sides[0].label if finding.sides else "")
        if gone[about]:
            gone[about] -= 1
        else:
            caused.append(finding)
    return caused


def plant(kind: str, name: str, seed: int) -> Outcome | None:
    """One slip of a kind in a document; None where it has no room for it."""
    if kind in KINDS:
        sound = _reprinted(name)
        made = corrupt(sound, seed, kinds=[kind]) if sound else None
        if sound is None or made is None or not made[1]:
            return None
        wrong = as_text(made[0], load(sound.dialect or ""))
        _, found = _read(read_bytes(wrong.encode(), "例.txt"))
        change = made[1][0]
        return Outcome(kind, name, f"{change.place}：{change.before}→{change.after}", _caused(found, _known(name, reprinted=True)))
    planted = HAND_SLIPS[kind](page(*_opened(name)), Random(f"{kind}:{name}:{seed}"))
    if planted is None:
        return None
    return Outcome(kind, name, planted[1], _caused(_read(planted[0])[1], _known(name, reprinted=False)))


def documents(*, real: bool, made: bool, seed: int) -> Iterator[str]:
    """The documents that are planted in."""
    if real and (SHARED / "seeds").is_dir():
        yield from REAL
    if made:
        yield from (f"{name}:{seed + n}" for n, name in enumerate(names()))


def outcomes(kind: str, seeds: int, only: Callable[[int], Iterable[str]]) -> Iterator[Outcome]:
    """A kind in every document."""
    for seed in range(seeds):
        for name in only(seed):
            planted = plant(kind, name, seed)
            if planted is not None:
                yield planted


def pairs(kinds: Sequence[str], seeds: int, only: Callable[[int], Iterable[str]]) -> Iterator[tuple[Outcome, Outcome, Sequence[Finding]]]:
    """Two slips of `HAND_SLIPS` in different places of a document, with the findings each makes alone and both make together."""
    rng = Random(1)
    for seed in range(seeds):
        for name in only(seed):
            one, two = rng.sample([k for k in kinds if k in HAND_SLIPS], 2)
            first = HAND_SLIPS[one](page(*_opened(name)), Random(f"{one}:{name}:{seed}"))
            second = HAND_SLIPS[two](page(*_read(first[0])), Random(f"{two}:{name}:{seed}")) if first else None
            alone = HAND_SLIPS[two](page(*_opened(name)), Random(f"{two}:{name}:{seed}"))
            if first is None or second is None or alone is None or alone[1] != second[1]:
                continue
            known = _known(name, reprinted=False)
            both = _caused(_read(second[0])[1], known)
            yield (
                Outcome(one, name, first[1], _caused(_read(first[0])[1], known)),
                Outcome(two, name, second[1], _caused(_read(alone[0])[1], known)),
                both,
            )


def _line(finding: Finding) -> str:
    return re.sub(r"\s+", " ", finding.message)


def _told(kind: str, found: Sequence[Outcome]) -> str:
    """How often a kind is told."""
    told = [o for o in found if o.caused]
    once = sum(len(o.caused) == 1 for o in told)
    codes = Counter(f.code for o in told if len(o.caused) > 1 for f in o.caused)
    more = "" if kind == _ALL else " ".join(f"{c}×{n}" for c, n in codes.most_common(6))
    return f"{kind}\t{len(found)}\t{len(told)}\t{once}\t{sum(len(o.caused) for o in told) / max(1, len(told)):.2f}\t{more}"


def _table(kinds: Sequence[str], seeds: int, chosen: Callable[[int], Iterable[str]], *, show: bool) -> None:
    print("种类\t埋下\t查出\t只报一次\t平均问题数\t多报的规则")
    every: list[Outcome] = []
    for kind in kinds:
        found = list(outcomes(kind, seeds, chosen))
        every.extend(found)
        print(_told(kind, found), flush=True)
        for o in found if show else ():
            if len(o.caused) != 1:
                print(f"   {o.document} {o.what}：{len(o.caused)}")
                for f in o.caused:
                    print(f"      {f.level} {f.code} {_line(f)[:260]}")
    print(_told(_ALL, every))


def main(arguments: Sequence[str] = ()) -> int:
    """Print how often every kind is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first", help="added to the seeds of made-up documents")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--made", action="store_true")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args(arguments)
    kinds = [k for k in (*HAND_SLIPS, *KINDS) if not asked.only or k in asked.only]

    def chosen(seed: int) -> list[str]:
        return list(documents(real=asked.real or not asked.made, made=asked.made or not asked.real, seed=asked.first + 100 * seed))

    if asked.pairs:
        _told_apart(list(pairs(kinds, asked.seeds, chosen)), show=asked.show)
    else:
        _table(kinds, asked.seeds, chosen, show=asked.show)
    return 0


def _told_apart(found: Sequence[tuple[Outcome, Outcome, Sequence[Finding]]], *, show: bool) -> None:
    """Of pairs both of which are found alone, how many make as many findings together."""
    both = [p for p in found if p[0].caused and p[1].caused]
    apart = [p for p in both if len(p[2]) >= len(p[0].caused) + len(p[1].caused)]
    print(f"成对：{len(both)}对两处单独都查得出，合在一起分开报{len(apart)}对")
    for one, two, together in both if show else ():
        if len(together) < len(one.caused) + len(two.caused):
            print(f"\n{one.document} {one.kind} {one.what}；{two.kind} {two.what}")
            for f in together:
                print(f"   {f.level} {f.code} {_line(f)[:200]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
