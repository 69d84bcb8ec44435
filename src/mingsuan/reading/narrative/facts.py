"""What the text says of the discloser itself: who it is, which units it lists, and its stock of posts, people, vehicles and equipment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import dropwhile

from mingsuan.codes import region_named
from mingsuan.model import Scope, Section, Stage, StockFact, Unit
from mingsuan.patterns import regex
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.narrative.layout import layout
from mingsuan.reading.narrative.passages import is_body_name
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.values import dataclass

_MAX_TITLE = 80
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_WHAT = r"(?P<what>(?:部门)?(?:[（(]?单位[）)]?)?(?:综合|收支)?(?:预算|决算))"
_TITLES = (
    regex(rf"(?:关于)?{_YEAR}年度?(?P<department>.*?){_WHAT}"),
    regex(rf"(?:关于)?(?P<department>.*?){_YEAR}年度?{_WHAT}"),
)
_AFTER_TITLE = regex(r"(?:公开|编制|草案|情况|说明|文本|文件|信息|报告|报表|及|和|表)*(?:[（(][^）)]*[）)])?\Z")
_PROFILE = regex(r"^(?P<department>.+?)(?:的)?(?:概况|基本情况|简介)$")
_NAME_LABEL = regex(r"^(?:预算|编制|填报)?(?:主管)?(?:部门|单位)(?:[（(]单位[）)])?名?称?(?:[:：](?P<department>.*))?$")
_ANY_YEAR = regex(r"(20\d\d)(?=年|[）)]年)")
_KIND_OF_PAGE = regex(r"(?:部门|单位|政府|财政|预算|决算|预决算|信息|公开|专栏)*\Z")
"""A line that says what kind of page it is and of whom nothing: 预决算公开."""
_NO_NAME = regex(
    r"^(?:本?部门|本?单位|我[单部]位?|部门[（(]单位[）)]|(?:人民币)?[百千万亿]*元|.*(?:收入|支出|收支|分类)"
    r"|一般公共|政府性基金|国有资本(?:经营)?|财政拨款|社会保险基金)?$"
)
"""What stands where a name is looked for and is none: 2023年一般公共预算基本支出表 tells nobody's name."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who discloses what: read from the title page, or where there is none from headings and table heads.

    Attributes:
        department: the discloser's name, None if it is nowhere printed.
        region: province, city and county in full, None if the name holds none.
        year: fiscal year.
        stage: budget, final account or performance declaration.
        scope: a department with its units or one unit.
        title: the lines that say so, joined.
    """

    department: str | None
    region: str | None
    year: int | None
    stage: Stage
    scope: Scope
    title: str


def cover_of(document: Document, sections: Sequence[Section] = ()) -> Cover:
    """The discloser, year, stage and scope of a document whose narrative is `sections`."""
    lines = _opening_lines(document)
    title = compact("".join(lines))
    department = _department(document, lines, sections)
    stage = _stage(title, sections)
    return Cover(
        department,
        region_of(department, title),
        _year(document, title, sections),
        stage,
        Scope.UNIT if re.search(r"单位(?:预算|决算)", title) and not re.search(r"部门(?:预算|决算)", title) else Scope.DEPARTMENT,
        title,
    )


def region_of(department: str | None, text: str = "") -> str | None:
    """Province, city and county in full (河南省郑州市) that a department's name or else the text names, None if neither does."""
    found = region_named(department or "") or region_named(text)
    return found.path if found is not None else None


def _opening_lines(document: Document) -> tuple[str, ...]:
    """The title page's lines or, without one, the lines over the first table."""
    parts = layout(document)
    lines = [line.text for line in parts.cover]
    if not lines and not parts.narrative:
        for block in parts.annex:
            if isinstance(block, Grid):
                break
            lines.append(block.text)
    return tuple(line for line in lines if len(line) <= _MAX_TITLE)


def _department(document: Document, lines: Sequence[str], sections: Sequence[Section]) -> str | None:
    candidates = [
        *_titled(lines),
        *_profiled(sections),
        *(name for s in sections if s.level == 1 for name in _titled([s.title])),
        *_labelled(document),
    ]
    return next((name for name in candidates if not _NO_NAME.match(name)), None)


def _titled(lines: Iterable[str]) -> Iterator[str]:
    """Names in titles such as 2023年某市某局部门预算公开, whose words may be spread over lines in either order."""
    words = [compact(_without_part(line)) for line in lines]
    for text in [*words, "".join(dropwhile(_KIND_OF_PAGE.match, words))]:
        for pattern in _TITLES:
            match = pattern.match(text[: 2 * _MAX_TITLE])
            if match is not None:
                yield match["department"]


def disclosers(line: str) -> Iterator[tuple[int | None, str]]:
    """Whom a line of a title page names, as 2023年某市某局部门预算公开 or 部门名称：某局: years (None: none) and bodies ("": none)."""
    words = compact(line[:_MAX_TITLE])
    for pattern in _TITLES:
        match = pattern.match(words)
        name = match["department"] if match is not None else ""
        if match is not None and _AFTER_TITLE.match(words, match.end()) and (_NO_NAME.match(name) or is_body_name(name)):
            yield int(match["year"]), "" if _NO_NAME.match(name) else name
    yield from ((None, name) for name in _beside_label([words]) if is_body_name(name))


def _without_part(line: str) -> str:
    """A title without 第二部分 and the like."""
    found = ordinal(line)
    return found.rest if found is not None and found.form is Form.PART else line


def _profiled(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        match = _PROFILE.match(compact(_without_part(section.title))) if section.level == 1 else None
        if match is not None and is_body_name(match["department"]):
            yield match["department"]


def _labelled(document: Document) -> Iterator[str]:
    """Names behind 部门名称： in a line over a table or in the cell beside it."""
    for block in document.blocks:
        for cells in [[block.text]] if isinstance(block, Paragraph) else ([cell.text for cell in row] for row in block.rows[:2]):
            yield from _beside_label([compact(text[:_MAX_TITLE]) for text in cells])


def _beside_label(cells: Sequence[str]) -> Iterator[str]:
    match = _NAME_LABEL.match(cells[0]) if cells else None
    if match is None:
        return
    if match["department"]:
        yield re.split(r"单位[:：]", match["department"])[0]
    else:
        yield from [text for text in cells[1:] if is_body_name(text)][:1]


_FINAL = regex(r"(?<!预)决算")
"""预决算公开 is said of both stages."""


def _stage(title: str, sections: Sequence[Section]) -> Stage:
    headings = title + "".join(section.title for section in sections if section.level <= 1)
    if _FINAL.search(headings):
        return Stage.FINAL_ACCOUNT
    declares = "绩效" in title and not sections and not re.search(r"(?:部门|单位)预算", title)
    return Stage.PERFORMANCE_DECLARATION if declares else Stage.BUDGET


def _year(document: Document, title: str, sections: Sequence[Section]) -> int | None:
    """The year of the title, else the one that most headings and titles of tables name."""
    for pattern in (*_TITLES, re.compile(rf".*?{_YEAR}\s*[）)]?年")):
        match = pattern.match(title)
        if match is not None:
            return int(match["year"])
    printed = [section.title for section in sections]
    printed += [compact(b.text) for b in document.blocks if isinstance(b, Paragraph) and len(b.text) <= _MAX_TITLE and "表" in b.text]
    counted = Counter(int(year) for text in printed for year in _ANY_YEAR.findall(text))
    return counted.most_common(1)[0][0] if counted else None


_UNIT_SECTIONS = ("units", "organisation")
_OWN_BOOKS = regex(r"[（(][^）)]*(?:财务|核算|账)[^）)]*[）)]")
_NO_OWN_BOOKS = regex(r"财务不独立|[非不未]独立核算|未单独核算|统一核算|不单独核算")
_LISTS_UNITS = regex(r"(?:下属|所属|二级|直属|基层|预算)[^。：:]{0,16}(?:单位|机构)[^。：:；]{0,16}[:：](?P<names>[^。；\n]+)")
_WITHIN = regex(r"内设|处室|科室")
_SPEAKS_OF_UNITS = regex(r"(?:下属|所属|二级|直属|基层|预算)[^。：:]{0,16}单位|派出机构")
_BETWEEN_NAMES = regex(r"[、，,]\s*(?![^（(]{0,40}[）)])")
_COUNT_OR_NONE = regex(r"^无|^没有|\d")


def units(sections: Sequence[Section]) -> tuple[Unit, ...]:
    """The units that the text lists, as printed but for their ordinals and remarks on their books; inner offices are none."""
    found: dict[str, Unit] = {}
    for section in sections:
        if section.kind not in _UNIT_SECTIONS:
            continue
        offset = 0
        lists_offices = _speaks_of_offices(section.title)
        for line in section.text.split("\n"):
            names = tuple(_unit_names(line))
            if _speaks_of_offices(line) or _SPEAKS_OF_UNITS.search(line):
                lists_offices = _speaks_of_offices(line)
            for name in () if lists_offices else names:
                shown = compact(_OWN_BOOKS.sub("", name))
                found.setdefault(shown, Unit(shown, _NO_OWN_BOOKS.search(name) is None, section.place_at(offset)))
            offset += len(line) + 1
    return tuple(found.values())


def _speaks_of_offices(text: str) -> bool:
    """Whether a heading or line leads to a list of offices within one body, which are no units."""
    return _WITHIN.search(text) is not None and _SPEAKS_OF_UNITS.search(text) is None


def _unit_names(line: str) -> Iterator[str]:
    """An item that is nothing but a name, or the names behind 所属单位包括：."""
    item = ordinal(line)
    if item is not None and is_body_name(_OWN_BOOKS.sub("", item.rest).rstrip("；;，,。")):
        yield item.rest.rstrip("；;，,。")
        return
    listed = _LISTS_UNITS.search(line)
    if listed is None or _WITHIN.search(listed[0][: listed.start("names") - listed.start()]):
        return
    names = _BETWEEN_NAMES.split(listed["names"])
    yield from (name for name in names if is_body_name(_OWN_BOOKS.sub("", name)) and not _COUNT_OR_NONE.search(name))


_STOCK_SECTIONS = ("staff", "vehicles", "assets_note", "duties", "units", "organisation")
_THRESHOLD = r"单[位价]\s*(?:价值)?\s*[（(]?\d+\s*万元[^，。；、\d]{0,8}以上\s*(?:的)?\s*"
_NOUN = r"(?:编制(?:人数|总数)?|车辆(?:总数)?|用车|职工(?:人数)?|人员(?:总数)?|设备|仪器|房屋(?:面积)?|用房|人数|在职|离休|退休)"
_COUNT = regex(
    rf"(?P<item>(?:{_THRESHOLD})?[\u4e00-\u9fff（）()]{{0,24}}?{_NOUN})\s*(?:共计|合计|总计|共有|共|为|有|数)?"
    r"(?:\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*|\s*[。．.〇○_]\s*|\s+)"
    r"(?P<unit>辆|台\s*[（(]\s*套\s*[）)]|台|套|人|名|平方米)"
)
_MEASURE = {"人": "people", "名": "people", "辆": "vehicles", "台": "vehicles"}
_OF_WHICH = regex(r"其中")
_ALL_ARE = regex(r"(?:全部|均)为(?P<item>[\u4e00-\u9fff]{2,12}用车)")
_CLAUSE_END = regex(r"[；;\n]|。(?!\s*[辆台套人名])")
_LEAD = regex(r"^.*(?:共有|现有|核定|拥有|编有|其中|有(?=车辆|编制|职工|人员|房屋))(?=.)|^[本我该](?:单位|部门|[局办委厅院所])(?=.)")
_AS_OF = regex(r"(20\d\d)\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\s*期?末|\s*年?底)")


def stock(sections: Sequence[Section], year: int | None) -> tuple[StockFact, ...]:
    """Counts of posts, people, vehicles and equipment; a part names its whole, a blank has the value None.

    The year is that of the date stated before a count (2022年期末), else `year`.
    """
    return tuple(fact for section in sections if section.kind in _STOCK_SECTIONS for fact in _stock_of(section, year))


def _stock_of(section: Section, year: int | None) -> Iterator[StockFact]:
    dated = _AS_OF.search(section.text)
    for start, clause in _clauses(section):
        is_dated = dated is not None and dated.start() < start + len(clause)
        yield from _counts(section, start, clause, int(dated[1]) if dated is not None and is_dated else year)


def _clauses(section: Section) -> Iterator[tuple[int, str]]:
    """Offsets and texts between semicolons and full stops (a full stop before a unit is a zero that was misread)."""
    start = 0
    for end in _CLAUSE_END.finditer(section.text):
        yield start, section.text[start : end.start()]
        start = end.end()
    yield start, section.text[start:]


def _counts(section: Section, start: int, text: str, as_of: int | None) -> Iterator[StockFact]:
    """The counts of a clause that begins at `start`; what follows 其中 is part of the count before it."""
    whole: StockFact | None = None
    latest: StockFact | None = None
    end = 0
    for match in _COUNT.finditer(text):
        if _OF_WHICH.search(text, end, match.end("item")):
            whole = latest
        item = _item(match["item"])
        if whole is not None and not _may_be_part(item, match["unit"], whole):
            whole = None
        printed = match["value"]
        value = Decimal(printed.replace(",", "")) if printed else None
        place = section.place_at(start + match.start("value") if printed else start + match.start("unit"))
        latest = StockFact(item, value, compact(match["unit"]), as_of, place, whole.item if whole else None)
        end = match.end()
        yield latest
    every = _ALL_ARE.search(text, end)
    if every is not None and latest is not None and latest.total is None:
        place = section.place_at(start + every.start("item"))
        yield StockFact(every["item"], latest.value, latest.unit, as_of, place, latest.item)


def _may_be_part(item: str, unit: str, whole: StockFact) -> bool:
    """Posts are parts of posts, not of people, and vehicles not of equipment, even without a semicolon between them."""
    return _MEASURE.get(unit) == _MEASURE.get(whole.unit) and ("编制" in item) == ("编制" in whole.item)


def _item(printed: str) -> str:
    """What is counted, without the words that lead to it: 部门机关及归口预算管理单位人员共有编制 → 编制."""
    words = compact(printed).strip("（）()")
    return words if words[:2] in {"单位", "单价"} else _LEAD.sub("", words)
