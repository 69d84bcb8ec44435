"""NAR, continued: reasons of great changes, units of account and stocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import UNITS, parse_number
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.quoting import Mention, mentions
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.wrong_numbers import is_told
from mingsuan.model import Level, Side, StockFact
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "叙述"
_REASON = regex(r"原因|由于|因为|主要是|主要用于|因[\u4e00-\u9fff]|[是系]根据|按照|政策")
_EXPLAINED_AFTER = 2
"""A reason may follow so many sentences later in the same paragraph."""


@rule(
    "NAR112",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）说明事项",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="在这句话后面写明增减的主要原因。",
)
def great_changes_have_a_reason(subject: Subject) -> Iterator[Outcome]:
    """增减幅度大的，写明原因。

    幅度和数额的界限见 thresholds.yaml，是惯例，当地另有规定的从其规定。

    错：2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%。
    对：2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%，主要原因是新增项目。
    """
    share, worth = subject.threshold("change_that_needs_a_reason"), subject.threshold("change_worth_a_reason")
    if share is None or worth is None:
        yield not_applicable("这一年度没有规定")
        return
    by_sentence: dict[int, list[str]] = {}
    for relation in subject.growths:
        change = relation.change
        if change is None or change.amount is None or abs(change.amount.yuan) < worth.value * UNITS[worth.unit]:
            continue
        yield Examined(relation.growth.place)
        if abs(relation.growth.value) >= share.value and relation.growth.unit == "%":
            by_sentence.setdefault(relation.growth.sentence, []).append(f"{relation.growth.text}%")
    if not by_sentence:
        return
    where = {s.claim.sentence: s for s in subject.statements if s.claim.role is Role.GROWTH}
    for number, rates in by_sentence.items():
        statement = where.get(number)
        if statement is None or _REASON.search(_from_sentence(statement.paragraph.text, statement.number.start)):
            continue
        yield Draft(
            f"增减{'、'.join(dict.fromkeys(rates))}，超过{share}，没有写明原因：“{compact(statement.claim.quote)}”",
            (Side(statement.claim.place, "叙述", compact(statement.claim.quote)),),
            "没有写明原因",
            "写明主要原因",
        )


def _from_sentence(text: str, offset: int) -> str:
    """The sentence of an offset with those after it in which its reason may stand."""
    start = max(text.rfind("。", 0, offset), text.rfind("\n", 0, offset)) + 1
    rest = text[start:]
    return "。".join(rest.split("。")[: _EXPLAINED_AFTER + 1])


_TINY = regex(
    r"(?:收入|支出|预算|经费|拨款|决算|费)(?:数|总计|合计|总额)?(?:为|是|共|安排)?\s*(?P<digits>\d[\d,]*\.\d{1,2})\s*元(?![/／每人次天月])"
)
_LARGEST_SLIP = Decimal(10000)


@rule(
    "NAR113",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对金额单位；应为万元的，把“元”改为“万元”。",
)
def amounts_are_in_the_unit_of_the_text(subject: Subject) -> Iterator[Outcome]:
    """全文以万元为单位时，个别金额不写成元。

    错：2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，公务接待费2.58元。
    对：2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，公务接待费2.58万元。
    """
    units = [c.unit for c in subject.disclosure.claims if c.role is Role.AMOUNT and c.amount is not None]
    if units.count("万元") < 4 or units.count("万元") < 3 * units.count("元"):
        yield not_applicable("叙述不是以万元为单位")
        return
    for found in mentions(subject, _TINY):
        yield Examined(found.place)
        match = found.match
        before = match.string[max(0, match.start() - 12) : match.start()]
        value = parse_number(match["digits"])
        if value is None or is_told(subject, value):
            continue
        if 0 < value < _LARGEST_SLIP and not re.search(r"每|人均|均|单价|标准", before):
            quote = compact(match.group())
            yield Draft(
                f"全文以万元为单位，这里写“{quote}”，单位可能漏了“万”",
                (Side(found.place, "叙述", quote),),
                quote,
                f"{match['digits']}万元，或说明单位确实是元",
                conversion_suspected=True,
            )


@rule(
    "NAR114",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    fix="核对资产和人员台账，两处写同一个数；口径不同的分别写明。",
)
def one_stock_has_one_count(subject: Subject) -> Iterator[Outcome]:
    """同一时点的人员、车辆、设备数量前后一致。

    错：三、人员和车辆：本部门共有车辆2辆。八、国有资产：本部门共有车辆3辆。
    对：三、人员和车辆：本部门共有车辆2辆。八、国有资产：本部门共有车辆2辆。
    """
    groups: dict[tuple[str, str, int | None, str | None], list[StockFact]] = {}
    for fact in subject.disclosure.stock:
        if fact.value is not None:
            groups.setdefault((fact.item, fact.unit, fact.year, fact.total), []).append(fact)
    if not any(len(facts) > 1 for facts in groups.values()):
        yield not_applicable("没有两处写明的数量")
    for (item, unit, _, _), facts in groups.items():
        values = list(dict.fromkeys(f.value for f in facts))
        if len(facts) > 1:
            yield from (Examined(f.place) for f in facts)
        if len(values) > 1 and len({f.place for f in facts}) > 1:
            shown = "、".join(f"{v:f}{unit}" for v in values if v is not None)
            yield Draft(
                f"“{item}”前后数量不同：{shown}",
                tuple(Side(f.place, item, f"{f.value:f}{unit}") for f in facts),
                shown,
                "前后同一个数",
            )


_WHY = regex(r"(?:主要)?原因(?:分析)?\s*(?:是|为|系|在于|：|:)(?P<reason>[^。]*)")
_MOVED = regex(
    r"(?P<more>增加|增长|上升|提高|(?<!不)大于|高于)|(?P<less>减少|下降|降低|(?<!不)小于|低于)|(?P<same>持平|一致|不变|无变化|相同|等于)"
)
_BARE_HEAD = 6
"""A sentence that begins with 主要原因 speaks of the one before it."""
_WHY_MORE = regex(
    r"增加|增长|增多|新增|上[调升涨]|提[高升标]|追加|扩大|增[资员编设人]|调[增标资]|上年未|去年未|加大|补[发缴]|晋升|新[招录进聘购建]|未(?:列|纳)入|结转|上年(?:度)?(?:因|压|减)"
)
_WHY_LESS = regex(r"厉行节约|压[缩减]|缩减|减少|下降|降低|节约|节省|核减|调减|从严控制|严格控制|严控|控制")
_SAVED = regex(r"厉行节约|压[缩减]|缩减|减少|下降|降低|节约(?:开支|支出|经费|资金|成本)|节省|核减|调减")
_ADDED = regex(r"增加|增长|增多|新增|上[调升涨]|提高|追加|扩大|调增")
_EITHER = regex(
    r"上年|去年|以前年度|往年|20\d\d|基数|口径|调整|变[动化]|改革|划[转入出]|转隶|政策|合并|结余|结转|一次性|不|未|无|没有|其中|但|同时|抵|年初预算|预算数|完工|完成|结束"
)


@rule(
    "NAR122",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对增减的方向和原因，改正不对的一处。",
)
def reasons_go_the_way_of_the_figures(subject: Subject) -> Iterator[Outcome]:
    """增减的原因与增减的方向一致。

    只看原因里只有一个方向的；原因提到上年、基数、调整之类的不看，可能说得通。

    错：机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是落实过紧日子要求，压缩公用经费。
    对：机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是新招录人员，公用经费随之增加。
    """
    for sentence, before in zip(subject.sentences, (None, *subject.sentences), strict=False):
        reasons = list(_WHY.finditer(sentence.text))
        if len(reasons) != 1:
            continue
        reason = reasons[0]
        head = sentence.text[: reason.start()]
        if before is not None and len(compact(head)) <= _BARE_HEAD and before.paragraph == sentence.paragraph:
            head = before.text
        said = _only_way(head)
        why = compact(reason["reason"])
        if not said or _EITHER.search(why):
            continue
        yield Examined(sentence.place_of(reason))
        if (_SAVED.search(why) and not _WHY_MORE.search(why)) if said > 0 else (_ADDED.search(why) and not _WHY_LESS.search(why)):
            quote = f"{compact(head)[-24:]}{compact(reason.group())[:40]}"
            yield Draft(
                f"数字说{'增加' if said > 0 else '减少'}，原因却说{'减少' if said > 0 else '增加'}：“{quote}”",
                (Mention(sentence, reason).side,),
                quote,
                "方向和原因一致",
            )


def _only_way(head: str) -> int:
    """Whether everything before a reason rose (1) or fell (-1); 0 where it did both, or neither."""
    ways = {1 if m["more"] else -1 if m["less"] else 0 for m in _MOVED.finditer(compact(head))}
    return ways.pop() if len(ways) == 1 else 0
