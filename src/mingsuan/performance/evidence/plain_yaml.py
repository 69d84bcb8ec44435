"""YAML as an office writes it: mappings, lists and text, each scalar kept as it stands, nothing guessed of it.

YAML's own reading of scalars would make 012 ten, 12:30 seven hundred and fifty, `no` false, and an amount a binary fraction. What is
repeated, referred to or nested without end is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from mingsuan.performance.evidence.errors import EvidenceError

MAX_BYTES = 2_000_000
"""A file that a person writes lists some hundred things."""
MAX_DEPTH = 10

Written = str | list["Written"] | dict[str, "Written"] | None
"""What is written: text, None where nothing stands behind the colon."""
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def load(path: Path) -> Written:
    """What a file says.

    Raises:
        EvidenceError: it is missing, too large, no text in UTF-8, no YAML, or uses what nobody needs here.
    """
    text = text_of(path)
    try:
        return _Building(path.name).built(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}：第{mark.line + 1}行" if mark else path.name
        raise EvidenceError(where, "不是正确的 YAML", "请检查缩进、冒号后的空格和引号") from None


def text_of(path: Path) -> str:
    """The text of a file that a person or this program wrote.

    Raises:
        EvidenceError: it is missing, too large, or no text in UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise EvidenceError(path.name, "这不是文件", "请检查路径")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise EvidenceError(path.name, f"文件超过{MAX_BYTES // 1_000_000}MB", "请检查是否选错了文件")
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise EvidenceError(path.name, "找不到这个文件", "请检查路径和文件名是否写对") from None
    except (OSError, ValueError) as error:
        what = "文件不是 UTF-8 编码" if isinstance(error, UnicodeDecodeError) else f"文件打不开（{type(error).__name__}）"
        raise EvidenceError(path.name, what, "请存为 UTF-8 编码的文本再试") from None


class _Building:
    """Puts the parser's events together without recursion, so that depth costs nothing before it is refused."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Written = None
        self.open: list[tuple[dict[str, Written] | list[Written], str | None]] = []
        """The mappings and lists that are not closed yet, each with the key whose value comes next."""

    def built(self, text: str) -> Written:
        """The document."""
        documents = 0
        for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise self._refused(event, "有几份文档（---）", "请分成几个文件")
            self._take(event)
        return self.root

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "用了引用（* 和 &）", "请直接写出内容，不用引用")
        if isinstance(event, yaml.ScalarEvent):
            self._put(event, None if event.implicit[0] and event.value in _NOTHING else event.value)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.open) == MAX_DEPTH:
                raise self._refused(event, "层次太深", "请检查缩进和括号")
            held: dict[str, Written] | list[Written] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._put(event, held)
            self.open.append((held, None))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()

    def _put(self, event: Any, value: Written) -> None:
        if not self.open:
            self.root = value
            return
        holder, key = self.open[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is None:
            self.open[-1] = holder, self._key(event, holder, value)
        else:
            holder[key] = value
            self.open[-1] = holder, None

    def _key(self, event: Any, holder: dict[str, Written], value: Written) -> str:
        if not isinstance(value, str):
            raise self._refused(event, "冒号前面应是名称", "请检查缩进、冒号和括号")
        if value in holder:
            raise self._refused(event, f"“{value}”写了两次", "请合并为一处")
        return value

    def _refused(self, event: Any, what: str, remedy: str) -> EvidenceError:
        return EvidenceError(f"{self.name}：第{event.start_mark.line + 1}行", what, remedy)
