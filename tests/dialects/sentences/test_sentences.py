from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import load, names
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.sentences.parts import gaps
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences, write
from mingsuan.dialects.sentences.wording import SentenceTemplate, Slot, SlotKind, SlotValue
from mingsuan.dialects.sentences.writing import MissingSlotError, derive, render
from mingsuan.ledger import Box
from mingsuan.reading.claims.templates import match
from mingsuan.reading.narrative.numbers import find_numbers

HENAN = load_sentences(load("henan").folders)
EVERY = [(name, t) for name in names() for t in load_sentences(load(name).folders).templates]


def wan(value: str) -> Amount:
    return Amount(Decimal(value) * 10000, "万元", 2)


def slot_values(slot: Slot) -> st.SearchStrategy[SlotValue]:
    cents = st.integers(0, 10**9)
    match slot.kind:
        case SlotKind.MONEY:
            return cents.map(lambda c: Amount(Decimal(c) * 100, "万元", 2))
        case SlotKind.PERCENT:
            return cents.map(lambda c: Decimal(c % 100000).scaleb(-2))
        case SlotKind.COUNT:
            return st.integers(0, 5000)
        case SlotKind.YEAR:
            return st.integers(2010, 2035)
        case SlotKind.WORD:
            return st.sampled_from(slot.words)
        case SlotKind.TEXT:
            return st.sampled_from(["人员变动", "机构改革", "按新标准执行"])


@st.composite
def written(draw: st.DrawFn) -> tuple[SentenceTemplate, Mapping[str, SlotValue]]:
    _, template = draw(st.sampled_from(EVERY))
    return template, {slot.name: draw(slot_values(slot)) for slot in template.slots.values()}


@given(written())
def test_what_a_template_writes_it_reads_back_with_the_same_slots(case: tuple[SentenceTemplate, Mapping[str, SlotValue]]) -> None:
    template, values = case
    sentence = render(template, values)
    read = match(template, sentence)
    assert read is not None, sentence
    assert len(read) == len(find_numbers(sentence)), sentence
    for name, number in read.items():
        value = values[name]
        assert number.value == (value.in_unit if isinstance(value, Amount) else value), (name, sentence)


@given(written(), st.data())
def test_optional_parts_are_left_out_when_their_slots_are_not_given(
    case: tuple[SentenceTemplate, Mapping[str, SlotValue]], data: st.DataObject
) -> None:
    template, values = case
    given_names = data.draw(st.sets(st.sampled_from(sorted(values))))
    chosen = {name: value for name, value in values.items() if name in given_names}
    try:
        sentence = render(template, chosen)
    except MissingSlotError as error:
        assert not set(error.names) & given_names
        return
    read = match(template, sentence)
    assert read is not None, sentence
    assert len(read) == len(find_numbers(sentence)), sentence


def test_a_narrative_sentence_is_written_from_two_years() -> None:
    values: dict[str, SlotValue] = {"year": 2021, "last_year": 2020, "income": wan("2430.88"), "spending": wan("2430.88")}
    last: dict[str, SlotValue] = {"last.income": wan("3051.26"), "last.spending": wan("3051.26")}
    assert write(HENAN, "收支总计及增减", {**values, **last}) == (
        "2021年收入总计2430.88万元，支出总计2430.88万元，与2020年相比，收入减少620.38万元，下降20.33%；支出减少620.38万元，下降20.33%"
    )


def test_what_stays_the_same_has_no_direction_and_is_written_as_such() -> None:
    same: dict[str, SlotValue] = {
        "income": wan("5"),
        "spending": wan("5"),
        "last.income": wan("5"),
        "last.spending": wan("5"),
        "last_year": 2020,
    }
    assert write(HENAN, "收支总计及增减", same) == "收入总计5.00万元，支出总计5.00万元，与2020年持平"


def test_growth_from_nothing_is_not_written() -> None:
    values: dict[str, SlotValue] = {"total": wan("3"), "last.total": wan("0"), "last_year": 2020}
    assert write(HENAN, "三公经费及增减", values) == "“三公”经费预算3.00万元，比2020年增加3.00万元"


def test_a_missing_slot_is_named() -> None:
    with pytest.raises(MissingSlotError, match="total"):
        write(HENAN, "政府采购预算", {})
    with pytest.raises(MissingSlotError, match="句式"):
        write(HENAN, "没有这句话", {})


def test_derived_values_do_not_replace_given_ones() -> None:
    template = next(t for t in HENAN.templates if t.id == "three_public_change")
    full = derive(template, {"total": wan("8"), "last.total": wan("10"), "growth": Decimal("99.00")})
    assert full["change"] == wan("2")
    assert full["growth"] == Decimal("99.00")
    assert full["direction"] == "减少"


def test_every_region_of_every_dialect_is_one_of_its_ledger() -> None:
    for name in names():
        dialect = load(name)
        sentences = load_sentences(dialect.folders)
        regions = [m.region for m in sentences.measures] + [c.where for c in sentences.sections]
        regions += [s.region for t in sentences.templates for s in t.slots.values() if s.region is not None]
        assert not any(Box.parse(dialect.axes, dict(region)).empty for region in regions)


def test_a_dialect_replaces_keys_by_id_and_keeps_the_rest() -> None:
    luohe = load_sentences(load("luohe-2024").folders)
    own = next(t for t in luohe.templates if t.id == "income_total")
    base = next(t for t in HENAN.templates if t.id == "income_total")
    assert own.text != base.text
    assert (own.says, own.sections) == (base.says, base.sections)
    assert {t.id for t in HENAN.templates} <= {t.id for t in luohe.templates}


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("templates:\n- {text: '预算{a}'}", "templates[0]", "缺 id"),
        ("templates:\n- {id: x}", "x.text", "缺句子"),
        ("templates:\n- {id: x, text: '预算{a'}", "x.text", "}"),
        ("templates:\n- {id: x, text: '预算[{a}'}", "x.text", "]"),
        ("templates:\n- {id: x, text: '预算{a}]'}", "x.text", "括号"),
        ("templates:\n- {id: x, text: '预算{a}和{a}'}", "x.text", "出现两次"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {b: {}}}", "x.slots.b", "没有这个空"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {a: a * 2}}", "x.slots.a", "看不懂公式"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {a: a - b}}", "x.slots.a", "不是空"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {a: {region: {colour: red}}}}", "x.slots.a.region.colour", "没有这个轴"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {a: {kind: number}}}", "x.slots.a.kind", "没有“number”"),
        ("templates:\n- {id: x, text: '预算{a}', slots: {a: {sign: b}}}", "x.slots.a.sign", "没有“b”"),
        ("templates:\n- {id: x, text: '预算{a}', sections: [nowhere]}", "x.sections", "nowhere"),
        ("templates:\n- {id: x, text: '预算{a}', slot: {}}", "x.slot", "不认识的键"),
        ("templates: {id: x}", "templates", "应为列表"),
        ("sections: [a]", "sections", "应为映射"),
        ("templates: [\n", "第2行", "YAML"),
    ],
)
def test_an_author_is_told_file_key_and_remedy(tmp_path: Path, text: str, key: str, words: str) -> None:
    (tmp_path / "sentences.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DialectError) as caught:
        load_sentences([tmp_path])
    assert caught.value.key == key
    assert words in caught.value.what
    assert caught.value.file.endswith("/sentences.yaml")
    assert caught.value.remedy


def test_a_phrase_without_region_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "measures.yaml").write_text("measures:\n- {phrases: [基本支出]}", encoding="utf-8")
    with pytest.raises(DialectError, match="region"):
        load_sentences([tmp_path])


def test_a_folder_without_sentences_has_none(tmp_path: Path) -> None:
    assert load_sentences([tmp_path]) == Sentences()


def test_headings_tell_the_section_by_their_longest_phrase() -> None:
    found = HENAN.context(None, "六、一般公共预算基本支出预算情况说明")
    assert found is not None
    assert found.kind == "basic_note"
    assert dict(found.where)["kind"] == "基本"
    assert HENAN.context(None, "其他") is None


def test_slots_are_listed_in_the_order_of_the_text() -> None:
    template = next(t for t in HENAN.templates if t.id == "procurement")
    assert tuple(gaps(template.parts)) == ("total", "goods", "works", "services")
