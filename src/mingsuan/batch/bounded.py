"""A function over one file, in a process of its own that is ended when it takes too long: what hangs or crashes costs that file only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import DefaultContext, ForkContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

Outcome = tuple[Mapping[str, Any] | None, str]
"""What the work gave, or None and why it failed, in Chinese."""
TOO_LONG = "用时超过"
"""How the reason of a file begins that was not done in time."""
CRASHED = "处理这个文件的进程异常退出（文件可能损坏，或占用的内存超过限制）"


def attempted(work: Callable[[Path], Mapping[str, Any]], path: Path) -> Outcome:
    """What the work gives, or why it failed: not every exception survives the way to another process."""
    try:
        return work(path), ""
    except Exception as error:
        return None, str(error) or type(error).__name__


def within(work: Callable[[Path], Mapping[str, Any]], seconds: float, path: Path) -> Outcome:
    """What the work gives within some seconds of the clock, or why there is nothing."""
    context = _context()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(work, path, there))
    process.start()
    there.close()
    with here, _ended_with_us(process):
        if not here.poll(seconds):
            return None, f"{TOO_LONG}{seconds:g}秒，已中止，没有做完"
        try:
            outcome: Outcome = here.recv()
        except (EOFError, OSError):
            return None, CRASHED
        return outcome


def _context() -> DefaultContext | ForkContext:
    """A process that begins as a copy of this one has everything loaded; elsewhere than on Linux that is not safe."""
    return multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context()


def _answer(work: Callable[[Path], Mapping[str, Any]], path: Path, there: Connection) -> None:
    """What the process does; programs that it starts are of its group, so that they end with it."""
    if hasattr(os, "setsid"):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    there.send(attempted(work, path))


@contextmanager
def _ended_with_us(process: BaseProcess) -> Iterator[None]:
    """Whatever happens, nothing of the process's group is left running: not even where a keyboard interrupt ends this one."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        _end(process)
        os._exit(128 + number)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        _end(process)
        signal.signal(signal.SIGINT, before)


def _end(process: BaseProcess) -> None:
    if hasattr(os, "killpg") and process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
