"""Which identities of the gold the product derives.

`python -m bench.identities [seed …] [--verbose]` reads each seed and decides for every identity of the gold, without a table of verdicts:

* derived: each of its equations follows from what the product holds printed numbers to (a linear combination of derived identities and
  of the relations of the narrative; most are one of them), or is a share, growth or formula that it computes;
* convention: it needs a custom that the dialect lists;
* by rule: nothing of that, but a change of its numbers in the file makes a rule report it;
* missing: with the equation that fails.

`bench.identity_notes` says why what is missing is missing; a note on what is not missing is an error.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import mingsuan
from bench.identity_book import Book
from bench.identity_notes import WHY_MISSING
from bench.identity_text import Reader, Relation, Vector
from bench.shared import SEEDS, SHARED, seed_path
from mingsuan.amounts import parse_amount
from mingsuan.checking.subject import Subject
from mingsuan.dialects.dialect import load
from mingsuan.identities import Derivation, Identity, Sort
from mingsuan.model import Cell, CellKind, Disclosure, Row
from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.formulas import Formula, read_formulas
from mingsuan.reading.claims.listed import Listing
from mingsuan.reading.claims.listings import listings
from mingsuan.reading.claims.relations import FALLS, GrowthRelation, change_relations, growth_relations
from mingsuan.reading.claims.restatements import restatements
from mingsuan.reading.claims.shares import ShareRelation, share_relations

VERDICTS = {"derived": "推导", "convention": "惯例", "rule": "由规则核对", "missing": "缺"}
_PRIME = (1 << 61) - 1


class Span:
    """Linear relations and what follows from them (elimination modulo a large prime)."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, int]] = {}
        self.direct: set[tuple[tuple[int, int], ...]] = set()

    def add(self, vector: Vector) -> None:
        """Take in one relation."""
        if not vector:
            return
        self.direct.add(_canonical(vector))
        rest = self._reduced(vector)
        if rest:
            pivot = min(rest)
            inverse = pow(rest[pivot], -1, _PRIME)
            self.rows[pivot] = {n: c * inverse % _PRIME for n, c in rest.items()}

    def __contains__(self, vector: Vector) -> bool:
        return not self._reduced(vector)

    def copy(self) -> Span:
        """An independent one."""
        made = Span()
        made.rows, made.direct = dict(self.rows), set(self.direct)
        return made

    def _reduced(self, vector: Vector) -> dict[int, int]:
        rest = {n: c % _PRIME for n, c in vector.items() if c}
        done: set[int] = set()
        while True:
            pivot = min((n for n in rest if n in self.rows and n not in done), default=None)
            if pivot is None:
                return rest
            done.add(pivot)
            factor = rest[pivot]
            for number, coefficient in self.rows[pivot].items():
                value = (rest.get(number, 0) - factor * coefficient) % _PRIME
                if value:
                    rest[number] = value
                else:
                    rest.pop(number, None)
            done -= {n for n in rest if n not in done} | {n for n in done if n not in rest}


def _canonical(vector: Vector) -> tuple[tuple[int, int], ...]:
    items = sorted(vector.items())
    sign = 1 if items[0][1] > 0 else -1
    return tuple((n, sign * c) for n, c in items)


@dataclass(frozen=True)
class Evidence:
    """What the product holds the numbers of one disclosure to."""

    subject: Subject
    derivation: Derivation
    book: Book

    @cached_property
    def hard(self) -> Span:
        """Identities of the tables and of figures in the narrative, and relations within the narrative; blanks and zeros left out."""
        span = Span()
        for identity in self.derivation.identities:
            if identity.sort not in (Sort.CONTAINED, Sort.CONVENTION):
                span.add(self._loud(_of_identity(identity)))
        for vector in self._of_narrative():
            span.add(self._loud(vector))
        return span

    @cached_property
    def customary(self) -> Span:
        """The same with the conventions of the dialect."""
        span = self.hard.copy()
        for identity in self.derivation.identities:
            if identity.sort is Sort.CONVENTION:
                span.add(self._loud(_of_identity(identity)))
        return span

    @cached_property
    def contained(self) -> frozenset[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Parts and wholes."""
        return frozenset((i.left, i.right) for i in self.derivation.identities if i.sort is Sort.CONTAINED)

    def _loud(self, vector: Vector) -> dict[int, int]:
        return {n: c for n, c in vector.items() if self.book.atoms[n].value}

    def _of_narrative(self) -> Iterator[Vector]:
        atom = {id(c): self.book.of_claim[n] for n, c in enumerate(self.subject.disclosure.claims)}
        for listing in self.lists:
            if listing.total is not None and listing.exhaustive and listing.complete:
                yield {atom[id(listing.total)]: 1} | {atom[id(p)]: -1 for p in listing.parts}
        for change in change_relations(self.subject.disclosure.claims):
            sign = -1 if (change.change.direction in FALLS) != (change.change.value < 0) else 1
            yield {atom[id(change.amount)]: 1, atom[id(change.last)]: -1, atom[id(change.change)]: -sign}
        for same in restatements(self.subject.statements):
            for one, other in zip(same.claims, same.claims[1:], strict=False):
                yield {atom[id(one)]: 1, atom[id(other)]: -1}

    @cached_property
    def lists(self) -> tuple[Listing, ...]:
        """Lists of the narrative."""
        return listings(self.subject.statements, self.subject.stated_paragraphs)

    @cached_property
    def ratios(self) -> tuple[ShareRelation | GrowthRelation, ...]:
        """Shares and growth rates."""
        claims = self.subject.disclosure.claims
        return (*share_relations(claims), *growth_relations(claims))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Cost formulas."""
        return read_formulas(self.subject.statements)

    # -- verdicts on one equation

    def verdict(self, relation: Relation) -> tuple[str, str]:
        """derived, convention or missing, and how."""
        if relation.kind == "ratio":
            return self._ratio(relation)
        if relation.kind == "product":
            found = any(_has_formula(f, relation.numbers) for f in self.formulas)
            return ("derived", "测算式") if found else ("missing", "没有读出这个测算式")
        if relation.why or relation.kind in ("count", "empty"):
            return "missing", relation.why or "不是金额之间的关系"
        readings = [self._loud(v) for v in relation.readings]
        if any(not v for v in readings):
            return "derived", "各数为空或为零"
        if any(_canonical(v) in self.hard.direct for v in readings):
            return "derived", "即一条勾稽关系"
        if any(v in self.hard for v in readings):
            return "derived", "由勾稽关系合成"
        if any(v in self.customary for v in readings):
            return "convention", "惯例"
        if any(_pair(v) in self.contained for v in readings):
            return "derived", "部分不大于总体"
        return "missing", "没有推导出：" + self._shown(readings[0]) if readings else "没有找到这些数"

    def _shown(self, vector: Vector) -> str:
        atoms = self.book.atoms
        return "；".join(
            f"{'+' if c > 0 else '−'}{atoms[n].scope} {atoms[n].words[:60]} {atoms[n].printed}" for n, c in list(vector.items())[:6]
        )

    def _ratio(self, relation: Relation) -> tuple[str, str]:
        numbers = set(relation.numbers)
        percents = [n for n in relation.numbers if f"{n}%" in relation.text.replace(" ", "")]
        if percents and numbers == {*percents}:
            wanted = [p for p in percents if p != 100]
            found = any(x.total is None and sorted(p.value for p in x.parts) == sorted(wanted) for x in self.lists)
            return ("derived", "占比之和") if found else ("missing", "没有读出这组占比")
        lost = [p for p in percents if not any(_has_ratio(r, p, numbers) for r in self.ratios)]
        printed = [p for p in lost if any(c.unit == "%" and c.value == p for c in self.subject.disclosure.claims)]
        if not percents or (lost and (printed or len(lost) == len(percents))):
            return "missing", f"没有把{'、'.join(map(str, lost))}%读作这两个数之比"
        return "derived", "占比或增长率"


def _has_ratio(relation: ShareRelation | GrowthRelation, percent: Decimal, numbers: set[Decimal]) -> bool:
    if isinstance(relation, ShareRelation):
        return relation.share.value == percent and {relation.part.value, relation.whole.value} <= numbers
    change, amount = relation.change, relation.amount
    known = [c.value for c in (change, amount) if c is not None]
    return relation.growth.value == percent and (set(known) <= numbers or {known[0], relation.base / 10000} <= numbers)


def _has_formula(formula: Formula, numbers: Sequence[Decimal]) -> bool:
    factors = [f.value for f in formula.factors]
    return all(f in numbers for f in factors) and len(factors) > 1 and any(n in numbers for n in (formula.stated.value,))


def _pair(vector: Vector) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(n for n, c in vector.items() if c < 0), tuple(n for n, c in vector.items() if c > 0)


def _of_identity(identity: Identity) -> dict[int, int]:
    made: dict[int, int] = {}
    for numbers, sign in ((identity.left, 1), (identity.right, -1)):
        for number in numbers:
            made[number] = made.get(number, 0) + sign
    return made


# ---- seeds -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """One identity of the gold.

    Attributes:
        verdict: derived, convention, rule or missing.
        equations: each equation with its own verdict and reason.
    """

    seed: str
    number: int
    sort: str
    text: str
    verdict: str
    equations: tuple[tuple[Relation, str, str], ...]
    rule: str = ""

    @property
    def id(self) -> str:
        """Seed and number, 000#12."""
        return f"{self.seed}#{self.number}"

    @property
    def reason(self) -> str:
        """What is missing."""
        lost = [f"{r.text.strip()}：{why}" for r, v, why in self.equations if v == "missing"]
        return lost[0] + (f"（等{len(lost)}处）" if len(lost) > 1 else "") if lost else "没有读懂这句话"


def measure(seed: str, shared: Path = SHARED) -> list[Judged]:
    """Judge every identity of one seed's gold."""
    source = seed_path(seed, shared)
    gold = json.loads((shared / "gold" / f"{seed}.json").read_text(encoding="utf-8"))["identities"]
    disclosure = mingsuan.read(source)
    subject = Subject(disclosure, load(disclosure.dialect))
    derivation = subject.derivation
    assert derivation is not None
    book = Book(disclosure, derivation.meaning)
    evidence, reader, mutants = Evidence(subject, derivation, book), Reader(book), Mutants(source, disclosure)
    found = []
    for number, identity in enumerate(gold):
        relations = reader.relations(identity["text"])
        equations = tuple((r, *evidence.verdict(r)) for r in relations)
        verdicts = Counter(v for _, v, _ in equations)
        verdict = "missing" if verdicts["missing"] or not equations else "convention" if verdicts["convention"] else "derived"
        judged = Judged(seed, number, identity["sort"], identity["text"], verdict, equations)
        if verdict == "missing":
            rule = mutants.rule_for(judged, book)
            judged = replace(judged, verdict="rule", rule=rule) if rule else judged
        found.append(judged)
    return found


class Mutants:
    """The file of a seed with one number changed, to see whether a rule notices."""

    def __init__(self, source: Path, disclosure: Disclosure) -> None:
        self.name = source.name
        self.lines = source.read_text(encoding="utf-8").split("\n")
        self.disclosure = disclosure
        self.known = {f.fingerprint for f in mingsuan.check(disclosure).findings}

    def rule_for(self, judged: Judged, book: Book) -> str:
        """The rules that report a change of what is missing, "" unless there is one for each equation."""
        codes: list[str] = []
        for relation in (r for r, v, _ in judged.equations if v == "missing"):
            found = self._rules(relation, book)
            if not found or not all(found):
                return ""
            codes += found
        return "、".join(dict.fromkeys(codes))

    def _rules(self, relation: Relation, book: Book) -> list[str]:
        if relation.kind == "empty":
            return [self._filled(n) for n, code in book.code_of.items() if code in relation.scopes]
        numbers = [n for n in dict.fromkeys(relation.numbers) if n]
        if relation.kind == "count":
            return [next(filter(None, (self._code(c, set()) for c in self._stating(n) if c.role is Role.COUNT)), "") for n in numbers]
        if relation.kind != "sum" or len(numbers) < 2:
            return []
        whole = max(numbers)
        return [next(filter(None, (self._code(c, {*numbers} - {whole}) for c in self._stating(whole))), "")]

    def _stating(self, number: Decimal) -> list[Claim]:
        """Claims of a number, one per line."""
        return list({c.place.line: c for c in self.disclosure.claims if c.value == number and c.place.line}.values())

    def _filled(self, number: int) -> str:
        """The rule that reports a row of amounts in an empty table."""
        table = self.disclosure.tables[number]
        money = [c for c in table.columns if c.kind is CellKind.AMOUNT]
        named = next(c.path for c in table.columns if c.kind is not CellKind.AMOUNT)
        cells = {c.path: Cell("99999.00", table.place, parse_amount("99999.00", table.unit or "万元")) for c in money} | {
            named: Cell("合计", table.place)
        }
        tables = list(self.disclosure.tables)
        tables[number] = replace(table, rows=(*table.rows, Row(cells)))
        report = mingsuan.check(replace(self.disclosure, tables=tuple(tables)))
        return next((f.code for f in report.findings if f.fingerprint not in self.known), "")

    def _code(self, claim: Claim, others: set[Decimal]) -> str:
        """The rule that reports a changed number together with all others of the equation."""
        changed = claim.value + 1
        at = (claim.place.line or 1) - 1
        line = re.sub(rf"(?<![\d.]){re.escape(claim.text)}(?![\d.])", str(changed), self.lines[at])
        made = "\n".join([*self.lines[:at], line, *self.lines[at + 1 :]])
        for finding in mingsuan.check(mingsuan.read(made.encode(), name=self.name)).findings:
            text = "/".join((finding.message, finding.observed, finding.expected, *finding.witnesses, *(s.text for s in finding.sides)))
            told = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}
            if finding.fingerprint not in self.known and changed in told and others <= told:
                return finding.code
        return ""


# ---- report ----------------------------------------------------------------------------------------------------------


def lines(judged: Iterable[Judged], *, verbose: bool = False) -> Iterator[str]:
    """A row per seed, then what is missing with its reason."""
    everything = list(judged)
    sorts = ("equal", "partition", "contained", "conditional", "convention")
    yield "样本   共   " + "  ".join(VERDICTS.values()) + "   其中标准归为惯例者：" + "／".join(VERDICTS.values())
    for seed in (*dict.fromkeys(j.seed for j in everything), "合计"):
        own = [j for j in everything if seed in (j.seed, "合计")]
        counts, customs = Counter(j.verdict for j in own), Counter(j.verdict for j in own if j.sort == sorts[-1])
        cells = "  ".join(f"{counts[v]:4}" for v in VERDICTS)
        yield f"{seed:<4} {len(own):4}  {cells}   {'／'.join(str(customs[v]) for v in VERDICTS)}"
    direct = [why for j in everything for _, v, why in j.equations if v == "derived"]
    shown = "，".join(f"{why} {count}" for why, count in Counter(direct).most_common())
    yield f"等式：{sum(len(j.equations) for j in everything)}，其中推导出 {len(direct)}（{shown}）"
    for j in everything:
        if j.verdict == "missing":
            yield f"缺    {j.id} [{j.sort}] {j.text}"
            yield f"         {j.reason}"
            yield f"         原因：{WHY_MISSING.get(j.id, '（没有说明）')}"
        elif j.verdict == "rule" or verbose:
            yield f"{VERDICTS[j.verdict]}  {j.id} [{j.sort}] {j.rule} {j.text}"
        if verbose:
            yield from (f"         {VERDICTS[v]}（{why}）{r.text.strip()}" for r, v, why in j.equations[:40])
    yield from stale(everything)


def stale(judged: Sequence[Judged]) -> list[str]:
    """Notes on identities that are no longer missing."""
    seeds = {j.seed for j in judged}
    missing = {j.id for j in judged if j.verdict == "missing"}
    return [f"说明已过时：{i} 不再缺" for i in WHY_MISSING if i.partition("#")[0] in seeds and i not in missing]


def main(arguments: Sequence[str]) -> int:
    """Print the report; status 1 if a note is stale."""
    seeds = [a for a in arguments if not a.startswith("-")] or SEEDS
    judged = [j for seed in seeds for j in measure(seed)]
    for line in lines(judged, verbose="--verbose" in arguments):
        print(line)
    return 1 if stale(judged) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
