"""The file in which an office says what shows that its targets were reached: 佐证.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from mingsuan.amounts import UNITS, parse_number
from mingsuan.indicators.dates import deadline
from mingsuan.indicators.library import measures
from mingsuan.indicators.targets import Sort, parse_target
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.evidence import Value
from mingsuan.performance.evidence.period import Period

MAX_BYTES = 2_000_000
"""A binding lists some hundred indicators; more is no binding."""
_KEYS = {"year", "period", "owner", "sources", "evidence", "spending", "weights", "explanations", "facts"}
_SPENDING_KEYS = {"project", "approved", "adjusted", "spent", "unit"}
_EXPLANATION_KEYS = {"project", "indicator", "text"}
_SOURCE_KEYS = {"file", "table", "pack", "as"}
_EVIDENCE_KEYS = {
    *("project", "indicator", "period", "owner", "note", "share"),
    *("value", "unit", "attachment", "source", "measure", "query", "meets"),
}


@dataclass(frozen=True, slots=True)
class BoundSource:
    """A file of data under the name that evidence uses.

    Attributes:
        table: worksheet or table of a database, "" for the only one.
        pack: the sector pack that it follows, "" for none.
        kind: which table of the pack it is.
    """

    name: str
    path: Path
    table: str = ""
    pack: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """How one indicator's value is shown: typed in, a measure of a pack, or a question.

    Attributes:
        number: which entry of the file it is, from 1.
        meets: the lines of the library's rubric that are fulfilled, None where the entry does not go by them.
    """

    number: int
    project: str
    indicator: str
    period: Period
    owner: str
    value: Value | None = None
    unit: str = ""
    attachment: Path | None = None
    source: str = ""
    measure: str = ""
    query: str = ""
    share: Decimal | None = None
    meets: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoundSpending:
    """Money of a project ("" for the department), in 元; None where nothing is written."""

    project: str
    approved: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class Binding:
    """Sources and what they show.

    Attributes:
        period: of the whole, where an entry says nothing else.
        spending: what was spent.
        weights: the office's own weights of the parts of the scheme, in points.
        explanations: (project, indicator, text) of deviations.
        facts: named amounts, in 元, and counts that indicators of the library are computed from.
    """

    file: str
    period: Period
    sources: tuple[BoundSource, ...]
    entries: tuple[Bound, ...]
    spending: tuple[BoundSpending, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    explanations: tuple[tuple[str, str, str], ...] = ()
    facts: tuple[tuple[str, Decimal], ...] = ()


def read_binding(path: Path) -> Binding:
    """Read a binding; files in it are looked for beside it and nowhere else.

    Raises:
        EvidenceError: it is missing, too large, no YAML, or says what cannot be.
    """
    return _Reader(path).binding()


@dataclass(frozen=True)
class _Reader:
    """Turns the YAML into values, naming the key in every complaint."""

    path: Path

    def fail(self, key: str, what: str, remedy: str) -> EvidenceError:
        return EvidenceError(f"{self.path.name}：{key}" if key else self.path.name, what, remedy)

    def binding(self) -> Binding:
        spec = self.mapping("", self._loaded(), _KEYS)
        period = self.period("period", spec.get("period"), spec.get("year"))
        owner = str(spec.get("owner") or "")
        sources = tuple(
            self.source(f"sources.{name}", str(name), value) for name, value in self.mapping("sources", spec.get("sources"), None).items()
        )
        listed = self.sequence("evidence", spec.get("evidence"))
        if not listed:
            raise self.fail("evidence", "没有列出佐证", "每个指标写一项，以“- ”开头")
        entries = tuple(self.entry(number, value, period, owner) for number, value in enumerate(listed, start=1))
        named = {source.name for source in sources}
        lost = next((e for e in entries if e.source and e.source not in named), None)
        if lost is not None:
            raise self.fail(
                f"evidence 第{lost.number}项", f"没有数据来源“{lost.source}”", f"sources 里有的是：{'、'.join(named) or '（空）'}"
            )
        return Binding(
            self.path.name,
            period,
            sources,
            entries,
            tuple(self.spending(n, value) for n, value in enumerate(self.sequence("spending", spec.get("spending")), start=1)),
            tuple((name, self.amount(f"weights.{name}", v)) for name, v in self.mapping("weights", spec.get("weights"), None).items()),
            tuple(self.explanation(n, value) for n, value in enumerate(self.sequence("explanations", spec.get("explanations")), start=1)),
            tuple(self.fact(name, value) for name, value in self.mapping("facts", spec.get("facts"), None).items()),
        )

    def _loaded(self) -> object:
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise self.fail("", f"文件超过{MAX_BYTES // 1_000_000}MB", "请检查是否选错了文件")
            text = self.path.read_text(encoding="utf-8")
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader)):
                raise self.fail("", "用了引用（* 和 &）", "请直接写出内容，不用引用")
            return yaml.load(text, loader)
        except FileNotFoundError:
            raise self.fail("", "找不到这个文件", "请检查路径和文件名是否写对") from None
        except (OSError, UnicodeDecodeError) as error:
            raise self.fail("", f"文件打不开（{type(error).__name__}）", "请存为 UTF-8 编码的文本再试") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"第{mark.line + 1}行" if mark else ""
            raise self.fail(place, "不是正确的 YAML", "请检查缩进、冒号后的空格和引号") from None

    def mapping(self, key: str, value: object, known: set[str] | None) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.fail(key, "应为“名称: 内容”", "请按说明书的例子改写")
        found = {str(k): v for k, v in value.items()}
        strange = set(found) - (known or set(found))
        if strange:
            raise self.fail(key, f"不认识“{min(strange)}”", f"可以写的有：{'、'.join(sorted(known or ()))}")
        return found

    def sequence(self, key: str, value: object) -> list[object]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(key, "应为列表", "每项以“- ”开头")
        return value

    def amount(self, key: str, value: object) -> Decimal:
        number = parse_number(str(value))
        if number is None or number < 0:
            raise self.fail(key, f"“{value}”不是数", "写成数字，例如 320.5")
        return number

    def spending(self, number: int, value: object) -> BoundSpending:
        key = f"spending 第{number}项"
        spec = self.mapping(key, value, _SPENDING_KEYS)
        unit = str(spec.get("unit") or "万元")
        if unit not in UNITS:
            raise self.fail(f"{key}.unit", f"不认识单位“{unit}”", f"可以写的有：{'、'.join(UNITS)}")
        sums = (spec.get(name) for name in ("approved", "adjusted", "spent"))
        approved, adjusted, spent = (None if v is None else self.amount(key, v) * UNITS[unit] for v in sums)
        return BoundSpending(str(spec.get("project") or ""), approved, adjusted, spent)

    def fact(self, name: str, value: object) -> tuple[str, Decimal]:
        """A named amount: a number of 万元 (of what the measure counts), or a number with its unit, 3.2亿元."""
        measure = measures().get(name)
        if measure is None:
            near = get_close_matches(name, measures(), n=3, cutoff=0.4)
            raise self.fail(f"facts.{name}", "不认识这个数", f"相近的有：{'、'.join(near) or '、'.join(measures())}")
        text = str(value).strip()
        unit = next((u for u in sorted(UNITS, key=len, reverse=True) if text.endswith(u)), "")
        number = self.amount(f"facts.{name}", text.removesuffix(unit))
        return name, number * (UNITS[unit or "万元"] if measure.unit == "元" else 1)

    def explanation(self, number: int, value: object) -> tuple[str, str, str]:
        key = f"explanations 第{number}项"
        spec = self.mapping(key, value, _EXPLANATION_KEYS)
        if not spec.get("indicator") or not spec.get("text"):
            raise self.fail(key, "要写 indicator 和 text", "例如 {project: 项目名, indicator: 指标名, text: 原因和改进措施}")
        return str(spec.get("project") or ""), str(spec["indicator"]), str(spec["text"])

    def period(self, key: str, value: object, year: object) -> Period:
        if value is None:
            if not isinstance(year, int):
                raise self.fail("year", "没有写年度或期间", "写 year: 2024，或 period: {from: 2024-01-01, to: 2024-06-30}")
            return Period.of_year(year)
        spec = self.mapping(key, value, {"from", "to"})
        first, last = spec.get("from"), spec.get("to")
        if type(first) is not date or type(last) is not date:
            raise self.fail(key, "期间要写起止日期", "例如 {from: 2024-01-01, to: 2024-06-30}")
        if last < first:
            raise self.fail(key, "期间的截止日期早于起始日期", "请检查 from 和 to")
        return Period(first, last)

    def source(self, key: str, name: str, value: object) -> BoundSource:
        spec = self.mapping(key, value, _SOURCE_KEYS)
        if not spec.get("file"):
            raise self.fail(key, "没有写文件", "写上 file: 文件名")
        return BoundSource(
            name, self.beside(key, str(spec["file"])), str(spec.get("table") or ""), str(spec.get("pack") or ""), str(spec.get("as") or "")
        )

    def beside(self, key: str, name: str) -> Path:
        """A file in the folder of the binding or below it."""
        folder = self.path.resolve().parent
        found = (folder / name).resolve()
        if not found.is_relative_to(folder):
            raise self.fail(key, f"文件“{name}”不在佐证文件所在的目录里", "请把数据放到同一目录或其下级目录")
        return found

    def entry(self, number: int, value: object, period: Period, owner: str) -> Bound:
        key = f"evidence 第{number}项"
        spec = self.mapping(key, value, _EVIDENCE_KEYS)
        if not spec.get("indicator"):
            raise self.fail(key, "没有写指标", "写上 indicator: 指标名称")
        ways = [way for way in ("value", "measure", "query", "meets") if spec.get(way) is not None]
        if len(ways) != 1:
            remedy = "填报的值写 value，数据包的指标写 measure，查询写 query，定性指标满足的评价要点写 meets"
            raise self.fail(key, "value、measure、query、meets 要写且只写一样", remedy)
        if ways[0] == "measure" and not spec.get("source"):
            raise self.fail(key, "measure 要写明数据来源", "写上 source: sources 里的名称")
        value_read, unit = self.value(spec.get("value"), str(spec.get("unit") or ""))
        return Bound(
            number=number,
            project=str(spec.get("project") or ""),
            indicator=str(spec["indicator"]),
            period=self.period(f"{key}.period", spec["period"], None) if spec.get("period") is not None else period,
            owner=str(spec.get("owner") or owner),
            value=value_read,
            unit=unit,
            attachment=self.beside(key, str(spec["attachment"])) if spec.get("attachment") else None,
            source=str(spec.get("source") or ""),
            measure=str(spec.get("measure") or ""),
            query=str(spec.get("query") or ""),
            share=self.share(key, spec.get("share")),
            meets=None if spec.get("meets") is None else tuple(map(str, self.sequence(f"{key}.meets", spec["meets"]))),
            note=str(spec.get("note") or ""),
        )

    def share(self, key: str, value: object) -> Decimal | None:
        """A share of the weight, written 0.75 or 75%."""
        if value is None:
            return None
        text = str(value).strip()
        number = parse_number(text.rstrip("%％"))
        found = None if number is None else number / 100 if text[-1] in "%％" else number
        if found is None or not 0 <= found <= 1:
            raise self.fail(f"{key}.share", f"得分比例“{value}”不在0至100%之间", "例如 share: 75%")
        return found

    def value(self, value: object, unit: str) -> tuple[Value | None, str]:
        """A value with its unit, which may stand behind it (76%, 4000本); a day may be written 2024年12月20日."""
        if value is None or type(value) is date:
            return value, unit
        text = str(value).strip()
        number = parse_number(text)
        if number is not None:
            return number, unit
        printed = parse_target(text)
        if printed.value is not None and printed.upper is None and not printed.operator:
            return printed.value, unit or printed.unit
        day = deadline(printed) if printed.sort is Sort.DATE and not printed.tail else None
        return (day or text), unit
