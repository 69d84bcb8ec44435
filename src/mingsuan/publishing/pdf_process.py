"""Setting pages in a process of its own, which gives its memory back when it is done.

`python -m mingsuan.publishing.pdf_process TASK` is that process: what the template is given comes as JSON on its input, the answer goes to
its output; what Typst refuses goes to its error output, with the exit status `_REFUSED`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from mingsuan.publishing import pdf
from mingsuan.publishing.publication import UnwritableError

SECONDS = 600
"""Time after which the setting of a part is given up."""
_REFUSED = 3


def typeset(data: Mapping[str, Any]) -> bytes:
    """`pdf.typeset`, apart.

    Raises:
        UnwritableError: it cannot be set, or the process did not come to an end.
    """
    return _asked("set", data)


def last_page(data: Mapping[str, Any], cuts: Sequence[int]) -> int:
    """`pdf.last_page`, apart.

    Raises:
        UnwritableError: it cannot be set, or the process did not come to an end.
    """
    return int(_asked("page", {"data": data, "cuts": cuts}))


def _asked(task: str, data: Mapping[str, Any]) -> bytes:
    command = [sys.executable, "-X", "utf8", "-m", __name__, task]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    given = json.dumps(data, ensure_ascii=False).encode()
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, env=os.environ | paths, check=False)
    except subprocess.TimeoutExpired:
        raise UnwritableError(f"排版超过{SECONDS}秒，已中止") from None
    except OSError as error:
        raise UnwritableError(f"排版程序无法启动（{error}）；请检查系统的内存和进程数限制") from None
    if done.returncode == _REFUSED:
        raise UnwritableError(done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        raise UnwritableError("排版程序异常退出（可能是内存不足）")
    return done.stdout


def main() -> int:
    """Do one task."""
    given = json.loads(sys.stdin.buffer.read())
    try:
        answer = pdf.typeset(given) if sys.argv[1] == "set" else b"%d" % pdf.last_page(given["data"], frozenset(given["cuts"]))
    except UnwritableError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
