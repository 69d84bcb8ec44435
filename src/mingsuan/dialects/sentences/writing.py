"""Sentences written from values: the first wording of each choice, and optional parts whose slots are all given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.sentences.parts import Gap, Literal, Part, gaps, required
from mingsuan.dialects.sentences.wording import FORMULA, SentenceTemplate, Slot, SlotKind, SlotValue


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
    missing = [name for name in required(template.parts) if name not in full]
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
            if not part.optional or (needed and all(n in values for n in required(option)) and any(n in values for n in needed)):
                yield from _write(option, slots, values)


def _value_text(slot: Slot, value: SlotValue) -> str:
    if isinstance(value, Amount):
        return f"{value.text()}{value.unit}"
    if slot.kind is SlotKind.PERCENT and isinstance(value, Decimal | int):
        return f"{value:f}%" if isinstance(value, Decimal) else f"{value}%"
    if slot.kind is SlotKind.COUNT and isinstance(value, Decimal | int):
        return f"{value:f}{slot.unit}" if isinstance(value, Decimal) else f"{value}{slot.unit}"
    return str(value)
