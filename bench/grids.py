"""How exactly and how fast grids are read from PDF: against the gold pages, and beside pdfplumber, tablers and camelot in the same run.

`python -m bench.grids [name …]` prints, page by page, the F1 of the cells of ../shared/gold/pages for us and each tool that is installed,
file by file the characters inside every table's box that pdfplumber sees and we do not (or the other way round), and over all files pages
per second on one core and peak memory, with ratios. Names choose files of the corpus. camelot is slow: it reads `SAMPLED` pages of a file.
What is not installed (requirements/bench.txt) is said and left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.peers import ONE_CORE, PEERS, Peer, grid, is_installed, one_core
from bench.shared import CORPUS, SHARED
from mingsuan.reading.formats.pdf.listing import GridData, grids
from mingsuan.reading.formats.pdf.reader import layouts

SAMPLED = 3
"""Pages of each file that a slow tool reads."""
OURS = "明算"
AIMS = {"pdfplumber": 8.0, "tablers": 0.5}
"""How many times as quick as a tool we are to be."""
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


def paired(gold: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The tables that a tool found, each at the number of the gold table that it is most like, the rest behind."""
    waiting = list(read)
    found = []
    for table in gold:
        wanted = cells([table])
        best = max(waiting, key=lambda other: (wanted & cells([other])).total(), default=None)
        if best is not None:
            waiting.remove(best)
        found.append(best or {"grid": [], "spans": []})
    return [*found, *waiting]


def gold_pages() -> Iterator[tuple[dict[str, Any], float, list[str]]]:
    """Each gold page with the F1 of our cells and what differs."""
    for path in sorted((SHARED / "gold" / "pages").glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8")) | {"name": path.stem}
        read = grids((CORPUS / page["file"]).read_bytes(), page["file"], page["page"])
        wanted, found = cells(page["tables"]), cells([dict(grid) for grid in read])
        lost = [f"缺 {cell}" for cell in wanted - found] + [f"多 {cell}" for cell in found - wanted]
        yield page, f1(wanted, found), lost


def peer_score(peer: Peer, page: Mapping[str, Any]) -> float:
    """The F1 of a tool's cells on a gold page; boxes of one cell are not held against it."""
    tables = [grid(found) for found in peer.tables(CORPUS / page["file"], page["page"]) if len(found) > 1]
    return f1(cells(page["tables"]), cells(paired(page["tables"], tables)))


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


class Run(NamedTuple):
    """What reading some files cost: pages, seconds of one core, peak megabytes."""

    pages: int
    seconds: float
    memory: float


def measured(reader: str, paths: Sequence[Path]) -> Run | None:
    """What a reader costs over some files, in a process of its own; None where it failed."""
    command = [sys.executable, "-m", "bench.grids", _MEASURE, reader, *map(str, paths)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | ONE_CORE)
    return Run(*json.loads(done.stdout.splitlines()[-1])) if done.returncode == 0 else None


def _measure(reader: str, paths: Sequence[str]) -> None:
    """Read the tables of files and print what it cost; the first file is read once before, so that what is loaded is not counted."""
    one_core()
    peer = next((peer for peer in PEERS if peer.name == reader), None)

    def read(path: Path) -> int:
        return peer.read(path, None if peer.every else sampled(path)) if peer else len(layouts(path.read_bytes(), path.name)[0])

    read(Path(paths[0]))
    start = time.process_time()
    pages = sum(read(Path(path)) for path in paths)
    seconds = time.process_time() - start
    print(json.dumps([pages, seconds, _peak_memory()]))


def sampled(path: Path) -> list[int]:
    """Pages of a file, evenly spread."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return sorted({1 + count * (2 * n + 1) // (2 * SAMPLED) for n in range(SAMPLED)})


def _peak_memory() -> float:
    """Peak of this program's memory in MB (not what the process that started it had, which `getrusage` counts)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / _UNITS_PER_MEGABYTE


def speeds(paths: Sequence[Path], peers: Sequence[Peer], times: int) -> Iterator[str]:
    """Pages per second and memory of each reader, the quickest of some runs in turn, and the ratios."""
    runs: dict[str, list[Run]] = {name: [] for name in (OURS, *(peer.name for peer in peers))}
    for turn in range(times):
        for name in (OURS, *(peer.name for peer in peers if peer.every or turn == 0)):
            runs[name] += [run] if (run := measured(name, paths)) else []
    best = {name: max(found, key=lambda run: run.pages / run.seconds) for name, found in runs.items() if found}
    ours = best[OURS]
    rate = ours.pages / ours.seconds
    yield f"  {OURS}：{ours.pages}页（文字和表格），{rate:.0f}页/秒，内存峰值{ours.memory:.0f}MB"
    for peer in peers:
        yield _beside(peer, best.get(peer.name), rate, ours.memory)


def _beside(peer: Peer, run: Run | None, rate: float, memory: float) -> str:
    """A tool's figures and how ours compare."""
    if run is None:
        return f"  {peer.name}：中途出错，没有测出"
    ratio = rate * run.seconds / run.pages
    aim = AIMS.get(peer.name)
    told = f"（目标≥{aim:g}，{'达到' if ratio >= aim else '没有达到'}）" if aim else ""
    what = peer.does if peer.every else f"{peer.does}，抽样每份{SAMPLED}页"
    return (
        f"  {peer.name}：{run.pages}页（{what}），{run.pages / run.seconds:.1f}页/秒，{run.memory:.0f}MB；"
        f"我们的速度是它的{ratio:.{1 if ratio >= 1 else 2}f}倍{told}，内存是它的{memory / run.memory:.2f}倍"
    )


def scores(peers: Sequence[Peer]) -> Iterator[str]:
    """The F1 of each gold page and the mean."""
    rows: list[tuple[float, ...]] = []
    tools = {peer.module: peer for peer in peers}
    for page, ours, lost in gold_pages():
        rows.append((ours, *(peer_score(peer, page) for peer in tools.values())))
        shown = "，".join(f"{name} {score:.4f}" for name, score in zip((OURS, *tools), rows[-1], strict=True))
        yield f"  {page['name']} {page['file']} 第{page['page']}页：{shown}"
        yield from (f"    {line}" for line in lost[:10])
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    told = "，".join(f"{name} {mean:.4f}" for name, mean in zip((OURS, *tools), means, strict=True))
    yield f"  {len(rows)}个单页平均：{told}（{'我们不低于任何一个' if means[0] >= max(means) else '我们低于别的工具'}）"


def main(names: Sequence[str]) -> None:
    """Print all figures."""
    peers = [peer for peer in PEERS if is_installed(peer)]
    for module in {peer.module: None for peer in PEERS if peer not in peers}:
        print(f"没有安装 {module}，不作比较（见 requirements/bench.txt）")
    print("单页的转录：各格的F1")
    print(*scores(peers), sep="\n")
    paths = sorted(path for path in CORPUS.glob("*.pdf") if not names or any(name in path.name for name in names))
    if any(peer.module == "pdfplumber" for peer in peers):
        print("表格框内的字符，与 pdfplumber 比较")
        for path in paths:
            found = list(disagreements(path))
            print(f"  {path.name}：{len(found)}张表的字符不同", *found, sep="\n")
    print("速度（一个核）和内存")
    for line in speeds(paths, peers, times=2):
        print(line)


if __name__ == "__main__":
    if sys.argv[1:2] == [_MEASURE]:
        _measure(sys.argv[2], sys.argv[3:])
    else:
        main(sys.argv[1:])
