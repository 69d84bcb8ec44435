"""The memory of a process with all its children, at its peak: the sum of what each holds, pages that they share counted once for each."""

from __future__ import annotations

import os
import threading
from pathlib import Path

_PAUSE = 0.02
"""Seconds between two looks; a peak that is shorter is missed."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Peak:
    """Watch a process and its children, from another thread, until told to stop; only where there is /proc."""

    def __init__(self, process: int) -> None:
        """Begin to watch."""
        self.bytes = 0
        self._process, self._done = process, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The most that it held, in bytes; 0 where nothing could be seen."""
        self._done.set()
        self._thread.join()
        return self.bytes

    def _watch(self) -> None:
        while not self._done.wait(_PAUSE):
            self.bytes = max(self.bytes, sum(map(_resident, _family(self._process))))


def _family(process: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        try:
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
