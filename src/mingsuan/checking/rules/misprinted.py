"""CODE: printed codes that stand for others, by their digits or by the name beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan import codes
from mingsuan.checking.code_uses import CLASSIFICATIONS, FIELDS, CodeUse, code_uses
from mingsuan.checking.meant_codes import Misprint
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes.lookalikes import digits_meant
from mingsuan.model import Level, Repair, Row, Side, Table
from mingsuan.places import Place

CHAPTER = "科目"
_FIRST_DIGITS = {"function": "2", "department_economic": "3", "government_economic": "5"}
_SHOWN = 3
"""Places where the code that was meant is printed, of which a finding shows so many."""


@rule("CODE101", level=Level.ERROR, chapter=CHAPTER, basis="《中华人民共和国预算法》第32条第4款", needs=(Need.TABLES,), about=About.TABLES)
def codes_have_their_digits(subject: Subject) -> Iterator[Outcome]:
    """功能科目编码3、5或7位，经济科目编码3或5位。

    错：功能科目编码 201030（6位）
    对：功能科目编码 2010301
    """
    uses = [u for u in code_uses(subject.disclosure) if u.code.isascii() and u.code.isdigit()]
    if not uses:
        yield not_applicable("表里没有科目编码")
    groups: dict[tuple[int, str], list[CodeUse]] = {}
    for use in uses:
        groups.setdefault((id(use.table), use.kind), []).append(use)
    yield from _restored(subject)
    known = {id(subject.disclosure.tables[m.table].rows[m.row]): m for m in subject.misprints if not m.well_formed}
    for members in groups.values():
        yield from (Examined(u.side.place) for u in members)
        bad = [u for u in members if not codes.well_formed(u.kind, u.code)]
        if bad and 3 * len(bad) > len(members):
            yield insufficient(f"“{members[0].table.title}”的{CLASSIFICATIONS[members[0].kind]}编码多数不合位数，可能读错了列，没有核对")
            for use in bad:
                known.pop(id(use.row), None)
            continue
        yield from (_shapeless(use) for use in bad if id(use.row) not in known)
    yield from (_told(subject, misprint) for misprint in known.values())


def _shapeless(use: CodeUse) -> Draft:
    """A code that has not its digits, and nobody knows what it is."""
    digits = f"{_digits(use.kind)}，以{_FIRST_DIGITS[use.kind]}开头"
    return Draft(
        f"{CLASSIFICATIONS[use.kind]}编码“{use.code}”不合规定：应为{digits}",
        (use.side,),
        use.code,
        f"{digits.replace('，', '、')}的编码",
        conversion_suspected=True,
    )


def _digits(kind: str) -> str:
    return "3、5或7位" if kind == "function" else "3或5位"


@rule(
    "CODE110", level=Level.ERROR, chapter=CHAPTER, basis="《中华人民共和国预算法实施条例》第6条", needs=(Need.TABLES,), about=About.TABLES
)
def one_class_has_one_code(subject: Subject) -> Iterator[Outcome]:
    """同一科目在各表用同一编码。

    只有一位数字（或相邻两位的次序）与别的表同名科目的编码不同，而名称与印的编码不符，或金额与那个科目相同，才算错。

    错：支出总表列2080501行政单位离退休240.83，一般公共预算支出表列2080508行政单位离退休240.83。
    对：两张表都列2080501行政单位离退休240.83。
    """
    uses = [u for u in code_uses(subject.disclosure) if u.name]
    if not uses:
        yield not_applicable("表里没有科目编码和名称")
    yield from (Examined(u.side.place) for u in uses)
    yield from (_told(subject, misprint) for misprint in subject.misprints if misprint.well_formed)


def _told(subject: Subject, misprint: Misprint) -> Draft:
    """A code whose meaning is known."""
    table = subject.disclosure.tables[misprint.table]
    place = _cell(table.rows[misprint.row], misprint)
    label = f"《{table.title}》·{misprint.name}"
    where = list(dict.fromkeys(s.label.partition("·")[0] for s in misprint.elsewhere))
    more = f"等{len(where)}张表" if len(where) > _SHOWN else ""
    why = (
        f"{'、'.join(where[:_SHOWN])}{more}的“{misprint.name}”都是{misprint.meant}"
        if where
        else f"{_in_list(subject, misprint)}，“{misprint.name}”的编码是{misprint.meant}"
    )
    shape = "" if misprint.well_formed else f"不是{_digits(misprint.kind)}的编码，"
    kind = CLASSIFICATIONS.get(misprint.kind, "单位")
    return Draft(
        f"《{table.title}》“{misprint.name}”的{kind}编码印作{misprint.printed}，{shape}应为{misprint.meant}：{why}",
        (Side(place, label, misprint.printed), *misprint.elsewhere[:_SHOWN]),
        misprint.printed,
        misprint.meant,
        repairs=(Repair(place, label, misprint.printed, misprint.meant, "编码错"),),
        conversion_suspected=not misprint.well_formed,
        level=Level.WARNING if misprint.well_formed and not where else None,
        fix=f"把编码{misprint.printed}改为{misprint.meant}；这一行的名称和金额不必改动，核对时已按{misprint.meant}计入。",
    )


def _in_list(subject: Subject, misprint: Misprint) -> str:
    """What the official list says of a printed code."""
    named = subject.codes.names(misprint.kind, misprint.printed) if misprint.well_formed else ()
    return f"科目表的{misprint.printed}是“{named[0]}”" if named else f"科目表没有{misprint.printed}"


def _cell(row: Row, misprint: Misprint) -> Place:
    """Where a row prints a code, or the last part of it."""
    texts = [cell for cell in row.cells.values() if cell.text.isdigit() and misprint.printed.endswith(cell.text)]
    return (texts or list(row.cells.values()))[-1].place


def _restored(subject: Subject) -> Iterator[Draft]:
    """Codes that the reader took for others: by their neighbours, 7 11 02 below 210 11, or by letters that look like digits."""
    for table in subject.disclosure.tables:
        form = subject.dialect.by_kind.get(table.kind) if subject.dialect else None
        keys = [(c.path, d) for c in table.columns if form and (d := form.by_path.get(c.form or "")) and d.key in FIELDS.values()]
        for chain in dict.fromkeys(d.key for _, d in keys):
            parts = [(path, d.digits) for path, d in keys if d.key == chain and d.digits]
            whole = [path for path, d in keys if d.key == chain and not d.digits]
            for row in table.rows:
                code = getattr(row.key, chain) if row.key else None
                if code:
                    yield from _in_parts(table, row, parts, code)
                    yield from (_read_as(table, row, path, row.text(path), code) for path in whole if _lettered(row.text(path), code))


def _lettered(text: str, code: str) -> bool:
    return text != code and digits_meant(text) == code


def _in_parts(table: Table, row: Row, columns: Sequence[tuple[str, int]], code: str) -> Iterator[Draft]:
    starts = (0, *(digits for _, digits in columns))
    printed = [(row.text(path), code[start:digits]) for (path, digits), start in zip(columns, starts, strict=False)]
    if all(not text or text == part or len(text) > len(part) for text, part in printed):
        return
    said, meant = (" ".join(filter(None, words)) for words in zip(*printed, strict=True))
    wrong = next(path for (path, _), (text, part) in zip(columns, printed, strict=True) if text and text != part)
    yield _read_as(table, row, wrong, said, meant)


def _read_as(table: Table, row: Row, path: str, said: str, meant: str) -> Draft:
    letters = "" if said.replace(" ", "").isdigit() else "里有字母，"
    return Draft(
        f"《{table.title}》科目编码“{said}”{letters}应为“{meant}”",
        (Side(row.cells[path].place, table.title, said),),
        said,
        meant,
        conversion_suspected=True,
        fix=f"把编码“{said}”改为“{meant}”；这一行的名称和金额不必改动。",
    )
