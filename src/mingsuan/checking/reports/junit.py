"""Reports as JUnit XML, which build servers read: a suite for each document, a case for each receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from mingsuan.checking.reports.checked import Checked
from mingsuan.model import Finding, Level, Receipt, Status
from mingsuan.printable import printable

_SKIPPED = {Status.NOT_APPLICABLE: "不适用", Status.NOT_EXECUTED: "未执行", Status.INSUFFICIENT: "数据不足"}


def junit(documents: Iterable[Checked]) -> bytes:
    """All documents. Only findings of level error fail a case; what was not checked is skipped, never passed."""
    root = etree.Element("testsuites", name="mingsuan")
    for document in documents:
        root.append(_suite(document))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _suite(document: Checked) -> etree._Element:
    findings: dict[str, list[Finding]] = {}
    for finding in document.report.findings:
        findings.setdefault(finding.code, []).append(finding)
    cases = [_case(receipt, _own(receipt, findings.get(receipt.rule, []))) for receipt in document.report.receipts]
    counts = Counter(child.tag for case in cases for child in case)
    suite = etree.Element(
        "testsuite",
        name=printable(document.name),
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        skipped=str(counts["skipped"]),
        errors="0",
    )
    suite.extend(cases)
    return suite


def _own(receipt: Receipt, findings: list[Finding]) -> list[Finding]:
    """The findings of its rule that a receipt is about: those that stand where it looked."""
    if receipt.status is not Status.FAILED:
        return []
    places = set(receipt.places)
    return [f for f in findings if not places.isdisjoint(side.place for side in f.sides)] or findings


def _case(receipt: Receipt, findings: list[Finding]) -> etree._Element:
    case = etree.Element("testcase", classname=printable(receipt.about), name=printable(receipt.obligation))
    if receipt.status in _SKIPPED:
        etree.SubElement(case, "skipped", message=printable(f"{_SKIPPED[receipt.status]}：{receipt.reason}"))
    if receipt.status is Status.FAILED and not findings:
        etree.SubElement(case, "skipped", message="有问题，已豁免")
    errors = [f for f in findings if f.level is Level.ERROR]
    if errors:
        failure = etree.SubElement(case, "failure", message=printable(errors[0].message), type=receipt.rule or "mingsuan")
        failure.text = printable("\n".join(f.message for f in errors))
    others = [f for f in findings if f.level is not Level.ERROR]
    if others:
        etree.SubElement(case, "system-out").text = printable("\n".join(f.message for f in others))
    return case
