"""Whether the header of a table of a strange authority tells what its columns mean, and which layout of the table it is."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.forms import Block, Form
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.headers import decode
from mingsuan.reading.tables.headings import Heading
from mingsuan.reading.tables.identify import identify
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.vocabulary import Vocabulary


def certain_form(raw: RawTable, form: Form, forms: Sequence[Form]) -> Form | None:
    """The form, or another layout of the same table, by which each label of a header stands over its column; None if none does."""
    titles = set(form.titles)
    layouts = [f for f in forms if f is form or titles.intersection(f.titles)]
    found: Form | None = form
    while found is not None and not is_certain(raw, found):
        layouts.remove(found)
        found = identify((raw,), Vocabulary(tuple(layouts)))[0]
    return found


def is_certain(raw: RawTable, form: Form) -> bool:
    """Whether it can be told over which columns the labels of a header stand; stacked forms have no such header.

    Not where merged cells vanished, so that every row was pushed together, and a label is none of the form's: whose column it is
    cannot be known, nor what the next ones are. Nor where a heading stands over more columns of amounts than the form has under it,
    or where the words of rows stand under another name than the form has for them.
    """
    if form.arrange == "stack":
        return True
    heading = decode(Lexicon(form.blocks), raw.labels)
    if not heading.placed and heading.unknown:
        return False
    amounts = {j for line in raw.lines for j in line.filled if look(line.texts[j]) is Look.MONEY}
    again = {label.column for label in heading.repeated} & amounts - {label.column for label in heading.printed.values()}
    return not again and all(_is_named(block, heading) for block in form.blocks)


def _is_named(block: Block, heading: Heading) -> bool:
    """Whether the column that tells the rows of a block apart is printed, if any of its amounts is."""
    printed = [c for c in block.columns if c.path in heading.printed]
    words = [c for c in block.columns if c.key == "item"]
    return not words or not printed or any(c in printed for c in words)
