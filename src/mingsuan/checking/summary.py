"""What every report says in the same words: levels, statuses and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mingsuan.dialects.dialect import load
from mingsuan.dialects.errors import DialectError
from mingsuan.model import OTHER_TEXT, WHOLE_TEXT, Disclosure, Finding, Level, Receipt, Report, Stage, Status, Waiver
from mingsuan.places import Place
from mingsuan.values import dataclass

LEVELS: Mapping[Level, str] = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}
MARKS: Mapping[Level, str] = {Level.ERROR: "■", Level.WARNING: "▲", Level.INFO: "○"}
"""A shape for each level, so that no one depends on colour."""
STATUSES: Mapping[Status, str] = {
    Status.PASSED: "通过",
    Status.FAILED: "有问题",
    Status.NOT_APPLICABLE: "不适用",
    Status.NOT_EXECUTED: "未执行",
    Status.INSUFFICIENT: "数据不足",
}
DOUBT = "也可能是文件转换造成的，请先对照原件"
"""What is said of a finding that the conversion of the file may have caused."""
DOUBTED = "疑为转换"
"""The same as a mark."""
_MANY = 5
STATUS_MARKS: Mapping[Status, str] = {
    Status.PASSED: "✓",
    Status.FAILED: "✗",
    Status.NOT_APPLICABLE: "–",
    Status.NOT_EXECUTED: "!",
    Status.INSUFFICIENT: "?",
}
STAGES: Mapping[Stage, str] = {
    Stage.BUDGET: "部门预算",
    Stage.FINAL_ACCOUNT: "部门决算",
    Stage.PERFORMANCE_DECLARATION: "整体绩效目标申报",
}


@dataclass(frozen=True)
class Summary:
    """The counts of a report.

    Attributes:
        title: whose document of which year it is.
        levels: findings by level, all levels named.
        statuses: receipts by status, all statuses named.
        files: names of the files that the disclosure was read from.
        doubted: findings that the conversion of the file may have caused.
        left_out: where the file holds several public texts, which they are and where the second begins, for the first alone was checked.
    """

    title: str
    levels: Mapping[Level, int]
    statuses: Mapping[Status, int]
    files: frozenset[str] = frozenset()
    doubted: int = 0
    left_out: str = ""

    def where(self, place: Place) -> str:
        """A place, with its file where the disclosure has several, or where it is another disclosure's."""
        shown = str(place)
        several = len(self.files) > 1 or bool(self.files and place.file not in self.files)
        return f"{place.file} {shown}" if several and place.file not in ("", shown) else shown

    @property
    def unchecked(self) -> int:
        """Receipts of what was not checked although it applies."""
        return self.statuses[Status.NOT_EXECUTED] + self.statuses[Status.INSUFFICIENT]

    @property
    def doubts_told_once(self) -> bool:
        """Whether so many findings may be the file's conversion that it is explained once and each only marked."""
        return self.doubted >= _MANY and 2 * self.doubted >= sum(self.levels.values())

    @property
    def findings_line(self) -> str:
        """How many findings of each level."""
        if not any(self.levels.values()):
            return "没有发现问题"
        return "，".join(f"{LEVELS[level]}{count}个" for level, count in self.levels.items())

    @property
    def receipts_line(self) -> str:
        """How many receipts of each status."""
        return "，".join(f"{STATUSES[status]}{count}" for status, count in self.statuses.items())


def summary(report: Report, disclosure: Disclosure) -> Summary:
    """The counts of a report on a disclosure."""
    levels, statuses = Counter(f.level for f in report.findings), Counter(r.status for r in report.receipts)
    year = f"{disclosure.year}年" if disclosure.year else "（年度不明）"
    return Summary(
        f"{disclosure.department or '（未认出部门名称）'}{year}{STAGES[disclosure.stage]}",
        {level: levels[level] for level in Level},
        {status: statuses[status] for status in Status},
        frozenset(s.place.file for s in disclosure.sections) | frozenset(t.place.file for t in disclosure.tables),
        sum(f.conversion_suspected for f in report.findings),
        next((r.reason for r in report.receipts if r.about == OTHER_TEXT), ""),
    )


def dialect_title(disclosure: Disclosure) -> str:
    """What the dialect of a disclosure calls itself; its name where it is none of ours, "" where there is none."""
    if not disclosure.dialect:
        return ""
    try:
        return load(disclosure.dialect).title
    except DialectError:
        return disclosure.dialect


@dataclass(frozen=True)
class Unchecked:
    """Obligations that were not checked for one reason.

    Attributes:
        what: the rule, or how many, and the table or section, in short.
    """

    status: Status
    reason: str
    what: str


def unchecked(receipts: Iterable[Receipt]) -> tuple[Unchecked, ...]:
    """What was not checked although it applies, those of one reason and one table or section, or of one rule, together."""
    groups: dict[tuple[Status, str, str], list[Receipt]] = {}
    for receipt in receipts:
        if receipt.status in {Status.NOT_EXECUTED, Status.INSUFFICIENT}:
            whole = receipt.about == WHOLE_TEXT
            groups.setdefault((receipt.status, receipt.reason, receipt.obligation if whole else receipt.about), []).append(receipt)
    return tuple(Unchecked(status, reason, _what(about, found)) for (status, reason, about), found in groups.items())


def _what(about: str, found: list[Receipt]) -> str:
    if found[0].about == WHOLE_TEXT:
        return about
    obligations = list(dict.fromkeys(r.obligation for r in found))
    if len(obligations) == 1:
        return obligations[0] if about in obligations[0] else f"{obligations[0]}（{about}）"
    return f"{about}（{len(obligations)}项核对）"


def printed_wrong(finding: Finding) -> str:
    """What is printed and should be otherwise: where several numbers should be, each of them, in the same order."""
    several = len(finding.repairs) > 1 and "、".join(r.after for r in finding.repairs) == finding.expected
    return "、".join(r.before for r in finding.repairs) if several else finding.observed


def waiver_line(waiver: Waiver) -> str:
    """Why, by whom and when a finding was waived."""
    until = f"，有效至{waiver.until.isoformat()}" if waiver.until else ""
    return f"{waiver.reason}（{waiver.person}，{waiver.date.isoformat()}{until}）"
