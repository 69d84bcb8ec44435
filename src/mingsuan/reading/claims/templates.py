"""The numbers of a sentence that a template of the dialect reads."""

from __future__ import annotations

from mingsuan.dialects.sentences.finding import NumberSpan, find, tokenised
from mingsuan.dialects.sentences.wording import SentenceTemplate, SlotKind
from mingsuan.reading.narrative.numbers import PrintedNumber, find_numbers, without_markup


def match(template: SentenceTemplate, sentence: str) -> dict[str, PrintedNumber] | None:
    """The numbers that a template reads in a sentence, by slot; None if it does not fit."""
    numbers = find_numbers(sentence)
    spans = [NumberSpan(n.start, n.end, kind_of(n)) for n in numbers]
    found = next(find(template, tokenised(without_markup(sentence), spans)), None)
    return None if found is None else {slot: numbers[index] for slot, index in found.numbers.items()}


def kind_of(number: PrintedNumber) -> SlotKind:
    """The kind of slot that a number fits."""
    if number.is_money:
        return SlotKind.MONEY
    return SlotKind.PERCENT if number.is_percent else SlotKind.COUNT
