"""ACR: one disclosure against last year's and against the budget of a final account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from mingsuan.checking.across import Key, amounts_of, said_of_last_year
from mingsuan.checking.comparing import Pair, Printed, compared, described, estranged, named, same_body, unlike
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import bare
from mingsuan.ledger.trees import Selection
from mingsuan.model import Disclosure, Level, Receipt, Stage, Status

CHAPTER = "跨文本"
_UNREAD = "没有认出版式，不知道各数的口径，不能比较"


def _not_last_year(subject: Subject, last: Subject) -> str:
    """Why a disclosure is not last year's of the same kind; "" if it is."""
    mine, theirs = subject.disclosure, last.disclosure
    if last.meaning is None:
        return f"给出的上年文本{_UNREAD}"
    if subject.meaning is None:
        return f"本文{_UNREAD}"
    if mine.year is None or theirs.year is None:
        return f"{'本文' if mine.year is None else '给出的上年文本'}没有认出年度，不能比较"
    if theirs.year != mine.year - 1 or theirs.stage is not mine.stage:
        return f"给出的是{described(theirs)}，不是{mine.year - 1}年同类的公开文本，没有比较"
    return ""


def _of_another(mine: Disclosure, theirs: Disclosure, given: str) -> str:
    """Why a disclosure is not one of the same department, as far as the names tell; "" if it is."""
    if same_body(mine.department, theirs.department):
        return ""
    if mine.department and theirs.department:
        return f"给出的是{described(theirs)}，不是{named(mine)}的，没有比较"
    return f"{given if mine.department else '本文'}没有印明部门名称，不能确认是同一部门的，没有比较"


@rule(
    "ACR101",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.LAST,),
    fix="以上年公开的数为准核对：上年数写错的改正，增减额和增减百分比随之重算；口径调整的写明调整原因。",
)
def last_years_numbers_are_those_published(subject: Subject) -> Iterator[Outcome]:
    """本年文本所说的上年数，与上年公开的数一致。

    上年数可以直接印出（上年栏），也可以由本年数和增减额推得。上年数按新口径调整过的，应当说明。

    错：2023年写“收入总计2430.88万元，比2022年减少620.38万元”，2022年公开的收入总计是3000.00万元。
    对：2023年写“收入总计2430.88万元，比2022年减少620.38万元”，2022年公开的收入总计是3051.26万元。
    """
    last = subject.beside.last
    assert last is not None
    reason = _not_last_year(subject, last)
    if reason or subject.meaning is None or last.meaning is None:
        yield insufficient(reason)
        return
    published = amounts_of(last.meaning)
    told = [*amounts_of(subject.meaning, "-1").items(), *said_of_last_year(subject)]
    pairs = [(printed, published[key]) for key, printed in told if key in published]
    other = _of_another(subject.disclosure, last.disclosure, "给出的上年文本")
    if not pairs:
        yield insufficient(other or "本年文本没有写出能与上年公开文本对应的上年数")
        return
    words = (f"给出的{described(last.disclosure)}", f"同一部门{last.year}年的公开文本")
    yield from _side_by_side(
        pairs,
        other,
        words,
        lambda said, then: f"上年公开的{then.side.label}是{then.side.text}，本年文本说上年是{said.side.text}",
    )


def _side_by_side(pairs: Sequence[Pair], other: str, words: tuple[str, str], told: Callable[[Printed, Printed], str]) -> Iterator[Outcome]:
    """What two disclosures print of the same regions: what was compared, and a finding for each cause.

    Where the other one seems to be another department's (`other` says why) it is compared only if most agrees, as after a reform.
    `words` call it, and what it should be.
    """
    comparison = compared(pairs)
    if other and not comparison.of_one_body:
        yield insufficient(other)
        return
    if other:
        agreed = f"可比的{len(pairs)}处里{len(comparison.agreed)}处一致"
        yield Receipt("", Status.PASSED, f"{other.removesuffix('，没有比较')}；但{agreed}，按同一部门比较")
    yield from (Examined(one.side.place) for one, _ in pairs)
    if comparison.unrelated:
        yield estranged(comparison, *words)
        return
    for cause in comparison.causes:
        yield unlike(cause, told(*cause[0]))


@rule(
    "ACR102",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="惯例",
    needs=(Need.LAST,),
    fix="核对是否漏列；职能划转、科目调整的，在增减变化里写明。",
)
def great_classes_do_not_vanish(subject: Subject) -> Iterator[Outcome]:
    """上年支出占比大的科目，本年仍有，或者说明为什么没有。

    错：2022年卫生健康支出（210）占支出的12%，2023年各表都没有210。
    对：2023年仍列有210，或说明相关职能已经划转。
    """
    last, share = subject.beside.last, subject.threshold("share_of_lost_code")
    assert last is not None
    reason = _not_last_year(subject, last) or _of_another(subject.disclosure, last.disclosure, "给出的上年文本")
    if reason or share is None or last.meaning is None:
        yield insufficient(reason or "没有规定界限")
        return
    now = {row.key.function[:3] for t in subject.disclosure.tables for row in t.rows if row.key and row.key.function}
    then = _classes(amounts_of(last.meaning, claims=False))
    if not now or not then:
        yield insufficient("表里没有按功能分类列示的支出")
        return
    whole = sum((p.yuan for p in then.values()), Decimal(0))
    for code, printed in then.items():
        yield Examined(printed.side.place)
        if code not in now and whole > 0 and printed.yuan / whole * 100 >= share.value and not _mentioned(subject, code):
            name = last.codes.lookup("function", code, last.year or 0)
            called = f"{code}{name.name if name else ''}"
            yield Draft(
                f"上年有{called}{printed.side.text}，占{printed.yuan / whole * 100:.1f}%，本年各表都没有这一类，请核实",
                (printed.side,),
                f"没有{called}",
                "列出，或说明原因",
            )


def _classes(amounts: Mapping[Key, Printed]) -> dict[str, Printed]:
    """Spending by class of the functional classification: all of a class, on no other axis but use and measure."""
    found: dict[str, Printed] = {}
    for key, printed in amounts.items():
        sides = dict(key)
        function = sides.pop("function", None)
        if function is not None and set(sides) <= {"use", "measure"} and len(function.marks) == 1:
            node, inside = function.marks[0]
            if inside and len(node) == 3 and printed.yuan > 0:
                found.setdefault(node, printed)
    return found


def _mentioned(subject: Subject, code: str) -> bool:
    known = subject.codes.lookup("function", code, subject.year or 0)
    return known is not None and bare(known.name).removesuffix("支出") in subject.narrative


@rule(
    "ACR103",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.LAST,),
    fix="核对项目是否漏列；已经取消或并入其他项目的，在说明里写明。",
)
def projects_to_be_continued_are_there(subject: Subject) -> Iterator[Outcome]:
    """上年写明本年还有资金需求的项目，本年仍然列出。

    错：2022年写“2023年资金需求249万元”的项目，2023年没有列出。
    对：2023年的项目支出列有这个项目，或说明已经完成。
    """
    last = subject.beside.last
    assert last is not None
    reason = _not_last_year(subject, last) or _of_another(subject.disclosure, last.disclosure, "给出的上年文本")
    if reason or last.meaning is None:
        yield insufficient(reason)
        return
    needed = {name: p for key, p in amounts_of(last.meaning, "1").items() if (name := _project(key)) and p.yuan > 0}
    if not needed:
        yield not_applicable("上年没有写明本年的资金需求")
    everything = subject.narrative + "".join(subject.table_texts)
    for name, printed in needed.items():
        yield Examined(printed.side.place)
        if bare(name).removesuffix("项目").removesuffix("经费") not in everything:
            yield Draft(
                f"上年写明项目“{name}”本年资金需求{printed.side.text}，本年没有列出这个项目，请核实",
                (printed.side,),
                f"没有“{name}”",
                "列出，或说明原因",
            )


def _project(key: Key) -> str:
    marks = dict(key).get("project")
    return marks.marks[0][0].partition("@")[0] if marks is not None and len(marks.marks) == 1 and marks.marks[0][1] else ""


@rule(
    "ACR121",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="《中华人民共和国预算法》第75条",
    needs=(Need.BUDGET,),
    fix="年初预算数以公布的部门预算为准核对；口径不同的，在说明里写明。",
)
def final_accounts_start_from_the_published_budget(subject: Subject) -> Iterator[Outcome]:
    """决算里的年初预算数，与公布的部门预算一致。

    错：决算写“三公”经费年初预算2.85万元，公布的部门预算是2.58万元。
    对：决算写“三公”经费年初预算2.85万元，公布的部门预算是2.85万元。
    """
    budget = subject.beside.budget
    assert budget is not None
    reason = _not_its_budget(subject, budget)
    if reason or subject.meaning is None or budget.meaning is None:
        yield insufficient(reason)
        return
    published = amounts_of(budget.meaning)
    pairs = [(p, published[key]) for key, p in amounts_of(subject.meaning).items() if key in published and _of_budget(key)]
    other = _of_another(subject.disclosure, budget.disclosure, "给出的预算文本")
    if not pairs:
        yield insufficient(other or "决算没有写出能与公布的预算对应的年初预算数")
        return
    words = (f"给出的{described(budget.disclosure)}", f"同一部门{subject.year}年的部门预算")
    yield from _side_by_side(
        pairs,
        other,
        words,
        lambda said, then: f"决算写{said.side.label}{said.side.text}，公布的预算（{then.side.label}）是{then.side.text}",
    )


def _not_its_budget(subject: Subject, budget: Subject) -> str:
    if subject.disclosure.stage is not Stage.FINAL_ACCOUNT:
        return "核对的不是决算，年初预算只与决算比较"
    if subject.meaning is None or budget.meaning is None:
        return f"{'本文' if subject.meaning is None else '给出的预算文本'}{_UNREAD}"
    if budget.disclosure.stage is not Stage.BUDGET or budget.year != subject.year:
        return f"给出的是{described(budget.disclosure)}，不是{subject.year}年的部门预算，没有比较"
    return ""


def _of_budget(key: Key) -> bool:
    return dict(key).get("measure") == Selection((("年初预算", True),))
