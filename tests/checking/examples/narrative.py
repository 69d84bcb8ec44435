"""Cases of NAR and LAW: what the narrative states, and what the law asks it for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mingsuan.model import Disclosure, RowKey, Stage, StockFact
from mingsuan.places import Place
from tests.checking.builders import disclosure, narrative, table
from tests.checking.examples.cases import Case, told


def _projects(listed: int) -> Disclosure:
    spent = table(
        "project_expenditure",
        ["项目名称", "合计"],
        [["", "30.0"], *([f"某项经费{n}", "10.0"] for n in "甲乙丙")],
        keys=[None, *(RowKey(project=f"某项经费{n}") for n in "甲乙丙")],
    )
    path = "项目金额（万元）/资金总额"
    aimed = table(
        "project_performance_summary",
        ["单位编码（项目编码）", "项目单位（项目名称）", path],
        [["003", "", "30.0"], *([f"41010022000000001202{n}", f"某项经费{c}", "10.0"] for n, c in enumerate("甲乙丙"[:listed]))],
        keys=[RowKey(unit="003"), *(RowKey(project=f"41010022000000001202{n}") for n in range(listed))],
    )
    return disclosure(spent, aimed, sections=narrative("预算支出项目共3个项目。"))


def _stocks(first: str, second: str) -> Disclosure:
    facts = (StockFact("车辆", Decimal(n), "辆", 2022, Place(line=line)) for line, n in ((5, first), (90, second)))
    return replace(disclosure(sections=narrative("共有车辆。")), stock=tuple(facts))


def _explained(cost: str) -> Disclosure:
    sections = (
        *narrative("收入总计10万元。"),
        *narrative("收入合计10万元。", kind="revenue_note", title="二、收入情况"),
        *narrative("支出合计10万元。", kind="expenditure_note", title="三、支出情况"),
        *narrative(cost, kind="other_matters", title="四、其他事项"),
        *narrative("一、基本支出：是指保障机构运转的支出。", kind="glossary", title="五、名词解释"),
    )
    return disclosure(sections=sections)


def _bought(text: str) -> Disclosure:
    return disclosure(sections=narrative(text, kind="procurement_note", title="政府采购情况"))


def _paid(text: str) -> Disclosure:
    return replace(disclosure(sections=narrative(text, kind="three_public_note")), stage=Stage.FINAL_ACCOUNT)


def _arranged(text: str) -> Disclosure:
    return disclosure(sections=narrative(text, title="六、年度预算安排"))


CASES: dict[str, Case] = {
    "LAW101": told("批复日期：2023年2月1日，公开日期：2023年3月15日。", "批复日期：2023年2月1日，公开日期：2023年2月18日。"),
    "LAW102": Case(lambda: _explained("全年公用经费预算24万元。"), lambda: _explained("机关运行经费支出预算24万元。")),
    "LAW103": Case(
        lambda: disclosure(sections=_explained("没有。").sections[:-1]), lambda: disclosure(sections=_explained("没有。").sections)
    ),
    "LAW104": Case(
        lambda: _bought("2023年政府采购预算300万元，其中：货物预算300万元。"),
        lambda: _bought("2023年政府采购预算300万元，其中：货物预算300万元。面向中小企业预留的政府采购预算120万元。"),
    ),
    "LAW105": Case(
        lambda: _paid("公务接待费支出决算1.20万元，主要用于业务交流。"),
        lambda: _paid("公务接待费支出决算1.20万元，主要用于业务交流，国内公务接待12批次、96人次。"),
    ),
    "LAW106": Case(
        lambda: _paid("公务用车购置及运行维护费支出12.00万元，其中：公务用车运行维护支出12.00万元。"),
        lambda: _paid("公务用车购置及运行维护费支出12.00万元，其中：公务用车购置支出0万元，公务用车运行维护支出12.00万元。"),
    ),
    "NAR101": told(
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降25.52%。",
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降20.33%。",
    ),
    "NAR102": told(
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，增长20.33%。",
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降20.33%。",
    ),
    "NAR103": told(
        "2023年收入总计45万元，支出总计45万元，与2022年预算相比，收入增加45万元，增长100%。",
        "2023年收入总计45万元，支出总计45万元，与2022年预算相比，收入增加15万元，增长50%。",
    ),
    "NAR104": told(
        "2023年公务接待费预算10.00万元，2022年预算12.00万元，减少3.00万元。",
        "2023年公务接待费预算10.00万元，2022年预算12.00万元，减少2.00万元。",
    ),
    "NAR105": told(
        "2023年支出合计2430.88万元，其中：基本支出395万元，占26.25%；项目支出2035.88万元，占83.75%。",
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2035.88万元，占83.75%。",
    ),
    "NAR106": told(
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2135.88万元，占83.75%。",
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2035.88万元，占83.75%。",
    ),
    "NAR107": told(
        "一年经费为16人×260元×8天×12个月=37.6万元。", "一年经费为350人×70元×22天×12个月=646.8万元，减去部分人员请假等，需645万元。"
    ),
    "NAR108": told(
        "召开会议三次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。",
        "召开会议两次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。",
    ),
    "NAR109": told(
        "7、免费提供饮水、复印等服务18.4万元。2023年资金需求33万元。", "7、免费提供饮水、复印等服务18.4万元。2023年资金需求18.4万元。"
    ),
    "NAR110": Case(lambda: disclosure(*_projects(3).tables, sections=narrative("预算支出项目共31个。")), lambda: _projects(3)),
    "NAR111": told(
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的85.00%。",
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%。",
    ),
    "NAR112": told(
        "2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%。",
        "2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%，主要原因是新增项目。",
    ),
    "NAR113": told(
        "2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，公务接待费2.58元。",
        "2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，人均公务接待费2.58元。",
    ),
    "NAR114": Case(lambda: _stocks("2", "3"), lambda: _stocks("2", "2")),
    "NAR115": told(
        "2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求40万元。",
        "2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求50万元。",
    ),
    "NAR116": told(
        "2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额120.00万元。",
        "2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额40.00万元。",
    ),
    "NAR117": told(
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数大于预算数的主要原因是压减支出。",
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数小于预算数的主要原因是压减支出。",
    ),
    "NAR119": told("公务接待费支出减少为0.00万元，与上年持平。", "公务接待费支出比年初预算减少5.00万元，与上年决算持平。"),
    "NAR120": Case(
        lambda: _arranged("工程概算3000万元，2022年安排1200万元。"),
        lambda: _arranged("工程概算3000万元，2022年安排1200万元，2023年安排900万元。"),
    ),
    "NAR121": told("国内公务接待30批次、6人次。", "国内公务接待6批次（其中外事接待0批次）、30人次。"),
    "NAR122": told(
        "机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是落实过紧日子要求，压缩公用经费。",
        "机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是新招录人员，公用经费随之增加。",
    ),
    "NAR125": told(
        "收入预算3306.17万元，与2022年预算相比减少136.48万元。支出预算3306.17万元，与2022年预算相比增加136.48万元。",
        "收入预算3306.17万元，与2022年预算相比增加136.48万元。支出预算3306.17万元，与2022年预算相比增加136.48万元。",
    ),
    "NAR130": told(
        "支出比上年增加10.00万元，其中：基本支出增加12.00万元，项目支出减少1.00万元。",
        "支出比上年增加11.00万元，其中：基本支出增加12.00万元，项目支出减少1.00万元。",
    ),
    "NAR131": told(
        "所属预算单位共4个，包括：示例市某局本级、示例市某中心、示例市某队。",
        "所属预算单位共3个，包括：示例市某局本级、示例市某中心、示例市某队。",
    ),
}
