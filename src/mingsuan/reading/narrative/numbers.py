r"""Numbers with a unit in running Chinese text.

What is a number of something (3925.57 元, 8.3 %, 34 人, 会议三次) is told from what merely has digits: years and dates,
document numbers, names of laws, ordinals and hotlines. The markup that converters leave around formulas
(`$400 \text{ 人} \times 22 \text{ 天}$`) is read through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import MAX_DIGITS, UNITS, parse_number
from mingsuan.patterns import regex
from mingsuan.values import dataclass

PERCENT = "%"
TIMES = "×"

_MONEY = r"亿\s*元|万\s*元|千\s*元|元"
_CLASSIFIERS = (
    r"人次|车次|班次|批次|场次|套次|件次|例次|户次|台班|人\s?天|个\s*工作日|工作日|个\s*月|个\s*小时|个\s*学时|小时|学时|课时|分钟|"
    r"平方公里|平方千米|平方米|立方米|公顷|公里|千米|公斤|千克|千瓦时|兆|台\s*[（(]\s*套\s*[）)]|台\s*[（(]\s*件\s*[）)]|台\s*/\s*套|"
    r"辆\s*[（(]\s*台\s*[）)]|台套|"
    r"人(?!民|均|大|事|社|力|行|才|物|员经费)|名(?!称|义|录|单|下)|辆|台(?!账|帐|湾|州|风|阶)|套|项(?!目)|个(?!人|别|体|性)|家(?!具|属|庭|电|长)|"
    r"次(?!之|年|序|要|生)|批(?!准|复|示|转)|天(?!然|津|气)|期(?!末|间|满|初|限|望)|册|本(?!级|部|单|年|市|省|县|区|次|项|办|局|着)|份(?!额)|"
    r"件(?!费)|条(?!例|件|款)|户(?!外|籍|口)|所(?!有|属|需|以|在|得)|处(?!理|级|置|长|室|罚)|座(?!谈)|栋|幢|间(?!接|隔)|"
    r"部(?!门|分|委|队|署|级|长)|张(?!家)|块|场(?!所|地|馆|景)|届|轮(?!换|训)|种(?!植|子)|篇|幅(?!度)|只|株|支(?!出|付|部|持|队|撑|援)|"
    r"队(?!伍|员)|组(?!织|成|长|建)|吨|亩|升(?!级)|米(?!面)|班(?!级|子)|床|例(?!如|会|行)|宗|艘|架(?!构)|颗|瓶|箱|包(?!括|含|装)|盒|棵|门(?!户|口|诊|槛)|"
    r"位(?!于|置)|桶|孔|杆|根(?!据)|片(?!区)|枚|具(?!体|有|备)|头(?!部)|匹|盏|樘|款(?!项)|秒"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\s?\.\s?\d+)?"
_UNIT = regex(
    rf"\s*(?P<about>[余多])?\s*(?:(?P<name>[万亿]?\s*(?:美元|欧元|港元|日元)|{_MONEY}|个?\s*百分点|[%％‰])|(?P<myriad>[万亿])\s*)?"
)
_CLASSIFIER = regex(_CLASSIFIERS)
"""By itself, because compiling so many alternatives takes time."""
_FORMULA_UNIT = regex(r"\s*(?P<unit>年|月|日|季度|周)")
_SIGN = r"(?<=[增长降为是：:（(率比占])[-−]|(?<=[余入出额])[-−](?=[\d,]+\.\d)"
"""A minus behind words that no dash follows, or between the name of an amount and its digits (年末结转和结余-12.17万元)."""
_NUMBER = regex(rf"(?<![\dA-WYZa-wyz.])(?P<sign>{_SIGN})?(?P<digits>{_DIGITS})(?![\dA-WYZa-wyz])")
_CROWD = regex(r"\s*(?P<about>[余多])(?=[^，,。；;、：:\d（(]{0,8}?(?:人员|职工|群众|干部|学生|党员))")
_UNTIL = regex(rf"\s*[-—–~～至到]\s*(?:{_DIGITS})")

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_HAN = regex(
    r"(?<![第数几每十百千万亿之零〇一二三四五六七八九两跑])(?P<digits>[一二两三四五六七八九十][零〇一二三四五六七八九十百千]*)\s*(?P<about>[余多])?\s*"
    rf"(?:(?P<money>{_MONEY})|"
    r"(?P<count>人次|批次|场次|个\s*月|个\s*工作日|小时|人|名|辆|台|次|批|天|期|届|场|家|册|项|个)"
    r"(?=时间|以上|以内|左右|[，,。；;、）)！!\s]|$))"
)
_HAN_PERCENT = regex(r"百分之(?P<digits>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)")

_MARKUP = regex(r"\\(?:text|mathrm|mbox|left|right|quad|,|;|!)|[{}$]")
_TIMES_MARKUP = regex(r"\\(?:times|cdot)")
_OPERATOR = regex(r"[×✕✖*＊·xX÷]")
_MASKED = (
    regex(r"《[^》]{1,120}》"),
    regex(r"“[^”元%％]{1,12}”"),
    regex(r"[〔\[【(（]\s*(?:19|20)\d\d\s*(?:年)?\s*[〕\]】)）]\s*第?\s*[\d一二三四五六七八九十]*\s*号?"),
    regex(r"第\s*[\d一二三四五六七八九十百]+\s*[^\d\s，。；]"),
    regex(r"(?:19|20)\d\d\s*年?\s*[-—–~～至到]\s*(?:19|20)?\d\d\s*年"),
    regex(r"(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?(?:\s*[-—–~～至到]\s*\d{1,2}\s*月)?"),
    regex(r"(?<![\d.×*])\d{1,2}\s*月\s*\d{1,2}\s*[日号]"),
    regex(r"(?<![\d.])7\s*[×*xX]\s*24\s*小时"),
    regex(r"[×*＊]\s*100\s*[%％]"),
    regex(r"(?<![\d.])\d+\s*号"),
)
_DURATION = regex(r"(?:为期|历时|期限|工期|服务期|合同期|周期)(?:为|是|共|约)?\s*(?P<digits>\d{1,2}(?:\.\d+)?)\s*年")
_THRESHOLD = regex(r"\s*[（(]?含?[）)]?\s*(?:及|或)?(?:以上|以下|以内|以外)")
_ANOTHER = regex(r"\s*[,，、和与]\s*\d+\.\d+")
_NOTHING = regex(r"(?:预算|决算|支出|收入|金额|费)数?(?:均|各)?(?:为|是)\s*$")
_THRESHOLD_PAIR = regex(rf"\s*[及和或]\s*(?:{_DIGITS})\s*(?:{_MONEY})\s*以[上下]")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number with its unit as a text prints it.

    Attributes:
        value: the exact number, in `unit`.
        unit: a key of `amounts.UNITS` ("3 万" is 万元), "%", "百分点", a classifier without white space (台（套）; 名 is 人),
            or "" for a bare factor of a formula.
        text: the digits as printed, without white space.
        start: offset of the first digit.
        end: offset behind the unit.
        about: 余 or 多 stands behind it.
        threshold: it belongs to a name (单价50万元以上).
    """

    value: Decimal
    unit: str
    text: str
    start: int = 0
    end: int = 0
    about: bool = False
    threshold: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in UNITS

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage or a number of percentage points."""
        return self.unit in {PERCENT, "‰", "百分点"}

    @property
    def decimals(self) -> int:
        """Decimals that the digits print."""
        return len(self.text.partition(".")[2]) if "." in self.text else 0


def find_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """Every number with a unit that `text` states, in order, with offsets into `text`.

    Bare factors of a formula are numbers too; years, dates, document numbers, titles of laws and ordinals are not.
    """
    masked = _mask(without_markup(text))
    found = [*_arabic(masked), *_chinese(masked)]
    return tuple(sorted(found, key=lambda n: n.start))


def without_markup(text: str) -> str:
    r"""`text` at the same length with formula markup blanked, `\times` as ×, full-width digits as ASCII ones."""
    text = text.translate(_NARROW)
    text = _TIMES_MARKUP.sub(lambda m: TIMES.ljust(len(m[0])), text)
    return _MARKUP.sub(lambda m: " " * len(m[0]), text).replace("\\", " ")


_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")


def is_factor(plain: str, start: int, end: int) -> bool:
    """Whether a number at `start:end` of markup-free text is multiplied or divided by a neighbour."""
    before = plain[max(0, start - 12) : start].rstrip(" （(\t\u3000")
    after = plain[end : end + 12].lstrip(" ）)\t\u3000")
    return bool(_OPERATOR.match(before[-1:]) and before[-2:-1] not in {"", "\n"}) or bool(_OPERATOR.match(after[:1]))


def chinese_integer(digits: str) -> int:
    """The value of a Chinese numeral below ten thousand: 十二 → 12, 两百三十 → 230."""
    total, pending = 0, 0
    for character in digits:
        if character in _HAN_SCALES:
            total += (pending or 1) * _HAN_SCALES[character]
            pending = 0
        else:
            pending = pending * 10 + _HAN_DIGITS[character]
    return total + pending


def _mask(plain: str) -> str:
    for pattern in _MASKED:
        plain = pattern.sub(lambda m: "\x00" * len(m[0]), plain)
    return plain


def _arabic(masked: str) -> Iterator[PrintedNumber]:
    for match in _NUMBER.finditer(masked):
        digits = re.sub(r"\s", "", match["digits"])
        value = parse_number(digits)
        if value is None or len(digits) > MAX_DIGITS:
            continue
        unit = _unit_after(masked, match)
        if unit is None:
            continue
        name, end, about = unit
        yield PrintedNumber(
            -value if match["sign"] else value,
            name,
            ("-" if match["sign"] else "") + digits,
            match.start(),
            end,
            about,
            name in UNITS and bool(_THRESHOLD.match(masked, end) or _THRESHOLD_PAIR.match(masked, end)),
        )
    for match in _DURATION.finditer(masked):
        yield PrintedNumber(Decimal(match["digits"]), "年", match["digits"], match.start("digits"), match.end())


def _unit_after(masked: str, number: re.Match[str]) -> tuple[str, int, bool] | None:
    """Unit, end and 余 of a number; None where it is a number of nothing."""
    found = _unit_at(masked, number.end(), number.start())
    if found is not None:
        return found
    crowd = _CROWD.match(masked, number.end())
    if crowd is not None:
        return "人", crowd.end(), True
    until = _UNTIL.match(masked, number.end())
    shared = _unit_at(masked, until.end(), number.start()) if until else None
    if shared is not None:
        return shared[0], number.end(), False
    another = _ANOTHER.match(masked, number.end()) if "." in number["digits"] else None
    shared = _unit_at(masked, another.end(), number.start()) if another else None
    if shared is not None and shared[0] in UNITS:
        return shared[0], number.end(), False
    if number["digits"] == "0" and _is_nothing(masked, number):
        return "万元", number.end(), False
    in_formula = _FORMULA_UNIT.match(masked, number.end())
    end = in_formula.end() if in_formula else number.end()
    if is_factor(masked, number.start(), end) and "\x00" not in masked[end : end + 1]:
        return (in_formula["unit"] if in_formula else ""), end, False
    return None


def _is_nothing(masked: str, number: re.Match[str]) -> bool:
    """Whether a zero without a unit is an amount of nothing (年初预算为0，支出决算为…)."""
    return bool(_CLAUSE_END.match(masked, number.end()) and _NOTHING.search(masked, max(0, number.start() - 12), number.start()))


def _unit_at(masked: str, at: int, start: int) -> tuple[str, int, bool] | None:
    """Unit, end and 余 of what stands at `at`, behind a number that begins at `start`."""
    unit = _UNIT.match(masked, at)
    if unit is None:
        return None
    about = bool(unit["about"])
    if unit["name"]:
        return _plain_unit(unit["name"]), unit.end(), about
    of = _CLASSIFIER.match(masked, unit.end())
    if of is not None:
        return _plain_unit((unit["myriad"] or "") + of[0]), of.end(), about
    if unit["myriad"] is None:
        return None
    end = unit.end("myriad")
    return f"{unit['myriad']}元" if _means_money(masked, start, end) else unit["myriad"], end, about


def _plain_unit(name: str) -> str:
    name = re.sub(r"\s", "", name)
    return _SAME_UNIT.get(name, name)


_SAME_UNIT = {"％": PERCENT, "个百分点": "百分点", "名": "人"}
"""Units that are printed in two ways; 名 counts nothing but people."""

_MONEY_WORDS = regex(r"预算|费|资金|投入|支出|成本|补助|奖励|收入|金额|需|拨款|安排")
_CLAUSE_END = regex(r"\s*(?:[，,。；;、）)！!]|$)")


def _means_money(masked: str, start: int, end: int) -> bool:
    """Whether a bare 万 counts 元: the clause speaks of money (预算 3 万) or ends with it."""
    clause = re.split(r"[，,。；;]", masked[max(0, start - 40) : start])[-1]
    return bool(_MONEY_WORDS.search(clause) or _CLAUSE_END.match(masked, end))


def _chinese(masked: str) -> Iterator[PrintedNumber]:
    for match in _HAN.finditer(masked):
        digits = match["digits"]
        if match["count"] and digits == "一":
            continue
        name = re.sub(r"\s", "", match["money"] or match["count"])
        unit = _SAME_UNIT.get(name, name)
        value = Decimal(chinese_integer(digits))
        yield PrintedNumber(value, unit, digits, match.start(), match.end(), bool(match["about"]))
    for match in _HAN_PERCENT.finditer(masked):
        whole, _, fraction = match["digits"].partition("点")
        tail = "".join(str(_HAN_DIGITS[c]) for c in fraction)
        value = Decimal(f"{chinese_integer(whole)}.{tail}" if tail else chinese_integer(whole))
        yield PrintedNumber(value, PERCENT, match["digits"], match.start(), match.end())
