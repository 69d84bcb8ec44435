"""A check against an earlier one of the same document: which findings are gone, which are new, and whether any other number changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingsuan.model import Disclosure, Finding, Report, Table
from mingsuan.model.json_reports import report_from_json


class NoEarlierCheckError(Exception):
    """A file that is no earlier check; the message says why and what to do."""

    def __init__(self, name: str, why: str) -> None:
        """Put the message together."""
        super().__init__(f"{name}：{why}。请用 mingsuan check --format json -o 文件 保存的核对结果。")


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is printed otherwise than before; "" where it is not printed.

    Attributes:
        where: table, row and column, or the paragraph that states it.
        expected: it is what a finding that is gone asked for.
    """

    where: str
    before: str
    after: str
    expected: bool


@dataclass(frozen=True)
class Against:
    """The difference of two checks."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def unexpected(self) -> tuple[Change, ...]:
        """Numbers that changed although no finding that is gone asked for it."""
        return tuple(change for change in self.changes if not change.expected)


def numbers(disclosure: Disclosure) -> dict[str, str]:
    """Every printed number of a disclosure under a name that stays when other rows come and go: table, row and column; or statement."""
    found: dict[str, str] = {}
    titles: Counter[str] = Counter()
    for table in disclosure.tables:
        titles[table.kind] += 1
        name = f"《{table.title}》" + (f"之{titles[table.kind]}" if titles[table.kind] > 1 else "")
        found.update((f"{name}{where}", text) for where, text in _cells(table))
    statements: Counter[str] = Counter()
    for claim in disclosure.claims:
        where = f"叙述“{claim.section}”{claim.measure}{claim.year or ''}"
        statements[where] += 1
        found[f"{where}#{statements[where]}"] = f"{claim.value}{claim.unit}"
    return found


def _cells(table: Table) -> Iterator[tuple[str, str]]:
    rows: Counter[str] = Counter()
    for row in table.rows:
        own = [cell.text for path, cell in row.cells.items() if cell.amount is None and not path.endswith("金额")]
        key = "·".join(filter(None, (str(row.key.unit or ""), *own))) if row.key else "·".join(own)
        rows[key] += 1
        for path, cell in row.cells.items():
            if cell.amount is not None:
                yield f"·{key}#{rows[key]}·{path}", cell.text


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
        tuple(_changes({str(k): str(v) for k, v in printed.items()}, numbers(disclosure), gone)),
    )


def _changes(before: Mapping[str, str], after: Mapping[str, str], gone: tuple[Finding, ...]) -> Iterator[Change]:
    asked = {_digits(text) for f in gone for text in (f.observed, *(s.text for s in f.sides), *(r.before for r in f.repairs))} - {""}
    for where in dict.fromkeys((*before, *after)):
        old, new = before.get(where, ""), after.get(where, "")
        if _digits(old) != _digits(new):
            yield Change(where, old, new, bool(old) and any(_digits(old) in text for text in asked))


def _digits(text: str) -> str:
    """A number as it counts: without separators and white space."""
    return text.replace(",", "").replace("，", "").replace(" ", "")


def against_text(difference: Against, name: str) -> str:
    """The difference in words."""
    lines = [
        f"与上次核对（{name}）比较：",
        f"  已消除{len(difference.gone)}个问题，新增{len(difference.new)}个，仍有{len(difference.kept)}个；"
        f"改动的数{len(difference.changes)}个，其中与已消除的问题无关的{len(difference.unexpected)}个。",
    ]
    for title, findings in (("已消除", difference.gone), ("新增", difference.new)):
        lines.extend(f"  {title}  {finding.code}  {finding.message}" for finding in findings)
    for change in difference.changes:
        mark = "改动" if change.expected else "另有改动"
        lines.append(f"  {mark}  {change.where}：{change.before or '（没有）'} → {change.after or '（没有）'}")
    if not difference.unexpected:
        lines.append("  除已消除的问题所涉及的数以外，其他数都没有改动。")
    return "\n".join(lines) + "\n"


def against_json(difference: Against) -> dict[str, object]:
    """The difference as data; findings by fingerprint, code and message."""

    def told(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
        return [{"fingerprint": f.fingerprint, "code": f.code, "level": f.level.value, "message": f.message} for f in findings]

    return {
        "gone": told(difference.gone),
        "new": told(difference.new),
        "kept": told(difference.kept),
        "changes": [{"where": c.where, "before": c.before, "after": c.after, "expected": c.expected} for c in difference.changes],
    }
