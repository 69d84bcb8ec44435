"""ZIP archives within bounds: nothing is unpacked to disk and no declared size is believed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES, too_large

MAX_PART = 100_000_000
"""Bytes of one unpacked part; the main part of a long disclosure has some 10 MB."""
MAX_UNPACKED = 200_000_000
"""Bytes of all unpacked parts together."""
MAX_RATIO = 400
"""How much smaller a part may have been packed, beyond `SMALL`; XML of an empty form packs 50 to 150 times."""
SMALL = 5_000_000
"""Bytes of a part that may be packed however well."""
MAX_DIRECTORY = 2_000_000
"""Bytes of a ZIP archive's list of members, some 20,000 of them."""
DAMAGED_REMEDY = "请在原软件中打开后另存一份，或重新下载完整的文件再试"

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_END_REACH = 66_000
_IN_ZIP64 = 0xFFFFFFFF
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UTF8 = 0x800


class PartError(Exception):
    """A part of a file cannot be read; the message says which and why, in Chinese.

    `spent` is how many bytes were unpacked before that showed, which count as unpacked: else parts that fail cost time without end.
    """

    def __init__(self, message: str, spent: int = 0) -> None:
        """Say which part and why."""
        super().__init__(message)
        self.spent = spent


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """A ZIP archive whose list of members is not too long to be read.

    Raises:
        UnreadableFile: it is too large, damaged, or lists too many members.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    if _directory_size(data) > MAX_DIRECTORY:
        raise UnreadableFile(name, "压缩包里的文件多得异常，没有读取", "请只打包要读取的公开文本，再试一次")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, OverflowError, UnicodeError):
        raise UnreadableFile(name, "文件已损坏或不完整，打不开", DAMAGED_REMEDY) from None


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member, at most `most`.

    Raises:
        PartError: it is damaged, encrypted, packed in an unusual way or too large.
    """
    name = member_name(info)
    if info.flag_bits & _ENCRYPTED:
        raise PartError(f"{name} 有密码")
    if info.compress_type not in _METHODS:
        raise PartError(f"{name} 的压缩方式不受支持")
    most = min(most, max(SMALL, MAX_RATIO * info.compress_size))
    try:
        with archive.open(info) as member:
            content = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, struct.error):
        raise PartError(f"{name} 已损坏", min(most, info.file_size)) from None
    if len(content) > most:
        raise PartError(f"{name} 解压后大得异常", len(content))
    return content


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; names without the mark of UTF-8 are UTF-8 all the same or, from Chinese Windows, GB 18030."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _directory_size(data: bytes) -> int:
    """Bytes of the list of members as the archive's end declares it, 0 if it does not."""
    end = data.rfind(_END, max(0, len(data) - _END_REACH))
    if end < 0 or end + 22 > len(data):
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    if size != _IN_ZIP64:
        return int(size)
    end = data.rfind(_END64)
    return int(struct.unpack_from("<Q", data, end + 40)[0]) if 0 <= end <= len(data) - 48 else 0
