"""ZIP archives of several files → one document: text before tables, every place naming the member it is in.

Nothing is written to disk, so a member's path leads nowhere; it is only a name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import field
from hashlib import sha256

from mingsuan.patterns import regex
from mingsuan.reading.document import Block, Document, UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES
from mingsuan.reading.formats.sniff import Kind, sniff
from mingsuan.reading.formats.zipped import MAX_UNPACKED, PartError, member_name, opened, unpacked
from mingsuan.values import dataclass

MAX_MEMBERS = 200
"""Files that are read of an archive, those of archives in it included."""
MAX_DEPTH = 2
"""Archives in archives that are opened."""

Members = tuple[tuple[str, bytes], ...]

_SHEETS = {Kind.XLSX, Kind.XLS, Kind.XLS_OLD, Kind.XLSB, Kind.SHEET_XML, Kind.OPEN_SHEET}
_IGNORED = regex(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db\Z|desktop\.ini\Z)", re.IGNORECASE)
_TABLES = regex(r"表")
_TEXTS = regex(r"说明|文本|报告|公开\Z|text", re.IGNORECASE)
_NUMBER = regex(r"(\d+)")
_BAD = regex(r"[\x00-\x1f\x7f]")


@dataclass
class _Unpacking:
    """What has been taken out of an archive so far."""

    name: str
    left: int = MAX_UNPACKED
    opened: int = 0
    found: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    def take(self, archive: zipfile.ZipFile, folder: str, depth: int) -> None:
        """Take the members of an archive, and those of archives in it."""
        for number, info in enumerate(archive.infolist(), 1):
            path = folder + (safe_path(member_name(info)) or f"第{number}个文件")
            if info.filename.endswith("/") or _IGNORED.search(path):
                continue
            if self.opened >= MAX_MEMBERS:
                self.problems.append(f"压缩包里的文件超过{MAX_MEMBERS}个，其余没有读取")
                return
            self.opened += 1
            try:
                content = unpacked(archive, info, min(MAX_BYTES, self.left))
            except PartError as error:
                self.left = max(0, self.left - error.spent)
                self.problems.append(f"压缩包里的文件没有读取：{error}")
                continue
            self.left -= len(content)
            self._keep(path, content, depth)

    def _keep(self, path: str, content: bytes, depth: int) -> None:
        digest = sha256(content).digest()
        if digest in self.seen:
            return
        self.seen.add(digest)
        try:
            nested = content.startswith(b"PK") and sniff(content, path) is Kind.ZIP
            if nested and depth >= MAX_DEPTH:
                self.problems.append(f"{path}：压缩包套压缩包超过{MAX_DEPTH}层，没有读取")
            elif nested:
                with opened(content, path) as inner:
                    self.take(inner, path + "/", depth + 1)
            else:
                self.found.append((path, content))
        except UnreadableFile as error:
            self.problems.append(str(error))


def safe_path(path: str) -> str:
    """A member's path as a name to show: no drive, no "..", no control characters, no leading slash."""
    parts = _BAD.sub("", path.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))[-200:]


def members(data: bytes, name: str) -> Members:
    """The files of an archive, and of archives in it, as (path, bytes): text before tables, else in the order of their names.

    What occurs twice is given once. `name` is only what messages call the archive.

    Raises:
        UnreadableFile: the archive is damaged, too large or holds no file that can be unpacked.
    """
    return _members(data, name)[0]


def _members(data: bytes, name: str) -> tuple[Members, tuple[str, ...]]:
    unpacking = _Unpacking(name)
    with opened(data, name) as archive:
        unpacking.take(archive, "", 1)
    if not unpacking.found:
        reasons = "；".join(dict.fromkeys(unpacking.problems)) or "压缩包是空的"
        raise UnreadableFile(name, f"压缩包里没有可以读取的文件（{reasons}）", "请解压后给出里面的公开文本，或重新打包再试")
    return tuple(sorted(unpacking.found, key=_order)), tuple(dict.fromkeys(unpacking.problems))


def _order(member: tuple[str, bytes]) -> tuple[bool, bool, tuple[tuple[int, str], ...]]:
    """Workbooks last, and before them what its name says are tables; numbers in names count as numbers."""
    path, content = member
    try:
        sheets = sniff(content, path) in _SHEETS
    except UnreadableFile:
        sheets = False
    base = path.rpartition("/")[2].rpartition(".")[0]
    tables = bool(_TABLES.search(base)) and not _TEXTS.search(base)
    return sheets, tables, tuple((int(piece[:15]), "") if piece.isdecimal() else (0, piece) for piece in _NUMBER.split(path))


def read_archive(data: bytes, name: str, read: Callable[[bytes, str], Document]) -> Document:
    """Read all files of an archive with `read` and join them into one document; places name the member.

    A member that cannot be read is a problem of the whole; only if none can, the archive is unreadable.

    Raises:
        UnreadableFile: the archive is damaged or too large, or nothing in it can be read.
    """
    found, problems = _members(data, name)
    blocks: list[Block] = []
    noted = list(problems)
    failures: list[str] = []
    for path, content in found:
        try:
            document = read(content, path)
        except UnreadableFile as error:
            failures.append(str(error))
            continue
        blocks += document.blocks
        noted += (f"{path}：{problem}" for problem in document.problems)
    if len(failures) == len(found):
        raise UnreadableFile(name, f"压缩包里的文件都不能读取（{'；'.join(failures[:3])}）", "请按各个文件的提示处理后，重新打包再试")
    return Document(name, tuple(blocks), (*noted, *_not_read(failures)))


def _not_read(failures: list[str]) -> Iterator[str]:
    yield from (f"没有读取{failure}" for failure in failures)
