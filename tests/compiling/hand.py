"""A department of two units whose figures were worked out by hand (万元 in brackets).

001001 行政: 基本工资 10人×5000元×12月 = 600,000 (60); 住房公积金 10人×800元×12月 = 96,000 (9.6)
       办公费 10人×6000元 = 60,000 (6); 公务接待费 定额 8,000 (0.8); 公务用车运行维护费 2辆×23,000 = 46,000 (4.6)
001002 事业: 基本工资 5人×4000元×12月 = 240,000 (24); 办公费 5人×3000元 = 15,000 (1.5)
项目 大厅运行 (001001, 其他运转类): 16人×260元×8天×12月 = 399,360 (39.936) + 打印 3台×2,500元 = 7,500 (0.75) = 406,860 (40.686)

基本 60+9.6+6+0.8+4.6+24+1.5 = 106.5; 项目 40.686; 合计 147.186; 人员 93.6; 公用 12.9; 机关运行 6+0.8+4.6 = 11.4
上年: 人员 90, 公用 12.9, 项目 48 → 150.9; 三公上年 0.8+4.6 = 5.4
"""

from __future__ import annotations

from decimal import Decimal

from mingsuan.compiling.book import (
    Book,
    BookProject,
    BookUnit,
    CostLine,
    Department,
    Figure,
    Holding,
    Passage,
    PayLine,
    PostCount,
    QuotaLine,
    Reason,
    Target,
)

D = Decimal
RUN, INSTITUTION, HOUSING, AFFAIRS = "2010301", "2010350", "2210201", "2010302"
FUND = "财政拨款"


def hand_book() -> Book:
    def pay(unit: str, nature: str, item: str, department: str, function: str, people: int, standard: int) -> PayLine:
        return PayLine(unit, nature, item, department, function, D(people), D(standard), D(12), FUND)

    def quota(unit: str, item: str, basis: str, quantity: int, standard: int, department: str, function: str) -> QuotaLine:
        return QuotaLine(unit, item, basis, D(quantity), D(standard), department, function, FUND)

    def last(unit: str, amount: int, kind: str, function: str, department: str) -> Figure:
        return Figure(2022, unit, D(amount), FUND, kind=kind, function=function, department=department)

    return Book(
        year=2023,
        dialect="zhengzhou-2023",
        department=Department("001", "郑州市示范局", "河南省郑州市", "按时完成各项任务。", False),
        units=(BookUnit("001001", "郑州市示范局", "行政"), BookUnit("001002", "郑州市示范局信息中心", "事业")),
        passages=(Passage("主要职责", "负责示范工作的组织实施。"),),
        posts=(PostCount("001001", "行政", 12, 10, 3), PostCount("001002", "事业", 6, 5, 0)),
        people=(
            pay("001001", "行政", "基本工资", "30101", RUN, 10, 5000),
            pay("001001", "行政", "住房公积金", "30113", HOUSING, 10, 800),
            pay("001002", "事业", "基本工资", "30101", INSTITUTION, 5, 4000),
        ),
        quotas=(
            quota("001001", "办公费", "按人", 10, 6000, "30201", RUN),
            quota("001001", "公务接待费", "定额", 1, 8000, "30217", RUN),
            quota("001001", "公务用车运行维护费", "按车", 2, 23000, "30231", RUN),
            quota("001002", "办公费", "按人", 5, 3000, "30201", INSTITUTION),
        ),
        holdings=(Holding("001001", "车辆", "一般公务用车", D(2), "辆"),),
        projects=(
            BookProject(
                "41010023001",
                "服务大厅运行经费",
                "001001",
                "其他运转类",
                duty="承担大厅服务",
                overview="保障大厅运行。",
                last_budget=D(480000),
                last_spent=D(470000),
                goal="大厅正常运行。",
                reason="核减了加班天数",
            ),
        ),
        costs=(
            CostLine(
                "41010023001",
                "加班补助",
                2023,
                D(16),
                D(260),
                "30199",
                AFFAIRS,
                FUND,
                quantity_unit="人",
                times=D(8),
                times_unit="天",
                again=D(12),
                again_unit="月",
            ),
            CostLine("41010023001", "打印机", 2023, D(3), D(2500), "31002", AFFAIRS, FUND, quantity_unit="台"),
        ),
        targets=(
            Target("41010023001", "成本指标", "经济成本指标", "大厅运行成本控制率", "≤100%"),
            Target("41010023001", "产出指标", "数量指标", "加班人次", "≥1500人次"),
        ),
        figures=(
            last("001001", 900000, "人员经费", RUN, "30101"),
            last("001001", 75000, "公用经费", RUN, "30201"),
            last("001001", 8000, "公用经费", RUN, "30217"),
            last("001001", 46000, "公用经费", RUN, "30231"),
            Figure(2022, "001001", D(480000), FUND, kind="其他运转类", function=AFFAIRS, department="30199", project="41010023001"),
        ),
        reasons=(Reason("收入", "项目按实际需要核减"),),
    )
