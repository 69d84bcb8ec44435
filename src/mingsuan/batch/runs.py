"""A function over many files on any executor: what was done is not done again, a file that fails is a row that says why.

A worker that is killed loses nothing: its files are tried again one by one, and the one that kills its worker is a failure of its own.
A run that is stopped ends with the files that are under way; those that wait are not begun.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from mingsuan.batch.bounded import CRASHED, Outcome, attempted, within
from mingsuan.printable import printable
from mingsuan.refusals import refusal
from mingsuan.values import dataclass

Work = Callable[[Path], Mapping[str, Any]]
"""What is done with a file: a function that can be sent to another process, giving plain data."""
_Attempt = Callable[[Path], Outcome]


@dataclass(frozen=True)
class Done:
    """What became of one file.

    Attributes:
        sha256: of its content, "" where it could not be read.
        result: what the work gave, None where it failed.
        error: why it failed, in Chinese, "" where it did not.
        again: the result is that of an earlier run.
    """

    path: Path
    sha256: str
    result: Mapping[str, Any] | None
    error: str = ""
    again: bool = False


def run(
    paths: Iterable[Path],
    work: Work,
    *,
    label: str,
    ledger: Path | None = None,
    pool: Callable[[], Executor] | None = None,
    seconds: float | None = None,
    prepare: Callable[[], object] | None = None,
) -> Iterator[Done]:
    """Do the work on every file, in the order in which they are done.

    Args:
        paths: the files.
        work: what is done with each.
        label: names the work with its options and version; results in the ledger under another label are not taken.
        ledger: file of one JSON object a line to which every result is added at once, so that a run can be stopped and resumed.
        pool: makes an executor (`Client.get_executor` of Dask is one); by default a pool of processes, one for each core.
        seconds: time of the clock for one file, whose work is then done in a process of its own that is ended when it is over.
        prepare: loads what every file needs; called once by each process of the default pool.
    """
    kept = _Ledger(ledger, label)
    todo: list[tuple[Path, str]] = []
    for path in paths:
        try:
            digest = _digest(path)
        except OSError as error:
            yield Done(path, "", None, f"打不开（{refusal(error)}）")
            continue
        known = kept.known.get(digest)
        if known is not None:
            yield Done(path, digest, known, again=True)
        else:
            todo.append((path, digest))
    attempt = partial(attempted, work) if seconds is None else partial(within, work, seconds)
    for done in _worked(todo, attempt, pool or partial(_processes, prepare)):
        kept.add(done)
        yield done


def _processes(prepare: Callable[[], object] | None) -> Executor:
    return ProcessPoolExecutor(max_workers=os.cpu_count() or 1, initializer=_begin, initargs=(prepare,))


def _begin(prepare: Callable[[], object] | None) -> None:
    """A keyboard interrupt reaches every process of the group: workers end without a word, the one that started them speaks."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if prepare is not None:
        prepare()


def _worked(todo: Sequence[tuple[Path, str]], attempt: _Attempt, pool: Callable[[], Executor]) -> Iterator[Done]:
    """All files at once, and those that a dead worker took with it again, one at a time."""
    lost = yield from _together(todo, attempt, pool)
    for path, digest in lost:
        lonely = yield from _together([(path, digest)], attempt, pool)
        for _ in lonely:
            yield Done(path, digest, None, CRASHED)


def _together(
    todo: Sequence[tuple[Path, str]], attempt: _Attempt, pool: Callable[[], Executor]
) -> Generator[Done, None, list[tuple[Path, str]]]:
    """Yields what is done; the generator's value is what dead workers lost."""
    lost: list[tuple[Path, str]] = []
    with pool() as executor:
        waiting: dict[Future[Outcome], tuple[Path, str]] = {}
        for path, digest in todo:
            try:
                waiting[executor.submit(attempt, path)] = (path, digest)
            except BrokenExecutor:
                lost.append((path, digest))
        try:
            while waiting:
                finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    path, digest = waiting.pop(future)
                    try:
                        result, error = future.result()
                    except BrokenExecutor:
                        lost.append((path, digest))
                    else:
                        yield Done(path, digest, result, error)
        finally:
            for future in waiting:
                future.cancel()
    return lost


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Ledger:
    """What earlier runs gave, by content; what failed is not kept."""

    def __init__(self, path: Path | None, label: str) -> None:
        self._path, self._label = path, label
        self.known: dict[str, Mapping[str, Any]] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
                try:
                    row = json.loads(line)
                except ValueError:  # the last line of a run that was killed
                    continue
                if isinstance(row, dict) and row.get("label") == label and isinstance(row.get("result"), dict):
                    self.known[str(row.get("sha256"))] = row["result"]

    def add(self, done: Done) -> None:
        """Write a result down at once; failures are tried again by the next run."""
        if self._path is None or done.result is None:
            return
        row = {"label": self._label, "sha256": done.sha256, "file": printable(done.path.name), "result": done.result}
        # One call writes a whole line, so that two runs at once do not mix theirs; it begins anew where a killed run broke off.
        line = f"\n{json.dumps(row, ensure_ascii=False)}\n".encode(errors="replace")
        with suppress(OSError), self._path.open("ab", buffering=0) as file:  # a full disk costs the resuming, not the run
            file.write(line)
