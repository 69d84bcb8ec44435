"""Causes as findings: one root cause is one finding, with its fix, its chain of consequences and every equally likely repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.cell_names import named, named_after, parted, quoted
from mingsuan.checking.figure_words import (
    SHOWN,
    difference,
    money_in,
    printed,
    sentence,
    sides,
    signed,
    signed_in,
    sum_text,
    tells_its_amount,
)
from mingsuan.checking.figure_words import side as side_of
from mingsuan.checking.joining import CARRIED, DIVIDED, MISPLACED, Root
from mingsuan.checking.registry import Draft
from mingsuan.checking.repeated_rows import Repeated
from mingsuan.checking.ways import WITNESSED, against, fix_of_ways, left_open
from mingsuan.dialects.meaning import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Extent, Sort, Violation
from mingsuan.identities.edits import LOST, MOVED, POINT, SHIFTED, UNTYPED
from mingsuan.identities.identity import total
from mingsuan.model import Level, Repair, Side


def told(derivation: Derivation, root: Root) -> Draft:
    """One root cause as one finding, with the relations that fail for the same reason."""
    draft = _told(derivation, root.cause) if root.repeated is None else _printed_twice(derivation, root.cause, root.repeated)
    also = tuple(f"因同一原因：{sentence(derivation, v)}" for v in root.following[:WITNESSED])
    doubt = against(derivation, root.cause, root.following)
    if doubt:
        draft = replace(draft, message=f"{draft.message}{doubt}", fix=_BOTH)
    return replace(draft, witnesses=(*draft.witnesses, *also))


def _told(derivation: Derivation, cause: Cause) -> Draft:
    if cause.missing:
        return _incomplete(derivation, cause)
    if _is_last_digit(cause, derivation.meaning.figures):
        return _rounded_apart(derivation, cause)
    if cause.candidates and cause.candidates[0].extent not in (Extent.CELL, Extent.CELLS):
        return _of_many_cells(derivation, cause)
    if len({frozenset(n for n, _ in c.edits) for c in cause.candidates}) == 1:
        return _wrong(derivation, cause)
    return _undecided(derivation, cause)


def _printed_twice(derivation: Derivation, cause: Cause, repeated: Repeated) -> Draft:
    """A row that stands twice and is counted twice."""
    known = next(t for t in derivation.meaning.tables if t.index == repeated.table)
    figures = [f for f in derivation.meaning.figures if (f.table, f.row) in repeated.places and f.amount is not None and f.amount.yuan]
    name = _row_of(figures[0])
    return Draft(
        f"《{known.table.title}》{name}行紧接着印了两次，内容完全相同：现有{len(cause.chain)}项勾稽关系因此不成立，相差的正是这一行的数。",
        sides=tuple(Side(f.place, f.label, printed(f.amount)) for f in figures),
        observed=f"{name}行印了两次",
        expected="只印一次",
        witnesses=_chain(derivation, cause),
        conversion_suspected=True,
        fix=f"删去重复的{name}行；确为两笔的，在名称里写明区别，并更正合计。",
    )


def _chain(derivation: Derivation, cause: Cause) -> tuple[str, ...]:
    """What does not hold because of a cause, what it violates together with other causes at the end."""
    own = [sentence(derivation, v) for v in sorted(cause.violations, key=lambda v: len(v.identity.members))]
    shared = [f"{sentence(derivation, v)}，与另外的错误共同造成" for v in sorted(cause.shared, key=lambda v: len(v.identity.members))]
    said = (*own, *shared)
    return said if len(said) <= WITNESSED else (*said[:WITNESSED], f"……共{len(said)}项关系不成立，其余从略")


def _wrong(derivation: Derivation, cause: Cause) -> Draft:
    """The cells that are wrong are known."""
    figures = derivation.meaning.figures
    best = cause.candidates[0]
    first = cause.chain[0]
    wrong, wanted = figures[best.figure], best.edits[0][1]
    one = len(best.edits) == 1
    shown = printed(wrong.amount)
    expected = "或".join(dict.fromkeys(_wanted(wrong, c) for c in cause.candidates)) if one else _all_wanted(best)
    return Draft(
        f"{_edit_text(figures, best, expected)}{_slip(best)}：{_because(derivation, cause)}。",
        sides=(
            Side(wrong.place, wrong.label, shown),
            *(Side(figures[n].place, figures[n].label, printed(figures[n].amount)) for n, _ in best.edits[1:] if best.operation != MOVED),
            *_counterparts(derivation, first, best.figure),
        ),
        observed=shown,
        expected=expected,
        difference=difference(wrong.amount, wanted) if one else "",
        repairs=tuple(r for c in cause.candidates for r in _repairs(figures, c)),
        witnesses=_chain(derivation, cause),
        fix=_fix(figures, cause.candidates),
    )


_BOTH = "先核实两处各包括哪些内容，确定按哪一种划分，再把另一处改成一致；口径确实不同的，写明口径。"


def _slip(candidate: Candidate) -> str:
    """How a number came to be wrong, where a known slip explains it."""
    if candidate.operation == DIVIDED:
        return "（相差同样的数，一增一减，合计不变）"
    if candidate.operation == CARRIED:
        return "（相差同样的数，是一处的错带到了另一处）"
    return "" if candidate.operation == UNTYPED else f"（{candidate.operation}）"


_OTHER_UNIT = "元与万元混用"
"""The slip of a number that is right but for its unit, which a sentence prints itself."""


def _wanted(wrong: Figure, candidate: Candidate) -> str:
    """What a number should be; in the other unit, where only the unit is wrong."""
    amount = candidate.edits[0][1]
    if candidate.operation == _OTHER_UNIT and amount is not None and wrong.amount is not None and wrong.claim is not None:
        unit = "万元" if wrong.amount.unit == "元" else "元"
        return printed(replace(amount, unit=unit, decimals=wrong.amount.decimals))
    return printed(amount)


def _because(derivation: Derivation, cause: Cause) -> str:
    """Why a number is taken for wrong: what it does not agree with, or how much does not hold."""
    chain, wrong = cause.chain, cause.candidates[0].figure
    figures = derivation.meaning.figures
    if len(chain) == 1 and len(chain[0].identity.members) == 2 and not cause.shared:
        (other,) = (n for n in chain[0].identity.members if n != wrong)
        name = named_after(figures[wrong].label, figures[other].label)
        shown = "" if tells_its_amount(figures[other]) else printed(figures[other].amount)
        if chain[0].identity.sort is Sort.CONTAINED:
            return f"{'不得大于' if other in chain[0].identity.right else '不得小于'}{name}{shown}"
        return f"{name}{f'是{shown}' if shown else ''}，两处应一致"
    also = "连同其他错误一并改正后全部成立" if cause.shared else "改正后全部成立"
    return f"现有{len(chain)}项勾稽关系因此不成立，{also}"


def _all_wanted(candidate: Candidate) -> str:
    """What several cells should be; of an amount in the wrong column, that its cell is blank."""
    return "空白" if candidate.operation == MOVED else "、".join(printed(amount) for _, amount in candidate.edits)


def _edit_text(figures: Sequence[Figure], candidate: Candidate, expected: str) -> str:
    """What is printed and what it should be."""
    wrong = figures[candidate.figure]
    if candidate.operation == MOVED:
        column = quoted(figures[candidate.edits[1][0]].column)
        return f"{named(wrong.label)}印作{printed(wrong.amount)}，应为空白，这个数应在{column}列"
    if len(candidate.edits) == 1:
        shown = "" if tells_its_amount(wrong) else f"印作{printed(wrong.amount)}，"
        return f"{named(wrong.label)}{shown}应为{expected}"
    before, told = "", []
    for n, amount in candidate.edits:
        shown = "" if tells_its_amount(figures[n]) else f"印作{printed(figures[n].amount)}，"
        told.append(f"{named_after(before, figures[n].label)}{shown}应为{printed(amount)}")
        before = figures[n].label
    return "；".join(told)


def _fix(figures: Sequence[Figure], candidates: Sequence[Candidate]) -> str:
    """What a finance officer is to do."""
    if len(candidates) > 1:
        return ""
    edits = [(figures[n], amount) for n, amount in candidates[0].edits]
    if len(edits) == 1:
        ((figure, amount),) = edits
        told = (
            f"在这一格补上{printed(amount)}" if figure.amount is None else f"把{printed(figure.amount)}改为{_wanted(figure, candidates[0])}"
        )
    else:
        told = "，再".join(f"把{named(figure.label)}改为{printed(amount)}" for figure, amount in edits)
    return f"核对原始数据，确认后{told}；其余各数不必改动。"


def _undecided(derivation: Derivation, cause: Cause) -> Draft:
    """Several repairs are equally likely, or none is known."""
    first = cause.chain[0]
    right = sum_text(derivation, first.identity.right)
    return Draft(
        f"{sentence(derivation, first)}。{left_open(derivation.meaning.figures, cause)}",
        sides=sides(derivation, first.identity),
        observed=sum_text(derivation, first.identity.left),
        expected=right if first.identity.sort is not Sort.CONTAINED else f"不大于{right}",
        difference=signed(first.difference, derivation, first.identity),
        repairs=tuple(r for c in cause.candidates for r in _repairs(derivation.meaning.figures, c)),
        witnesses=_chain(derivation, cause),
        fix=fix_of_ways(cause),
    )


def _of_many_cells(derivation: Derivation, cause: Cause) -> Draft:
    """A slip of a whole column, of rows or of a table."""
    figures = derivation.meaning.figures
    best = cause.candidates[0]
    first = cause.chain[0]
    readings = "；或者".join(_many_text(derivation, c) for c in cause.candidates)
    equal = "这几种可能同样说得通，请对照原件。" if len(cause.candidates) > 1 else ""
    count = len(cause.violations)
    failing = f"现有{count}项勾稽关系因此不成立，改正后全部成立" if count > 1 else "现有1项勾稽关系因此不成立，改正后成立"
    defect = "也可能是文件转换时丢失或错位，请先对照原件。" if cause.conversion else ""
    wrong = figures[best.figure]
    return Draft(
        f"{readings}：{failing}。{equal}{defect}",
        sides=(Side(wrong.place, wrong.label, printed(wrong.amount)), *_counterparts(derivation, first, best.figure)),
        observed=printed(wrong.amount),
        expected=printed(best.edits[0][1]),
        repairs=tuple(_repair_of_many(derivation, c) for c in cause.candidates),
        witnesses=_chain(derivation, cause),
        conversion_suspected=cause.conversion,
        fix=f"对照原件核实后，{'，或'.join(_order(derivation, c) for c in cause.candidates)}；不必逐个改数。",
    )


def _many(derivation: Derivation, candidate: Candidate) -> str:
    """The cells of a slip of many, as a whole."""
    figures = derivation.meaning.figures
    wrong = figures[candidate.figure]
    table = f"《{next(t.table.title for t in derivation.meaning.tables if t.index == wrong.table)}》"
    columns = "、".join(quoted(c) for c in dict.fromkeys(figures[n].column for n, _ in candidate.edits))
    match candidate.extent:
        case Extent.TABLE:
            return f"{table}全部{len(candidate.edits)}个金额"
        case Extent.ROWS:
            rows = dict.fromkeys(cell.row for n, _ in candidate.edits if (cell := parted(figures[n].label)) is not None)
            return f"{table}{'、'.join(quoted(row) for row in rows)}两行"
        case _:
            return f"{table}{columns}列"


def _many_text(derivation: Derivation, candidate: Candidate) -> str:
    wrong = derivation.meaning.figures[candidate.figure]
    wanted = candidate.edits[0][1]
    example = named(wrong.label).partition("》")[2] or wrong.label
    return f"{_many(derivation, candidate)}有误（{candidate.operation}），例如{example}印作{printed(wrong.amount)}，应为{printed(wanted)}"


def _order(derivation: Derivation, candidate: Candidate) -> str:
    """What to do about a slip of many cells."""
    many, wanted = _many(derivation, candidate), candidate.edits[0][1]
    printed = derivation.meaning.figures[candidate.figure].amount
    if printed is not None and wanted is not None and printed.unit != wanted.unit:
        return f"把{many}的单位改为{wanted.unit}，或把各数折算成{printed.unit}"
    if candidate.operation == LOST:
        return f"补上{many}的各数"
    if candidate.operation in (SHIFTED, MISPLACED):
        return f"把{many}的各数移回各自的行"
    return f"把{many}的各数{'互换' if wanted is None or candidate.operation != POINT else '改正小数点'}"


def _repair_of_many(derivation: Derivation, candidate: Candidate) -> Repair:
    wrong = derivation.meaning.figures[candidate.figure]
    example = candidate.edits[0][1]
    return Repair(wrong.place, _many(derivation, candidate), printed(wrong.amount), f"{printed(example)}（首个）", candidate.operation)


def _is_last_digit(cause: Cause, figures: Sequence[Figure]) -> bool:
    """Whether a cause is one last digit between prints of one quantity in 千元 or more: rounded items added up, or their sum rounded."""
    if not any(v.identity.sort in {Sort.EQUAL, Sort.CONDITIONAL} for v in cause.violations):
        return False
    for v in cause.violations:
        amounts = [figures[n].amount for n in v.identity.members]
        if len(amounts) != 2 or abs(v.difference) > v.tolerance or any(a is None or a.unit == "元" or not a.decimals for a in amounts):
            return False
    return True


def _rounded_apart(derivation: Derivation, cause: Cause) -> Draft:
    first = min(cause.violations, key=lambda v: v.identity.sort is Sort.CONTAINED)
    return Draft(
        f"{sentence(derivation, first)}。只差末位一个数字，多是先舍入再相加与先相加再舍入的不同，宜统一。",
        sides=tuple(dict.fromkeys(s for v in cause.violations for s in sides(derivation, v.identity))),
        observed=sum_text(derivation, first.identity.left),
        expected=sum_text(derivation, first.identity.right),
        difference=signed(first.difference, derivation, first.identity),
        level=Level.INFO,
    )


def _incomplete(derivation: Derivation, cause: Cause) -> Draft:
    figures = derivation.meaning.figures
    sums = [v for v in cause.violations if v.identity.sort is Sort.PARTITION]
    number = figures[sums[0].identity.left[0]].table
    table = next(t.table.title for t in derivation.meaning.tables if t.index == number)
    missing, yuan = _left_out(figures, cause.missing, sums)
    names = "、".join(f"{_row_of(f)}{printed(f.amount)}" for f in missing[:SHOWN])
    more = "等" if len(missing) > SHOWN else ""
    unit = missing[0].amount.unit if missing[0].amount else "元"
    decimals = max((f.amount.decimals for f in missing if f.amount), default=0)
    other = parted(missing[0].label)
    whole = max(total(figures, v.identity.left)[0] for v in sums)
    elsewhere = other.table if other else "另一张表"
    return Draft(
        f"《{table}》没有列全：{elsewhere}列有而此表没有的有{len(missing)}项，合计{money_in(yuan, unit, decimals)}"
        f"（{names}{more}），所列各行之和因此与合计不符。",
        sides=(
            *(
                Side(figures[v.identity.left[0]].place, figures[v.identity.left[0]].label, sum_text(derivation, v.identity.left))
                for v in sums
            ),
            *(Side(f.place, f.label, printed(f.amount)) for f in missing),
        ),
        observed=f"所列各项合计{money_in(whole - yuan, unit, decimals)}",
        expected=f"列全各项，合计{money_in(whole, unit, decimals)}",
        difference=signed_in(-yuan, unit, decimals),
        witnesses=tuple(sentence(derivation, v) for v in sums),
        conversion_suspected=True,
    )


def _left_out(figures: Sequence[Figure], numbers: Sequence[int], sums: Sequence[Violation]) -> tuple[list[Figure], Decimal]:
    """What a list lacks and how much: the figures of one column that add up to what a sum lacks; else of the longest."""
    columns: dict[tuple[int, str], list[Figure]] = {}
    for figure in (figures[n] for n in numbers):
        columns.setdefault((figure.table, figure.column), []).append(figure)
    amounts = {at: sum((f.amount.yuan for f in column if f.amount), Decimal(0)) for at, column in columns.items()}
    short = sorted(sums, key=lambda v: abs(v.difference), reverse=True)
    fits = (at for v in short for at, yuan in amounts.items() if abs(yuan - abs(v.difference)) <= v.tolerance)
    chosen = next(fits, max(columns, key=lambda at: len(columns[at])))
    return columns[chosen], amounts[chosen]


def _row_of(figure: Figure) -> str:
    """The row of a figure alone, in quotation marks."""
    cell = parted(figure.label)
    return quoted(cell.row) if cell else figure.label


def _repairs(figures: Sequence[Figure], candidate: Candidate) -> Iterator[Repair]:
    for number, amount in candidate.edits:
        figure = figures[number]
        yield Repair(figure.place, figure.label, printed(figure.amount), printed(amount), candidate.operation)


def _counterparts(derivation: Derivation, v: Violation, wrong: int) -> tuple[Side, ...]:
    """The side of an identity that the wrong figure does not stand on; its own side where it is one of several addends."""
    identity = v.identity
    others = identity.right if wrong in identity.left else identity.left
    return side_of(derivation, others or identity.left)
