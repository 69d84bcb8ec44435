"""The last steps of `make run`: an error is put into a copy of the published Word file, found at its place, and put right.

`python -m tools.walk FOLDER` takes the DOCX that `mingsuan publish` wrote there and writes `有误.docx` and `改正.docx` beside it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import mingsuan
from mingsuan.compiling.fixing.fix import Edit, edits_of, fix, like
from mingsuan.model import Disclosure, Finding, Level

TABLE = "expenditure_overview"
"""Kind of the table that the error is put into: every dialect has it."""


@dataclass(frozen=True)
class Walk:
    """What came of it.

    Attributes:
        planted: the error that was put in, in a published file without one.
        wrong: the file with the error; mended: that file with the first repair put in.
        findings: errors that the check of the wrong file found.
        repaired: whether the mended file is the published one, byte by byte.
    """

    planted: Edit
    wrong: bytes
    mended: bytes
    findings: tuple[Finding, ...]
    repaired: bool

    @property
    def found(self) -> bool:
        """Whether one error was found, and it is this one with the right number."""
        repairs = [repair for finding in self.findings for repair in finding.repairs]
        return (
            len(repairs) == 1
            and repairs[0].place == self.planted.place
            and like(self.planted.old, _digits(repairs[0].after)) == self.planted.old
        )


def walk(published: bytes, name: str) -> Walk:
    """Put an error into a published Word file, check it, and put it right.

    Raises:
        CannotFix: the error was found in another place, so that its repair is none.
    """
    planted = misprint(mingsuan.read(published, name=name))
    wrong = fix(published, name, [planted]).content
    disclosure = mingsuan.read(wrong, name=name)
    report = mingsuan.check(disclosure)
    mended = fix(wrong, name, edits_of(report, disclosure, ["1"])).content
    errors = tuple(f for f in report.findings if f.level is Level.ERROR)
    return Walk(planted, wrong, mended, errors, mended == published)


def misprint(disclosure: Disclosure) -> Edit:
    """Two digits of a number in the middle of a table exchanged, as happens when one is typed."""
    table = next(t for t in disclosure.tables if t.kind == TABLE)
    cells = [(column, cell) for _, column, cell in table.amounts() if _exchanged(cell.text) != cell.text]
    column, cell = cells[len(cells) // 2]
    return Edit(cell.place, f"{table.title}“{column.path}”", cell.text, _exchanged(cell.text))


def _digits(amount: str) -> str:
    """The digits of a number printed with its unit."""
    return re.sub(r"[^\d.\-]", "", amount)


def _exchanged(digits: str) -> str:
    """A number with its first two different neighbours exchanged."""
    for n, (a, b) in enumerate(pairwise(digits)):
        if a.isdecimal() and b.isdecimal() and a != b and b != "0":
            return digits[:n] + b + a + digits[n + 2 :]
    return digits


def told(made: Walk, wrong: Path, mended: Path) -> Iterator[str]:
    """What happened, in Chinese."""
    yield f"在发布的 Word 文件的副本里改错一个数：{made.planted.place}，{made.planted.label}，{made.planted.old}→{made.planted.new}"
    yield f"核对 {wrong}：错误{len(made.findings)}个"
    for finding in made.findings:
        yield f"  {finding.code} {finding.message}"
        yield from (f"  改法：{r.place}，{r.label}由{r.before}改为{r.after}" for r in finding.repairs)
    yield f"按改法写出 {mended}：{'与发布的文件逐字节相同' if made.repaired else '与发布的文件不同'}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk, tell, and say by the exit status whether exactly the error was found and put right."""
    (folder,) = map(Path, sys.argv[1:] if arguments is None else arguments)
    published = next(p for p in sorted(folder.glob("*.docx")) if p.name not in ("有误.docx", "改正.docx"))
    made = walk(published.read_bytes(), published.name)
    wrong, mended = folder / "有误.docx", folder / "改正.docx"
    wrong.write_bytes(made.wrong)
    mended.write_bytes(made.mended)
    print("\n".join(told(made, wrong, mended)))
    return 0 if made.found and made.repaired else 1


if __name__ == "__main__":
    sys.exit(main())
