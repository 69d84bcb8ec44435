"""Findings against the gold: what is found, what is missed, and what matches nothing.

`python -m bench.findings` reads each seed and checks it. Counted are gold findings of level error and warning that arithmetic, structure or
words decide; a finding of ours of these levels that is none of them is a potential false alarm.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mingsuan
from bench.findings_map import FOUND_BY, RIGHT_BESIDES, Match
from bench.shared import SHARED, seed_path
from mingsuan.model import Finding, Level

GRAVE = {"error", "warning"}
DECIDABLE = {"arithmetic", "structure", "lexical"}


@dataclass(frozen=True)
class Outcome:
    """One seed.

    Attributes:
        wanted: gold findings that count.
        found: their ids that we have.
        level_differs: those of them that we grade otherwise, with both levels.
        unmatched: our findings of level error and warning that are no gold finding.
    """

    seed: str
    wanted: Sequence[dict[str, Any]]
    found: frozenset[str]
    level_differs: Sequence[str]
    unmatched: Sequence[Finding]


def measure(seed: str, shared: Path = SHARED) -> Outcome:
    """Read and check one seed."""
    gold = json.loads((shared / "gold" / f"{seed}.json").read_text(encoding="utf-8"))
    wanted = [f for f in gold["findings"] if f["severity"] in GRAVE and f["decidable"] in DECIDABLE]
    findings = mingsuan.check(mingsuan.read(seed_path(seed, shared))).findings
    matches = FOUND_BY.get(seed, {})
    by_id = {f["id"]: [ours for ours in findings if f["id"] in matches and _is(ours, matches[f["id"]])] for f in wanted}
    differs = [
        f"{f['id']} {f['severity']}→{by_id[f['id']][0].level}"
        for f in wanted
        if by_id[f["id"]] and by_id[f["id"]][0].level != f["severity"]
    ]
    known = {id(ours) for found in by_id.values() for ours in found}
    besides = RIGHT_BESIDES.get(seed, {})
    unmatched = [f for f in findings if f.level is not Level.INFO and id(f) not in known and not any(_is(f, m) for m in besides)]
    return Outcome(seed, wanted, frozenset(i for i, found in by_id.items() if found), differs, unmatched)


def _is(finding: Finding, match: Match) -> bool:
    code, words = match
    text = "".join((finding.message, *(f"{s.label}{s.text}" for s in finding.sides), finding.expected, *finding.witnesses))
    return finding.code.startswith(code) and words in text


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The measurements, one line per seed and one per miss."""
    for outcome in outcomes:
        missed = [f for f in outcome.wanted if f["id"] not in outcome.found]
        yield f"{outcome.seed}  found {len(outcome.found)} of {len(outcome.wanted)}, unmatched errors and warnings {len(outcome.unmatched)}"
        yield from (f"     missed {f['id']} ({f['severity']}, {f['decidable']}): {f['observed']}" for f in missed)
        yield from (f"     level differs: {text}" for text in outcome.level_differs)
        yield from (f"     unmatched {f.level} {f.code}: {f.message}" for f in outcome.unmatched)
    found, wanted = sum(len(o.found) for o in outcomes), sum(len(o.wanted) for o in outcomes)
    yield f"all  found {found} of {wanted} ({100 * found / wanted:.1f}%), unmatched {sum(len(o.unmatched) for o in outcomes)}"


def main() -> int:
    for line in lines([measure(seed) for seed in FOUND_BY]):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
