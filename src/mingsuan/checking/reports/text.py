"""The report of a check for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingsuan.checking.reports.verdict import verdict
from mingsuan.checking.summary import DOUBT, DOUBTED, LEVELS, MARKS, STATUS_MARKS, STATUSES, Summary, summary, unchecked, waiver_line
from mingsuan.checking.telling.cell_names import named
from mingsuan.folding import columns, wrapped
from mingsuan.model import Disclosure, Finding, Level, Receipt, Report, Side

WIDTH = 100
_LEAST_WIDTH = 40
_COLOURS = {Level.ERROR: "31;1", Level.WARNING: "33;1", Level.INFO: "36"}
_MAX_SIDES = 6
_MAX_REASONS = 5


def report_text(report: Report, disclosure: Disclosure, *, name: str = "", width: int = WIDTH, colour: bool = False) -> str:
    """A readable report of at most `width` terminal columns, ending in a line break: summary, receipts, findings."""
    return "\n".join(_lines(report, disclosure, name, max(width, _LEAST_WIDTH), colour)) + "\n"


def _lines(report: Report, disclosure: Disclosure, name: str, width: int, colour: bool) -> Iterator[str]:
    counts = summary(report, disclosure)
    yield from wrapped(f"{counts.title}{f'（{name}）' if name else ''}：{counts.findings_line}。", width)
    yield from _answer(counts, width)
    yield ""
    yield f"核对记录  {counts.receipts_line}"
    yield from _receipts(report.receipts, width)
    yield from _waivers(report, width)
    for level in Level:
        found = [(number, f) for number, f in enumerate(report.findings, 1) if f.level is level]
        if found:
            yield ""
            yield f"{LEVELS[level]}  {len(found)}个"
        for number, finding in found:
            yield ""
            yield from finding_lines(finding, number, counts, width=width, colour=colour)
    if report.findings:
        yield ""
        yield from _answer(counts, width)


def _answer(counts: Summary, width: int) -> Iterator[str]:
    """Did it pass, and what is to be done: at the top, and at the end, which is what a terminal shows."""
    answer = verdict(counts)
    yield from wrapped(f"{answer.mark} {answer.words}。{''.join(answer.lines)}", width, rest="  ")


def _receipts(receipts: Iterable[Receipt], width: int) -> Iterator[str]:
    """What was not checked, by reason; passes and failures are in the counts, failures in the findings."""
    groups = unchecked(receipts)
    for group in groups:
        head = f"{STATUS_MARKS[group.status]} {STATUSES[group.status]}  {group.what}"
        yield from wrapped(f"{head}{f'：{group.reason}' if group.reason else ''}", width, first="  ", rest="    ")
    if not groups:
        yield "  应核对的都已核对。"


def _waivers(report: Report, width: int) -> Iterator[str]:
    if report.waived or report.idle_waivers:
        yield ""
        yield f"已豁免  {len(report.waived)}个"
    for waived in report.waived:
        yield from wrapped(f"{waived.finding.code}  {waived.finding.message}", width, first="  ", rest="    ")
        yield from wrapped(waiver_line(waived.waiver), width, first="    ", rest="      ")
    for waiver, why in report.idle_waivers:
        yield from wrapped(f"{waiver.fingerprint} 没有起作用：{why}。{waiver_line(waiver)}", width, first="  ", rest="    ")


def finding_lines(finding: Finding, number: int, counts: Summary, *, width: int = WIDTH, colour: bool = False) -> Iterator[str]:
    """A finding with its number in the report, line by line."""
    doubt = f"（{DOUBTED}）" if finding.conversion_suspected and counts.doubts_told_once else ""
    head = f"{number} {MARKS[finding.level]} {finding.code} {LEVELS[finding.level]}{doubt}"
    shown = f"\x1b[{_COLOURS[finding.level]}m{head}\x1b[0m" if colour else head
    lines = list(wrapped(finding.message, width, first=" " * (columns(head) + 2), rest="  "))
    yield shown + "  " + lines[0].lstrip()
    yield from lines[1:]
    for side in finding.sides[:_MAX_SIDES]:
        yield from wrapped(_side(side, counts), width, first="    ", rest="      ")
    if len(finding.sides) > _MAX_SIDES:
        yield f"    ……共{len(finding.sides)}处"
    for label, text in _details(finding, counts):
        yield from wrapped(f"{label}：{text}", width, first="    ", rest="      ")


def _side(side: Side, counts: Summary) -> str:
    where = counts.where(side.place)
    return f"{where + ' ' if where else ''}{named(side.label)}：{side.text}"


def _details(finding: Finding, counts: Summary) -> Iterator[tuple[str, str]]:
    if finding.expected and finding.expected.rstrip("。") not in finding.fix:
        yield "应为", finding.expected
    if finding.difference:
        yield "相差", finding.difference
    for witness in finding.witnesses[:_MAX_REASONS]:
        yield "理由", witness
    if len(finding.witnesses) > _MAX_REASONS:
        last = finding.witnesses[-1]
        yield "理由", last if last.startswith("……") else f"……共{len(finding.witnesses)}条，其余从略"
    if finding.fix:
        yield "改法", finding.fix
    yield "依据", finding.basis
    if finding.conversion_suspected and not counts.doubts_told_once:
        yield "注意", DOUBT
    yield "指纹", finding.fingerprint
