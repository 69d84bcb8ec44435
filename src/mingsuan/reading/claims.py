"""Claims: every number that the narrative states, with unit, year, measure, and meaning where it can be known.

All numbers are read, whether or not a sentence template knows them. Templates of the dialect and its phrase table then add
regions of the ledger; directions and relations (a growth rate follows from a change) are read from the wording as well, so
that a sentence that no template knows can still be checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingsuan.dialects.names import bare, ordinal
from mingsuan.dialects.sentences import Measure, SectionContext, Sentences
from mingsuan.dialects.wording import Match, NumberSpan, Region, SentenceTemplate, SlotKind, find, tokenised
from mingsuan.model import Section
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.budgets_told import PLAN, beside_its_budget, planned_as, without_stage
from mingsuan.reading.claim_links import ROLE_OF_RELATION, relation_of, with_decimals, with_links
from mingsuan.reading.class_paths import ClassNames, class_path, paths_in
from mingsuan.reading.numbers import PrintedNumber, find_numbers, is_factor, without_markup
from mingsuan.reading.phrases import (
    DIRECTION,
    NEAR,
    OF_THE_SUBJECT,
    bare_phrase,
    direction_of,
    function_class,
    labelled,
    last_clause,
    phrase_key,
)
from mingsuan.reading.running import RunningText, paragraphs, years
from mingsuan.values import dataclass

MAX_QUOTE = 60
"""Characters of a quotation."""
_SHARE_HEAD = regex(r"占[^，,。；;、：:\d]{0,25}$|(?:比重|占比)(?:为|是|达|约)?[：:]?\s*$")
_EQUALS_BEFORE = regex(r"[=＝]\s*约?\s*$")
_PAUSE = regex(r"[，。；;：:]|,(?!\d{3})")
_AND = frozenset({"、", ",", "，", "和", "与"})
_SOME_FUND = regex(r"财政拨款|一般公共预算|政府性基金|国有资本|专户|单位资金")
_WITHIN = regex(r"其中")
_WITHIN_ENDS = regex(r"[；;。！？]")


@dataclass(frozen=True)
class Statement:
    """A claim together with where it was read.

    Attributes:
        paragraph: the text that states it.
        number: the number in the paragraph's text.
    """

    claim: Claim
    paragraph: RunningText
    number: PrintedNumber


def read_claims(
    sections: Iterable[Section], dialect_sentences: Sentences, year: int | None, classes: ClassNames | None = None
) -> tuple[Claim, ...]:
    """Every number that the narrative states, in its order.

    Headings, glossary and contents state nothing, nor do amounts that belong to a name (单价50万元以上).

    Args:
        sections: the narrative in order.
        dialect_sentences: templates and phrases of the dialect; `Sentences()` reads numbers without regions.
        year: fiscal year of the document, None if it is not known.
        classes: the functional classes that its tables print, by which classes named in full are told.
    """
    return tuple(s.claim for s in read_statements(sections, dialect_sentences, year, classes))


def stated_paragraphs(sections: Iterable[Section], dialect_sentences: Sentences) -> tuple[RunningText, ...]:
    """The running text of those sections that state something."""
    return tuple(p for p in paragraphs(sections) if _states(p.section, dialect_sentences))


def read_statements(
    sections: Iterable[Section], dialect_sentences: Sentences, year: int | None, classes: ClassNames | None = None
) -> tuple[Statement, ...]:
    """As `read_claims`, with the place of each number in the running text."""
    known = classes or ClassNames(year=year)
    found: list[Statement] = []
    sentence = 0
    for paragraph in stated_paragraphs(sections, dialect_sentences):
        context = _context(paragraph.section, dialect_sentences)
        numbers = find_numbers(paragraph.text)
        if numbers:
            reader = _Reader(paragraph, numbers, dialect_sentences, context, year, len(found), sentence, known)
            found += [Statement(c, paragraph, n) for c, n in zip(reader.claims(), numbers, strict=True)]
        sentence += len(paragraph.sentences())
    claims = with_decimals([s.claim for s in found])
    claims = with_links(claims, [id(s.paragraph) for s in found], [_depth(s) for s in found])
    return _without_thresholds([replace(s, claim=c) for s, c in zip(found, claims, strict=True)])


def _depth(statement: Statement) -> int:
    """How many brackets are open before a number in its sentence."""
    text = statement.paragraph.text
    begin = max(0, text.rfind("。", 0, statement.number.start))
    return sum(text.count(mark, begin, statement.number.start) for mark in "（(") - sum(
        text.count(mark, begin, statement.number.start) for mark in "）)"
    )


def _without_thresholds(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """What is stated: an amount inside a name (单价50万元以上) is read for its measure and states nothing itself."""
    kept = [n for n, s in enumerate(statements) if s.claim.role is not Role.THRESHOLD]
    moved = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(statements[n], claim=replace(c, links=tuple((name, moved[i]) for name, i in c.links if i in moved)))
        for n in kept
        for c in (statements[n].claim,)
    )


def statements_of(sections: Iterable[Section], claims: Sequence[Claim], dialect_sentences: Sentences) -> tuple[Statement, ...]:
    """The claims of a disclosure with their places in its text again (a `Disclosure` keeps sections and claims, not the places).

    Raises:
        ValueError: the claims are not those that were read from the sections.
    """
    spots = [(p, n) for p in stated_paragraphs(sections, dialect_sentences) for n in find_numbers(p.text) if not n.threshold]
    if [n.text for _, n in spots] != [c.text for c in claims]:
        raise ValueError("claims were not read from these sections")
    return tuple(Statement(c, p, n) for c, (p, n) in zip(claims, spots, strict=True))


def _states(section: Section, sentences: Sentences) -> bool:
    context = _context(section, sentences)
    return context is None or context.stated


def _context(section: Section, sentences: Sentences) -> SectionContext | None:
    """What holds in a section: by its kind or title, else by the headings over it, the nearest first."""
    if section.kind is not None and sentences.knows(section.kind):
        return sentences.context(section.kind, section.title)
    titles = [section.title, *reversed(section.path.split("/")[:-1])]
    return next((found for title in titles if (found := sentences.context(None, title)) is not None), None)


class _Reader:
    """Reads the claims of one paragraph."""

    def __init__(
        self,
        paragraph: RunningText,
        numbers: Sequence[PrintedNumber],
        sentences: Sentences,
        context: SectionContext | None,
        year: int | None,
        first: int,
        first_sentence: int,
        classes: ClassNames,
    ) -> None:
        self.paragraph = paragraph
        self.numbers = numbers
        self.sentences = sentences
        self.context = context
        self.year = year
        self.first = first
        self.first_sentence = first_sentence
        self.classes = classes
        self.subject: str | None = None
        self.tells_budgets = any(dict(m.region).get("measure") == PLAN for m in sentences.by_phrase.get(PLAN, ()))
        self.plain = without_markup(paragraph.text)

    def claims(self) -> tuple[Claim, ...]:
        """The claims, decimals as printed, links only where a template gives them."""
        heads = [self._head(i) for i in range(len(self.numbers))]
        roles = self._roles(heads)
        changes = [r in {Role.CHANGE, Role.GROWTH} for r in roles]
        of_year = years(self.paragraph.text, self.numbers, self.year, changes)
        matches = self._matches()
        owners: dict[int, tuple[Match, str]] = {i: (m, slot) for m in matches for slot, i in m.numbers.items()}
        sentence_of = self._sentences(matches)
        measures: list[str] = []
        found: list[Claim] = []
        for index, number in enumerate(self.numbers):
            measures.append(self._measure(index, heads[index], roles[index], measures))
            around = self._whole_region(index, found)
            claim = Claim(
                section=self.paragraph.section.path or self.paragraph.section.title,
                quote=self._quote(index),
                measure=measures[index],
                value=number.value,
                unit=number.unit,
                year=of_year[index],
                place=self.paragraph.place(number.start),
                sentence=self.first_sentence + sentence_of[index],
                slot=roles[index].value,
                decimals=number.decimals,
                text=number.text,
                role=roles[index],
                region=self._region(index, heads[index], roles[index], of_year[index], around, found),
                direction=self._direction(index, heads, roles) if changes[index] else None,
                scope=self.paragraph.scope,
            )
            owner = owners.get(index)
            found.append(claim if owner is None else self._by_template(claim, *owner))
        return tuple(found)

    def _head(self, index: int) -> str:
        """The words of a number's clause before it, without white space and markup, after the number before."""
        start = self.numbers[index - 1].end if index else 0
        return re.sub(r"\s", "", self.plain[start : self.numbers[index].start])

    def _roles(self, heads: Sequence[str]) -> list[Role]:
        """The roles; a number that only a comma parts from a change or a rate is one too (各减少1.2、3.4万元)."""
        roles: list[Role] = []
        for index, (number, head) in enumerate(zip(self.numbers, heads, strict=True)):
            carried = index and head in _AND and roles[-1] in {Role.CHANGE, Role.GROWTH} and number.unit == self.numbers[index - 1].unit
            roles.append(roles[-1] if carried else self._role(number, head))
        return roles

    def _direction(self, index: int, heads: Sequence[str], roles: Sequence[Role]) -> str | None:
        while index and heads[index] in _AND and roles[index - 1] is roles[index]:
            index -= 1
        return direction_of(heads[index])

    def _role(self, number: PrintedNumber, head: str) -> Role:
        if number.threshold:
            return Role.THRESHOLD
        if _EQUALS_BEFORE.search(self.plain, max(0, number.start - 12), number.start):
            return Role.RESULT
        if _in_formula(self.plain, number):
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
        if index and self.numbers[index - 1].threshold:
            threshold = self.numbers[index - 1]
            return f"{last}{threshold.text}{threshold.unit}{words}"
        return words

    def _quote(self, index: int) -> str:
        number = self.numbers[index]
        begin = max(0, number.start - MAX_QUOTE)
        starts = [m.end() for m in _PAUSE.finditer(self.paragraph.text, begin, number.start)]
        start = starts[-1] if starts else begin
        if number.start - start < 6 and len(starts) > 1:
            start = starts[-2]
        return self.paragraph.text[max(start, number.end - MAX_QUOTE) : number.end].strip()

    def _sentences(self, matches: Sequence[Match]) -> tuple[int, ...]:
        """Number of each number's sentence; sentences that one template spans are one."""
        starts = self.paragraph.sentences()
        raw = [bisect_right(starts, n.start) - 1 for n in self.numbers]
        first = list(range(len(starts)))
        for match in matches:
            spanned = sorted(raw[i] for i in match.numbers.values())
            first[spanned[0] : spanned[-1] + 1] = [first[spanned[0]]] * (spanned[-1] + 1 - spanned[0])
        return tuple(first[r] for r in raw)

    def _matches(self) -> tuple[Match, ...]:
        """Templates that fit, the first one where two claim a number."""
        spans = [NumberSpan(n.start, n.end, _kind(n)) for n in self.numbers]
        text = tokenised(self.plain, spans)
        taken: set[int] = set()
        found: list[Match] = []
        for template in self.sentences.templates:
            if not self._stands_here(template):
                continue
            for match in find(template, text):
                used = set(match.numbers.values())
                if used and not used & taken:
                    taken |= used
                    found.append(match)
        return tuple(sorted(found, key=lambda m: m.start))

    def _stands_here(self, template: SentenceTemplate) -> bool:
        return not template.sections or self.context is None or self.context.kind in template.sections

    def _by_template(self, claim: Claim, match: Match, slot_name: str) -> Claim:
        template = match.template
        slot = template.slots[slot_name]
        relation, links = relation_of(slot.formula, match.numbers, self.first)
        role = ROLE_OF_RELATION.get(relation, claim.role) if relation else claim.role
        region = claim.region
        if slot.region is not None:
            own = _of_this_project(slot.region, claim.section)
            region = None if own is None else _with_year(own, claim.year, self.year)
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

    def _region(self, index: int, head: str, role: Role, year: int | None, around: Region | None, before: Sequence[Claim]) -> Region | None:
        """The region that the phrase before an amount means here, None where the phrase is not known."""
        if role is not Role.AMOUNT or not self.numbers[index].is_money:
            return None
        if self.tells_budgets and before and before[-1].role is Role.AMOUNT and before[-1].year == year:
            beside = beside_its_budget(head, before[-1].region, self.paragraph.section.text)
            if beside is not None:
                return beside
        phrase = phrase_key(last_clause(head))
        where = {**(dict(self.context.where) if self.context else {}), **dict(around or ())}
        spent = {"use": "支出", **where} if self.tells_budgets and "收入" not in phrase and "结" not in phrase else where
        path = class_path(head)
        if path is not None:
            function = self.classes.code(path)
            self.subject = function if index == 0 else self.subject
            return None if function is None else _with_year(tuple(sorted({**spent, "function": function}.items())), year, self.year)
        return self._of_its_owner(self._region_of_phrase(index, head, year, where, spent, known=around is not None), index, before)

    def _of_its_owner(self, region: Region | None, index: int, before: Sequence[Claim]) -> Region | None:
        """A fund that a bracket names is a part of the amount before the bracket (公务接待费3万元（其中：一般公共预算支出3万元）)."""
        owner = self._owner(index)
        if region is None or owner is None or owner >= len(before) or any(axis not in _OF_A_FUND for axis, _ in region):
            return region
        whole = before[owner]
        if whole.region is None:
            return None if "费" in whole.measure else region
        return tuple(sorted({**dict(whole.region), **dict(region)}.items()))

    def _region_of_phrase(
        self, index: int, head: str, year: int | None, where: dict[str, str], spent: dict[str, str], *, known: bool
    ) -> Region | None:
        """The region of an amount that no path of classes names: by the phrase before it, or the label of its item."""
        phrase = phrase_key(last_clause(head))
        if index == 0:
            self.subject = self._headed(head)
        if phrase in OF_THE_SUBJECT and self.subject is not None and year == self.year and not self._of_its_subject(phrase, index):
            return tuple(sorted({**spent, "function": self.subject}.items()))
        measure = self._named_measure(index, head, phrase)
        if (measure is not None and measure.either) or (not known and (measure is None or "whole" not in measure.flags)):
            return None
        if measure is not None and "subject" in measure.flags:
            if self.subject is None:
                return None
            own = {**spent, **dict(measure.region), "function": self.subject}
            return _with_year(tuple(sorted(own.items())), year, self.year)
        if measure is not None:
            return self._measured(measure, head, year, where)
        function = function_class(phrase, self.year)
        if function is None:
            return None
        return _with_year(tuple(sorted({**spent, "function": function}.items())), year, self.year)

    def _named_measure(self, index: int, head: str, phrase: str) -> Measure | None:
        """The measure of a phrase, or of the label of the item that it begins; in a final account also without the stage that it names."""
        label = labelled(head) if index == 0 else None
        measure = self._known_measure(phrase if label is None else label, index)
        if measure is None and self.tells_budgets:
            measure = self._known_measure(without_stage(phrase), index)
        return measure

    def _measured(self, measure: Measure, head: str, year: int | None, where: dict[str, str]) -> Region | None:
        """The region of an amount that a known phrase names, None where it is called a budget and not told which."""
        planned = planned_as(last_clause(head), self.paragraph.section.text) if self.tells_budgets else None
        if planned == "":
            return None
        base = {**({} if "whole" in measure.flags else where), **({"measure": planned} if planned else {})}
        return _with_year(tuple(sorted({**base, **dict(measure.region)}.items())), year, self.year)

    def _headed(self, head: str) -> str | None:
        """The functional class that a paragraph names at its head before it speaks of it (…离退休（项）。主要用于：…)."""
        named = next((path for _, path in paths_in(head)), None)
        return None if named is None else self.classes.code(named)

    def _of_its_subject(self, phrase: str, index: int) -> bool:
        """Whether the dialect knows a phrase as a number of the class that the paragraph is about."""
        measure = self._known_measure(phrase, index)
        return measure is not None and "subject" in measure.flags

    def _whole_region(self, index: int, before: Sequence[Claim]) -> Region | None:
        """The region of the amount that a number behind 其中 is a part of, () if there is none.

        None where it is of some fund but not told what of it: what is a part of that is not known either.
        """
        position = self.numbers[index].start
        within = max((m.end() for m in _WITHIN.finditer(self.plain, max(0, position - NEAR), position)), default=-1)
        if within < 0 or _WITHIN_ENDS.search(self.plain, within, position):
            return ()
        whole = next((c for c, n in zip(reversed(before), reversed(self.numbers[:index]), strict=True) if n.end <= within), None)
        if whole is None or whole.role is not Role.AMOUNT:
            return ()
        return None if whole.region is None and _SOME_FUND.search(whole.measure) else whole.region or ()

    def _known_measure(self, phrase: str, index: int) -> Measure | None:
        candidates = self.sentences.by_phrase.get(phrase, ())
        around = self._bracketed(index)
        for measure in candidates:
            if measure.within is not None and measure.within == around:
                return measure
        return next((m for m in candidates if m.within is None), None)

    def _bracketed(self, index: int) -> str | None:
        """The phrase whose amount the open bracket around a number explains."""
        owner = self._owner(index)
        return None if owner is None else phrase_key(last_clause(self._head(owner)))

    def _owner(self, index: int) -> int | None:
        """The number that the open bracket around a number explains."""
        end = self.numbers[index].start
        begin = max(0, end - NEAR)
        opening, closing = (max(self.plain.rfind(mark, begin, end) for mark in marks) for marks in ("（(", "）)"))
        if opening < 0 or closing > opening:
            return None
        return next((i for i in range(index - 1, -1, -1) if self.numbers[i].end <= opening), None)


_OF_A_FUND = frozenset({"fund", "use", "origin"})
_TOLD_LEVEL = regex(
    r"(?:^|[，,。；;：:])(?P<what>[^，,。；;：:\d]{2,40}?)(?:比|较|与|同)[^，,。；;：:\d]{1,12}"
    r"(?:无增减(?:变化)?|无变化|没有变化|持平|一致|相同|不变)[，,]\s*(?:比|较|与|同)[^，,。；;：:]{0,12}$"
)
"""What is level with the budget and compared with last year next (公务接待费比预算无增减变化，比去年增加)."""


def match(template: SentenceTemplate, sentence: str) -> dict[str, PrintedNumber] | None:
    """The numbers that a template reads in a sentence, by slot; None if it does not fit."""
    numbers = find_numbers(sentence)
    spans = [NumberSpan(n.start, n.end, _kind(n)) for n in numbers]
    found = next(find(template, tokenised(without_markup(sentence), spans)), None)
    return None if found is None else {slot: numbers[index] for slot, index in found.numbers.items()}


def _kind(number: PrintedNumber) -> SlotKind:
    if number.is_money:
        return SlotKind.MONEY
    return SlotKind.PERCENT if number.is_percent else SlotKind.COUNT


def _in_formula(plain: str, number: PrintedNumber) -> bool:
    """Whether a number is multiplied, or is a summand in a bracket that is."""
    if is_factor(plain, number.start, number.end):
        return True
    before, after = plain[max(0, number.start - NEAR) : number.start], plain[number.end : number.end + NEAR]
    opened = re.search(r"[（(][^（()）。；;，,]*$", before)
    closed = re.match(r"[^（()）。；;，,]*[）)]\s*[×*＊·xX÷]", after)
    return bool(opened and closed and re.search(r"[+＋\-－]", f"{opened[0]}{closed[0]}"))


def _of_this_project(region: Region, section: str) -> Region | None:
    """A region whose project is 本项 with the project that its section is headed by; None where no heading names one."""
    if ("project", "本项") not in region:
        return region
    heading = next((h for h in reversed(section.split("/")) if not ordinal(h).startswith("(")), "")
    name = bare(heading)
    return tuple((a, name if a == "project" else e) for a, e in region) if name and ordinal(heading) else None


def _with_year(region: Region, year: int | None, fiscal: int | None) -> Region:
    if year is None or fiscal is None or year == fiscal or "year" in dict(region):
        return region
    return (*region, ("year", str(year - fiscal)))
