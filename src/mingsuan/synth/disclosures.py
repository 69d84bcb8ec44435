"""Random disclosures: the tables of a random ledger, and the narrative that compiling writes from it."""

from __future__ import annotations

from mingsuan.compiling.book import Book, Passage
from mingsuan.compiling.disclosing import disclosed as compiled
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.filling.layout import Style
from mingsuan.dialects.roster import Roster
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure
from mingsuan.synth.ledgers import random_ledger, year_of

WORDS = Book(
    passages=(
        Passage("主要职责", "负责本行业的规划、组织和监督工作，完成市委、市政府交办的其他任务。"),
        Passage("机构设置", "设办公室、综合科、业务科等内设机构。"),
        Passage("增减变化", "收支增减变化的主要原因：人员变动和项目调整。"),
    )
)
"""What a made-up department says in its own words."""


def style_of(seed: int) -> Style:
    """The habits of the department of a seed; neighbouring seeds differ in several."""
    return Style(by_unit=seed % 2 == 0, parts=seed % 3 == 0, zeros=seed % 5 == 0, narrowed=seed % 4 == 1, empty_rows=seed % 7 < 4)


def random_disclosure(dialect: Dialect, seed: int) -> Disclosure:
    """What the department of a seed publishes."""
    ledger, roster = random_ledger(dialect, seed)
    return disclosed(dialect, ledger, roster, year_of(dialect), style_of(seed))


def disclosed(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None = None) -> Disclosure:
    """The tables that the dialect prescribes with a narrative on them, whose claims are not read yet."""
    return compiled(dialect, ledger, roster, year, style, WORDS, claims=False)
