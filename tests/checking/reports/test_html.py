"""The HTML report answers, filters, shows and prints; what strangers wrote in the document can neither run nor break out."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise, product

import pytest
import yaml

from mingsuan.checking.registry import Need
from mingsuan.checking.reports.html import FIRST, report_html
from mingsuan.checking.reports.page import cards
from mingsuan.checking.reports.page.sheets import sheets
from mingsuan.model import Disclosure, Finding, Level, Receipt, Repair, Report, Side, Status, Waived, Waiver
from mingsuan.places import Place
from tests.checking.reports.page.samples import FILE, cell_place, disclosure, finding, narrative, table
from tests.reading.formats.pdf.build import Sheet, pdf

HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}{% raw %}javascript:alert(3)&amp;\u202e"
VOID = {"meta", "input", "br", "img", "link", "rect", "use", "image"}
TEXTS = frozenset({"title", "style", "script"})


class Parsed(HTMLParser):
    """The elements of a page as a browser meets them, with their attributes and the words inside."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.words: dict[str, str] = dict.fromkeys(TEXTS, "")
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in TEXTS:
            self.words[self.open[-1]] += data

    def of(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag and all(a.get(name.rstrip("_")) == value for name, value in wanted.items())]


def hostile() -> tuple[Report, Disclosure]:
    read = table([[HOSTILE[:60], "7.00"]], [HOSTILE, "金额"], page=1, title=HOSTILE)
    sides = (Side(cell_place(1, 2, page=1), HOSTILE, HOSTILE), Side(Place(FILE, line=9), HOSTILE, "alert"))
    one = Finding(
        HOSTILE,
        Level.ERROR,
        HOSTILE,
        sides,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (Repair(sides[0].place, HOSTILE, "a", HOSTILE, "b"),),
        (HOSTILE,) * 9,
        HOSTILE,
        True,
        HOSTILE,
    )
    waiver = Waiver("0" * 16, HOSTILE, HOSTILE, datetime.date(2025, 1, 1))
    receipt = Receipt(HOSTILE, Status.NOT_EXECUTED, HOSTILE, about=HOSTILE)
    whole = disclosure(read, sections=(narrative(HOSTILE, HOSTILE),))
    return Report((one,), (receipt,), (Waived(one, waiver),), ((waiver, HOSTILE),)), Disclosure(
        HOSTILE, dialect=HOSTILE, tables=whole.tables, sections=whole.sections
    )


def sample(*, pages: bool = True) -> str:
    read = disclosure(table([["合计", "7.00"]], ["项目", "金额"], page=1), sections=(narrative("收入7.00万元。"),))
    found = (
        finding(
            Side(cell_place(1, 2, page=1), "合计", "7.00"), repairs=(Repair(cell_place(1, 2, page=1), "合计", "7.00", "8.00", "改数"),)
        ),
        Finding("TEXT101", Level.WARNING, "文字不通", (Side(Place(FILE, line=9), "叙述", "收入7.00万元"),), basis="常识", fix="改写。"),
    )
    receipts = (
        Receipt("FIG101 合计", Status.FAILED, "1个问题", rule="FIG101"),
        Receipt("TEXT101 文", Status.NOT_APPLICABLE, "没有", rule="TEXT101"),
    )
    carried = sheets(found, read, {FILE: pdf(Sheet())}) if pages else None
    return report_html(Report(found, receipts), read, name=FILE, sheets=carried, on=datetime.date(2026, 3, 1))


def test_the_first_words_answer_and_name_what_comes_first() -> None:
    page = sample()
    first = page[page.index("<header") : page.index("</header>")]
    for words in ("没有通过：1处错误须改正", "1处警告", "先改这几处", 'href="#finding-1"', "改正合计。", "2026-03-01"):
        assert words in first
    many = report_html(Report(tuple(finding(message=f"第{n}处") for n in range(FIRST + 3))), Disclosure())
    assert "其余3处见" in many


def test_receipts_are_summed_up_before_the_findings_and_what_does_not_apply_is_folded() -> None:
    page = sample()
    assert page.index('id="receipts"') < page.index('id="findings"') < page.index('id="finding-1"') < page.index('id="manual"')
    assert '<details><summary class="quiet">– 不适用1</summary>' in page


def test_filters_name_every_level_and_chapter_and_findings_carry_them() -> None:
    page = Parsed(sample())
    (form,) = page.of("form", id="filters")
    assert "hidden" in form  # without the script there is nothing to filter with, and everything is shown
    cards_ = page.of("article", class_="finding error") + page.of("article", class_="finding warning")
    assert {a["value"] for a in page.of("input", name="level")} == {a["data-level"] for a in cards_} == {"error", "warning"}
    assert {a["value"] for a in page.of("input", name="chapter")} == {a["data-chapter"] for a in cards_} == {"数字", "文字"}
    assert all(("checked" in a) == (a["name"] != "brief") for a in page.of("input", type="checkbox"))
    assert page.of("p", id="shown", role="status")
    assert not any("hidden" in a for a in cards_)


def test_findings_can_be_listed_by_their_sentences_alone_and_opened_by_their_numbers() -> None:
    page = Parsed(sample())
    assert page.of("input", type="checkbox", name="brief")
    assert [a["href"] for a in page.of("a", class_="number")] == ["#finding-1", "#finding-2"]
    assert ".brief article.finding:not(:target) .body { display: none; }" in page.words["style"]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product(["ink", "quiet", "link", "error", "warning", "info", "passed"], ["paper", "wash", "soft"]),
        *product(["ink", "passed"], ["marked"]),
    ],
)
def test_all_print_can_be_read_against_its_ground(scheme: int, ink: str, ground: str) -> None:
    """WCAG 2.1, 1.4.3: a contrast of 4.5 to 1 in the light and the dark scheme."""
    style = Parsed(sample()).words["style"]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", style.split(":root {")[1 + scheme].partition("}")[0]))
    bright, dim = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_finding_shows_its_page_its_table_its_fix_its_rule_and_how_to_waive_it() -> None:
    page = sample()
    parsed = Parsed(page)
    (image,) = parsed.of("image")
    assert base64.b64decode(image["href"].removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    assert {use["href"] for use in parsed.of("use")} == {f"#{image['id']}"}
    assert parsed.of("rect", class_="outline")
    assert parsed.of("td", class_="marked amount")
    assert "应为 8.00" in page
    assert parsed.of("a", href="#rule-FIG101")
    assert parsed.of("section", id="rule-FIG101")
    fingerprint = finding(Side(cell_place(1, 2, page=1), "合计", "7.00")).fingerprint
    snippet = page[page.index("waivers:\n") : page.index("</code></pre>")].replace("&#34;", '"')
    assert yaml.safe_load(snippet)["waivers"][0]["fingerprint"] == fingerprint
    assert "<mark>" in page


def test_without_pages_the_quoted_table_is_not_folded() -> None:
    assert "按读到的数据列出这几行" in sample()
    assert "按读到的数据列出这几行" not in sample(pages=False)


def test_pages_beyond_the_bound_refer_to_the_file_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingsuan.checking.reports.page.sheets.MAX_SHEETS", 0)
    page = sample()
    assert "附图以0页为限，另有1页没有附上" in page
    assert "没有附图，请对照原文件的这一页" in page


def test_findings_beyond_the_bound_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MAX_CARDS", 2)
    page = report_html(Report(tuple(finding(message=f"第{n}处") for n in range(5))), Disclosure())
    assert "这里列出前2个问题，共5个" in page
    assert 'id="finding-3"' not in page


def test_nothing_from_a_document_runs_or_loads() -> None:
    report, read = hostile()
    page = report_html(report, read, name=HOSTILE, files=[HOSTILE], sheets=sheets(report.findings, read, {FILE: pdf(Sheet())}))
    parsed = Parsed(page)
    assert not parsed.unbalanced
    assert not parsed.open
    assert [tag for tag, _ in parsed.elements].count("script") == 1
    assert not parsed.of("img")
    assert not parsed.of("link")
    assert not [(tag, name) for tag, attributes in parsed.elements for name in attributes if name.startswith("on") or name == "style"]
    for tag, attributes in parsed.elements:
        for name in ("href", "src"):
            if name in attributes:
                assert attributes[name].startswith(("#", "data:image/png;base64,")), (tag, attributes[name][:40])
    assert "49" not in parsed.words["title"]


def test_the_policy_allows_our_own_style_and_script_alone() -> None:
    parsed = Parsed(sample())
    (policy,) = [a["content"] for a in parsed.of("meta") if "http-equiv" in a]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(parsed.words[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert not re.search(r"https?://|url\(|@import|srcset", sample())


def test_it_prints_on_a4_with_findings_whole_and_without_what_only_a_screen_can_use() -> None:
    style = Parsed(sample()).words["style"]
    printed = style[style.index("@media print") :]
    assert "size: A4" in printed
    assert re.search(r"article\.finding[^{]*\{ break-inside: avoid; \}", printed)
    assert re.search(r"\.filters[^{]*\{ display: none; \}", printed)


def test_it_can_be_read_without_eyes_and_without_a_mouse() -> None:
    page = sample()
    parsed = Parsed(page)
    assert {"header", "main", "nav", "footer"} <= {tag for tag, _ in parsed.elements}
    assert parsed.elements[0] == ("html", {"lang": "zh-Hans"})
    assert parsed.of("a", class_="skip", href="#findings")
    ids = [a["id"] for _, a in parsed.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(a["href"].removeprefix("#") in ids for a in parsed.of("a"))
    assert all(a["aria-labelledby"] in ids for _, a in parsed.elements if "aria-labelledby" in a)
    assert all("scope" in a for a in parsed.of("th"))
    assert all("tabindex" in a and a.get("aria-label") for a in parsed.of("div", role="region"))
    assert all(a.get("aria-label") or a.get("aria-hidden") for a in parsed.of("svg"))
    assert "prefers-color-scheme: dark" in page
    assert ":focus-visible" in page
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_reader_without_the_program_is_asked_for_no_option_of_it() -> None:
    told = Report((finding(),), tuple(Receipt(f"LAW101 {need.value[1]}", *need.value) for need in (Need.LAST, Need.UNITS, Need.BUDGET)))
    body = report_html(told, Disclosure()).partition("<footer")[0]
    assert "核对时没有给出上年的公开文本" in body
    assert "（--" not in body
