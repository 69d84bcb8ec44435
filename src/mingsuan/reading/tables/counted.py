"""What a printed form counts besides its content: a row of column numbers (栏次) and columns of line numbers (行次).

The Ministry's forms of final accounts (公开01—09表) print both. They are neither headings nor amounts.
"""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.names import bare
from mingsuan.patterns import regex
from mingsuan.reading.tables.lines import Line, without_columns, without_labels

COLUMN_COUNT, LINE_COUNT = "栏次", "行次"

_NUMBER = regex(r"\d{1,2}(?:栏|[=＝][\d+＋\-－—()（）*×]+)?\Z")
_LEAST_NUMBERS = 3
"""So many numbers that count from one make a row of column numbers without a label."""
_BLANK = frozenset({"", "-", "—", "——"})


def without_column_numbers(line: Line) -> Line:
    """A line without the label 栏次 and the numbers of the columns; the parts of a heading beside them (类 款 项) stay."""
    if not any(bare(text) == COLUMN_COUNT for text in line.texts):
        return line
    return without_labels(line, [j for j, text in enumerate(line.texts) if bare(text) == COLUMN_COUNT or _NUMBER.match(text)])


def counts_columns(line: Line) -> bool:
    """Whether a line holds nothing but numbers that count from one."""
    texts = [line.texts[j] for j in line.filled]
    return len(texts) >= _LEAST_NUMBERS and texts == [str(n) for n in range(1, len(texts) + 1)]


def line_number_columns(header: Sequence[Line], lines: Sequence[Line]) -> tuple[int, ...]:
    """The columns under a heading 行次 that hold numbers of lines and nothing else."""
    headed = {j for line in header for j, text in enumerate(line.texts) if bare(text) == LINE_COUNT}
    return tuple(sorted(j for j in headed if all(_counts(line, j) for line in lines)))


def _counts(line: Line, column: int) -> bool:
    text = line.texts[column] if column < len(line.texts) else ""
    return text in _BLANK or (text.isdigit() and len(text) <= 3)


def without_line_numbers(lines: Sequence[Line], columns: Sequence[int]) -> tuple[Line, ...]:
    """Lines without some columns."""
    return tuple(without_columns(line, columns) for line in lines)
