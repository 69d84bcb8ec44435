"""A made-up hotline: calls and work orders of a year, realistic in its rhythms, the same for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

GROUPS = ("一班", "二班", "三班", "四班")
DISTRICTS = ("中原区", "二七区", "管城区", "金水区", "上街区", "惠济区", "新郑市", "登封市", "新密市", "荥阳市", "巩义市", "中牟县")
HANDLERS = ("城管局", "住建局", "人社局", "交通局", "公安局", "教育局", "生态环境局", "市场监管局", "民政局", "卫健委")
CATEGORIES = ("咨询", "求助", "投诉", "建议", "举报")
_RATINGS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "")
_OF_CALLS = (30, 45, 8, 2, 1, 14)
_OF_ORDERS = (25, 40, 10, 5, 2, 18)
_HOURS = (1, 1, 1, 1, 1, 1, 2, 5, 12, 15, 14, 11, 8, 10, 13, 13, 12, 9, 7, 6, 5, 4, 3, 2)
"""How calls spread over the hours of a day."""
_WEEKDAYS = (11, 10, 10, 10, 10, 7, 6)
_CALLS = ("通话编号", "呼入时间", "接听时间", "结束时间", "话务员", "班组", "区县", "通话满意度")
_ORDERS = ("工单编号", "通话编号", "受理时间", "办理期限", "办结时间", "反馈时间", "承办区县", "承办单位", "诉求类别", "办理满意度")


def write_hotline(folder: Path, seed: int, calls: int, orders: int, year: int) -> tuple[Path, Path]:
    """Write `通话记录.csv` and `工单.csv` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "通话记录.csv", folder / "工单.csv"
    rng = Random(f"hotline:{seed}")
    times = _moments(rng, calls, year)
    _write(paths[0], _CALLS, _calls(rng, times))
    _write(paths[1], _ORDERS, _orders(rng, times, orders))
    return paths


def _write(path: Path, heading: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def _moments(rng: Random, number: int, year: int) -> list[datetime]:
    """Moments of a year in order, more of them on working days and in office hours."""
    first = datetime(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((datetime(year + 1, 1, 1) - first).days)]
    chosen = rng.choices(days, [_WEEKDAYS[day.weekday()] for day in days], k=number)
    hours = rng.choices(range(24), _HOURS, k=number)
    return sorted(day + timedelta(hours=hour, seconds=rng.randrange(3600)) for day, hour in zip(chosen, hours, strict=True))


def _calls(rng: Random, times: Sequence[datetime]) -> Iterator[Sequence[object]]:
    agents = [f"{1001 + n}" for n in range(56)]
    ratings = rng.choices(_RATINGS, _OF_CALLS, k=len(times))
    for number, (moment, rating) in enumerate(zip(times, ratings, strict=True), start=1):
        agent = rng.choice(agents)
        group = GROUPS[int(agent) % len(GROUPS)]
        answered = moment + timedelta(seconds=min(120, int(rng.expovariate(1 / 6)))) if rng.random() < 0.975 else None
        ended = (answered or moment) + timedelta(seconds=int(rng.gammavariate(2, 70)) if answered else rng.randint(5, 60))
        yield f"C{number:08d}", moment, answered or "", ended, agent, group, rng.choice(DISTRICTS), rating if answered else ""


def _orders(rng: Random, times: Sequence[datetime], number: int) -> Iterator[Sequence[object]]:
    sources = sorted(rng.sample(range(len(times)), min(number, len(times))))
    for count, source in enumerate(sources, start=1):
        created = times[source] + timedelta(minutes=rng.randint(2, 30))
        days = rng.choice((3, 5, 5, 7, 10))
        due = created + timedelta(days=days)
        closed = (
            created + timedelta(days=days * rng.betavariate(2, 3) * (1.6 if rng.random() < 0.06 else 1)) if rng.random() < 0.985 else None
        )
        feedback = closed + timedelta(hours=rng.randint(1, 48)) if closed and rng.random() < 0.97 else None
        rating = rng.choices(_RATINGS, _OF_ORDERS)[0] if feedback else ""
        moments = (m.replace(microsecond=0) if m else "" for m in (closed, feedback))
        yield (
            *(f"G{count:07d}", f"C{source + 1:08d}", created, due, *moments),
            *(rng.choice(DISTRICTS), rng.choice(HANDLERS), rng.choices(CATEGORIES, (50, 20, 20, 5, 5))[0], rating),
        )
