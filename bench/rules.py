"""What each rule costs over parsed disclosures, besides localisation.

`python -m bench.rules [name …]` prints milliseconds of the processor per rule, the worst first, and the median of all rules together per
document: seeds, corpus and synthetic disclosures of every dialect. What rules share (meaning, identities, causes, indicators, claims in
the running text) is computed before and listed by itself; localisation, the regions of
the amounts and the derivation of identities are no part of the total.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

import mingsuan
from bench.shared import real_documents
from mingsuan.checking.check import _outcomes
from mingsuan.checking.collection import rules
from mingsuan.checking.subject import Subject
from mingsuan.dialects.dialect import all_dialects, load
from mingsuan.model import Disclosure
from mingsuan.synth.disclosures import random_disclosure

LIMIT = 30.0
"""Milliseconds that all rules over one disclosure may take in the median."""
SHOWN = 15
RUNS = 5
SHARES: Mapping[str, Callable[[Subject], object]] = {
    "meaning": lambda s: s.meaning,
    "identities": lambda s: s.derivation,
    "localisation": lambda s: s.causes,
    "indicators": lambda s: s.indicators,
    "sentences": lambda s: (s.sentences, s.narrative),
    "statements": lambda s: (s.statements, s.stated_paragraphs),
    "places": lambda s: s.matters.title_of(s.disclosure.tables[0].place) if s.disclosure.tables else None,
}
APART = {"meaning", "identities", "localisation"}


def documents(names: Sequence[str]) -> Iterator[tuple[str, Disclosure]]:
    """The documents to measure, by name."""
    real = real_documents()
    for path in real:
        if not names or any(n in path.name for n in names):
            yield path.name, mingsuan.read(path)
    for dialect in all_dialects():
        if not names:
            yield f"synth {dialect.name}", random_disclosure(dialect, 1)


def measured(disclosure: Disclosure) -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of what rules share and of every rule, the quickest of some runs."""
    runs = [_run(disclosure) for _ in range(RUNS)]
    return tuple({key: min(run[part][key] for run in runs) for key in runs[0][part]} for part in (0, 1))  # type: ignore[return-value]


def _run(disclosure: Disclosure) -> tuple[dict[str, float], dict[str, float]]:
    subject = Subject(disclosure, load(disclosure.dialect) if disclosure.dialect else None)
    shared = {name: _milliseconds(lambda ask=ask: ask(subject)) for name, ask in SHARES.items()}
    each = {code: _milliseconds(lambda rule=rule: list(_outcomes(rule, subject))) for code, rule in rules().items()}
    return shared, each


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def main(names: Sequence[str]) -> int:
    """Print the measurements; 1 if the median passes the limit."""
    totals: list[float] = []
    by_rule: dict[str, list[float]] = {}
    for name, disclosure in documents(names):
        shared, each = measured(disclosure)
        total = sum(each.values()) + sum(ms for what, ms in shared.items() if what not in APART)
        totals.append(total)
        for code, ms in each.items():
            by_rule.setdefault(code, []).append(ms)
        told = ", ".join(f"{what} {ms:.1f}" for what, ms in shared.items())
        print(f"{name[:36]:36} {total:6.1f} ms  ({told})")
    print(
        f"{len(by_rule)} rules over {len(totals)} documents: median {median(totals):.1f} ms, worst {max(totals):.1f} ms (limit {LIMIT:.0f})"
    )
    for code, times in sorted(by_rule.items(), key=lambda item: -median(item[1]))[:SHOWN]:
        print(f"  {code}  median {median(times):5.2f} ms, worst {max(times):6.2f} ms")
    return int(median(totals) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
