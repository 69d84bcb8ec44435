"""Reports as JSON and back (`schema/check.schema.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mingsuan.model.findings import WHOLE_TEXT, Finding, Level, Receipt, Repair, Report, Side, Status, Waived, Waiver
from mingsuan.model.json_places import Json, place_from_json, place_to_json


def report_to_json(report: Report) -> Json:
    """A report as `mingsuan check` writes it."""
    return {
        "findings": [_finding(f) for f in report.findings],
        "receipts": [_receipt(r) for r in report.receipts],
        "waived": [{"finding": _finding(w.finding), "waiver": _waiver(w.waiver)} for w in report.waived],
        "idle_waivers": [{**_waiver(waiver), "why": why} for waiver, why in report.idle_waivers],
    }


def report_from_json(data: Mapping[str, Any]) -> Report:
    """The report that `report_to_json` wrote.

    Raises:
        KeyError: a required key is missing.
        ValueError: a value is not of the form that the schema describes.
    """
    return Report(
        findings=tuple(_read_finding(f) for f in data["findings"]),
        receipts=tuple(_read_receipt(r) for r in data["receipts"]),
        waived=tuple(Waived(_read_finding(w["finding"]), _read_waiver(w["waiver"])) for w in data.get("waived", [])),
        idle_waivers=tuple((_read_waiver(w), str(w["why"])) for w in data.get("idle_waivers", [])),
    )


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "places": [_side(s) for s in finding.sides],
        "observed": finding.observed,
        "expected": finding.expected,
        "difference": finding.difference,
        "repairs": [_repair(r) for r in finding.repairs],
        "witnesses": list(finding.witnesses),
        "basis": finding.basis,
        "conversion_suspected": finding.conversion_suspected,
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
    }


def _read_finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        code=data["code"],
        level=Level(data["level"]),
        message=data["message"],
        sides=tuple(Side(place_from_json(s), s.get("label", ""), s.get("text", "")) for s in data["places"]),
        observed=data["observed"],
        expected=data["expected"],
        difference=data["difference"],
        repairs=tuple(
            Repair(place_from_json(r["place"]), r["place"].get("label", ""), r["from"], r["to"], r["operation"]) for r in data["repairs"]
        ),
        witnesses=tuple(data["witnesses"]),
        basis=data["basis"],
        conversion_suspected=data["conversion_suspected"],
        fix=data.get("fix", ""),
    )


def _side(side: Side) -> Json:
    return {**place_to_json(side.place), "label": side.label, "text": side.text}


def _repair(repair: Repair) -> Json:
    return {
        "place": {**place_to_json(repair.place), "label": repair.label},
        "from": repair.before,
        "to": repair.after,
        "operation": repair.operation,
    }


def _receipt(receipt: Receipt) -> Json:
    return {
        "obligation": receipt.obligation,
        "status": receipt.status.value,
        "reason": receipt.reason,
        "places": [place_to_json(p) for p in receipt.places],
        "rule": receipt.rule,
        "about": receipt.about,
    }


def _read_receipt(data: Mapping[str, Any]) -> Receipt:
    return Receipt(
        obligation=data["obligation"],
        status=Status(data["status"]),
        reason=data["reason"],
        places=tuple(place_from_json(p) for p in data["places"]),
        rule=data.get("rule", ""),
        about=data.get("about", WHOLE_TEXT),
    )


def _waiver(waiver: Waiver) -> Json:
    return {
        "fingerprint": waiver.fingerprint,
        "reason": waiver.reason,
        "person": waiver.person,
        "date": waiver.date.isoformat(),
        "until": None if waiver.until is None else waiver.until.isoformat(),
    }


def _read_waiver(data: Mapping[str, Any]) -> Waiver:
    until = data.get("until")
    return Waiver(
        data["fingerprint"],
        data["reason"],
        data["person"],
        date.fromisoformat(data["date"]),
        None if until is None else date.fromisoformat(until),
    )
