"""Codes as they were meant where others are printed: a rule tells the code, and its row is to cause no second finding.

2010301 printed 201031 stands in no sum of 20103, and printed 2010801 in one of another section. What was meant follows from the name: the
document's own tables print it with the code, or the official list does, and no more than a digit was left out, doubled or mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from mingsuan import codes
from mingsuan.checking.code_uses import FIELDS
from mingsuan.checking.codes_of_rows import UNIT, Use, Uses, is_code, uses_of
from mingsuan.codes import Codes
from mingsuan.codes.classification import ancestors
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import bare
from mingsuan.model import Disclosure, RowKey, Side
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Misprint:
    """A printed code that stands for another.

    Attributes:
        table, row: numbers of where it stands.
        kind: the classification.
        printed, meant: the codes.
        name: as it is printed beside the code.
        well_formed: it has the digits of a code, and only its name and the other tables show that it is wrong.
        elsewhere: where the document prints the name with the code that was meant, none where the official list alone does.
    """

    table: int
    row: int
    kind: str
    printed: str
    meant: str
    name: str
    well_formed: bool
    elsewhere: tuple[Side, ...] = ()


def misprints(disclosure: Disclosure, dialect: Dialect | None, known: Codes) -> tuple[Misprint, ...]:
    """The codes of a disclosure that stand for others, in order; each row and classification once. `known` are the official lists."""
    uses = list(uses_of(disclosure, dialect))
    by_name: dict[tuple[str, str], dict[str, list[Use]]] = {}
    for use in uses:
        if use.name and is_code(use.kind, use.code):
            by_name.setdefault((use.kind, bare(use.name)), {}).setdefault(use.code, []).append(use)
    printed = {(use.kind, use.code) for use in uses}
    found = [m for named in by_name.values() if len(named) > 1 for m in _of_another(named, printed, disclosure)]
    told = {(m.table, m.row, m.kind) for m in found}
    codes_at = {(use.table, use.row, use.kind): use.code for use in uses}
    for use in uses:
        if use.name and (use.table, use.row, use.kind) not in told:
            found.extend(_unknown(use, by_name, disclosure, known))
            found.extend(_among_sisters(use, codes_at, disclosure, known))
    return tuple(sorted(found, key=lambda m: (m.table, m.row, m.kind)))


def as_meant(disclosure: Disclosure, wrong: Iterable[Misprint]) -> Disclosure:
    """A disclosure whose rows stand for the codes that were meant; the same one where none is wrong."""
    by_table: dict[int, list[Misprint]] = {}
    for misprint in wrong:
        by_table.setdefault(misprint.table, []).append(misprint)
    for number, found in by_table.items():
        rows = list(disclosure.tables[number].rows)
        for m in found:
            key = rows[m.row].key or RowKey()
            unit = None if key.unit == m.printed else key.unit
            rows[m.row] = replace(
                rows[m.row], key=replace(key, **({"unit": unit, FIELDS[m.kind]: m.meant} if m.kind != UNIT else {"unit": m.meant}))
            )
        disclosure = disclosure.with_table(number, replace(disclosure.tables[number], rows=tuple(rows)))
    return disclosure


def _unknown(use: Use, by_name: Uses, disclosure: Disclosure, known: Codes) -> Iterator[Misprint]:
    """A code without its digits, by the document's other tables or else the official list; one in no list, by the list.

    Only a name that the list gives to a single code tells what a well-formed one was meant to be.
    """
    formed = is_code(use.kind, use.code)
    if use.kind == UNIT or not use.code.isdigit() or (formed and known.names(use.kind, use.code)):
        return
    named = {} if formed else by_name.get((use.kind, bare(use.name)), {})
    wanted = {code for code in named if one_slip_apart(use.code, code)}
    if not wanted:
        listed = {c.code for c in known.find(use.kind, use.name, disclosure.year)}
        wanted = {code for code in listed if one_slip_apart(use.code, code)} if len(listed) == 1 or not formed else set()
    if len(wanted) == 1:
        (meant,) = wanted
        yield _misprint(use, meant, named.get(meant, ()), disclosure, well_formed=formed)


def _among_sisters(use: Use, codes_at: Mapping[tuple[int, int, str], str], disclosure: Disclosure, known: Codes) -> Iterator[Misprint]:
    """A code of the list whose name is another's, one slip apart, and that stands among the sisters of that one (31099 below 30113)."""
    if use.kind == UNIT or not is_code(use.kind, use.code) or codes.name_agrees(use.kind, use.code, use.name):
        return
    listed = {c.code for c in known.find(use.kind, use.name, disclosure.year)}
    (meant,) = listed if len(listed) == 1 else ("",)
    if not one_slip_apart(use.code, meant):
        return
    rows = {row: code for row in (use.row - 1, use.row + 1) if (code := codes_at.get((use.table, row, use.kind)))}
    stands = any(code[:-2] == meant[:-2] and len(code) == len(meant) for code in rows.values())
    strange = not any(code[: len(use.code) - 2] == use.code[:-2] for code in rows.values())
    present = any(table == use.table and kind == use.kind and code == meant for (table, _, kind), code in codes_at.items())
    if stands and strange and not present:
        yield _misprint(use, meant, (), disclosure, well_formed=True)


def _of_another(named: Mapping[str, Sequence[Use]], printed: Set[tuple[str, str]], disclosure: Disclosure) -> Iterator[Misprint]:
    """Codes that a single row prints with a name which other rows print with a code one digit apart, that stands nowhere beside it.

    The name contradicts the code, or the row has an amount of the other's: else both may be right, 2010301 and 2010801 行政运行.
    """
    signs = sorted(set("".join(named)))
    for code, uses in named.items():
        if len(uses) > 1:
            continue
        (use,) = uses
        near = (other for other in _one_slip_from(code, signs) if other in named)
        meant = [other for other in near if not any(_beside(use, one, disclosure) for one in named[other])]
        if (
            len(meant) == 1
            and _trusted(named[meant[0]], printed) > _trusted(uses, printed)
            and _speaks_for(use, named[meant[0]], disclosure)
        ):
            yield _misprint(use, meant[0], named[meant[0]], disclosure, well_formed=True)


def _trusted(uses: Sequence[Use], printed: Set[tuple[str, str]]) -> tuple[bool, bool, int, int]:
    """What speaks for a code printed with a name: the official list, the codes above it, how often it is, that it comes first."""
    kind, code, name = uses[0].kind, uses[0].code, uses[0].name
    if kind == UNIT:
        return (True, True, len(uses), 0)
    listed = all((kind, above) in printed for above in ancestors(code))
    return (codes.name_agrees(kind, code, name), listed, len(uses), -min(u.table for u in uses))


def _beside(one: Use, other: Use, disclosure: Disclosure) -> bool:
    """Whether two uses stand in one part of a table, with the same classes of the other classifications."""
    if one.table != other.table or one.part != other.part:
        return False
    rows = disclosure.tables[one.table].rows
    mine, theirs = ([getattr(rows[u.row].key, f) for k, f in FIELDS.items() if k != one.kind] for u in (one, other))
    return mine == theirs


def _speaks_for(use: Use, others: Sequence[Use], disclosure: Disclosure) -> bool:
    """Whether a row belongs to another code: the official name of its own is nothing like its name, or its amounts are the other's."""
    if use.kind == UNIT:
        return len({other.table for other in others}) > 1
    if any(codes.contradicts(u.kind, u.code, u.name) for u in others):
        return False
    if codes.contradicts(use.kind, use.code, use.name):
        return True
    if any(other.table == use.table for other in others):
        return False  # the table has the other too, and the list gives both codes this name: 50303 and 50403 公务用车购置
    own = _amounts(disclosure, use)
    return any(not own.isdisjoint(_amounts(disclosure, other)) for other in others)


def _amounts(disclosure: Disclosure, use: Use) -> set[Decimal]:
    """The amounts of a row, in 元."""
    cells = disclosure.tables[use.table].rows[use.row].cells.values()
    return {c.amount.yuan for c in cells if c.amount and c.amount.yuan}


def _misprint(use: Use, meant: str, others: Sequence[Use], disclosure: Disclosure, *, well_formed: bool) -> Misprint:
    elsewhere = tuple(_side(disclosure, other) for other in {o.table: o for o in reversed(others)}.values())
    return Misprint(use.table, use.row, use.kind, use.code, meant, use.name, well_formed, elsewhere)


def _side(disclosure: Disclosure, use: Use) -> Side:
    table = disclosure.tables[use.table]
    row = table.rows[use.row]
    cell = next((c for c in row.cells.values() if c.text == use.name), None)
    return Side(cell.place if cell else table.place, f"《{table.title}》·{use.name}", use.code)


def _one_slip_from(code: str, signs: Sequence[str]) -> set[str]:
    """The codes of the same length that are one slip apart: so few that asking for each costs less than comparing with all codes."""
    mistyped = {f"{code[:n]}{sign}{code[n + 1 :]}" for n in range(len(code)) for sign in signs}
    exchanged = {f"{code[:n]}{code[n + 1]}{code[n]}{code[n + 2 :]}" for n in range(len(code) - 1)}
    return (mistyped | exchanged) - {code}


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a digit was left out, put in or mistyped, or two neighbours exchanged."""
    short, long = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
        return short != long and (short[at + 1 :] == long[at + 1 :] or exchanged)
    return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]
