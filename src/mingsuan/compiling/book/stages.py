"""The two-up-two-down procedure: its stages and their amounts."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal

from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass

STAGES = ("一上", "一下", "二上", "二下")
"""The two-up-two-down procedure in order: proposal, control figures, draft budget, approval."""


@dataclass(frozen=True, slots=True)
class BudgetStage:
    """A stage of the procedure that is done: one of `STAGES`, when, and under which document."""

    name: str
    day: date | None = None
    document: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StageFigure:
    """An amount of a stage, in 元: proposed (一上, 二上), a limit (一下) or approved (二下).

    It covers the fiscal year's spending of a unit (or the department) under a kind, a project or all, from a fund or all.
    """

    stage: str
    unit: str
    amount: Decimal
    kind: str = ""
    project: str = ""
    fund: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)
