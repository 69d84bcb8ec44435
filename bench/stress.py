"""How exactly tables are read back that other programs set to PDF: the same tables in many looks.

`python -m bench.stress [program | look …]` prints for each program and look the F1 of the cells (place, extent and text) and, where it
falls short, the tables that do. What is not installed is said and left out. `-v` adds what is wrong in each table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.grids import CellKey, cells, f1
from bench.typesetting import by_fpdf, by_libreoffice, by_reportlab, by_typst, by_weasyprint
from bench.typesetting.looks import LOOKS, Ink, Look
from bench.typesetting.pages import enclosed, turned
from bench.typesetting.sources import Source, sources, unmerged
from mingsuan.reading.formats.pdf.listing import grids

Typeset = Callable[[Sequence[Source], Look], bytes]
SHOWN = 3
"""Tables and differences that are shown of a look that falls short."""


@dataclass(frozen=True)
class Program:
    """A program that sets tables.

    Attributes:
        name: what it is called.
        typeset: makes a PDF of a page for each table.
        inks: rules that it can draw.
        overruns: it lets text run over.
        lies: it can set a table lying on the page.
        forms: it draws form XObjects itself.
    """

    name: str
    typeset: Typeset
    inks: frozenset[Ink]
    overruns: bool = False
    lies: bool = True
    forms: bool = False

    def can(self, look: Look) -> bool:
        """Whether it can set tables so."""
        return look.ink in self.inks and self.overruns >= look.overruns and self.lies >= look.lying


PROGRAMS = (
    Program("Typst", by_typst.typeset, by_typst.INKS),
    Program("ReportLab", by_reportlab.typeset, by_reportlab.INKS, overruns=True, forms=True),
    Program("WeasyPrint", by_weasyprint.typeset, by_weasyprint.INKS),
    Program("fpdf2", by_fpdf.typeset, by_fpdf.INKS),
)
CALC = Program("LibreOffice Calc", by_libreoffice.as_book, by_libreoffice.INKS, overruns=True, lies=False)
WRITER = Program("LibreOffice Writer", by_libreoffice.as_page, by_libreoffice.INKS, lies=False)


@dataclass(frozen=True)
class Outcome:
    """What of a table was read back."""

    source: str
    gold: Counter[CellKey]
    read: Counter[CellKey]

    @property
    def f1(self) -> float:
        return f1(self.gold, self.read)


def as_printed(tables: Sequence[Source], look: Look) -> list[Source]:
    """Tables as they are printed in a look."""
    return list(tables) if look.is_ruled else [unmerged(table) for table in tables]


def made(program: Program, tables: Sequence[Source], look: Look) -> bytes:
    """The PDF of some tables."""
    return finished(program, program.typeset(as_printed(tables, look), look), look)


def finished(program: Program, data: bytes, look: Look) -> bytes:
    """A PDF with what a look asks of its pages."""
    if look.form and not program.forms:
        data = enclosed(data)
    return turned(data, look.turn) if look.turn else data


def outcomes(data: bytes, tables: Sequence[Source]) -> Iterator[Outcome]:
    """What of each table was read back from its page."""
    found: dict[int, list[Mapping[str, object]]] = {}
    for grid in grids(data, "表.pdf"):
        found.setdefault(grid["page"], []).append(dict(grid))
    for number, table in enumerate(tables, start=1):
        yield Outcome(table.name, Counter(table.gold), cells(found.get(number, [])))


def f1_of(results: Sequence[Outcome]) -> float:
    """F1 of all cells together."""
    matched = sum((result.gold & result.read).total() for result in results)
    every = sum(result.gold.total() + result.read.total() for result in results)
    return 2 * matched / every if every else 1.0


def main(arguments: Sequence[str]) -> int:
    """Print all figures."""
    wordy = "-v" in arguments
    names = [a for a in arguments if a != "-v"]
    programs = [p.name for p in (*PROGRAMS, CALC, WRITER)]
    wanted = [p for p in programs if p in names] or programs
    looks = [look for look in LOOKS if look.name in names] or list(LOOKS)
    tables = sources()
    short = 0
    for program in PROGRAMS:
        if program.name in wanted:
            short += _report(program, looks, _by_library(program, looks, tables), tables, wordy=wordy)
    for program, suffix in ((CALC, "xlsx"), (WRITER, "html")):
        if program.name in wanted:
            short += _report(program, looks, _by_libreoffice(program, suffix, looks, tables), tables, wordy=wordy)
    print(f"不到要求的：{short}项")
    return 1 if short else 0


def _by_library(program: Program, looks: Sequence[Look], tables: Sequence[Source]) -> dict[str, bytes] | str:
    """The PDF of each look, or why there is none."""
    try:
        return {look.name: made(program, tables, look) for look in looks if program.can(look)}
    except (ImportError, OSError) as error:
        return f"没有安装，或缺少它要的系统库：{error}".splitlines()[0]


def _by_libreoffice(program: Program, suffix: str, looks: Sequence[Look], tables: Sequence[Source]) -> dict[str, bytes] | str:
    offered = [look for look in looks if program.can(look)]
    files = {f"{number}.{suffix}": program.typeset(as_printed(tables, look), look) for number, look in enumerate(offered)}
    try:
        ready = by_libreoffice.printed(files)
    except FileNotFoundError as error:
        return str(error)
    return {
        look.name: finished(program, ready[f"{number}.{suffix}"], look)
        for number, look in enumerate(offered)
        if f"{number}.{suffix}" in ready
    }


def _report(program: Program, looks: Sequence[Look], ready: Mapping[str, bytes] | str, tables: Sequence[Source], *, wordy: bool) -> int:
    """Print how a program's PDFs were read; the number of looks that fall short."""
    print(f"== {program.name}", flush=True)
    if isinstance(ready, str):
        print(f"   未执行：{ready}")
        return 0
    values: dict[str, float] = {}
    short = 0
    start = time.perf_counter()
    for look in looks:
        if look.name not in ready:
            print(f"   {look.name}：{'没有印出' if program.can(look) else '这个程序做不出'}")
            continue
        results = list(outcomes(ready[look.name], as_printed(tables, look)))
        value = values[look.name] = f1_of(results)
        short += value < look.least
        print(f"   {look.name}：F1 {value:.4f}（要求{look.least}）{'' if value >= look.least else ' 不到'}", flush=True)
        if wordy or value < look.least:
            _print_worst(results, wordy=wordy)
    worst = min(values, key=lambda name: values[name], default="")
    spent = time.perf_counter() - start
    least = f"最低 F1 {values.get(worst, 0):.4f}（{worst}）"
    print(f"合计 {program.name}：{len(values)}种线型，{least}，不到要求的{short}种，读取用时{spent:.1f}秒")
    return short


def _print_worst(results: Sequence[Outcome], *, wordy: bool) -> None:
    for result in sorted((r for r in results if r.f1 < 1), key=lambda r: r.f1)[: None if wordy else SHOWN]:
        print(f"      {result.source}：{result.f1:.3f}", *(_wrong(result) if wordy else ()), sep="\n         ")


def _wrong(result: Outcome) -> list[str]:
    lost, extra = result.gold - result.read, result.read - result.gold
    return [f"缺 {list(lost)[:SHOWN]}", f"多 {list(extra)[:SHOWN]}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
