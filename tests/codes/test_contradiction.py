"""Names that cannot be those of the codes printed beside them."""

import pytest

from mingsuan.codes import contradicts

ECONOMIC = "department_economic"


@pytest.mark.parametrize(
    ("code", "name"),
    [("30203", "水费"), ("30207", "工会经费"), ("30212", "机关事业单位退休人员活动费"), ("30213", "其他商品和服务支出")],
)
def test_numbers_of_a_units_own_contradict_their_names(code: str, name: str) -> None:
    assert contradicts(ECONOMIC, code, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("30201", "办公费"),
        ("30213", "维修(护)费"),
        ("30212", "因公出国（境）费用"),
        ("30108", "机关事业单位基本养老保险费"),
        ("30231", "公务用车运行维护费"),
        ("30203", ""),
        ("30298", "随便什么"),
    ],
)
def test_other_words_for_one_thing_do_not(code: str, name: str) -> None:
    """Nor does an unknown code, of which nothing is known that could be contradicted."""
    assert not contradicts(ECONOMIC, code, name)
