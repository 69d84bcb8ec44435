"""The rectification register as a file: 整改台账.yaml, written by the program and filled in by the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from mingsuan.performance.evidence.binding_file import day_of
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.plain_yaml import Written, load
from mingsuan.performance.results import Rectification

_HEAD = (
    "# 整改台账。整改完成后，在该项填写 done（怎样整改的）和 closed（完成日期，如 2024-06-30），再次运行即为销号。\n"
    "# owner 是责任人，due 是期限。key 由程序生成，请勿改动。\n"
)
_KEYS = ("key", "project", "what", "owner", "due", "done", "closed")


def read_register(path: Path) -> tuple[Rectification, ...]:
    """The items of a register, () where there is no file yet.

    Raises:
        EvidenceError: it is no register.
    """
    if not path.exists():
        return ()
    listed = load(path)
    if listed is not None and not isinstance(listed, list):
        raise EvidenceError(path.name, "台账应为列表", "请用 mingsuan evaluate 重新生成")
    items = tuple(_item(f"{path.name} 第{number}项", entry) for number, entry in enumerate(listed or (), start=1))
    double = next((key for key, times in Counter(item.key for item in items).items() if times > 1), None)
    if double is not None:
        raise EvidenceError(path.name, f"有两项的 key 都是“{double}”", "请删去重复的一项")
    return items


def _item(where: str, entry: Written) -> Rectification:
    if not isinstance(entry, dict) or not entry.get("key"):
        raise EvidenceError(where, "没有 key", "请勿删改 key")
    words: dict[str, str] = {}
    for name, value in entry.items():
        if name not in _KEYS:
            raise EvidenceError(where, f"不认识“{name}”", f"可以写的有：{'、'.join(_KEYS)}")
        if value is not None and not isinstance(value, str):
            raise EvidenceError(where, f"{name} 应为一段文字", "请检查缩进和括号")
        words[name] = value or ""
    due, closed = (_day(where, name, words.pop(name, "")) for name in ("due", "closed"))
    return Rectification(**{"project": "", "what": ""} | words, due=due, closed=closed)


def _day(where: str, name: str, said: str) -> date | None:
    day = day_of(said)
    if said and day is None:
        raise EvidenceError(where, f"{name}“{said}”不是日期", "写成 2024-06-30 的样子")
    return day


def register_text(items: Iterable[Rectification]) -> str:
    """The file of a register."""
    rows = [
        {"key": i.key, "project": i.project, "what": i.what, "owner": i.owner, "due": i.due, "done": i.done, "closed": i.closed}
        for i in items
    ]
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000)
