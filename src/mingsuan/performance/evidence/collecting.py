"""Binding → evidence: data is read once, every value keeps what shows it, and what is wrong is a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path

from mingsuan.indicators.library import find
from mingsuan.model import Finding, Level, Side
from mingsuan.performance.attainment import SHARES, Grade
from mingsuan.performance.evidence import apart
from mingsuan.performance.evidence.binding import Binding, Bound, BoundSource
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.evidence import Evidence, Shown, Value
from mingsuan.performance.evidence.files import Source, opened
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.session import Session
from mingsuan.performance.packs.measuring import measured, outside
from mingsuan.performance.packs.pack import Measure, Pack, PackTable, UnknownPackError
from mingsuan.performance.packs.pack import load as load_pack
from mingsuan.performance.packs.tables import Loaded
from mingsuan.performance.packs.tables import load as load_table
from mingsuan.places import Place
from mingsuan.values import dataclass

UNUSABLE, UNATTACHED, ELSEWHERE = "EVI201", "EVI202", "EVI209"
"""Codes: evidence that gives no value; a value without anything that shows it; rows of other periods."""
_SHOWN = 5
"""Names that a message lists."""


@dataclass(frozen=True)
class Collected:
    """Evidence, and what is wrong with it."""

    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def collect(binding: Binding, limits: Limits = USUAL) -> Collected:
    """The values of a binding; an entry that gives none is a finding, the others stand."""
    return _Collecting(binding, limits).collected()


@dataclass
class _Collecting:
    """Works through one binding."""

    binding: Binding
    limits: Limits
    found: list[Evidence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unattached: list[str] = field(default_factory=list)
    told: set[tuple[str, Period]] = field(default_factory=set)

    def collected(self) -> Collected:
        """Everything: what is typed in, then what is asked of data, source by source."""
        for entry in self.binding.entries:
            if entry.value is not None:
                self._typed(entry, entry.value)
            elif entry.meets is not None:
                self._by_rubric(entry, entry.meets)
        asked = [entry for entry in self.binding.entries if entry.measure or entry.query]
        usable = [source for source in self.binding.sources if any(_uses(e, source) for e in asked)]
        self._asked(asked, usable)
        if self.unattached:
            number = len(self.unattached)
            shown = "、".join(self.unattached[:_SHOWN]) + ("等" if number > _SHOWN else "")
            says = f"有{number}个指标的完成值是填报的，没有附佐证材料（{shown}）。请补充附件，或改用数据计算"
            self.findings.append(Finding(UNATTACHED, Level.INFO, says, (self._side("填报的值", shown),), observed=f"{number}个"))
        ordered = {(e.project, e.indicator): n for n, e in enumerate(self.binding.entries)}
        self.found.sort(key=lambda e: ordered[e.project, e.indicator])
        return Collected(tuple(self.found), tuple(self.findings))

    def _typed(self, entry: Bound, value: Value) -> None:
        shown: tuple[Shown, ...] = ()
        if entry.attachment is not None:
            try:
                shown = (Shown(entry.attachment.name, _hash(entry.attachment, self.limits)),)
            except EvidenceError as error:
                self._fail(entry.indicator, error)
        else:
            self.unattached.append(entry.indicator)
        self.found.append(
            Evidence(
                *(entry.project, entry.indicator, value, entry.unit, entry.period, entry.owner, "", shown),
                share=entry.share,
                note=entry.note,
            )
        )

    def _by_rubric(self, entry: Bound, meets: tuple[str, ...]) -> None:
        """A qualitative indicator by the lines of its rubric that are fulfilled."""
        known = find(entry.indicator)
        rubric = dict(known.rubric) if known else {}
        strange = next((line for line in meets if line not in rubric), None)
        if not rubric or strange is not None:
            what = f"评价要点里没有“{strange}”" if rubric else "指标库里没有这个指标的评价要点"
            remedy = f"评价要点是：{'；'.join(rubric)}" if rubric else "请改写 value"
            self._fail(entry.indicator, EvidenceError(entry.indicator, what, remedy))
            return
        share = sum((rubric[line] for line in dict.fromkeys(meets)), Decimal(0))
        grade = next(grade for grade, (low, high) in SHARES.items() if low < share <= high or grade is Grade.MISSED)
        formula = f"评价要点{len(rubric)}条，满足{len(dict.fromkeys(meets))}条，得分比例{share:.0%}"
        self.found.append(
            Evidence(
                *(entry.project, entry.indicator, grade.value, "", entry.period, entry.owner, formula),
                share=share,
                note=entry.note,
            )
        )

    def _asked(self, entries: list[Bound], sources: list[BoundSource]) -> None:
        if not entries:
            return
        with Session([Source(s.name, s.path, s.table, s.server) for s in sources], self.limits) as session:
            for error in session.unusable.values():
                self._fail("数据来源", error)
            tables = dict(self._tables(session, sources))
            for entry in entries:
                try:
                    evidence = self._measured(session, entry, tables) if entry.measure else self._queried(session, entry, sources, tables)
                    self.found.append(evidence)
                except EvidenceError as error:
                    self._fail(entry.indicator, error)

    def _tables(self, session: Session, sources: list[BoundSource]) -> Iterator[tuple[str, Loaded]]:
        for source in sources:
            if not source.pack or source.name in session.unusable:
                continue
            try:
                loaded = loaded_of(session, source)
            except EvidenceError as error:
                self._fail(source.name, error)
                continue
            self.findings.extend(loaded.findings)
            yield source.name, loaded

    def _measured(self, session: Session, entry: Bound, tables: Mapping[str, Loaded]) -> Evidence:
        if entry.source not in tables:
            raise EvidenceError(entry.indicator, f"数据来源“{entry.source}”不能用，没有计算", "请先改正这个来源的问题")
        loaded = tables[entry.source]
        measure = measure_of(loaded, entry)
        self._told_of_other_periods(session, loaded, entry.period)
        (result,) = measured(session, loaded, (measure,), entry.period)
        if result.value is None:
            raise EvidenceError(entry.indicator, f"{entry.period}没有可以计算“{measure.title}”的记录（分母为零）", "请检查期间和数据")
        shown = (Shown(loaded.file, loaded.sha256, loaded.rows),)
        return Evidence(
            *(entry.project, entry.indicator, result.value, measure.unit, entry.period, entry.owner, measure.formula, shown),
            numerator=result.numerator,
            denominator=result.denominator,
            share=entry.share,
            note=entry.note,
        )

    def _told_of_other_periods(self, session: Session, loaded: Loaded, period: Period) -> None:
        """Say once of each table and period how many of its rows do not count."""
        if (loaded.source, period) in self.told:
            return
        self.told.add((loaded.source, period))
        number, first, last = outside(session, loaded, period)
        if number:
            says = f"{loaded.file}：有{number}行不在{period}内，没有计入（最早{first}，最晚{last}）。如有错填的日期，请改正"
            side = Side(Place(file=loaded.file), loaded.table.title, f"{number}行")
            self.findings.append(Finding(ELSEWHERE, Level.INFO, says, (side,), observed=f"{number}行"))

    def _queried(self, session: Session, entry: Bound, sources: list[BoundSource], tables: Mapping[str, Loaded]) -> Evidence:
        named = {s.name: s for s in sources if _uses(entry, s)}
        lost = next((name for name, s in named.items() if name in session.unusable or (s.pack and name not in tables)), None)
        if lost is not None:
            raise EvidenceError(entry.indicator, f"数据来源“{lost}”不能用，没有查询", "请先改正这个来源的问题")
        asked = (apart.Asked(name, session.files[name], s.pack, tables[name].table.name if s.pack else "") for name, s in named.items())
        told = apart.ask(tuple(asked), entry.query, entry.indicator, self.limits)
        shown = tuple(Shown(session.files[name].name, session.files[name].sha256) for name in told.read)
        return Evidence(
            *(entry.project, entry.indicator, told.value, entry.unit, entry.period, entry.owner, entry.query, shown),
            share=entry.share,
            note=entry.note,
        )

    def _fail(self, about: str, error: EvidenceError) -> None:
        says = str(error)
        self.findings.append(Finding(UNUSABLE, Level.ERROR, says, (self._side(about, error.what),), observed=error.what))

    def _side(self, about: str, text: str) -> Side:
        return Side(Place(file=self.binding.file), about, text)


def _uses(entry: Bound, source: BoundSource) -> bool:
    """Whether an entry may read a source; the engine, not this, decides which names a question means."""
    return entry.source == source.name or source.name.casefold() in entry.query.casefold()


def loaded_of(session: Session, source: BoundSource) -> Loaded:
    """A source of a session as the table of the pack that it is.

    Raises:
        EvidenceError: the source cannot be used, or does not say which table of which pack it is.
    """
    try:
        pack = load_pack(source.pack)
    except UnknownPackError as error:
        raise EvidenceError(source.name, str(error).rstrip("。"), "请检查 pack 的写法") from None
    return load_table(session, source.name, pack, _table_of(pack, source))


def _table_of(pack: Pack, source: BoundSource) -> PackTable:
    known = "、".join(f"{t.name}（{t.title}）" for t in pack.tables)
    table = next((t for t in pack.tables if source.kind in (t.name, t.title)), None)
    if table is None:
        raise EvidenceError(
            source.name, f"“{pack.title}”没有表“{source.kind}”" if source.kind else "没有写明是哪张表", f"请写 as，可用的有：{known}"
        )
    return table


def measure_of(loaded: Loaded, entry: Bound) -> Measure:
    """The measure that an entry asks a table for.

    Raises:
        EvidenceError: the pack has none of that name for this table, or the file lacks a column that it needs.
    """
    pack, table = loaded.pack, loaded.table
    measure = pack.measure(entry.measure)
    if measure is None or measure.table != table.name:
        known = "、".join(f"{m.name}（{m.title}）" for m in pack.measures if m.table == table.name)
        raise EvidenceError(entry.indicator, f"“{table.title}”没有指标“{entry.measure}”", f"可用的有：{known}")
    lacking = [c.title for c in table.columns if c.name in measure.columns and c.name not in loaded.present]
    if lacking:
        raise EvidenceError(entry.indicator, f"{loaded.file}没有“{'、'.join(lacking)}”列，算不出“{measure.title}”", "请在导出时加上这一列")
    return measure


def _hash(path: Path, limits: Limits) -> str:
    digest = hashlib.sha256()
    size = 0
    with opened(path, "附件") as file:
        while chunk := file.read(1 << 20):
            size += len(chunk)
            if size > limits.bytes:
                raise EvidenceError(path.name, "附件太大", "请压缩或分开")
            digest.update(chunk)
    return digest.hexdigest()
