"""Sentences found in a text by their templates: any wording, any white space, either width of brackets, any pause for a pause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from mingsuan.dialects.sentences.wording import MARKS, SentenceTemplate, SlotKind
from mingsuan.values import dataclass


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
