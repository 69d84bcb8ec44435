"""A document with what a check says of it: what reports over several documents work on."""

from __future__ import annotations

from mingsuan.model import Disclosure, Report
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Checked:
    """One document, under the name of its file.

    Attributes:
        files: its files as the user gave them, "-" for standard input, where a report may want to look at them again.
    """

    name: str
    disclosure: Disclosure
    report: Report
    files: tuple[str, ...] = ()
