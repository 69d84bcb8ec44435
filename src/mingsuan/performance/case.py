"""A disclosure's targets and an office's evidence brought together: what monitoring and evaluation work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from mingsuan.dialects.dialect import Dialect
from mingsuan.indicators.library import find, percent_of
from mingsuan.model import Disclosure, Finding, Level, Side
from mingsuan.performance.evaluation import Evaluation, evaluate
from mingsuan.performance.evidence.binding import Binding, read_binding
from mingsuan.performance.evidence.collecting import collect
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.facts import facts_of
from mingsuan.performance.monitoring import Monitoring, monitor
from mingsuan.performance.plan import Aim, Plan, plan_of
from mingsuan.performance.scoring import Spending, keyed
from mingsuan.places import Place

UNKNOWN_PROJECT, UNKNOWN_INDICATOR, NO_BUDGET = "EVI203", "EVI204", "EVI205"
"""Codes: evidence for a project or an indicator that the plan does not have; spending without a budget."""


@dataclass(frozen=True)
class Case:
    """A plan with its evidence.

    Attributes:
        evidence: by project ("" for the department) and indicator, as `keyed` spells both.
        spending: by project.
        findings: what is wrong with the evidence.
    """

    plan: Plan
    binding: Binding
    evidence: Mapping[str, Mapping[str, Evidence]]
    spending: Mapping[str, Spending]
    findings: tuple[Finding, ...]

    def monitored(self, at: date | None = None) -> Monitoring:
        """How the plan stands at a date, by default the last day of the evidence."""
        return monitor(self.plan, self.evidence, self.spending, at or self.binding.period.last)

    def evaluated(self) -> Evaluation:
        """The score of the year.

        Raises:
            WeightsError: the office's weights do not make 100 points.
            KeyError: a weight is for no part of the scheme.
            LookupError: there is no scheme for the year.
        """
        explanations = {(keyed(project), keyed(indicator)): text for project, indicator, text in self.binding.explanations}
        return evaluate(self.plan, self.evidence, self.spending, weights=dict(self.binding.weights) or None, explanations=explanations)


def open_case(disclosure: Disclosure, dialect: Dialect | None, binding: Path, limits: Limits = USUAL) -> Case:
    """Bring a disclosure and the evidence of a binding together.

    Raises:
        EvidenceError: the binding cannot be read.
    """
    plan = plan_of(disclosure, dialect)
    bound = read_binding(binding)
    found = collect(bound, limits)
    evidence: dict[str, dict[str, Evidence]] = {}
    for one in found.evidence:
        evidence.setdefault(keyed(one.project), {})[keyed(one.indicator)] = one
    facts = {**facts_of(disclosure, dialect), **dict(bound.facts)}
    spending = {keyed(s.project): Spending(s.approved, s.adjusted, s.spent) for s in bound.spending}
    spending = {project: _budgeted(plan, project, money) for project, money in spending.items()}
    for aim in plan.overall:
        computed = _computed(aim, facts, spending.get("", Spending(None)), bound)
        if computed is not None:
            evidence.setdefault("", {}).setdefault(keyed(aim.name), computed)
    return Case(plan, bound, evidence, spending, (*found.findings, *_strangers(plan, bound, spending)))


def _computed(aim: Aim, facts: Mapping[str, Decimal], spending: Spending, binding: Binding) -> Evidence | None:
    """Evidence of an indicator of the library that the named amounts tell; None where they do not."""
    known = find(aim.name)
    if known is None:
        return None
    money = {"预算完成数": spending.spent, "预算数": spending.base}
    quotient = known.computed({**{name: amount for name, amount in money.items() if amount is not None}, **facts})
    value = percent_of(quotient) if quotient else None
    if quotient is None or value is None:
        return None
    return Evidence("", aim.name, value, known.unit, binding.period, formula=known.formula, numerator=quotient[0], denominator=quotient[1])


def _budgeted(plan: Plan, project: str, money: Spending) -> Spending:
    """Spending with the budget that the plan prints, where the evidence gives none; the department's is that of its projects."""
    if money.approved is not None:
        return money
    if project:
        return replace(money, approved=next((p.budget for p in plan.projects if keyed(p.name) == project), None))
    budgets = [p.budget for p in plan.projects]
    known = [b for b in budgets if b is not None]
    return replace(money, approved=sum(known, Decimal(0)) if budgets and len(known) == len(budgets) else None)


def _strangers(plan: Plan, binding: Binding, spending: Mapping[str, Spending]) -> Iterator[Finding]:
    """Evidence and spending that fit nothing in the plan."""
    projects = {keyed(p.name): p for p in plan.projects}
    told: set[str] = set()
    for entry in binding.entries:
        project = keyed(entry.project)
        if project and project not in projects:
            if project not in told:
                told.add(project)
                yield _stranger(
                    binding,
                    UNKNOWN_PROJECT,
                    f"公开文本里没有绩效目标的项目“{entry.project}”",
                    entry.project,
                    [p.name for p in plan.projects],
                )
            continue
        names = [aim.name for aim in (projects[project].aims if project else plan.overall)]
        if keyed(entry.indicator) not in map(keyed, names):
            where = f"项目“{entry.project}”" if project else "部门整体绩效目标"
            yield _stranger(binding, UNKNOWN_INDICATOR, f"{where}没有指标“{entry.indicator}”", entry.indicator, names)
    for project, money in spending.items():
        if money.base is None:
            name = f"项目“{project}”" if project else "部门整体"
            says = f"{name}有支出数，没有预算数，算不出执行率。请在 spending 里写上 approved 或 adjusted"
            yield Finding(NO_BUDGET, Level.WARNING, says, (Side(Place(file=binding.file), name, ""),))


def _stranger(binding: Binding, code: str, what: str, name: str, known: list[str]) -> Finding:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"相近的有：{'、'.join(near)}" if near else "请检查名称"
    return Finding(code, Level.WARNING, f"{what}，这条佐证没有用上。{hint}", (Side(Place(file=binding.file), "佐证", name),), observed=name)
