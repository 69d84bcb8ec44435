"""All hotline indicators over a million calls and 200,000 work orders, beside the same sums in pandas in the same run.

`python -m bench.hotline [calls] [orders]` makes the data once in a folder of the system's for temporary files; each side runs in a process
of its own that reads the CSV files anew. Seconds of the wall clock and peak megabytes are printed with their ratio.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.speed import run
from mingsuan.synth.hotline import write_hotline

CALLS, ORDERS = 1_000_000, 200_000
SECONDS, MEMORY = 2.0, 500.0
"""Limits of issue 6 for a million calls."""
OURS = """
import json, sys
from datetime import date
from pathlib import Path
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.session import Session
from mingsuan.performance.packs.measuring import measured
from mingsuan.performance.packs.pack import load as pack
from mingsuan.performance.packs.tables import load
hotline, found = pack("hotline"), {}
with Session([Source("calls", Path(sys.argv[1])), Source("orders", Path(sys.argv[2]))]) as session:
    for name in ("calls", "orders"):
        loaded = load(session, name, hotline, hotline.table(name))
        assert not loaded.findings
        for m in measured(session, loaded, tuple(m for m in hotline.measures if m.table == name), Period.of_year(2024)):
            found[m.name] = str(m.numerator)
print(json.dumps(found, ensure_ascii=False))
"""
PANDAS = """
import json, sys
import pandas as pd
calls = pd.read_csv(sys.argv[1], dtype={"通话编号": str, "话务员": str}, parse_dates=["呼入时间", "接听时间", "结束时间"])
orders = pd.read_csv(sys.argv[2], dtype=str, parse_dates=["受理时间", "办理期限", "办结时间", "反馈时间"])
assert calls["通话编号"].is_unique and orders["工单编号"].is_unique
assert not (calls["接听时间"] < calls["呼入时间"]).any() and not (orders["办结时间"] < orders["受理时间"]).any()
calls = calls[calls["呼入时间"].dt.year == 2024]
orders = orders[orders["受理时间"].dt.year == 2024]
good = ["非常满意", "满意", "基本满意"]
seconds = (calls["接听时间"] - calls["呼入时间"]).dt.total_seconds()
answered = int(calls["接听时间"].notna().sum())
found = {
    "接通率": answered, "15秒接通率": int((seconds <= 15).sum()), "平均接通时长": int(seconds.sum()), "来电量": len(calls),
    "月接话量": answered, "通话满意度": int(calls["通话满意度"].isin(good).sum()), "工单量": len(orders),
    "按时办结率": int((orders["办结时间"] <= orders["办理期限"]).sum()),
    "反馈响应率": int((orders["办结时间"].notna() & orders["反馈时间"].notna()).sum()),
    "办理满意度": int(orders["办理满意度"].isin(good).sum()),
}
print(json.dumps({name: str(value) for name, value in found.items()}, ensure_ascii=False))
"""


def _answer(code: str, paths: Sequence[str]) -> dict[str, str]:
    source = Path(__file__).resolve().parents[1] / "src"
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, env={"PYTHONPATH": str(source)}, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both sides; 1 where their sums differ."""
    given = sys.argv[1:] if arguments is None else arguments
    calls, orders = (int(given[0]), int(given[1])) if len(given) > 1 else (CALLS, ORDERS)
    with tempfile.TemporaryDirectory(prefix="mingsuan-bench-") as folder:
        print(f"正在生成{calls:,}条通话、{orders:,}张工单 ……", flush=True)
        paths = [str(path) for path in write_hotline(Path(folder), 1, calls, orders, 2024)]
        ours, theirs = run(OURS, *paths), run(PANDAS, *paths)
        same = _answer(OURS, paths) == _answer(PANDAS, paths)
    print(f"本程序  {ours.wall:.2f}秒（上限{SECONDS:g}）  {ours.peak:.0f}MB（上限{MEMORY:g}）  处理器{ours.processor:.2f}秒")
    print(f"pandas  {theirs.wall:.2f}秒  {theirs.peak:.0f}MB  处理器{theirs.processor:.2f}秒")
    faster, leaner = theirs.wall / ours.wall, theirs.peak / ours.peak
    print(f"时间之比（pandas÷本程序）{faster:.1f}  内存之比{leaner:.1f}  各项合计{'相同' if same else '不同'}")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
