"""For each budget seed: its targets, evidence for one project, monitored at mid-year, and scored as worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from bench.shared import SHARED, seed_path
from mingsuan.dialects.dialect import load
from mingsuan.performance.case import Case, open_case
from mingsuan.performance.monitoring import Light
from mingsuan.performance.names import keyed
from mingsuan.reading.read import read

pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds stand in ../shared, which is not here")


BOTH = {Light.GREEN, Light.RED}


def case(folder: Path, seed: str, year: int, project: str, spent: str, values: Mapping[str, object], until: date | None = None) -> Case:
    """The case of a seed with evidence for one project."""
    until = until or date(year, 12, 31)
    binding = {
        "period": {"from": date(year, 1, 1), "to": until},
        "spending": [{"project": project, "spent": spent}],
        "evidence": [{"project": project, "indicator": name, "value": value} for name, value in values.items()],
    }
    path = folder / "佐证.yaml"
    path.write_text(yaml.safe_dump(binding, allow_unicode=True), encoding="utf-8")
    disclosure = read(seed_path(seed))
    return open_case(disclosure, load(disclosure.dialect or ""), path)


def points(found: Case, project: str) -> tuple[list[str], str, str]:
    """Points of the execution rate and of every indicator that earns some, the total, and the grade."""
    (one,) = (p for p in found.evaluated().projects if keyed(p.name) == keyed(project))
    earned = [one.score.execution, *(line.earned for line in one.score.lines if line.points)]
    return [str(e) for e in earned], str(one.score.total), one.score.grade


def test_hotline_of_2023(tmp_path: Path) -> None:
    project = "12345政务服务便民热线经费"
    values = {
        "平台(系统)建设数量": "1个",
        "第三方监督检测反馈结果达标": "基本达标",
        "直接服务对象满意度": "98.2%",
        "热线接通率": "97.5%",
        "热线接通时限": "12秒",
    }

    found = points(case(tmp_path, "000", 2023, project, "2106.15", values), project)

    # no cost target: 10 + 50 + 30 + 10. 2106.15 of 2217.00 = 95.00 % → 9.50
    # output 50 over three: 16.67, 16.67, 16.66 in the order of the form; 1 of 1; 97.5/98 × 16.67 = 16.58; 12 ≤ 15 → 16.66
    # benefit: 基本达标 = partly, 70 % of 30 = 21.00; satisfaction 10.00
    assert found == (["9.50", "16.67", "21.00", "10.00", "16.58", "16.66"], "90.41", "优")


def test_dispatched_staff_of_2021(tmp_path: Path) -> None:
    project = "劳务派遣人员聘用及竞赛评选绩效奖励经费"
    values = {
        "聘用人员": "105",
        "工作人员服务质量": "99%",
        "协助保障郑州市政务服务办事大厅工作有序开展": "高效",
        "社会良好反映度": "98%",
        "保障群众办事满意度": "95%",
        "人员管理完成度": "99%",
        "群众办事效率": "97.02%",
    }

    found = points(case(tmp_path, "001", 2021, project, "554.971", values), project)

    # 554.971 of 584.18 = 95 % → 9.50; 投入与目标管理 has no points in 10/50/30/10
    # =110 with 105: 1 − 5/110 = 95.4545 % of 16.67 = 15.91; 16.67; 16.66
    # benefit 30 over three: 98/99 × 10 = 9.90; 10.00; 97.02/99 × 10 = 9.80; satisfaction 10.00
    assert found == (["9.50", "15.91", "16.67", "16.66", "9.90", "10.00", "10.00", "9.80"], "98.44", "优")


def test_maintenance_of_2023_in_the_raw_dump(tmp_path: Path) -> None:
    project = "2023维修费"
    values = {
        "维修（护）成本": "8.4万",
        "维护维修面积": "44318.04平方米",
        "设备设施安全性": "90%",
        "电梯维修保养时间": "0.5年",
        "电梯维护保养": "1部",
        "停水停电故障率": "0%",
        "维护基础设施时间": "24小时",
        "建设节约型机关": "达成",
        "职工满意度": "76%",
    }

    found = points(case(tmp_path, "002", 2023, project, "5.25", values), project)

    # cost 20: 8/8.4 = 95.2381 % → 19.05; output 40 over six: 6.67 four times, 6.66 twice; 90 % of 6.67 = 6.00
    # benefit 20.00; satisfaction 76/95 = 80 % of 10 = 8.00; 5.25 of 7.00 万元 = 75 % → 7.50
    assert sorted(found[0]) == sorted(["7.50", "19.05", "6.67", "6.00", "6.67", "6.67", "6.66", "6.66", "20.00", "8.00"])
    assert found[1:] == ("93.88", "优")


def test_hotline_of_2024(tmp_path: Path) -> None:
    project = "12345热线系统及日常运行维护费"
    values = {
        "热线系统日常维护费": "37.4万元",
        "维护接话量": "40000通",
        "提高人民群众幸福度": "基本达成",
        "人民群众满意度": "96%",
        "热线电话接通率": "96%",
        "热线平台维护完成时间": date(2024, 12, 20),
    }

    found = points(case(tmp_path, "003", 2024, project, "37.4", values), project)

    # 37.4 of 37.4 → 10.00; cost 37.36/37.4 = 99.8930 % of 20 = 19.98; output 40: 13.34, 13.33, 13.33; 80 % of 13.34 = 10.67
    # benefit: partly, 70 % of 20 = 14.00; satisfaction 10.00
    assert found == (["10.00", "19.98", "10.67", "14.00", "10.00", "13.33", "13.33"], "91.31", "优")


@pytest.mark.parametrize(
    ("seed", "year", "project", "spent", "values", "money", "lights"),
    [
        ("000", 2023, "《市情概览》编印专项经费", "7", {"市情概览编印数量": "2000本"}, Light.GREEN, {Light.GREEN}),
        ("001", 2021, "市政务服务办事大厅双休日开放保障经费", "35", {"大厅服务满意度": "99%"}, Light.YELLOW, {Light.GREEN}),
        ("002", 2023, "2023会议费", "1", {"会议次数": "2次"}, Light.RED, {Light.RED}),
        ("003", 2024, "参事事务费", "5", {"参与政府重点工作督查次数": "2次", "参事外出学习考察次数": "0次"}, Light.GREEN, BOTH),
    ],
)  # fmt: skip
def test_monitored_at_mid_year(
    tmp_path: Path, seed: str, year: int, project: str, spent: str, values: Mapping[str, object], money: Light, lights: set[Light]
) -> None:
    monitoring = case(tmp_path, seed, year, project, spent, values, date(year, 6, 30)).monitored()

    (watched,) = (p for p in monitoring.projects if keyed(p.name) == keyed(project))
    assert watched.money.light is money
    assert {t.light for t in watched.targets if t.evidence is not None} == lights
