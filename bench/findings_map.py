"""Which of our findings is which of the gold: seed → gold id → (code, words that its message or sides must hold)."""

from __future__ import annotations

from collections.abc import Mapping

Match = tuple[str, str]

FOUND_BY: Mapping[str, Mapping[str, Match]] = {
    "000": {
        "F1": ("FORM103", "部门收入总体情况表"),
        "F2": ("FORM103", "一般公共预算基本支出表"),
        "F3": ("PERF115", "接通率"),
    },
    "001": {
        "F1": ("NAR101", "20.33%"),
        "F2": ("FORM101", "部门支出总体情况表"),
        "F3": ("NAR107", "39.936"),
        "F4": ("NAR107", "2个月”是“12个月"),
        "F5": ("TEXT104", "其他费用"),
        "F6": ("NAR109", "18.4万元与33万元"),
        "F7": ("PERF101", "≥规范"),
        "F8": ("TEXT107", "2020年资金需求"),
        "F9": ("NAR108", "三次"),
        "F10": ("PERF110", "政府采购执行率"),
        "F11": ("PERF111", "履职效益"),
        "F12": ("PRIV101", "5处"),
        "F13": ("PERF119", "2019年-2023年"),
        "F15": ("NAR1", "584.18万元"),
    },
    "003": {
        "F1": ("FORM101", "支出经济分类汇总表"),
        "F2": ("FIG104", "981.7"),
        "F5": ("FORM108", "37.00"),
        "F6": ("TEXT109", "驻北京联络处"),
        "F7": ("TEXT113", "本级"),
        "F11": ("FORM111", "（二）"),
        "F12": ("TEXT112", "压缩"),
        "F22": ("PERF107", "门户网站"),
        "F26": ("PERF115", "招商引资"),
        "F27": ("PERF110", "部门绩效评价完成率"),
        "F29": ("PERF114", "预算调整率"),
        "F34": ("TEXT111", "0项"),
    },
    "004": {
        "F1": ("FIG103", "3,300.9"),
        "F3": ("PERF109", "成本节约率"),
        "F4": ("PERF102", "预算调整率"),
        "F9": ("PERF118", "高级职称人才比重"),
    },
}

RIGHT_BESIDES: Mapping[str, Mapping[Match, str]] = {
    "001": {("TEXT104", "执法执勤用车"): "F34，gold 记为 info"},
}
"""Findings of level error or warning that are right although the gold grades them lower."""
