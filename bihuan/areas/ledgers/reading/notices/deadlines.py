"""Deadlines and deductions as they stand in running text: which words are one, not what day they mean.

A day in a sentence is no deadline by itself (9月14日夜班未交接); it is one where the clause says nothing else than
by when something is to be done.
"""

from __future__ import annotations

import re

from bihuan.kernel.text import half_width

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
DAY = (
    r"(?:(?:(?:19|20)\d{2}|今|本|明|次|当)年(?:度)?\s*)?(?:"
    rf"{_N}\s*月\s*(?:{_N}\s*[日号]|[上中下]旬|底|末|初|份)?|(?:19|20)\d{{2}}\s*[-./]\s*\d{{1,2}}\s*[-./]\s*\d{{1,2}}日?"
    r"|\d{1,2}\s*[./]\s*\d{1,2}日?(?=\s*(?:前|之前|以前|止))"
    rf"|(?:年|月|季度?|周)[底末]|(?:本|当|下|次)(?:月|周|季度)(?:[底末一二三四五六日天]|{_N}[日号])?|第?[一二三四1-4]季度末?|{_N}\s*[日号](?=前|之前|以前|止)"
    r"|(?:本|下)?(?:周|星期)[一二三四五六日天末]|春节|国庆(?:节)?|元旦|(?:即|今|当|明|次)[日天])"
)
SPAN = (
    rf"(?:(?:自|从)?(?:收到|接到|接|下发|发文|通报|反馈|印发|签收)[^，。；,;]{{0,16}}?)?(?:之日|之时|当日)?(?:起|后)?(?:的)?(?:{_N}|半)\s*个?\s*"
    r"(?:工作日|自然日|日历[日天]|小时|星期|周|月|季度|天|日|年)(?:之内|以内|内|之后|后)?"
)
_WHEN = rf"(?:(?:自|从)?{DAY}\s*(?:起|开始)?\s*(?:[-—~至到]+\s*{DAY})?|{SPAN})"
_UNTIL = r"(?:之前|以前|前|之内|以内|内|止|为止)?"
_LEAD = r"(?:请|须|应|需|要|务必|必须|要求|责令|限期?|限时|限定|于|在|最迟|最晚|最后|不得晚于|不晚于|整改|完成|治理|处理|责任单位|该单位|各单位|你单位|期限|时限|时间|截止|截至|日期|为|是|到|至|[:：])*"
_DO = (
    r"(?:必须|须|应|需|要|务必|全部|予以|进行|立即|将其|一并|彻底|再次|重新)*"
    r"(?:(?:完成|整改|改正|补[齐充办签装缺]|修[复好订补理缮]|恢复|更换|落实|销号|办结|清[理除运]|处[理置]|解决|治理|到位|整治|消除|安装|完善|制[定作]|配[备齐置]|拆除|校[验准]|检[定验修]|闭环|加固|疏通|紧固|加装|"
    r"增[设加]|新增|重[新做]|封堵|归档|上墙|张贴|粉刷|防腐|回填|平整|停用|报废|送检|标定|培训|组织|开展|建[立成档]|改造|实施|审[批核]|签[订字]|关闭|投用|反馈|回复|书面)[^，。；;,\n]{0,14})?"
)
CLAUSE = re.compile(rf"{_LEAD}\s*(?P<when>{_WHEN}\s*{_UNTIL})\s*(?P<do>{_DO})")
_TIMING = (
    r"立行立改|立知立改|即知即改|立改立行|[边即随立]查[边即随立]改|立整立改|立即(?:整改|改正|处理|纠正|落实|恢复|更换|停用|修复|清理|消除|整治|拆除|补齐)?(?:到位|完成|完毕)?|马上整改|"
    r"当场整改|现场整改|即刻整改|限期整改|长期坚持|长期整改|持续(?:整改|推进|坚持|改进|加强)|常态化?(?:坚持|推进|管理|整改)?|即日(?:起)?(?:整改|执行|落实)?"
)
TIMING = re.compile(
    rf"{_LEAD}\s*(?P<when>{_TIMING})\s*(?:并|，|,|、|到位|完成)*\s*(?:长期坚持|持续整改|常态化坚持|到位|完毕)?"
)
DONE = re.compile(
    r"(?:该问题|此问题|此项|该项|问题|现场|现|目前|检查时|当场|均|都|上述问题)*(?:已|已经|业已|当场|现场)(?:经|由[^，。；]{1,10})?(?:全部|当场|现场|立即|按要求|及时|责令)*"
    r"(?:整改|改正|处理|纠正|完成整改|整改完成|恢复|清理|更换|补齐|销号|闭环)(?:完成|完毕|到位|好|了|结束)?"
)
_SUM = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千壹贰叁伍]{1,5}|半)\s*(?:分|元|万元|块钱|%)"
DEDUCTION = re.compile(
    rf"(?:[^，。；;,\n]{{0,14}}?)(?:扣除|扣减|扣罚|扣发|扣分|扣|罚款|处罚|罚|考核|核减|减发|记)(?:[^，。；;,\n\d未没无]{{0,14}}?)[:：]?\s*-?{_SUM}(?:[^，。；;,\n]{{0,10}})"
    rf"|[-－负]\s*{_SUM}|(?:每(?:项|处|条|次|人|个))[^，。；\d]{{0,6}}{_SUM}"
)
_FACT = re.compile(r"未|没有|不|无|缺|应扣|少扣|超")
COMMON = re.compile(
    rf"(?P<when>{_WHEN}\s*(?:之前|以前|前|之内|以内|内|底前))[^，。；;\n]{{0,12}}?(?:完成|整改)[^，。；;\n]{{0,14}}"
)
_REPORT = re.compile(
    r"将[^，。；]{0,16}(?:整改)?(?:情况|报告|结果|方案|计划|回执|材料|照片)|(?:报送|上报|提交|报至|报到)[^，。；]{0,20}|整改(?:情况|报告|结果|方案|计划|回执)"
)


def due_in(clause: str) -> str:
    """The words of the deadline if the clause is nothing else; empty otherwise. As they stand, so that they can be shown."""
    text = clause.strip(" \u3000\t。.；;，,、！!")
    plain = half_width(text).replace("\u3000", " ")
    if not 2 <= len(plain) <= 48:
        return ""
    match = TIMING.fullmatch(plain)
    if match:
        return text
    match = CLAUSE.fullmatch(plain)
    if match is None:
        return ""
    said = match.group("when")
    bounded = bool(re.search(r"(?:前|内|止|底|末|后|起|周[一二三四五六日天])$", said.strip()))
    led = bool(re.search(r"限|期|时间|截[止至]|最[迟晚]|晚于|整改|完成|于", plain[: match.start("when")]))
    return text if bounded or led or match.group("do") else ""


def deduction_in(clause: str) -> str:
    """The clause if it is a deduction and not a fact about one (未按规定考核500元)."""
    text = clause.strip(" \u3000\t。.；;，,、！!")
    plain = half_width(text)
    if (
        len(plain) > 46
        or not DEDUCTION.fullmatch(plain)
        or _FACT.search(re.sub(r"不合格品?|不符合项?", "", plain))
    ):
        return ""
    return text


def done_in(clause: str) -> str:
    text = clause.strip(" \u3000\t。.；;，,、！!")
    return text if DONE.fullmatch(half_width(text)) else ""


_AT_ONCE = re.compile(r"(?:请|须|应|责令|要求|限)[^，。；,;]{0,8}?(立即整改|立行立改|立即进行整改)")


def common_due(text: str) -> str:
    """The deadline a notice sets for all its problems: `请于9月30日前完成整改`; not the day a report is due."""
    for clause in re.split(r"[。；;\n]|(?<=\D)[，,]", text):
        plain = half_width(clause)
        match = COMMON.search(plain)
        if match is None:
            continue
        rest = plain[match.start() :]
        report = _REPORT.search(rest)
        done = re.search(
            r"完成[^，。]{0,8}整改|整改(?:完成|完毕|到位|结束|销号)|整改(?!情况|报告|结果|方案|计划|回执|措施)",
            rest,
        )
        if done and (report is None or done.start() < report.start()):
            return clause[match.start("when") : match.end("when")].strip()
    at_once = _AT_ONCE.search(text)
    return at_once.group(1) if at_once else ""
