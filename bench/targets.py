"""Indicators of the seeds: how many there are, how many targets can be judged, which cannot and why, and which are not printed back.

`python -m bench.targets` compares with the labels of tests/indicators/labels.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import mingsuan
from bench.shared import seed_path
from mingsuan.indicators.export import targets_of
from mingsuan.indicators.targets import parse_target

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests/indicators/labels"


def main() -> int:
    """Print counts and exceptions; 1 where a label is missed."""
    totals: Counter[str] = Counter()
    for labels in sorted(LABELS.glob("*.tsv")):
        with labels.open(encoding="utf-8", newline="") as file:
            expected = [tuple(row)[3:] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
        found = targets_of(mingsuan.read(seed_path(labels.stem)))["indicators"]
        rows = [_row(one) for one in found]
        wrong = [pair for pair in zip(expected, rows, strict=False) if pair[0] != pair[1]]
        unprinted = [row for row in rows if parse_target(row[0]).render() != row[0]]
        bad = [one for one in found if not one["judgeable"]]
        counts = {"指标": len(found), "能衡量": len(found) - len(bad), "与标注不符": len(wrong) + abs(len(expected) - len(rows))}
        totals.update({**counts, "印不回原样": len(unprinted)})
        print(f"{labels.stem}  " + "  ".join(f"{name}{number}" for name, number in counts.items()) + f"  印不回原样{len(unprinted)}")
        for reason, number in Counter(one["reason"] for one in bad).most_common():
            print(f"    无法衡量{number}个：{reason}")
        for pair in wrong:
            print(f"    标注{pair[0]}，读成{pair[1]}")
    print("合计  " + "  ".join(f"{name}{number}" for name, number in totals.items()))
    return int(bool(totals["与标注不符"] or totals["印不回原样"]))


def _row(one: dict[str, object]) -> tuple[str, ...]:
    value = one["value"]
    shown = "~".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return str(one["text"]), str(one["direction"]), shown, str(one["unit"]), "yes" if one["judgeable"] else "no"


if __name__ == "__main__":
    sys.exit(main())
