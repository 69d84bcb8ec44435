"""The parts of an Office document and their XML, within bounds: no entity is resolved and no address is followed."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from lxml import etree

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.zipped import DAMAGED_REMEDY, MAX_PART, MAX_UNPACKED, PartError, opened, unpacked
from mingsuan.values import dataclass

MAX_MARKS = 4_000_000
"""Tags and attributes of a part, which is what a parsed tree costs memory for."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)


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
        try:
            content = unpacked(self.zip, info, min(MAX_PART, self.left))
        except PartError as error:
            self.left = max(0, self.left - error.spent)
            raise
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
