"""Monitoring and evaluation as plain data: amounts in 元 and points as text, so that no digit is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingsuan.model import Finding
from mingsuan.model.json_places import place_to_json
from mingsuan.performance.comparing import Compared
from mingsuan.performance.drilling import Drilled
from mingsuan.performance.evaluation import Evaluated, Evaluation
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.monitoring import Monitoring, Watched, WatchedProject
from mingsuan.performance.packs.measuring import Measured
from mingsuan.performance.plan import Aim
from mingsuan.performance.results import Recommendation, Rectification
from mingsuan.performance.scoring import Scored, Spending

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def monitoring_to_json(monitoring: Monitoring) -> dict[str, Json]:
    """`{department, year, at, projects: [{project, light, money, targets: [...]}], findings}`; project "" is the department as a whole."""
    plan = monitoring.plan
    projects: list[Json] = [_project(project) for project in monitoring.projects]
    return {
        "department": plan.department,
        "year": plan.year,
        "at": monitoring.at.isoformat(),
        "projects": projects,
        "findings": _findings(monitoring.findings),
    }


def _findings(findings: Sequence[Finding]) -> Json:
    return [{"code": f.code, "level": f.level.value, "message": f.message} for f in findings]


def _project(project: WatchedProject) -> Json:
    money = project.money
    return {
        "project": project.name,
        "light": project.light.value,
        "money": {
            **_spending(money.spending),
            "projected": _text(money.projected),
            "light": money.light.value,
            "reason": money.reason,
        },
        "targets": [_watched(target) for target in project.targets],
    }


def _watched(target: Watched) -> Json:
    return {
        **_aim(target.aim),
        "evidence": _evidence(target.evidence) if target.evidence else None,
        "share": _text(target.now.share),
        "reached": target.now.reached,
        "projected": _text(target.projected),
        "light": target.light.value,
        "reason": target.reason,
    }


def evaluation_to_json(
    evaluation: Evaluation, recommendations: Sequence[Recommendation] = (), rectification: Sequence[Rectification] = ()
) -> dict[str, Json]:
    """`{department, year, overall, projects: [{project, total, grade, parts, lines, …}], recommendations, rectification, findings}`."""
    return {
        "department": evaluation.plan.department,
        "year": evaluation.plan.year,
        "overall": _evaluated(evaluation.overall) if evaluation.overall else None,
        "projects": [_evaluated(one) for one in evaluation.projects],
        "recommendations": [
            {"project": r.project, "advice": r.advice.value, "rule": r.rule, "amount": _text(r.amount), "basis": r.basis}
            for r in recommendations
        ],
        "rectification": [
            {
                "key": i.key,
                "project": i.project,
                "what": i.what,
                "owner": i.owner,
                "open": i.open,
                "done": i.done,
                "due": i.due.isoformat() if i.due else None,
                "closed": i.closed.isoformat() if i.closed else None,
            }
            for i in rectification
        ],
        "findings": _findings(evaluation.findings),
    }


def comparison_to_json(rows: Sequence[Compared]) -> Json:
    """`[{project, last, last_grade, this, this_grade, change}]`."""
    return [
        {
            "project": one.name,
            "last": _text(one.last.points) if one.last else None,
            "last_grade": one.last.grade if one.last else None,
            "this": _text(one.this.points) if one.this else None,
            "this_grade": one.this.grade if one.this else None,
            "change": _text(one.change),
        }
        for one in rows
    ]


def evidence_to_json(evidence: Sequence[Evidence], findings: Sequence[Finding]) -> dict[str, Json]:
    """`{evidence: [{project, indicator, value, unit, …}], findings}`."""
    listed: list[Json] = [{"project": one.project, "indicator": one.indicator, **_evidence(one)} for one in evidence]
    return {"evidence": listed, "findings": _findings(findings)}


def drilled_to_json(drilled: Drilled) -> dict[str, Json]:
    """`{indicator, project, measure, file, value, …, breakdowns, parts: [{name, value, …}], failing: {number, columns, rows}}`."""
    failing = drilled.failing
    return {
        "indicator": drilled.entry.indicator,
        "project": drilled.entry.project,
        "measure": drilled.measure.name,
        "file": drilled.file,
        **_measured(drilled.whole),
        "breakdowns": [{"name": name, "title": title} for name, title in drilled.breakdowns],
        "parts": [_measured(part) for part in drilled.parts],
        "failing": {
            "number": failing.number,
            "columns": list(failing.columns),
            "rows": [{"place": place, "values": list(values)} for place, values in failing.rows],
        },
        "findings": _findings(drilled.findings),
    }


def _measured(measured: Measured) -> dict[str, Json]:
    return {
        "name": measured.name,
        "value": _text(measured.value),
        "unit": measured.unit,
        "numerator": _text(measured.numerator),
        "denominator": _text(measured.denominator),
    }


def _evaluated(one: Evaluated) -> Json:
    score = one.score
    parts: dict[str, Json] = {name: {"earned": _text(earned), "points": _text(most)} for name, (earned, most) in score.by_part().items()}
    return {
        "project": one.name,
        "total": _text(score.total),
        "possible": _text(score.possible),
        "complete": score.complete,
        "grade": score.grade,
        "scheme": score.scheme.title,
        "basis": score.scheme.basis,
        "spending": _spending(score.spending),
        "execution": {"earned": _text(score.execution), "points": _text(score.execution_points)},
        "parts": parts,
        "lines": [_scored(line) for line in score.lines],
    }


def _scored(line: Scored) -> Json:
    return {
        **_aim(line.aim),
        "part": line.part,
        "points": _text(line.points),
        "earned": _text(line.earned),
        "share": _text(line.attainment.share),
        "reached": line.attainment.reached,
        "reason": line.attainment.reason,
        "explain": line.explain,
        "evidence": _evidence(line.evidence) if line.evidence else None,
    }


def _aim(aim: Aim) -> dict[str, Json]:
    return {"path": list(aim.path), "name": aim.name, "target": aim.target.text, "place": place_to_json(aim.place)}


def _evidence(evidence: Evidence) -> dict[str, Json]:
    return {
        "value": _text(evidence.value) if isinstance(evidence.value, Decimal) else str(evidence.value),
        "unit": evidence.unit,
        "numerator": _text(evidence.numerator),
        "denominator": _text(evidence.denominator),
        "formula": evidence.formula,
        "owner": evidence.owner,
        "from": evidence.period.first.isoformat(),
        "to": evidence.period.last.isoformat(),
        "shown": [{"file": s.file, "sha256": s.sha256, "rows": s.rows} for s in evidence.shown],
        "note": evidence.note,
    }


def _spending(spending: Spending) -> dict[str, Json]:
    return {
        "approved": _text(spending.approved),
        "adjusted": _text(spending.adjusted),
        "spent": _text(spending.spent),
        "rate": _text(spending.rate.quantize(Decimal("0.0001")) if spending.rate is not None else None),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
