"""A question of a user's own can take neither memory nor time, nor write, nor look elsewhere: it costs itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan.performance.evidence.apart import Asked, Told, ask
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.limits import Limits
from mingsuan.performance.evidence.session import Session

ROWS = "编号,数量\n1,10\n2,20\n"


def told(folder: Path, question: str, limits: Limits | None = None) -> Told:
    path = folder / "登记.csv"
    path.write_text(ROWS, encoding="utf-8")
    with Session([Source("登记", path)]) as session:
        return ask((Asked("登记", session.require("登记")),), question, "甲", limits or Limits(seconds=5))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("select sum(cast(数量 as integer)) from 登记", Decimal(30)),
        ("select date '2024-12-20' from 登记", date(2024, 12, 20)),
        ("select max(编号) || '号' from 登记", "2号"),
    ],
)
def test_one_value_and_what_was_read(tmp_path: Path, question: str, value: object) -> None:
    found = told(tmp_path, f"{question} limit 1")

    assert found.value == value
    assert found.read == ("登记",)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("select length(repeat('x', 4000000000))", "没有完成|内存|超过|没有成功"),
        ("select length(lpad('x', 4000000000, 'y'))", "没有完成|内存|超过|没有成功"),
        ("with recursive t as (select 1 as n union all select n + 1 from t) select count(*) from t", "超过|内存|没有完成"),
        ("select 'nan'::double", "不是可以使用的数"),
        ("select 1e300", "不是可以使用的数"),
        ("select null", "空值"),
        ("select * from read_csv('/etc/passwd')", "已拒绝"),
        ("select " + "(" * 3000 + "1" + ")" * 3000, "查询"),
    ],
)
def test_what_a_question_must_not_do_is_a_message(tmp_path: Path, question: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        told(tmp_path, question, Limits(seconds=1))
    assert (tmp_path / "登记.csv").read_text(encoding="utf-8") == ROWS
