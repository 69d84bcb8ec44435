"""Facts of disclosure law, each with the article that says so; the `basis` of a rule is one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mingsuan.codes import packaged
from mingsuan.codes.classification import Certainty


class LawFact(NamedTuple):
    """One fact.

    Attributes:
        id: "R12".
        rule: the law or regulation, 预算法(2018修正).
        doc_no: its number, "" for mere practice.
        article: 第14条第2款, "" where the whole text is meant.
        fact: what it requires, in short.
        use: what a check may use it for.
        certainty: how far the wording may be trusted.
        cite: where it was read.
    """

    id: str
    rule: str
    doc_no: str
    article: str
    fact: str
    use: str
    certainty: Certainty
    cite: str

    @property
    def basis(self) -> str:
        """The citation that a finding prints: 《地方预决算公开操作规程》（财预〔2016〕143号）空表."""
        number = f"（{self.doc_no}）" if self.doc_no else ""
        return f"《{self.rule}》{number}{self.article}"


class UnknownFactError(LookupError):
    """Asked for a fact of law that the data does not have."""

    def __init__(self, fact_id: str) -> None:
        """Name the id that was asked for."""
        super().__init__(f"没有编号为“{fact_id}”的法规条目；编号见 codes/data/law.csv，R01 至 R{len(law())}。")


@cache
def law() -> Mapping[str, LawFact]:
    """All facts by id."""
    return {row[0]: LawFact(row[0], row[1], row[2], row[3], row[4], row[5], Certainty(row[6]), row[7]) for row in packaged.rows("law")}


def law_fact(fact_id: str) -> LawFact:
    """The fact with this id.

    Raises:
        UnknownFactError: there is none.
    """
    try:
        return law()[fact_id]
    except KeyError:
        raise UnknownFactError(fact_id) from None
