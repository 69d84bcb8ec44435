"""The results of an evaluation in the disclosure's words: written by the template, read back by it, and checked like any sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Section
from mingsuan.performance.evaluation import Evaluation, evaluate
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan, PlannedProject
from mingsuan.performance.scoring import Spending
from mingsuan.performance.telling import joined, told
from mingsuan.places import NOWHERE
from tests.performance.aims import aim, shown

HENAN = load("zhengzhou-2023")
AIMS = (aim("产出指标", "数量", "≥100次"), aim("效益指标", "效果", "明显"), aim("满意度指标", "满意度", "≥90%"))


def evaluation(*done: int) -> Evaluation:
    """A project for each number of what was done; each spent 95 of its 100 万元."""
    names = [f"项目{n}" for n in range(1, len(done) + 1)]
    plan = Plan("某局", 2023, None, (), tuple(PlannedProject(name, Decimal(1_000_000), AIMS) for name in names))
    values = {
        keyed(name): dict([shown("数量", number, "次"), shown("效果", "明显"), shown("满意度", 90, "%")])
        for name, number in zip(names, done, strict=True)
    }
    spending = {keyed(name): Spending(Decimal(1_000_000), None, Decimal(950_000)) for name in names}
    return evaluate(plan, values, spending)


def disclosure() -> Disclosure:
    return Disclosure(
        department="某局",
        year=2023,
        dialect=HENAN.name,
        sections=(Section("预算绩效情况", "performance_note", 1, NOWHERE, "按要求开展。"),),
    )


def test_the_sentence_by_hand() -> None:
    # 9.50 + 50 + 30 + 10 = 99.50, 优; with half the number 9.50 + 25 + 40 = 74.50, 中
    assert told(evaluation(100, 50), HENAN) == (
        "2023年对2个项目开展绩效自评，涉及预算200.00万元，支出190.00万元，预算执行率95.00%；其中等级为优的1个、良的0个、中的1个、差的0个。"
    )


def test_what_was_not_scored_in_full_is_not_told() -> None:
    plan = Plan("某局", 2023, None, (), (PlannedProject("甲", Decimal(1), AIMS),))

    assert told(evaluate(plan, {}, {}), HENAN) == ""
    assert joined(disclosure(), evaluate(plan, {}, {}), HENAN) == disclosure()


def test_the_joined_sentence_is_read_back_as_claims_with_their_relation() -> None:
    found = joined(disclosure(), evaluation(100, 50), HENAN)

    claims = {claim.measure: claim for claim in found.claims}
    assert claims["自评项目预算"].value == Decimal("200.00")
    assert claims["自评为优的项目数"].value == 1
    assert any(claim.relation == "part / whole" and claim.value == Decimal("95.00") for claim in found.claims)
    assert found.sections[0].text.startswith("按要求开展。\n2023年对2个项目")


def test_a_wrong_rate_in_the_sentence_is_found() -> None:
    right = joined(disclosure(), evaluation(100, 50), HENAN)
    text = right.sections[0].text.replace("95.00%", "59.00%")
    from mingsuan.dialects.sentences.sentences import load_sentences
    from mingsuan.reading.claims.statements import read_claims

    sections = (replace(right.sections[0], text=text),)
    wrong = replace(right, sections=sections, claims=read_claims(sections, load_sentences(HENAN.folders), 2023))

    assert not any(f.code.startswith("NAR") for f in check(right, HENAN).findings)
    assert any(f.code.startswith("NAR") and "59.00%" in f.observed for f in check(wrong, HENAN).findings)
