"""What the words of an indicator tell of its kind."""

from __future__ import annotations

from functools import lru_cache

from mingsuan.dialects.names import plain

_HINTS = {
    "成本": ("成本", "费用", "控制数", "预算数"),
    "产出": ("数量", "次数", "人数", "数", "率", "及时", "完成", "合格", "时效", "时间", "质量"),
    "效益": ("影响", "提升", "保障", "水平", "效率", "促进", "发展", "正常", "效益", "效果", "持续", "落实", "作用"),
    "满意": ("满意",),
}
"""Words by which indicators of a kind are usually named (财政部《项目支出绩效评价管理办法》, 财预〔2020〕10号, 共性指标框架)."""


@lru_cache(maxsize=65536)
def hint(kind: str, text: str) -> float:
    """What an indicator's words say about a kind, named as its heading names it (产出指标); 0 for a heading of all kinds."""
    own = next((words for mark, words in _HINTS.items() if mark in kind), None)
    if own is None:
        return 0.0
    score = 0.5 if any(w in plain(text) for w in own) else 0.0
    if "满意" in text:
        return 1.2 if "满意" in kind else -1.2
    if "成本" in text:
        return 1.0 if "成本" in kind else -0.6
    return score - (0.6 if "满意" in kind or "成本" in kind else 0.0)
