"""PERF: performance indicators and their targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from mingsuan.checking.registry import Draft, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import plain
from mingsuan.indicators.listing import FORM, OVERALL, SUMMARY, Indicator, groups
from mingsuan.indicators.targets import Sort, Target
from mingsuan.model import CellKind, Level, Row, Side

CHAPTER = "绩效"
_BASIS = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
_MEASURE = re.compile(r"[^\s（(]{2}(?:率|度)$")
_DATED = re.compile(r"时间|时限|时效|日期|期限|期$|节点|截止|进度|及时|按期|按时|如期|准时|完成$|前$|时$")
_FILLING = re.compile(r"工作|项目|专项|经费|资金|费$|[\"'()<>、,，。\s]")
_HUNDRED = (Decimal(0), Decimal(100))


def side(indicator: Indicator, text: str | None = None) -> Side:
    """The side of a finding that shows an indicator."""
    return Side(indicator.place, indicator.label, indicator.target.text if text is None else text)


def _listed(found: Iterable[Indicator], limit: int = 4) -> str:
    """The names of some indicators for a message: the first few and how many there are."""
    names = list(dict.fromkeys(f"“{i.name}”" for i in found))
    more = f"等{len(names)}个指标" if len(names) > limit else ""
    return "、".join(names[:limit]) + more


def _by_form(subject: Subject, wanted: Callable[[Indicator], bool]) -> Iterator[list[Indicator]]:
    """The indicators that meet a condition, those of one kind of form together: one cause, one finding."""
    by_kind: dict[str, list[Indicator]] = {}
    for indicator in subject.indicators:
        if wanted(indicator):
            by_kind.setdefault(indicator.kind, []).append(indicator)
    yield from by_kind.values()


@rule("PERF101", level=Level.ERROR, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def comparison_has_a_number(subject: Subject) -> Iterator[Outcome]:
    """指标值里的比较符号后面是数值。

    错：绩效自评完成率 ≥规范
    对：绩效自评完成率 ≥100%
    """
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is Sort.WORD and not target.judgeable:
            yield Draft(
                f"指标“{indicator.name}”的指标值“{target.text}”无法比较：{target.reason}",
                (side(indicator),),
                target.text,
                f"“{target.sign}”后面填数值，或去掉“{target.sign}”",
            )


@rule("PERF102", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def rate_says_its_direction(subject: Subject) -> Iterator[Outcome]:
    """比率的目标值写明是至少还是至多；0%和100%除外。

    错：预算调整率 5%
    对：预算调整率 ≤5%
    """

    def unclear(indicator: Indicator) -> bool:
        target = indicator.target
        rate = indicator.is_rate or indicator.has_formula
        return target.sort is Sort.RATE and not target.operator and target.upper is None and target.value not in _HUNDRED and rate

    for found in _by_form(subject, unclear):
        yield Draft(
            f"{_listed(found)}的目标值没有≥或≤，看不出是至少还是至多",
            tuple(side(i) for i in found),
            "、".join(i.target.text for i in found),
            "在数值前写明≥或≤（方向由填报单位确定）",
        )


@rule("PERF103", level=Level.INFO, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def quantity_has_a_unit(subject: Subject) -> Iterator[Outcome]:
    """数量指标的目标值带计量单位。

    错：聘用人员 =110
    对：聘用人员 =110人
    """

    def bare_number(indicator: Indicator) -> bool:
        target = indicator.target
        return (
            target.sort is Sort.QUANTITY
            and not target.unit
            and not indicator.is_rate
            and not re.search(r"[（(][^）)]+[）)]$", indicator.name)
        )

    for found in _by_form(subject, bare_number):
        yield Draft(
            f"{_listed(found)}的目标值只有数字，没有计量单位",
            tuple(side(i) for i in found),
            "、".join(i.target.text for i in found),
            "补上计量单位（人、项、次等）",
        )


@rule("PERF104", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,))
def full_rate_is_equal(subject: Subject) -> Iterator[Outcome]:
    """不会超过100%的率，目标值写作100%，不写≥100%。

    错：评价结果应用率 ≥100%
    对：评价结果应用率 100%
    """
    capped = re.compile(r"(?:完成|应用|合格|满意|覆盖|及时|到位|达标|执行|发放|准确|公开|编制)[率度]$")

    def beyond(indicator: Indicator) -> bool:
        target = indicator.target
        return target.sort is Sort.RATE and target.operator in {"≥", ">"} and target.value == 100 and bool(capped.search(indicator.name))

    for found in _by_form(subject, beyond):
        yield Draft(f"{_listed(found)}最多为100%，目标值不必写“≥”", tuple(side(i) for i in found), found[0].target.text, "100%")


@rule("PERF105", level=Level.INFO, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def name_does_not_state_its_value(subject: Subject) -> Iterator[Outcome]:
    """指标名称保持中立，由指标值给出要求。

    错：政务公开监管业务高效 高效
    对：政务公开监管业务效率 高效
    """

    def repeats(indicator: Indicator) -> bool:
        word = indicator.target.digits
        return (
            indicator.target.sort is Sort.WORD
            and len(word) >= 2
            and indicator.name != word
            and (indicator.name.endswith(word) or indicator.name.startswith(word))
        )

    for found in _by_form(subject, repeats):
        yield Draft(
            f"{_listed(found)}的名称已经写出结论，与指标值重复，无法据以评价",
            tuple(side(i) for i in found),
            "、".join(i.target.text for i in found),
            "名称写考核的方面，要求写在指标值里",
        )


@rule("PERF106", level=Level.INFO, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def percentage_belongs_to_a_rate(subject: Subject) -> Iterator[Outcome]:
    """百分比的目标值对应能算出来的比率。

    错：政务公开体系规范化运行 100%（说明中没有计算方法）
    对：政务公开平台正常运行率 100%
    """

    def no_rate(indicator: Indicator) -> bool:
        return indicator.target.sort is Sort.RATE and bool(indicator.name) and not indicator.is_rate and not indicator.has_formula

    for found in _by_form(subject, no_rate):
        yield Draft(
            f"{_listed(found)}不是比率，说明中也没有计算方法，却以百分比为目标值",
            tuple(side(i) for i in found),
            "、".join(i.target.text for i in found),
            "改为可计算的比率，或在说明中写明分子、分母",
        )


@rule("PERF107", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def date_belongs_to_a_deadline(subject: Subject) -> Iterator[Outcome]:
    """以日期为目标值的指标，名称写明是时间。

    错：保障门户网站正常运行 2024年12月31日前
    对：门户网站维护完成时间 2024年12月31日前
    """
    for indicator in subject.indicators:
        if indicator.target.sort is Sort.DATE and not _DATED.search(indicator.name) and not _DATED.search(indicator.second):
            yield Draft(
                f"指标“{indicator.name}”的指标值是日期“{indicator.target.text}”，与指标名称不配",
                (side(indicator),),
                indicator.target.text,
                "填与名称相配的值，或把名称改为“……完成时间”",
            )


@rule("PERF108", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,))
def date_is_complete(subject: Subject) -> Iterator[Outcome]:
    """时限写到日，或写明月底前。

    错：热线网站升级完成时间 2024年12月
    对：热线网站升级完成时间 2024年12月31日前
    """
    for indicator in subject.indicators:
        target = indicator.target
        if target.sort is Sort.DATE and not target.complete:
            yield Draft(
                f"指标“{indicator.name}”的时限“{target.text}”没有写到哪一天",
                (side(indicator),),
                target.text,
                f"{target.text}底前，或写明日期",
                conversion_suspected=True,
            )


@rule("PERF109", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,))
def full_execution_leaves_nothing_saved(subject: Subject) -> Iterator[Outcome]:
    """预算全部执行与节约一成以上不能同时做到。

    错：预算执行率 100%；总体成本节约率 ≥10%
    对：预算执行率 ≤90%；总体成本节约率 ≥10%
    """
    whole = [i for i in subject.indicators if i.kind == OVERALL]
    execution = next((i for i in whole if i.name.endswith("预算执行率") and i.target.least == 100 and i.target.sort is Sort.RATE), None)
    saving = next(
        (
            i
            for i in whole
            if re.search(r"成本节约率$", i.name) and i.target.operator in {"≥", ">", "=", ""} and (i.target.value or 0) >= 10
        ),
        None,
    )
    if not any(re.search(r"成本节约率$", i.name) for i in whole):
        yield not_applicable("没有成本节约率指标")
    if execution is not None and saving is not None:
        adjusted = next((i.target.value for i in whole if i.name.endswith("预算调整率") and i.target.sort is Sort.RATE), None)
        raised = (
            f"；即使按预算调整率{adjusted}%调增，最多节约{_saved(adjusted)}%"
            if adjusted is not None and _saved(adjusted) < (saving.target.value or 0)
            else ""
        )
        yield Draft(
            f"预算执行率{execution.target.text}意味着支出等于预算，成本节约率只能是0，不可能达到{saving.target.text}",
            (side(execution), side(saving)),
            f"预算执行率{execution.target.text}，{saving.name}{saving.target.text}",
            "两个目标能同时达到，例如执行率≤90%，或节约率0%",
            witnesses=(f"成本节约率=（总预算支出额−实际支出额）/总预算支出额；实际支出额=总预算支出额时为0{raised}",),
        )


def _saved(adjusted: Decimal) -> Decimal:
    return (adjusted / (100 + adjusted) * 100).quantize(Decimal("0.01"))


@rule("PERF110", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,))
def rate_has_a_denominator(subject: Subject) -> Iterator[Outcome]:
    """分母为0的比率不设指标，或注明不适用。

    错：政府采购预算0万元；政府采购执行率 ≥90%
    对：政府采购预算0万元；不设政府采购执行率
    """
    for name, absent in (("政府采购执行率", _no_procurement(subject)), ("部门绩效评价完成率", _no_evaluation(subject))):
        found = [i for i in subject.indicators if i.name.endswith(name) and i.target.sort is Sort.RATE]
        if found and absent is not None:
            yield Draft(
                f"{absent.label}为0，指标“{name}”没有分母，无法计算",
                (*(side(i) for i in found), absent),
                f"{name}{found[0].target.text}",
                "不设该指标，或注明不适用",
                witnesses=(f"{name}的分母是{absent.label}；{absent.text}",),
            )


_NO_PROCUREMENT = re.compile(
    r"政府采购(?:支出)?预算(?:安排|总额|金额)?(?:为|共|共计)?0(?:\.0+)?万?元|(?:无|没有|未安排)政府采购(?:支出)?预算"
)
_NO_EVALUATION = re.compile(r"(?:无|没有)部门(?:重点)?(?:绩效)?评价项目")


def _no_procurement(subject: Subject) -> Side | None:
    if any(
        True for t in subject.disclosure.of_kind("government_procurement") for _, _, cell in t.amounts() if cell.amount and cell.amount.yuan
    ):
        return None
    return _stated(subject, _NO_PROCUREMENT, "政府采购预算")


def _no_evaluation(subject: Subject) -> Side | None:
    return _stated(subject, _NO_EVALUATION, "部门重点绩效评价项目数")


def _stated(subject: Subject, pattern: re.Pattern[str], label: str) -> Side | None:
    """Where the narrative says that there is none of something."""
    for sentence in subject.sentences:
        match = pattern.search(plain(sentence.text))
        if match is not None:
            return Side(sentence.place, label, f"叙述写“{match.group()}”")
    return None


@rule("PERF111", level=Level.WARNING, chapter=CHAPTER, basis=_BASIS, needs=(Need.INDICATORS,))
def indicator_is_not_empty(subject: Subject) -> Iterator[Outcome]:
    """指标行不以“无”充数。

    错：履职效益 无 无
    对：履职效益 办件群众满意率 ≥95%
    """
    empty = [i for i in subject.indicators if i.name == "无" and i.target.sort is Sort.EMPTY]
    for second in dict.fromkeys((i.kind, i.project, i.second) for i in empty):
        found = [i for i in empty if (i.kind, i.project, i.second) == second]
        yield Draft(
            f"“{second[2] or found[0].first}”下的指标和指标值都填“无”，等于没有指标",
            tuple(side(i, "无") for i in found),
            "无",
            "填写能反映该方面的指标",
        )


@rule(
    "PERF112",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）",
    needs=(Need.INDICATORS,),
)
def projects_have_cost_indicators(subject: Subject) -> Iterator[Outcome]:
    """项目填成本指标。

    错：全部项目的成本指标都是空白。
    对：项目总成本 ≤100万元
    """
    tables = [t for t in subject.disclosure.tables if t.kind in {SUMMARY, FORM}]
    for kind in dict.fromkeys(t.kind for t in tables):
        own = [t for t in tables if t.kind == kind]
        asks = any("成本" in g for t in own for g in groups(t)) or any(_prints_cost_level(t.rows) for t in own)
        listed = [i for i in subject.indicators if i.kind == kind]
        if asks and listed and not any("成本" in i.first or "成本" in i.second for i in listed):
            projects = len({i.project for i in listed})
            yield Draft(
                f"{projects}个项目的成本指标全部空白",
                tuple(Side(t.place, t.title, "成本指标空白") for t in own),
                "成本指标空白",
                "每个项目填成本指标",
            )


def _prints_cost_level(rows: Iterable[Row]) -> bool:
    return any(cell.text.startswith("成本") for row in rows for path, cell in row.cells.items() if path.endswith("二级指标"))


_SHARE_OF = re.compile(r"占(?P<denominator>[^，。；、=＝占]{3,20}?)的?(?:比重|比例|百分比)")
_FORMULA = re.compile(r"[=＝][（(]?(?P<numerator>[^=＝/÷／]{2,40}?)[）)]?[/÷／](?P<denominator>[^=＝*×＊xX。；\s)）]{2,30})")


@rule("PERF113", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,))
def formula_follows_its_definition(subject: Subject) -> Iterator[Outcome]:
    """指标说明里文字定义的分母与公式的分母一致。

    错：……占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/部门项目总数×100%
    对：……占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/应实施绩效监控项目总数×100%
    """
    for indicator in subject.indicators:
        words, formula = _SHARE_OF.search(indicator.note), _FORMULA.search(indicator.note)
        if words is None or formula is None:
            continue
        defined, used = words["denominator"], formula["denominator"]
        if plain(defined) != plain(used) and plain(used) not in plain(defined) and plain(defined) not in plain(used):
            yield Draft(
                f"指标“{indicator.name}”文字定义的分母是“{defined}”，公式的分母是“{used}”，同一指标有两个分母",
                (side(indicator, f"文字：{defined}；公式：{used}"),),
                f"公式分母“{used}”",
                f"公式分母“{defined}”",
            )


@rule("PERF114", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,))
def adjustment_rate_counts_once(subject: Subject) -> Iterator[Outcome]:
    """预算调整数定义为调整的资金总和时，预算调整率不再减年初预算数。

    错：预算调整率=(预算调整数-年初预算数)/年初预算数×100%。预算调整数：追加、追减或结构调整的资金总和。
    对：预算调整率=预算调整数/年初预算数×100%。预算调整数：追加、追减或结构调整的资金总和。
    """
    for indicator in subject.indicators:
        note = plain(indicator.note)
        subtracts = re.search(r"\(预算调整数-(?P<base>(?:年初)?预算数)\)/", note)
        if subtracts and re.search(r"预算调整数[:是为]*[^。]*(?:资金总和|资金总额)", note):
            yield Draft(
                f"指标“{indicator.name}”把预算调整数定义为调整的资金总和，公式却又减去{subtracts['base']}：没有任何调整时得−100%",
                (side(indicator, subtracts.group().rstrip("/")),),
                f"(预算调整数-{subtracts['base']})/{subtracts['base']}",
                f"预算调整数/{subtracts['base']}",
                witnesses=("预算调整数=0时，按公式（0−预算数）/预算数=−100%",),
            )


@rule("PERF115", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.INDICATORS,))
def one_service_has_one_target(subject: Subject) -> Iterator[Outcome]:
    """部门整体目标与对应项目的目标一致。

    错：整体绩效：热线接通率100%；“热线经费”项目：热线接通率≥98%
    对：整体绩效：热线接通率≥98%；“热线经费”项目：热线接通率≥98%
    """
    whole = [i for i in subject.indicators if i.kind == OVERALL and i.target.sort is Sort.RATE]
    parts = [i for i in subject.indicators if i.kind in {SUMMARY, FORM} and i.target.sort is Sort.RATE]
    if not whole or not parts:
        yield not_applicable("没有可对照的整体目标和项目目标")
    for part in parts:
        same = [i for i in whole if _same_service(i, part)]
        if len(same) == 1 and _stricter(same[0].target, part.target):
            one = same[0]
            yield Draft(
                f"同一工作的目标不一致：整体绩效“{one.name}”{one.target.text}，项目“{part.project}”的“{part.name}”{part.target.text}",
                (side(one), side(part)),
                f"{one.target.text}与{part.target.text}",
                "两处取同一目标值",
                witnesses=(f"项目按{part.target.text}完成即达标，仍达不到整体目标{one.target.text}",),
            )


def _same_service(whole: Indicator, part: Indicator) -> bool:
    """Whether both measure the same thing of the same service: same measure, and the project is named for the service."""
    mine, theirs = _MEASURE.search(plain(whole.name)), _MEASURE.search(plain(part.name))
    if mine is None or theirs is None or mine.group() != theirs.group():
        return False
    service, detail = (_words(plain(i.name)[: -len(mine.group())]) for i in (whole, part))
    return len(detail) >= 2 and len(service) >= 2 and detail in service and service in _words(plain(part.project))


def _words(name: str) -> str:
    return _FILLING.sub("", name)


def _stricter(whole: Target, part: Target) -> bool:
    return whole.least is not None and part.least is not None and whole.least > part.least


_TEMPLATE = re.compile(r"^(?:[①②③\d.、]*分项具体列示[^。；]*[，,、。；]?(?:相关情况应予以细化、量化表述)?[。；]?)+$")


@rule("PERF116", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,))
def note_says_more_than_the_template(subject: Subject) -> Iterator[Outcome]:
    """指标说明写本部门的内容，不留填表要求。

    错：分项具体列示本部门年度工作目标达成情况，相关情况应予以细化、量化表述。
    对：1、全年办理热线诉求……件；2、……
    """
    for found in _by_form(subject, lambda i: bool(i.note) and any(_TEMPLATE.match(n) for n in i.note.split("\n"))):
        yield Draft(
            f"{_listed(found)}的指标说明只有填表要求“分项具体列示……”，没有列示内容",
            tuple(side(i, "分项具体列示……") for i in found),
            "分项具体列示……",
            "按要求分项列示",
        )


@rule("PERF117", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def tasks_have_names(subject: Subject) -> Iterator[Outcome]:
    """年度主要任务写任务名称，不写“任务1”。

    错：任务1 人员经费
    对：保障机关运转 按时发放职工工资……
    """
    for table in subject.disclosure.of_kind(OVERALL):
        for column in table.columns:
            if not column.path.endswith("任务名称") or column.kind is CellKind.AMOUNT:
                continue
            cells = [row.cells[column.path] for row in table.rows if column.path in row.cells]
            bad = [c for c in cells if re.fullmatch(r"任务[\d一二三四五六七八九十]+", c.text)]
            if bad:
                yield Draft(
                    f"{len(bad)}项年度主要任务的名称只是序号（“{bad[0].text}”）",
                    tuple(Side(c.place, "任务名称", c.text) for c in bad),
                    bad[0].text,
                    "写出任务的名称",
                )


@rule("PERF118", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.INDICATORS,))
def formulas_belong_to_the_indicators(subject: Subject) -> Iterator[Outcome]:
    """指标说明里的公式对应表内的指标。

    错：指标为培训计划执行率、实际参训率，说明给出“高级职称人才比重=……”
    对：说明给出“培训计划执行率=……”
    """
    defined = re.compile(r"(?:^|[。；：:①-⑳\s])(?P<name>[^=＝。；：:，,①-⑳\s]{2,20}?(?:率|比重|比例))[=＝]")
    names = {plain(i.name) for i in subject.indicators}
    if not any(defined.search(i.note) for i in subject.indicators):
        yield insufficient("指标说明里没有公式") if any(i.note for i in subject.indicators) else not_applicable("没有指标说明")
    for indicator in subject.indicators:
        for match in defined.finditer(indicator.note):
            name = plain(match["name"])
            if not any(_subsequence(name, n) or _subsequence(n, name) or name[-4:] == n[-4:] for n in names):
                yield Draft(
                    f"指标“{indicator.name}”的说明给出“{match['name']}”的公式，表中没有这个指标",
                    (side(indicator, match["name"]),),
                    f"“{match['name']}”的公式",
                    "写表内指标的公式，删去无关的公式",
                    conversion_suspected=True,
                )


def _subsequence(short: str, long: str) -> bool:
    """Whether one name is the other with words left out (厉行节约变动率, 厉行节约支出变动率)."""
    rest = iter(long)
    return all(character in rest for character in short)


_SPAN = re.compile(r"(?P<first>20\d\d)年?[-—–~至](?P<last>20\d\d)年")
_YEAR = re.compile(r"20\d\d")


@rule("PERF119", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def period_covers_the_years_of_the_name(subject: Subject) -> Iterator[Outcome]:
    """名称写明年限的项目，起止时间覆盖这些年。

    错：“2019年-2023年办公设备外包服务经费”，开始2021-01-01，结束2021-12-31
    对：“2019年-2023年办公设备外包服务经费”，开始2019-01-01，结束2023-12-31
    """
    forms = subject.disclosure.of_kind(FORM)
    if not forms:
        yield not_applicable("没有项目绩效目标表")
    for table in forms:
        columns = {
            word: next((c.path for c in table.columns if c.path.endswith(word)), "") for word in ("项目名称", "开始时间", "结束时间")
        }
        for row in table.rows:
            name, start, end = (row.text(columns[word]) for word in ("项目名称", "开始时间", "结束时间"))
            span, first, last = _SPAN.search(name), _YEAR.search(start), _YEAR.search(end)
            if span is None or first is None or last is None:
                continue
            if int(first.group()) > int(span["first"]) or int(last.group()) < int(span["last"]):
                yield Draft(
                    f"项目名称写{span.group()}，起止时间却是{start}至{end}，没有覆盖这些年",
                    tuple(Side(row.cells[columns[w]].place, w, row.text(columns[w])) for w in ("项目名称", "开始时间", "结束时间")),
                    f"{start}至{end}",
                    f"起止时间覆盖{span['first']}—{span['last']}年，项目总金额为各年合计；或更正名称",
                )
