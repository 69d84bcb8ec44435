"""Reading a PDF in a process of its own, with bounds of time and memory: a crash or hang in pdfium costs one file."""

from __future__ import annotations

import os
import subprocess
import sys

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.pdf.limits import SECONDS
from mingsuan.reading.pdf.wire import unpacked

_WORKER = "mingsuan.reading.pdf.worker"
_REMEDY = "请在 PDF 阅读器中打开后另存（打印）为新的 PDF 再试；如仍不行，请把文件发给我们"


def read_pdf(data: bytes, name: str, seconds: float = SECONDS) -> Document:
    """Read a PDF of unknown origin, within `seconds`.

    Raises:
        UnreadableFile: it cannot be read, takes too long, or brings the reader down.
    """
    command = [sys.executable, "-X", "utf8", "-m", _WORKER]
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
    try:
        return unpacked(done.stdout, name)
    except ValueError:
        raise UnreadableFile(name, "读取程序没有给出完整的结果", _REMEDY) from None
