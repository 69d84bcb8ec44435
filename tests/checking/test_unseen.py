"""Real documents whose province's forms are taken away: nothing false of level error may be said of them."""

from __future__ import annotations

import pytest

from bench.shared import CORPUS
from bench.unseen import measure
from mingsuan.model import Level

FILES = ["b2018_jiangsu_court_dept.pdf", "b2024_putuo_wanli_dept.pdf", "f2024_putuo_planning_dept.pdf"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the real PDFs of ../shared/corpus (or MINGSUAN_SHARED)")
@pytest.mark.parametrize("file", FILES)
def test_a_stranger_s_reading_says_no_error_that_the_own_forms_do_not(file: str) -> None:
    outcome = measure(CORPUS / file)
    assert outcome is not None
    assert not [f.message for f in outcome.other if f.level is Level.ERROR]
    assert outcome.kept
