"""TEXT, continued: tables of a department in the text of a unit, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.model import Level, Scope, Side
from mingsuan.patterns import regex

CHAPTER = "文字"
_FEW = 3
"""So many times as often the right word stands where the wrong one is a slip, and not how this authority writes."""
_DEPARTMENT_TITLE = regex(r"部门(?=.{0,12}(?:收支|收入|支出|预算|决算).{0,12}表$)")
_UNIT_TITLE = regex(r"单位(?=.{0,12}(?:收支|收入|支出|预算|决算).{0,12}表$)")
_NEITHER = regex(r"部门[（(]单位[）)]|单位[（(]部门[）)]|部门预算(?:支出)?经济|部门预算项目|部门整体|预算单位|部门、单位")


@rule(
    "TEXT123",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《中华人民共和国预算法实施条例》第6条第4款",
    needs=(Need.TABLES,),
    fix="单位的公开文本用“单位”，部门的用“部门”，各表统一。",
)
def department_and_unit_are_told_apart(subject: Subject) -> Iterator[Outcome]:
    """部门的文本写“部门”，单位的文本写“单位”。

    单位的文本里个别表写“部门”的是警告，其余是提示。

    错：单位的公开文本里，“2024年部门收入预算表”与“2024年单位支出预算表”并列。
    对：“2024年单位收入预算表”“2024年单位支出预算表”
    """
    titles = [(_NEITHER.sub("", plain(t.title)), t) for t in subject.disclosure.tables]
    departments = [t for words, t in titles if _DEPARTMENT_TITLE.search(words)]
    units = [t for words, t in titles if _UNIT_TITLE.search(words)]
    if not departments and not units:
        yield not_applicable("表的标题没有写“部门”或“单位”")
        return
    yield from (Examined(t.place) for t in (*departments, *units))
    own, other = ("单位", departments) if subject.disclosure.scope is Scope.UNIT else ("部门", units)
    if other and (departments and units):
        wrong = "部门" if own == "单位" else "单位"
        shown = "、".join(f"“{t.title}”" for t in other[:3]) + (f"等{len(other)}张表" if len(other) > 3 else "")
        yield Draft(
            f"本文是{own}的公开文本，{shown}的标题却写“{wrong}”",
            tuple(Side(t.place, "标题", t.title) for t in other),
            f"标题写“{wrong}”",
            f"标题写“{own}”",
            level=Level.WARNING if own == "单位" and _FEW * len(departments) <= len(units) else None,
        )
