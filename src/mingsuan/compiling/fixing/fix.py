"""Putting accepted repairs into a published DOCX or XLSX: the text of those cells and sentences changes, and nothing else.

An edit is one printed number at one place. It is made in the bytes of the one XML part that holds it; every other byte of every part
stays. What comes out is read again, and is given back only if exactly the intended cells and lines read otherwise.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingsuan.compiling.fixing.sheet import changed_sheets
from mingsuan.compiling.fixing.word import changed_document
from mingsuan.model import Claim, Disclosure, Finding, Repair, Report
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.formats.files import load
from mingsuan.reading.formats.sniff import Kind, sniff
from mingsuan.values import dataclass

_NUMBER = regex(r"-?\d[\d,，]*(?:\.\d+)?")


class CannotFix(Exception):
    """A repair cannot be put into the file; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A number at a place, and what it becomes.

    Attributes:
        place: cell or line as the reader names it.
        label: how a finding names it.
        old, new: digits as printed; `old` is part of the text at the place, thousands separators aside.
        quote: words around the number, where it is part of a sentence; "" for a cell.
    """

    place: Place
    label: str
    old: str
    new: str
    quote: str = ""


@dataclass(frozen=True)
class Fixed:
    """A repaired file.

    Attributes:
        content: its bytes.
        edits: what was changed.
    """

    content: bytes
    edits: tuple[Edit, ...]


def fix(data: bytes, name: str, edits: Sequence[Edit]) -> Fixed:
    """Make some edits in a DOCX or XLSX file.

    Args:
        data: the bytes of the file.
        name: what places call the file.
        edits: what to change, at places of this very file.

    Raises:
        CannotFix: the file is of another kind, a number does not stand exactly once at its place, or other text would change too.
        UnreadableFile: the file cannot be read at all.
    """
    kind = sniff(data, name)
    if kind not in (Kind.DOCX, Kind.XLSX):
        raise CannotFix("只能改 DOCX 和 XLSX 文件；请在生成它的 Word 或 Excel 文件里改，或按 check 所列的位置手工改。")
    if len({(e.place, e.old, e.quote) for e in edits}) != len(edits):
        raise CannotFix("同一处改了两次；每个问题只选一种改法，再运行一次。")
    before = load(data=data, name=name)
    texts = dict(_texts(before))
    edits = [_as_printed(edit, texts.get(edit.place, "")) for edit in edits]
    changer = changed_document if kind is Kind.DOCX else changed_sheets
    try:
        parts = changer(data, before, edits)
    except ValueError as error:
        raise CannotFix(str(error)) from None
    content = _repacked(data, parts)
    _verify(before, load(data=content, name=name), edits)
    return Fixed(content, tuple(edits))


def _as_printed(edit: Edit, text: str) -> Edit:
    """An edit with the thousands separators that the file prints: the amounts of a disclosure have none."""
    if edit.old in text:
        return edit
    shown = next((m[0] for m in _NUMBER.finditer(text) if _plain(m[0]) == _plain(edit.old)), None)
    return edit if shown is None else replace(edit, old=shown, new=like(shown, edit.new))


def _repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with some members replaced; the others keep their content, order, date and compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            new.writestr(info, parts[info.filename] if info.filename in parts else old.read(info.filename))
    return out.getvalue()


def _verify(before: Document, after: Document, edits: Sequence[Edit]) -> None:
    wanted: dict[Place, str] = {}
    texts = dict(_texts(before))
    for edit in edits:
        wanted[edit.place] = _replaced(wanted.get(edit.place, texts.get(edit.place, "")), edit)
    old, new = list(_texts(before)), list(_texts(after))
    same_shape = [place for place, _ in old] == [place for place, _ in new]
    wrong = [place for (place, text), (_, now) in zip(old, new, strict=False) if now != wanted.get(place, text)]
    if not same_shape or wrong:
        where = f"（{wrong[0]}）" if wrong else ""
        raise CannotFix(f"改后重读，除所选的几处外还有不同{where}，没有写出；请手工改这几处。")


def _replaced(text: str, edit: Edit) -> str:
    if not edit.quote:
        return text.replace(edit.old, edit.new)
    start = text.find(edit.quote)
    place = text.find(edit.old, max(start, 0)) if text.count(edit.old) > 1 else text.find(edit.old)
    return text[:place] + edit.new + text[place + len(edit.old) :] if place >= 0 else text


def _texts(document: Document) -> Iterator[tuple[Place, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.place, re.sub(r"\s", "", block.text)
        elif isinstance(block, Grid):
            yield from ((cell.place, re.sub(r"\s", "", cell.text)) for row in block.rows for cell in row)


def edits_of(report: Report, disclosure: Disclosure, chosen: Sequence[str]) -> tuple[Edit, ...]:
    """The edits of chosen findings.

    Args:
        report: what check found.
        disclosure: what was checked.
        chosen: numbers of findings (as check lists them, from 1) or fingerprints; "3:2" is the second repair of the third finding.

    Raises:
        CannotFix: there is no such finding, it has no repair or several, or its repair is no replacement of one printed number.
    """
    return tuple(_edit(_repair(report, one), disclosure) for one in chosen)


def _repair(report: Report, chosen: str) -> Repair:
    which, _, number = chosen.partition(":")
    finding = _finding(report, which)
    if not finding.repairs:
        raise CannotFix(f"问题 {which} 没有确定的改法，请手工改：{finding.message}")
    if number:
        if not number.isdecimal() or not 1 <= int(number) <= len(finding.repairs):
            raise CannotFix(f"问题 {which} 有{len(finding.repairs)}种改法，没有第{number}种。")
        return finding.repairs[int(number) - 1]
    if len(finding.repairs) > 1:
        ways = "；".join(f"{n}. {r.label}由{r.before}改为{r.after}" for n, r in enumerate(finding.repairs, 1))
        raise CannotFix(f"问题 {which} 有{len(finding.repairs)}种改法（{ways}），请写明用哪一种，例如 --finding {which}:1。")
    return finding.repairs[0]


def _finding(report: Report, which: str) -> Finding:
    if which.isdecimal() and 1 <= int(which) <= len(report.findings):
        return report.findings[int(which) - 1]
    found = [f for f in report.findings if f.fingerprint == which]
    if len(found) != 1:
        raise CannotFix(f"没有问题“{which}”：check 列出了{len(report.findings)}个，请写它们的编号或指纹。")
    return found[0]


def _edit(repair: Repair, disclosure: Disclosure) -> Edit:
    before, after = _NUMBER.match(repair.before), _NUMBER.match(repair.after)
    if before is None or after is None or repair.after.endswith("（首个）"):
        raise CannotFix(f"“{repair.label}由{repair.before}改为{repair.after}”不是改一个数，请手工改。")
    cells = {c.place: c.text for t in disclosure.tables for r in t.rows for c in r.cells.values()}
    old = cells.get(repair.place)
    if old is not None and _NUMBER.fullmatch(old):
        return Edit(repair.place, repair.label, old, like(old, after[0]))
    claim = _claim(disclosure, repair, before[0])
    if claim is None:
        raise CannotFix(f"在{repair.place}没有找到“{repair.label}”印的{repair.before}，请手工改。")
    return Edit(repair.place, repair.label, claim.text, like(claim.text, after[0]), re.sub(r"\s", "", claim.quote))


def _claim(disclosure: Disclosure, repair: Repair, digits: str) -> Claim | None:
    found = [c for c in disclosure.claims if c.place == repair.place and _plain(c.text) == _plain(digits)]
    named = [c for c in found if c.measure == repair.label] or found
    return named[0] if named and len({c.quote for c in named}) == 1 else None


def _plain(digits: str) -> str:
    return re.sub(r"[,，]", "", digits)


def like(old: str, digits: str) -> str:
    """A number printed as another one is: with thousands separators or without, with as many decimals at least."""
    whole, _, decimals = _plain(digits).partition(".")
    decimals = decimals.ljust(len(old.partition(".")[2]), "0")
    shown = f"{int(whole):,}" if "," in old or "，" in old else whole
    return f"{shown}.{decimals}" if decimals else shown
