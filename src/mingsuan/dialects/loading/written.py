"""The shapes that an author may write in YAML, each complaint naming file, key and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingsuan.dialects.errors import DialectError


def mapping(file: str, key: str, value: object) -> dict[str, Any]:
    """A mapping, empty where nothing is written.

    Raises:
        DialectError: something else is.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise DialectError(file, key, "应为映射", "写成“键: 内容”")
    return {str(k): v for k, v in value.items()}


def sequence(file: str, key: str, value: object) -> list[Any]:
    """A list, empty where nothing is written.

    Raises:
        DialectError: something else is.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise DialectError(file, key, "应为列表", "每项以“- ”开头")
    return value


def strings(file: str, key: str, value: object) -> tuple[str, ...]:
    """A list of words.

    Raises:
        DialectError: it is no list.
    """
    return tuple(str(v) for v in sequence(file, key, value))
