"""Which line of the user's file a row of a typed table stands in."""

from __future__ import annotations

from mingsuan.performance.evidence.files import ROW, DataFile
from mingsuan.performance.evidence.session import REJECTED, Rejected, identifier
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """From rows to lines.

    Attributes:
        column: in the engine's language, the number that a row has.
        told: the line of the original can be told from it.
        skipped: lines that were left out, None where the number is the line itself.
    """

    column: str
    told: bool
    skipped: tuple[int, ...] | None = None

    @classmethod
    def of(cls, file: DataFile, rows: int, rejected: tuple[Rejected, ...]) -> Lines:
        """Of a file that has so many rows besides the lines that were left out.

        Where records and lines are not as many (line breaks inside of fields, blank lines, Parquet) nobody can tell without reading
        all of it anew.
        """
        if file.numbered:
            return cls(identifier(ROW), told=True)
        told = len(rejected) < REJECTED and all(r.lines == 1 for r in rejected) and file.lines == rows + 1 + len(rejected)
        return cls("rowid", told, tuple(r.line for r in rejected))

    def line(self, number: int) -> int | None:
        """The line of a row by its number, None where it cannot be told."""
        if not self.told or self.skipped is None:
            return number if self.told else None
        line = number + 2
        for left_out in self.skipped:
            line += left_out <= line
        return line

    def shown(self, number: int) -> str:
        """Where a row stands, as messages say it."""
        line = self.line(number)
        return f"第{line}行" if line is not None else f"第{number + 1}条记录"
