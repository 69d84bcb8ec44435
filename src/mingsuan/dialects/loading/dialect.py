"""A dialect read from the folders of YAML that make it, and validated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mingsuan.dialects.dialect import MEASURES, NEEDED, Convention, Dialect, TableDuty
from mingsuan.dialects.errors import DialectError, NoSuchDialect
from mingsuan.dialects.forms import OUTLINE, Form
from mingsuan.dialects.loading.form import read_form
from mingsuan.dialects.loading.written import mapping, sequence, strings
from mingsuan.ledger import ROOT, Axes, Box, NamedTree, PrefixTree, Tree, UnknownNode
from mingsuan.ledger.trees import SPENDING_AXES
from mingsuan.model import Stage
from mingsuan.values import dataclass

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc] # whichever of the two loaders PyYAML was built with
    """A safe loader to which a key that stands twice in one mapping is a mistake, not the last word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Read a mapping of distinct keys."""
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(found) != len(node.value):
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(problem=f"“{key.value}”写了两次", problem_mark=key.start_mark)
                seen.add(key.value)
        return found


_WORDS = {
    "name",
    "title",
    "extends",
    "since",
    "until",
    "regions",
    "stage",
    "axes",
    "aliases",
    "absent",
    "tables",
    "sections",
    "conventions",
    "spending",
    "common",
    "general",
}

_OPEN_AXES: dict[str, Tree] = {
    "year": PrefixTree("year"),
    "function": PrefixTree("function", (3, 5)),
    "department": PrefixTree("department", (3,)),
    "government": PrefixTree("government", (3,)),
    "unit": PrefixTree("unit", (3, 6, 9)),
    "project": PrefixTree("project"),
    OUTLINE: PrefixTree(OUTLINE, (3, 6, 9, 12)),
}


def names(root: Path) -> tuple[str, ...]:
    """The names of all dialects in a folder, without those that only hold what others have in common."""
    return tuple(sorted(p.parent.name for p in root.glob("*/dialect.yaml") if not _yaml_mapping(p).get("common")))


def read_dialect(name: str, root: Path) -> Dialect:
    """Read and validate a dialect.

    Raises:
        DialectError: the data is wrong.
    """
    chain = _chain(name, root)
    specs = [_yaml_mapping(folder / "dialect.yaml") for folder in chain]
    merged: dict[str, object] = {}
    axes_spec: dict[str, object] = {}
    aliases_spec: dict[str, dict[str, object]] = {}
    for spec, folder in zip(specs, chain, strict=True):
        file = f"{folder.name}/dialect.yaml"
        _only(file, "", spec, _WORDS)
        if spec.get("name", folder.name) != folder.name:
            raise DialectError(file, "name", f"“{spec['name']}”与文件夹名不同", f"写作 name: {folder.name}")
        axes_spec |= mapping(file, "axes", spec.get("axes"))
        for axis, found in mapping(file, "aliases", spec.get("aliases")).items():
            aliases_spec.setdefault(axis, {}).update(mapping(file, f"aliases.{axis}", found))
        merged |= spec
    file = f"{chain[-1].name}/dialect.yaml"
    axes = _axes(file, axes_spec, aliases_spec, strings(file, "spending", merged.get("spending")) or SPENDING_AXES)
    forms = tuple(_forms(chain, axes))
    stage = str(merged.get("stage", Stage.BUDGET.value))
    if stage not in set(Stage):
        raise DialectError(file, "stage", f"不认识“{stage}”", f"可用的有：{'、'.join(Stage)}")
    if stage in MEASURES and not _has(axes["measure"], MEASURES[stage]):
        raise DialectError(file, "axes.measure", f"没有“{MEASURES[stage]}”", f"{stage} 的版式在 measure 中写上它")
    kinds = [f.kind for f in forms]
    return Dialect(
        name=name,
        title=str(merged.get("title", name)),
        axes=axes,
        forms=forms,
        since=_year(file, "since", specs[-1].get("since")),
        until=_year(file, "until", specs[-1].get("until")),
        regions=strings(file, "regions", merged.get("regions")),
        stage=stage,
        absent=tuple(_box(file, f"absent[{n}]", axes, b) for n, b in enumerate(sequence(file, "absent", merged.get("absent")))),
        tables=tuple(_duty(file, n, t, kinds) for n, t in enumerate(sequence(file, "tables", merged.get("tables")))),
        sections=strings(file, "sections", merged.get("sections")),
        conventions=tuple(_convention(file, n, axes, c) for n, c in enumerate(sequence(file, "conventions", merged.get("conventions")))),
        folders=tuple(chain),
        general=bool(specs[-1].get("general")),
    )


def _chain(name: str, root: Path, below: tuple[Path, ...] = ()) -> list[Path]:
    """The folders that a dialect is made of, each once: what it extends in the order in which it names them, then its own."""
    folder = root / name
    if not (folder / "dialect.yaml").is_file():
        if not below:
            raise NoSuchDialect(name, names(root))
        raise DialectError(f"{name}/dialect.yaml", "extends", "没有这个版式", f"可用的有：{'、'.join(names(root))}")
    if folder in below:
        raise DialectError(f"{name}/dialect.yaml", "extends", "版式互相继承成环", "去掉其中一个 extends")
    chain: list[Path] = []
    for base in _bases(folder):
        chain.extend(f for f in _chain(base, root, (*below, folder)) if f not in chain)
    return [*chain, folder]


def _bases(folder: Path) -> tuple[str, ...]:
    """The names of the dialects that a dialect extends."""
    extends = _yaml_mapping(folder / "dialect.yaml").get("extends")
    return (extends,) if isinstance(extends, str) else strings(f"{folder.name}/dialect.yaml", "extends", extends)


@lru_cache(maxsize=256)
def _yaml(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise DialectError(_shown(path), "文件", "不是 UTF-8 编码", "另存为 UTF-8") from error
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f"第{where.line + 1}行" if where else "文件"
        problem = getattr(error, "problem", None) or "无法解析"
        raise DialectError(_shown(path), line, f"不是合格的 YAML（{problem}）", "检查缩进、冒号和引号") from error


def _shown(path: Path) -> str:
    """The file as an author knows it: from the dialect's folder on."""
    folder = path.parent.parent if path.parent.name in ("forms", "rows") else path.parent
    return str(path.relative_to(folder.parent))


def _yaml_mapping(path: Path) -> dict[str, object]:
    return mapping(_shown(path), "文件", _yaml(path))


def _only(file: str, key: str, spec: Mapping[str, object], words: Collection[str]) -> None:
    """Refuse keys that nothing reads: most are misspelt."""
    unknown = set(spec) - set(words)
    if unknown:
        where = f"{key}.{min(unknown)}" if key else min(unknown)
        raise DialectError(file, where, f"不认识的键“{min(unknown)}”", f"可用的键：{'、'.join(sorted(words))}")


def _year(file: str, key: str, value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise DialectError(file, key, f"应为年度，实为“{value}”", "例如 2024，不加引号")


_SHARED_AXES: dict[str, Axes] = {}
_SHARED_FORMS: dict[tuple[object, ...], tuple[Form, object]] = {}


def _axes(file: str, spec: Mapping[str, object], aliases: Mapping[str, Mapping[str, object]], spending: tuple[str, ...]) -> Axes:
    """The trees of a dialect; dialects that state the same trees share them, and with them the forms they inherit."""
    key = repr((sorted(spec.items()), sorted(aliases.items()), spending))
    if key not in _SHARED_AXES:
        _SHARED_AXES[key] = _read_axes(file, spec, aliases, spending)
    return _SHARED_AXES[key]


def _read_axes(file: str, spec: Mapping[str, object], aliases: Mapping[str, Mapping[str, object]], spending: tuple[str, ...]) -> Axes:
    trees = dict(_OPEN_AXES)
    for axis, nodes in spec.items():
        parents: dict[str, str] = {}
        _descend(file, f"axes.{axis}", nodes, ROOT, parents)
        others = {a: str(n) for a, n in aliases.get(axis, {}).items()}
        lost = sorted({n for n in others.values() if n not in parents})
        if lost:
            raise DialectError(file, f"aliases.{axis}", f"别名所指的“{'、'.join(lost)}”不在这棵树里", f"可用的有：{'、'.join(parents)}")
        trees[axis] = NamedTree(axis, parents, others)
    unknown = sorted(set(aliases) - set(spec))
    if unknown:
        raise DialectError(file, f"aliases.{unknown[0]}", "没有这条轴", f"可用的轴：{'、'.join(spec)}")
    for axis, node in NEEDED.items():
        if axis not in trees or not _has(trees[axis], node):
            raise DialectError(file, f"axes.{axis}", f"没有“{node}”", f"在 axes 中写 {axis}: {{{node}: }}，或继承已有的版式")
    stray = sorted(set(spending) - set(trees))
    if stray:
        raise DialectError(file, "spending", f"没有“{stray[0]}”这条轴", f"可用的轴：{'、'.join(trees)}")
    return Axes(trees, spending)


def _has(tree: Tree, node: str) -> bool:
    return isinstance(tree, NamedTree) and node in tree.parents


def _descend(file: str, key: str, nodes: object, parent: str, parents: dict[str, str]) -> None:
    for name, below in mapping(file, key, nodes).items():
        if name in parents:
            raise DialectError(file, f"{key}.{name}", "同一棵树里重名", "换一个名称")
        parents[name] = parent
        _descend(file, f"{key}.{name}", below, name, parents)


def _box(file: str, key: str, axes: Axes, value: object) -> Box:
    spec = mapping(file, key, value)
    blank = next((a for a, t in spec.items() if not isinstance(t, str | int) or isinstance(t, bool)), None)
    if blank is not None:
        raise DialectError(file, f"{key}.{blank}", "没有写名称或编码", "例如 fund: 一般公共预算、department: 301 + 303")
    try:
        return Box.parse(axes, {a: str(t) for a, t in spec.items()})
    except UnknownNode as error:
        raise DialectError(file, key, str(error), "改用已有的名称") from error


def _duty(file: str, number: int, value: object, kinds: Collection[str]) -> TableDuty:
    key = f"tables[{number}]"
    spec = {"kind": value} if isinstance(value, str) else mapping(file, key, value)
    _only(file, key, spec, ("kind", "since", "until", "required"))
    kind = spec.get("kind")
    if kind not in kinds:
        raise DialectError(file, f"{key}.kind", f"没有“{kind}”这张表样", f"可用的有：{'、'.join(kinds)}")
    since, until = (_year(file, f"{key}.{word}", spec.get(word)) for word in ("since", "until"))
    return TableDuty(str(kind), since, until, bool(spec.get("required", True)))


def _convention(file: str, number: int, axes: Axes, value: object) -> Convention:
    spec = mapping(file, f"conventions[{number}]", value)
    _only(file, f"conventions[{number}]", spec, ("id", "text", "left", "right", "basis", "since", "until", "part"))
    missing = {"id", "text", "left", "right", "basis"} - set(spec)
    if missing:
        raise DialectError(file, f"conventions[{number}]", f"缺 {'、'.join(sorted(missing))}", "惯例要写明依据，否则不收")
    right = spec["right"] if isinstance(spec["right"], list) else [spec["right"]]
    key = f"conventions[{number}]"
    return Convention(
        str(spec["id"]),
        str(spec["text"]),
        _box(file, f"{key}.left", axes, spec["left"]).completed(axes.spending),
        tuple(_box(file, f"{key}.right", axes, r).completed(axes.spending) for r in right),
        str(spec["basis"]),
        _year(file, f"{key}.since", spec.get("since")),
        _year(file, f"{key}.until", spec.get("until")),
        bool(spec.get("part")),
    )


@dataclass(frozen=True)
class _FormFile:
    """The YAML of one form and where it stands in the chain of dialects."""

    file: str
    kind: str
    spec: Mapping[str, object]
    base: str | None


def _forms(chain: Sequence[Path], axes: Axes) -> Iterator[Form]:
    """The forms of a dialect: those of its own folder replace those that it inherits, kind by kind.

    A form that `extends` its own kind takes what the dialect above has of it; one that extends another kind takes the
    final form of that kind, so that a dialect restates only what it changes.
    """
    includes: dict[str, Sequence[object]] = {}
    found: dict[str, list[_FormFile]] = {}
    for folder in chain:
        for path in sorted((folder / "rows").glob("*.yaml")):
            includes[path.stem] = sequence(f"{folder.name}/rows/{path.name}", "文件", _yaml(path))
        for path in sorted((folder / "forms").glob("*.yaml")):
            file = f"{folder.name}/forms/{path.name}"
            spec = mapping(file, "文件", _yaml(path))
            base = spec.pop("extends", None)
            kind = str(spec.setdefault("kind", path.stem))
            found.setdefault(kind, []).append(_FormFile(file, kind, spec, None if base is None else str(base)))

    def resolved(kind: str, depth: int, seen: tuple[str, ...]) -> dict[str, object]:
        here = found[kind][depth]
        if here.base is None:
            return dict(here.spec)
        own = here.base == kind
        missing = depth == 0 if own else here.base in seen or here.base not in found
        if missing:
            raise DialectError(here.file, "extends", f"没有可继承的“{here.base}”，或互相继承成环", f"可用的有：{'、'.join(found)}")
        below = resolved(kind, depth - 1, seen) if own else resolved(here.base, len(found[here.base]) - 1, (*seen, kind))
        return {**below, **here.spec}

    for kind, files in found.items():
        spec = resolved(kind, len(files) - 1, (kind,))
        # Values come from files that are read once and are kept with the form, so their identities tell whether anything differs.
        own = ((k, v if isinstance(v, str) else id(v)) for k, v in spec.items())
        key = (id(axes), files[-1].file, *own, *((k, id(v)) for k, v in includes.items()))
        if key not in _SHARED_FORMS:
            _SHARED_FORMS[key] = (read_form(spec, files[-1].file, axes, includes), (spec, dict(includes)))
        yield _SHARED_FORMS[key][0]
