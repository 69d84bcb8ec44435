"""A disclosure's targets and an office's evidence brought together: what monitoring and evaluation work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from mingsuan.dialects.dialect import Dialect
from mingsuan.indicators.library import find, percent_of
from mingsuan.model import Disclosure, Finding
from mingsuan.performance.evaluation import Evaluation, evaluate
from mingsuan.performance.evidence.binding import Binding, BoundSpending, Explanation, Money
from mingsuan.performance.evidence.binding_file import read_binding
from mingsuan.performance.evidence.collecting import collect
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.facts import facts_of
from mingsuan.performance.fitting import misfits, untimely
from mingsuan.performance.forms import Said
from mingsuan.performance.monitoring import Monitoring, monitor
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Aim, Plan, plan_of
from mingsuan.performance.scoring import Spending
from mingsuan.values import dataclass

APPROVED = "年初预算数"
"""The measure of the library that is the department's whole budget."""


@dataclass(frozen=True)
class Case:
    """A plan with its evidence. Names of projects ("" for the department) and indicators are spelt as `keyed` spells them.

    Attributes:
        evidence: by project and indicator.
        spending: by project.
        funds: by project and source of the money, where the office tells them apart.
        findings: what is wrong with the evidence.
        dialect: of the disclosure, None where none was recognised.
    """

    plan: Plan
    binding: Binding
    evidence: Mapping[str, Mapping[str, Evidence]]
    spending: Mapping[str, Spending]
    funds: Mapping[str, Mapping[Money, Spending]]
    findings: tuple[Finding, ...]
    dialect: Dialect | None = None

    @property
    def explanations(self) -> Mapping[tuple[str, str], Explanation]:
        """What the office says of deviations, by project and indicator."""
        return {(keyed(e.project), keyed(e.indicator)): e for e in self.binding.explanations}

    @property
    def said(self) -> Said:
        """What the office adds to the numbers."""
        return Said(self.funds, {keyed(project): done for project, done in self.binding.goals}, self.explanations)

    def monitored(self, at: date | None = None) -> Monitoring:
        """How the plan stands at a date, by default the last day of the evidence."""
        day = at or self.binding.period.last
        found = monitor(self.plan, self.evidence, self.spending, day)
        return replace(found, findings=(*self.findings, *untimely(self.plan, self.binding, day)))

    def evaluated(self) -> Evaluation:
        """The score of the year.

        Raises:
            WeightsError: the office's weights do not make 100 points.
            UnknownPartError: a weight is for no part of the scheme.
            NoSchemeError: there is no scheme for the year.
        """
        said = {key: explanation.text for key, explanation in self.explanations.items()}
        found = evaluate(self.plan, self.evidence, self.spending, weights=dict(self.binding.weights) or None, explanations=said)
        return replace(found, findings=(*self.findings, *untimely(self.plan, self.binding, None)))


def open_case(disclosure: Disclosure, dialect: Dialect | None, binding: Path, limits: Limits = USUAL) -> Case:
    """Bring a disclosure and the evidence of a binding together.

    Raises:
        EvidenceError: the binding cannot be read.
    """
    bound = read_binding(binding)
    plan = plan_of(disclosure, dialect)
    plan = replace(plan, year=plan.year or bound.period.first.year)
    collected = collect(bound, limits)
    typed: dict[str, dict[str, Evidence]] = {}
    for given in collected.evidence:
        typed.setdefault(keyed(given.project), {})[keyed(given.indicator)] = given
    facts = {**facts_of(disclosure, dialect), **dict(bound.facts)}
    funds = _funds(bound)
    spending = _spending(plan, bound, funds, facts.get(APPROVED))
    whole = spending.get("", Spending(None))
    found = {keyed(aim.name): one for aim in plan.overall if (one := _computed(aim, facts, whole, bound)) is not None}
    joined = {**typed, "": {**found, **typed.get("", {})}}
    problems = misfits(plan, bound, spending, typed.get("", {}), found)
    return Case(plan, bound, joined, spending, funds, (*collected.findings, *problems), dialect)


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


def _funds(binding: Binding) -> dict[str, dict[Money, Spending]]:
    found: dict[str, dict[Money, Spending]] = {}
    for money in binding.spending:
        if money.fund is not None:
            found.setdefault(keyed(money.project), {})[money.fund] = _amounts(money)
    return found


def _amounts(money: BoundSpending) -> Spending:
    return Spending(money.approved, money.adjusted, money.spent)


def _spending(
    plan: Plan, binding: Binding, funds: Mapping[str, Mapping[Money, Spending]], approved: Decimal | None
) -> Mapping[str, Spending]:
    """Spending by project: what is written of the whole, else the sum of what is written by source of the money.

    A budget that the evidence does not give is the one that the plan prints; `approved` is that of the department.
    """
    whole = {keyed(money.project): _amounts(money) for money in binding.spending if money.fund is None}
    summed = {project: _sum(tuple(parts.values())) for project, parts in funds.items() if project not in whole}
    budgets = {keyed(project.name): project.budget for project in plan.projects} | {"": approved}
    return {
        project: money if money.approved is not None else replace(money, approved=budgets.get(project))
        for project, money in (whole | summed).items()
    }


def _sum(parts: tuple[Spending, ...]) -> Spending:
    def total(amounts: tuple[Decimal | None, ...]) -> Decimal | None:
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known else None

    return Spending(total(tuple(p.approved for p in parts)), total(tuple(p.adjusted for p in parts)), total(tuple(p.spent for p in parts)))
