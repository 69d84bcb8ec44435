"""How exactly the seeds' tables are read back from PDF: the transcriptions of ../shared/gold set by Typst and ReportLab, and read.

`python -m bench.roundtrip [seed …]` prints matched, gold and read counts per seed and program, and every difference, as `bench.reading`
counts them. Seed 002 has no transcription: what is read of its text stands for one, which shows only that PDF loses nothing of it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.gold import gold
from bench.layouts import STACKED, laid
from bench.reading import Score, compare
from bench.shared import SEEDS, SHARED, seed_path
from bench.typesetting import by_reportlab, by_typst
from bench.typesetting.looks import RULED, Look
from bench.typesetting.sources import Source
from bench.writers import lines

PROGRAMS: Mapping[str, Callable[[str, Sequence[Source], Look], bytes]] = {
    "Typst": by_typst.documents,
    "ReportLab": by_reportlab.documents,
}
EVERY = ("000", "001", "002", "003", "004")
CATEGORIES = ("amounts", "codes", "other")


def transcription(seed: str) -> dict[str, Any]:
    """The transcription of a seed, or what is read of its text where there is none."""
    return gold(SHARED, seed) if seed in SEEDS else _as_read(seed)


def _as_read(seed: str) -> dict[str, Any]:
    import mingsuan
    from mingsuan.model.json import disclosure_to_json

    found = disclosure_to_json(mingsuan.read(seed_path(seed)))
    made = [
        table
        | {"rows": [{path: cell["text"] for path, cell in row.items()} for row in table["rows"]], "merged": [], "unit_inherited": False}
        for table in found["tables"]
    ]
    return {"meta": {"department": found["department"], "year": found["year"], "kind": "budget"}, "tables": made}


def tables(transcribed: Mapping[str, Any]) -> Iterator[Source]:
    """The tables of a transcription as they are printed."""
    for table in transcribed["tables"]:
        heads = 0 if table["kind"] in STACKED else max(column.count("/") + 1 for column in table["columns"])
        yield Source(table["kind"], laid(table, transcribed["meta"]["year"]), heads)


def read_back(data: bytes, transcribed: Mapping[str, Any]) -> tuple[Score, str | None]:
    """What of a transcription was read from its PDF, and the dialect that was recognised."""
    import mingsuan
    from mingsuan.model.json import disclosure_to_json

    with tempfile.TemporaryDirectory(prefix="mingsuan-bench-") as folder:
        path = Path(folder) / "公开.pdf"
        path.write_bytes(data)
        disclosure = mingsuan.read(path)
    return compare(transcribed, disclosure_to_json(disclosure)), disclosure.dialect


def main(arguments: Sequence[str]) -> int:
    """Print the comparison of some seeds (all by default)."""
    inexact = 0
    for seed in arguments or EVERY:
        transcribed = transcription(seed)
        for name, typeset in PROGRAMS.items():
            data = typeset("；".join(lines(transcribed)), list(tables(transcribed)), RULED)
            score, dialect = read_back(data, transcribed)
            matched, wanted, found = (sum(counts[c] for c in CATEGORIES) for counts in (score.matched, score.gold, score.read))
            keys = f"行键 {score.matched['keys']}/{score.gold['keys']}"
            print(
                f"{seed} {name}（版式 {dialect}）：单元格相符 {matched}，标准 {wanted}，读出 {found}，{score.rate(*CATEGORIES):.2%}，{keys}"
            )
            for difference in score.differences:
                print("   ", difference)
            inexact += bool(score.differences)
    print(f"不完全一致的：{inexact}份")
    return 1 if inexact else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
