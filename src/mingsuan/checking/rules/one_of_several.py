"""NAR, continued: amounts whose words mean one of several regions (收入预算, with what was carried over or without)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.checking.across import key_of
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side
from mingsuan.checking.telling.figures import printed
from mingsuan.dialects.meaning.figures import Figure, Meaning
from mingsuan.dialects.meaning.understand import region_box
from mingsuan.dialects.sentences.wording import Region
from mingsuan.identities.localising.edits import TYPED, operation
from mingsuan.model import Claim, Level, Repair, Side
from mingsuan.model.claims import Role
from mingsuan.reading.claims.phrases import phrase_key

_DETAILS = frozenset({"function", "department", "government", "kind", "project", "unit"})
"""Axes of which a region is no total of an income or of a fund."""
Key = tuple[object, ...]


@rule(
    "NAR123",
    level=Level.ERROR,
    chapter="叙述",
    basis="算术",
    needs=(Need.DIALECT, Need.TABLES, Need.CLAIMS),
    about=About.SECTIONS,
    fix="核对原始数据，把{observed}改为{expected}。",
)
def amounts_are_what_their_words_may_mean(subject: Subject) -> Iterator[Outcome]:
    """口径有几种可能的金额，等于表中其中一种口径的数。

    “收入预算”“财政拨款收入”有的地方含上年结转，有的不含；与哪一种都不符，又像是录入错误，或者各种口径表中都有数，才算错误。

    错：2023年收入预算1234.56万元（表中本年收入、收入总计都是1243.56万元）。
    对：2023年收入预算1243.56万元（表中本年收入、收入总计都是1243.56万元）。
    """
    meaning = subject.meaning
    open_claims = [(c, either) for c in subject.disclosure.claims if (either := _either(subject, c))]
    if meaning is None or not open_claims:
        return
    totals = _totals(meaning)
    for claim, either in open_claims:
        keys = {key for region in either if (box := region_box(region, meaning.dialect)) and (key := key_of(box, "0")) is not None}
        found = [totals[key] for key in keys if key in totals]
        known = [f for figures in found for f in figures]
        if not known:
            continue
        yield Examined(claim.place)
        if not any(_agrees(claim, f) for f in known):
            yield from _wrong(claim, known, all_known=len(found) == len(keys))


def _either(subject: Subject, claim: Claim) -> Sequence[Region]:
    """The regions that the words of an amount of the year may mean, () where they mean one, or nothing that is known."""
    if subject.dialect is None or claim.role is not Role.AMOUNT or claim.amount is None or claim.region is not None:
        return ()
    if claim.year != subject.year or not claim.value:
        return ()
    measures = subject.sentence_templates.by_phrase.get(phrase_key(claim.measure), ())
    return next((m.either for m in measures if m.within is None), ())


def _totals(meaning: Meaning) -> Mapping[Key, Sequence[Figure]]:
    """The amounts that tables print of whole incomes, spendings and funds, by region."""
    found: dict[Key, list[Figure]] = {}
    for figure in meaning.figures:
        detailed = any(axis in _DETAILS for box in figure.boxes for axis, _ in box.sides)
        if figure.claim is not None or figure.amount is None or figure.unreadable or detailed:
            continue
        key = key_of(figure.box(meaning.dialect.axes), "0")
        if key is not None:
            found.setdefault(key, []).append(figure)
    return found


def _agrees(claim: Claim, figure: Figure) -> bool:
    one, other = claim.amount, figure.amount
    assert one is not None and other is not None
    return one.yuan == other.yuan or abs(one.yuan - other.yuan) < one.half + other.half


def _wrong(claim: Claim, known: Sequence[Figure], *, all_known: bool) -> Iterator[Draft]:
    """What an amount should be that is none of those printed: one of which it is a slip, else any where none is unknown."""
    slips = [(f, how) for f in known if (how := operation(claim.amount, f.amount)) in TYPED]
    likely = slips or ([(f, "按表中的数改正") for f in known] if all_known else [])
    wanted = dict.fromkeys(printed(f.amount) for f, _ in likely)
    if not wanted:
        return
    stated = as_printed(claim)
    yield Draft(
        f"文中写“{claim.measure}{stated}”，表中是{'或'.join(wanted)}" + (f"（{slips[0][1]}）" if slips else ""),
        (claim_side(claim), *(Side(f.place, f.label, printed(f.amount)) for f, _ in likely)),
        stated,
        "或".join(wanted),
        repairs=tuple(Repair(claim.place, claim.measure, stated, printed(f.amount), how) for f, how in likely[:1]),
    )
