import pytest

from mingsuan.places import NOWHERE, Place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.txt", line=12, column=3), "第12行第3列"),
        (Place("a.txt", line=12, end_line=14), "第12—14行"),
        (Place("a.txt", line=12, end_line=12), "第12行"),
        (Place("a.pdf", page=4, box=(1.0, 2.0, 3.0, 4.0)), "第4页"),
        (Place("a.xlsx", sheet="表三", cell="B7"), "工作表“表三”B7"),
        (Place("a.txt"), "a.txt"),
    ],
)
def test_a_place_is_shown_in_chinese(place: Place, text: str) -> None:
    assert str(place) == text


def test_what_was_not_read_from_a_file_has_no_place() -> None:
    assert str(NOWHERE) == ""


def test_places_are_values() -> None:
    assert len({Place("a.txt", line=1), Place("a.txt", line=1), Place("a.txt", line=2)}) == 2
