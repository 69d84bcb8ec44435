"""FORM, continued: what the reader must learn first, whose budget this is and of which year."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side


@rule(
    "FORM115",
    level=Level.INFO,
    chapter="表式",
    basis="常识",
    needs=(Need.NARRATIVE,),
    fix="在封面写明部门（单位）的全称、年度和“部门预算”“部门决算”等字样。",
)
def the_cover_says_whose_and_of_which_year(subject: Subject) -> Iterator[Outcome]:
    """封面写明是哪个部门（单位）、哪个年度。

    公开文本常被单独转载，离开网页栏目以后，只有封面和标题说明它是谁的、哪一年的。

    错：封面和标题只印“部门预算公开”，没有部门名称。
    对：封面印“示例市某局2023年部门预算公开”。
    """
    document = subject.disclosure
    first = document.sections[0]
    yield Examined(first.place)
    lacking = [name for name, known in (("部门（单位）名称", document.department), ("年度", document.year)) if not known]
    if lacking:
        what = "和".join(lacking)
        yield Draft(f"封面和标题里没有认出{what}。", (Side(first.place, "开头", first.title),), f"没有{what}", f"写明{what}")
