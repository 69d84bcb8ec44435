"""A document with what a check says of it: what reports over several documents work on."""

from __future__ import annotations

from dataclasses import dataclass

from mingsuan.model import Disclosure, Report


@dataclass(frozen=True)
class Checked:
    """One document, under the name of its file."""

    name: str
    disclosure: Disclosure
    report: Report
