"""What real disclosures write and no auditor would object to: no rule says anything of it."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.model import Disclosure
from tests.checking.builders import DIALECT, disclosure, indicators, narrative

SENTENCES = [
    "说明收支增减变化情况及主要原因。",
    "预算收支增减变化情况如下，增加或减少的原因见附表。",
    "单位价值50万元以上通用设备4台（套），单位价值100万元以上专用设备0台（套）。",
    "单位：万元",
    "本表金额以万元为单位，收入支出均保留两位小数。",
    "2023年收入合计10962.4万元，其中：一般公共预算10962.4万元。",
    "与2022年预算相比增加0万元，增长0.00%，主要原因是我单位无政府性基金预算安排的支出。",
    "公务接待费8万元，与2022年预算数持平，主要原因是严格控制接待标准和人数。",
    "一年经费为350人×70元×22天×12个月=646.8万元，减去部分人员请假和法定长假等，需645万元。",
    "联系人：办公室 联系电话：见门户网站。",
    "公开咨询电话：0371-12345678。",
    "根据《关于做好2022年部门预算编制工作的通知》（财预〔2021〕36号），按规定编制。",
    "2022年期末，共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆、其他用车3辆。",
    "本部门2023年无负责管理的专项转移支付项目。",
    "人员共有编制34人，其中：行政编制24人，事业编制10人；在职职工29人，离退休人员5人。",
    "资金金额较大的项目实行绩效跟踪，收入入库及时。",
    "支出预算的项目目标明确，管理理念先进。",
    "人员经费6021.9万元，占78.53%；公用经费1646.5万元，占21.47%。",
    "建立7×24小时值班制度，办结率为100%。",
    "机关运行经费支出1646.5万元，比2022年增加12.3万元，增长0.75%，主要原因是人员增加。",
    "预算数比2022年减少200万元，主要原因：压缩接待费支出。",
    "持平的项目中，主要原因是政策没有调整。",
    "张××等三人参加培训。",
    "2023年收入预算100万元，其中财政拨款80万元，比上年增加10万元，增长14.29%。",
    "2023年收入预算100万元，其中财政拨款80万元，比上年增加10万元，增长11.11%。",
    "办公费20万元、差旅费30万元，较上年增加5万元，增长11.11%。",
    "差旅费30万元，占42.86%，会议费40万元，占57.14%。",
    "本年预算300万元，占全市同类支出的3.5%。",
    "上年结转12.5万元，本年安排87.5万元，共计100万元。",
    "2021年预算584.18万元，2022年预算584万元，2023年预算600万元。",
    "公务用车购置费0万元；公务用车运行维护费37万元，预算数比2022年减少40万元。",
    "部门所属预算单位包括：1.某局本级 2.某局数据中心。",
]

TARGETS = [
    ("培训人数", "≥300人次"),
    ("年度履职目标相关性", "相关"),
    ("预算执行率", "≥95%"),
    ("预算编制完整性", "完整"),
    ("报告完成时间", "2023年12月底前"),
    ("项目按期完成", "2023年12月31日前"),
    ("建设面积（平方米）", "44318.04"),
    ("响应时间", "≤2小时"),
    ("群众满意度", "≥90%"),
    ("信息系统安全等级保护测评", "三级"),
    ("经济增长贡献率", "5%-8%"),
    ("成本控制", "≤120.2万元"),
    ("政府采购执行率", "100%"),
    ("受益群众占比", "≥30%"),
    ("设备完好率", "0%"),
]


def _said(subject: Disclosure) -> list[str]:
    found = check(subject, DIALECT, ignore=("FIG", "FORM102", "FORM110"))
    assert not any("执行中断" in r.reason for r in found.receipts)
    return [f"{f.code} {f.message}" for f in found.findings]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_said_of_a_sound_sentence(sentence: str) -> None:
    assert _said(disclosure(sections=narrative(sentence))) == []


@pytest.mark.parametrize(("name", "value"), TARGETS)
def test_nothing_is_said_of_a_sound_target(name: str, value: str) -> None:
    assert _said(disclosure(indicators((name, value)))) == []


def test_lists_within_lists_count_on() -> None:
    lines = (
        "1、第一个项目。",
        "（1）概述。",
        "（2）需求，包括：",
        "1、会议费。",
        "2、培训费。",
        "（3）其他。",
        "2、第二个项目。",
        "（1）概述。",
        "3、第三个项目。",
    )
    assert _said(disclosure(sections=narrative(*lines))) == []
