"""The units of a department and the disclosures given as theirs: which is whose, which cannot be, and whose are lacking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.checking.across import units_named
from mingsuan.checking.comparing import described, named, same_body
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import bare
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Given:
    """A disclosure that can be a unit's own.

    Attributes:
        unit: the disclosure.
        code: of the unit in the department's tables, "" where these do not list it.
    """

    unit: Subject
    code: str

    @property
    def name(self) -> str:
        """Whose it is, in quotation marks."""
        return named(self.unit.disclosure)


@dataclass(frozen=True)
class GivenUnits:
    """What was given as the disclosures of a department's units.

    Attributes:
        usable: those that can be, each unit once.
        refused: why each of the others is not compared.
        absent: units that the department lists and whose disclosure was not given.
        listed: whether the department says which units it has.
    """

    usable: tuple[Given, ...]
    refused: tuple[str, ...]
    absent: tuple[str, ...]
    listed: bool


def given_units(subject: Subject) -> GivenUnits:
    """The disclosures given beside a department's, told apart."""
    codes = _leaves(units_named(subject))
    names = [u.name for u in subject.disclosure.units if u.own_books] or list(codes.values())
    usable: list[Given] = []
    refused: list[str] = []
    for unit in subject.beside.units:
        reason = (
            _unfit(subject, unit, len(names))
            or _twice(unit, usable)
            or _foreign(unit, (*names, *codes.values(), *(u.name for u in subject.disclosure.units)))
        )
        if reason:
            refused.append(reason)
        else:
            usable.append(Given(unit, next(_fitting(codes, unit), "")))
    found = [g.unit.disclosure.department for g in usable]
    absent = tuple(name for name in names if not any(same_body(name, one) for one in found))
    return GivenUnits(tuple(usable), tuple(refused), absent, bool(names))


def _leaves(codes: Mapping[str, str]) -> dict[str, str]:
    """Units without the department above them, whose row is the total of all."""
    return {code: name for code, name in codes.items() if not any(other != code and other.startswith(code) for other in codes)}


def _fitting(codes: Mapping[str, str], unit: Subject) -> Iterator[str]:
    """Codes under which the department prints a unit, one of the very name first."""
    name = unit.disclosure.department
    yield from (code for code, listed in codes.items() if name and bare(listed) == bare(name))
    yield from (code for code, listed in codes.items() if same_body(listed, name))


def _unfit(subject: Subject, unit: Subject, units: int) -> str:
    """Why a disclosure cannot be that of one of so many units in this year; "" if it can."""
    if unit.meaning is None:
        return f"{named(unit.disclosure)}：没有认出版式，不知道各数的口径，不能比较"
    if unit.year != subject.year or unit.disclosure.stage is not subject.disclosure.stage:
        return f"给出的是{described(unit.disclosure)}，不是{subject.year}年同类的公开文本，没有比较"
    if (units > 1 and unit.disclosure.tables == subject.disclosure.tables) or _is_of_department(subject, unit):
        return f"给出的是{named(unit.disclosure)}部门汇总的公开文本，不是本级或所属单位自己的，没有比较"
    return ""


def _is_of_department(subject: Subject, unit: Subject) -> bool:
    """Whether a disclosure is the department's: under its name, with several units in it."""
    own = max(len(_leaves(units_named(unit))), sum(u.own_books for u in unit.disclosure.units))
    return own > 1 and same_body(unit.disclosure.department, subject.disclosure.department)


def _twice(unit: Subject, usable: Sequence[Given]) -> str:
    name = unit.disclosure.department
    again = any(name == g.unit.disclosure.department if name else unit.disclosure.tables == g.unit.disclosure.tables for g in usable)
    return f"{named(unit.disclosure)}的公开文本给出了两次，只算一次" if again else ""


def _foreign(unit: Subject, names: Sequence[str]) -> str:
    if not names or any(same_body(name, unit.disclosure.department) for name in names):
        return ""
    if unit.disclosure.department is None:
        return f"给出的是{named(unit.disclosure)}，不知道是哪个单位的，没有比较"
    return f"部门没有列出{named(unit.disclosure)}，没有比较"
