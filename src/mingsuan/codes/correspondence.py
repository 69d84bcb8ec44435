"""Which government economic class a department economic class is paid through (财预〔2017〕98号, annex)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from mingsuan.codes import packaged


class Nature(StrEnum):
    """Nature of the post or of the body that spends; 参公 is paid like 行政."""

    ADMINISTRATIVE = "行政"
    CIVIL_SERVICE_LIKE = "参公"
    INSTITUTION = "事业"


class UnknownNatureError(ValueError):
    """Asked for a nature that does not exist."""

    def __init__(self, nature: str) -> None:
        """Name what was asked for and what there is."""
        super().__init__(f"没有名为“{nature}”的单位性质；可用：{'、'.join(Nature)}。")


class Pairing(NamedTuple):
    """Government classes of one department class: the two of the annex, "" where it has none, and those that editions differ on."""

    administrative: str
    institution: str
    also: tuple[str, ...]

    @property
    def every(self) -> frozenset[str]:
        """All government classes that the department class may be paid through."""
        return frozenset({self.administrative, self.institution, *self.also} - {""})


_NOTHING = Pairing("", "", ())


@cache
def pairings() -> Mapping[str, Pairing]:
    """The correspondence by department class (5 digits)."""
    return {
        department: Pairing(administrative, institution, tuple(also.split()))
        for department, administrative, institution, also, _, _ in packaged.rows("correspondence")
    }


def government_for(department_code: str, nature: str) -> str | None:
    """The government class of a department class (5 digits) for a nature, None where the annex has none.

    Raises:
        UnknownNatureError: `nature` is not 行政, 参公 or 事业.
    """
    pairing = pairings().get(department_code, _NOTHING)
    return (pairing.institution if _nature(nature) is Nature.INSTITUTION else pairing.administrative) or None


def governments_for(department_code: str) -> frozenset[str]:
    """All government classes known for a department class (5 digits); empty if nothing is known of it."""
    return pairings().get(department_code, _NOTHING).every


def pair_known(department: str, government: str) -> bool:
    """Whether the correspondence has the pair; a 类 (3 digits) on either side stands for all its 款."""
    if min(len(department), len(government)) < 3:
        return False
    return any(
        code.startswith(department) and any(other.startswith(government) for other in pairing.every) for code, pairing in pairings().items()
    )


def _nature(name: str) -> Nature:
    try:
        return Nature(name)
    except ValueError:
        raise UnknownNatureError(name) from None
