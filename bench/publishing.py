"""How long each format takes to write and to read back, beside LibreOffice making a PDF of the same Word file.

`python -m bench.publishing [times]` publishes a made-up department of some thirty pages and prints medians of processor time and ratios:
other work on the machine lengthens the clock's time, not the ratios of two times of one run. LibreOffice runs alone, once, with a profile
of its own; without it the column is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median

DIALECT, SEED = "zhengzhou-2023", 1
OFFICE_SECONDS = 300


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor with those of child processes."""
    own, children, start = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN), time.perf_counter()
    work()
    clock = time.perf_counter() - start
    after, later = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    used = sum(b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in ((own, after), (children, later)))
    return clock, used


def middle(times: int, work: Callable[[], object]) -> tuple[float, float]:
    """Medians of some runs; the first, which imports and compiles, is not counted."""
    work()
    runs = [spent(work) for _ in range(times)]
    return median(r[0] for r in runs), median(r[1] for r in runs)


def office(document: bytes) -> tuple[float, float] | None:
    """What LibreOffice takes to make a PDF of a Word file; None where there is no LibreOffice, or it makes none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.docx"
        source.write_bytes(document)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        environment = os.environ | {"HOME": folder}

        def convert() -> None:
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, timeout=OFFICE_SECONDS, check=False
            )

        convert()
        taken = spent(convert)
        return taken if source.with_suffix(".pdf").exists() else None


def measure(times: int = 5) -> list[str]:
    """The table, a row per format; the last lines compare."""
    import pypdfium2  # type: ignore[import-untyped]

    from mingsuan.dialects.dialect import load
    from mingsuan.publishing.data import data_differences, write_data
    from mingsuan.publishing.docx import write_docx
    from mingsuan.publishing.gate import FORMATS, publish
    from mingsuan.publishing.html import write_html
    from mingsuan.publishing.layout import laid_out
    from mingsuan.publishing.pdf import write_pdf
    from mingsuan.publishing.totals import sums
    from mingsuan.publishing.xlsx import write_xlsx
    from mingsuan.reading.formats.files import read_bytes
    from mingsuan.reading.read import disclosure_of
    from mingsuan.synth.disclosures import random_disclosure

    dialect = load(DIALECT)
    made = random_disclosure(dialect, SEED)
    publication = laid_out(made, dialect)
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: write_docx(publication),
        "pdf": lambda: write_pdf(publication),
        "xlsx": lambda: write_xlsx(publication, sums(made, dialect)),
        "html": lambda: write_html(publication),
        "data": lambda: write_data(made, publication.title),
    }

    def reader(name: str, content: bytes) -> Callable[[], object]:
        if name == "data":
            return lambda: list(data_differences(made, None, content))
        return lambda: disclosure_of(read_bytes(content, name), (dialect,))

    contents = {name: write() for name, write in writers.items()}
    pages = len(pypdfium2.PdfDocument(contents["pdf"]))
    theirs = office(contents["docx"])
    amounts = sum(1 for t in made.tables for _ in t.amounts())
    rows = [
        f"{made.department}：{pages}页，{len(made.tables)}张表，{amounts}个金额；中位数，共{times}次",
        "格式  大小（KB）  写出（毫秒，处理器）  读回（毫秒，处理器）" + ("  LibreOffice 的 DOCX→PDF 是写出的几倍" if theirs else ""),
    ]
    for name, write in writers.items():
        _, wrote = middle(times, write)
        _, read = middle(times, reader(name, contents[name]))
        times_over = f"  {theirs[1] / wrote:.0f}倍" if theirs else ""
        rows.append(f"{name:5} {len(contents[name]) / 1024:8.0f}  {1000 * wrote:12.0f}  {1000 * read:16.0f}      {times_over}")
    with tempfile.TemporaryDirectory() as folder:
        clock, used = middle(max(1, times // 2), lambda: publish(made, dialect, tuple(FORMATS), Path(folder)))
    rows.append(f"publish 全程（核对、五种格式、全部读回、移入）：处理器{used:.2f}秒，时钟{clock:.2f}秒")
    if theirs:
        rows.append(f"LibreOffice 单做 DOCX→PDF：处理器{theirs[1]:.2f}秒，时钟{theirs[0]:.2f}秒（第二次，配置已建好）")
        rows.append(f"只算 PDF：LibreOffice 与明算之比，处理器{theirs[1] / middle(times, writers['pdf'])[1]:.1f}倍")
    else:
        rows.append("没有 LibreOffice，不作比较")
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    given = sys.argv[1:] if arguments is None else arguments
    for row in measure(int(given[0]) if given else 5):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
