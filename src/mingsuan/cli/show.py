"""`mingsuan show`: one finding with its places, and as pictures the pages they are on, or what they quote where there are no pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mingsuan.checking.reports.pictures import Spot, pictures, sources, spots
from mingsuan.checking.reports.text import finding_lines
from mingsuan.checking.summary import LEVELS, MARKS, summary
from mingsuan.model import Disclosure, Finding, Report
from mingsuan.values import dataclass

_LEGEND = 60
"""Characters by which the legend says what a place holds; the finding above it says all."""


class NoPictureError(Exception):
    """A finding cannot be drawn; the message says why and what to do."""


@dataclass(frozen=True)
class Drawing:
    """A picture as PNG, what it shows in Chinese, and the page that it shows, None where it shows what a finding quotes."""

    png: bytes
    what: str
    page: int | None = None


def shown(report: Report, disclosure: Disclosure, number: int) -> str:
    """The finding with a number (counted from 1, as `check` lists them) and the numbers of its places, as text.

    Raises:
        NoPictureError: there is no such finding.
    """
    if not 1 <= number <= len(report.findings):
        many = f"只有{len(report.findings)}个问题" if report.findings else "没有发现问题"
        raise NoPictureError(f"没有第{number}个问题：这份文件{many}。请先用 mingsuan check 查看问题的编号。")
    finding, counts = report.findings[number - 1], summary(report, disclosure)
    legend = (f"    {spot.number}  {counts.where(spot.place)} {_shortened(spot.words)}" for spot in spots(finding))
    return "\n".join((*finding_lines(finding, number, counts), "    各处的编号（图中的框用同样的编号）：", *legend)) + "\n"


def _shortened(words: str) -> str:
    return words if len(words) <= _LEGEND else words[:_LEGEND] + "……"


def drawn(report: Report, disclosure: Disclosure, number: int, files: Sequence[Path]) -> tuple[Drawing, ...]:
    """The pages on which the places of a finding are; what it quotes, where none of them is on a page.

    Raises:
        NoPictureError: none of the places is on a page or can be quoted.
        UnreadableFile: a file cannot be opened or drawn.
    """
    finding = report.findings[number - 1]
    found = spots(finding)
    if any(spot.is_drawn for spot in found):
        made = pictures(found, dict(sources(files)))
        return tuple(Drawing(one.png, f"{one.file} 第{one.page}页", one.page) for one in made)
    return (_quoted(finding, number, found, disclosure),)


def _quoted(finding: Finding, number: int, found: Sequence[Spot], disclosure: Disclosure) -> Drawing:
    from mingsuan.checking.reports.page.excerpts import Excerpts
    from mingsuan.checking.reports.page.quotes import Quotes
    from mingsuan.publishing.publication import UnwritableError
    from mingsuan.publishing.quotation import quotation_png

    quotes, excerpts = Quotes(disclosure).of(finding, found), Excerpts(disclosure).of(found, finding.repairs)
    if not quotes and not excerpts:
        raise NoPictureError("这个问题不在某张表或某段文字里（例如缺少的表），没有可以画的内容。请按上面列出的位置查看原文件。")
    title = f"{number} {MARKS[finding.level]} {LEVELS[finding.level]} {finding.code}　{finding.message}"
    try:
        return Drawing(quotation_png(title, quotes, excerpts), "摘录的文字和表格（有关的格加框编号）")
    except UnwritableError as error:
        raise NoPictureError(f"{error}。请按上面列出的位置查看原文件。") from None


def paths(output: Path, made: Sequence[Drawing]) -> Mapping[Path, Drawing]:
    """Where the pictures are written: the first to `output`, the others beside it with their page in the name."""
    named: dict[Path, Drawing] = {}
    for drawing in made:
        path = output if not named else output.with_stem(f"{output.stem}-{drawing.page}")
        while path in named:
            path = path.with_stem(f"{path.stem}-2")
        named[path] = drawing
    return named
