"""Places as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mingsuan.places import Place

Json = dict[str, Any]
"""A JSON object."""


def place_to_json(place: Place) -> Json:
    """What is known of a place."""
    return {f.name: listed(v) for f in fields(Place) if (v := getattr(place, f.name)) not in (None, "")}


def listed(value: object) -> object:
    """Tuples as JSON arrays."""
    return list(value) if isinstance(value, tuple) else value


def place_from_json(data: Mapping[str, Any]) -> Place:
    """The place that `place_to_json` wrote."""
    known = {f.name: data[f.name] for f in fields(Place) if f.name in data}
    if "box" in known:
        known["box"] = tuple(known["box"])
    return Place(**known)
