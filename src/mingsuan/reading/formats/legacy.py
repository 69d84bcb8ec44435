"""DOC, WPS, ET, RTF and their like → DOCX or XLSX, through LibreOffice where it is installed.

Two conversions never share a profile, because LibreOffice then loses output without saying so; a profile of its own
costs each some tenths of a second. Macros do not run, links are not followed, and a time limit ends what hangs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.docx import read_docx
from mingsuan.reading.formats.encoding import MAX_BYTES, too_large
from mingsuan.reading.formats.sniff import Kind, sniff, unsupported
from mingsuan.reading.formats.xlsx import read_xlsx
from mingsuan.refusals import refusal
from mingsuan.values import dataclass

TIME_LIMIT = 120.0
"""Seconds that a conversion may take; a disclosure takes two to five."""
PROGRAM_VARIABLE = "MINGSUAN_SOFFICE"
"""Environment variable that names the program where it is not on the search path."""
MAX_WRITTEN = 400_000_000
"""Bytes of a file that a conversion may write, where the system can limit it."""
MAX_MEMORY = 6_000_000_000
"""Bytes of address space of a conversion, where the system can limit it."""

_PROGRAMS = ("soffice", "libreoffice")
_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/opt/libreoffice/program/soffice",
)
_SECURITY = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true"}
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for key, value in _SECURITY.items()
    )
    + "</oor:items>"
)
_NOWHERE = "http://127.0.0.1:9"
"""A proxy at which nobody listens, so that nothing is fetched from the network."""


@dataclass(frozen=True, slots=True)
class _Route:
    """How a sort of file is converted: the ending it is given, the ending and filter of the result, and what a user may save it as."""

    suffix: str
    result: str
    filter: str
    read: Callable[[bytes, str], Document]
    saved: str


def _text(suffix: str, saved: str = "DOCX") -> _Route:
    return _Route(suffix, "docx", "docx:MS Word 2007 XML", read_docx, saved)


def _sheet(suffix: str) -> _Route:
    return _Route(suffix, "xlsx", "xlsx:Calc MS Excel 2007 XML", read_xlsx, "XLSX")


ROUTES: Mapping[Kind, _Route] = {
    Kind.DOC: _text("doc"),
    Kind.OLE: _text("doc", "DOCX 或 XLSX"),
    Kind.RTF: _text("rtf"),
    Kind.WORD_XML: _text("xml"),
    Kind.OPEN_TEXT: _text("odt"),
    Kind.XLS: _sheet("xls"),
    Kind.XLS_OLD: _sheet("xls"),
    Kind.XLSB: _sheet("xlsb"),
    Kind.SHEET_XML: _sheet("xml"),
    Kind.OPEN_SHEET: _sheet("ods"),
}
"""The sorts of files that LibreOffice makes readable."""


def office_program() -> str | None:
    """The path of LibreOffice, None if it is not installed."""
    named = os.environ.get(PROGRAM_VARIABLE, "")
    candidates = [named, *_PROGRAMS, *_USUAL]
    return next((found for candidate in candidates if candidate and (found := shutil.which(candidate))), None)


def read_legacy(data: bytes, name: str, *, time_limit: float = TIME_LIMIT) -> Document:
    """Read a file of an older format by converting it; `name` is what places and messages call the file.

    Raises:
        UnreadableFile: LibreOffice is not installed, could not convert the file or took too long, or the file is of another sort.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    kind = sniff(data, name)
    route = ROUTES.get(kind)
    if route is None:
        raise unsupported(kind, name)
    program = office_program()
    if program is None:
        raise UnreadableFile(
            name,
            f"这是{kind.value}，读取它需要 LibreOffice，而本机没有安装",
            f"请安装 LibreOffice（https://zh-cn.libreoffice.org，或 apt install libreoffice-writer libreoffice-calc；"
            f"装在别处时用环境变量 {PROGRAM_VARIABLE} 指明 soffice 的路径），或在原软件中另存为 {route.saved} 后再试",
        )
    document = route.read(_converted(data, name, route, program, time_limit), name)
    note = f"这是{kind.value}，由 LibreOffice 转换为 {route.result.upper()} 后读取，位置以转换后的文件为准"
    return replace(document, problems=(note, *document.problems))


def _converted(data: bytes, name: str, route: _Route, program: str, time_limit: float) -> bytes:
    """The file in its new format."""
    with tempfile.TemporaryDirectory(prefix="mingsuan-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source, out, profile = room / f"source.{route.suffix}", room / "out", room / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source.write_bytes(data)
        command = [
            *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck"),
            *("--convert-to", route.filter, "--outdir", str(out), str(source)),
        ]
        remedy = f"请在 Word、Excel 或 WPS 中打开，另存为 {route.saved} 后再试"
        try:
            ended = _run(command, room, time_limit)
        except OSError as error:
            raise UnreadableFile(name, f"LibreOffice 启动不了（{refusal(error)}）", f"请检查 {program} 能否运行") from None
        if not ended:
            raise UnreadableFile(name, f"LibreOffice 转换超过{time_limit:g}秒，已停止", remedy)
        result = out / f"source.{route.result}"
        if not result.is_file() or result.stat().st_size == 0:
            raise UnreadableFile(name, "LibreOffice 转换不了这个文件（可能已损坏或有密码）", remedy)
        if result.stat().st_size > MAX_BYTES:
            raise too_large(result.stat().st_size, name)
        return result.read_bytes()


def _run(command: list[str], room: Path, time_limit: float) -> bool:
    """Run a program with all its children in a group of their own; False if it had to be stopped."""
    environment = os.environ | {"HOME": str(room), "TMPDIR": str(room), "http_proxy": _NOWHERE, "https_proxy": _NOWHERE}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=room,
        env=environment,
        start_new_session=True,
    )
    with _stopped_at_last(process):
        _limit(process.pid)
        try:
            process.wait(time_limit)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextlib.contextmanager
def _stopped_at_last(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, nothing of the process's group is left running."""
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit(pid: int) -> None:
    """Bound what a process and its children may write and hold, on systems that can."""
    if sys.platform == "linux":
        import resource  # not on every system

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
            resource.prlimit(pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
