"""A book: everything that a department has in hand before there is a budget."""

from __future__ import annotations

from dataclasses import field

from mingsuan.compiling.book.department import BookUnit, Department, Holding, Passage, PostCount
from mingsuan.compiling.book.figures import Figure, Reason
from mingsuan.compiling.book.projects import BookProject, CostLine, Target, Task
from mingsuan.compiling.book.spending import CarryOut, PayLine, PurchaseLine, QuotaLine, Transfer
from mingsuan.compiling.book.stages import BudgetStage, StageFigure
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Book:
    """A department's budget as it is put together.

    Attributes:
        year: the fiscal year.
        dialect: name of the dialect that its disclosure follows.
    """

    year: int = 0
    dialect: str = ""
    department: Department = field(default_factory=Department)
    units: tuple[BookUnit, ...] = ()
    passages: tuple[Passage, ...] = ()
    posts: tuple[PostCount, ...] = ()
    people: tuple[PayLine, ...] = ()
    quotas: tuple[QuotaLine, ...] = ()
    carried: tuple[CarryOut, ...] = ()
    holdings: tuple[Holding, ...] = ()
    projects: tuple[BookProject, ...] = ()
    costs: tuple[CostLine, ...] = ()
    purchases: tuple[PurchaseLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    reasons: tuple[Reason, ...] = ()
    stages: tuple[BudgetStage, ...] = ()
    limits: tuple[StageFigure, ...] = ()
