"""The process that reads one PDF for another: bytes on standard input, the packed document on standard output.

`python -m mingsuan.reading.pdf.worker` is run by `isolated`, never by hand.
"""

from __future__ import annotations

import sys

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.pdf.limits import MEMORY, SECONDS
from mingsuan.reading.pdf.reader import read_pdf
from mingsuan.reading.pdf.wire import packed


def main() -> None:
    """Read within the bounds."""
    confine(int(SECONDS), MEMORY)
    sys.stdout.buffer.write(packed(_read(sys.stdin.buffer.read())))


def _read(data: bytes) -> Document | UnreadableFile:
    try:
        return read_pdf(data, "")
    except UnreadableFile as error:
        return error


def confine(seconds: int, memory: int) -> None:
    """Bound this process in time and address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows bounds neither; the parent still ends a worker that takes too long
        return
    for what, bound in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, hard))


if __name__ == "__main__":
    main()
