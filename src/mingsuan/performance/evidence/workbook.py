"""A worksheet as data: stored values, whatever its formats show or hide — a moment keeps its seconds, a filtered row counts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Context, InvalidOperation
from itertools import chain, islice
from pathlib import Path
from typing import IO

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.limits import Limits
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.addresses import column_of
from mingsuan.reading.formats.encoding import MAX_BYTES
from mingsuan.reading.formats.package import Package, has_document_type
from mingsuan.reading.formats.xlsx_cells import is_true
from mingsuan.reading.formats.zipped import PartError

MAX_XML = 600_000_000
"""Bytes of a worksheet's XML; a full sheet of a million rows has less."""
MAX_STRINGS = 60_000_000
"""Characters of the texts that cells share."""
MAX_COLUMNS = 500
TITLES = 20
"""Rows at the top among which the heading is looked for: the first with more than one filled cell."""
_REMEDY = "请用 Excel 或 WPS 打开检查，或另存为 CSV 再试"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats that show days or times (ECMA-376 part 1, 18.8.30, with those of Chinese versions)."""
_LITERAL = regex(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_MOMENT = regex(r"[ymdhs]", re.IGNORECASE)
_DIGITS = Context(prec=15)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465


def rows_of(path: Path, table: str, folder: Path, problems: list[str], limits: Limits) -> Iterator[tuple[int, Sequence[object]]]:
    """Heading and rows of a worksheet, each with its number on the sheet; blank rows and the title above the heading are left out.

    Raises:
        EvidenceError: it is no workbook, damaged, beyond the bounds, or has no such worksheet.
    """
    del folder, limits  # nothing is copied on the way, and the bounds here are those of the format
    try:
        if path.stat().st_size > MAX_BYTES:
            raise EvidenceError(path.name, f"工作簿超过{MAX_BYTES // 1_000_000}MB", "请另存为 CSV 再试")
        yield from _Book(Package.open(path.read_bytes(), path.name), problems).rows(table)
    except UnreadableFile as error:
        raise EvidenceError(path.name, error.what, error.remedy) from None
    except PartError as error:
        raise EvidenceError(path.name, str(error), _REMEDY) from None
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, LookupError, ValueError):
        raise EvidenceError(path.name, "工作簿已损坏", _REMEDY) from None


class _Book:
    """An open workbook."""

    def __init__(self, package: Package, problems: list[str]) -> None:
        self.package = package
        self.problems = problems
        main = package.main_part("xl/workbook.xml")
        root = package.required(main)
        targets = package.targets(main)
        by_kind = dict(targets.values())
        self.sheets = {
            element.get("name", ""): part
            for element in root.iter("{*}sheet")
            for kind, part in (targets.get(element.get(_RELATION, ""), ("", "")),)
            if kind == "worksheet"
        }
        self.epoch = _EPOCH_1904 if any(is_true(e.get("date1904")) for e in root.iter("{*}workbookPr")) else _EPOCH
        self.moments = self._moments(by_kind.get("styles", "xl/styles.xml"))
        self.strings = self._strings(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))

    def rows(self, table: str) -> Iterator[tuple[int, Sequence[object]]]:
        """Rows of a worksheet from its heading on."""
        filled = ((number, row) for number, row in self._rows(self.sheets[self._chosen(table)]) if any(row))
        top = list(islice(filled, TITLES))
        start = next((n for n, (_, row) in enumerate(top) if sum(map(bool, row)) > 1), 0)
        width = len(top[start][1]) if top else 0
        for number, row in chain(top[start:], filled):
            if any(row[width:]):
                raise EvidenceError(self.package.name, f"第{number}行的内容超出表头的列", "请补上表头，或删去表格外的内容")
            yield number, [*row[:width], *[""] * (width - len(row))]

    def _chosen(self, table: str) -> str:
        """The worksheet of a name, or the only one that is not empty."""
        if table in self.sheets:
            return table
        known = "、".join(self.sheets)
        if table:
            raise EvidenceError(self.package.name, f"没有工作表“{table}”", f"请检查工作表的名称，可用的有：{known}")
        filled = [name for name, part in self.sheets.items() if any(any(row) for _, row in self._rows(part))]
        if len(filled) != 1:
            what = "工作簿里有几张工作表" if filled else "工作簿里没有表格"
            raise EvidenceError(self.package.name, what, f"请写明 table，可用的有：{'、'.join(filled)}" if filled else _REMEDY)
        return filled[0]

    def _streamed(self, part: str, tag: str) -> Iterator[etree._Element]:
        """Elements of a part, each forgotten when the next one comes."""
        info = self.package.members.get(part) or self.package.members.get(part.lower())
        if info is None:
            raise PartError(f"缺少组成部分 {part}")
        with self.package.zip.open(info) as member:
            bounded = _Bounded(member, part)
            for number, (_, element) in enumerate(
                etree.iterparse(bounded, tag=tag, resolve_entities=False, no_network=True, remove_comments=True)
            ):
                if not number and has_document_type(element):
                    raise PartError(f"{part} 含有 Office 文件不应有的文档类型声明")
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _strings(self, part: str) -> Sequence[str]:
        if part not in self.package:
            return ()
        found: list[str] = []
        left = MAX_STRINGS
        for item in self._streamed(part, "{*}si"):
            found.append(_rich(item))
            left -= len(found[-1]) + 8
            if left < 0:
                raise PartError("工作簿的文字多得异常")
        return found

    def _moments(self, part: str) -> Sequence[bool]:
        """Which cell formats show days or times."""
        if part not in self.package:
            return ()
        root = self.package.xml(part)
        own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter("{*}numFmt")}
        formats = [xf.get("numFmtId", "0") for group in root.iter("{*}cellXfs") for xf in group.iterchildren("{*}xf")]
        return [_shows_moment(number, own) for number in formats]

    def _rows(self, part: str) -> Iterator[tuple[int, list[str]]]:
        number = uncomputed = 0
        for element in self._streamed(part, "{*}row"):
            said = element.get("r", "")
            number = int(said) if said.isdecimal() and len(said) < 8 else number + 1
            row: list[str] = []
            for cell in element.iterchildren("{*}c"):
                column = column_of(cell.get("r"), len(row))
                if column >= MAX_COLUMNS:
                    raise PartError(f"第{number}行超过{MAX_COLUMNS}列")
                row.extend([""] * (column + 1 - len(row)))
                row[column], computed = self._value(cell)
                uncomputed += not computed
            yield number, row
        says = f"有{uncomputed}个公式没有保存计算结果，按空白读取"
        if uncomputed and says not in self.problems:
            self.problems.append(says)

    def _value(self, cell: etree._Element) -> tuple[str, bool]:
        """What is stored in a cell, and whether a formula's result is."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_rich(item) for item in cell.iterchildren("{*}is")), True
        stored = cell.findtext("{*}v")
        if not stored:
            return "", kind == "str" or cell.find("{*}f") is None
        if kind == "s":
            index = int(stored)
            return (self.strings[index] if index < len(self.strings) else ""), True
        if kind == "n":
            style = cell.get("s", "0")
            shows = style.isdecimal() and int(style[:9]) < len(self.moments) and self.moments[int(style)]
            return _number(stored, self.epoch if shows else None), True
        return ("TRUE" if stored.strip() == "1" else "FALSE") if kind == "b" else stored.strip(), True


class _Bounded:
    """A member of the archive that ends with a complaint where it becomes too long."""

    def __init__(self, member: IO[bytes], part: str) -> None:
        self.member, self.part, self.left = member, part, MAX_XML

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        content = self.member.read(size)
        self.left -= len(content)
        if self.left < 0:
            raise PartError(f"{self.part} 解压后大得异常")
        return content


def _rich(item: etree._Element) -> str:
    """The text of a string's runs, without the reading aids of East Asian names."""
    return "".join(
        e.text or "" for e in item.iter("{*}t") if (above := e.getparent()) is None or not str(above.tag).endswith("}rPh")
    ).strip()


def _shows_moment(number: str, own: dict[str, str]) -> bool:
    if number in own:
        return bool(_MOMENT.search(_LITERAL.sub("", own[number])))
    return number.isdecimal() and int(number[:9]) in _DAYS


def _number(stored: str, epoch: datetime | None) -> str:
    """A number with the fifteen digits that a spreadsheet keeps, a moment with its seconds."""
    try:
        value = _DIGITS.create_decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return stored
    if epoch is None or not 0 <= value <= _LAST_DAY:
        return f"{value.normalize():f}" if value else "0"
    moment = epoch + timedelta(seconds=int((value * 86_400).to_integral_value()))
    if value < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}" if value % 1 else f"{moment:%Y-%m-%d}"
