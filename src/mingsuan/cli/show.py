"""`mingsuan show`: one finding with its places, and the pages they are on as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mingsuan.checking.pictures import PagePicture, Spot, pictures, spots
from mingsuan.checking.report_text import finding_lines
from mingsuan.checking.summary import summary
from mingsuan.model import Disclosure, Report
from mingsuan.reading.archive import members
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.files import contents
from mingsuan.reading.sniff import Kind, sniff

_LEGEND = 60
"""Characters by which the legend says what a place holds; the finding above it says all."""


class NoPictureError(Exception):
    """A finding cannot be drawn; the message says why and what to do."""


def shown(report: Report, disclosure: Disclosure, number: int) -> tuple[str, tuple[Spot, ...]]:
    """The finding with a number (counted from 1, as `check` lists them) and the numbers of its places, as text; and its places.

    Raises:
        NoPictureError: there is no such finding.
    """
    if not 1 <= number <= len(report.findings):
        many = f"只有{len(report.findings)}个问题" if report.findings else "没有发现问题"
        raise NoPictureError(f"没有第{number}个问题：这份文件{many}。请先用 mingsuan check 查看问题的编号。")
    finding, counts = report.findings[number - 1], summary(report, disclosure)
    found = spots(finding)
    legend = (f"    {spot.number}  {counts.where(spot.place)} {_shortened(spot.words)}" for spot in found)
    return "\n".join((*finding_lines(finding, number, counts), "    各处的编号（图中的框用同样的编号）：", *legend)) + "\n", found


def _shortened(words: str) -> str:
    return words if len(words) <= _LEGEND else words[:_LEGEND] + "……"


def drawn(found: Sequence[Spot], files: Sequence[Path]) -> tuple[PagePicture, ...]:
    """The pages on which the places of a finding are.

    Raises:
        NoPictureError: none of the places is on a page.
        UnreadableFile: a file cannot be opened or drawn.
    """
    if not any(spot.is_drawn for spot in found):
        raise NoPictureError("这个问题的位置不在 PDF 页面上，画不出图：只有 PDF 文件能画出页面。请按上面列出的位置查看原文件。")
    return pictures(found, dict(_sources(files)))


def paths(output: Path, made: Sequence[PagePicture]) -> Mapping[Path, PagePicture]:
    """Where the pictures are written: the first to `output`, the others beside it with their page in the name."""
    named: dict[Path, PagePicture] = {}
    for picture in made:
        path = output if not named else output.with_stem(f"{output.stem}-{picture.page}")
        while path in named:
            path = path.with_stem(f"{path.stem}-2")
        named[path] = picture
    return named


def _sources(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The PDF files among some files and in the archives among them."""
    for path in files:
        data = contents(path)
        kind = sniff(data, path.name)
        if kind is Kind.PDF:
            yield path.name, data
        elif kind is Kind.ZIP:
            yield from ((name, inner) for name, inner in members(data, path.name) if _is_pdf(inner, name))


def _is_pdf(data: bytes, name: str) -> bool:
    try:
        return sniff(data, name) is Kind.PDF
    except UnreadableFile:
        return False
