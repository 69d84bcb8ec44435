"""PERF, continued: the arithmetic of a project's self-evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.dialects.names import bare
from mingsuan.model import Level, Row, Side, Table
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

KIND = "project_self_evaluation"
_NUMBER = regex(r"-?\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?(?P<percent>[%％])?")
_TOTALS = frozenset({"总分", "合计", "总计", "自评总分", "总得分"})
_BUDGET, _SPENT, _RATE, _OWN_SCORE = "项目资金/全年预算数", "项目资金/全年执行数", "项目资金/执行率", "项目资金/得分"


@rule(
    "PERF129",
    level=Level.ERROR,
    chapter="绩效",
    basis="算术",
    needs=(Need.TABLES,),
    since=2019,
    about=About.TABLES,
    fix="核对自评表的原始数据，把{observed}改为{expected}。",
)
def self_evaluations_add_up(subject: Subject) -> Iterator[Outcome]:
    """项目支出绩效自评表的执行率等于执行数除以预算数，各项得分不超过分值，总分等于各项得分之和。

    错：全年预算数80.00万元，全年执行数60.00万元，执行率85.00%。
    对：全年预算数80.00万元，全年执行数60.00万元，执行率75.00%。
    """
    tables = subject.disclosure.of_kind(KIND)
    if not tables:
        yield not_applicable("没有项目支出绩效自评表")
    for table in tables:
        yield Examined(table.place)
        paths = {c.form or c.path: c.path for c in table.columns}
        yield from _rates(table, paths)
        yield from _scores(table, paths)


def _number(text: str) -> tuple[Decimal, Decimal] | None:
    """A printed number and half of its last digit, as a fraction where it is a percentage; None where the text is no number."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = Decimal(found.group().rstrip("%％").replace(",", ""))
    scale = Decimal("0.01") if found["percent"] else Decimal(1)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return value * scale, half * scale


def _at(row: Row, paths: Mapping[str, str], form: str) -> tuple[Decimal, Decimal] | None:
    return _number(row.text(paths[form])) if form in paths else None


def _rates(table: Table, paths: Mapping[str, str]) -> Iterator[Draft]:
    for row in table.rows:
        budget, spent, rate = (_at(row, paths, form) for form in (_BUDGET, _SPENT, _RATE))
        if (
            budget is None
            or spent is None
            or rate is None
            or budget[0] <= budget[1]
            or "%" not in row.text(paths[_RATE]).replace("％", "%")
        ):
            continue
        low = (spent[0] - spent[1]) / (budget[0] + budget[1])
        high = (spent[0] + spent[1]) / (budget[0] - budget[1])
        if low - rate[1] <= rate[0] <= high + rate[1]:
            continue
        printed = row.text(paths[_RATE])
        decimals = max(0, -int(Decimal(printed.rstrip("%％")).as_tuple().exponent))
        right = f"{spent[0] / budget[0] * 100:.{decimals}f}%"
        yield Draft(
            f"“{table.title}”全年预算数{row.text(paths[_BUDGET])}，全年执行数{row.text(paths[_SPENT])}，执行率应为{right}，表中是{printed}",
            tuple(_side(row, paths, form) for form in (_RATE, _SPENT, _BUDGET)),
            printed,
            right,
        )


_TOLD_SCORE = regex(r"(?:自评|评价|绩效)(?:综合)?(?:总)?得分(?:为|是|约)?[：:]?(?P<score>\d{1,3}(?:\.\d{1,3})?)分")
_NAMES_A_PROJECT = 4
"""Characters from which a name is a project's and no common word."""


@rule(
    "PERF130",
    level=Level.WARNING,
    chapter="绩效",
    basis="算术",
    needs=(Need.TABLES, Need.NARRATIVE),
    since=2019,
    about=About.TABLES,
    fix="核对自评结果，使文字说明与自评表的总分一致。",
)
def told_scores_are_those_of_the_tables(subject: Subject) -> Iterator[Outcome]:
    """文字说明写的项目自评得分与该项目自评表的总分一致。

    错：信息化运维项目自评得分为92.50分（自评表总分95.00）。
    对：信息化运维项目自评得分为95.00分（自评表总分95.00）。
    """
    totals = _totals(subject)
    told = [(s, m) for s in subject.sentences for m in _TOLD_SCORE.finditer(compact(s.text))] if totals else []
    known = [(s, m, name) for s, m in told if (name := _project_told(s, m, totals)) is not None]
    if not known:
        yield not_applicable("没有写明有自评表的项目得了多少分")
    for sentence, match, name in known:
        yield Examined(sentence.place)
        said, tables = Decimal(match["score"]), totals[name]
        if said not in {score for side, *scores in tables for score in scores}:
            side = tables[0][0]
            yield Draft(
                f"“{name}”自评表总分{side.text}，文中写“{match.group()}”",
                (Side(sentence.place, "叙述", match.group()), side),
                match["score"],
                side.text,
            )


def _totals(subject: Subject) -> dict[str, list[tuple[Side, Decimal, Decimal]]]:
    """Projects by name, each with the totals of its tables: where it stands, as printed, and as the scores make it."""
    found: dict[str, list[tuple[Side, Decimal, Decimal]]] = {}
    for table in subject.disclosure.of_kind(KIND):
        paths = {c.form or c.path: c.path for c in table.columns}
        name = next((compact(text) for row in table.rows if (text := row.text(paths.get("项目名称", "")))), "")
        if len(name) < _NAMES_A_PROJECT or "得分" not in paths:
            continue
        items, total = _items(table, paths)
        stated = None if total is None else _at(total, paths, "得分")
        if total is not None and stated is not None:
            known = [n for row in items if (n := _at(row, paths, "得分"))]
            own = next((n for row in table.rows if (n := _at(row, paths, _OWN_SCORE)) is not None), None)
            summed = sum((n[0] for n in (*known, *((own,) if own else ()))), Decimal(0))
            found.setdefault(name, []).append((_side(total, paths, "得分"), stated[0], summed))
    return found


def _project_told(sentence: Sentence, match: re.Match[str], names: Iterable[str]) -> str | None:
    """The project whose name stands last before a score in its paragraph, with no other score between; the longest of one ending."""
    before = compact(sentence.paragraph.text[: sentence.offset]) + match.string[: match.start()]
    before = before[max((m.end() for m in _TOLD_SCORE.finditer(before)), default=0) :]
    told = [(before.rfind(name) + len(name), len(name), name) for name in names if name in before]
    return max(told)[2] if told else None


def _scores(table: Table, paths: Mapping[str, str]) -> Iterator[Draft]:
    if not {"分值", "得分"} <= set(paths):
        return
    items, total = _items(table, paths)
    for row in items:
        worth, score = _at(row, paths, "分值"), _at(row, paths, "得分")
        if worth is not None and score is not None and score[0] > worth[0]:
            yield Draft(
                f"“{table.title}”“{row.text(paths.get('三级指标', ''))}”得分{row.text(paths['得分'])}，超过分值{row.text(paths['分值'])}",
                (_side(row, paths, "得分"), _side(row, paths, "分值")),
                row.text(paths["得分"]),
                f"不超过{row.text(paths['分值'])}",
            )
    parts = [_at(row, paths, "得分") for row in items]
    own = next((n for row in table.rows if (n := _at(row, paths, _OWN_SCORE)) is not None), None)
    if total is None or not parts or own is None or any(p is None for p in parts):
        return
    known = [own, *(p for p in parts if p is not None)]
    stated, expected = _at(total, paths, "得分"), sum((p[0] for p in known), Decimal(0))
    if stated is not None and abs(stated[0] - expected) >= stated[1] + own[1] and stated[0] != expected:
        yield Draft(
            f"“{table.title}”总分{total.text(paths['得分'])}，各项得分之和是{expected.normalize():f}",
            (_side(total, paths, "得分"),),
            total.text(paths["得分"]),
            f"{expected.normalize():f}",
        )


def _items(table: Table, paths: Mapping[str, str]) -> tuple[Sequence[Row], Row | None]:
    """The lines of indicators with a score, and the line of the total."""
    names = [paths[n] for n in ("一级指标", "二级指标", "三级指标", "年度指标值") if n in paths]
    scored = [row for row in table.rows if row.text(paths["得分"]) and not row.text(paths.get(_BUDGET, ""))]
    total = next((row for row in scored if {bare(row.text(n)) for n in names} & _TOTALS), None)
    return [row for row in scored if row is not total], total


def _side(row: Row, paths: Mapping[str, str], form: str) -> Side:
    cell = row.cells.get(paths[form])
    place = cell.place if cell is not None else next(iter(row.cells.values())).place
    return Side(place, form.rpartition("/")[2], row.text(paths[form]))
