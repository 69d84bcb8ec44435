"""The published JSON Schemas of what `mingsuan read` and `mingsuan check` write."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal


def schema(name: Literal["read", "check"]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a command's output."""
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded
