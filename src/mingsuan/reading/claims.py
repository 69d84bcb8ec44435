"""Claims: every number that the narrative states, with unit, year, measure, and meaning where it can be known.

All numbers are read, whether or not a sentence template knows them. Templates of the dialect and its phrase table then add
regions of the ledger; directions and relations (a growth rate follows from a change) are read from the wording as well, so
that a sentence that no template knows can still be checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from mingsuan import codes
from mingsuan.amounts import common_decimals
from mingsuan.dialects.names import bare, ordinal
from mingsuan.dialects.sentences import Measure, SectionContext, Sentences
from mingsuan.dialects.wording import Match, NumberSpan, Region, SentenceTemplate, SlotKind, find, tokenised
from mingsuan.model import Section
from mingsuan.model.claims import Claim, Role
from mingsuan.reading.class_paths import ClassNames, class_path, paths_in
from mingsuan.reading.numbers import PrintedNumber, find_numbers, is_factor, without_markup
from mingsuan.reading.running import RunningText, paragraphs, years

MAX_QUOTE = 60
"""Characters of a quotation."""
_NEAR = 300
"""Characters or claims before a number that are searched for what it belongs to."""

_DIRECTION = r"增加|增长|减少|下降|上升|降低|压减|压缩|缩减|节约|提高|上涨|调增|调减|净增|净减|增幅|降幅"
_CHANGE_HEAD = re.compile(rf"(?P<word>{_DIRECTION})(?:额|率|幅度|比例|金额)?(?:了|为|约|达|是)?[：:]?\s*$")
_SHARE_HEAD = re.compile(r"占[^，,。；;、：:\d]{0,25}$|(?:比重|占比)(?:为|是|达|约)?[：:]?\s*$")
_EQUALS_BEFORE = re.compile(r"[=＝]\s*约?\s*$")
_CLAUSE = re.compile(r"[，,。；;、：:！？!?]|[（(](?![^（()）]*[）)])|(?<![（(境类款项一二三四五六七八九十\d])[）)]")
_ORDINAL = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])+")
_PAUSE = re.compile(r"[，。；;：:]|,(?!\d{3})")
_WITHIN = re.compile(r"其中")
_WITHIN_ENDS = re.compile(r"[；;。！？]")


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
    claims = _with_decimals([s.claim for s in found])
    claims = _with_links(claims, [id(s.paragraph) for s in found])
    return _without_thresholds([replace(s, claim=c) for s, c in zip(found, claims, strict=True)])


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
        return sentences.context(section.kind, "")
    titles = [section.title, *reversed(section.path.split("/")[:-1])]
    return next((found for title in titles if (found := sentences.context(None, title)) is not None), None)


def _clause(head: str) -> str:
    """The last clause of the words before a number, without an ordinal."""
    return _ORDINAL.sub("", _CLAUSE.split(_ORDINAL.sub("", head))[-1])


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
        self.plain = without_markup(paragraph.text)

    def claims(self) -> tuple[Claim, ...]:
        """The claims, decimals as printed, links only where a template gives them."""
        heads = [self._head(i) for i in range(len(self.numbers))]
        roles = [self._role(n, head) for n, head in zip(self.numbers, heads, strict=True)]
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
                region=self._region(index, heads[index], roles[index], of_year[index], around),
                direction=_direction(heads[index]) if changes[index] else None,
                scope=self.paragraph.scope,
            )
            owner = owners.get(index)
            found.append(claim if owner is None else self._by_template(claim, *owner))
        return tuple(found)

    def _head(self, index: int) -> str:
        """The words of a number's clause before it, without white space and markup, after the number before."""
        start = self.numbers[index - 1].end if index else 0
        return re.sub(r"\s", "", self.plain[start : self.numbers[index].start])

    def _role(self, number: PrintedNumber, head: str) -> Role:
        if number.threshold:
            return Role.THRESHOLD
        if _EQUALS_BEFORE.search(self.plain, max(0, number.start - 12), number.start):
            return Role.RESULT
        if _in_formula(self.plain, number):
            return Role.FACTOR
        clause = _clause(head)
        if _CHANGE_HEAD.search(clause):
            return Role.GROWTH if number.is_percent else Role.CHANGE
        if number.is_percent:
            return Role.SHARE if _SHARE_HEAD.search(clause) else Role.RATE
        return Role.AMOUNT if number.is_money else Role.COUNT

    def _measure(self, index: int, head: str, role: Role, before: Sequence[str]) -> str:
        clause = _clause(head)
        words = bare_phrase(clause)
        last = before[-1] if before else ""
        if role is Role.SHARE:
            return f"{last}占比"
        if role is Role.CHANGE:
            return f"{words}额"
        if role is Role.GROWTH:
            about = words if len(words) > 4 else re.sub(rf"(?:{_DIRECTION})额$", "", last) + words
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
        relation, links = _relation(slot.formula, match.numbers, self.first)
        role = _ROLE_OF_RELATION.get(relation, claim.role) if relation else claim.role
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

    def _region(self, index: int, head: str, role: Role, year: int | None, around: Region) -> Region | None:
        """The region that the phrase before an amount means here, None where the phrase is not known."""
        if role is not Role.AMOUNT or not self.numbers[index].is_money:
            return None
        phrase = phrase_key(_clause(head))
        where = {**(dict(self.context.where) if self.context else {}), **dict(around)}
        path = class_path(head)
        if path is not None:
            function = self.classes.code(path)
            self.subject = function if index == 0 else self.subject
            return None if function is None else _with_year(tuple(sorted({**where, "function": function}.items())), year, self.year)
        if index == 0:
            self.subject = self._headed(head)
        if phrase in _OF_THE_SUBJECT and self.subject is not None and year == self.year and not self._of_its_subject(phrase, index):
            return tuple(sorted({**where, "function": self.subject}.items()))
        measure = self._known_measure(phrase, index)
        if measure is not None and "subject" in measure.flags:
            if self.subject is None:
                return None
            own = {**where, **dict(measure.region), "function": self.subject}
            return _with_year(tuple(sorted(own.items())), year, self.year)
        if measure is not None:
            base = {} if "whole" in measure.flags else where
            return _with_year(tuple(sorted({**base, **dict(measure.region)}.items())), year, self.year)
        function = _function_class(phrase, self.year)
        if function is None:
            return None
        return _with_year(tuple(sorted({**where, "function": function}.items())), year, self.year)

    def _headed(self, head: str) -> str | None:
        """The functional class that a paragraph names at its head before it speaks of it (…离退休（项）。主要用于：…)."""
        named = next((path for _, path in paths_in(head)), None)
        return None if named is None else self.classes.code(named)

    def _of_its_subject(self, phrase: str, index: int) -> bool:
        """Whether the dialect knows a phrase as a number of the class that the paragraph is about."""
        measure = self._known_measure(phrase, index)
        return measure is not None and "subject" in measure.flags

    def _whole_region(self, index: int, before: Sequence[Claim]) -> Region:
        """The region of the amount that a number behind 其中 is a part of, () if there is none."""
        position = self.numbers[index].start
        within = max((m.end() for m in _WITHIN.finditer(self.plain, max(0, position - _NEAR), position)), default=-1)
        if within < 0 or _WITHIN_ENDS.search(self.plain, within, position):
            return ()
        whole = next((c for c, n in zip(reversed(before), reversed(self.numbers[:index]), strict=True) if n.end <= within), None)
        return whole.region or () if whole is not None and whole.role is Role.AMOUNT else ()

    def _known_measure(self, phrase: str, index: int) -> Measure | None:
        candidates = self.sentences.by_phrase.get(phrase, ())
        around = self._bracketed(index)
        for measure in candidates:
            if measure.within is not None and measure.within == around:
                return measure
        return next((m for m in candidates if m.within is None), None)

    def _bracketed(self, index: int) -> str | None:
        """The phrase whose amount the open bracket around a number explains."""
        end = self.numbers[index].start
        begin = max(0, end - _NEAR)
        opening, closing = (max(self.plain.rfind(mark, begin, end) for mark in marks) for marks in ("（(", "）)"))
        if opening < 0 or closing > opening:
            return None
        owner = next((i for i in range(index - 1, -1, -1) if self.numbers[i].end <= opening), None)
        return None if owner is None else phrase_key(_clause(self._head(owner)))


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
    before, after = plain[max(0, number.start - _NEAR) : number.start], plain[number.end : number.end + _NEAR]
    opened = re.search(r"[（(][^（()）。；;，,]*$", before)
    closed = re.match(r"[^（()）。；;，,]*[）)]\s*[×*＊·xX÷]", after)
    return bool(opened and closed and re.search(r"[+＋\-－]", f"{opened[0]}{closed[0]}"))


def _direction(head: str) -> str | None:
    match = _CHANGE_HEAD.search(_clause(head))
    return match["word"] if match else None


_COMPARISON = re.compile(
    r"(?:比|较|与|同)[^，,。；;]{0,12}?(?:(?:19|20)\d\d年|上一?年|去年)度?(?:预算|决算)?数?(?:相比|对比)?|(?:相比|对比)$"
)
_LEADING = re.compile(
    r"^.*?(?:(?:19|20)\d\d\s*年度?(?!\s*[-—–~～至])|期末|年末)|"
    r"^(?:主要原因[是：:]*|但|其中|包括|主要是|分别为|分别是|含|以及|和|另|另有|故|需|本年|当年|本部门|我单位|我部门|本单位|我办|我局)+"
)
_OF_THE_SUBJECT = frozenset({"", "预算", "预算数", "年初预算", "当年预算"})
"""Phrases that name nothing but this year's budget of what the paragraph is about."""
_TRAILING = re.compile(r"(?:共计|合计为|预算为|共有|为|是|共|达到|达|约|安排|即|科目)+$")


def bare_phrase(clause: str) -> str:
    """The words before a number without year, connective and copula: “其中：2021年收入总计为” → 收入总计."""
    words = re.sub(r"[\s“”\"‘’]", "", clause[-_NEAR:])
    words = _COMPARISON.sub("", re.split(r"[=＝×+]", words)[-1])
    shorter = words
    while True:
        shorter, words = _LEADING.sub("", words, count=1), shorter
        if shorter == words:
            break
        words = shorter
    return _TRAILING.sub("", words) or words


def phrase_key(clause: str) -> str:
    """The phrase as the table of measures spells it: without brackets, quotation marks and 预算为."""
    return _TRAILING.sub("", re.sub(r"[（(][^）)]*[）)]|[（()）]", "", bare_phrase(clause)))


def _function_class(phrase: str, year: int | None) -> str | None:
    """The class (3 digits) of the functional classification that a phrase names, None if none or several."""
    if len(phrase) < 2 or phrase in {"支出", "其他支出"}:
        return None
    found = [c.code for c in codes.find("function", phrase, year) if len(c.code) == 3]
    return found[0] if len(set(found)) == 1 else None


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


# --- relations -------------------------------------------------------------------------------------------------------

CHANGE_OF = "amount - last"
GROWTH_OF = "change / last"
GROWTH_OF_TWO = "(amount - last) / last"
SHARE_OF = "part / whole"
REST_OF = "whole - part"
_ROLE_OF_RELATION = {CHANGE_OF: Role.CHANGE, GROWTH_OF: Role.GROWTH, SHARE_OF: Role.SHARE}
_FORMULA = re.compile(r"(?P<left>[\w.]+)\s*(?P<operator>[-/])\s*(?P<right>[\w.]+)")


def _relation(formula: str | None, numbers: Mapping[str, int], first: int) -> tuple[str | None, tuple[tuple[str, int], ...]]:
    """A slot's formula as one of the four relations, with links to the claims of the same sentence."""
    match = _FORMULA.match(formula) if formula else None
    if match is None:
        return None, ()
    left, right = match["left"], match["right"]
    if match["operator"] == "-":
        is_change = right in {f"last.{left}", f"last_{left}"}
        named = {"amount": left, "last": right} if is_change else {"whole": left, "part": right}
        relation = CHANGE_OF if is_change else REST_OF
    elif right.startswith("last"):
        named = {"change": left, "last": right, "amount": right.removeprefix("last.").removeprefix("last_")}
        relation = GROWTH_OF
    else:
        named = {"part": left, "whole": right}
        relation = SHARE_OF
    links = tuple((name, first + numbers[slot]) for name, slot in named.items() if slot in numbers)
    return relation, links


def _with_decimals(claims: Sequence[Claim]) -> list[Claim]:
    """Amounts read at the decimals that the narrative prints for their unit, or the part of it that prints none at all."""
    printed: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.amount is not None and claim.role not in {Role.FACTOR, Role.THRESHOLD}:
            printed.setdefault((claim.unit, ""), []).append(claim)
            printed.setdefault((claim.unit, claim.section.split("/")[0]), []).append(claim)
    common = {key: common_decimals(c.amount for c in found if c.amount is not None) for key, found in printed.items()}
    rounded = {key for key, found in printed.items() if _prints_no_decimals(found)}
    return [_at(claim, common, rounded) for claim in claims]


def _at(claim: Claim, common: Mapping[tuple[str, str], int], rounded: Set[tuple[str, str]]) -> Claim:
    if (
        claim.role in {Role.FACTOR, Role.THRESHOLD}
        or (claim.unit, "") not in common
        or (claim.unit, claim.section.split("/")[0]) in rounded
    ):
        return claim
    return replace(claim, decimals=max(claim.decimals, common[claim.unit, ""]))


_ENOUGH_AMOUNTS = 4
"""Different amounts from which a part of a narrative shows the digits that it is written with."""


def _prints_no_decimals(claims: Sequence[Claim]) -> bool:
    """Whether a part rounds to whole units: several amounts, none with a decimal, and most of them no round numbers."""
    values = {c.value for c in claims if c.value}
    odd = [v for v in values if v % 5]
    return len(values) >= _ENOUGH_AMOUNTS and not any(c.decimals for c in claims) and 2 * len(odd) >= len(values)


def _with_links(claims: Sequence[Claim], paragraph_of: Sequence[int]) -> list[Claim]:
    """The claims with the relations that their wording shows, where no template gave one."""
    found = list(claims)
    for index, claim in enumerate(found):
        if claim.relation is not None:
            continue
        if claim.role is Role.CHANGE:
            found[index] = _link_change(found, index, paragraph_of)
        elif claim.role is Role.GROWTH:
            found[index] = _link_growth(found, index)
        elif claim.role is Role.SHARE:
            found[index] = _link_share(found, index, paragraph_of)
    return found


_SUBJECT_WORDS = re.compile(r"年初|预算数|预算|安排|总计|合计|总额|数$")


def subject(measure: str) -> str:
    """What a measure is about, so that 收入预算减少额 is found to speak of 收入总计; "" for nothing of its own."""
    words = re.sub(rf"(?:{_DIRECTION})(?:额|率)?$|额$", "", measure)
    words = re.sub(r"^(?:上年|去年|故)+", "", words)
    words = _SUBJECT_WORDS.sub("", words)
    return words[:-2] if words.endswith("支出") and len(words) > 4 else words


def _link_change(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    claim = claims[index]
    own = subject(claim.measure)
    section = claim.section
    plain = [
        i
        for i in range(index - 1, max(-1, index - _NEAR), -1)
        if claims[i].section == section
        and claims[i].scope[: len(claim.scope)] == claim.scope[: len(claims[i].scope)]
        and claims[i].role in {Role.AMOUNT, Role.COUNT}
        and _same_family(claims[i].unit, claim.unit)
    ]
    current = [i for i in plain if claims[i].year == claim.year]
    target = next((i for i in current if own and subject(claims[i].measure) == own), None)
    if target is None and not own:
        target = next((i for i in current if paragraph_of[i] == paragraph_of[index]), None)
    if target is None:
        return claim
    last = next((i for i in plain if i > target and claims[i].sentence == claim.sentence and _is_base(claims[i], claims[target])), None)
    links = (("amount", target), *((("last", last),) if last is not None else ()))
    return replace(claim, relation=CHANGE_OF, links=links)


def _is_base(last: Claim, amount: Claim) -> bool:
    """Whether an amount is last year's of the same thing: it says no more than 上年预算, or names the thing itself."""
    own = subject(last.measure)
    return last.year is not None and amount.year is not None and last.year == amount.year - 1 and own in {"", subject(amount.measure)}


def _same_family(left: str, right: str) -> bool:
    return left == right or (left.endswith("元") and right.endswith("元"))


def _link_growth(claims: Sequence[Claim], index: int) -> Claim:
    """A rate belongs to the change before it, else to this and last year's amounts right before it."""
    claim = claims[index]
    before = claims[max(0, index - 2) : index]
    if not before or before[-1].sentence != claim.sentence or (_REASON.search(claim.quote) and not _REASON.search(before[-1].quote)):
        return claim
    if before[-1].role is Role.CHANGE:
        inherited = tuple((name, i) for name, i in before[-1].links if name in {"amount", "last"})
        return replace(claim, relation=GROWTH_OF, links=(("change", index - 1), *inherited))
    if len(before) == 2 and _are_two_years(before[0], before[1], claim) and _COMPARED_RATE.search(claim.quote):
        return replace(claim, relation=GROWTH_OF_TWO, links=(("amount", index - 1), ("last", index - 2)))
    return claim


_REASON = re.compile(r"原因|由于|因为")
"""A rate told as the reason of a change is a rate of something else."""
_COMPARED_RATE = re.compile(r"(?:比|较|与|同)[^，,。；;]*?(?:年|上年|去年)[^，,。；;]*$|(?:相比|同比)[^。；;]*$")


def _are_two_years(last: Claim, amount: Claim, growth: Claim) -> bool:
    """Whether two amounts of one sentence are last year's and this year's."""
    plain = all(c.role is Role.AMOUNT and c.amount is not None and c.sentence == growth.sentence for c in (last, amount))
    return plain and last.year is not None and amount.year == growth.year and amount.year == last.year + 1


_NAMED_WHOLE = re.compile(r"占(?P<name>[^，,。；;、：:\d]*?)的?(?:比重|比例|百分比)?(?:为|是|达|约)?[：:]?\s*[\d.]+\s*[%％]$")
_NO_NAME = frozenset({"", "比", "总", "其"})


def _link_share(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    """A share belongs to the amount before it; its whole is what it names (占支出合计的…), else the first amount of the paragraph."""
    claim = claims[index]
    near = range(max(0, index - _NEAR), index)
    same = [i for i in near if paragraph_of[i] == paragraph_of[index] and claims[i].role is Role.AMOUNT and claims[i].amount]
    if not same:
        return claim
    part = _before_bracket(claims, same, index)
    named = _NAMED_WHOLE.search(claim.quote)
    name = re.sub(r"[\s“”\"]", "", named["name"]) if named else ""
    whole: int | None = same[0]
    if name not in _NO_NAME:
        whole = next((i for i in reversed(near) if _is_named(claims[i], name, claim.section)), None)
    if whole is None or part == whole or claims[whole].year != claims[part].year or value_of(claims[whole]) < value_of(claims[part]):
        return claim
    return replace(claim, relation=SHARE_OF, links=(("part", part), ("whole", whole)))


def _is_named(claim: Claim, name: str, section: str) -> bool:
    fits = claim.section == section and claim.role is Role.AMOUNT and claim.amount is not None
    return fits and subject(claim.measure) == subject(name)


def _before_bracket(claims: Sequence[Claim], same: Sequence[int], index: int) -> int:
    """The amount nearest before a share, past one that an aside in brackets states."""
    nearest = same[-1]
    inside = re.search(r"[（(]含?", claims[nearest].quote) and not re.search(r"[）)]", claims[nearest].quote.split("（")[-1])
    return same[-2] if inside and len(same) > 2 else nearest


def value_of(claim: Claim) -> Decimal:
    """A claim as an exact number: yuan for money, a fraction for a percentage, else as printed."""
    if claim.amount is not None:
        return claim.amount.yuan
    scale = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "‰": Decimal("0.001")}.get(claim.unit, Decimal(1))
    return claim.value * scale


def half_of(claim: Claim) -> Decimal:
    """Half of the last digit that a claim stands for, in the unit of `value_of`; counts are exact."""
    if claim.amount is not None:
        return claim.amount.half
    scale = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "‰": Decimal("0.001")}.get(claim.unit)
    return Decimal(0) if scale is None else Decimal(1).scaleb(-claim.decimals) * scale / 2
