"""How exactly and how fast grids are read from PDF: against the gold pages, and beside pdfplumber on the corpus in the same run.

`python -m bench.grids [name …]` prints, page by page, the F1 of the cells of ../shared/gold/pages, and file by file the characters
inside every table's box that pdfplumber sees and we do not (or the other way round), pages per second and peak memory of both as ratios.
Names choose files of the corpus. Without pdfplumber it says so and prints our own figures alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mingsuan.reading.pdf.listing import GridData, grids
from mingsuan.reading.pdf.reader import layouts

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
_MEASURE = "--measure"
_UNITS_PER_MEGABYTE = 1024

CellKey = tuple[int, int, int, int, int, str]
"""Number of the table, rows and columns of the cell, its text without white space."""


def plain(text: str) -> str:
    """Text as it is compared: without white space."""
    return "".join(text.split())


def cells(tables: Sequence[Mapping[str, Any]]) -> Counter[CellKey]:
    """The cells of some tables, merged ones by their spans."""
    found: Counter[CellKey] = Counter()
    for number, table in enumerate(tables):
        spans = {(top, left): (top, left, bottom, right) for top, left, bottom, right in table["spans"]}
        covered = {(r, c) for t, le, b, ri in spans.values() for r in range(t, b + 1) for c in range(le, ri + 1)} - spans.keys()
        for row, texts in enumerate(table["grid"]):
            for column, text in enumerate(texts):
                if (row, column) not in covered:
                    found[number, *spans.get((row, column), (row, column, row, column)), plain(text)] += 1
    return found


def f1(gold: Counter[CellKey], read: Counter[CellKey]) -> float:
    """Harmonic mean of precision and recall of cells, place and text both right."""
    every = gold.total() + read.total()
    return 2 * (gold & read).total() / every if every else 1.0


def gold_pages() -> Iterator[tuple[str, float, list[str]]]:
    """Each gold page with the F1 of its cells and what differs."""
    for path in sorted((SHARED / "gold" / "pages").glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        read = grids((CORPUS / page["file"]).read_bytes(), page["file"], page["page"])
        wanted, found = cells(page["tables"]), cells([dict(grid) for grid in read])
        lost = [f"缺 {cell}" for cell in wanted - found] + [f"多 {cell}" for cell in found - wanted]
        yield f"{path.stem} {page['file']} 第{page['page']}页", f1(wanted, found), lost


def characters_inside(page: Any, grid: GridData) -> Counter[str]:
    """The characters that pdfplumber sees within a grid's box."""
    left, bottom, right, top = grid["box"]
    height = float(page.height)
    return Counter(
        character
        for char in page.chars
        if left <= (char["x0"] + char["x1"]) / 2 <= right and height - top <= (char["top"] + char["bottom"]) / 2 <= height - bottom
        for character in plain(char["text"])
    )


def disagreements(path: Path) -> Iterator[str]:
    """Tables of a file whose characters differ from those that pdfplumber sees in their boxes."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for grid in grids(path.read_bytes(), path.name):
            ours = Counter(plain("".join(text for row in grid["grid"] for text in row)))
            theirs = characters_inside(document.pages[grid["page"] - 1], grid)
            if ours != theirs:
                yield f"  第{grid['page']}页 {grid['box']}：只有我们有 {dict(ours - theirs)}，只有 pdfplumber 有 {dict(theirs - ours)}"


def measured(reader: str, paths: Sequence[Path]) -> tuple[int, float, float]:
    """Pages, seconds of one core, and peak memory in MB of a reader over some files, in a process of its own."""
    command = [sys.executable, "-m", "bench.grids", _MEASURE, reader, *map(str, paths)]
    pages, seconds, memory = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return pages, seconds, memory


def _measure(reader: str, paths: Sequence[str]) -> None:
    """Read the tables of files and print what it cost."""
    read = _read_ours if reader == "ours" else _read_plumber
    read(Path(paths[0]))
    start = time.process_time()
    pages = sum(read(Path(path)) for path in paths)
    seconds = time.process_time() - start
    print(json.dumps([pages, seconds, _peak_memory()]))


def _peak_memory() -> float:
    """Peak of this program's memory in MB (not what the process that started it had, which `getrusage` counts)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / _UNITS_PER_MEGABYTE


def _read_ours(path: Path) -> int:
    return len(layouts(path.read_bytes(), path.name)[0])


def _read_plumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def _speed(paths: Sequence[Path], beside: bool) -> None:
    pages, seconds, memory = measured("ours", paths)
    print(f"  {pages}页，{pages / seconds:.0f}页/秒，内存峰值{memory:.0f}MB")
    if beside:
        pages, slow, large = measured("plumber", paths)
        ratios = f"我们的速度是它的{slow / seconds:.1f}倍，内存是它的{memory / large:.2f}倍"
        print(f"  pdfplumber：{pages / slow:.1f}页/秒，{large:.0f}MB；{ratios}")


def main(names: Sequence[str]) -> None:
    """Print all figures."""
    for what, score, lost in gold_pages():
        print(f"{what}：F1 {score:.4f}", *lost[:10], sep="\n  " if lost else " ")
    beside = find_spec("pdfplumber") is not None
    if not beside:
        print("没有安装 pdfplumber，不作比较（pip install pdfplumber）")
    paths = sorted(path for path in CORPUS.glob("*.pdf") if not names or any(name in path.name for name in names))
    for path in paths:
        found = list(disagreements(path)) if beside else []
        print(path.name, f"{len(found)}张表的字符不同" if beside else "", *found, sep="\n" if found else "：")
        _speed([path], beside)
    print("全部")
    _speed(paths, beside)


if __name__ == "__main__":
    if sys.argv[1:2] == [_MEASURE]:
        _measure(sys.argv[2], sys.argv[3:])
    else:
        main(sys.argv[1:])
