"""What to do about a finding whose rule does not say it: from the repairs, or from what should be printed."""

from __future__ import annotations

from mingsuan.checking.telling.cell_names import named, named_after
from mingsuan.model import Finding, Repair

_SHOWN = 3
_ORIGINAL = "对照原始数据核对所列各处，改正有误的一处"


def remedy(finding: Finding) -> str:
    """A Chinese sentence that a finance officer can act on."""
    if finding.repairs:
        return _edits(finding.repairs)
    if finding.expected and _is_instruction(finding.expected):
        return f"{finding.expected.rstrip('。')}。"
    if finding.expected and finding.observed:
        return f"核对后把“{finding.observed}”改为“{finding.expected}”。"
    return f"{_ORIGINAL}。"


def _edits(repairs: tuple[Repair, ...]) -> str:
    told = [f"把{_cell(repairs, n)}由{r.before}改为{r.after}" for n, r in enumerate(repairs[:_SHOWN])]
    if len(repairs) == 1:
        return f"核对原始数据后{told[0]}。"
    more = f"（共{len(repairs)}种改法，其余见各项改法）" if len(repairs) > _SHOWN else ""
    return f"{_ORIGINAL}：{'，或'.join(told)}{more}。"


def _cell(repairs: tuple[Repair, ...], number: int) -> str:
    label = repairs[number].label
    return named_after(repairs[0].label, label) if number else named(label)


_VERBS = (
    *("补", "删", "改", "按", "写", "填", "注明", "公开", "增列", "说明", "只", "前后", "全文", "各处", "正文", "名称", "公式", "指标说明"),
    *("分项", "两处", "两个目标", "每个", "不设", "列全", "在", "所属", "起止", "后一项", "公开前", "“", "编码", "统一", "核", "请"),
)
"""Words with which an instruction begins; a value begins otherwise."""


def _is_instruction(expected: str) -> bool:
    return expected.startswith(_VERBS)
