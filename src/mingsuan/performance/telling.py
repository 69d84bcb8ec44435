"""The results of an evaluation in the disclosure's own words: one sentence, written by the dialect's template and read back by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import rounded
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.sentences.sentences import load_sentences, write
from mingsuan.dialects.sentences.wording import SlotValue
from mingsuan.dialects.sentences.writing import MissingSlotError
from mingsuan.model import Disclosure, Section
from mingsuan.performance.evaluation import Evaluation
from mingsuan.reading.claims.statements import read_claims

SAYS = "绩效自评结果"
"""What the sentence is about, by which templates are found."""
_SECTION = "performance_note"


def told(evaluation: Evaluation, dialect: Dialect) -> str:
    """The sentence with its stop, "" where no project was scored in full, or the dialect has no words for it."""
    scored = [one for one in evaluation.projects if one.score.complete]
    budgets = [one.score.spending.base or Decimal(0) for one in scored]
    spent = [one.score.spending.spent or Decimal(0) for one in scored]
    if not scored:
        return ""
    grades = Counter(one.score.grade for one in scored)
    budget, spending = (rounded(sum(amounts, Decimal(0)), "万元", 2) for amounts in (budgets, spent))
    values: dict[str, SlotValue] = {
        "year": str(evaluation.plan.year or ""),
        "projects": Decimal(len(scored)),
        "budget": budget,
        "spent": spending,
        **{slot: Decimal(grades[grade]) for slot, grade in {"best": "优", "good": "良", "fair": "中", "poor": "差"}.items()},
    }
    try:
        return f"{write(load_sentences(dialect.folders), SAYS, values)}。"
    except MissingSlotError:
        return ""


def joined(disclosure: Disclosure, evaluation: Evaluation, dialect: Dialect) -> Disclosure:
    """The disclosure with the results, and the claims that they make, in its section on performance; itself where it has none."""
    sentence = told(evaluation, dialect)
    if not sentence or not any(section.kind == _SECTION for section in disclosure.sections):
        return disclosure
    sections = tuple(_with(section, sentence) if section.kind == _SECTION else section for section in disclosure.sections)
    return replace(disclosure, sections=sections, claims=read_claims(sections, load_sentences(dialect.folders), disclosure.year))


def _with(section: Section, sentence: str) -> Section:
    return replace(section, text=f"{section.text}\n{sentence}" if section.text else sentence)
