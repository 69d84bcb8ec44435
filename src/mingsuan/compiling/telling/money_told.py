"""What the narrative says of the budget's money, section by section: income, appropriations, “three public” expenses, running costs."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan import codes
from mingsuan.amounts import Amount
from mingsuan.compiling.telling.amounts import words
from mingsuan.compiling.telling.ordinals import ordinal
from mingsuan.compiling.telling.sections import PURPOSES, RUNNING, THREE_PUBLIC, THREE_PUBLIC_PARTS
from mingsuan.compiling.telling.stating import Statements

_FUNDS: tuple[tuple[str, str], ...] = (
    ("一般公共预算", "一般公共预算"),
    ("政府性基金预算", "政府性基金"),
    ("国有资本经营预算", "国有资本经营"),
    ("财政专户管理资金", "财政专户管理资金"),
    ("事业收入", "事业收入"),
    ("经营收入", "经营收入"),
    ("上级补助收入", "上级补助收入"),
    ("附属单位上缴收入", "附属单位上缴收入"),
    ("其他收入", "其他收入"),
    ("提前告知转移支付", "上级转移支付"),
)
"""What makes up the income, as the narrative calls it, by node of the tree of funds."""


def overview(of: Statements) -> Iterator[str]:
    """Income and expenditure in total, with their changes."""
    text = of.sentence("收支总计及增减")
    if not text:
        text = f"{of.roster.name}{of.year}年收入总计{of.said({})}，支出总计{of.said({})}"
    yield of.reasoned(text, ("收入", "支出"), {})


def revenue(of: Statements) -> Iterator[str]:
    """The income and all funds that it comes from."""
    template = next((t for t in of.sentences.of("收入合计")), None)
    text = of.sentence("收入合计") or f"收入合计{of.said({'origin': '本年'})}"
    told = (
        {dict(s.region or ()).get("fund", "").split()[0] for s in template.slots.values() if dict(s.region or ()).get("fund")}
        if template
        else set()
    )
    parts = [f"{name}{words(amount.yuan)}" for name, amount in _sources(of) if dict(_FUNDS)[name] not in told]
    yield f"{'，'.join([text, *parts])}。"


def _sources(of: Statements) -> Iterator[tuple[str, Amount]]:
    for name, node in _FUNDS:
        amount = of.told.amount({"fund": node, "origin": "本年"}) if of.told.has("fund", node) else None
        if amount is not None and amount.yuan:
            yield name, amount


def appropriation(of: Statements) -> Iterator[str]:
    """Income and expenditure of the general public budget."""
    general = {"fund": "一般公共预算", "origin": "本年"}
    text = of.sentence("财政拨款收支增减") or of.flat("一般公共预算收支预算", general)
    yield of.reasoned(text, ("一般公共预算",), general)


def changes(of: Statements) -> Iterator[str]:
    """The changes, with the appropriation where it has no section of its own."""
    if "fiscal_appropriation_note" not in of.dialect.sections:
        yield from appropriation(of)
    yield from of.passages.get("changes_note", ())


def three_public(of: Statements) -> Iterator[str]:
    """The “three public” expenses and their parts."""
    fund = "一般公共预算" if any("origin" in dict(m.region) for m in of.sentences.by_phrase.get("三公经费", ())) else "政府预算资金"
    where = {"fund": fund, "origin": "本年"} if _has_origin(of) else {"fund": fund}
    whole = {"department": THREE_PUBLIC, **where}
    compared = of.sentence("三公经费及增减") if of.told.last(whole) is not None else ""
    text = compared or f"“三公”经费预算{of.said(whole)}"
    yield of.reasoned(f"{of.roster.name}{of.year}年{text}", ("三公经费",), whole)
    for number, (name, department) in enumerate(THREE_PUBLIC_PARTS, 1):
        part = {"department": department, **where}
        line = f"（{ordinal(number)}）{name}{of.said(part)}，{PURPOSES[name]}"
        yield of.reasoned(of.with_change(line, part), (name,), part)


def _has_origin(of: Statements) -> bool:
    return not any(dict(box.sides).get("origin") for box in of.dialect.absent)


def fund_note(of: Statements, fund: str, name: str) -> Iterator[str]:
    """The expenditure of a budget of its own, or that there is none."""
    where = {"fund": fund, "use": "支出"}
    amount = of.told.amount(where)
    if amount is None or not amount.yuan:
        yield f"{of.roster.name}{of.year}年没有{name}预算安排的支出。"
        return
    line = of.with_change(f"{of.roster.name}{of.year}年{name}预算支出{words(amount.yuan)}", where)
    yield of.reasoned(line, (fund,), where)


def running(of: Statements) -> Iterator[str]:
    """The cost of running offices, or that there are none."""
    slot = next((t.slots["cost"] for t in of.sentences.of("机关运行经费") if "cost" in t.slots), None)
    region = dict(slot.region or ()) if slot is not None else {}
    now = of.told.amount(region) if region else None
    official = any(u.nature in ("行政", "参公") for u in of.roster.units)
    if (now is None or not now.yuan) and not official:
        yield f"{of.roster.name}没有行政单位和参照公务员法管理的事业单位，没有机关运行经费。"
        return
    text = of.sentence("机关运行经费")
    if not text:
        yield from of.stated("operating_cost_note")
    else:
        line = of.with_change(f"{of.year}年{text}，{RUNNING}", region)
        yield of.reasoned(line, ("机关运行经费",), region)


def explanation(of: Statements) -> Iterator[str]:
    """The sentences of the section, then the spending by functional class."""
    for says in ("收入预算及构成", "支出预算", "一般公共预算拨款支出预算", "政府性基金拨款支出预算", "国有资本经营预算拨款支出预算"):
        if text := of.sentence(says):
            yield f"{text}。"
    yield "财政拨款支出主要内容如下："
    classes = sorted({line.function for line in of.ledger.lines if line.year == "0" and line.function})
    number = 0
    for code in classes:
        amount = of.told.amount({"function": code, "fund": "政府预算资金", "use": "支出"})
        if amount is not None and amount.yuan:
            number += 1
            yield f"{number}.{_class(of, code)}{words(amount.yuan)}，主要用于{_names(of, code)[-1]}方面的支出。"


def _names(of: Statements, code: str) -> list[str]:
    levels = [code[:n] for n in (3, 5, 7) if n <= len(code)]
    found = [codes.lookup("function", c, of.year) for c in levels]
    return [f.name if f else c for f, c in zip(found, levels, strict=True)]


def _class(of: Statements, code: str) -> str:
    return f"“{''.join(f'{name}（{level}）' for name, level in zip(_names(of, code), '类款项', strict=False))}”"
