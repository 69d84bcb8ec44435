"""Department economic classes and the government classes they are paid through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan import codes
from mingsuan.codes import UnknownNatureError
from mingsuan.codes.classification import bundled, classification
from mingsuan.codes.correspondence import pairings


@pytest.mark.parametrize(("nature", "government"), [("行政", "50101"), ("参公", "50101"), ("事业", "50501")])
def test_pay_follows_the_nature_of_the_post(nature: str, government: str) -> None:
    assert codes.government_for("30101", nature) == government


def test_no_government_class_where_the_correspondence_has_none() -> None:
    assert codes.government_for("30107", "行政") is None
    assert codes.government_for("30107", "事业") == "50501"
    assert codes.government_for("39999x", "事业") is None


def test_an_unknown_nature_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownNatureError, match=r"企业.*行政、参公、事业"):
        codes.government_for("30101", "企业")


@pytest.mark.parametrize(("department", "government", "known"), [
    ("30101", "50101", True),
    ("30101", "50501", True),
    ("30101", "50201", False),
    ("31002", "50306", True),
    ("31002", "50601", True),
    ("30902", "50404", True),
    ("30902", "50306", False),
    ("31201", "50803", True),
    ("301", "501", True),
    ("301", "505", True),
    ("301", "502", False),
    ("", "", False),
])  # fmt: skip
def test_a_pair_is_known_if_either_nature_or_an_edition_has_it(department: str, government: str, known: bool) -> None:
    assert codes.pair_known(department, government) is known


def test_a_class_without_correspondence_says_so() -> None:
    assert codes.governments_for("31206") == frozenset()
    assert codes.governments_for("30101") == {"50101", "50501"}


def test_every_pair_is_made_of_known_codes() -> None:
    for department, pairing in pairings().items():
        assert department in bundled(classification("department_economic"))
        assert pairing.every <= bundled(classification("government_economic")).keys()


@given(st.text(), st.text(), st.sampled_from(["行政", "参公", "事业"]))
def test_no_text_makes_the_correspondence_fail(department: str, government: str, nature: str) -> None:
    own = codes.government_for(department, nature)
    assert own is None or own in codes.governments_for(department)
    assert not codes.pair_known(department, government) or min(len(department), len(government)) >= 3
