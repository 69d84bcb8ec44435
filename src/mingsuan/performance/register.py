"""The rectification register as a file: 整改台账.yaml, written by the program and filled in by the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from mingsuan.performance.evidence.binding import MAX_BYTES
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.results import Rectification

_HEAD = (
    "# 整改台账。整改完成后，在该项填写 done（怎样整改的）和 closed（完成日期，如 2024-06-30），再次运行即为销号。\n"
    "# owner 是责任人，due 是期限。key 由程序生成，请勿改动。\n"
)


def read_register(path: Path) -> tuple[Rectification, ...]:
    """The items of a register, () where there is no file yet.

    Raises:
        EvidenceError: it is no register.
    """
    if not path.exists():
        return ()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise EvidenceError(path.name, "文件太大", "请检查是否选错了文件")
        listed = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise EvidenceError(path.name, f"台账读不出来（{type(error).__name__}）", "请检查缩进和引号，存为 UTF-8") from None
    if not isinstance(listed, list):
        raise EvidenceError(path.name, "台账应为列表", "请用 mingsuan evaluate 重新生成")
    return tuple(_item(path.name, number, entry) for number, entry in enumerate(listed, start=1))


def _item(name: str, number: int, entry: object) -> Rectification:
    if not isinstance(entry, dict) or not entry.get("key"):
        raise EvidenceError(f"{name} 第{number}项", "没有 key", "请勿删改 key")
    days = {}
    for word in ("due", "closed"):
        day = entry.get(word)
        if day is not None and type(day) is not date:
            raise EvidenceError(f"{name} 第{number}项", f"{word}“{day}”不是日期", "写成 2024-06-30 的样子")
        days[word] = day
    words = {word: str(entry.get(word) or "") for word in ("key", "project", "what", "owner", "done")}
    return Rectification(**words, due=days["due"], closed=days["closed"])


def register_text(items: Iterable[Rectification]) -> str:
    """The file of a register."""
    rows = [
        {"key": i.key, "project": i.project, "what": i.what, "owner": i.owner, "due": i.due, "done": i.done, "closed": i.closed}
        for i in items
    ]
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000)
