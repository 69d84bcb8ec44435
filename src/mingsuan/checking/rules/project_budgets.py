"""PERF, continued: the budget beside a project's targets against the list of projects."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.project_amounts import projects_with_amounts
from mingsuan.checking.registry import Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.indicators.listing import FORM, SUMMARY
from mingsuan.model import Level


@rule(
    "PERF128",
    level=Level.WARNING,
    chapter="绩效",
    basis="算术",
    needs=(Need.TABLES,),
    fix="核对项目的预算，两张表写同一个数；绩效表含以后年度或其他资金的，注明口径。",
)
def targets_stand_beside_the_budget_of_their_project(subject: Subject) -> Iterator[Outcome]:
    """绩效目标表写的项目预算，与项目支出表一致。

    错：项目支出表“监管专项经费”40.90万元，绩效目标表写409.00万元。
    对：项目支出表“监管专项经费”40.90万元，绩效目标表写40.90万元。
    """
    tables = subject.disclosure.tables
    listed = projects_with_amounts(t for t in tables if t.kind == "project_expenditure")
    stated = projects_with_amounts(t for t in tables if t.kind in (FORM, SUMMARY))
    both = [(name, stated[name], listed[name]) for name in stated if name in listed]
    if not both:
        yield not_applicable("没有在项目支出表和绩效目标表都写明金额的项目")
    for name, own, other in both:
        yield Examined(own.side.place)
        if abs(own.yuan - other.yuan) >= own.half + other.half and own.yuan != other.yuan:
            yield Draft(
                f"项目“{name}”的预算，绩效目标表是{own.side.text}，项目支出表是{other.side.text}",
                (own.side, other.side),
                own.side.text,
                other.side.text,
            )
