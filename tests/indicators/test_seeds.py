"""Every indicator of the five seeds against a list labelled by hand: fields, judgement, and the text printed from the fields."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench.shared import SHARED, seed_path
from mingsuan.indicators.export import targets_of
from mingsuan.indicators.listing import indicators
from mingsuan.reading.read import read

LABELS = Path(__file__).with_name("labels")
SEEDS = ("000", "001", "002", "003", "004")


def labelled(seed: str) -> list[dict[str, str]]:
    with (LABELS / f"{seed}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds stand in ../shared, which is not here")
@pytest.mark.parametrize("seed", SEEDS)
def test_fields_of_every_indicator(seed: str) -> None:
    disclosure = read(seed_path(seed))
    found = targets_of(disclosure)["indicators"]
    assert isinstance(found, list)

    printed = []
    for one in found:
        assert isinstance(one, dict)
        assert isinstance(one["path"], list)
        value = one["value"]
        shown = "~".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        row = (one["project"], "/".join(map(str, one["path"])), one["name"], one["text"], one["direction"], shown, one["unit"])
        printed.append((*map(str, row), "yes" if one["judgeable"] else "no"))

    assert printed == [tuple(row.values()) for row in labelled(seed)]
    assert all(bool(one["reason"]) is not one["judgeable"] for one in found if isinstance(one, dict))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_text_is_printed_from_the_fields(seed: str) -> None:
    from mingsuan.indicators.targets import parse_target

    for row in labelled(seed):
        assert parse_target(row["text"]).render() == row["text"]


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds stand in ../shared, which is not here")
def test_every_indicator_knows_its_place() -> None:
    disclosure = read(next((SHARED / "seeds").glob("003_*")))

    assert all(i.place.line for i in indicators(disclosure))
