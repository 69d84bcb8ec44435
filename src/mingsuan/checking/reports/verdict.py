"""The first words of a report: did it pass, what is to be done, what comes first."""

from __future__ import annotations

from mingsuan.checking.summary import DOUBT, DOUBTED, Summary
from mingsuan.model import Level, Status
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Verdict:
    """How a check ended.

    Attributes:
        state: "failed", "clean" or "unknown"; for the style only, the words say it too.
        mark: a shape for it, so that no one depends on colour.
        words: the answer in a few words.
        lines: what is to be done, and what the answer does not cover.
    """

    state: str
    mark: str
    words: str
    lines: tuple[str, ...]


def verdict(counts: Summary) -> Verdict:
    """The answer that a summary gives. Nothing unchecked is called passed."""
    errors, warnings, hints = (counts.levels[level] for level in Level)
    passed, failed = counts.statuses[Status.PASSED], counts.statuses[Status.FAILED]
    lines = [f"{counts.left_out}。"] if counts.left_out else []
    whose = "第一份" if counts.left_out else ""
    if warnings or hints:
        told = [f"{warnings}处警告，请逐处核实" if warnings else "", f"{hints}处提示，供参考" if hints else ""]
        lines.append(f"{'另有' if errors else ''}{'；'.join(t for t in told if t)}。")
    if counts.doubts_told_once:
        lines.append(f"这份文件像是转换来的，标有“{DOUBTED}”的{counts.doubted}处{DOUBT}。")
    if counts.unchecked:
        lines.append(f"还有{counts.unchecked}项没有核对，不算通过，原因见“核对记录”。")
    if errors:
        return Verdict("failed", "✗", f"{whose}没有通过：{errors}处错误须改正", tuple(lines))
    if not passed and not failed:
        return Verdict("unknown", "?", f"{whose}不能判断：没有一项核对得以完成", tuple(lines))
    found = "没有发现错误" if warnings or hints else "没有发现问题"
    return Verdict("clean", "✓", f"{whose}{found}：{f'{passed}项核对通过' if passed else f'核对了{failed}项'}", tuple(lines))
