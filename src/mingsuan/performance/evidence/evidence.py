"""Evidence: a value reached, of which indicator, when, and what shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mingsuan.performance.evidence.period import Period
from mingsuan.values import dataclass

LARGEST = Decimal(10) ** 15
"""A number beyond this is a slip of the keyboard; amounts in 元 stay below it too."""
Value = Decimal | date | str
"""What was reached: a number, the day when it was done, or a word (健全)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that shows a value.

    Attributes:
        file: its name as the user gave it.
        sha256: of what was read.
        rows: how many rows the value was computed from, None for an attachment.
    """

    file: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value reached.

    Attributes:
        project: name of the project, "" for the department as a whole.
        indicator: name of the indicator.
        value: what was reached.
        unit: as the target prints it; % for rates.
        period: the days that it is about.
        owner: who answers for it.
        formula: how it was computed, "" for a value typed in.
        shown: what shows it; () where nothing is given.
        numerator, denominator: of a quotient, exact.
        share: of the weight that it earns, where somebody decided it (a qualitative target, a day too late).
        note: of the user.
    """

    project: str
    indicator: str
    value: Value
    unit: str
    period: Period
    owner: str = ""
    formula: str = ""
    shown: tuple[Shown, ...] = ()
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    share: Decimal | None = None
    note: str = ""
