"""A guard against hanging: input from strangers must be done with in bounded work, however busy the machine is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PROCESSOR_SECONDS = 20.0
"""What no input of up to 100 kB may take. It is a bound against runaway work, not a measure of speed: `make bench` measures."""


@contextmanager
def no_hang(seconds: float = PROCESSOR_SECONDS) -> Iterator[None]:
    """Fail what spends more processor time than that."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"still running after {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
