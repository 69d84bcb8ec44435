"""A check against an earlier one of the same document: which findings are gone, which are new, and whether any other number changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.checking.reports.changes import Change, changes, numbers
from mingsuan.checking.summary import LEVELS, MARKS
from mingsuan.folding import wrapped
from mingsuan.model import Disclosure, Finding, Report
from mingsuan.model.json_reports import report_from_json
from mingsuan.values import dataclass

WIDTH = 100


class NoEarlierCheckError(Exception):
    """A file that is no earlier check; the message says why and what to do."""

    def __init__(self, name: str, why: str) -> None:
        """Put the message together."""
        super().__init__(f"{name}：{why}。请用 mingsuan check --format json -o 文件 保存的核对结果。")


@dataclass(frozen=True)
class Against:
    """The difference of two checks."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def unexpected(self) -> tuple[Change, ...]:
        """Numbers that changed although no finding that is gone was about them."""
        return tuple(change for change in self.changes if not change.expected)


def against(earlier: Mapping[str, object], name: str, disclosure: Disclosure, report: Report) -> Against:
    """Compare with an earlier check.

    Args:
        earlier: what `mingsuan check --format json` wrote of the earlier version.
        name: of that file, for messages.
        disclosure: the version of now.
        report: and its check.

    Raises:
        NoEarlierCheckError: it is something else, or holds no numbers.
    """
    printed = earlier.get("numbers")
    if not isinstance(printed, Mapping):
        raise NoEarlierCheckError(name, "里面没有上次印出的数，无法比较")
    try:
        before = report_from_json(earlier)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise NoEarlierCheckError(name, "不是核对结果") from None
    was = {f.fingerprint: f for f in before.findings} | {w.finding.fingerprint: w.finding for w in before.waived}
    now = {f.fingerprint: f for f in report.findings} | {w.finding.fingerprint: w.finding for w in report.waived}
    gone = tuple(f for key, f in was.items() if key not in now)
    return Against(
        gone,
        tuple(f for key, f in now.items() if key not in was),
        tuple(f for key, f in now.items() if key in was),
        tuple(changes({str(k): str(v) for k, v in printed.items()}, numbers(disclosure), gone)),
    )


def against_text(difference: Against, name: str) -> str:
    """The difference in words: what it proves first, then new findings, those that are left, gone ones, and the numbers."""
    return "\n".join(_lines(difference, name)) + "\n"


def _lines(difference: Against, name: str) -> Iterator[str]:
    yield f"与上次核对（{name}）比较："
    yield f"  已消除{len(difference.gone)}个问题，新增{len(difference.new)}个，仍有{len(difference.kept)}个。"
    yield from wrapped(_proof(difference), WIDTH, first="  ", rest="  ")
    for title, findings in (("新增的问题", difference.new), ("仍有的问题", difference.kept), ("已消除的问题", difference.gone)):
        yield from _listed(title, [f"{MARKS[f.level]} {f.code} {LEVELS[f.level]}  {f.message}" for f in findings])
    yield from _listed("与已消除的问题无关的改动", [_changed(c) for c in difference.unexpected])
    yield from _listed("已消除的问题所涉及的改动", [_changed(c) for c in difference.changes if c.expected])


def _proof(difference: Against) -> str:
    """Whether anything else changed."""
    total, other = len(difference.changes), len(difference.unexpected)
    if not total:
        return "没有一个数有改动。"
    if not other:
        return f"改动了{total}个数，都是已消除的问题所涉及的；其他数都没有改动。"
    return f"改动了{total}个数，其中{other}个与已消除的问题无关，请逐个说明；其他数都没有改动。"


def _listed(title: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{title}  {len(entries)}个"
    for entry in entries:
        yield from wrapped(entry, WIDTH, first="  ", rest="    ")


def _changed(change: Change) -> str:
    missed = f"（上次建议改为{change.wanted}）" if change.wanted else ""
    return f"{change.name}：{change.before or '没有印'} → {change.after or '没有印'}{missed}"


def against_json(difference: Against) -> dict[str, object]:
    """The difference as data; findings by fingerprint, code and message."""

    def told(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
        return [{"fingerprint": f.fingerprint, "code": f.code, "level": f.level.value, "message": f.message} for f in findings]

    return {
        "gone": told(difference.gone),
        "new": told(difference.new),
        "kept": told(difference.kept),
        "changes": [
            {"where": c.where, "name": c.name, "before": c.before, "after": c.after, "expected": c.expected, "wanted": c.wanted}
            for c in difference.changes
        ],
    }
