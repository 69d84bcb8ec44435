"""How many numbers of the seeds' narratives are read as the gold transcription has them.

`python -m bench.claims` prints a table: claims of the gold, matched, missed and invented. Claims are matched in order by value,
unit and year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.shared import SHARED, seed_path
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Claim
from mingsuan.reading.claims.statements import read_claims
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.narrative.sections import narrative

DATA = Path(__file__).resolve().parents[1] / "src" / "mingsuan" / "dialects" / "data"
SEEDS = {"000": "zhengzhou-2023", "001": "zhengzhou-2021", "003": "luohe-2024", "004": "zhengzhou-2020"}
"""Seed → its dialect's folder."""

Key = tuple[Decimal, str, int | None]


@dataclass(frozen=True)
class ClaimsRow:
    """One seed's figures.

    Attributes:
        missed: gold claims that no claim matches, as text.
        invented: claims that no gold claim matches, as text.
        known: claims that a sentence template or the phrase table gives a meaning.
    """

    seed: str
    gold: int
    matched: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    known: int

    @property
    def share(self) -> float:
        """Matched share of the gold, 1 for a document that states nothing."""
        return self.matched / self.gold if self.gold else 1.0


def claims_table(shared: Path = SHARED) -> list[ClaimsRow]:
    """Measure every seed that has a gold transcription."""
    return [measure(shared, seed) for seed in SEEDS]


def measure(shared: Path, seed: str) -> ClaimsRow:
    """Read one seed and compare its claims with the gold."""
    gold: list[dict[str, Any]] = json.loads((shared / "gold" / f"{seed}.json").read_text(encoding="utf-8"))["claims"]
    claims = list(seed_claims(shared, seed))
    wanted = [_key(Decimal(g["value"]), g["unit"], g["year"]) for g in gold]
    read = [_key(c.value, c.unit, c.year) for c in claims]
    matched, missing, extra = _aligned(wanted, read)
    return ClaimsRow(
        seed,
        len(gold),
        matched,
        tuple(f"{gold[i]['value']}{gold[i]['unit']} {gold[i]['year']} {gold[i]['quote']}" for i in missing),
        tuple(f"{claims[i].text}{claims[i].unit} {claims[i].year} {claims[i].quote}" for i in extra),
        sum(1 for c in claims if c.template is not None or c.region is not None or c.relation is not None),
    )


def seed_claims(shared: Path, seed: str) -> tuple[Claim, ...]:
    """The claims that the reader finds in a seed."""
    file = seed_path(seed, shared)
    document = read_text(file.read_bytes(), file.name)
    year = json.loads((shared / "gold" / f"{seed}.json").read_text(encoding="utf-8"))["meta"]["year"]
    return read_claims(narrative(document), load_sentences([DATA / "henan", DATA / SEEDS[seed]]), year)


def _key(value: Decimal, unit: str, year: int | None) -> Key:
    return value.normalize(), re.sub(r"[（(]", "(", re.sub(r"[）)]", ")", unit)), year


def _aligned(wanted: Sequence[Key], read: Sequence[Key]) -> tuple[int, Iterable[int], Iterable[int]]:
    """Length of the longest common subsequence, and what it leaves of either side."""
    lengths = [[0] * (len(read) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(read) - 1, -1, -1):
            same = wanted[i] == read[j]
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
    missing, extra = [], []
    i = j = 0
    while i < len(wanted) and j < len(read):
        if wanted[i] == read[j]:
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            missing.append(i)
            i += 1
        else:
            extra.append(j)
            j += 1
    return lengths[0][0], [*missing, *range(i, len(wanted))], [*extra, *range(j, len(read))]


def main() -> None:
    """Print the table and what does not match."""
    for row in claims_table():
        print(f"{row.seed}  {row.matched}/{row.gold} ({row.share:.1%})  invented {len(row.invented)}  with a meaning {row.known}")
        for text in row.missed:
            print(f"      missed    {text}")
        for text in row.invented:
            print(f"      invented  {text}")


if __name__ == "__main__":
    main()
