"""The data package: typed, self-describing, inert, and the same when read again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure
from mingsuan.places import Place
from mingsuan.publishing.data import data_differences, inert, live, read_data, without_places, write_data
from mingsuan.synth.ledgers import random_ledger
from tests.publishing.samples import BUDGETS, HOSTILE, sample, with_names


@pytest.mark.parametrize("name", BUDGETS)
def test_a_package_reads_back_equal(name: str) -> None:
    made = sample(name)
    ledger, _ = random_ledger(load(name), 1)
    content = write_data(made, "标题", ledger=ledger)
    assert list(data_differences(made, ledger, content)) == []
    assert read_data(content).disclosure == without_places(made)


def test_sums_of_the_ledger_are_those_of_its_lines() -> None:
    ledger, _ = random_ledger(load("jiangsu-2017"), 1)
    rows = read_data(write_data(sample("jiangsu-2017"), "标题", ledger=ledger)).rows["ledger"]
    assert sum(Decimal(r["amount"]) for r in rows) == sum(line.amount for line in ledger.lines)
    year = sample("jiangsu-2017").year
    assert year is not None
    assert {int(r["year"]) for r in rows} <= {year - 1, year, year + 1, year + 2}


def test_the_descriptor_names_every_field_of_every_file() -> None:
    with zipfile.ZipFile(io.BytesIO(write_data(sample("shanghai-budget"), "标题"))) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        assert descriptor["profile"] == "fiscal-data-package"
        for resource in descriptor["resources"]:
            content = archive.read(resource["path"])
            if resource["format"] == "csv":
                heads = next(csv.reader(io.StringIO(content.decode())))
                assert [f["name"] for f in resource["schema"]["fields"]] == heads
                assert resource["bytes"] == len(content)
    types = {f["name"]: f.get("columnType") for f in descriptor["resources"][0]["schema"]["fields"]}
    assert types["function"] == "functional-classification:generic:code"
    assert types["amount"] == "value"


@pytest.mark.parametrize("name", [*HOSTILE, "'=1", "\t=1", "普通"])
def test_no_text_of_a_csv_file_begins_a_formula(name: str) -> None:
    assert not inert(name).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert live(inert(name)) == name
    made = with_names(sample("jiangsu-2017"), name)
    assert list(data_differences(made, None, write_data(made, "标题"))) == []


def test_a_changed_file_is_noticed() -> None:
    made = sample("jiangsu-2017")
    content = write_data(made, "标题")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-40] if name == "data/cells.csv" else old.read(name))
    found = [str(d) for d in data_differences(made, None, out.getvalue())]
    assert any("摘要不符" in f for f in found)
    assert any("各表单元格" in f for f in found)


def test_packages_do_not_say_where_the_publisher_keeps_files() -> None:
    made = _placed(sample("jiangsu-2017"))
    with zipfile.ZipFile(io.BytesIO(write_data(made, "标题"))) as archive:
        assert all("内部文件" not in archive.read(name).decode() for name in archive.namelist())


def _placed(disclosure: Disclosure) -> Disclosure:
    return replace(disclosure, tables=tuple(replace(t, place=Place("内部文件.xlsx")) for t in disclosure.tables))
