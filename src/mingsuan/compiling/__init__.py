"""From what a finance officer has in hand to a disclosure: input workbook → book → ledger → tables and narrative."""

from mingsuan.compiling.compile import Compiled, compile_book, compile_workbook
from mingsuan.compiling.workbook.reader import read_book
from mingsuan.compiling.workbook.writer import empty_book, write_book

__all__ = ["Compiled", "compile_book", "compile_workbook", "empty_book", "read_book", "write_book"]
