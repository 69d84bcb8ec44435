"""A compiled budget as JSON: the disclosure as `read` writes it, and beside it the ledger with where each line comes from.

Whoever reads disclosures (`check`, `publish`) reads it too and passes over the key `compiled`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mingsuan.compiling.lines import Origin
from mingsuan.dialects.dialect import load
from mingsuan.ledger import AXES, Ledger, Line
from mingsuan.model import Disclosure
from mingsuan.model.json import disclosure_from_json, disclosure_to_json
from mingsuan.places import Place
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.compiling.compile import Compiled

Json = dict[str, Any]


class NoLedgerError(ValueError):
    """A disclosure holds no ledger: it was read, not compiled."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("这份数据里没有明细账，不能追溯。请用 mingsuan compile 从输入簿编制。")


@dataclass(frozen=True)
class Bundle:
    """What a compiled JSON holds.

    Attributes:
        names: what readers of the tables know projects by, by code (`Roster.known_as`).
        errors: what was fatal in the workbook that it was compiled from, one line each; then it is a draft.
    """

    disclosure: Disclosure
    ledger: Ledger
    provenance: tuple[Origin, ...]
    names: Mapping[str, str]
    errors: tuple[str, ...] = ()


def bundle_of(compiled: Compiled) -> Bundle:
    """The same of a budget that was just compiled."""
    return Bundle(compiled.disclosure, compiled.ledger, compiled.provenance, compiled.roster.known_as(compiled.ledger), compiled.errors)


def bundle_to_json(compiled: Compiled) -> Json:
    """A compiled budget as `mingsuan compile` writes it; lines are rows of `axes` and the amount in 元."""
    return {
        **disclosure_to_json(compiled.disclosure),
        "compiled": {
            "rounding": compiled.rounding,
            "axes": list(AXES),
            "lines": [[*(getattr(line, axis) for axis in AXES), f"{line.amount:f}"] for line in compiled.ledger.lines],
            "origins": [_origin(o) for o in compiled.provenance],
            "names": dict(compiled.roster.known_as(compiled.ledger)),
            **({"errors": list(compiled.errors)} if compiled.failed else {}),
        },
    }


def bundle_from_json(data: Mapping[str, Any]) -> Bundle:
    """What `bundle_to_json` wrote.

    Raises:
        NoLedgerError: it is a disclosure without a ledger.
        KeyError, ValueError: it is no disclosure.
    """
    held = data.get("compiled")
    if not isinstance(held, Mapping) or not data.get("dialect"):
        raise NoLedgerError
    axes = held["axes"]
    lines = tuple(Line(Decimal(row[-1]), **dict(zip(axes, row[:-1], strict=True))) for row in held["lines"])
    return Bundle(
        disclosure_from_json(data),
        Ledger(load(str(data["dialect"])).axes, lines),
        tuple(_read_origin(o) for o in held["origins"]),
        held["names"],
        tuple(map(str, held.get("errors", ()))),
    )


def _origin(origin: Origin) -> Json:
    place = {"file": origin.at.file, "sheet": origin.at.sheet, "cell": origin.at.cell, "line": origin.at.line}
    words = {"what": origin.what, "label": origin.label, "formula": origin.formula}
    return {**words, **({"inferred": True} if origin.inferred else {}), "at": {k: v for k, v in place.items() if v}}


def _read_origin(data: Mapping[str, Any]) -> Origin:
    return Origin(Place(**data["at"]), data["what"], data["label"], data["formula"], bool(data.get("inferred")))
