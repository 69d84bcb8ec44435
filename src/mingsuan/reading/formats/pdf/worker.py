"""The process that reads or draws one PDF for another: bytes on standard input, the answer on standard output.

`python -m mingsuan.reading.formats.pdf.worker '["read"]'` is run by `isolated`, never by hand. A task is ["read"], ["grids", page or null],
["picture", page, marks] or ["facsimiles", pages].
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf.limits import MEMORY, SECONDS
from mingsuan.reading.formats.pdf.wire import packed


def main() -> None:
    """Do the task within the bounds."""
    confine(int(SECONDS), MEMORY)
    gc.disable()  # all that is made of one file is needed until it is answered
    task, *arguments = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    try:
        answer = _done(task, data, arguments)
    except UnreadableFile as error:
        answer = packed(error)
    sys.stdout.buffer.write(answer)


def _done(task: str, data: bytes, arguments: list[Any]) -> bytes:
    if task == "picture":
        from mingsuan.reading.formats.pdf.picture import Mark, picture

        page, marks = arguments
        return picture(data, "", page, [Mark(*mark) for mark in marks])
    if task == "facsimiles":
        from mingsuan.reading.formats.pdf import facsimile

        return facsimile.packed(list(facsimile.facsimiles(data, "", *arguments)))
    if task == "grids":
        from mingsuan.reading.formats.pdf.listing import grids

        return json.dumps(grids(data, "", *arguments), ensure_ascii=False).encode("utf-8", "replace")
    from mingsuan.reading.formats.pdf.reader import read_pdf

    return packed(read_pdf(data, ""))


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
