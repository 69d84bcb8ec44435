"""How well tables are read from text that lost its grid: empty cells gone, long cells broken over lines.

`python -m bench.flattened` flattens the gold documents' own texts and synthetic disclosures of several dialects in two ways (a row in
a line; a cell in a line), reads them back and compares with what was flattened, as `bench.reading` compares; then it tells what
becomes of seed 002, which came so. An amount in a wrong column is counted apart from one that the reader said it could not settle.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.reading import aligned, number, same
from bench.shared import SEEDS, SHARED, seed_path
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities import derive
from mingsuan.model import Disclosure
from mingsuan.model.json import disclosure_to_json
from mingsuan.reading.flattened.settling import UNSETTLED
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

DIALECTS = ("sanmenxia-2023", "zhengzhou-2023", "zhengzhou-2021", "luohe-2024", "shanghai-budget")
PER_DIALECT = 4
STYLES = ("rows", "cells")
"""A row in a line, its long cells broken; a cell in a line."""


def flattened(text: str, style: str, seed: int) -> str:
    """A text with its tab-separated rows as a dump without a grid prints them."""
    chance = random.Random(seed)
    return "\n".join(line for printed in text.split("\n") for line in _flat(printed, style, chance))


def _flat(line: str, style: str, chance: random.Random) -> Iterator[str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) == 1:
        yield line
        return
    waiting: list[str] = []
    for cell in filter(None, cells):
        pieces = _broken(cell, chance.randint(8, 14)) if not _is_number(cell) else [cell]
        if style == "rows" and len(pieces) == 1:
            waiting.append(cell)
            continue
        if waiting:
            yield " ".join(waiting)
            waiting = []
        yield from pieces
    if waiting:
        yield " ".join(waiting)


def _broken(cell: str, width: int) -> list[str]:
    return [cell[n : n + width] for n in range(0, len(cell), width)]


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").lstrip("-").isdigit()


class Tally(Counter[str]):
    """Amounts: all, right, said to be open (right or not), wrong without a word, lost; keys: all, right."""


def tally(wanted: Mapping[str, Any], found: Disclosure) -> Tally:
    """Compare a disclosure with what it should be, both as `mingsuan read` writes them."""
    counts = Tally()
    plain = disclosure_to_json(found)
    unsure = {u.place.line for u in found.unrecognised if u.why.startswith(UNSETTLED)}
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for table in plain["tables"]:
        waiting.setdefault(table["kind"], []).append(table)
    for table in wanted["tables"]:
        read_tables = waiting.get(table["kind"])
        _tally_table(counts, table, read_tables.pop(0) if read_tables else None, unsure)
    counts["tables"] += len(wanted["tables"])
    counts["tables read"] += len(plain["tables"])
    return counts


def _tally_table(counts: Tally, wanted: Mapping[str, Any], found: Mapping[str, Any] | None, unsure: set[int | None]) -> None:
    rows = [_texts(row) for row in wanted["rows"]]
    read_rows = [_texts(row) for row in found["rows"]] if found else []
    keys = wanted.get("row_keys") or [None] * len(rows)
    read_keys = (found or {}).get("row_keys") or [None] * len(read_rows)
    for i, j in aligned(rows, read_rows):
        own, other = rows[i] if i is not None else {}, read_rows[j] if j is not None else {}
        is_open = found is not None and j is not None and any(c["place"].get("line") in unsure for c in found["rows"][j].values())
        for column in dict.fromkeys([*own, *other]):
            a, b = own.get(column), other.get(column)
            if number(column, a or b or "") is None:
                continue
            counts["amounts"] += a is not None
            right = a is not None and b is not None and same(column, a, b)
            counts["right"] += right
            counts["open"] += is_open and a is not None
            counts["wrong"] += b is not None and not right and not is_open
            counts["lost"] += a is not None and b is None and not is_open
            if not right and not is_open and SHOWN["differences"]:
                print(f"      {wanted['kind']} {i}/{j} {column}: {a} {b}")
        if i is not None and keys[i] is not None:
            counts["keys"] += 1
            counts["keys right"] += j is not None and keys[i] == read_keys[j]


SHOWN = {"differences": False}


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {path: cell if isinstance(cell, str) else cell["text"] for path, cell in row.items()}


def _line(name: str, counts: Tally, spent: float) -> str:
    amounts, keys = max(1, counts["amounts"]), max(1, counts["keys"])
    return (
        f"{name:28} tables {counts['tables read']}/{counts['tables']}"
        f"  amounts {counts['amounts']:5}  right {counts['right'] / amounts:7.2%}"
        f"  open {counts['open'] / amounts:6.2%}  wrong {counts['wrong']:3}  lost {counts['lost']:3}"
        f"  keys {counts['keys right'] / keys:7.2%}  {spent * 1000:5.0f} ms"
    )


def documents() -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Name, what is right, and the text of every document to flatten."""
    for seed in SEEDS:
        yield f"seed {seed}", json.loads((SHARED / "gold" / f"{seed}.json").read_text(encoding="utf-8")), seed_path(seed).read_text("utf-8")
    for name in DIALECTS:
        dialect = load(name)
        for count in range(PER_DIALECT):
            disclosure = random_disclosure(dialect, count)
            yield f"{name} {count}", disclosure_to_json(disclosure), as_text(disclosure, dialect)


def seed_002() -> Iterator[str]:
    """What becomes of the seed that came flattened."""
    started = time.perf_counter()
    found = read(seed_path("002"))
    spent = time.perf_counter() - started
    amounts = sum(1 for t in found.tables for _ in t.amounts())
    unsure = [u for u in found.unrecognised if u.why.startswith(UNSETTLED)]
    yield f"seed 002: {len(found.tables)} tables, {amounts} amounts, {len(unsure)} rows open, {spent * 1000:.0f} ms"
    yield from (f"   unread: {u.what} {u.place}: {u.why}" for u in found.unrecognised)
    if found.dialect is None:
        return
    derivation = derive(understand(found, load(found.dialect)))
    violations = derivation.violations()
    yield f"   identities {len(derivation.identities)}, violated {len(violations)}"
    figures = derivation.meaning.figures
    for v in violations:
        sides = [" + ".join(f"{figures[n].label} {figures[n].amount}" for n in side) for side in (v.identity.left, v.identity.right)]
        yield f"   violated {v.identity.sort}: {sides[0]} / {sides[1]}"


def main(arguments: Sequence[str]) -> int:
    """Print the measurements; `-v` shows every difference, words select documents by name."""
    SHOWN["differences"] = "-v" in arguments
    wanted = [a for a in arguments if a != "-v"]
    totals = {style: Tally() for style in STYLES}
    for name, right, text in documents():
        if wanted and not any(w in name for w in wanted):
            continue
        for style in STYLES:
            started = time.perf_counter()
            found = read(flattened(text, style, len(text)).encode(), f"{name}.txt")
            spent = time.perf_counter() - started
            counts = tally(right, found)
            totals[style].update(counts)
            print(_line(f"{name} {style}", counts, spent))
    for style, counts in totals.items():
        print(_line(f"all {style}", counts, 0.0))
    if not wanted or "002" in wanted:
        for line in seed_002():
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
