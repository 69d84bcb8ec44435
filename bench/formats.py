"""The transcribed tables of ../shared/gold as DOCX, XLSX, HTML and older formats, read back and compared cell by cell.

`python -m bench.formats [seed …]` has them written by python-docx, by openpyxl and as a plain page (bench.writers), has LibreOffice, where
it is installed, make DOCX, DOC and ODT of the page and XLSX, XLS and ODS of the workbook, reads each and prints how many amounts, cells
and keys are as the transcription has them, and every difference.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

import mingsuan
from bench.gold import gold
from bench.reading import Score, compare
from bench.shared import SEEDS, SHARED
from bench.writers import WRITERS, Source, converted, libreoffice
from mingsuan.model.json import disclosure_to_json
from mingsuan.reading.document import UnreadableFile

CONVERSIONS = (("html", "docx"), ("html", "doc"), ("html", "odt"), ("docx", "doc"), ("xlsx", "xlsx"), ("xlsx", "xls"), ("xlsx", "ods"))
"""What LibreOffice makes of what."""
CATEGORIES = ("amounts", "codes", "other")
SHOWN = 8
"""Differences that are printed of a file."""

Made = dict[str, bytes | None]
"""A format's files by seed, None where there is none."""


def scored(source: Source, data: bytes | None, name: str) -> Score:
    """How a file compares with the transcription that it was made from; all is missing where it could not be made or read."""
    if data is None:
        return _nothing(source, f"{name}：没有转换出文件")
    try:
        return compare(source, disclosure_to_json(mingsuan.read(data, name=name)))
    except UnreadableFile as error:
        return _nothing(source, str(error))


def _nothing(source: Source, why: str) -> Score:
    score = compare(source, {"tables": []})
    score.differences = [why]
    return score


def _made(sources: dict[str, Source], write: Callable[[Source], bytes]) -> Made:
    return {seed: write(source) for seed, source in sources.items()}


def variants(sources: dict[str, Source]) -> Iterator[tuple[str, str, Made]]:
    """Each format: who wrote it, its name, and its files."""
    made: dict[str, Made] = {}
    for writer in WRITERS:
        if find_spec(writer.module) is None:
            print(f"没有安装 {writer.module}，不测 {writer.kind.upper()}（{writer.name}）")
            continue
        written = _made(sources, writer.write)
        made.setdefault(writer.kind, written)
        yield writer.name, writer.kind, written
    program = libreoffice()
    if program is None:
        print("没有安装 LibreOffice，不测由它转换的格式（DOCX、DOC、ODT、XLSX、XLS、ODS）")
        return
    for kind, target in CONVERSIONS:
        if kind in made:
            files = [(seed, data) for seed, data in made[kind].items() if data is not None]
            results = converted(files, kind, target, program)
            yield f"LibreOffice（由 {kind.upper()}）", target, {seed: data for (seed, _), data in zip(files, results, strict=True)}


def line(writer: str, kind: str, score: Score) -> str:
    """The figures of a format."""
    counted = {"金额": ("amounts",), "全部单元格": CATEGORIES, "行键": ("keys",)}
    rates = "，".join(
        f"{word} {sum(score.matched[c] for c in names)}/{sum(score.gold[c] for c in names)} {score.rate(*names):.2%}"
        for word, names in counted.items()
    )
    exact = "，全部相同" if not score.differences else f"，不同{len(score.differences)}处"
    return f"{kind.upper()} {writer}：{rates}{exact}"


def main(arguments: Sequence[str]) -> int:
    """Print the figures of each format."""
    sources: dict[str, Source] = {seed: gold(SHARED, seed) for seed in arguments or SEEDS}
    failed = False
    for writer, kind, files in variants(sources):
        total = Score()
        for seed, data in files.items():
            score = scored(sources[seed], data, f"{seed}.{kind}")
            score.differences = [f"{seed} {difference}" for difference in score.differences]
            total.add(score)
        print(line(writer, kind, total), *total.differences[:SHOWN], sep="\n    ")
        failed = failed or bool(total.differences)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
