"""The claims of one paragraph: the role, measure, year and region of each number, by the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from mingsuan.dialects.sentences.finding import Match, NumberSpan, find, tokenised
from mingsuan.dialects.sentences.wording import SentenceTemplate
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.known import KnownParagraph
from mingsuan.reading.claims.links import ROLE_OF_RELATION, relation_of
from mingsuan.reading.claims.phrases import DIRECTION, NEAR, bare_phrase, direction_of, last_clause
from mingsuan.reading.claims.regions import RegionReader, of_this_project, with_year
from mingsuan.reading.claims.templates import kind_of
from mingsuan.reading.narrative.numbers import PrintedNumber, is_factor
from mingsuan.reading.narrative.running import years

MAX_QUOTE = 60
"""Characters of a quotation."""
_SHARE_HEAD = regex(r"占[^，,。；;、：:\d]{0,25}$|(?:比重|占比)(?:为|是|达|约)?[：:]?\s*$")
_EQUALS_BEFORE = regex(r"[=＝]\s*约?\s*$")
_PAUSE = regex(r"[，。；;：:]|,(?!\d{3})")
_AND = frozenset({"、", ",", "，", "和", "与"})


class ParagraphReader:
    """Reads the claims of one paragraph."""

    def __init__(self, known: KnownParagraph, first: int = 0, first_sentence: int = 0) -> None:
        """A paragraph with its place in the document.

        Args:
            known: the paragraph.
            first: how many claims the document has before it.
            first_sentence: how many sentences it has before it.
        """
        self.known = known
        self.first = first
        self.first_sentence = first_sentence
        self.regions = RegionReader(known)

    def claims(self) -> tuple[Claim, ...]:
        """The claims, decimals as printed, links only where a template gives them."""
        heads = [self.known.head(i) for i in range(len(self.known.numbers))]
        roles = self._roles(heads)
        changes = [r in {Role.CHANGE, Role.GROWTH} for r in roles]
        of_year = years(self.known.text, self.known.numbers, self.known.year, changes)
        matches = self._matches()
        owners: dict[int, tuple[Match, str]] = {i: (m, slot) for m in matches for slot, i in m.numbers.items()}
        sentence_of = self._sentences(matches)
        measures: list[str] = []
        found: list[Claim] = []
        for index, number in enumerate(self.known.numbers):
            measures.append(self._measure(index, heads[index], roles[index], measures))
            around = self.regions.whole_region(index, found)
            claim = Claim(
                section=self.known.running.section.path or self.known.running.section.title,
                quote=self._quote(index),
                measure=measures[index],
                value=number.value,
                unit=number.unit,
                year=of_year[index],
                place=self.known.running.place(number.start),
                sentence=self.first_sentence + sentence_of[index],
                slot=roles[index].value,
                decimals=number.decimals,
                text=number.text,
                role=roles[index],
                region=self.regions.region(index, heads[index], roles[index], of_year[index], around, found),
                direction=self._direction(index, heads, roles) if changes[index] else None,
                scope=self.known.running.scope,
            )
            owner = owners.get(index)
            found.append(claim if owner is None else self._by_template(claim, *owner))
        return tuple(found)

    def _roles(self, heads: Sequence[str]) -> list[Role]:
        """The roles; a number that only a comma parts from a change or a rate is one too (各减少1.2、3.4万元)."""
        roles: list[Role] = []
        for index, (number, head) in enumerate(zip(self.known.numbers, heads, strict=True)):
            carried = (
                index and head in _AND and roles[-1] in {Role.CHANGE, Role.GROWTH} and number.unit == self.known.numbers[index - 1].unit
            )
            roles.append(roles[-1] if carried else self._role(number, head))
        return roles

    def _direction(self, index: int, heads: Sequence[str], roles: Sequence[Role]) -> str | None:
        while index and heads[index] in _AND and roles[index - 1] is roles[index]:
            index -= 1
        return direction_of(heads[index])

    def _role(self, number: PrintedNumber, head: str) -> Role:
        if number.threshold:
            return Role.THRESHOLD
        if _EQUALS_BEFORE.search(self.known.plain, max(0, number.start - 12), number.start):
            return Role.RESULT
        if _in_formula(self.known.plain, number):
            return Role.FACTOR
        clause = last_clause(head)
        if direction_of(head):
            return Role.GROWTH if number.is_percent else Role.CHANGE
        if number.is_percent:
            return Role.SHARE if _SHARE_HEAD.search(clause) else Role.RATE
        return Role.AMOUNT if number.is_money else Role.COUNT

    def _measure(self, index: int, head: str, role: Role, before: Sequence[str]) -> str:
        clause = last_clause(head)
        words = bare_phrase(clause)
        last = before[-1] if before else ""
        if role is Role.SHARE:
            return f"{last}占比"
        if role is Role.CHANGE:
            level = _TOLD_LEVEL.search(head)
            return f"{bare_phrase(level['what'])}{words}额" if level else f"{words}额"
        if role is Role.GROWTH:
            about = words if len(words) > 4 else re.sub(rf"(?:{DIRECTION})额$", "", last) + words
            return f"{about}率"
        if index and self.known.numbers[index - 1].threshold:
            threshold = self.known.numbers[index - 1]
            return f"{last}{threshold.text}{threshold.unit}{words}"
        return words

    def _quote(self, index: int) -> str:
        number = self.known.numbers[index]
        begin = max(0, number.start - MAX_QUOTE)
        starts = [m.end() for m in _PAUSE.finditer(self.known.text, begin, number.start)]
        start = starts[-1] if starts else begin
        if number.start - start < 6 and len(starts) > 1:
            start = starts[-2]
        return self.known.text[max(start, number.end - MAX_QUOTE) : number.end].strip()

    def _sentences(self, matches: Sequence[Match]) -> tuple[int, ...]:
        """Number of each number's sentence; sentences that one template spans are one."""
        starts = self.known.running.sentences()
        raw = [bisect_right(starts, n.start) - 1 for n in self.known.numbers]
        first = list(range(len(starts)))
        for match in matches:
            spanned = sorted(raw[i] for i in match.numbers.values())
            first[spanned[0] : spanned[-1] + 1] = [first[spanned[0]]] * (spanned[-1] + 1 - spanned[0])
        return tuple(first[r] for r in raw)

    def _matches(self) -> tuple[Match, ...]:
        """Templates that fit, the first one where two claim a number."""
        spans = [NumberSpan(n.start, n.end, kind_of(n)) for n in self.known.numbers]
        text = tokenised(self.known.plain, spans)
        taken: set[int] = set()
        found: list[Match] = []
        for template in self.known.sentences.templates:
            if not self._stands_here(template):
                continue
            for match in find(template, text):
                used = set(match.numbers.values())
                if used and not used & taken:
                    taken |= used
                    found.append(match)
        return tuple(sorted(found, key=lambda m: m.start))

    def _stands_here(self, template: SentenceTemplate) -> bool:
        return not template.sections or self.known.context is None or self.known.context.kind in template.sections

    def _by_template(self, claim: Claim, match: Match, slot_name: str) -> Claim:
        template = match.template
        slot = template.slots[slot_name]
        relation, links = relation_of(slot.formula, match.numbers, self.first)
        role = ROLE_OF_RELATION.get(relation, claim.role) if relation else claim.role
        region = claim.region
        if slot.region is not None:
            own = of_this_project(slot.region, claim.section)
            region = None if own is None else with_year(own, claim.year, self.known.year)
        return replace(
            claim,
            template=template.id,
            slot=slot_name,
            measure=slot.measure or claim.measure,
            region=region if relation is None else None,
            relation=relation,
            links=links,
            role=role,
        )


_TOLD_LEVEL = regex(
    r"(?:^|[，,。；;：:])(?P<what>[^，,。；;：:\d]{2,40}?)(?:比|较|与|同)[^，,。；;：:\d]{1,12}"
    r"(?:无增减(?:变化)?|无变化|没有变化|持平|一致|相同|不变)[，,]\s*(?:比|较|与|同)[^，,。；;：:]{0,12}$"
)
"""What is level with the budget and compared with last year next (公务接待费比预算无增减变化，比去年增加)."""


def _in_formula(plain: str, number: PrintedNumber) -> bool:
    """Whether a number is multiplied, or is a summand in a bracket that is."""
    if is_factor(plain, number.start, number.end):
        return True
    before, after = plain[max(0, number.start - NEAR) : number.start], plain[number.end : number.end + NEAR]
    opened = re.search(r"[（(][^（()）。；;，,]*$", before)
    closed = re.match(r"[^（()）。；;，,]*[）)]\s*[×*＊·xX÷]", after)
    return bool(opened and closed and re.search(r"[+＋\-－]", f"{opened[0]}{closed[0]}"))
