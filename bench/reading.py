"""How well the reader does on the seeds, compared with the gold as ../shared/gold/README.md says rows are compared.

`python -m bench.reading [seed …]` prints matched, gold and read counts per seed and every difference.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from bench.shared import SEEDS, SHARED, seed_path

_AS_TEXT = re.compile(r"编码|代码|名称|电话|(?:^|/)[类款项]$")
_WIDTH = str.maketrans("（）【】［］“”‘’：；", "()[][]\"\"'':;")

Cells = Mapping[str, str]


@dataclass
class Score:
    """Counts by category: gold cells, read cells, cells that agree."""

    gold: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def rate(self, *categories: str) -> float:
        """Matched cells over gold cells and extra ones."""
        names = categories or tuple(self.gold | self.read)
        matched = sum(self.matched[n] for n in names)
        every = sum(max(self.gold[n], self.gold[n] + self.read[n] - self.matched[n]) for n in names)
        return matched / every if every else 1.0

    def add(self, other: Score) -> None:
        """Take in the counts of another score."""
        self.gold += other.gold
        self.read += other.read
        self.matched += other.matched
        self.differences += other.differences


def normal(text: str) -> str:
    """A cell's text as it is compared."""
    return re.sub(r"\s", "", text).translate(_WIDTH)


def number(column: str, text: str) -> Decimal | None:
    """The amount that a cell is, None where it compares as text."""
    if _AS_TEXT.search(column) or re.fullmatch(r"0\d+", text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def category(column: str, text: str) -> str:
    """Amount, code or other."""
    if number(column, text) is not None:
        return "amounts"
    return "codes" if text.isdigit() and _AS_TEXT.search(column) else "other"


def same(column: str, gold: str, read: str) -> bool:
    """Whether two cells agree."""
    a, b = number(column, gold), number(column, read)
    return a == b if a is not None and b is not None else normal(gold) == normal(read)


def agreeing(gold: Cells, read: Cells) -> int:
    """How many cells of two rows agree."""
    return sum(1 for column, text in gold.items() if column in read and same(column, text, read[column]))


def aligned(gold: Sequence[Cells], read: Sequence[Cells]) -> list[tuple[int | None, int | None]]:
    """Pairs of row numbers in order, aligned so that the most cells agree."""
    best = [[0] * (len(read) + 1) for _ in range(len(gold) + 1)]
    for i in range(len(gold) - 1, -1, -1):
        for j in range(len(read) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + agreeing(gold[i], read[j]))
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(gold) or j < len(read):
        if i < len(gold) and j < len(read) and best[i][j] == best[i + 1][j + 1] + agreeing(gold[i], read[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif j >= len(read) or (i < len(gold) and best[i][j] == best[i + 1][j]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs


def compare_tables(gold: Mapping[str, Any], read: Mapping[str, Any] | None) -> Score:
    """Compare one table: `read` as `mingsuan read` writes it, None where it is missing."""
    score = Score()
    name = gold["kind"]
    gold_rows: list[Cells] = gold["rows"]
    read_rows = [{p: c["text"] for p, c in row.items()} for row in read["rows"]] if read else []
    gold_keys = gold.get("row_keys")
    read_keys = (read or {}).get("row_keys") or [None] * len(read_rows)
    if read is None:
        score.differences.append(f"{name}: 没有读出这张表")
    else:
        score.differences += list(_heads(gold, read))
    for i, j in aligned(gold_rows, read_rows):
        _compare_rows(score, name, gold_rows[i] if i is not None else {}, read_rows[j] if j is not None else {}, i, j)
        if gold_keys is not None:
            a = gold_keys[i] if i is not None else "(无此行)"
            b = read_keys[j] if j is not None else "(无此行)"
            score.gold["keys"] += i is not None
            score.read["keys"] += j is not None
            score.matched["keys"] += a == b
            if a != b:
                score.differences.append(f"{name} 第{i}行 行键：应为{a}，读作{b}")
    return score


def _heads(gold: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[str]:
    name = gold["kind"]
    if gold["columns"] != read["columns"]:
        lost = [c for c in gold["columns"] if c not in read["columns"]]
        extra = [c for c in read["columns"] if c not in gold["columns"]]
        yield f"{name} 列：缺{lost}，多{extra}" + ("" if lost or extra else "（次序不同）")
    for word in ("title", "unit"):
        if gold[word] != read[word]:
            yield f"{name} {word}：应为{gold[word]!r}，读作{read[word]!r}"
    if bool(gold.get("unit_inherited")) != bool(read.get("unit_inherited")):
        yield f"{name} unit_inherited：应为{gold.get('unit_inherited')}"


def _compare_rows(score: Score, name: str, gold: Cells, read: Cells, i: int | None, j: int | None) -> None:
    for column in dict.fromkeys([*gold, *read]):
        a, b = gold.get(column), read.get(column)
        if a is not None:
            score.gold[category(column, a)] += 1
        if b is not None:
            score.read[category(column, b)] += 1
        if a is not None and b is not None and same(column, a, b):
            score.matched[category(column, a)] += 1
        else:
            score.differences.append(f"{name} 第{i}/{j}行 {column}：应为{_short(a)}，读作{_short(b)}")


def _short(text: str | None) -> str:
    return "空" if text is None else repr(text[:40])


def compare(gold: Mapping[str, Any], read: Mapping[str, Any]) -> Score:
    """Compare a whole disclosure, tables paired by kind and occurrence."""
    score = Score()
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for table in read["tables"]:
        waiting.setdefault(table["kind"], []).append(table)
    for table in gold["tables"]:
        found = waiting.get(table["kind"])
        score.add(compare_tables(table, found.pop(0) if found else None))
    for kind, tables in waiting.items():
        for table in tables:
            score.differences.append(f"多读出一张 {kind}（{table['title']}）")
    return score


def main(arguments: Sequence[str]) -> int:
    """Print the comparison of some seeds (all by default)."""
    from mingsuan.model.json import disclosure_to_json
    from mingsuan.reading.read import read

    total = Score()
    for seed in arguments or SEEDS:
        started = time.perf_counter()
        disclosure = read(seed_path(seed))
        spent = time.perf_counter() - started
        gold = json.loads((SHARED / "gold" / f"{seed}.json").read_text(encoding="utf-8"))
        score = compare(gold, disclosure_to_json(disclosure))
        print(f"== {seed} {disclosure.department} {disclosure.year} 版式 {disclosure.dialect}，{spent * 1000:.0f} ms")
        _print(score)
        for difference in score.differences:
            print("   ", difference)
        total.add(score)
    print("== 合计")
    _print(total)
    return 0


_SHOWN = {"金额": ("amounts",), "编码": ("codes",), "其他": ("other",), "全部单元格": ("amounts", "codes", "other"), "行键": ("keys",)}


def _print(score: Score) -> None:
    for name, categories in _SHOWN.items():
        gold, read, matched = (sum(c[n] for n in categories) for c in (score.gold, score.read, score.matched))
        print(f"   {name}：相符 {matched}，标准 {gold}，读出 {read}，{score.rate(*categories):.2%}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
