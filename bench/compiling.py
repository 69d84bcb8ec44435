"""Compiling: how long a department takes from its workbook to a disclosure, and whether random books come out right.

`python -m bench.compiling [--books 60] [--units 100]` writes a workbook of 5 units, 40 projects and 200 people, compiles it, publishes it
in every format and reads that back; the same for 100 units; each in a process of its own, whose memory is told with that of the processes
it starts; beside it LibreOffice making a PDF of the Word file alone. Then random books of the budget dialects, each checked.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

from bench.memory import Peak
from bench.publishing import office
from mingsuan import check
from mingsuan.compiling import Compiled, book, compile_book, compile_workbook, write_book
from mingsuan.dialects.dialect import load
from mingsuan.model import Level
from mingsuan.publishing.gate import FORMATS, PublicationRefused, publish
from mingsuan.synth.books import random_book

DIALECTS = ("zhengzhou-2021", "zhengzhou-2023", "sanmenxia-2023", "luohe-2024", "shanghai-budget")
PAY = (
    ("基本工资", "30101", 4200),
    ("津贴补贴", "30102", 3100),
    ("奖金", "30103", 900),
    ("养老保险", "30108", 1180),
    ("医疗保险", "30110", 590),
)
QUOTAS = (
    ("办公费", "30201", 5200),
    ("差旅费", "30211", 4300),
    ("会议费", "30215", 900),
    ("公务接待费", "30217", 260),
    ("邮电费", "30207", 1200),
)
PER_UNIT_PROJECTS, PER_UNIT_PEOPLE = 8, 40


def department(units: int) -> book.Book:
    """A department of so many units, each with 40 people and 8 projects of four cost lines."""
    codes = [f"200{n:03d}" for n in range(1, units + 1)]
    natures = ["行政" if n == 0 else ("事业", "参公")[n % 2] for n in range(units)]
    fund, d = "财政拨款", Decimal
    run = {"行政": "2010301", "参公": "2010301", "事业": "2010350"}
    people = [
        book.PayLine(
            unit, nature, f"{item}{grade}级", code, "2080505" if code == "30108" else run[nature], d(10), d(pay + 37 * grade), d(12), fund
        )
        for unit, nature in zip(codes, natures, strict=True)
        for item, code, pay in PAY
        for grade in range(PER_UNIT_PEOPLE // 10)
    ]
    quotas = [
        book.QuotaLine(unit, item, "按人", d(PER_UNIT_PEOPLE), d(amount), code, run[nature], fund)
        for unit, nature in zip(codes, natures, strict=True)
        for item, code, amount in QUOTAS
    ]
    projects, costs, targets = [], [], []
    for place, unit in enumerate(codes):
        for number in range(PER_UNIT_PROJECTS):
            code = f"4101002300{place:04d}{number:04d}"
            projects.append(
                book.BookProject(
                    code,
                    f"第{place + 1}单位第{number + 1}项业务经费",
                    unit,
                    "其他运转类" if number % 2 else "特定目标类",
                    overview="按计划实施。",
                )
            )
            for part, (cls, price) in enumerate((("30201", 180), ("30209", 260), ("30213", 340), ("31002", 5200))):
                again = d(12) if part < 3 else d(1)
                costs.append(
                    book.CostLine(
                        code, f"子项{part + 1}", 2023, d(7 + number), d(price), cls, "2010302", fund, quantity_unit="项", again=again
                    )
                )
            targets.append(book.Target(code, "成本指标", "经济成本指标", "成本控制率", "≤100%"))
            targets.append(book.Target(code, "产出指标", "数量指标", "办理件数", "≥100件"))
    return book.Book(
        year=2023,
        dialect="zhengzhou-2023",
        department=book.Department("200", "郑州市测量局", "河南省郑州市", "按时完成各项任务。", False),
        units=tuple(
            book.BookUnit(c, f"郑州市测量局第{n + 1}单位", nature) for n, (c, nature) in enumerate(zip(codes, natures, strict=True))
        ),
        passages=(book.Passage("主要职责", "负责测量工作。"),),
        posts=tuple(book.PostCount(c, nature, 45, 40, 6) for c, nature in zip(codes, natures, strict=True)),
        people=tuple(people),
        quotas=tuple(quotas),
        holdings=(book.Holding(codes[0], "车辆", "一般公务用车", d(units), "辆"),),
        projects=tuple(projects),
        costs=tuple(costs),
        targets=tuple(targets),
        figures=tuple(
            book.Figure(2022, c, Decimal(6_000_000), fund, kind="人员经费", function="2010301", department="30101") for c in codes
        ),
        reasons=(book.Reason("收入", "人员和项目变动"),),
    )


def measure(units: int, folder: Path) -> str:
    """Seconds from book to workbook, to disclosure, and to every format and back, of the clock and of the processor."""
    start = time.perf_counter()
    write_book(department(units), load("zhengzhou-2023"), folder / "book.xlsx")
    written, begun = time.perf_counter(), _processor()
    compiled = compile_workbook(folder / "book.xlsx")
    done = time.perf_counter()
    published = _published(compiled, folder)
    last, used = time.perf_counter(), _processor() - begun
    assert not compiled.failed, compiled.findings[:3]
    cells = sum(1 for t in compiled.disclosure.tables for _ in t.amounts())
    return (
        f"{units}个单位、{units * PER_UNIT_PROJECTS}个项目、{units * PER_UNIT_PEOPLE}人：写输入簿{written - start:.2f}秒，"
        f"编制{done - written:.2f}秒（明细{len(compiled.ledger.lines)}条，金额{cells}个），"
        f"{published}{last - done:.2f}秒；编制和发布合计{last - written:.1f}秒，处理器{used:.1f}秒"
    )


def _published(compiled: Compiled, folder: Path) -> str:
    """Publish in every format and read back."""
    try:
        made = publish(compiled.disclosure, compiled.dialect, tuple(FORMATS), folder / "out", ledger=compiled.ledger)
    except PublicationRefused as refused:
        return f"没有发布：{str(refused)[:300]} "
    return f"发布{len(made.files)}种格式并读回"


def _processor() -> float:
    """Seconds of the processor that this process and those it started have used."""
    return sum(found.ru_utime + found.ru_stime for found in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _office(folder: Path) -> str:
    """What LibreOffice takes for one of the steps."""
    document = next((folder / "out").glob("*.docx"), None)
    theirs = office(document.read_bytes()) if document else None
    return f"；LibreOffice 只把 Word 转成 PDF：{theirs[0]:.1f}秒，处理器{theirs[1]:.1f}秒" if theirs else ""


def apart(units: int) -> str:
    """`measure` in a process of its own, with the memory of all its processes; then LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.compiling", "--only", str(units), "--into", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            peak = Peak(process.pid)
            said = process.communicate()[0].strip()
        held = peak.stop()
        return f"{said or '没有完成'}；全部进程的内存峰值{held / 2**20:.0f} MB{_office(Path(folder))}"


def trial(task: tuple[str, int]) -> list[str]:
    """What is wrong with the compiled budget of a random book."""
    name, seed = task
    compiled = compile_book(random_book(load(name), seed))
    fatal = [f"{name} {seed}: {f.code} {f.message}" for f in compiled.findings if f.level is Level.ERROR]
    return fatal + [f"{name} {seed}: {f.code} {f.message}" for f in check(compiled.disclosure).findings if f.level is not Level.INFO]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=60)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--only", type=int, help="measure this many units in this process, and nothing else")
    parser.add_argument("--into", type=Path, help="the folder for what is written then")
    options = parser.parse_args(arguments)
    if options.only:
        print(measure(options.only, options.into))
        return 0
    for units in dict.fromkeys((5, options.units)):
        print(apart(units), flush=True)
    tasks = [(DIALECTS[n % len(DIALECTS)], n // len(DIALECTS)) for n in range(options.books)]
    with ProcessPoolExecutor(2) as pool:
        wrong = [line for found in pool.map(trial, tasks) for line in found]
    for line in wrong[:20]:
        print(line)
    print(f"{options.books}份随机输入簿编制后核对：错误和警告{len(wrong)}个")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
