"""The sentences of a dialect: templates, the sections that they stand in, and the phrases that name amounts.

`sentences.yaml` and `measures.yaml` of a dialect's folder hold them; `load_sentences` reads and validates the files of a chain of dialects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.loading.written import mapping, sequence, strings
from mingsuan.dialects.sentences.parts import gaps, parse_wording
from mingsuan.dialects.sentences.wording import FORMULA, Region, SentenceTemplate, Slot, SlotKind, SlotValue
from mingsuan.dialects.sentences.writing import MissingSlotError, render
from mingsuan.kept import PACKAGE, kept
from mingsuan.values import dataclass

AXES = ("use", "kind", "fund", "origin", "function", "department", "government", "unit", "post", "project", "measure", "year")
"""Axes that a region may name."""
RISE_AND_FALL = ("增加", "减少", "增长", "下降", "上升", "降低", "压减")
"""Words of a direction where a template names none."""


@dataclass(frozen=True, slots=True)
class SectionContext:
    """What holds in a kind of section.

    Attributes:
        kind: its name.
        titles: phrases that its heading contains, where the reader does not know the kind.
        where: region that its amounts lie in.
        stated: False for parts that state nothing of their own (contents, glossary, tables).
        within: the kind of which this is the narrower case that its titles name.
    """

    kind: str
    titles: tuple[str, ...]
    where: Region = ()
    stated: bool = True
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A phrase before an amount and the region it means.

    Attributes:
        phrases: wordings.
        region: added to the section's region; it replaces axes that both name.
        within: the phrase must stand in brackets behind this one.
        flags: `whole` measures take nothing from the section.
        either: the regions of which the phrase means one, where documents do not agree which; it has no region then.
    """

    phrases: tuple[str, ...]
    region: Region
    within: str | None = None
    flags: tuple[str, ...] = ()
    either: tuple[Region, ...] = ()


@dataclass(frozen=True)
class Sentences:
    """All sentences of a dialect."""

    templates: tuple[SentenceTemplate, ...] = ()
    sections: tuple[SectionContext, ...] = ()
    measures: tuple[Measure, ...] = ()

    @cached_property
    def by_phrase(self) -> Mapping[str, tuple[Measure, ...]]:
        """The measures by phrase."""
        found: dict[str, tuple[Measure, ...]] = {}
        for measure in self.measures:
            for phrase in measure.phrases:
                found[phrase] = (*found.get(phrase, ()), measure)
        return found

    def context(self, kind: str | None, title: str) -> SectionContext | None:
        """What holds in a section, by its kind (or the case of that which its heading names), else by the heading's longest phrase."""
        bare = re.sub(r"[\s“”\"‘’（）()*#]", "", title)
        of_kind = next((c for c in self.sections if kind is not None and c.kind == kind), None)
        if of_kind is not None:
            return next((c for c in self.sections if c.within == kind and any(t in bare for t in c.titles)), of_kind)
        fits = [(len(t), -n, c) for n, c in enumerate(self.sections) for t in c.titles if t in bare]
        return max(fits, key=lambda f: f[:2])[2] if fits else None

    def knows(self, kind: str) -> bool:
        """Whether a kind of section is described."""
        return any(c.kind == kind for c in self.sections)

    def of(self, says: str) -> tuple[SentenceTemplate, ...]:
        """The templates that say one thing, in the order of preference."""
        return tuple(t for t in self.templates if t.says == says)


def write(sentences: Sentences, says: str, values: Mapping[str, SlotValue]) -> str:
    """Write with the first template of `says` that all needed values are there for.

    So a sentence about no change (持平) is the second choice of one about a change: nothing that stays the same has a
    direction.

    Raises:
        MissingSlotError: no template can be filled.
    """
    missing: MissingSlotError | None = None
    for template in sentences.of(says):
        try:
            return render(template, values)
        except MissingSlotError as error:
            missing = missing or error
    raise missing or MissingSlotError(says, ["句式"])


def load_sentences(folders: Sequence[Path]) -> Sentences:
    """Read `sentences.yaml` and `measures.yaml` of some folders, the most general dialect first.

    A later file replaces keys of templates with the same id, of sections of the same kind, and phrases. Either file may
    be missing.

    Raises:
        DialectError: the data is wrong.
    """
    return _load(tuple(folders))


@lru_cache(maxsize=32)
def _load(folders: tuple[Path, ...]) -> Sentences:
    if all(PACKAGE in folder.parents for folder in folders):
        return kept(f"sentences-{'-'.join(folder.name for folder in folders)}", lambda: _read_sentences(folders))
    return _read_sentences(folders)


def _read_sentences(folders: Sequence[Path]) -> Sentences:
    templates: dict[str, dict[str, Any]] = {}
    sources: dict[str, str] = {}
    sections: dict[str, SectionContext] = {}
    measures: list[Measure] = []
    for folder in folders:
        file, data = _read(folder / "sentences.yaml", {"sections", "templates"})
        for kind, entry in mapping(file, "sections", data.get("sections")).items():
            sections[kind] = _context(file, kind, entry, sections.get(kind))
        for number, entry in enumerate(sequence(file, "templates", data.get("templates"))):
            key = f"templates[{number}]"
            changes = mapping(file, key, entry)
            name = str(changes.get("id", ""))
            if not name:
                raise DialectError(file, key, "缺 id", "给这句话起一个固定的名字")
            templates[name] = {**templates.get(name, {}), **changes}
            sources[name] = file
        file, data = _read(folder / "measures.yaml", {"measures"})
        measures += [_measure(file, f"measures[{n}]", entry) for n, entry in enumerate(sequence(file, "measures", data.get("measures")))]
    kinds = frozenset(sections)
    read = tuple(_template(sources[name], name, entry, kinds) for name, entry in templates.items())
    return Sentences(read, tuple(sections.values()), tuple(reversed(measures)))


def _read(path: Path, keys: set[str]) -> tuple[str, dict[str, Any]]:
    file = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return file, {}
    import yaml

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DialectError(file, f"第{mark.line + 1}行" if mark else "文件", "不是合格的 YAML", "检查缩进、冒号和引号") from error
    found = mapping(file, "文件", data)
    _known(file, "文件", found, keys)
    return file, found


def _known(file: str, key: str, entry: Mapping[str, Any], allowed: set[str]) -> None:
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise DialectError(file, f"{key}.{unknown[0]}", "不认识的键", f"可用的键：{'、'.join(sorted(allowed))}")


def _region(file: str, key: str, value: object) -> Region:
    found = mapping(file, key, value)
    unknown = sorted(set(found) - set(AXES))
    if unknown:
        raise DialectError(file, f"{key}.{unknown[0]}", "没有这个轴", f"可用的轴：{'、'.join(AXES)}")
    return tuple(sorted((axis, str(node)) for axis, node in found.items()))


def _context(file: str, kind: str, value: object, base: SectionContext | None) -> SectionContext:
    key = f"sections.{kind}"
    entry = mapping(file, key, value)
    _known(file, key, entry, {"titles", "where", "stated", "within"})
    before = base or SectionContext(kind, ())
    return SectionContext(
        kind,
        (*strings(file, f"{key}.titles", entry.get("titles")), *before.titles),
        _region(file, f"{key}.where", entry["where"]) if "where" in entry else before.where,
        bool(entry.get("stated", before.stated)),
        str(entry["within"]) if "within" in entry else before.within,
    )


def _measure(file: str, key: str, value: object) -> Measure:
    entry = mapping(file, key, value)
    _known(file, key, entry, {"phrases", "region", "either", "within", "flags"})
    phrases = strings(file, f"{key}.phrases", entry.get("phrases"))
    if not phrases or ("region" in entry) == ("either" in entry):
        raise DialectError(file, key, "缺 phrases，或 region、either 不是恰有一个", "写明说法和它所指的区域（全部账目写 {}）")
    within = entry.get("within")
    return Measure(
        phrases,
        _region(file, f"{key}.region", entry.get("region", {})),
        None if within is None else str(within),
        strings(file, f"{key}.flags", entry.get("flags")),
        tuple(_region(file, f"{key}.either[{n}]", one) for n, one in enumerate(sequence(file, f"{key}.either", entry.get("either")))),
    )


def _template(file: str, name: str, entry: Mapping[str, Any], kinds: frozenset[str]) -> SentenceTemplate:
    _known(file, name, entry, {"id", "says", "sections", "text", "slots"})
    if not isinstance(entry.get("text"), str):
        raise DialectError(file, f"{name}.text", "缺句子", "写出句子，空处写成 {名字}")
    sections = strings(file, f"{name}.sections", entry.get("sections"))
    stray = sorted(set(sections) - kinds)
    if stray:
        raise DialectError(file, f"{name}.sections", f"没有“{stray[0]}”这种章节", "先在 sections 里写明它，或改名")
    try:
        parts = parse_wording(entry["text"])
    except ValueError as error:
        raise DialectError(file, f"{name}.text", str(error), "检查 {}、[]、() 是否成对") from error
    found = tuple(gaps(parts))
    specs = mapping(file, f"{name}.slots", entry.get("slots"))
    stray = sorted(set(specs) - set(found))
    if stray:
        raise DialectError(file, f"{name}.slots.{stray[0]}", "句子里没有这个空", f"句子里的空：{'、'.join(found)}")
    if len(set(found)) != len(found):
        twice = next(g for g in found if found.count(g) > 1)
        raise DialectError(file, f"{name}.text", f"“{twice}”出现两次", "给第二处另起名字")
    slots = {gap: _slot(file, f"{name}.slots.{gap}", gap, specs.get(gap)) for gap in found}
    _check_formulas(file, name, slots)
    return SentenceTemplate(name, str(entry.get("says", name)), sections, entry["text"], slots)


def _check_formulas(file: str, name: str, slots: Mapping[str, Slot]) -> None:
    for slot in slots.values():
        match = FORMULA.match(slot.formula) if slot.formula is not None else None
        if slot.formula is not None and match is None:
            raise DialectError(file, f"{name}.slots.{slot.name}", f"看不懂公式“{slot.formula}”", "写成 a - last.a、a / b 这样的两项式")
        for operand in (match["left"], match["right"]) if match else ():
            if operand.removeprefix("last.") not in slots:
                raise DialectError(file, f"{name}.slots.{slot.name}", f"公式里的“{operand}”不是空", f"可用的空：{'、'.join(slots)}")
        if slot.sign is not None and slot.sign not in slots:
            raise DialectError(file, f"{name}.slots.{slot.name}.sign", f"没有“{slot.sign}”这个空", f"可用的空：{'、'.join(slots)}")


def _slot(file: str, key: str, name: str, value: object) -> Slot:
    if isinstance(value, str):
        return Slot(name, SlotKind.PERCENT if "/" in value else SlotKind.MONEY, formula=value)
    entry = mapping(file, key, value)
    _known(file, key, entry, {"kind", "measure", "region", "formula", "unit", "words", "sign", "decimals"})
    formula = entry.get("formula")
    words = strings(file, f"{key}.words", entry.get("words"))
    return Slot(
        name,
        _slot_kind(file, key, name, entry, words),
        str(entry.get("measure", "")),
        _region(file, f"{key}.region", entry["region"]) if "region" in entry else None,
        None if formula is None else str(formula),
        str(entry.get("unit", "")),
        words or RISE_AND_FALL,
        None if entry.get("sign") is None else str(entry["sign"]),
        int(entry.get("decimals", 2)),
    )


def _slot_kind(file: str, key: str, name: str, entry: Mapping[str, Any], words: Sequence[str]) -> SlotKind:
    if "kind" in entry:
        try:
            return SlotKind(str(entry["kind"]))
        except ValueError as error:
            raise DialectError(file, f"{key}.kind", f"没有“{entry['kind']}”这种空", f"可用的有：{'、'.join(SlotKind)}") from error
    if words or "sign" in entry:
        return SlotKind.WORD
    if "unit" in entry:
        return SlotKind.COUNT
    if "formula" in entry:
        return SlotKind.PERCENT if "/" in str(entry["formula"]) else SlotKind.MONEY
    if name == "year" or name.endswith("_year"):
        return SlotKind.YEAR
    return SlotKind.MONEY if "region" in entry or "measure" in entry else SlotKind.TEXT
