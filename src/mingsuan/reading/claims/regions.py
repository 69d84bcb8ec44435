"""The region of the ledger that an amount of a paragraph means, by the phrase before it and the amounts around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from mingsuan.dialects.names import bare, ordinal
from mingsuan.dialects.sentences.sentences import Measure
from mingsuan.dialects.sentences.wording import Region
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.budgets_told import PLAN, beside_its_budget, planned_as, without_stage
from mingsuan.reading.claims.class_paths import class_path, paths_in
from mingsuan.reading.claims.known import KnownParagraph
from mingsuan.reading.claims.phrases import NEAR, OF_THE_SUBJECT, function_class, labelled, last_clause, phrase_key
from mingsuan.reading.claims.words import is_base_of_comparison

_SOME_FUND = regex(r"财政拨款|一般公共预算|政府性基金|国有资本|专户|单位资金")
_SHARE_OF_FUND = regex(
    rf"[，,（(]?\s*占(?P<whole>(?:本年|当年)?[^，,。；;：:\d]{{0,8}}(?:{_SOME_FUND.pattern})[^，,。；;：:\d]{{0,10}}?)"
    r"的?(?:比重|比例)?(?:为|是|约)?\s*[\d.]+\s*[%％]"
)
_WITHIN = regex(r"其中")
_WITHIN_ENDS = regex(r"[；;。！？]")
_OF_A_FUND = frozenset({"fund", "use", "origin"})


class RegionReader:
    """Reads the regions of one paragraph's amounts, in their order: the class that the paragraph is about is told by the first."""

    def __init__(self, known: KnownParagraph) -> None:
        """A paragraph of which no amount was read yet."""
        self.known = known
        self.subject: str | None = None
        self.tells_budgets = any(dict(m.region).get("measure") == PLAN for m in known.sentences.by_phrase.get(PLAN, ()))

    def region(self, index: int, head: str, role: Role, year: int | None, around: Region | None, before: Sequence[Claim]) -> Region | None:
        """The region that the phrase before an amount means here, None where the phrase is not known."""
        if role is not Role.AMOUNT or not self.known.numbers[index].is_money:
            return None
        if self.tells_budgets and before and before[-1].role is Role.AMOUNT and before[-1].year == year:
            beside = beside_its_budget(head, before[-1].region, self.known.running.section.text)
            if beside is not None:
                return beside
        phrase = phrase_key(last_clause(head))
        where = {**(dict(self.known.context.where) if self.known.context else {}), **dict(around or ())}
        spent = {"use": "支出", **where} if self.tells_budgets and "收入" not in phrase and "结" not in phrase else where
        path = class_path(head)
        if path is not None:
            function = self.known.classes.code(path)
            self.subject = function if index == 0 else self.subject
            return None if function is None else self._of_plan({**spent, "function": function}, head, year)
        region = self._region_of_phrase(index, head, year, where, spent, known=around is not None)
        return self._of_its_share(self._of_its_owner(region, index, before), index)

    def _of_its_share(self, region: Region | None, index: int) -> Region | None:
        """What an amount is said to be a share of names its fund, where nothing else does (卫生健康支出17万元，占一般公共预算支出的4%)."""
        number = self.known.numbers[index]
        share = _SHARE_OF_FUND.match(self.known.plain, number.end)
        if share is None or region is None or "fund" in dict(region):
            return region
        whole = self._known_measure(phrase_key(share["whole"]), index)
        return region if whole is None else tuple(sorted({**dict(whole.region), **dict(region)}.items()))

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
        if phrase in OF_THE_SUBJECT and self.subject is not None and year == self.known.year and not self._of_its_subject(phrase, index):
            return self._of_plan({**spent, "function": self.subject}, head, year)
        measure = self._named_measure(index, head, phrase)
        if (measure is not None and measure.either) or (not known and (measure is None or "whole" not in measure.flags)):
            return None
        if measure is not None and "subject" in measure.flags:
            if self.subject is None:
                return None
            return self._of_year({**spent, **dict(measure.region), "function": self.subject}, year)
        if measure is not None:
            return self._measured(measure, head, year, where)
        function = function_class(phrase, self.known.year)
        return None if function is None else self._of_year({**spent, "function": function}, year)

    def _named_measure(self, index: int, head: str, phrase: str) -> Measure | None:
        """The measure of a phrase, or of the label of the item that it begins; in a final account also without the stage that it names."""
        label = labelled(head) if index == 0 else None
        measure = self._known_measure(phrase if label is None else label, index)
        if measure is None and self.tells_budgets:
            measure = self._known_measure(without_stage(phrase), index)
        return measure

    def _measured(self, measure: Measure, head: str, year: int | None, where: dict[str, str]) -> Region | None:
        """The region of an amount that a known phrase names, None where it is called a budget and not told which."""
        return self._of_plan({} if "whole" in measure.flags else where, head, year, dict(measure.region))

    def _of_plan(self, axes: dict[str, str], head: str, year: int | None, own: Mapping[str, str] = MappingProxyType({})) -> Region | None:
        """A region with the measure of the budget that a final account calls it; None where it is called one and not told which.

        `own` is what the phrase itself says, which goes before.
        """
        planned = planned_as(last_clause(head), self.known.running.section.text) if self.tells_budgets else None
        return None if planned == "" else self._of_year({**axes, **({"measure": planned} if planned else {}), **own}, year)

    def _of_year(self, axes: dict[str, str], year: int | None) -> Region:
        return with_year(tuple(sorted(axes.items())), year, self.known.year)

    def _headed(self, head: str) -> str | None:
        """The functional class that a paragraph names at its head before it speaks of it (…离退休（项）。主要用于：…)."""
        named = next((path for _, path in paths_in(head)), None)
        return None if named is None else self.known.classes.code(named)

    def _of_its_subject(self, phrase: str, index: int) -> bool:
        """Whether the dialect knows a phrase as a number of the class that the paragraph is about."""
        measure = self._known_measure(phrase, index)
        return measure is not None and "subject" in measure.flags

    def whole_region(self, index: int, before: Sequence[Claim]) -> Region | None:
        """The region of the amount that a number behind 其中 is a part of, () if there is none.

        None where it is of some fund but not told what of it: what is a part of that is not known either.
        """
        position = self.known.numbers[index].start
        within = max((m.end() for m in _WITHIN.finditer(self.known.plain, max(0, position - NEAR), position)), default=-1)
        if within < 0 or (_WITHIN_ENDS.search(self.known.plain, within, position) and not self._goes_on(index, within, before)):
            return ()
        behind = zip(reversed(before), reversed(self.known.numbers[:index]), strict=True)
        whole = next((c for c, n in behind if n.end <= within and not _only_compares(c)), None)
        if whole is None or whole.role is not Role.AMOUNT:
            return ()
        return None if whole.region is None and _SOME_FUND.search(whole.measure) else whole.region or ()

    def _goes_on(self, index: int, within: int, before: Sequence[Claim]) -> bool:
        """Whether a kind of spending behind ； is told of the same whole as another kind (其中：基本支出…，比上年…；项目支出…)."""
        measure = self._known_measure(phrase_key(last_clause(self.known.head(index))), index)
        if measure is None or {axis for axis, _ in measure.region} != {"kind"}:
            return False
        kind = dict(measure.region)["kind"]
        first = next((c for c, n in zip(before, self.known.numbers, strict=False) if n.start >= within), None)
        one_sentence = "。" not in self.known.plain[within : self.known.numbers[index].start]
        return one_sentence and first is not None and dict(first.region or ()).get("kind", kind) != kind

    def _known_measure(self, phrase: str, index: int) -> Measure | None:
        candidates = self.known.sentences.by_phrase.get(phrase, ())
        around = self._bracketed(index)
        for measure in candidates:
            if measure.within is not None and measure.within == around:
                return measure
        return next((m for m in candidates if m.within is None), None)

    def _bracketed(self, index: int) -> str | None:
        """The phrase whose amount the open bracket around a number explains."""
        owner = self._owner(index)
        return None if owner is None else phrase_key(last_clause(self.known.head(owner)))

    def _owner(self, index: int) -> int | None:
        """The number that the open bracket around a number explains."""
        end = self.known.numbers[index].start
        begin = max(0, end - NEAR)
        opening, closing = (max(self.known.plain.rfind(mark, begin, end) for mark in marks) for marks in ("（(", "）)"))
        if opening < 0 or closing > opening:
            return None
        return next((i for i in range(index - 1, -1, -1) if self.known.numbers[i].end <= opening), None)


def _only_compares(claim: Claim) -> bool:
    """Whether a number tells how the amount right before it changed and names nothing of its own (…支出9万元，比上年增加2万元，增长29%)."""
    return claim.role is Role.GROWTH or (claim.role is Role.CHANGE and is_base_of_comparison(claim))


def of_this_project(region: Region, section: str) -> Region | None:
    """A region whose project is 本项 with the project that its section is headed by; None where no heading names one."""
    if ("project", "本项") not in region:
        return region
    heading = next((h for h in reversed(section.split("/")) if not ordinal(h).startswith("(")), "")
    name = bare(heading)
    return tuple((a, name if a == "project" else e) for a, e in region) if name and ordinal(heading) else None


def with_year(region: Region, year: int | None, fiscal: int | None) -> Region:
    """A region with the year that is told of it, where that is not the fiscal year and it has none."""
    if year is None or fiscal is None or year == fiscal or "year" in dict(region):
        return region
    return (*region, ("year", str(year - fiscal)))
