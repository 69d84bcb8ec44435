"""Edits in the bytes of a workbook: a cell is found by its address in the part of its sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from xml.sax.saxutils import escape

from mingsuan.compiling.fixing.word import Wanted
from mingsuan.reading.document import Document, Grid
from mingsuan.reading.formats.package import Package
from mingsuan.reading.formats.zipped import PartError


def changed_sheets(data: bytes, before: Document, edits: Sequence[Wanted]) -> Mapping[str, bytes]:
    """The parts of the sheets with the edits made.

    Raises:
        ValueError: a cell is not there, is a formula, or does not print the number exactly once; the message says where.
    """
    package = Package.open(data, before.name)
    changed: dict[str, str] = {}
    for edit in edits:
        part = _part_of(package, edit)
        source = changed.get(part) or package.bytes_of(part).decode("utf-8")
        changed[part] = _changed(source, edit, package, _shown(before, edit))
    return {package.members[part].filename: source.encode("utf-8") for part, source in changed.items()}


def _part_of(package: Package, edit: Wanted) -> str:
    """The part that holds the sheet of a place."""
    main = package.main_part("xl/workbook.xml")
    targets = package.targets(main)
    try:
        sheets = list(package.xml(main).iter("{*}sheet"))
    except PartError as error:
        raise ValueError(f"工作簿不完整：{error}。请用 Excel 打开另存后再试。") from None
    for sheet in sheets:
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        if sheet.get("name") == edit.place.sheet and str(key) in targets:
            return targets[str(key)][1]
    raise ValueError(f"没有找到工作表“{edit.place.sheet}”，请手工改“{edit.label}”。")


def _shown(before: Document, edit: Wanted) -> str:
    """The text that the cell prints."""
    for block in before.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    if cell.place == edit.place:
                        return cell.text
        elif block.place == edit.place:
            return block.text
    return ""


def _changed(source: str, edit: Wanted, package: Package, shown: str) -> str:
    cells = list(
        re.finditer(rf'<(?P<tag>(?:\w+:)?c)\b(?P<a>[^>]*\br="{edit.place.cell}"[^>]*?)(?:/>|>(?P<in>.*?)</(?P=tag)>)', source, re.DOTALL)
    )
    if len(cells) != 1 or cells[0]["in"] is None:
        raise ValueError(f"{edit.place}里没有“{edit.label}”印的{edit.old}，请手工改。")
    cell = cells[0]
    attributes, inside = cell["a"], cell["in"]
    if re.search(r"<(?:\w+:)?f\b", inside):
        raise ValueError(f"{edit.place}是公式算出的数，请改公式所引用的格，不改公式。")
    kind = next(iter(re.findall(r'\bt="(\w+)"', attributes)), "n")
    if kind == "s":
        text = _once(_shared(package, inside), edit)
        attributes = re.sub(r'\bt="s"', 't="inlineStr"', attributes)
        prefix = cell["tag"][:-1]
        inside = f'<{prefix}is><{prefix}t xml:space="preserve">{escape(text)}</{prefix}t></{prefix}is>'
    elif kind in ("inlineStr", "str"):
        inside = _once_in_source(inside, edit)
    else:
        if re.sub(r"\s", "", shown) != edit.old:
            raise ValueError(f"{edit.place}显示为{shown}，不是“{edit.label}”印的{edit.old}，请手工改。")
        inside = re.sub(r"(<(?:\w+:)?v>)[^<]*(</)", lambda m: m[1] + edit.new.replace(",", "").replace("，", "") + m[2], inside, count=1)
    start = cell.start("a")
    return source[:start] + attributes + ">" + inside + source[cell.end("in") :]


def _shared(package: Package, inside: str) -> str:
    """The shared string that a cell names."""
    number = re.search(r"<(?:\w+:)?v>(\d+)<", inside)
    part = next((t for kind, t in package.targets(package.main_part("xl/workbook.xml")).values() if kind == "sharedStrings"), "")
    items = list(package.xml(part).iterchildren("{*}si")) if part and number else []
    if number is None or int(number[1]) >= len(items):
        raise ValueError("工作簿的共享字符串不完整，请用 Excel 打开另存后再试。")
    return "".join(str(t.text or "") for t in items[int(number[1])].iter("{*}t"))


def _once(text: str, edit: Wanted) -> str:
    """A text with the number replaced, which must stand in it once."""
    found = list(re.finditer(rf"(?<![\d.,，]){re.escape(edit.old)}(?!\d|[.,，]\d)", text))
    if len(found) != 1:
        raise ValueError(f"{edit.place}里“{edit.old}”有{len(found)}处，不能确定改哪一处，请手工改。")
    return text[: found[0].start()] + edit.new + text[found[0].end() :]


def _once_in_source(inside: str, edit: Wanted) -> str:
    pieces = list(re.finditer(r"(<(?:\w+:)?(?:t|v)\b[^>]*>)([^<]*)(</)", inside))
    holding = [p for p in pieces if edit.old in unescape(p[2])]
    if len(holding) != 1:
        raise ValueError(f"{edit.place}里“{edit.old}”有{len(holding)}处，不能确定改哪一处，请手工改。")
    piece = holding[0]
    return inside[: piece.start(2)] + escape(_once(unescape(piece[2]), edit)) + inside[piece.end(2) :]
