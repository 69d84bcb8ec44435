"""How long `mingsuan check` takes on the seeds, how much memory, and how long deriving the identities takes.

`python -m bench.speed [times]` prints medians beside the limits of issue 2, and beside a bare interpreter; then whole checks that take
longer, of PDFs of thirty pages (issue 3) and of a raw dump in which numbers are localised (issue 4), the quickest run and the median.
Nothing is asserted: how fast the machine is decides as well, so the time that it takes to count is printed too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.shared import CORPUS, SEEDS, seed_path

WALL, IMPORT, MEMORY, DERIVE = 0.8, 0.3, 120.0, 100.0
"""Limits of the issue: seconds, seconds, megabytes, milliseconds."""
LONG = 0.7
"""Seconds that the check of a PDF of thirty pages may take."""
LOCALISING, MUCH = 1.2, 300.0
"""Seconds and megabytes that a check may take which localises."""
PDFS = ("f2024_putuo_planning_dept", "b2024_putuo_wanli_dept", "b2018_jiangsu_procuratorate_dept")
DUMP = "002"
COUNTED = 10_000_000
COMMAND = "import sys; from mingsuan.cli.main import main; sys.exit(main(sys.argv[1:]))"
TOOL = "FIELD.md 所记同类工具（上海公开文本，PDF）：每份1.2–2.3秒，110–270 MB；读的是PDF，不能直接相比"


@dataclass(frozen=True)
class Run:
    """One process: seconds, seconds of the processor (which other work on the machine does not lengthen as much), peak megabytes."""

    wall: float
    processor: float
    peak: float


def run(code: str, *arguments: str) -> Run:
    """Run Python code in a process of its own."""
    source = str(Path(__file__).resolve().parents[1] / "src")
    environment = os.environ | {"PYTHONPATH": source, "PYTHONUTF8": "1"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, env=environment)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(
        time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    )


def middle(times: int, code: str, *arguments: str) -> Run:
    """The median of some runs; the first, which may compile, is not counted."""
    runs = several(times, code, *arguments)
    return Run(median(r.wall for r in runs), median(r.processor for r in runs), median(r.peak for r in runs))


def several(times: int, code: str, *arguments: str) -> list[Run]:
    """Some runs after one that is not counted."""
    run(code, *arguments)
    return [run(code, *arguments) for _ in range(times)]


def counting() -> float:
    """Seconds that counting takes, by which runs on different days are compared."""
    start = time.perf_counter()
    number = 0
    while number < COUNTED:
        number += 1
    return time.perf_counter() - start


def deriving(source: Path, times: int) -> float:
    """Seconds that understanding a disclosure and deriving its identities takes."""
    import mingsuan
    from mingsuan.dialects.dialect import load
    from mingsuan.dialects.meaning.understand import understand
    from mingsuan.identities import derive

    disclosure = mingsuan.read(source)
    dialect = load(disclosure.dialect)
    spent = []
    for _ in range(times + 1):
        start = time.perf_counter()
        derive(understand(disclosure, dialect))
        spent.append(time.perf_counter() - start)
    return median(spent[1:])


def _within(value: float, limit: float, decimals: int) -> str:
    """A measurement with its limit."""
    return f"{value:.{decimals}f}（{'≤' if value <= limit else '超过'}{limit:g}）"


def longer(times: int) -> list[str]:
    """Whole checks that take longer, a row each."""
    rows = [f"整个进程：最快和中位（秒）、处理器最少（秒）、内存（MB）；数到一千万用{counting():.2f}秒"]
    pdfs = [(CORPUS / f"{name}.pdf", LONG, MEMORY) for name in PDFS]
    for path, limit, memory in [*pdfs, (seed_path(DUMP), LOCALISING, MUCH)]:
        if path.exists():
            runs = several(times, COMMAND, "check", str(path))
            wall = _within(min(r.wall for r in runs), limit, 2)
            processor, peak = min(r.processor for r in runs), _within(max(r.peak for r in runs), memory, 0)
            rows.append(f"{path.stem}   {wall} {median(r.wall for r in runs):.2f}   {processor:.2f}   {peak}")
    return rows


def measure(times: int = 5) -> list[str]:
    """The table, a row per seed; the last lines compare.

    Processes come first: a child is said to use at least what its parent did when it began.
    """
    bare = middle(times, "pass")
    found = [(name, middle(times, f"import {name}")) for name in ("mingsuan", "mingsuan.cli.main")]
    sources = [seed_path(seed) for seed in SEEDS]
    checked = [middle(times, COMMAND, "check", str(source)) for source in sources]
    whole = longer(times)
    derived = [deriving(source, times) for source in sources]
    rows = [
        f"空的解释器       {bare.wall:.3f}秒  {bare.peak:.0f}MB",
        *(f"{name} {_within(r.wall - bare.wall, IMPORT, 3)}秒，整个进程{r.wall:.3f}秒" for name, r in found),
        "样本  check整个进程（秒）  其中处理器（秒）  峰值内存（MB）  推导勾稽关系（毫秒）",
    ]
    for seed, run_of, spent in zip(SEEDS, checked, derived, strict=True):
        cells = (
            _within(run_of.wall, WALL, 2),
            f"{run_of.processor:.2f}",
            _within(run_of.peak, MEMORY, 0),
            _within(1000 * spent, DERIVE, 0),
        )
        rows.append(f"{seed}   " + "      ".join(cells))
    wall, peak = median(r.wall for r in checked), median(r.peak for r in checked)
    rows.append(f"与空的解释器之比：时间{wall / bare.wall:.0f}倍，内存{peak / bare.peak:.1f}倍（各样本的中位数，{os.cpu_count()}核）")
    return [*rows, TOOL, *whole]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    given = sys.argv[1:] if arguments is None else arguments
    for row in measure(int(given[0]) if given else 5):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
