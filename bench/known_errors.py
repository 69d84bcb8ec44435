"""Errors that are known in the real PDFs of ../shared/corpus: which of them are found, and what else is reported.

`python -m bench.known_errors [FILE …]` checks the files that `truth.tsv` names (or those given, by part of their name). `truth.tsv` is
not complete, so what we report besides may be right: it is listed to be looked at, or known to be right and then only counted.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import mingsuan
from bench.shared import SHARED
from mingsuan.model import Finding, Level

Match = tuple[str, tuple[str, ...]]
"""Beginning of a rule's code, and words that the finding must hold, the right number among them."""

FOUND_BY: Mapping[tuple[str, str], Match] = {
    ("b2025_putuo_finance_dept.pdf", "narrative vs table ×10"): ("FIG105", ("887.36", "应为87.36万元")),
    ("b2025_putuo_finance_dept.pdf", "account name"): ("CODE107", ("其它行政事业单位养老支出", "应为“其他行政事业单位养老支出”")),
    ("b2025_putuo_finance_dept.pdf", "wrong empty-table note"): ("FORM106", ("国有资本经营", "讲的却是政府性基金")),
    ("b2024_putuo_welfarehome_unit.pdf", "narrative vs table"): ("FIG105", ("738.66", "应为696.48万元")),
    ("b2024_putuo_welfarehome_unit.pdf", "code typo"): ("CODE101", ("7 11 02", "210 11 02")),
    ("b2024_putuo_welfarehome_unit.pdf", "unfinished sentence"): ("TEXT103", ("主要原因是",)),
    ("b2024_putuo_welfarehome_unit.pdf", "old account name"): ("CODE107", ("医疗卫生与计划生育支出", "应为“卫生健康支出”")),
    ("b2024_putuo_wanli_dept.pdf", "YoY %"): ("NAR101", ("0.53%", "1.19%")),
    ("b2024_putuo_wanli_dept.pdf", "zero base growth"): ("NAR103", ("上年数为0", "100.00%")),
    ("f2024_putuo_planning_dept.pdf", "template residue"): ("TEXT", ("下降（增长）",)),
    ("f2024_putuo_planning_dept.pdf", "wrong unit name"): ("TEXT", ("规划和自然资源局", "普陀区")),
    ("f2024_putuo_planning_dept.pdf", "account name"): ("CODE107", ("机关事业单位退休人员活动费支出", "其他行政事业单位养老支出")),
}
"""Which finding is which known error."""

RIGHT_BESIDES: Mapping[str, tuple[Match, ...]] = {
    "b2024_putuo_wanli_dept.pdf": (
        ("FIG105", ("352.67", "350.35")),  # 住房公积金 stated twice, the second time otherwise than in the table
        ("CODE101", ("301 2", "301 02")),
        ("CODE101", ("301 7", "301 07")),
        ("FORM106", ("有数", "空表")),
        ("NAR106", ("8103平方米", "8013平方米")),
        ("NAR122", ("减少2.98%", "经费增加")),
    ),
    "b2024_putuo_welfarehome_unit.pdf": (
        ("CODE104", ("30203 水费", "30203 咨询费")),
        ("CODE103", ("离退休人员经费", "对个人和家庭的补助")),
    ),
}
"""Errors that nobody had listed and that the page shows."""


@dataclass(frozen=True)
class Known:
    """A row of `truth.tsv` and the finding that is it, None where we miss it."""

    page: str
    kind: str
    description: str
    finding: Finding | None


@dataclass(frozen=True)
class Outcome:
    """One file.

    Attributes:
        known: its rows of `truth.tsv`.
        right: findings that are right and in no row.
        others: further findings of level error and warning.
    """

    file: str
    known: tuple[Known, ...]
    right: int
    others: tuple[Finding, ...]


def rows(shared: Path = SHARED) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """File → (page, kind, description) of every error that is known."""
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    with (shared / "corpus" / "truth.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["file"]] = (*found.get(row["file"], ()), (row["page"], row["type"], row["description"]))
    return found


def measure(file: str, known: Sequence[tuple[str, str, str]], shared: Path = SHARED) -> Outcome:
    """Read and check one file."""
    findings = mingsuan.check(mingsuan.read(shared / "corpus" / file)).findings
    matched: list[Known] = []
    for page, kind, description in known:
        match = FOUND_BY.get((file, kind))
        matched.append(Known(page, kind, description, next((f for f in findings if match and _is(f, match)), None)))
    taken = {id(k.finding) for k in matched}
    grave = [f for f in findings if f.level is not Level.INFO and id(f) not in taken]
    right = [f for f in grave if any(_is(f, m) for m in RIGHT_BESIDES.get(file, ()))]
    return Outcome(file, tuple(matched), len(right), tuple(f for f in grave if f not in right))


def _is(finding: Finding, match: Match) -> bool:
    code, words = match
    text = "".join((finding.message, *(f"{s.label}{s.text}" for s in finding.sides), finding.observed, finding.expected))
    return finding.code.startswith(code) and all(word in text for word in words)


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The measurements: per file what is found, each miss, and what else is reported."""
    for outcome in outcomes:
        found = sum(k.finding is not None for k in outcome.known)
        yield f"{outcome.file}  known {len(outcome.known)}, found {found}, right besides {outcome.right}, others {len(outcome.others)}"
        for known in outcome.known:
            if known.finding is None:
                yield f"   missed  p.{known.page} {known.kind}: {known.description}"
        for finding in outcome.others:
            pages = "、".join(dict.fromkeys(str(s.place.page) for s in finding.sides if s.place.page))
            yield f"   besides {finding.code} {finding.level} p.{pages} {finding.message[:120]}"
    wanted = sum(len(o.known) for o in outcomes)
    found = sum(k.finding is not None for o in outcomes for k in o.known)
    right, others = sum(o.right for o in outcomes), sum(len(o.others) for o in outcomes)
    yield f"all  known {wanted}, found {found}, besides {right} right, {others} others"


def main(arguments: Sequence[str]) -> int:
    """Measure all files, or those whose name holds one of the arguments."""
    corpus = SHARED / "corpus"
    if not (corpus / "truth.tsv").is_file():
        print(f"no corpus at {corpus}; set MINGSUAN_SHARED to where it is")
        return 0
    known = rows()
    files = [p.name for p in sorted(corpus.glob("*.pdf")) if any(a in p.name for a in arguments)] if arguments else list(known)
    for line in lines([measure(file, known.get(file, ())) for file in files]):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
