"""What sections are about, by the words of their headings (`data/section_kinds.csv`, first match wins).

The column `within` says where a row applies: to parts (第一部分 …), below a section of that kind, or, where it is empty, to all others.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mingsuan.patterns import regex

PROJECT = "project"
"""Kind of one project's narrative; no heading's words tell it, its numbered parts do."""
PROJECT_PART = "project_part"
"""Kind of a project's numbered part whose words are not known."""
HOLDERS_OF_PROJECTS = frozenset({"performance_note", "project_note"})
"""Kinds of sections under which projects are told one by one."""
PART = "part"
_CLASS = regex(r"[（(][类款项][）)]$")
"""A heading that names a functional class says nothing of what the section is about."""


class _Row(NamedTuple):
    within: str
    kind: str
    pattern: re.Pattern[str]


def section_kind(title: str, *, is_part: bool, above: str | None) -> str | None:
    """The kind of a section from its title and the kind of the section above it.

    A part of a project is only that; what is not known by its own words is about what the section above it is about.
    """
    if above is not None and (above == PROJECT or (above.startswith("project_") and above not in HOLDERS_OF_PROJECTS)):
        return _first(title, PROJECT) or PROJECT_PART
    if above == "glossary":
        return above
    inherited = None if above in {None, "profile", "explanation", "other_matters"} else above
    if _CLASS.search(title):
        return inherited
    return _first(title, PART if is_part else "") or inherited


def _first(title: str, within: str) -> str | None:
    return next((row.kind for row in _rows() if row.within == within and row.pattern.search(title)), None)


@cache
def _rows() -> tuple[_Row, ...]:
    with Path(__file__).with_name("data").joinpath("section_kinds.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_Row(row["within"], row["kind"], re.compile(row["pattern"])) for row in csv.DictReader(file))
