"""Thousands of damaged and hostile files, each read as a user's process reads it: no crash, no hang, bounded memory, a clear reason.

`python -m bench.fuzz [--count 10000] [--seed 1]` mangles the PDFs of ../shared/corpus and the DOCX, XLSX, XLS, HTML and ZIP files made of
the transcriptions in ../shared/gold (XLS by LibreOffice, left out where it is not installed), reads each, checks every tenth that could
be read, and counts what came out. What is done is kept in out/fuzz and gone on with, also after it was stopped; `--fresh` begins anew,
`--only N` reads file N alone and shows what happens. Files that failed are kept in out/fuzz/failed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.fuzzed import CRASHED, FAILURES, FULL, HUNG, NOTED, RAISED, READ, REFUSED, ROOT, VAGUE, Outcome, mutant, prepared, tried
from bench.writers import libreoffice

LIMITS = {"pdf": 130.0, "xls": 130.0, "zip": 130.0}
"""Seconds for a file whose reading may start another program, which has 120 and is then ended."""
LIMIT = 60.0
"""Seconds for a file that is read in the process itself."""
MEMORY = 2_000.0
"""Megabytes that the process and its children may take together."""
CHUNK = 250
"""Files that one process reads, so that what one leaves behind does not add up."""
PROGRESS = 30.0
"""Seconds between two lines of progress."""


class _Reader:
    """A process that reads files for this one, ended with all its children when it takes too long."""

    def __init__(self, seed: int, folder: Path) -> None:
        command = [sys.executable, "-m", "bench.fuzzed", str(seed), str(folder)]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )

    def ask(self, number: int, limit: float) -> Outcome | str:
        """The outcome, or how the process failed."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.end()

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            assert self.process.stdin is not None and self.process.stdout is not None
            self.process.stdin.write(f"{number}\n".encode())
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        return Outcome(**json.loads(line)) if line.endswith(b"\n") else HUNG if late.is_set() else CRASHED

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def outcomes(seed: int, count: int, room: Path) -> Iterator[Outcome]:
    """The outcomes of files 0 … count - 1, those of earlier runs first."""
    journal = room / f"{seed}.jsonl"
    files = prepared(room / "files")
    done = {outcome.number: outcome for outcome in _kept(journal)}
    yield from (outcome for number, outcome in done.items() if number < count)
    waiting = [number for number in range(count) if number not in done]
    with journal.open("a", encoding="utf-8") as kept:
        for first in range(0, len(waiting), CHUNK):
            reader = _Reader(seed, room / "files")
            try:
                for number in waiting[first : first + CHUNK]:
                    outcome = _asked(reader, files, seed, number)
                    if outcome.what in (HUNG, CRASHED):
                        reader.end()
                        reader = _Reader(seed, room / "files")
                    _keep_file(outcome, files, seed, room)
                    kept.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                    kept.flush()
                    yield outcome
            finally:
                reader.end()


def _asked(reader: _Reader, files: Mapping[str, bytes], seed: int, number: int) -> Outcome:
    name, how, _ = mutant(files, seed, number)
    limit = LIMITS.get(name.rpartition(".")[2], LIMIT)
    start = time.perf_counter()
    answer = reader.ask(number, limit)
    if isinstance(answer, str):
        return Outcome(number, name, how, answer, f"退出码 {reader.process.poll()}", round(time.perf_counter() - start, 3))
    return Outcome(**asdict(answer) | {"what": FULL}) if answer.own + answer.children > MEMORY else answer


def _kept(journal: Path) -> Iterator[Outcome]:
    """The outcomes of earlier runs; a line that a stop cut short is left out."""
    for line in journal.read_text(encoding="utf-8").splitlines() if journal.is_file() else ():
        with contextlib.suppress(ValueError, TypeError):
            yield Outcome(**json.loads(line))


def _keep_file(outcome: Outcome, files: Mapping[str, bytes], seed: int, room: Path) -> None:
    if outcome.what in FAILURES:
        (room / "failed").mkdir(exist_ok=True)
        (room / "failed" / f"{seed}-{outcome.number}-{outcome.name}").write_bytes(mutant(files, seed, outcome.number)[2])


def report(found: Sequence[Outcome]) -> Iterator[str]:
    """The figures."""
    sorts = sorted({o.name.rpartition(".")[2] for o in found})
    counts = Counter((o.name.rpartition(".")[2], o.what) for o in found)
    for what in (READ, NOTED, REFUSED, *FAILURES):
        each = "，".join(f"{sort} {counts[sort, what]}" for sort in sorts if counts[sort, what])
        yield f"  {what}：{sum(counts[sort, what] for sort in sorts)}" + (f"（{each}）" if each else "")
    yield "  拒绝的原因："
    for why, times in Counter(
        re.sub(r"[\d,.]+|“[^”]*”", "…", o.why.partition("：")[2])[:60] for o in found if o.what == REFUSED
    ).most_common(12):
        yield f"    {times:>5}  {why}"
    slow, large = max(found, key=lambda o: o.seconds), max(found, key=lambda o: o.own)
    yield f"  最慢：{slow.seconds:.1f}秒（{slow.number} {slow.name} {slow.how}）；平均{sum(o.seconds for o in found) / len(found):.2f}秒"
    child = max(o.children for o in found)
    yield f"  内存峰值：读取的进程{large.own:.0f}MB（{large.number} {large.name} {large.how}），子进程{child:.0f}MB，合计上限{MEMORY:.0f}MB"
    for outcome in [o for o in found if o.what in FAILURES][:20]:
        last = outcome.why.strip().splitlines()[-1:]
        yield f"  ！{outcome.what} {outcome.number} {outcome.name} {outcome.how}：{''.join(last)}"
    counted = "，".join(f"{what}{_of(found, what)}" for what in (CRASHED, HUNG, FULL, RAISED, VAGUE))
    yield f"共{len(found)}个文件：{counted}"


def _of(found: Sequence[Outcome], *what: str) -> int:
    return sum(o.what in what for o in found)


def main(arguments: Sequence[str]) -> int:
    """Read all files and print the figures."""
    options = argparse.ArgumentParser(prog="python -m bench.fuzz")
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--fresh", action="store_true")
    options.add_argument("--only", type=int)
    options.add_argument("--room", type=Path, default=ROOT / "out" / "fuzz")
    given = options.parse_args(arguments)
    if given.fresh:
        shutil.rmtree(given.room, ignore_errors=True)
    given.room.mkdir(parents=True, exist_ok=True)
    if given.only is not None:
        outcome = tried(given.only, *mutant(prepared(given.room / "files"), given.seed, given.only))
        print(f"{outcome.name} {outcome.how} {outcome.what} {outcome.seconds:.2f}秒\n{outcome.why}")
        return int(outcome.what in FAILURES)
    if libreoffice() is None:
        print("没有安装 LibreOffice：没有 XLS 文件")
    found: list[Outcome] = []
    last = time.monotonic()
    try:
        for outcome in outcomes(given.seed, given.count, given.room):
            found.append(outcome)
            if time.monotonic() - last > PROGRESS:
                last = time.monotonic()
                print(f"  …… {len(found)}/{given.count}，失败{_of(found, *FAILURES)}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("停在这里；再次运行时接着做")
    for line in report(found) if found else ():
        print(line)
    return int(any(o.what in FAILURES for o in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
