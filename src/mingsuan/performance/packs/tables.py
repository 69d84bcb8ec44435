"""A file of the trade → a typed table of the session, with what is wrong with its data as findings.

Every row of the file is kept: a value that cannot be read is left blank in the typed table and counted, a line that has more or
fewer fields than the heading is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.model import Finding, Level, Side
from mingsuan.performance.evidence.session import REJECTED, Rejected, Session, identifier
from mingsuan.performance.packs.columns import typed, unread
from mingsuan.performance.packs.lines import Lines
from mingsuan.performance.packs.pack import Pack, PackColumn, PackTable
from mingsuan.places import Place
from mingsuan.values import dataclass

UNREAD, DOUBLE, IMPOSSIBLE, STRANGE, BROKEN, MIXED = (f"EVI10{n}" for n in range(1, 7))
"""Codes of what is wrong with data: values unread, keys double, values that contradict, unknown words, broken lines, losses in reading."""
SHOWN = 3
"""Rows that a finding quotes."""
LONGEST = 80
"""Characters of a value or a line that a finding quotes."""


@dataclass(frozen=True)
class Loaded:
    """A table of a pack that is ready to be asked.

    Attributes:
        pack: that the table is of.
        table: its definition.
        source: the name under which the session has it.
        file: what the user calls the file.
        sha256: of the file.
        rows: how many it has.
        present: names of the columns that the file has.
        lines: which line of the file a row stands in.
        findings: what is wrong with its data.
    """

    pack: Pack
    table: PackTable
    source: str
    file: str
    sha256: str
    rows: int
    present: frozenset[str]
    lines: Lines
    findings: tuple[Finding, ...]


def load(session: Session, source: str, pack: Pack, table: PackTable) -> Loaded:
    """Type the rows of a source of the session as a table of a pack, under the source's name.

    Raises:
        EvidenceError: the source cannot be used, or a required column is missing, so that nothing can be computed.
    """
    found = typed(session, source, table)
    file = session.files[source]
    rejected = session.rejected(source)
    ((rows,),) = session.ask(f"select count(*) from main.{identifier(source)}", file.name).rows
    number = int(str(rows))
    lines = Lines.of(file, number, rejected)
    inspection = _Inspection(session, source, table, file.name, found, rejected, lines)
    return Loaded(
        *(pack, table, source, file.name, file.sha256, number, frozenset(found), lines, tuple(inspection.findings(file.problems)))
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """A condition that rows of a table should not fulfil, and how it is said of those that do.

    Attributes:
        shown: expression of the value that examples quote.
        says: the message, with {number} of rows and the {first} example.
    """

    code: str
    level: Level
    where: str
    shown: str
    says: str


@dataclass(frozen=True)
class _Inspection:
    """Looks for what is wrong with the data of one table: everything is counted in one pass, examples are fetched where there are any."""

    session: Session
    source: str
    table: PackTable
    file: str
    found: Mapping[str, str]
    rejected: tuple[Rejected, ...]
    lines: Lines

    def findings(self, problems: tuple[str, ...]) -> Iterator[Finding]:
        """Everything that is wrong."""
        for problem in problems:
            yield self._finding(MIXED, Level.WARNING, f"{problem}。可能影响统计，请重新导出", (), problem)
        if self.rejected:
            yield self._broken_lines()
        questions = tuple(self._questions())
        counts = ", ".join(f"count(*) filter (where {q.where})" for q in questions)
        (numbers,) = self.session.ask(f"select {counts} from {self._name}", self.file).rows
        for question, number in zip(questions, (int(str(n)) for n in numbers), strict=True):
            if number:
                examples = self._examples(
                    f"select {self.lines.column}, {question.shown} from {self._name} where {question.where} order by rowid"
                )
                says = question.says.format(number=number, first=examples[0][1])
                yield self._finding(question.code, question.level, says, examples, f"{number}行")
        for column in self.table.columns:
            if column.key:
                yield from self._double(column)

    @property
    def _name(self) -> str:
        return f"main.{identifier(self.source)}"

    def _questions(self) -> Iterator[_Question]:
        key = identifier(next((c.name for c in self.table.columns if c.key), self.table.columns[0].name))
        for column in self.table.columns:
            name, title = identifier(column.name), column.title
            if column.name not in self.found:
                continue
            if column.type != "text":
                what = {"time": "时间", "date": "日期"}.get(column.type, "数")
                says = f"“{title}”有{{number}}个值读不成{what}（如“{{first}}”），按空白处理。请改正后重新导出"
                yield _Question(UNREAD, Level.ERROR, f"{unread(column)} is not null", unread(column), says)
            if column.type == "text" and not self.lines.told:
                says = f"“{title}”有{{number}}个值里有换行（如“{{first}}”），可能是引号没有配对，少算了行数。请核对"
                yield _Question(BROKEN, Level.WARNING, f"contains({name}, chr(10))", name, says)
            if column.values:
                known = ", ".join(f"'{v}'" for v in column.values)
                says = f"“{title}”有{{number}}个值不在规定的{'、'.join(column.values)}之内（如“{{first}}”），统计时归不了类"
                yield _Question(STRANGE, Level.WARNING, f"{name} not in ({known})", name, says)
            if column.key or column.name == self.table.when:
                says = f"有{{number}}行没有“{title}”，" + ("无法判断是否重复" if column.key else "不属于任何期间，没有计入")
                blank = f"{name} is null" + ("" if column.type == "text" else f" and {unread(column)} is null")
                yield _Question(UNREAD, Level.WARNING, blank, "''", says)
        for check in self.table.checks:
            says = f"有{{number}}行{check.says}（如“{{first}}”）。请核实后改正，或说明原因"
            yield _Question(IMPOSSIBLE, Level.ERROR, check.where, key, says)

    def _broken_lines(self) -> Finding:
        number = f"{'至少' if len(self.rejected) >= REJECTED else ''}{sum(r.lines for r in self.rejected)}行"
        lines = "、".join(f"第{r.line}行" + ("起" if r.lines > 1 else "") for r in self.rejected[:SHOWN])
        lines += "等" if len(self.rejected) > SHOWN else ""
        lost = "，有的引号没有配对，后面各行都被当作一个格" if any(r.lines > 1 for r in self.rejected) else ""
        says = f"有{number}的列数与表头不符（{lines}{lost}），没有计入。请检查这些行里的逗号和引号"
        places = tuple((Place(file=self.file, line=r.line), r.text) for r in self.rejected[:SHOWN])
        return self._finding(BROKEN, Level.ERROR, says, places, number)

    def _double(self, column: PackColumn) -> Iterator[Finding]:
        """Keys that several rows share: the same thing counted twice. Hashes tell quickly that there are none."""
        name = identifier(column.name)
        (row,) = self.session.ask(
            f"select count({name}), count(distinct hash({name})) from {self._name} where {name} is not null", self.file
        ).rows
        if row[0] == row[1]:
            return
        groups = (
            f"select min({self.lines.column}) as first, {name} as key, count(*) as n from {self._name} "
            f"where {name} is not null group by key having n > 1"
        )
        ((number,),) = self.session.ask(f"select coalesce(sum(n - 1), 0) from ({groups})", self.file).rows
        if number:
            examples = self._examples(f"select first, key from ({groups}) order by first")
            says = f"“{column.title}”有{number}行与别的行重复（如“{examples[0][1]}”），会重复计数。请去掉重复的记录"
            yield self._finding(DOUBLE, Level.ERROR, says, examples, f"{number}行重复")

    def _examples(self, question: str) -> tuple[tuple[Place, str], ...]:
        """Places in the file with a value of each, the first few."""
        rows = self.session.ask(f"{question} limit {SHOWN}", self.file).rows
        return tuple((Place(file=self.file, line=self.lines.line(int(str(number)))), _cut(str(text))) for number, text in rows)

    def _finding(self, code: str, level: Level, says: str, examples: tuple[tuple[Place, str], ...], observed: str) -> Finding:
        sides = tuple(Side(place, self.table.title, _cut(text)) for place, text in examples)
        sides = sides or (Side(Place(file=self.file), self.table.title, ""),)
        return Finding(code, level, f"{self.file}：{says}", sides, observed=observed)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
