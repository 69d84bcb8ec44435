"""Real documents read as if their province, or their authority alone, were unknown: what a stranger's disclosure can expect.

`python -m bench.unseen [--sister] [FILE …]` takes the dialects of a document's own province away (`--sister`: only its own
dialect), reads and checks it with what is left, and holds the findings of level error and warning against those with its own dialect,
which are taken for true: `kept` are said all the same, `other` are said only by the stranger's reading and so most likely false. What is
found of digits changed on purpose is `bench.planted`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import mingsuan
from bench.shared import real_documents
from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.model import Disclosure, Finding, Level
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import disclosure_of

_QUOTED = re.compile(r"“[^”]+”|-?\d[\d,]*(?:\.\d+)?")

Away = Callable[[Disclosure], tuple[Dialect, ...]]


@dataclass(frozen=True)
class Outcome:
    """One document.

    Attributes:
        dialect: what it is read with when its own dialects are away.
        tables: how many tables are read then, and how many with its own.
        kept, missed: findings of level error and warning with its own dialect that are said all the same, and those that are not.
        other: those that only the stranger's reading says.
    """

    name: str
    dialect: str
    tables: tuple[int, int]
    kept: Sequence[Finding]
    missed: Sequence[Finding]
    other: Sequence[Finding]


def of_province(disclosure: Disclosure) -> tuple[Dialect, ...]:
    """All dialects but those of the province of the one that a disclosure was read with."""
    own = next((d for d in all_dialects() if d.name == disclosure.dialect), None)
    provinces = {r[:2] for r in own.regions} if own else set()
    return tuple(d for d in all_dialects() if not provinces & {r[:2] for r in d.regions})


def of_authority(disclosure: Disclosure) -> tuple[Dialect, ...]:
    """All dialects but the one that a disclosure was read with."""
    return tuple(d for d in all_dialects() if d.name != disclosure.dialect or not d.regions)


def measure(path: Path, away: Away = of_province) -> Outcome | None:
    """Read and check a document twice; None where its own dialect is a general one."""
    document = Opening(path).document()
    own = disclosure_of(document, all_dialects())
    strangers = away(own)
    if len(strangers) == len(all_dialects()):
        return None
    blind = disclosure_of(document, strangers)
    ours, theirs = grave(own), grave(blind)
    known, said = {_mark(f) for f in ours}, {_mark(f) for f in theirs}
    return Outcome(
        path.name,
        blind.dialect or "—",
        (len(blind.tables), len(own.tables)),
        [f for f in ours if _mark(f) in said],
        [f for f in ours if _mark(f) not in said],
        [f for f in theirs if _mark(f) not in known],
    )


def grave(disclosure: Disclosure) -> list[Finding]:
    """The findings of level error and warning."""
    return [f for f in mingsuan.check(disclosure).findings if f.level is not Level.INFO]


def _mark(finding: Finding) -> tuple[str, ...]:
    """What a finding is told by in two readings: its chapter and what it quotes as printed."""
    chapter = re.sub(r"\d", "", finding.code)
    return (chapter, *_QUOTED.findall(finding.observed or finding.message)[:2])


def chosen(names: Sequence[str]) -> list[Path]:
    """The real documents whose file names hold one of some words; all where none is given."""
    return [p for p in real_documents() if not names or any(n in p.name for n in names)]


def main(arguments: Sequence[str]) -> int:
    """Print every document with what is said only of the stranger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sister", action="store_true")
    parser.add_argument("files", nargs="*")
    asked = parser.parse_args(arguments)
    away = of_authority if asked.sister else of_province
    outcomes = [o for p in chosen(asked.files) if (o := measure(p, away)) is not None]
    for o in outcomes:
        counts = f"kept {len(o.kept)}, missed {len(o.missed)}, other {len(o.other)}"
        print(f"{o.name}  {o.dialect}  tables {o.tables[0]} of {o.tables[1]}, {counts}")
        for sign, findings in (("missed", o.missed), ("other", o.other)):
            for f in findings:
                print(f"     {sign} {f.level} {f.code}: {f.message[:180]}")
    kept, missed, other = (sum(len(getattr(o, w)) for o in outcomes) for w in ("kept", "missed", "other"))
    errors = sum(f.level is Level.ERROR for o in outcomes for f in o.other)
    sound = sum(f.level is Level.ERROR for o in outcomes for f in o.kept)
    print(
        f"all  {len(outcomes)} documents: kept {kept} of {kept + missed}; other {other}, of level error {errors}"
        f" (precision of level error {100 * sound / max(1, sound + errors):.1f}%)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
