"""One digit of a real document changed: is it found, and is it found where the document's own dialects are unknown?

`python -m bench.planted [--count N] [--sister] [FILE …]` changes one digit of N numbers of each document, half of them in tables and half
in text, one at a time. A change counts as found where a finding that was not there before quotes the changed number. `own` is what is found
with the document's own dialect, `without` what is found as `bench.unseen` reads it (`--sister`: only its own dialect is away).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.unseen import Away, chosen, grave, of_authority, of_province
from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.model import Finding
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.opening import Opening
from mingsuan.reading.read import disclosure_of

_IN_CELL = re.compile(r"\d[\d,]{2,}(?:\.\d+)?|\d+\.\d+")
_IN_TEXT = re.compile(r"\d[\d,]*(?:\.\d+)?(?=\s*万元)")


@dataclass(frozen=True)
class Outcome:
    """One document: how many digits were changed, how many of them found with its own dialect, and how many by the stranger's reading."""

    name: str
    changed: int
    own: int
    without: int


def measure(path: Path, count: int, away: Away = of_province) -> Outcome | None:
    """Change digits of a document, one at a time; None where its own dialect is a general one."""
    document = Opening(path).document()
    disclosure = disclosure_of(document, all_dialects())
    strangers = away(disclosure)
    if len(strangers) == len(all_dialects()):
        return None
    ours, theirs = grave(disclosure), grave(disclosure_of(document, strangers))
    changed = list(_changed(document, Random(path.name), count))
    return Outcome(
        path.name,
        len(changed),
        sum(_is_found(wrong, number, all_dialects(), ours) for wrong, number in changed),
        sum(_is_found(wrong, number, strangers, theirs) for wrong, number in changed),
    )


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
    for finding in grave(disclosure_of(document, dialects)):
        if finding.message not in known:
            told = (finding.message, finding.observed, *finding.witnesses, *(s.text for s in finding.sides))
            if any(wanted in text.replace(",", "") for text in told):
                return True
    return False


def main(arguments: Sequence[str]) -> int:
    """Print every document and their sum."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--sister", action="store_true")
    parser.add_argument("files", nargs="*")
    asked = parser.parse_args(arguments)
    away = of_authority if asked.sister else of_province
    outcomes = []
    for path in chosen(asked.files):
        if (outcome := measure(path, asked.count, away)) is not None:
            outcomes.append(outcome)
            print(f"{outcome.name}  {outcome.changed} changed digits: found {outcome.own} own, {outcome.without} without", flush=True)
    changed, own, without = (sum(getattr(o, name) for o in outcomes) for name in ("changed", "own", "without"))
    print(f"all  {changed} changed digits in {len(outcomes)} documents: found {own} with their own dialects, {without} without")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
