"""What of a file's pages cannot be read, said plainly: scans, text without a mapping, text drawn as pictures, damaged pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingsuan.reading.formats.pdf.page import PageLayout

SCANNED = 0.4
"""Share of a page that images cover where there is no text of note: then the page is a picture."""
FEW = 12
"""Characters that may stand on a scanned page (a stamp, a page number)."""
ODD = 0.15
"""Share of characters without meaning from which a page's text cannot be trusted."""
DRAWN = 150
"""Paths of a page without any text: then its letters are drawn."""


def problems(pages: Iterable[PageLayout | None]) -> tuple[str, ...]:
    """One sentence for each sort of thing that could not be read, with its pages; None stands for a damaged page."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pages, 1):
        what = _problem(page)
        if what is not None:
            found.setdefault(what, []).append(number)
    return tuple(f"第{'、'.join(_ranges(numbers))}页{what}" for what, numbers in found.items())


def is_readable(page: PageLayout) -> bool:
    """Whether a page's text means what it shows."""
    return page.characters == 0 or page.unknown < ODD * page.characters


def _problem(page: PageLayout | None) -> str | None:
    """What is wrong with a page, None for one that is read, or blank."""
    if page is None:
        return "已损坏，没有读取；请重新下载文件或另存后再试"
    if page.characters <= FEW and page.pictured >= SCANNED:
        if page.hidden > FEW:
            return "是扫描图片，所附的识别文字不可靠，没有读取；请提供由办公软件直接导出的 PDF"
        return "是扫描图片，没有文字可读；请提供由办公软件直接导出的 PDF"
    if page.characters == 0 and page.paths >= DRAWN:
        return "的文字被画成了图形，没有文字可读；请提供由办公软件直接导出的 PDF"
    if not is_readable(page):
        return "的文字缺少编码对照（复制出来是乱码），没有读取；请提供由办公软件直接导出的 PDF"
    if not page.whole:
        return "内容过多，只读取了一部分"
    return None


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Page numbers with those that follow each other as a range: 3—5, 8."""
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != previous + 1:
            yield str(start) if start == previous else f"{start}—{previous}"
            start = number
        previous = number
