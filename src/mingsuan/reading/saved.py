"""A disclosure that was saved as JSON (`mingsuan read`, `mingsuan compile`) → the same disclosure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from mingsuan.model import Disclosure
from mingsuan.model.json import disclosure_from_json
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.files import contents

_KEYS = {"tables", "claims", "sections"}


def saved(source: Path | bytes | Sequence[Path], name: str = "") -> Disclosure | None:
    """The disclosure that a file or bytes hold as data, None where they are something else.

    Raises:
        UnreadableFile: it is one that was saved, but damaged since; or it cannot be read at all.
    """
    if isinstance(source, Path):
        data, name = contents(source, name or source.name), name or source.name
    elif isinstance(source, bytes):
        data = source
    else:
        return None
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found.keys() >= _KEYS:
        return None
    try:
        return disclosure_from_json(found)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise UnreadableFile(name, "像是明算保存的数据（JSON），但内容不完整", "请用 mingsuan read 或 mingsuan compile 重新写出") from None
