"""A read-only session of DuckDB over some tables: bounded in time, memory, rows, and in what it may open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import DataFile, Source, prepared
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REJECTED = 1000
"""Lines that do not fit their heading which are kept to be shown; there may be more."""
SHOWN = 200
"""Characters of such a line that are kept."""
_REMEDY = "请改为只读取数据的一条 SELECT 语句"
_SMALLER = "请缩小时间范围，或先在业务系统里汇总"
_WRITING = "请检查表名、列名和写法"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives.

    Attributes:
        columns: names, in order.
        rows: at most as many as the limits allow.
        complete: there are no further rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was left out of a file: where it begins, how its text begins, how many lines it is — many where a quotation mark is lost."""

    line: int
    text: str
    lines: int


class Session:
    """Tables that can be asked, nothing else: `with Session(sources) as session: session.ask("select count(*) from calls")`.

    Every source is a view of text columns as the file has them, in the schema `files`; a table that is loaded under the
    same name hides it. The engine is confined to the files given: no other file, no network, no extension, no writing, no
    change of its settings. Time and memory of questions that are not the program's own are bounded for certain only in another
    process: see `apart`.

    Attributes:
        files: the sources that can be asked.
        unusable: the others, each with the reason.
    """

    def __init__(self, sources: Sequence[Source], limits: Limits = USUAL) -> None:
        """Make the sources ready."""
        folder = TemporaryDirectory(prefix="mingsuan-")
        try:
            files, unusable = _prepared(sources, Path(folder.name), limits)
            self._begin(files, unusable, limits, folder)
        except BaseException:
            folder.cleanup()
            raise

    @classmethod
    def over(cls, files: Mapping[str, DataFile], limits: Limits = USUAL) -> Session:
        """A session over files that are ready; they are left where they are."""
        session = cls.__new__(cls)
        session._begin(files, {}, limits, None)
        return session

    def _begin(
        self, files: Mapping[str, DataFile], unusable: dict[str, EvidenceError], limits: Limits, folder: TemporaryDirectory[str] | None
    ) -> None:
        self.limits = limits
        self.unusable = unusable
        self._folder = folder
        self._connection = _confined(files.values(), limits)
        self.files = {name: file for name, file in files.items() if self._opened(name, file)}

    def _opened(self, name: str, file: DataFile) -> bool:
        try:
            self._run(f"create view files.{identifier(name)} as select * from {_reading(file)}", file.name)
        except EvidenceError as error:
            self.unusable[name] = EvidenceError(file.name, f"不是规整的表（{error.what}）", "请检查第一行是否为列名、各行列数是否一致")
            return False
        return True

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()
        if self._folder is not None:
            self._folder.cleanup()

    def require(self, name: str) -> DataFile:
        """The file of a source.

        Raises:
            EvidenceError: it cannot be used.
        """
        if name in self.unusable:
            raise self.unusable[name]
        return self.files[name]

    def ask(self, question: str, where: str = "查询") -> Answer:
        """The answer to one SELECT; `where` is what messages call the question.

        Raises:
            EvidenceError: it is no SELECT, asks for what is not there, takes too long or needs too much memory.
        """
        import duckdb

        try:
            statements = self._connection.extract_statements(question)
        except (duckdb.Error, UnicodeError) as error:
            raise EvidenceError(where, f"查询语句有误（{_brief(error)}）", _WRITING) from None
        if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
            raise EvidenceError(where, "查询不是一条 SELECT 语句，没有执行", _REMEDY)
        return self._run(question, where)

    def load(self, table: str, select: str, where: str) -> None:
        """Keep the result of a question of the program's own as a table in memory.

        Raises:
            EvidenceError: as `ask`.
        """
        self._run(f"create or replace table main.{identifier(table)} as {select}", where)

    def named_in(self, question: str) -> tuple[str, ...]:
        """The sources that a question reads."""
        import duckdb

        with duckdb.connect(":memory:") as empty:  # where names exist, the engine resolves them instead of naming them
            try:
                asked = {name.casefold() for name in empty.get_table_names(question)}
            except duckdb.Error:
                return ()
        return tuple(name for name in self.files if name.casefold() in asked)

    def rejected(self, name: str) -> tuple[Rejected, ...]:
        """What was left out of a source that does not fit its heading, the first `REJECTED`."""
        file = self.require(name)
        known = "select 1 from duckdb_tables() where table_name = 'reject_errors' and temporary"
        if file.parquet or file.numbered or not self.ask(known, file.name).rows:
            return ()
        text = "trim(csv_line, chr(10) || chr(13))"
        question = (
            f"select distinct line, substr({text}, 1, {SHOWN}), 1 + length({text}) - length(replace({text}, chr(10), '')) "
            "from temp.main.reject_errors join temp.main.reject_scans using (scan_id, file_id) "
            f"where file_path = {_literal(str(file.path.resolve()))} order by line limit {REJECTED}"
        )
        rows = self.ask(question, file.name).rows
        return tuple(Rejected(int(str(line)), str(text).strip("\r\n"), int(str(lines))) for line, text, lines in rows)

    def _run(self, statement: str, where: str) -> Answer:
        import duckdb

        watch = Timer(self.limits.seconds, self._connection.interrupt)
        watch.daemon = True
        watch.start()
        try:
            cursor = self._connection.execute(statement)
            columns = tuple(column[0] for column in cursor.description or ())
            rows = cursor.fetchmany(self.limits.rows + 1)
        except duckdb.InterruptException:
            raise too_long(where, self.limits) from None
        except (duckdb.OutOfMemoryException, MemoryError):
            raise EvidenceError(where, f"查询需要的内存超过{self.limits.memory}MB，已中止", _SMALLER) from None
        except duckdb.PermissionException:
            raise EvidenceError(where, "查询要读写所列数据以外的文件，已拒绝", _REMEDY) from None
        except (duckdb.Error, ValueError, OverflowError, RuntimeError) as error:  # but for the first: what Python has no value for
            raise EvidenceError(where, f"查询没有成功（{_brief(error)}）", _WRITING) from None
        finally:
            watch.cancel()
        return Answer(columns, tuple(map(tuple, rows[: self.limits.rows])), len(rows) <= self.limits.rows)


def too_long(where: str, limits: Limits) -> EvidenceError:
    """What is said of a question that was broken off."""
    return EvidenceError(where, f"查询超过{limits.seconds:g}秒，已中止", _SMALLER)


def _prepared(sources: Sequence[Source], folder: Path, limits: Limits) -> tuple[dict[str, DataFile], dict[str, EvidenceError]]:
    files: dict[str, DataFile] = {}
    unusable: dict[str, EvidenceError] = {}
    left = limits.bytes
    for source in sources:
        try:
            files[source.name] = prepared(source, folder, replace(limits, bytes=left))
            left -= files[source.name].size
        except EvidenceError as error:
            unusable[source.name] = error
    return files, unusable


def _confined(files: Iterable[DataFile], limits: Limits) -> DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{limits.memory}MB",
            "threads": limits.threads,
            "temp_directory": "",
            "python_enable_replacements": False,  # else a name in a question may mean a variable of this program
        },
    )
    paths = ", ".join(_literal(str(file.path.resolve())) for file in files)
    connection.execute(f"set allowed_paths = [{paths}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set enable_progress_bar = false")  # it would be printed among the output
    connection.execute("create schema files")
    connection.execute("set search_path = 'main,files'")
    connection.execute("set lock_configuration = true")
    return connection


def _reading(file: DataFile) -> str:
    """How the engine reads a file: text columns, lines that do not fit left to be counted."""
    path = _literal(str(file.path.resolve()))
    if file.parquet:
        return f"read_parquet({path})"
    columns = ", ".join(f"{_literal(name)}: 'varchar'" for name in file.columns)
    # The engine finds nothing out for itself: of a file with one lost quotation mark it would take all of them for text.
    marks = f"auto_detect = false, columns = {{{columns}}}, header = true, delim = {_literal(file.delimiter)}, quote = '\"', escape = '\"'"
    rejects = "" if file.numbered else f", store_rejects = true, rejects_limit = {REJECTED}"
    return f"read_csv({path}, {marks}{rejects})"


def identifier(name: str) -> str:
    """A name as the engine's language quotes it."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def _literal(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _brief(error: BaseException) -> str:
    """The first line of the engine's message."""
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
