"""A zipped file within bounds: its members, and the XML of an Office document's parts.

Nothing is unpacked to disk, no declared size is believed, no entity is resolved and no address is followed.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.encoding import MAX_BYTES, too_large

MAX_PART = 100_000_000
"""Bytes of one unpacked part; the main part of a long disclosure has some 10 MB."""
MAX_UNPACKED = 200_000_000
"""Bytes of all unpacked parts together."""
MAX_RATIO = 400
"""How much smaller a part may have been packed, beyond `SMALL`; XML of an empty form packs 50 to 150 times."""
SMALL = 5_000_000
"""Bytes of a part that may be packed however well."""
MAX_MARKS = 4_000_000
"""Tags and attributes of a part, which is what a parsed tree costs memory for."""
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
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class PartError(Exception):
    """A part of a file cannot be read; the message says which and why, in Chinese."""


@dataclass
class Package:
    """A ZIP archive that is read within bounds.

    Attributes:
        name: what messages call the file.
        zip: the open archive.
        members: its members by path without a leading slash, as they are written and in lower case.
        left: bytes that may still be unpacked.
    """

    name: str
    zip: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    left: int = field(default=MAX_UNPACKED)

    @classmethod
    def open(cls, data: bytes, name: str) -> Package:
        """Open an archive.

        Raises:
            UnreadableFile: it is too large, damaged, or lists too many members.
        """
        archive = opened(data, name)
        members = {info.filename.replace("\\", "/").lstrip("/"): info for info in archive.infolist()}
        return cls(name, archive, {key.lower(): info for key, info in members.items()} | members)

    def __contains__(self, part: str) -> bool:
        return part in self.members or part.lower() in self.members

    def bytes_of(self, part: str) -> bytes:
        """The unpacked bytes of a part.

        Raises:
            PartError: it is missing, damaged, encrypted or too large.
        """
        info = self.members.get(part) or self.members.get(part.lower())
        if info is None:
            raise PartError(f"缺少组成部分 {part}")
        content = unpacked(self.zip, info, min(MAX_PART, self.left))
        self.left -= len(content)
        return content

    def xml(self, part: str) -> etree._Element:
        """The tree of an XML part, in the names of the transitional standard.

        Raises:
            PartError: as `bytes_of`, or it is no well-formed XML within the bounds.
        """
        return parsed(self.bytes_of(part), part)

    def required(self, part: str) -> etree._Element:
        """As `xml`, for a part without which nothing can be read.

        Raises:
            UnreadableFile: as `xml`.
        """
        try:
            return self.xml(part)
        except PartError as error:
            raise UnreadableFile(self.name, f"文件已损坏（{error}）", DAMAGED_REMEDY) from None

    def targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The relationships of a part ("" for the whole package): id → (kind, path of the target inside the package)."""
        folder, _, base = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return {}
        try:
            root = self.xml(rels)
        except PartError:
            return {}
        return {
            element.get("Id", ""): (_kind(element.get("Type", "")), _inside(folder, element.get("Target", "")))
            for element in root.iter("{*}Relationship")
            if element.get("TargetMode") != "External"
        }

    def main_part(self, usual: str) -> str:
        """The part that holds the document itself; `usual` where the package does not say."""
        found = next((target for kind, target in self.targets("").values() if kind == "officeDocument"), usual)
        return found if found in self else usual


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
        raise PartError(f"{name} 已损坏") from None
    if len(content) > most:
        raise PartError(f"{name} 解压后大得异常")
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


def parsed(data: bytes, part: str) -> etree._Element:
    """A tree from XML without document type and entities, within the bounds.

    Raises:
        PartError: it is not.
    """
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise PartError(f"{part} 的内容多得异常")
    for strict, usual in _STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise PartError(f"{part} 不是完整的 XML") from None
    if has_document_type(root):
        raise PartError(f"{part} 含有 Office 文件不应有的文档类型声明")
    return root


def has_document_type(element: etree._Element) -> bool:
    """Whether the element's document declares a type, and with it maybe entities."""
    information: Any = element.getroottree().docinfo  # the stubs do not know `doctype`
    return bool(information.doctype)


def elements(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with a tag, whatever their namespace."""
    return parent.iterchildren("{*}" + tag)


def _kind(address: str) -> str:
    return address.rpartition("/")[2]


def _inside(folder: str, target: str) -> str:
    """The path of a target inside the package; ".." never leads out of it."""
    target = target.replace("\\", "/")
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")


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
