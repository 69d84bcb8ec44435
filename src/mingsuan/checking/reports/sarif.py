"""Reports as SARIF 2.1.0 (OASIS), which code hosts and review tools read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from mingsuan.checking.collection import rules
from mingsuan.checking.reports.checked import Checked
from mingsuan.checking.telling.cell_names import named
from mingsuan.model import Finding, Level, Side, Waived
from mingsuan.version import __version__

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(documents: Iterable[Checked]) -> dict[str, Any]:
    """One run with the findings of all documents; muted findings are suppressed results with their reason."""
    results: list[dict[str, Any]] = []
    for document in documents:
        results.extend(_result(f, document.name) for f in document.report.findings)
        results.extend(_suppressed(w, document.name) for w in document.report.waived)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": _driver(results)}, "language": "zh-CN", "results": results}],
    }


def _driver(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The program with those of its rules that found something."""
    used = {result["ruleId"] for result in results}
    described = [
        {
            "id": rule.code,
            "name": rule.code,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.manual},
            "defaultConfiguration": {"level": _LEVELS[rule.level]},
            "properties": {"chapter": rule.chapter, "basis": rule.basis},
        }
        for rule in rules().values()
        if rule.code in used
    ]
    return {"name": "mingsuan", "fullName": "明算", "version": __version__, "rules": described}


def _result(finding: Finding, name: str) -> dict[str, Any]:
    message = f"{finding.message}{finding.fix}" if finding.fix and finding.fix not in finding.message else finding.message
    first, *others = finding.sides or (None,)
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": message},
        "locations": [_location(first, name)],
        "relatedLocations": [{"id": n, **_location(side, name)} for n, side in enumerate(others, start=1)],
        "partialFingerprints": {"mingsuan/v1": finding.fingerprint},
        "properties": {"observed": finding.observed, "expected": finding.expected, "basis": finding.basis},
    }


def _suppressed(waived: Waived, name: str) -> dict[str, Any]:
    reason = f"{waived.waiver.reason}（{waived.waiver.person}，{waived.waiver.date}）"
    return {**_result(waived.finding, name), "suppressions": [{"kind": "external", "justification": reason}]}


def _location(side: Side | None, name: str) -> dict[str, Any]:
    """A file with its line where it has lines; page, sheet and cell go into words."""
    place = side.place if side else None
    file = quote(place.file if place and place.file else name)
    physical: dict[str, Any] = {"artifactLocation": {"uri": file}}
    if place is not None and place.line is not None:
        physical["region"] = {"startLine": place.line} | ({"endLine": place.end_line} if place.end_line else {})
    found: dict[str, Any] = {"physicalLocation": physical}
    if side is not None:
        found["message"] = {"text": "：".join(part for part in (str(side.place), named(side.label), side.text) if part)}
    return found
