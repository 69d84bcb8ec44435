"""Waivers: findings that somebody has decided may stand, kept in a file beside the document with who, when and why.

waivers:
- fingerprint: 3f2a9c01d4e5b677
reason: 上年数按调整后口径填列，已向财政局说明
person: 张三
date: 2025-03-01
until: 2025-12-31   # 可以不写
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mingsuan.model import Report, Waived, Waiver
from mingsuan.refusals import no_pipe, refusal

FILE = "mingsuan-waivers.yaml"
MAX_BYTES = 1_000_000
_WANTED = ("fingerprint", "reason", "person", "date")
_KNOWN = {*_WANTED, "until"}


class WaiverError(Exception):
    """A file of waivers cannot be used; the message says where, why and what to do."""

    def __init__(self, file: str, what: str, remedy: str) -> None:
        """Put the message together."""
        super().__init__(f"{file}：{what}。{remedy}。")


def beside(document: Path) -> Path | None:
    """The file of waivers in the folder of a document, None where there is none."""
    path = document.parent / FILE
    return path if path.is_file() else None


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        WaiverError: it cannot be read, or an entry is not complete.
    """
    import yaml

    try:
        if path.stat().st_size > MAX_BYTES:
            raise WaiverError(path.name, "文件过大", f"豁免文件不超过{MAX_BYTES // 1000}千字节")
        data = yaml.safe_load(no_pipe(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise WaiverError(path.name, f"不能读取（{refusal(error)}）", "请检查路径和权限") from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"，第{mark.line + 1}行附近读不下去" if mark is not None else ""
        raise WaiverError(path.name, f"不是合法的 YAML{where}", "检查缩进、冒号、日期和编码（UTF-8）") from None
    entries = data.get("waivers") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise WaiverError(path.name, "没有 waivers 列表", "写成“waivers:”，下面每项以“- ”开头")
    return tuple(_waiver(path.name, number, entry) for number, entry in enumerate(entries, start=1))


def _waiver(file: str, number: int, entry: Any) -> Waiver:
    where = f"{file} 第{number}项"
    if not isinstance(entry, dict):
        raise WaiverError(where, "不是“键: 内容”的形式", f"写明{'、'.join(_WANTED)}")
    lacking = [key for key in _WANTED if not str(entry.get(key) or "").strip()]
    if lacking:
        raise WaiverError(where, f"没有写明{'、'.join(lacking)}", "每项要有指纹、理由、决定人和日期")
    unknown = sorted(str(key) for key in entry if key not in _KNOWN)
    if unknown:
        raise WaiverError(where, f"不认识“{'、'.join(unknown)}”", f"可以写的有{'、'.join((*_WANTED, 'until'))}")
    fingerprint = str(entry["fingerprint"]).strip()
    if not re.fullmatch("[0-9a-f]{16}", fingerprint):
        raise WaiverError(where, f"指纹“{fingerprint}”不对", "照报告所印的16位指纹填写；全是数字的加引号")
    until = None if entry.get("until") is None else _day(where, entry["until"])
    return Waiver(fingerprint, str(entry["reason"]).strip(), str(entry["person"]).strip(), _day(where, entry["date"]), until)


def _day(where: str, written: Any) -> datetime.date:
    if isinstance(written, datetime.datetime):
        return written.date()
    if isinstance(written, datetime.date):
        return written
    try:
        return datetime.date.fromisoformat(str(written).strip())
    except ValueError:
        raise WaiverError(where, f"日期“{written}”不对", "写成 2025-03-01 的形式") from None


def waive(report: Report, waivers: Sequence[Waiver], today: datetime.date) -> Report:
    """The report with the findings muted that a waiver names on a day; waivers that mute nothing are told, with the reason."""
    valid: dict[str, Waiver] = {}
    idle: list[tuple[Waiver, str]] = []
    for waiver in waivers:
        if waiver.until is not None and waiver.until < today:
            idle.append((waiver, f"已于{waiver.until.isoformat()}到期"))
        elif waiver.fingerprint in valid:
            idle.append((waiver, "同一指纹写了两次"))
        else:
            valid[waiver.fingerprint] = waiver
    waived = tuple(Waived(f, valid[f.fingerprint]) for f in report.findings if f.fingerprint in valid)
    used = {w.waiver.fingerprint for w in waived}
    idle += [(w, "没有对应的问题，可能已经改正，或所印的内容有变") for w in valid.values() if w.fingerprint not in used]
    return replace(
        report,
        findings=tuple(f for f in report.findings if f.fingerprint not in valid),
        waived=(*report.waived, *waived),
        idle_waivers=(*report.idle_waivers, *idle),
    )
