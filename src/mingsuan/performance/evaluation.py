"""Evaluation: what a department and its projects reached in a year, in points, with the deviations that need an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from mingsuan.model import Finding
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan
from mingsuan.performance.schemes import Scheme, scheme_for
from mingsuan.performance.scoring import Score, Scored, Spending, score
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Evaluated:
    """A score of a project, or of the department as a whole (`name` "")."""

    name: str
    score: Score

    @property
    def deviations(self) -> tuple[Scored, ...]:
        """The lines whose deviation is to be explained."""
        return tuple(line for line in self.score.lines if line.explain)

    @property
    def unknown(self) -> tuple[Scored, ...]:
        """The lines that could not be scored."""
        return tuple(line for line in self.score.lines if line.earned is None and line.points)

    @property
    def outside(self) -> tuple[Scored, ...]:
        """The lines that the scheme gives no points."""
        return tuple(line for line in self.score.lines if not line.points)


@dataclass(frozen=True)
class Evaluation:
    """A department's year.

    Attributes:
        overall: the department as a whole, None where its plan has no overall aims.
        explanations: what the office says of deviations, by project and indicator as `keyed` spells them.
        findings: what is wrong with the evidence.
    """

    plan: Plan
    overall: Evaluated | None
    projects: tuple[Evaluated, ...]
    explanations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def scored(self) -> tuple[Evaluated, ...]:
        """Everything that has a score, the department as a whole first."""
        return (*((self.overall,) if self.overall else ()), *self.projects)

    @property
    def unexplained(self) -> tuple[tuple[str, Scored], ...]:
        """Deviations that need an explanation and have none."""
        return tuple(
            (one.name, line)
            for one in self.scored
            for line in one.deviations
            if (keyed(one.name), keyed(line.aim.name)) not in self.explanations
        )


def evaluate(
    plan: Plan,
    evidence: Mapping[str, Mapping[str, Evidence]],
    spending: Mapping[str, Spending],
    *,
    weights: Mapping[str, Decimal] | None = None,
    explanations: Mapping[tuple[str, str], str] | None = None,
) -> Evaluation:
    """Score a plan.

    Args:
        plan: targets and budgets.
        evidence: values, by project ("" for the department) and indicator as `keyed` spells both.
        spending: money, by project.
        weights: the office's own weights of the first-level parts, with 预算执行率; they must make 100.
        explanations: of deviations, by project and indicator.

    Raises:
        WeightsError: the weights do not make 100 points.
        UnknownPartError: a weight is for no part of the scheme.
        NoSchemeError: there is no scheme for the year.
    """
    year = plan.year or 0
    scheme = scheme_for("project", year, plan.region)
    scheme = scheme.with_weights(weights) if weights else scheme
    projects = tuple(
        Evaluated(
            project.name,
            score(
                project.aims,
                evidence.get(keyed(project.name), {}),
                scheme,
                spending.get(keyed(project.name), Spending(project.budget)),
                year,
            ),
        )
        for project in plan.projects
    )
    return Evaluation(plan, _overall(plan, evidence, spending, year), projects, explanations or {})


def _overall(plan: Plan, evidence: Mapping[str, Mapping[str, Evidence]], spending: Mapping[str, Spending], year: int) -> Evaluated | None:
    if not plan.overall:
        return None
    scheme: Scheme = scheme_for("overall", year, plan.region)
    return Evaluated("", score(plan.overall, evidence.get("", {}), scheme, spending.get("", Spending(None)), year))
