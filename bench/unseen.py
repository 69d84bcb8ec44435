"""Real documents read as if their province, or their authority alone, were unknown: what a stranger's disclosure can expect.

`python -m bench.unseen [--sister] [--planted N] [FILE …]` takes the dialects of a document's own province away (`--sister`: only its own
dialect), reads and checks it with what is left, and holds the findings of level error and warning against those with its own dialect,
which are taken for true: `kept` are said all the same, `other` are said only by the stranger's reading and so most likely false.
`--planted` also changes one digit of N numbers of each document, one at a time, and counts how many are found both ways.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import mingsuan
from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.model import Disclosure, Finding, Level
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import disclosure_of

SHARED = Path(os.environ.get("MINGSUAN_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
_QUOTED = re.compile(r"“[^”]+”|-?\d[\d,]*(?:\.\d+)?")
_IN_CELL = re.compile(r"\d[\d,]{2,}(?:\.\d+)?|\d+\.\d+")
_IN_TEXT = re.compile(r"\d[\d,]*(?:\.\d+)?(?=\s*万元)")

Away = Callable[[Disclosure], tuple[Dialect, ...]]


@dataclass(frozen=True)
class Outcome:
    """One document.

    Attributes:
        dialect: what it is read with when its own dialects are away.
        tables: how many tables are read then, and how many with its own.
        kept, missed: findings of level error and warning with its own dialect that are said all the same, and those that are not.
        other: those that only the stranger's reading says.
        planted: changed digits: how many, found with its own dialect, found by the stranger's reading.
    """

    name: str
    dialect: str
    tables: tuple[int, int]
    kept: Sequence[Finding]
    missed: Sequence[Finding]
    other: Sequence[Finding]
    planted: tuple[int, int, int] = (0, 0, 0)


def of_province(disclosure: Disclosure) -> tuple[Dialect, ...]:
    """All dialects but those of the province of the one that a disclosure was read with."""
    own = next((d for d in all_dialects() if d.name == disclosure.dialect), None)
    provinces = {r[:2] for r in own.regions} if own else set()
    return tuple(d for d in all_dialects() if not provinces & {r[:2] for r in d.regions})


def of_authority(disclosure: Disclosure) -> tuple[Dialect, ...]:
    """All dialects but the one that a disclosure was read with."""
    return tuple(d for d in all_dialects() if d.name != disclosure.dialect or not d.regions)


def measure(path: Path, away: Away = of_province, planted: int = 0) -> Outcome | None:
    """Read and check a document twice; None where its own dialect is a general one."""
    document = Opening(path).document()
    own = disclosure_of(document, all_dialects())
    strangers = away(own)
    if len(strangers) == len(all_dialects()):
        return None
    blind = disclosure_of(document, strangers)
    ours, theirs = _grave(own), _grave(blind)
    known, said = {_mark(f) for f in ours}, {_mark(f) for f in theirs}
    changed = list(_changed(document, Random(path.name), planted))
    return Outcome(
        path.name,
        blind.dialect or "—",
        (len(blind.tables), len(own.tables)),
        [f for f in ours if _mark(f) in said],
        [f for f in ours if _mark(f) not in said],
        [f for f in theirs if _mark(f) not in known],
        (
            len(changed),
            sum(_is_found(wrong, number, all_dialects(), ours) for wrong, number in changed),
            sum(_is_found(wrong, number, strangers, theirs) for wrong, number in changed),
        ),
    )


def _grave(disclosure: Disclosure) -> list[Finding]:
    return [f for f in mingsuan.check(disclosure).findings if f.level is not Level.INFO]


def _mark(finding: Finding) -> tuple[str, ...]:
    """What a finding is told by in two readings: its chapter and what it quotes as printed."""
    chapter = re.sub(r"\d", "", finding.code)
    return (chapter, *_QUOTED.findall(finding.observed or finding.message)[:2])


# ---- one digit changed -----------------------------------------------------------------------------------------------


def _changed(document: Document, rng: Random, count: int) -> Iterator[tuple[Document, str]]:
    """The document with one digit of one number changed, and that number as it is printed then; half of them in tables."""
    cells = [
        (b, r, c)
        for b, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for r, row in enumerate(block.rows)
        for c, cell in enumerate(row)
        if _IN_CELL.fullmatch(cell.text.strip()) and not cell.text.strip().isdigit() | (len(cell.text.strip()) in (3, 5, 7))
    ]
    words = [
        (b, m.span())
        for b, block in enumerate(document.blocks)
        if isinstance(block, Paragraph)
        for m in _IN_TEXT.finditer(block.text)
        if len(m.group()) > 1
    ]
    for b, r, c in rng.sample(cells, min(count - count // 2, len(cells))):
        grid = document.blocks[b]
        assert isinstance(grid, Grid)
        wrong = _slip(grid.rows[r][c].text.strip(), rng)
        row = tuple(replace(cell, text=wrong) if n == c else cell for n, cell in enumerate(grid.rows[r]))
        yield _with(document, b, replace(grid, rows=(*grid.rows[:r], row, *grid.rows[r + 1 :]))), wrong
    for b, (start, end) in rng.sample(words, min(count // 2, len(words))):
        paragraph = document.blocks[b]
        assert isinstance(paragraph, Paragraph)
        wrong = _slip(paragraph.text[start:end], rng)
        yield _with(document, b, replace(paragraph, text=paragraph.text[:start] + wrong + paragraph.text[end:])), wrong


def _slip(number: str, rng: Random) -> str:
    """A number with one digit changed."""
    place = rng.choice([n for n, character in enumerate(number) if character.isdigit()])
    return number[:place] + rng.choice([d for d in "123456789" if d != number[place]]) + number[place + 1 :]


def _with(document: Document, number: int, block: Grid | Paragraph) -> Document:
    return replace(document, blocks=(*document.blocks[:number], block, *document.blocks[number + 1 :]))


def _is_found(document: Document, number: str, dialects: Sequence[Dialect], before: Sequence[Finding]) -> bool:
    """Whether a finding that was not there before quotes the wrong number."""
    known = {f.message for f in before}
    wanted = number.replace(",", "")
    for finding in _grave(disclosure_of(document, dialects)):
        if finding.message not in known:
            told = (finding.message, finding.observed, *finding.witnesses, *(s.text for s in finding.sides))
            if any(wanted in text.replace(",", "") for text in told):
                return True
    return False


def main(arguments: Sequence[str]) -> int:
    """Print every document with what is said only of the stranger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sister", action="store_true")
    parser.add_argument("--planted", type=int, default=0)
    parser.add_argument("files", nargs="*")
    asked = parser.parse_args(arguments)
    away = of_authority if asked.sister else of_province
    paths = [p for folder in ("corpus", "seeds") for p in sorted((SHARED / folder).iterdir()) if p.suffix in (".pdf", ".txt")]
    chosen = [p for p in paths if not asked.files or any(n in p.name for n in asked.files)]
    outcomes = [o for p in chosen if (o := measure(p, away, asked.planted)) is not None]
    for o in outcomes:
        counts = f"kept {len(o.kept)}, missed {len(o.missed)}, other {len(o.other)}"
        found = f", planted {o.planted[0]}: found {o.planted[1]} with its own, {o.planted[2]} without" if asked.planted else ""
        print(f"{o.name}  {o.dialect}  tables {o.tables[0]} of {o.tables[1]}, {counts}{found}")
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
    if asked.planted:
        count, own, blind = (sum(o.planted[n] for o in outcomes) for n in range(3))
        print(f"all  {count} changed digits: found {own} with their own dialects, {blind} without")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
