"""佐证.yaml → a binding: every key and value is looked at, and every complaint names its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from mingsuan.amounts import UNITS, parse_number
from mingsuan.indicators.dates import deadline
from mingsuan.indicators.library import measures
from mingsuan.indicators.targets import Sort, parse_target
from mingsuan.patterns import regex
from mingsuan.performance.evidence.binding import Binding, Bound, BoundSource, BoundSpending, Cause, Chance, Explanation, Money
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.evidence import LARGEST, Value
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.plain_yaml import Written, load
from mingsuan.performance.names import keyed
from mingsuan.values import dataclass

KEYS = ("year", "period", "owner", "sources", "spending", "evidence", "facts", "weights", "goals", "explanations")
LISTS = ("evidence", "spending", "explanations", "goals")
SOURCE_KEYS = ("file", "postgres", "table", "pack", "as")
SPENDING_KEYS = ("project", "fund", "approved", "adjusted", "spent", "unit")
EVIDENCE_KEYS = (
    *("project", "indicator", "value", "unit", "attachment", "source", "measure", "query", "meets"),
    *("share", "period", "owner", "note"),
)
EXPLANATION_KEYS = ("project", "indicator", "text", "cause", "chance")
GOAL_KEYS = ("project", "done")
"""What the mappings of the file may say, in the order of the manual."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DAY = regex(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_SECRET = regex(r"password|passfile|sslpassword|://[^/@\s]*:[^/@\s]*@", re.IGNORECASE)

Words = TypeVar("Words", bound=StrEnum)


def read_binding(path: Path) -> Binding:
    """Read a binding; files in it are looked for beside it and nowhere else.

    Raises:
        EvidenceError: it is missing, too large, no YAML, or says what cannot be.
    """
    return _Reader(path).binding()


@dataclass(frozen=True)
class _Reader:
    """Turns what is written into values, naming the key in every complaint."""

    path: Path

    def fail(self, key: str, what: str, remedy: str) -> EvidenceError:
        return EvidenceError(f"{self.path.name}：{key}" if key else self.path.name, what, remedy)

    def binding(self) -> Binding:
        spec = self.mapping("", load(self.path), KEYS)
        period = self.period("period", spec.get("period"), spec.get("year"))
        owner = self.text("owner", spec.get("owner"))
        sources = tuple(self.source(name, value) for name, value in self.mapping("sources", spec.get("sources"), None).items())
        self.no_namesakes(sources)
        listed = {name: list(enumerate(self.sequence(name, spec.get(name)), start=1)) for name in LISTS}
        facts = tuple(self.fact(name, value) for name, value in self.mapping("facts", spec.get("facts"), None).items())
        if not (listed["evidence"] or listed["spending"] or facts):
            raise self.fail("evidence", "没有列出佐证", "每个指标写一项，以“- ”开头")
        entries = tuple(self.entry(number, value, period, owner) for number, value in listed["evidence"])
        named = {source.name for source in sources}
        lost = next((e for e in entries if e.source and e.source not in named), None)
        if lost is not None:
            raise self.fail(
                f"evidence 第{lost.number}项", f"没有数据来源“{lost.source}”", f"sources 里有的是：{'、'.join(named) or '（空）'}"
            )
        spending = tuple(self.spending(number, value) for number, value in listed["spending"])
        explanations = tuple(self.explanation(number, value) for number, value in listed["explanations"])
        goals = tuple(self.goal(number, value) for number, value in listed["goals"])
        self.once("evidence", [(entry.project, entry.indicator) for entry in entries])
        self.once("spending", [(money.project, money.fund or "") for money in spending])
        self.once("explanations", [(explanation.project, explanation.indicator) for explanation in explanations])
        self.once("goals", [(project, "") for project, _ in goals])
        weights = tuple((name, self.amount(f"weights.{name}", v)) for name, v in self.mapping("weights", spec.get("weights"), None).items())
        return Binding(self.path.name, period, sources, entries, spending, weights, explanations, facts, goals)

    def once(self, key: str, told: list[tuple[str, str]]) -> None:
        """Two entries of a project and an indicator: one of them would be lost."""
        seen: dict[tuple[str, str], int] = {}
        for number, (project, name) in enumerate(told, start=1):
            first = seen.setdefault((keyed(project), keyed(name)), number)
            if first != number:
                what = f"与第{first}项重复（{'，'.join(filter(None, (project or '部门整体', name)))}）"
                raise self.fail(f"{key} 第{number}项", what, "请只留一项")

    def mapping(self, key: str, value: Written, known: tuple[str, ...] | None) -> Mapping[str, Written]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fail(key, "应为“名称: 内容”", "请按说明书的例子改写")
        strange = next((name for name in value if known is not None and name not in known), None)
        if strange is not None:
            raise self.fail(key, f"不认识“{strange}”", f"可以写的有：{'、'.join(known or ())}")
        return value

    def sequence(self, key: str, value: Written) -> list[Written]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(key, "应为列表", "每项以“- ”开头")
        return value

    def text(self, key: str, value: Written) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail(key, "应为一段文字", "请检查缩进和括号")
        return value.strip()

    def word(self, key: str, value: Written, words: type[Words]) -> Words | None:
        """One of some words, None where nothing is written."""
        said = self.text(key, value)
        if said and said not in list(words):
            raise self.fail(key, f"不认识“{said}”", f"可以写的有：{'、'.join(words)}")
        return words(said) if said else None

    def number(self, key: str, value: Written) -> Decimal:
        said = self.text(key, value)
        number = parse_number(said)
        if number is None:
            raise self.fail(key, f"“{said}”不是数", "写成数字，例如 320.5")
        if abs(number) > LARGEST:
            raise self.fail(key, f"“{said}”大得不合常理", "请检查位数和单位")
        return number

    def amount(self, key: str, value: Written) -> Decimal:
        number = self.number(key, value)
        if number < 0:
            raise self.fail(key, f"“{number}”是负数", "这里只能写零或正数")
        return number

    def spending(self, number: int, value: Written) -> BoundSpending:
        key = f"spending 第{number}项"
        spec = self.mapping(key, value, SPENDING_KEYS)
        unit = self.text(f"{key}.unit", spec.get("unit")) or "万元"
        if unit not in UNITS:
            raise self.fail(f"{key}.unit", f"不认识单位“{unit}”", f"可以写的有：{'、'.join(UNITS)}")
        sums = ((name, spec.get(name)) for name in ("approved", "adjusted", "spent"))
        approved, adjusted, spent = (None if v is None else self.amount(f"{key}.{name}", v) * UNITS[unit] for name, v in sums)
        fund = self.word(f"{key}.fund", spec.get("fund"), Money)
        return BoundSpending(self.text(f"{key}.project", spec.get("project")), approved, adjusted, spent, fund)

    def fact(self, name: str, value: Written) -> tuple[str, Decimal]:
        """A named amount: a number of 万元 (of what the measure counts), or a number with its unit, 3.2亿元."""
        key = f"facts.{name}"
        measure = measures().get(name)
        if measure is None:
            near = get_close_matches(name, measures(), n=3, cutoff=0.4)
            raise self.fail(key, "不认识这个数", f"相近的有：{'、'.join(near) or '、'.join(measures())}")
        text = self.text(key, value)
        if measure.unit != "元":
            return name, self.amount(key, text.removesuffix(measure.unit))
        unit = next((u for u in sorted(UNITS, key=len, reverse=True) if text.endswith(u)), "")
        return name, self.amount(key, text.removesuffix(unit)) * UNITS[unit or "万元"]

    def explanation(self, number: int, value: Written) -> Explanation:
        key = f"explanations 第{number}项"
        spec = self.mapping(key, value, EXPLANATION_KEYS)
        indicator, text = (self.text(f"{key}.{name}", spec.get(name)) for name in ("indicator", "text"))
        if not indicator or not text:
            raise self.fail(key, "要写 indicator 和 text", "例如 {project: 项目名, indicator: 指标名, text: 原因和改进措施}")
        cause, chance = self.word(f"{key}.cause", spec.get("cause"), Cause), self.word(f"{key}.chance", spec.get("chance"), Chance)
        return Explanation(self.text(f"{key}.project", spec.get("project")), indicator, text, cause, chance)

    def goal(self, number: int, value: Written) -> tuple[str, str]:
        key = f"goals 第{number}项"
        spec = self.mapping(key, value, GOAL_KEYS)
        project, done = (self.text(f"{key}.{name}", spec.get(name)) for name in GOAL_KEYS)
        if not done:
            raise self.fail(key, "没有写完成情况", "写上 done: 年度目标的实际完成情况")
        return project, done

    def period(self, key: str, value: Written, year: Written) -> Period:
        if value is None:
            said = self.text("year", year)
            if not (said.isdecimal() and _FIRST_YEAR <= int(said[:9]) <= _LAST_YEAR):
                what = f"“{said}”不是年度" if said else "没有写年度或期间"
                raise self.fail("year", what, "写 year: 2024，或 period: {from: 2024-01-01, to: 2024-06-30}")
            return Period.of_year(int(said))
        spec = self.mapping(key, value, ("from", "to"))
        first, last = (self.day(f"{key}.{name}", spec.get(name)) for name in ("from", "to"))
        if first is None or last is None:
            raise self.fail(key, "期间要写起止日期", "例如 {from: 2024-01-01, to: 2024-06-30}")
        if last < first:
            raise self.fail(key, "期间的截止日期早于起始日期", "请检查 from 和 to")
        return Period(first, last)

    def day(self, key: str, value: Written) -> date | None:
        said = self.text(key, value)
        found = day_of(said)
        if said and found is None:
            raise self.fail(key, f"“{said}”不是日期", "写成起止日期，例如 2024-06-30")
        return found

    def source(self, name: str, value: Written) -> BoundSource:
        key = f"sources.{name}"
        spec = self.mapping(key, value, SOURCE_KEYS)
        file, server, table, pack, kind = (self.text(f"{key}.{word}", spec.get(word)) for word in SOURCE_KEYS)
        if bool(file) == bool(server):
            what = "file 和 postgres 只能写一样" if file else "没有写文件"
            raise self.fail(key, what, "数据是文件的，写上 file: 文件名；在 PostgreSQL 里的，写上 postgres: 连接方式")
        if _SECRET.search(server):
            remedy = "请用 service=名称，密码放在 ~/.pg_service.conf、~/.pgpass 或环境变量 PGPASSWORD 里"
            raise self.fail(key, "连接方式里写了密码", remedy)
        if server and not table:
            raise self.fail(key, "没有写 table", "写上要读取的表，例如 table: public.calls")
        return BoundSource(name, self.beside(key, file) if file else None, server, table, pack, kind)

    def no_namesakes(self, sources: tuple[BoundSource, ...]) -> None:
        """Names that the engine cannot tell apart; it does not mind capital letters."""
        seen: dict[str, str] = {}
        for source in sources:
            other = seen.setdefault(source.name.casefold(), source.name)
            if other != source.name or not source.name.strip():
                raise self.fail(
                    "sources", f"名称“{source.name}”与“{other}”分不清" if source.name.strip() else "有一项没有名称", "请另起名称"
                )

    def beside(self, key: str, name: str) -> Path:
        """A file in the folder of the binding or below it."""
        folder = self.path.resolve().parent
        try:
            found = (folder / name).resolve()
        except (OSError, ValueError, RuntimeError):
            raise self.fail(key, f"文件名“{name[:60]}”不能用", "请检查文件名") from None
        if not found.is_relative_to(folder):
            raise self.fail(key, f"文件“{name}”不在佐证文件所在的目录里", "请把数据放到同一目录或其下级目录")
        return found

    def entry(self, number: int, value: Written, period: Period, owner: str) -> Bound:
        key = f"evidence 第{number}项"
        spec = self.mapping(key, value, EVIDENCE_KEYS)
        said = {name: self.text(f"{key}.{name}", spec.get(name)) for name in EVIDENCE_KEYS if name not in ("meets", "period")}
        if not said["indicator"]:
            raise self.fail(key, "没有写指标", "写上 indicator: 指标名称")
        ways = [way for way in ("value", "measure", "query") if said[way]] + (["meets"] if spec.get("meets") is not None else [])
        if len(ways) != 1:
            remedy = "填报的值写 value，数据包的指标写 measure，查询写 query，定性指标满足的评价要点写 meets"
            raise self.fail(key, "value、measure、query、meets 要写且只写一样", remedy)
        if ways[0] == "measure" and not said["source"]:
            raise self.fail(key, "measure 要写明数据来源", "写上 source: sources 里的名称")
        if ways[0] in ("measure", "meets") and said["unit"]:
            raise self.fail(key, f"写了 {ways[0]} 就不用写单位", "请删去 unit")
        value_read, unit = self.value(key, said["value"], said["unit"])
        return Bound(
            number=number,
            project=said["project"],
            indicator=said["indicator"],
            period=self.period(f"{key}.period", spec["period"], None) if spec.get("period") is not None else period,
            owner=said["owner"] or owner,
            value=value_read,
            unit=unit,
            attachment=self.beside(key, said["attachment"]) if said["attachment"] else None,
            source=said["source"],
            measure=said["measure"],
            query=said["query"],
            share=self.share(key, said["share"]),
            meets=None if spec.get("meets") is None else tuple(self.text(key, m) for m in self.sequence(f"{key}.meets", spec["meets"])),
            note=said["note"],
        )

    def share(self, key: str, said: str) -> Decimal | None:
        """A share of the weight, written 0.75 or 75%."""
        if not said:
            return None
        number = parse_number(said.rstrip("%％"))
        found = None if number is None else number / 100 if said[-1] in "%％" else number
        if found is None or not 0 <= found <= 1:
            raise self.fail(f"{key}.share", f"得分比例“{said}”不在0至100%之间", "例如 share: 75%")
        return found

    def value(self, key: str, said: str, unit: str) -> tuple[Value | None, str]:
        """A value with its unit, which may stand behind it (76%, 4000本); a day may be written 2024-12-20 or 2024年12月20日."""
        if not said:
            return None, unit
        day = day_of(said)
        if day is not None:
            return day, unit
        if parse_number(said) is not None:
            return self.number(f"{key}.value", said), unit
        printed = parse_target(said)
        if printed.value is not None and printed.upper is None and not printed.operator:
            if unit and printed.unit and unit != printed.unit:
                raise self.fail(key, f"完成值写的单位是“{printed.unit}”，unit 写的是“{unit}”", "请只写一个单位")
            return self.number(f"{key}.value", printed.digits), unit or printed.unit
        done = deadline(printed) if printed.sort is Sort.DATE and not printed.tail else None
        return (done or said), unit


def day_of(said: str) -> date | None:
    """The day that a text writes in digits, None if it writes none."""
    match = _DAY.match(said)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
