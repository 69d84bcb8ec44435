"""How projects and indicators are recognised by their names."""

from __future__ import annotations

from mingsuan.dialects.names import plain

_QUOTATION = str.maketrans("", "", "“”\"'《》")


def keyed(name: str) -> str:
    """A name as evidence is looked up by: in one width, without quotation marks."""
    return plain(name).translate(_QUOTATION)
