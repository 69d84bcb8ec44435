"""Real documents read as if their province were unknown: what a stranger's disclosure can expect.

`python -m bench.unseen [FILE …]` takes the dialects of a document's own province away, reads and checks it with what is left, and holds
the findings of level error and warning against those with its own dialect, which are taken for true: `kept` of them are said all the
same, `other` are said only by the stranger's reading and so most likely false. Findings are compared by rule and the first amounts or
words that they quote.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mingsuan
from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.model import Disclosure, Finding, Level
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import disclosure_of

SHARED = Path(os.environ.get("MINGSUAN_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
_QUOTED = re.compile(r"“[^”]+”|-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Outcome:
    """One document.

    Attributes:
        dialect: what it is read with when its province's own are away.
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


def measure(path: Path) -> Outcome | None:
    """Read and check a document twice; None where its own dialect is a general one."""
    document = Opening(path).document()
    own = disclosure_of(document, all_dialects())
    strangers = away(own)
    if len(strangers) == len(all_dialects()):
        return None
    blind = disclosure_of(document, strangers)
    ours, theirs = _grave(own), _grave(blind)
    known, said = {_mark(f) for f in ours}, {_mark(f) for f in theirs}
    return Outcome(
        path.name,
        blind.dialect or "—",
        (len(blind.tables), len(own.tables)),
        [f for f in ours if _mark(f) in said],
        [f for f in ours if _mark(f) not in said],
        [f for f in theirs if _mark(f) not in known],
    )


def away(disclosure: Disclosure) -> tuple[Dialect, ...]:
    """All dialects but those of the province of the one that a disclosure was read with."""
    own = next((d for d in all_dialects() if d.name == disclosure.dialect), None)
    provinces = {r[:2] for r in own.regions} if own else set()
    return tuple(d for d in all_dialects() if not provinces & {r[:2] for r in d.regions})


def _grave(disclosure: Disclosure) -> list[Finding]:
    return [f for f in mingsuan.check(disclosure).findings if f.level is not Level.INFO]


def _mark(finding: Finding) -> tuple[str, ...]:
    """What a finding is told by in two readings: its chapter and what it quotes as printed."""
    chapter = re.sub(r"\d", "", finding.code)
    return (chapter, *_QUOTED.findall(finding.observed or finding.message)[:2])


def main(names: Sequence[str]) -> int:
    """Print every document with what is said only of the stranger."""
    paths = [p for folder in ("corpus", "seeds") for p in sorted((SHARED / folder).iterdir()) if p.suffix in (".pdf", ".txt")]
    outcomes = [o for p in paths if not names or any(n in p.name for n in names) if (o := measure(p)) is not None]
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
