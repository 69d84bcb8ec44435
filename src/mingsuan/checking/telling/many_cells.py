"""What is said of a slip of a whole column, of rows or of a table."""

from __future__ import annotations

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.roots.together import MISPLACED
from mingsuan.checking.telling.cause_words import chain_told, counterparts
from mingsuan.checking.telling.cell_names import named, parted, quoted
from mingsuan.checking.telling.figures import printed
from mingsuan.identities import Candidate, Cause, Derivation, Extent
from mingsuan.identities.localising.edits import LOST, POINT, SHIFTED
from mingsuan.model import Repair, Side


def of_many_cells(derivation: Derivation, cause: Cause) -> Draft:
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
        sides=(Side(wrong.place, wrong.label, printed(wrong.amount)), *counterparts(derivation, first, best.figure)),
        observed=printed(wrong.amount),
        expected=printed(best.edits[0][1]),
        repairs=tuple(_repair_of_many(derivation, c) for c in cause.candidates),
        witnesses=chain_told(derivation, cause),
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
