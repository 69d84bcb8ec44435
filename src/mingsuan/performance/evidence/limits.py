"""How much reading or asking evidence may cost."""

from __future__ import annotations

from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one session.

    Attributes:
        bytes: of all files together. The calls of a city's hotline in a year are some 300 MB as CSV.
        rows: that an answer may have.
        seconds: that one question may take.
        preparing: seconds that making one file ready may take (worksheets, tables of databases).
        memory: megabytes that the engine may use; it spills nothing to disk.
        threads: that it may run.
    """

    bytes: int = 2_000_000_000
    rows: int = 10_000
    seconds: float = 30.0
    preparing: float = 120.0
    memory: int = 400
    threads: int = 2


USUAL = Limits()
"""What a session is given if nothing else is said."""
