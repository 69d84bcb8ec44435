"""From an indicator's value down to its parts and to the rows that keep it from its target."""

from __future__ import annotations

from mingsuan.model import Finding
from mingsuan.performance.evidence.binding import Binding, Bound
from mingsuan.performance.evidence.collecting import loaded_of, measure_of
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.evidence.session import Session
from mingsuan.performance.names import keyed
from mingsuan.performance.packs.measuring import Failing, Measured, breakdown, failing, measured
from mingsuan.performance.packs.pack import Measure, Pack
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Drilled:
    """An indicator that a pack measures, taken apart.

    Attributes:
        file: what the user calls the data.
        whole: the value.
        breakdowns: (name, title) of those that there are.
        parts: values of the breakdown that was asked for.
        failing: the rows that keep it from its target.
        findings: what is wrong with the data.
    """

    entry: Bound
    measure: Measure
    file: str
    whole: Measured
    breakdowns: tuple[tuple[str, str], ...]
    parts: tuple[Measured, ...]
    failing: Failing
    findings: tuple[Finding, ...]


def drill(binding: Binding, indicator: str, project: str = "", by: str = "", most: int = 20, limits: Limits = USUAL) -> Drilled:
    """Take an indicator apart.

    Args:
        binding: the evidence.
        indicator: its name in the evidence; `project` tells those of several projects apart.
        project: name of the project, "" where there is only one of that name.
        by: name or title of a breakdown, "" for none.
        most: rows that are listed.
        limits: bounds of the session.

    Raises:
        EvidenceError: there is no such indicator or breakdown, it is not measured from data, or the data cannot be used.
    """
    entry = _entry(binding, indicator, project)
    bound = next(source for source in binding.sources if source.name == entry.source)
    with Session([Source(bound.name, bound.path, bound.table, bound.server)], limits) as session:
        loaded = loaded_of(session, bound)
        measure = measure_of(loaded, entry)
        breakdowns = tuple((name, loaded.pack.breakdowns[name][0]) for name in measure.by)
        chosen = _breakdown(loaded.pack, measure, by) if by else ""
        (whole,) = measured(session, loaded, (measure,), entry.period)
        parts = breakdown(session, loaded, measure, chosen, entry.period) if chosen else ()
        found = failing(session, loaded, measure, entry.period, most)
        return Drilled(entry, measure, loaded.file, whole, breakdowns, parts, found, loaded.findings)


def _entry(binding: Binding, indicator: str, project: str) -> Bound:
    """The one entry that is meant.

    Raises:
        EvidenceError: there is none, there are several, or its value is not measured from data.
    """
    named = [e for e in binding.entries if keyed(e.indicator) == keyed(indicator)]
    meant = [e for e in named if not project or keyed(e.project) == keyed(project)]
    if len(meant) > 1:
        raise EvidenceError(indicator, "几个项目有这个指标", f"请用 --project 写明：{'、'.join(e.project or '部门整体' for e in meant)}")
    if not meant:
        known = "、".join(dict.fromkeys(e.indicator for e in binding.entries if e.measure)) or "（没有）"
        raise EvidenceError(indicator, "佐证里没有这个指标", f"由数据包计算、可以下钻的有：{known}")
    if not meant[0].measure:
        how = "查询" if meant[0].query else "填报"
        raise EvidenceError(indicator, f"这个指标的值是{how}的，没有可以下钻的记录", "由数据包计算的指标（measure）才能下钻")
    return meant[0]


def _breakdown(pack: Pack, measure: Measure, by: str) -> str:
    found = next((name for name in measure.by if by in (name, pack.breakdowns[name][0])), "")
    if not found:
        known = "、".join(f"{name}（{pack.breakdowns[name][0]}）" for name in measure.by)
        raise EvidenceError(measure.title, f"不能按“{by}”分组", f"可以按：{known}")
    return found
