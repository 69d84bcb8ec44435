"""The wording of a sentence template: one text that is written from values and read back from print.

The text is Chinese with `{slots}`, `[optional parts]` and `(first|other)` wordings. Writing prints the first wording, and an optional
part only if it holds slots and all of them are given; reading accepts every wording, any white space, either width of brackets and any
pause for a pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from mingsuan.amounts import Amount, rounded
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
class Literal:
    """Words as they stand."""

    text: str


@dataclass(frozen=True)
class Gap:
    """Where a slot stands."""

    name: str


@dataclass(frozen=True)
class Choice:
    """Wordings of one thing, the first is written; `optional` ones may be left out."""

    options: tuple[tuple[Part, ...], ...]
    optional: bool = False


Part = Literal | Gap | Choice


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
        """What it reads, over text whose numbers are single characters (see `tokenised`)."""
        return re.compile(_pattern(_without_opening(self.parts, self.slots), self.slots))


class MissingSlotError(Exception):
    """A sentence cannot be written because slots have no value; the message says which, in Chinese."""

    def __init__(self, template: str, names: Iterable[str]) -> None:
        """Name the template and the slots without a value."""
        self.template, self.names = template, tuple(names)
        super().__init__(f"写不出“{template}”这句话：缺{'、'.join(self.names)}。请补上这些数，或改用另一句。")


def render(template: SentenceTemplate, values: Mapping[str, SlotValue]) -> str:
    """Write the sentence.

    Args:
        template: the sentence.
        values: by slot. Slots with a formula or a sign are derived from `x` and `last.x` where they are not given.

    Raises:
        MissingSlotError: a slot outside optional parts has no value and none can be derived.
    """
    full = derive(template, values)
    missing = [name for name in _required(template.parts) if name not in full]
    if missing:
        raise MissingSlotError(template.id, missing)
    return "".join(_write(template.parts, template.slots, full))


def derive(template: SentenceTemplate, values: Mapping[str, SlotValue]) -> dict[str, SlotValue]:
    """The values with those added that formulas and signs give."""
    full = dict(values)
    signs: dict[str, int] = {}
    for slot in template.slots.values():
        if slot.formula is None:
            continue
        exact = _evaluate(slot.formula, full, template.slots)
        if exact is None:
            continue
        signs[slot.name] = (exact > 0) - (exact < 0)
        if slot.name not in full:
            full[slot.name] = _printed(slot, exact, full)
    for slot in template.slots.values():
        if slot.kind is SlotKind.WORD and slot.sign and slot.name not in full and signs.get(slot.sign):
            full[slot.name] = slot.words[0 if signs[slot.sign] > 0 else 1]
    return full


def _evaluate(formula: str, values: Mapping[str, SlotValue], slots: Mapping[str, Slot]) -> Decimal | None:
    match = FORMULA.match(formula)
    if match is None:
        return None
    left, right = (_exact(match[name], values, slots) for name in ("left", "right"))
    if left is None or right is None:
        return None
    if match["operator"] == "-":
        return left - right
    return left / right if right else None


def _exact(name: str, values: Mapping[str, SlotValue], slots: Mapping[str, Slot]) -> Decimal | None:
    slot = slots.get(name)
    if slot is not None and slot.formula is not None:
        derived = _evaluate(slot.formula, values, slots)
        if derived is not None:
            return derived
    value = values.get(name)
    if isinstance(value, Amount):
        return value.yuan
    return Decimal(value) if isinstance(value, Decimal | int) else None


def _printed(slot: Slot, exact: Decimal, values: Mapping[str, SlotValue]) -> SlotValue:
    if slot.kind is SlotKind.PERCENT:
        return (abs(exact) * 100).quantize(Decimal(1).scaleb(-slot.decimals), rounding=ROUND_HALF_UP)
    like = next((v for v in values.values() if isinstance(v, Amount)), None)
    if slot.kind is SlotKind.MONEY and like is not None:
        return rounded(abs(exact), like.unit, like.decimals)
    return abs(exact)


def _write(parts: Sequence[Part], slots: Mapping[str, Slot], values: Mapping[str, SlotValue]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Literal):
            yield part.text
        elif isinstance(part, Gap):
            yield _value_text(slots[part.name], values[part.name])
        else:
            option = part.options[0]
            needed = tuple(gaps(option))
            if not part.optional or (needed and all(n in values for n in _required(option)) and any(n in values for n in needed)):
                yield from _write(option, slots, values)


def _value_text(slot: Slot, value: SlotValue) -> str:
    if isinstance(value, Amount):
        return f"{value.text()}{value.unit}"
    if slot.kind is SlotKind.PERCENT and isinstance(value, Decimal | int):
        return f"{value:f}%" if isinstance(value, Decimal) else f"{value}%"
    if slot.kind is SlotKind.COUNT and isinstance(value, Decimal | int):
        return f"{value:f}{slot.unit}" if isinstance(value, Decimal) else f"{value}{slot.unit}"
    return str(value)


def gaps(parts: Sequence[Part]) -> Iterator[str]:
    """Names of the slots of a wording in the order of the text."""
    for part in parts:
        if isinstance(part, Gap):
            yield part.name
        elif isinstance(part, Choice):
            for option in part.options:
                yield from gaps(option)


def _required(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Gap):
            yield part.name
        elif isinstance(part, Choice) and not part.optional:
            yield from _required(part.options[0])


MARKS: Mapping[SlotKind, tuple[int, int]] = {
    SlotKind.MONEY: (0xE000, 0xE7FF),
    SlotKind.PERCENT: (0xE800, 0xEFFF),
    SlotKind.COUNT: (0xF000, 0xF7FF),
}
"""Private characters that stand for the n-th number of a text, by its kind."""


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """Where a number stands in a text, and of which kind it is."""

    start: int
    end: int
    kind: SlotKind


@dataclass(frozen=True, slots=True)
class Match:
    """A template found in a text.

    Attributes:
        numbers: slot → index of the number among those of the text.
        words: slot → what was read (years, directions, names).
        start, end: extent in the text.
    """

    template: SentenceTemplate
    numbers: Mapping[str, int]
    words: Mapping[str, str]
    start: int
    end: int


@dataclass(frozen=True)
class Tokenised:
    """A text without white space in which a number is one character.

    Attributes:
        text: as said.
        offsets: offset of each character in the text that it was made of.
        numbers: index of the number by the position of its character.
    """

    text: str
    offsets: tuple[int, ...]
    numbers: Mapping[int, int] = field(default_factory=dict)


def tokenised(text: str, numbers: Sequence[NumberSpan]) -> Tokenised:
    """Replace every number of `text` by one character and drop white space."""
    characters: list[str] = []
    offsets: list[int] = []
    index: dict[int, int] = {}
    position = 0
    for number, span in enumerate(numbers):
        _copy(text, position, span.start, characters, offsets)
        low, high = MARKS[span.kind]
        index[len(characters)] = number
        characters.append(chr(low + number % (high - low + 1)))
        offsets.append(span.start)
        position = span.end
    _copy(text, position, len(text), characters, offsets)
    return Tokenised("".join(characters), (*offsets, len(text)), index)


def _copy(text: str, start: int, end: int, characters: list[str], offsets: list[int]) -> None:
    for position in range(start, end):
        character = text[position]
        if not character.isspace() and not 0xE000 <= ord(character) <= 0xF8FF:
            characters.append(character)
            offsets.append(position)


def find(template: SentenceTemplate, text: Tokenised) -> Iterator[Match]:
    """Every place where the template fits, left to right."""
    for match in template.pattern.finditer(text.text):
        numbers: dict[str, int] = {}
        words: dict[str, str] = {}
        for name, slot in template.slots.items():
            if name not in match.re.groupindex or match[name] is None:
                continue
            if slot.is_number:
                numbers[name] = text.numbers[match.start(name)]
            else:
                words[name] = match[name]
        yield Match(template, numbers, words, text.offsets[match.start()], text.offsets[match.end()])


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


def parse_wording(text: str) -> tuple[Part, ...]:
    """Take a template's text apart.

    Raises:
        ValueError: brackets do not pair; the message says where, in Chinese.
    """
    parts, end = _parse(text, 0, "")
    if end != len(text):
        raise ValueError(f"“{text[end:]}”多出括号")
    return parts


def _parse(text: str, start: int, closing: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    position = start
    while position < len(text) and text[position] not in closing:
        character = text[position]
        if character == "{":
            end = text.find("}", position)
            if end < 0:
                raise ValueError(f"“{text[position:]}”缺“}}”")
            parts.append(Gap(text[position + 1 : end]))
            position = end + 1
        elif character in "[(":
            choice, position = _parse_choice(text, position)
            parts.append(choice)
        elif character in "])}|":
            raise ValueError(f"“{text[position:]}”的括号不成对")
        else:
            end = position
            while end < len(text) and text[end] not in "{}[]()|":
                end += 1
            parts.append(Literal(text[position:end]))
            position = end
    return tuple(parts), position


def _parse_choice(text: str, start: int) -> tuple[Choice, int]:
    optional = text[start] == "["
    closing = "]" if optional else ")"
    options: list[tuple[Part, ...]] = []
    position = start
    while True:
        option, position = _parse(text, position + 1, f"|{closing}")
        options.append(option)
        if position >= len(text):
            raise ValueError(f"“{text[start:]}”缺“{closing}”")
        if text[position] == closing:
            return Choice(tuple(options), optional), position + 1
