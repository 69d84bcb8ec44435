"""Goals of the year and units as the tables print them."""

from __future__ import annotations

import pytest

from bench.shared import SHARED, seed_path
from mingsuan.performance.goals import goals_of
from mingsuan.performance.names import keyed
from mingsuan.reading.read import read


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds stand in ../shared, which is not here")
@pytest.mark.parametrize(
    ("seed", "project", "begins", "unit"),
    [
        ("000", "", "保障机关办公工作正常运转", ""),
        ("000", "12345政务服务便民热线经费", "", "郑州市人民政府办公厅"),
        ("001", "市政务服务办事大厅运行专项经费", "维持办事大厅的正常运转", ""),
        ("003", "", "2024年，市政府办公室将紧紧围绕", ""),
        ("004", "", "目标1:保障单位人员工资正常发放\n目标2:", ""),
    ],
)
def test_goals_of_the_seeds(seed: str, project: str, begins: str, unit: str) -> None:
    found = goals_of(read(seed_path(seed)))

    assert found.of(keyed(project)).startswith(begins)
    assert bool(found.of(keyed(project))) is bool(begins)
    assert found.units.get(keyed(project), "") == unit
