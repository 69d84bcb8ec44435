"""Binding → evidence: data is read once, every value keeps what shows it, and what is wrong is a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from mingsuan.indicators.library import find
from mingsuan.model import Finding, Level, Side
from mingsuan.performance.attainment import SHARES, Grade
from mingsuan.performance.evidence.binding import Binding, Bound, BoundSource
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.evidence import Evidence, Shown, Value
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.evidence.session import Session, Source
from mingsuan.performance.packs.measuring import measured
from mingsuan.performance.packs.pack import Pack, PackTable, UnknownPackError
from mingsuan.performance.packs.pack import load as load_pack
from mingsuan.performance.packs.tables import Loaded
from mingsuan.performance.packs.tables import load as load_table
from mingsuan.places import Place

UNUSABLE, UNATTACHED = "EVI201", "EVI202"
"""Codes: evidence that gives no value; a value without anything that shows it."""


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

    def collected(self) -> Collected:
        """Everything: what is typed in, then what is asked of data, source by source."""
        for entry in self.binding.entries:
            if entry.value is not None:
                self._typed(entry, entry.value)
            elif entry.meets is not None:
                self._by_rubric(entry, entry.meets)
        asked = [entry for entry in self.binding.entries if entry.measure or entry.query]
        usable = [source for source in self.binding.sources if any(_uses(e, source) for e in asked)]
        try:
            self._asked(asked, usable)
        except EvidenceError as error:
            self._fail("数据来源", error)
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
            says = f"“{entry.indicator}”的完成值“{value}”是填报的，没有附佐证材料。请补充附件或改用数据查询"
            self.findings.append(Finding(UNATTACHED, Level.INFO, says, (self._side(entry.indicator, str(value)),), observed=str(value)))
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
        with Session([Source(s.name, s.path, s.table) for s in sources], self.limits) as session:
            tables = dict(self._tables(session, sources))
            for entry in entries:
                try:
                    self.found.append(self._measured(session, entry, tables) if entry.measure else self._queried(session, entry))
                except EvidenceError as error:
                    self._fail(entry.indicator, error)

    def _tables(self, session: Session, sources: list[BoundSource]) -> Iterator[tuple[str, tuple[Pack, Loaded]]]:
        for source in sources:
            if not source.pack:
                continue
            try:
                pack = load_pack(source.pack)
                loaded = load_table(session, source.name, _table_of(pack, source))
            except UnknownPackError as error:
                self._fail(source.name, EvidenceError(source.name, str(error).rstrip("。"), "请检查 pack 的写法"))
                continue
            except EvidenceError as error:
                self._fail(source.name, error)
                continue
            self.findings.extend(loaded.findings)
            yield source.name, (pack, loaded)

    def _measured(self, session: Session, entry: Bound, tables: Mapping[str, tuple[Pack, Loaded]]) -> Evidence:
        if entry.source not in tables:
            raise EvidenceError(entry.indicator, f"数据来源“{entry.source}”不能用，没有计算", "请先改正这个来源的问题")
        pack, loaded = tables[entry.source]
        measure = pack.measure(entry.measure)
        if measure is None or measure.table != loaded.table.name:
            known = "、".join(f"{m.name}（{m.title}）" for m in pack.measures if m.table == loaded.table.name)
            raise EvidenceError(entry.indicator, f"“{loaded.table.title}”没有指标“{entry.measure}”", f"可用的有：{known}")
        (result,) = measured(session, pack, (measure,), entry.period)
        if result.value is None:
            raise EvidenceError(entry.indicator, f"{entry.period}没有可以计算“{measure.title}”的记录（分母为零）", "请检查期间和数据")
        shown = (Shown(loaded.file, loaded.sha256, loaded.rows),)
        return Evidence(
            *(entry.project, entry.indicator, result.value, measure.unit, entry.period, entry.owner, measure.formula, shown),
            numerator=result.numerator,
            denominator=result.denominator,
            note=entry.note,
        )

    def _queried(self, session: Session, entry: Bound) -> Evidence:
        answer = session.ask(entry.query, entry.indicator)
        if len(answer.rows) != 1 or len(answer.columns) != 1 or answer.rows[0][0] is None:
            raise EvidenceError(
                entry.indicator, f"查询应得到一个值，实得{len(answer.rows)}行{len(answer.columns)}列", "请改写查询，只取一个数"
            )
        shown = tuple(Shown(f.name, f.sha256) for name, f in session.files.items() if name in entry.query)
        value = _value(answer.rows[0][0])
        return Evidence(entry.project, entry.indicator, value, entry.unit, entry.period, entry.owner, entry.query, shown, note=entry.note)

    def _fail(self, about: str, error: EvidenceError) -> None:
        says = str(error)
        self.findings.append(Finding(UNUSABLE, Level.ERROR, says, (self._side(about, error.what),), observed=error.what))

    def _side(self, about: str, text: str) -> Side:
        return Side(Place(file=self.binding.file), about, text)


def _uses(entry: Bound, source: BoundSource) -> bool:
    return entry.source == source.name or source.name in entry.query


def _table_of(pack: Pack, source: BoundSource) -> PackTable:
    """Which table of the pack a source is.

    Raises:
        EvidenceError: it does not say, or says what the pack does not have.
    """
    known = "、".join(f"{t.name}（{t.title}）" for t in pack.tables)
    table = next((t for t in pack.tables if source.kind in (t.name, t.title)), None)
    if table is None:
        raise EvidenceError(
            source.name, f"“{pack.title}”没有表“{source.kind}”" if source.kind else "没有写明是哪张表", f"请写 as，可用的有：{known}"
        )
    return table


def _hash(path: Path, limits: Limits) -> str:
    try:
        if path.stat().st_size > limits.bytes:
            raise EvidenceError(path.name, "附件太大", "请压缩或分开")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise EvidenceError(path.name, "找不到这个附件，或打不开", "请检查文件名，附件放在佐证文件的目录里") from None


def _value(found: object) -> Value:
    """What the engine gives, as a value of evidence."""
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    if isinstance(found, int | Decimal):
        return Decimal(found)
    if isinstance(found, float):
        return Decimal(repr(found))
    return str(found)
