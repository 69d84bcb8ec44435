"""A read-only session of DuckDB over some files: bounded in time, memory, rows, and in what it may open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import DataFile, prepared
from mingsuan.performance.evidence.limits import USUAL, Limits

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_REMEDY = "请改为只读取数据的一条 SELECT 语句"
_SMALLER = "请缩小时间范围，或先在业务系统里汇总"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of evidence under the name that questions use; `table` is a worksheet or a table of a database."""

    name: str
    path: Path
    table: str = ""


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


class Session:
    """Tables that can be asked, nothing else: `with Session(sources) as session: session.ask("select count(*) from calls")`.

    Every source is a view of text columns as the file has them, in the schema `files`; a table that is loaded under the
    same name hides it. The engine is confined to the files given: no other file, no network, no extension, no writing, no
    change of its settings.
    """

    def __init__(self, sources: Sequence[Source], limits: Limits = USUAL) -> None:
        """Make the files ready.

        Raises:
            EvidenceError: a file cannot be used.
        """
        self.limits = limits
        self._folder = TemporaryDirectory(prefix="mingsuan-")
        self.files: Mapping[str, DataFile] = {}
        try:
            folder = Path(self._folder.name)
            self.files = {source.name: prepared(source.path, source.table, folder, limits) for source in sources}
            self._connection = self._connected()
        except BaseException:
            self._folder.cleanup()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()
        self._folder.cleanup()

    def ask(self, question: str, where: str = "查询") -> Answer:
        """The answer to one SELECT; `where` is what messages call the question.

        Raises:
            EvidenceError: it is no SELECT, asks for what is not there, takes too long or needs too much memory.
        """
        import duckdb

        try:
            statements = self._connection.extract_statements(question)
        except duckdb.Error as error:
            raise EvidenceError(where, f"查询语句有误（{_brief(error)}）", "请检查表名、列名和写法") from None
        if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
            raise EvidenceError(where, "查询不是一条 SELECT 语句，没有执行", _REMEDY)
        return self._run(question, where)

    def load(self, table: str, select: str, where: str) -> None:
        """Keep the result of a question of the program's own as a table in memory.

        Raises:
            EvidenceError: as `ask`.
        """
        self._run(f"create or replace table {identifier(table)} as {select}", where)

    def rejected(self, file: str) -> tuple[tuple[int, str], ...]:
        """Line number and text of the lines of a file that have more or fewer fields than its heading, the first thousand."""
        path = next((str(f.path.resolve()) for f in self.files.values() if f.name == file), "")
        known = "select 1 from duckdb_tables() where table_name = 'reject_errors'"
        if not self.ask(known, file).rows:
            return ()
        question = (
            "select distinct line, csv_line from reject_errors join reject_scans using (scan_id, file_id) "
            f"where file_path = {_literal(path)} order by line limit 1000"
        )
        return tuple((int(str(line)), str(text)) for line, text in self.ask(question, file).rows)

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
            raise EvidenceError(where, f"查询超过{self.limits.seconds:g}秒，已中止", _SMALLER) from None
        except duckdb.OutOfMemoryException:
            raise EvidenceError(where, f"查询需要的内存超过{self.limits.memory}MB，已中止", _SMALLER) from None
        except duckdb.PermissionException:
            raise EvidenceError(where, "查询要读写所列数据以外的文件，已拒绝", _REMEDY) from None
        except duckdb.Error as error:
            raise EvidenceError(where, f"查询没有成功（{_brief(error)}）", "请检查表名、列名和写法") from None
        finally:
            watch.cancel()
        return Answer(columns, tuple(map(tuple, rows[: self.limits.rows])), len(rows) <= self.limits.rows)

    def _connected(self) -> DuckDBPyConnection:
        import duckdb

        limits = self.limits
        connection = duckdb.connect(
            ":memory:", config={"memory_limit": f"{limits.memory}MB", "threads": limits.threads, "temp_directory": ""}
        )
        paths = ", ".join(_literal(str(file.path.resolve())) for file in self.files.values())
        connection.execute(f"set allowed_paths = [{paths}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set enable_progress_bar = false")  # it would be printed among the output
        connection.execute("create schema files")
        connection.execute("set search_path = 'main,files'")
        connection.execute("set lock_configuration = true")
        for name, file in self.files.items():
            try:
                connection.execute(f"create view files.{identifier(name)} as select * from {_reading(file)}")
            except duckdb.Error as error:
                connection.close()
                raise EvidenceError(file.name, f"不是规整的表（{_brief(error)}）", "请检查第一行是否为列名、各行列数是否一致") from None
        return connection


def _reading(file: DataFile) -> str:
    """How the engine reads a file: text columns, lines that do not fit left to be counted."""
    path = _literal(str(file.path.resolve()))
    if file.parquet:
        return f"read_parquet({path})"
    return f"read_csv({path}, all_varchar = true, header = true, store_rejects = true, rejects_limit = 1000, sample_size = 1000)"


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
