"""XLSX → paragraphs and grids, from the workbook's XML: every number as its format prints it.

No library in between: number formats and hidden rows are in the XML only, stored digits stay exact, and a reader
that lays a sheet out densely can be made to ask for 500 GB by a file of one kilobyte.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.numberformat.built_in import BUILT_IN, GENERAL
from mingsuan.reading.formats.package import Package, elements
from mingsuan.reading.formats.sheets import document_of
from mingsuan.reading.formats.worksheet import MAX_SHEETS, CellStyle, Room, Sheet
from mingsuan.reading.formats.xlsx_cells import MAIN, SharedParts, is_true, rich_text, sheet_of, whole
from mingsuan.reading.formats.zipped import DAMAGED_REMEDY, PartError

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OTHER_SHEETS = {"chartsheet": "是图表", "dialogsheet": "是对话框", "xlmacrosheet": "是宏", "xlintlmacrosheet": "是宏"}
"""What a sheet is that is no worksheet."""


def read_xlsx(data: bytes, name: str) -> Document:
    """Read an XLSX workbook; `name` is what places and messages call the file.

    Hidden sheets, rows and columns are not read and are named in the problems.

    Raises:
        UnreadableFile: the file is damaged, too large, not a workbook, or nothing in it can be seen.
    """
    package = Package.open(data, name)
    main = package.main_part("xl/workbook.xml")
    root = package.required(main)
    targets = package.targets(main)
    by_kind = dict(targets.values())
    problems: list[str] = []
    book = SharedParts(
        _strings(package, by_kind.get("sharedStrings", "xl/sharedStrings.xml"), problems),
        _styles(package, by_kind.get("styles", "xl/styles.xml"), problems),
        any(is_true(e.get("date1904")) for e in root.iter(MAIN + "workbookPr")),
    )
    sheets: list[Sheet] = []
    hidden: list[str] = []
    room = Room()
    listed = list(root.iter(MAIN + "sheet"))
    if len(listed) > MAX_SHEETS:
        problems.append(f"工作簿有{len(listed)}个工作表，只读取了前{MAX_SHEETS}个")
    for element in listed[:MAX_SHEETS]:
        title = element.get("name", "")
        kind, target = targets.get(element.get(_RELATION, ""), ("", ""))
        if element.get("state", "visible") != "visible":
            hidden.append(title)
        elif kind != "worksheet":
            problems.append(f"工作表“{title}”{_OTHER_SHEETS.get(kind.lower(), '的内容找不到')}，没有读取")
        else:
            try:
                sheets.append(sheet_of(package.bytes_of(target), title, book, room))
            except PartError as error:
                problems.append(f"工作表“{title}”没有读取：{error}")
    if not sheets and not hidden:
        raise UnreadableFile(name, f"没有可以读取的工作表（{'；'.join(problems) or '工作簿是空的'}）", DAMAGED_REMEDY)
    return document_of(name, sheets, hidden, problems)


def _strings(package: Package, part: str, problems: list[str]) -> Sequence[str]:
    if part not in package:
        return ()
    try:
        root = package.xml(part)
    except PartError as error:
        problems.append(f"工作簿的文字没有读取：{error}")
        return ()
    return [rich_text(item) for item in root.iterchildren(MAIN + "si")]


def _styles(package: Package, part: str, problems: list[str]) -> Sequence[CellStyle]:
    if part not in package:
        return ()
    try:
        root = package.xml(part)
    except PartError as error:
        problems.append(f"数字格式没有读取，数字按存储的样子读取：{error}")
        return ()
    codes = dict(BUILT_IN) | {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iter(MAIN + "numFmt")
        if element.get("numFmtId", "").isdecimal()
    }
    borders = [_is_ruled(border) for group in elements(root, "borders") for border in elements(group, "border")]
    return [
        CellStyle(codes.get(whole(xf.get("numFmtId")), GENERAL), _at(borders, whole(xf.get("borderId"))))
        for group in elements(root, "cellXfs")
        for xf in elements(group, "xf")
    ]


def _is_ruled(border: etree._Element) -> bool:
    sides = [side for tag in ("left", "right", "start", "end") for side in elements(border, tag)]
    return any(side.get("style", "none") != "none" for side in sides)


def _at(flags: Sequence[bool], index: int) -> bool:
    return index < len(flags) and flags[index]
