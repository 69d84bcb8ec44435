"""What is written reads back as what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.model import Disclosure
from mingsuan.publishing.comparing import differences
from mingsuan.publishing.legible import legible_disclosure
from tests.publishing.samples import BUDGETS, HOSTILE, WRITERS, published, read_again, sample, with_names

CASES = [
    *(
        (name, form, seed)
        for name, form, seed in zip(BUDGETS * 3, ("docx",) * 6 + ("xlsx",) * 6 + ("html",) * 6, (1, 9, 3, 4, 1, 6) * 3, strict=True)
    ),
    *((name, "pdf", 2) for name in ("jiangsu-2017", "shanghai-budget")),
    ("jiangsu-2017", "docx", 11),
    ("shanghai-budget", "html", 12),
    ("zhengzhou-2021", "xlsx", 13),
]


@pytest.mark.parametrize(("name", "form", "seed"), CASES)
def test_a_published_disclosure_reads_back_equal(name: str, form: str, seed: int) -> None:
    made = sample(name, seed)
    assert list(differences(made, read_again(WRITERS[form](published(made)), made))) == []


@pytest.mark.parametrize("form", WRITERS)
def test_names_that_look_like_markup_or_formulas_are_names(form: str) -> None:
    made = with_names(sample("jiangsu-2017", 5), *HOSTILE)
    assert list(differences(made, read_again(WRITERS[form](published(made)), made))) == []


@pytest.mark.parametrize("form", WRITERS)
def test_what_cannot_be_printed_is_left_out_and_the_rest_reads_back(form: str) -> None:
    made = legible_disclosure(with_names(sample("shanghai-budget"), "服务\x00\x0b\u202e\ud800中心"))
    assert list(differences(made, read_again(WRITERS[form](published(made)), made))) == []


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_a_disclosure_of_tables_alone_reads_back_equal(form: str) -> None:
    made = replace(sample("jiangsu-2017"), sections=())
    found = read_again(WRITERS[form](published(made)), made)
    assert list(differences(made, found)) == []


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_disclosure_gives_the_same_bytes(form: str) -> None:
    made = sample("jiangsu-2017")
    assert WRITERS[form](published(made)) == WRITERS[form](published(_copied(made)))


def _copied(disclosure: Disclosure) -> Disclosure:
    return replace(
        disclosure, tables=tuple(replace(t, rows=tuple(replace(r, cells=dict(r.cells)) for r in t.rows)) for t in disclosure.tables)
    )
