"""A made-up service hall: tickets, shifts, attendance, leased devices and free services of a year, the same for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

DEPARTMENTS = ("市场监管局", "公安局", "人社局", "住建局", "税务局", "不动产登记中心", "公积金中心", "医保局")
SERVICES = ("设立登记", "变更登记", "出入境证件", "社保缴费", "施工许可", "发票领用", "不动产转移登记", "公积金提取", "异地就医备案")
AGENCIES = ("进驻部门", "劳务派遣")
DEVICES = ("一体机", "高拍仪", "叫号机", "打印机", "评价器")
FREE = ("免费复印", "免费邮寄", "帮办代办")
DAILY_RATE = 70
"""元 for each day on which a person is at the window, as the seed of 2021 prices it."""
_RATINGS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "")
_OF_TICKETS = (40, 35, 5, 1, 1, 18)


def write_hall(folder: Path, seed: int, tickets: int, people: int, year: int) -> tuple[Path, ...]:
    """Write 办件记录, 开放班次, 派驻考勤, 设备租用 and 免费服务 as CSV into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"hall:{seed}")
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    made = (
        ("办件记录", ("票号", "取号时间", "叫号时间", "办结时间", "窗口", "进驻部门", "事项", "评价"), _tickets(rng, days, tickets)),
        ("开放班次", ("班次编号", "日期", "计划开放窗口数", "实际开放窗口数", "班次类别"), _shifts(rng, days)),
        ("派驻考勤", ("人员编号", "日期", "派驻单位", "应到", "实到", "日补助标准（元）"), _attendance(rng, days, people)),
        ("设备租用", ("设备编号", "设备类别", "起租日期", "到期日期", "停用天数", "年租金（元）"), _leases(rng, year)),
        ("免费服务", ("记录编号", "日期", "服务类别", "次数", "费用（元）"), _free(rng, days)),
    )
    return tuple(_written(folder / f"{name}.csv", heading, rows) for name, heading, rows in made)


def _written(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
    return path


def _tickets(rng: Random, days: Sequence[date], number: int) -> Iterator[Sequence[object]]:
    open_days = [day for day in days if day.isoweekday() < 7]
    weights = [1 if day.isoweekday() == 6 else 5 for day in open_days]
    taken = sorted(
        datetime.combine(day, datetime.min.time()) + timedelta(seconds=rng.randrange(9 * 3600, 17 * 3600))
        for day in rng.choices(open_days, weights, k=number)
    )
    for count, moment in enumerate(taken, start=1):
        called = moment + timedelta(seconds=int(rng.expovariate(1 / 420))) if rng.random() < 0.99 else None
        finished = called + timedelta(seconds=int(rng.gammavariate(3, 200))) if called and rng.random() < 0.995 else None
        rating = rng.choices(_RATINGS, _OF_TICKETS)[0] if finished else ""
        place = (f"{rng.randint(1, 120):03d}", rng.choice(DEPARTMENTS), rng.choice(SERVICES))
        yield f"{moment:%Y%m%d}-{count:07d}", moment, called or "", finished or "", *place, rating


def _shifts(rng: Random, days: Sequence[date]) -> Iterator[Sequence[object]]:
    for day in days:
        weekend = day.isoweekday() > 5
        planned = 40 if weekend else 120
        opened = planned - (rng.randint(1, 6) if rng.random() < 0.08 else 0)
        yield f"S{day:%Y%m%d}", day, planned, opened, "双休日" if weekend else "工作日"


def _attendance(rng: Random, days: Sequence[date], people: int) -> Iterator[Sequence[object]]:
    for number in range(1, people + 1):
        agency = AGENCIES[number % len(AGENCIES)]
        for day in days:
            if day.isoweekday() < 6:
                yield f"P{number:04d}", day, agency, 1, int(rng.random() < 0.985), DAILY_RATE


def _leases(rng: Random, year: int) -> Iterator[Sequence[object]]:
    for number in range(1, 81):
        kind = rng.choice(DEVICES)
        down = rng.choice((0, 0, 0, 0, 1, 2, 5))
        yield f"D{number:03d}", kind, date(year, 1, 1), date(year, 12, 31), down, rng.choice((800, 1200, 2600, 3600))


def _free(rng: Random, days: Sequence[date]) -> Iterator[Sequence[object]]:
    for day in days:
        for kind in FREE:
            times = rng.randint(5, 60)
            yield (
                f"F{day:%Y%m%d}{FREE.index(kind)}",
                day,
                kind,
                times,
                times * (1 if kind == "免费复印" else 12 if kind == "免费邮寄" else 0),
            )
