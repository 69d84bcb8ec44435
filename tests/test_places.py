import pytest

from mingsuan.places import NOWHERE, Place, extent, rows_named


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


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([Place("a.txt", line=12, column=3), Place("a.txt", line=14, column=1)], "第12—14行"),
        ([Place("a.docx", line=30, table=3, row=1, column=1), Place("a.docx", line=34, table=3, row=5, column=2)], "第3个表第1—5行"),
        ([Place("a.docx", line=30, table=3, row=1), Place("a.docx", line=44, table=4, row=5)], "第3个表"),
        ([Place("a.xlsx", sheet="表三", cell="A3"), Place("a.xlsx", sheet="表三", cell="AB20")], "工作表“表三”A3:AB20"),
        (
            [Place("a.pdf", 4, (1.0, 2.0, 3.0, 4.0), table=1, row=2), Place("a.pdf", 6, (0.0, 0.0, 9.0, 9.0), table=1, row=7)],
            "第4—6页第1个表",
        ),
        ([], ""),
    ],
)
def test_an_extent_covers_its_places(places: list[Place], text: str) -> None:
    assert str(extent(places)) == text


def test_the_box_of_an_extent_is_on_its_first_page() -> None:
    boxes = [
        Place("a.pdf", 4, (10.0, 20.0, 30.0, 40.0)),
        Place("a.pdf", 4, (30.0, 5.0, 50.0, 40.0)),
        Place("a.pdf", 5, (0.0, 0.0, 99.0, 99.0)),
    ]
    assert extent(boxes) == Place("a.pdf", 4, (10.0, 5.0, 50.0, 40.0), end_page=5)


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (Place("a.txt", line=12, column=3), "第12行"),
        (Place("a.docx", line=30, table=3, row=4, column=2), "第3个表第4行"),
        (Place("a.xlsx", sheet="表三", cell="AB20"), "工作表“表三”第20行"),
        (Place("a.pdf", 4, (1.0, 2.0, 3.0, 4.0), table=2, row=7, column=1), "第4页第2个表第7行"),
    ],
)
def test_a_cell_stands_in_a_row(place: Place, row: str) -> None:
    assert str(place.of_row) == row


def test_rows_are_named_together() -> None:
    assert rows_named([Place(line=12, column=1), Place(line=12, column=2), Place(line=14)]) == "第12、14行"
    cells = [Place(page=5, table=1, row=4), Place(page=5, table=1, row=6), Place(page=6, table=1, row=2)]
    assert rows_named(cells) == "第5页第1个表第4、6行，第6页第1个表第2行"


def test_places_of_a_file_sort_as_they_are_read() -> None:
    cells = [Place(sheet="表", cell=cell) for cell in ("B2", "Z9", "AA9", "A10")]
    assert sorted((cells[2], cells[3], cells[0], cells[1]), key=lambda place: place.order) == cells
    boxes = [
        Place(page=1, box=(50.0, 10.0, 60.0, 20.0)),
        Place(page=1, box=(0.0, 30.0, 9.0, 40.0)),
        Place(page=1, box=(9.0, 30.0, 9.0, 40.0)),
        Place(page=2),
    ]
    assert sorted((boxes[3], boxes[1], boxes[2], boxes[0]), key=lambda place: place.order) == boxes
    assert max([NOWHERE, Place(line=7)], key=lambda place: place.order) is NOWHERE
