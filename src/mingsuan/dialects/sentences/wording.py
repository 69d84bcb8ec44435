"""The wording of a sentence template: one text that is written from values and read back from print.

The text is Chinese with `{slots}`, `[optional parts]` and `(first|other)` wordings. Writing prints the first wording, and an optional
part only if it holds slots and all of them are given; reading accepts every wording, any white space, either width of brackets and any
pause for a pause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from mingsuan.amounts import Amount
from mingsuan.dialects.sentences.parts import Choice, Literal, Part, gaps, parse_wording
from mingsuan.patterns import regex
from mingsuan.values import dataclass

Region = tuple[tuple[str, str], ...]
"""(axis, node expression) pairs, sorted."""
SlotValue = Amount | Decimal | int | str
"""An amount for money, a decimal for a percentage or count, text for the rest."""
FORMULA = regex(r"\s*(?P<left>(?:last\.)?\w+)\s*(?P<operator>[-/])\s*(?P<right>(?:last\.)?\w+)\s*\Z")
"""What a slot may follow from: a difference or a quotient of two slots, `last.x` being slot x a year before."""


class SlotKind(StrEnum):
    """What a slot holds."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    YEAR = "year"
    WORD = "word"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """A named gap of a template.

    Attributes:
        kind: what it holds.
        measure: what a number in it is a number of.
        region: ledger region of an amount, None for what is no amount of the ledger.
        formula: how it follows from other slots; `last.x` is slot x a year before.
        unit: classifier of a count.
        words: wordings of a direction, the one for a rise first, then for a fall; further ones are read, not written.
        sign: the slot whose sign chooses the word.
        decimals: digits that a derived percentage is written with.
    """

    name: str
    kind: SlotKind
    measure: str = ""
    region: Region | None = None
    formula: str | None = None
    unit: str = ""
    words: tuple[str, ...] = ()
    sign: str | None = None
    decimals: int = 2

    @property
    def is_number(self) -> bool:
        """Whether a number fills it."""
        return self.kind in {SlotKind.MONEY, SlotKind.PERCENT, SlotKind.COUNT}


@dataclass(frozen=True)
class SentenceTemplate:
    """A sentence that is written and read.

    Attributes:
        id: stable name; a dialect that extends another replaces keys of the template with the same id.
        says: what it says; several templates may say one thing in different circumstances.
        sections: kinds of the sections that it stands in, () for all.
        text: wording, as above.
        slots: by name.
    """

    id: str
    says: str
    sections: tuple[str, ...]
    text: str
    slots: Mapping[str, Slot]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The wording taken apart."""
        return parse_wording(self.text)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What it reads, over text whose numbers are single characters (see `sentence_finding.tokenised`)."""
        return re.compile(_pattern(_without_opening(self.parts, self.slots), self.slots))


MARKS: Mapping[SlotKind, tuple[int, int]] = {
    SlotKind.MONEY: (0xE000, 0xE7FF),
    SlotKind.PERCENT: (0xE800, 0xEFFF),
    SlotKind.COUNT: (0xF000, 0xF7FF),
}
"""Private characters that stand for the n-th number of a text, by its kind."""
_LOOSE = {
    **dict.fromkeys("，；。、", "[，,、；;。]"),
    "：": "[：:]?",
    "（": "[（(]",
    "）": "[）)]",
    "“": '[“"]?',
    "”": '[”"]?',
}
_YEAR = r"(?:19|20)\d\d"


def _without_opening(parts: Sequence[Part], slots: Mapping[str, Slot]) -> Sequence[Part]:
    """The parts without optional ones at the beginning that hold no number: a sentence is found without them, and sooner."""
    start = 0
    while start < len(parts) and _is_bare_option(parts[start], slots):
        start += 1
    return parts[start:]


def _is_bare_option(part: Part, slots: Mapping[str, Slot]) -> bool:
    return isinstance(part, Choice) and part.optional and not any(slots[name].is_number for name in gaps([part]))


def _pattern(parts: Sequence[Part], slots: Mapping[str, Slot]) -> str:
    return "".join(_part_pattern(part, slots) for part in parts)


def _part_pattern(part: Part, slots: Mapping[str, Slot]) -> str:
    if isinstance(part, Literal):
        return "".join(_LOOSE.get(c, re.escape(c)) for c in part.text if not c.isspace())
    if isinstance(part, Choice):
        options = "|".join(_pattern(option, slots) for option in part.options)
        return f"(?:{options}){'?' if part.optional else ''}"
    slot = slots[part.name]
    if slot.is_number:
        low, high = MARKS[slot.kind]
        return f"(?P<{slot.name}>[{chr(low)}-{chr(high)}])"
    if slot.kind is SlotKind.YEAR:
        return f"(?P<{slot.name}>{_YEAR})"
    if slot.kind is SlotKind.WORD:
        return f"(?P<{slot.name}>{'|'.join(map(re.escape, slot.words))})"
    return f"(?P<{slot.name}>[^\ue000-\uf8ff]{{1,200}}?)"
