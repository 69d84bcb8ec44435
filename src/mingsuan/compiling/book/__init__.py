"""The content of an input workbook as frozen values: what a department has in hand before there is a budget.

A book holds no table cells. It holds people with pay standards, quotas, cost lines, last year's lines, counts and words; everything
that is published follows from them (`compiling.lines`). All money is in 元 and exact; years are calendar years; codes are strings.
Every record knows the row that it was read from (`at`), which takes no part in comparison. A record's `note` is the officer's own
remark; what `lift` inferred says so there (`INFERRED`).
"""

from mingsuan.compiling.book.book import Book
from mingsuan.compiling.book.department import BookUnit, Department, Holding, Passage, PostCount
from mingsuan.compiling.book.figures import Figure, Reason
from mingsuan.compiling.book.money import CENT, INFERRED, THIS_YEAR, in_cents
from mingsuan.compiling.book.projects import BookProject, CostLine, Target, Task
from mingsuan.compiling.book.spending import CarryOut, PayLine, PurchaseLine, QuotaLine, Transfer
from mingsuan.compiling.book.stages import STAGES, BudgetStage, StageFigure

__all__ = [
    "CENT",
    "INFERRED",
    "STAGES",
    "THIS_YEAR",
    "Book",
    "BookProject",
    "BookUnit",
    "BudgetStage",
    "CarryOut",
    "CostLine",
    "Department",
    "Figure",
    "Holding",
    "Passage",
    "PayLine",
    "PostCount",
    "PurchaseLine",
    "QuotaLine",
    "Reason",
    "StageFigure",
    "Target",
    "Task",
    "Transfer",
    "in_cents",
]
