"""Texts of any length that look like budgets and are not."""

from __future__ import annotations

import random

COVER = "# 2023年郑州市示例办公室部门预算公开\n\n"


def amount(rng: random.Random) -> str:
    return f"{rng.random() * 1000:.1f}" if rng.random() < 0.7 else ""


def functions(rng: random.Random) -> str:
    """Hundreds of classes whose figures agree with nothing."""
    head = (
        "## 部门支出总体情况表\n\n单位：万元\n\n"
        "科目编码\t\t\t单位代码\t单位（科目名称）\t合计\t基本支出\t\t\t\t\t项目支出\t\t\n"
        "类\t款\t项\t\t\t\t小计\t工资福利支出\t对个人和家庭的补助\t商品和服务支出\t资本性支出\t小计\t其他运转类\t特定目标类\n"
    )
    lines = (
        "\t".join([str(rng.randint(201, 234)), f"{rng.randint(1, 99):02d}", f"{rng.randint(1, 99):02d}", "", "科目"])
        + "\t"
        + "\t".join(amount(rng) for _ in range(9))
        for _ in range(900)
    )
    return head + "\n".join(lines)


def classes(rng: random.Random) -> str:
    """Hundreds of pairs of economic classes, most of them unknown."""
    head = (
        "## 一般公共预算基本支出表\n\n单位：万元\n\n"
        "部门预算支出经济分类科目\t\t政府预算支出经济分类科目编码\t\t本年一般公共预算基本支出\t\t\n"
        "科目编码\t科目名称\t科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
    )
    lines = (
        "\t".join([f"30{rng.randint(1, 9)}{rng.randint(1, 99):02d}", "科目", f"50{rng.randint(1, 9)}{rng.randint(1, 99):02d}", "科目"])
        + "\t"
        + "\t".join(amount(rng) for _ in range(3))
        for _ in range(900)
    )
    return head + "\n".join(lines)
