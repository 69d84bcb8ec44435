"""What the YAML of a form is read with: every complaint names the file and the key, and says what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.forms import Sum
from mingsuan.ledger import Axes, Box, UnknownNode
from mingsuan.values import dataclass

Part = tuple[str, str, str]
"""Path, name and split of a part of a total."""


@dataclass(frozen=True)
class SpecReader:
    """Reads values of the YAML of one form.

    Attributes:
        file: what complaints call it.
        axes: what regions may name.
        includes: lists of rows that several forms share.
    """

    file: str
    axes: Axes
    includes: Mapping[str, Sequence[object]]

    def fail(self, key: str, what: str, remedy: str) -> DialectError:
        """What is wrong with a key and what to do about it."""
        return DialectError(self.file, key, what, remedy)

    def mapping(self, key: str, value: object) -> Mapping[str, object]:
        """The names and contents of a mapping; an empty one may be left out."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.fail(key, f"应为“名称: 内容”的映射，实为{type(value).__name__}", "改写为映射，空内容写作 {}")
        return {str(k): v for k, v in value.items()}

    def names(self, key: str, value: object) -> tuple[str, ...]:
        """One name or a list of names."""
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(i, str | int) for i in items):
            raise self.fail(key, "应为一个名称或名称的列表", "例如 alias: [合计, 总计]")
        return tuple(str(i) for i in items)

    def box(self, key: str, value: object) -> Box:
        """The region that some axes select."""
        expressions = {}
        for axis, text in self.mapping(key, value).items():
            if not isinstance(text, str | int) or isinstance(text, bool):
                raise self.fail(f"{key}.{axis}", "没有写名称或编码", "例如 fund: 一般公共预算、department: 301 + 303")
            expressions[axis] = str(text)
        try:
            return Box.parse(self.axes, expressions)
        except UnknownNode as error:
            raise self.fail(key, str(error), "改用已有的名称，或在 dialect.yaml 的 axes 中补上") from error

    def sequence(self, key: str, value: object) -> Sequence[object]:
        """The items of a list; an empty one may be left out."""
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(key, f"应为列表，实为{type(value).__name__}", "每项以“- ”开头")
        return value

    def number(self, key: str, value: object) -> int | None:
        """A whole number, None where it is left out."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.fail(key, f"应为整数，实为“{value}”", "例如 2024，不加引号")

    def one_of(self, key: str, value: object, known: Sequence[str]) -> str:
        """A word out of those that are known."""
        if value not in known:
            raise self.fail(key, f"不认识“{value}”", f"可用的有：{'、'.join(known)}")
        return str(value)

    def region(self, key: str, spec: Mapping[str, object], words: set[str]) -> Box:
        """The region of a column or row: what is none of its own words selects on an axis."""
        unknown = [k for k in spec if k not in words and k not in self.axes]
        if unknown:
            known = "、".join([*sorted(words), *self.axes.trees])
            raise self.fail(f"{key}.{unknown[0]}", f"不认识的键“{unknown[0]}”", f"可用的键：{known}")
        return self.box(key, {k: v for k, v in spec.items() if k not in words})


def by_split(total: str, parts: Sequence[Part]) -> Iterator[Sum]:
    """One sum for each way in which the parts split the total (by source, by structure)."""
    for split in dict.fromkeys(p[2] for p in parts):
        yield Sum(total, tuple(p[0] for p in parts if p[2] == split))
