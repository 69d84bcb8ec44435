"""The example workbooks: lifted from the figures of four published budgets, with words of our own.

Facts and figures carry over (amounts, codes, names of projects and indicators); sentences do not, and no person is named. Run
`python -m tools.examples` where the transcribed disclosures lie in ../shared/seeds; the workbooks are the same on every run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import mingsuan
from mingsuan.compiling import compile_book, write_book
from mingsuan.compiling.book import Book, BookProject, Passage, Reason, Target, Task
from mingsuan.compiling.lifting.book import book_of
from mingsuan.compiling.lifting.lift import Lifted, lift
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Level

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = {"000": "zhengzhou-2023", "001": "zhengzhou-services-2021", "002": "sanmenxia-2023", "003": "luohe-2024"}
"""Number of the disclosure and name of its workbook."""
_DUTIES = (
    "负责机关日常运转和综合协调，办理公文、会务和督查事项。",
    "组织起草综合性文稿，开展调查研究，提出工作建议。",
    "负责机关财务、资产、后勤保障和所属单位的管理。",
    "完成市委、市政府交办的其他工作。",
)
_ORGANISATION = "内设综合、文秘、督查、财务等科室，按职责分工运转。"
_GOAL = "保障机关和所属单位正常运转，按计划完成各项专项工作，提高财政资金使用效益。"


def disclosure(number: str, seeds: Path = SEEDS) -> Disclosure:
    """What one of the published budgets prints."""
    return mingsuan.read(next(seeds.glob(f"{number}_*")))


def lifted(number: str, seeds: Path = SEEDS) -> Lifted:
    """A ledger consistent with it."""
    read = disclosure(number, seeds)
    return lift(read, load(read.dialect or ""))


def example(found: Lifted) -> Book:
    """The book of a lifted budget in words of our own."""
    return with_sound_targets(reworded(book_of(found, load(found.disclosure.dialect or ""))))


def with_sound_targets(book: Book) -> Book:
    """A book without the targets that a check finds fault with; they are the published ones, and an example should pass."""
    report = mingsuan.check(compile_book(book).disclosure)
    faults = (f for f in report.findings if f.code.startswith("PERF") and f.level is not Level.INFO)
    faulty = {side.label for finding in faults for side in finding.sides}
    names = {p.code: f"{p.name}：" for p in book.projects}
    return replace(book, targets=tuple(t for t in book.targets if f"{names.get(t.project, '')}{t.third}" not in faulty))


def reworded(book: Book) -> Book:
    """A book with our sentences in place of the published ones."""
    department = replace(book.department, goal=_GOAL, transfers=False, stock_date=date(book.year - 1, 12, 31))
    passages = (*(Passage("主要职责", text) for text in _DUTIES), Passage("机构设置", _ORGANISATION))
    return replace(
        book,
        department=department,
        passages=passages,
        projects=tuple(_project(p, book.year) for p in book.projects),
        tasks=tuple(_tasks(book)),
        targets=tuple(_target(t) for t in book.targets),
        reasons=tuple(_reasons()),
    )


_INNER = str.maketrans("“”", "‘’")
"""Quotation marks within others."""


def _project(project: BookProject, year: int) -> BookProject:
    """What is said of a project follows from its name."""
    years = [int(found) for found in re.findall(r"(20\d\d)年", project.name)]
    name = project.name.translate(_INNER)
    return replace(
        project,
        start=date(min(years), 1, 1) if years else project.start,
        end=date(max(years), 12, 31) if years else project.end,
        usage=project.usage or "业务类",
        duty="保障机关履行职责",
        overview=f"用于“{name}”所需的支出，按工作计划和合同约定支付。",
        basis="部门职责和市级专项工作安排。",
        necessity=f"“{name}”是部门履行职责的需要。",
        measures="按部门内部控制和项目管理办法执行，专款专用。",
        schedule=f"{year}年1月至12月按季度实施。",
        total_goal=f"按期完成“{name}”的各项任务。",
        goal=f"{year}年内完成“{name}”的计划任务，资金按进度支付。",
        reason="按本年工作量核定" if project.last_budget is not None else "",
    )


def _tasks(book: Book) -> Iterator[Task]:
    yield Task("保障机关运转", "按时足额安排人员经费和公用经费。")
    if book.projects:
        yield Task("实施专项工作", f"按计划实施{len(book.projects)}个项目，跟踪绩效目标完成情况。")


def _target(target: Target) -> Target:
    return replace(target, explanation="")


def _reasons() -> Iterator[Reason]:
    yield Reason("收入", "人员变动和项目安排调整")
    yield Reason("支出", "人员变动和项目安排调整")
    yield Reason("一般公共预算", "人员变动和项目安排调整")
    for item in ("三公经费", "因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费"):
        yield Reason(item, "按实际工作需要安排，落实过紧日子的要求")
    yield Reason("机关运行经费", "公用经费定额和人数变化")


def main() -> int:
    """Write all examples whose disclosure is there and can be lifted."""
    if not SEEDS.is_dir():
        print("没有 ../shared/seeds，不能重新生成示例；仓库里的示例仍然可用。")
        return 1
    folder = ROOT / "examples"
    for number, name in EXAMPLES.items():
        found = lifted(number)
        book = example(found)
        write_book(book, load(book.dialect), folder / f"{name}.xlsx")
        print(f"{name}.xlsx：明细{len(found.ledger.lines)}条，矛盾{len(found.departures)}处")
    return 0


if __name__ == "__main__":
    sys.exit(main())
