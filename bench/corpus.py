"""Every PDF of ../shared/corpus through `mingsuan check`: what was recognised, how long the whole process takes, how much memory.

`python -m bench.corpus [name …]` prints a line per file; names choose files. What is not recognised is listed below it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.shared import CORPUS
from mingsuan.model import Disclosure, Level, Report, Status
from mingsuan.reading.document import Document, Grid

SECONDS, MEGABYTES = 2.0, 200.0
"""Limits of a check of 30 pages, the whole process with the one that reads the PDF."""
PAGES = 30
COMMAND = "import sys; from mingsuan.cli.main import main; sys.exit(main(sys.argv[1:]))"
_STATUSES = (Status.PASSED, Status.FAILED, Status.NOT_APPLICABLE, Status.INSUFFICIENT, Status.NOT_EXECUTED)


@dataclass(frozen=True)
class Measured:
    """A whole process: seconds, seconds of the processor, megabytes at the peak of parent or child, exit status."""

    wall: float
    processor: float
    peak: float
    status: int


def measured(path: Path, times: int = 3) -> Measured:
    """The quickest of some runs of `mingsuan check`."""
    return min((_run(path) for _ in range(times)), key=lambda run: run.wall)


def _run(path: Path) -> Measured:
    source = str(Path(__file__).resolve().parents[1] / "src")
    environment = os.environ | {"PYTHONPATH": source, "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as sink:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", COMMAND, "check", str(path)], stdout=sink, stderr=sink, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode)


def _row(document: Document, disclosure: Disclosure, report: Report, run: Measured) -> str:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    pages = max((block.place.end_page or block.place.page or 0 for block in document.blocks), default=0)
    lost = sum(u.what.startswith("表") for u in disclosure.unrecognised)
    levels, statuses = Counter(f.level for f in report.findings), Counter(r.status for r in report.receipts)
    bound = max(1.0, pages / PAGES)
    marks = "" if run.wall <= SECONDS * bound and run.peak <= MEGABYTES * bound else " 超限"
    return (
        f"  {disclosure.dialect or '—'} {disclosure.year}  {pages}页 {len(grids)}格 "
        f"{len(disclosure.tables)}表认出 {lost}表未认出  {len(disclosure.sections)}节 {len(disclosure.claims)}数  "
        f"错误{levels[Level.ERROR]} 警告{levels[Level.WARNING]} 提示{levels[Level.INFO]}  "
        f"记录{'/'.join(str(statuses[s]) for s in _STATUSES)}  退出{run.status} {run.wall:.2f}秒 {run.peak:.0f}MB{marks}"
    )


def examined(path: Path, run: Measured) -> Iterator[str]:
    """A file's line, then what was not recognised in it."""
    import mingsuan
    from mingsuan.reading.formats.files import load

    document, disclosure = load(path), mingsuan.read(path)
    yield path.name
    yield _row(document, disclosure, mingsuan.check(disclosure), run)
    for unread in disclosure.unrecognised:
        yield f"    未识别 {unread.place} {unread.what}：{unread.why}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all files.

    Processes come first: a child is said to use at least what its parent did when it began.
    """
    names = list(sys.argv[1:] if arguments is None else arguments)
    print("核对记录依次为：通过/有问题/不适用/数据不足/未执行")
    failed = 0
    paths = sorted(path for path in CORPUS.glob("*.pdf") if not names or any(name in path.name for name in names))
    for path, run in [(path, measured(path)) for path in paths]:
        for line in examined(path, run):
            print(line)
            failed += "超限" in line
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
