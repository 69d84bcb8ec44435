"""CODE: pairs of codes, their depth, and the codes of projects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Row, Side, Table
from mingsuan.places import Place

CHAPTER = "科目"


@rule(
    "CODE102",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="对照项目库核对所列编码，改成与其他项目同样的位数。",
)
def project_codes_have_one_length(subject: Subject) -> Iterator[Outcome]:
    """同一张表的项目编码位数相同。

    错：41010022000000012025（20位）与410100220000000012028（21位）并列
    对：各项目编码都是21位
    """
    seen = False
    for table in subject.disclosure.tables:
        printed = {r.key.project: r for r in table.rows if r.key and r.key.project and re.fullmatch(r"\d{8,}", r.key.project)}
        seen = seen or bool(printed)
        yield from (Examined(_place(table, row, code)) for code, row in printed.items())
        lengths = Counter(len(code) for code in printed)
        if len(lengths) < 2:
            continue
        usual = lengths.most_common(1)[0][0]
        odd = [code for code in printed if len(code) != usual]
        yield Draft(
            f"“{table.title}”的{len(printed)}个项目编码里，{len(odd)}个不是{usual}位",
            tuple(Side(_place(table, printed[c], c), "项目编码", f"{c}（{len(c)}位）") for c in odd),
            "、".join(f"{c}（{len(c)}位）" for c in odd),
            f"项目编码{usual}位",
            conversion_suspected=True,
        )
    if not seen:
        yield not_applicable("表里没有项目编码")


def _place(table: Table, row: Row, text: str) -> Place:
    """Where a row prints a code."""
    return next((cell.place for cell in row.cells.values() if cell.text == text), table.place)


@rule(
    "CODE106",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《支出经济分类科目改革方案》（财预〔2017〕98号）",
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="核对两套经济分类科目；确需这样对应的，留存依据，否则改按对应关系填列（{expected}）。",
)
def economic_classes_correspond(subject: Subject) -> Iterator[Outcome]:
    """部门预算经济分类与政府预算经济分类按对应关系使用；不在对应表里的请核实。

    错：30101 基本工资 ↔ 50201 办公经费
    对：30101 基本工资 ↔ 50101 工资奖金津补贴
    """
    pairs: dict[tuple[str, str], list[tuple[Table, Row]]] = {}
    for table in subject.meant.tables:
        for row in table.rows:
            if row.key and row.key.department and row.key.government:
                pairs.setdefault((row.key.department, row.key.government), []).append((table, row))
    if not pairs:
        yield not_applicable("表里没有两套经济分类并列")
    for (department, government), rows in pairs.items():
        yield from (Examined(t.place) for t, _ in rows)
        if (
            not subject.codes.governments_for(department)
            or subject.codes.pair_known(department, government)
            or not subject.codes.names("government_economic", government)
        ):
            continue
        usual = "、".join(sorted(subject.codes.governments_for(department)))
        yield Draft(
            f"部门经济分类{department}与政府经济分类{government}不在对应关系里，请核实",
            tuple(Side(next(iter(r.cells.values())).place, t.title, f"{department}—{government}") for t, r in rows if r.cells),
            f"{department}—{government}",
            f"{department}一般对应{usual}",
        )


@rule(
    "CODE109",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="《中华人民共和国预算法实施条例》第6条",
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="补列这一款的各项。",
)
def sections_are_listed_to_items(subject: Subject) -> Iterator[Outcome]:
    """列到项的表，各款下面都有项。

    错：支出决算表列20508进修及培训37.20万元，下面没有列项，收入决算表却列有2050803培训支出。
    对：支出决算表在20508进修及培训下面列2050803培训支出37.20万元。
    """
    listed = {id(t): {row.key.function: row for row in t.rows if row.key is not None and row.key.function} for t in subject.meant.tables}
    everywhere = {code for codes_of in listed.values() for code in codes_of if len(code) == _ITEM}
    for table in subject.meant.tables:
        own = listed[id(table)]
        items = {code[:_SECTION] for code in own if len(code) == _ITEM}
        for code, row in own.items():
            if len(code) != _SECTION or not items or not any(c.amount is not None and c.amount.yuan for c in row.cells.values()):
                continue
            place = next(c.place for c in row.cells.values())
            yield Examined(place)
            below = sorted(item for item in everywhere if item.startswith(code)) if code not in items else []
            if below:
                yield Draft(
                    f"《{table.title}》的{code}下面没有列到项，别的表列有{'、'.join(below)}",
                    (Side(place, f"《{table.title}》·{code}", code),),
                    f"{code}下面没有项",
                    "、".join(below),
                    conversion_suspected=True,
                )


_SECTION, _ITEM = 5, 7
"""Digits of 款 and 项."""
