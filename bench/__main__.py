"""All measurements in order, with a summary at the end: `python -m bench [--full]`.

Without `--full`, truth by construction, mutants and corruption are samples. What needs `../shared` (the seeds and their gold) is left out
where that is not there, and says so.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect
import io
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from bench.shared import SHARED

FAILED, UNMET = "中途出错", "有不合格项"


@dataclass(frozen=True)
class Part:
    """One bench.

    Attributes:
        gist: patterns of the lines of its output that the summary repeats.
        sample, full: its arguments.
        seeds: it needs ../shared.
        every: the summary repeats all such lines, else the last of each pattern.
        apart: it measures processes, and so needs one of its own.
        whole: it runs only where everything is asked for, for it takes long.
    """

    name: str
    title: str
    gist: tuple[str, ...]
    sample: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    seeds: bool = True
    every: bool = False
    apart: bool = False
    whole: bool = False


_OF_CEILINGS = ("^发现", "^格", "^值", "^定位用时")
PARTS = (
    Part("reading", "读表：与人工转录逐格比较", (r"^ +金额：", r"^ +全部单元格：", r"^ +行键：")),
    Part("claims", "读叙述：文字里的数字", (r"^\d{3} .*invented",), every=True),
    Part(
        "flattened",
        "读表：去掉空格、断开单元格的文本，与原表逐格比较",
        ("^all ", "^seed 002"),
        ("seed 0", "002", "sanmenxia-2023 0", "shanghai-budget 3"),
        every=True,
    ),
    Part("grids", "读网格：单页的转录，与别的工具比较", (r"^ +\d+个单页", r"^ +明算", r"^ +pdfplumber：", "^ +tablers", "^ +camelot")),
    Part(
        "stress",
        "读网格：别的程序排出的 PDF，各种线型",
        ("^合计",),
        ("Typst", "ReportLab", "fpdf2", "全线", "双线", "三线表", "无线"),
        seeds=False,
        every=True,
    ),
    Part("roundtrip", "读表：由转录排成 PDF，读回逐格比较", (r"^\d{3} ", "^不完全一致"), every=True),
    Part("formats", "读 Word、Excel、网页：由转录写成，读回逐格比较", ("^[A-Z]+ ", "^没有安装"), every=True),
    Part(
        "fuzz",
        "损坏的和恶意的文件",
        ("^共", "^ +最慢", "^ +内存"),
        ("--count", "300", "--seed", "2", "--fresh", "--room", "out/fuzz-sample"),
        ("--count", "10000"),
    ),
    Part("identities", "勾稽关系：人工列出的是否推导得出", ("^样本", "^合计")),
    Part("findings", "查错：人工查出的是否查出", ("^all ",)),
    Part("one_cause", "查错：一处错报成几个问题", ("^全部",), ("--made",)),
    Part("known_errors", "查错：真实 PDF 里已知的错（truth.tsv）", ("^all ",)),
    Part("unseen", "查错：真实公开文本，假定没有本省的版式", ("^all ",)),
    Part("planted", "查错：真实公开文本改错一个数字，有、没有本省的版式", ("^all ",), ("--count", "2"), ("--count", "8")),
    Part("one_cause", "查错：一处错报几个问题", ("^合计", "^全部"), whole=True),
    Part("truth", "构造的真值：账套填表、印出、读回、核对", ("套账中",), ("--ledgers", "30"), ("--ledgers", "1000"), seeds=False),
    Part("mutants", "表样的变异：是否查得出", ("^共",), ("--ledgers", "12", "--share", "0.05"), seeds=False),
    Part("corruption", "改错一个数（人工转录）：查出、指明、改对，与穷举的上限比较", _OF_CEILINGS, (), ("--all",)),
    Part("corruption", "改错一个数（仿真文本）", _OF_CEILINGS, ("--synthetic", "2"), ("--synthetic", "12"), seeds=False),
    Part("corruption", "改错一个数（真实 PDF）", _OF_CEILINGS, full=("--corpus",), whole=True),
    Part(
        "localisation",
        "一、二、五处错：查出、指明、改对、用时",
        ("",),
        ("--documents", "4", "--seeds", "3"),
        ("--documents", "32", "--ceilings"),
        every=True,
    ),
    Part("scaling", "规模与用时：1、4、16倍", ("",), seeds=False, every=True),
    Part("rules", "规则：每条的用时", ("中位|合计",)),
    Part("lift", "还原：公开文本 → 账 → 公开文本", ("",), every=True),
    Part("compiling", "编制：规模与用时", ("",), seeds=False, every=True, apart=True),
    Part("publishing", "发布：各格式的用时，与 LibreOffice 比较", ("",), seeds=False, every=True, apart=True),
    Part("targets", "绩效：五份样本的全部指标", (r"^\d{3} ", "^合计"), every=True),
    Part("hotline", "绩效：一百万条通话，与 pandas 比较", ("秒|倍",), seeds=False, every=True, apart=True),
    Part("corpus", "真实公开文本（PDF）：认出的表、问题、时间、内存", (r"\.pdf$", r"页 \d+格"), every=True, apart=True),
    Part("speed", "速度与内存", ("",), every=True, apart=True),
)


class _Tee(io.TextIOBase):
    """Prints and keeps what is printed."""

    def __init__(self, screen: TextIO) -> None:
        self.screen = screen
        self.kept: list[str] = []

    def write(self, text: str) -> int:
        self.kept.append(text)
        return self.screen.write(text)

    def flush(self) -> None:
        self.screen.flush()

    @property
    def lines(self) -> list[str]:
        return "".join(self.kept).splitlines()


def run(part: Part, *, full: bool) -> list[str]:
    """Run one bench with its output shown; the lines for the summary."""
    if importlib.util.find_spec(f"bench.{part.name}") is None:
        return ["没有这一项"]
    if part.whole and not full:
        return ["费时较长，未执行；用 --full 执行"]
    if part.seeds and not (SHARED / "seeds").is_dir():
        return [f"没有样本目录 {SHARED}，未执行"]
    arguments = part.full if full and part.full else part.sample
    if part.apart:
        return _apart(part, arguments)
    try:
        called = importlib.import_module(f"bench.{part.name}").main
    except ImportError as error:
        return [f"缺少所需的库，未执行：{error.name}"]
    tee = _Tee(sys.stdout)
    start = time.perf_counter()
    try:
        with contextlib.redirect_stdout(tee):
            status = called(list(arguments)) if inspect.signature(called).parameters else called()
    except Exception:  # one that breaks must not cost the others their figures
        traceback.print_exc()
        return [*_gist(part, tee.lines), f"{FAILED}，见上"]
    return [*_gist(part, tee.lines), *([f"（{UNMET}，见上）"] if status else []), f"用时{time.perf_counter() - start:.0f}秒"]


def _apart(part: Part, arguments: Sequence[str]) -> list[str]:
    """Run a bench in a process of its own: a child is said to use at least what its parent did when it began."""
    command = [sys.executable, "-m", f"bench.{part.name}", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    print(done.stdout, end="")
    return [*_gist(part, done.stdout.splitlines()), *([f"{FAILED}，退出码 {done.returncode}"] if done.returncode else [])]


def _gist(part: Part, lines: Sequence[str]) -> Iterator[str]:
    """The lines that the summary repeats."""
    for pattern in part.gist:
        marked = [line.strip() for line in lines if re.search(pattern, line)]
        yield from marked if part.every else marked[-1:]


def main(arguments: Sequence[str]) -> int:
    """Run everything."""
    full = "--full" in arguments
    summary: list[tuple[str, list[str]]] = []
    for number, part in enumerate(PARTS, start=1):
        arguments = " ".join(part.full if full and part.full else part.sample)
        print(f"\n━━ {number}. {part.title}（{f'python -m bench.{part.name} {arguments}'.strip()}）", flush=True)
        summary.append((part.title, run(part, full=full)))
    print("\n━━ 小结" + ("" if full else "（构造的真值、变异、改错为抽样；全部执行用 python -m bench --full）"))
    for title, found in summary:
        print(title)
        for line in found:
            print(f"    {line}")
    return int(any(FAILED in line or UNMET in line for _, found in summary for line in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
