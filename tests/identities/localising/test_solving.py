"""Several slips in the same sums are found together, with all equally good repairs, the same every time, within bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Derivation, localise
from mingsuan.identities.localising import neighbourhood, solving
from mingsuan.identities.localising.joint import Joint
from tests.identities.localising.meeting import around, spending
from tests.identities.pocket import derived, name, printed


def told(derivation: Derivation) -> set[tuple[str, str]]:
    """(cell, what it should be) of the causes of one repair."""
    causes = localise(derivation)
    assert all(len(c.candidates) == 1 for c in causes)
    return {(name(derivation, n), "" if a is None else a.text()) for c in causes for n, a in c.candidates[0].edits}


def test_two_slips_in_one_column_are_each_named(city: Dialect) -> None:
    found = spending(city, b2050101="500.30", b2080505="151.10")
    assert told(found) == {("支出表2.基本", "500.20"), ("支出表3.基本", "115.10")}


def test_five_slips_in_one_table_are_each_named(city: Dialect) -> None:
    found = spending(city, b2050101="500.30", b2080505="151.10", p2210201="-30.02", t2130104="2.27", p0="3351.10")
    assert told(found) == {
        ("支出表2.基本", "500.20"),
        ("支出表3.基本", "115.10"),
        ("支出表4.项目", "30.02"),
        ("支出表5.合计", "26.27"),
        ("支出表1.项目", "335.11"),
    }


def test_what_two_slips_violate_together_is_told_once_and_named_with_both(city: Dialect) -> None:
    found = spending(city, b2050101="500.30", b2080505="151.10")
    causes = localise(found)
    assert sum(len(c.violations) for c in causes) == len(found.violations())
    column = next(v for v in found.violations() if len(v.identity.members) == 5)
    assert all(any(v.identity == column.identity for v in c.chain) for c in causes)


def test_the_solver_alone_finds_the_same_slips(city: Dialect) -> None:
    found = spending(city, b2050101="500.30", b2080505="151.10", p2210201="-30.02")
    proposer, failing = around(found)
    causes = Joint(proposer).at_once(failing).found
    assert {(name(found, n), v.units) for c in causes for (p,) in c.alternatives for n, v in p.edits} == {
        ("支出表2.基本", 100040),
        ("支出表3.基本", 23020),
        ("支出表4.项目", 6004),
    }


def test_repairs_that_are_equally_good_are_all_kept(city: Dialect) -> None:
    """In one sum any of three numbers may be one digit off."""
    found = derived(city, printed(city, "spending", "键|编码|合计|基本|项目\n|合计|9.00|5.00|3.00"))
    proposer, failing = around(found)
    (cause,) = Joint(proposer).at_once(failing).found
    assert {name(found, n) for (p,) in cause.alternatives for n, _ in p.edits} == {"支出表1.合计", "支出表1.基本", "支出表1.项目"}


def test_an_amount_in_the_wrong_column_is_one_slip_beside_another(city: Dialect) -> None:
    """700.25 belongs under 基本; 212.20 of the class below was printed 221.20."""
    text = """
    键       | 编码    | 合计   | 基本   | 项目
             | 合计    | 942.45 | 730.25 | 212.20
    f2050101 | 2050101 | 700.25 |        | 700.25
    f2080505 | 2080505 | 212.20 |        | 221.20
    f2210201 | 2210201 | 30.00  | 30.00  |
    """
    found = derived(city, printed(city, "spending", text))
    proposer, failing = around(found)
    causes = Joint(proposer).at_once(failing).found
    edits = {(name(found, n), v.units) for c in causes for (p,) in c.alternatives for n, v in p.edits}
    assert edits == {("支出表2.项目", None), ("支出表2.基本", 140050), ("支出表3.项目", 42440)}


@pytest.mark.parametrize("limit", ["ACTIVE_AT_MOST", "EFFORT", "EQUATIONS_AT_MOST"])
def test_what_is_beyond_a_bound_is_said_and_not_guessed(city: Dialect, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    module = neighbourhood if limit == "ACTIVE_AT_MOST" else solving
    monkeypatch.setattr(module, limit, 0)
    proposer, failing = around(spending(city, b2050101="500.30", b2080505="151.10"))
    searched = Joint(proposer, effort=0.0 if limit == "EFFORT" else 1.0).at_once(failing)
    assert searched.beyond
    assert not searched.found


def test_the_same_document_is_explained_the_same_every_time(city: Dialect) -> None:
    changes = {"b2050101": "500.30", "b2080505": "151.10", "t0": "1300.01"}
    assert localise(spending(city, **changes)) == localise(spending(city, **changes))


@pytest.mark.parametrize(("changes", "loads"), [("b2050101='500.30'", False), ("", True)])
def test_the_solver_is_loaded_only_where_slips_meet_and_never_brings_pandas(changes: str, loads: bool) -> None:
    body = f"localise(spending(city, {changes}))" if changes else "p, f = around(spending(city, b2050101='500.30')); Joint(p).at_once(f)"
    program = (
        "import sys, tempfile, pathlib\n"
        "from mingsuan.identities import localise\n"
        "from mingsuan.identities.localising.joint import Joint\n"
        "from tests.identities.localising.meeting import around, spending\n"
        "from tests.identities.pocket import pocket\n"
        "city = pocket(pathlib.Path(tempfile.mkdtemp()))\n"
        f"{body}\n"
        "print(any(m.startswith('ortools') for m in sys.modules), 'pandas' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert done.stdout.split() == [str(loads), "False"]
