"""Reading a PDF in a process of its own, with bounds of time and memory: a crash or hang in pdfium costs one file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.pdf.limits import SECONDS
from mingsuan.reading.formats.pdf.wire import refusal, unpacked

if TYPE_CHECKING:
    from mingsuan.reading.formats.pdf.facsimile import Facsimile
    from mingsuan.reading.formats.pdf.listing import GridData
    from mingsuan.reading.formats.pdf.picture import Mark

_WORKER = "mingsuan.reading.formats.pdf.worker"
_REMEDY = "请在 PDF 阅读器中打开后另存（打印）为新的 PDF 再试；如仍不行，请把文件发给我们"


def read_pdf(data: bytes, name: str, seconds: float = SECONDS) -> Document:
    """Read a PDF of unknown origin, within `seconds`.

    Raises:
        UnreadableFile: it cannot be read, takes too long, or brings the reader down.
    """
    answer = _asked(data, name, seconds, "read")
    try:
        return unpacked(answer, name)
    except ValueError:
        raise _babble(name) from None


def grids(data: bytes, name: str, page: int | None = None, seconds: float = SECONDS) -> list[GridData]:
    """The grids of a PDF of unknown origin, of all pages or one, as `listing.grids` gives them.

    Raises:
        UnreadableFile: it cannot be read, takes too long, or brings the reader down.
    """
    answer = _asked(data, name, seconds, "grids", page)
    try:
        found: list[GridData] = json.loads(answer)
    except ValueError:
        raise _babble(name) from None
    return found


def picture(data: bytes, name: str, page: int, marks: Sequence[Mark], seconds: float = SECONDS) -> bytes:
    """A page of a PDF of unknown origin as PNG with some boxes outlined and numbered.

    Raises:
        UnreadableFile: it cannot be drawn, takes too long, or brings the reader down.
    """
    answer = _asked(data, name, seconds, "picture", page, marks)
    if not answer.startswith(b"\x89PNG"):
        raise _babble(name)
    return answer


def facsimiles(data: bytes, name: str, pages: Sequence[int], seconds: float = SECONDS) -> tuple[Facsimile, ...]:
    """Pages of a PDF of unknown origin as small pictures; those that are damaged or not there are left out.

    Raises:
        UnreadableFile: the file cannot be drawn, takes too long, or brings the reader down.
    """
    from mingsuan.reading.formats.pdf.facsimile import unpacked as unpacked_pages

    answer = _asked(data, name, seconds, "facsimiles", list(pages))
    try:
        return unpacked_pages(answer)
    except ValueError:
        raise _babble(name) from None


def _asked(data: bytes, name: str, seconds: float, *task: object) -> bytes:
    """What the worker answers.

    Raises:
        UnreadableFile: as the worker found, or because it did not come to an end.
    """
    command = [sys.executable, "-X", "utf8", "-m", _WORKER, json.dumps(task)]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, env=os.environ | paths, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(name, f"读取超过{seconds:g}秒，已中止", _REMEDY) from None
    except OSError as error:
        raise UnreadableFile(name, f"读取程序无法启动（{error}）", "请检查系统的内存和进程数限制后再试") from None
    if done.returncode != 0:
        raise UnreadableFile(name, "读取程序异常退出（文件可能损坏，或占用的时间、内存超过限制）", _REMEDY)
    refused = refusal(done.stdout, name)
    if refused is not None:
        raise refused
    return done.stdout


def _babble(name: str) -> UnreadableFile:
    return UnreadableFile(name, "读取程序没有给出完整的结果", _REMEDY)
