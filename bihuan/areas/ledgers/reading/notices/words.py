"""Words of notices: what a heading announces, what asks, what praises, what finds fault.

Collected from bulletins, feedback of inspections and rectification notices of enterprises.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.text import fold

PROBLEMS, DEMAND, PRAISE, ABOUT, OTHER = "problems", "demand", "praise", "about", "other"

_BAD = "问题|隐患|不足|不符合|不合格|缺陷|违章|违规|短板|薄弱|差距|缺失|异常"
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        DEMAND,
        re.compile(
            r"(?:.{0,10}(?:工作|整改|有关|相关|具体|几点|下一?步|下阶段|今后|后续|管理|安全|纪律|办理|反馈|三点|四点|五点|两点)"
            r"(?:的)?(?:工作|整改)?(?:要求|安排|打算|建议|意见|措施|部署|重点|计划|思路|事项|须知)(?:如下|和建议|及建议|与建议|及要求|和要求|及安排)?"
            r"|(?:整改|工作)?要求|建议|意见(?:和|与|及)?建议|(?:整改|防范|改进|处理)?(?:措施|对策|意见|决定)|下一?步(?:工作|整改)?.{0,8}|请.{0,20}"
            r"|(?:现|特|为此|据此)*(?:责令|要求)(?:你|贵|各|该)?(?:单位|厂|公司|部门|车间)?.{0,12})"
        ),
    ),
    (
        PRAISE,
        re.compile(
            r".{0,12}(?:好的方面|亮点|成效|成绩|经验|典型做法|好的做法|特色做法|表扬|值得肯定|肯定|优点|先进|做法|进展|工作开展(?:情况)?)(?:.{0,6})"
        ),
    ),
    (
        ABOUT,
        re.compile(
            r"(?:存在|产生|问题|主要|上述)*(?:问题)?(?:的)?(?:主要)?原因(?:分析|剖析)?"
            r"|(?:(?:整改|落实|检查|巡察|督查|督导|抽查|工作|本次|此次|总体|整体|基本|排查|迎检|活动|复查|企业|单位|受检|组织)*"
            r"(?:基本情况|总体情况|整体情况|概况|总体评价|总体印象|时间|范围|内容|依据|方式|人员|组成员?|对象|重点|安排|说明|小组|背景|工作情况)(?:及.{1,10}|和.{1,10})?)"
            r"|(?:检查|督查|巡察|排查|抽查|复查)(?:的)?(?:总体|基本|整体|开展|工作)?情况"
            r"|上(?:次|期|月|轮|季度|周).{0,20}|.{0,6}(?:考核|奖惩|处罚|扣分|得分|排名|评分)(?:情况|结果|汇总|明细)?|附件?(?!.{0,16}(?:问题|隐患|清单|明细|汇总)).{0,20}|抄送.*|.{0,14}(?:统计|汇总)(?:表|情况)?"
            r"|(?:会议|活动|培训|演练|报名|本次)?(?:时间|地点|议题|议程|目的|意义|参会人员|参加人员|对象|程序|流程|联系方式)(?:及.{1,6}|和.{1,6})?"
        ),
    ),
    (
        PROBLEMS,
        re.compile(
            rf".{{0,22}}(?:{_BAD})(?:.{{0,3}}(?:{_BAD}))?(?:情况|清单|明细|如下|通报|汇总|表|表现|方面|项|反馈|描述|及(?:整改)?要求|和建议|及建议)*"
            r"|(?:现场|资料|本次|此次)*检查发现|(?:现场|检查)?发现.{0,10}如下|.{0,10}(?:如下|详见.{0,8}|见(?:下|附|后|上)(?:件|表|图|页).{0,6})"
        ),
    ),
)
_COUNT = re.compile(
    r"[（(\[【]?\s*(?:共|合计|计)?(?:发现|存在)?(?:问题|隐患)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s*[项条个处起件](?:问题|隐患)?\s*[)）\]】]?$"
)
_UNIT = re.compile(
    r".*(?:厂|公司|集团|部|处|科|室|车间|中心|队|矿|院|所|局|站|段|工区|作业区|作业部|项目部|分厂|支部|总支|党委|纪委"
    r"|工会|办公室|[公综调督安法审]办|班组|班|工段|基地|学校|医院|食堂)(?:[一二三四五六七八九十]|\d)?"
)
_NO_UNIT = re.compile(
    r".*(?:[内全局顶底上下外头尾端中根腰面前后侧]部|场所|厕所|处所|[多几各此]处|(?:配电|操作|控制|值班|电气|更衣|休息|会议|主控|监控|危化品|库|档案|接待|活动|培训|教)室"
    r"|(?:液压|润滑|加油|变电|煤气|水泵|泵|油|充电)站|变电所|配电所|[手工阶时频地片路]段|[当上下白夜早中晚值跟]班|各.{0,6}|有关.*|相关.*|以下.*|问题|.{0,4}部分|管[理控]处"
    r"|.{0,20}[未无不缺].*)"
)
_TAIL = re.compile(
    r"(?:方面|部分)?(?:存在|检查|查出|发现|主要|反馈|的|及整改)*(?:问题|隐患|情况|不足|意见|问题清单|方面|部分)?(?:如下)?[：:。]?$"
)
_CATEGORY = re.compile(r".{2,16}(?:方面|类|管理|部分|专业|情况|问题|隐患|领域|环节|工作|建设|落实)")

FAULT = re.compile(
    r"未|无(?!缝|线|人机|损探)|没有|没|缺|不|违|损|坏|破|裂|断|脱|松|锈|腐|漏|渗|堵|塞|积[水油灰料渣]|乱|混|杂物|遮挡|占用|占|压|模糊|过期|超期|超过|超|逾期"
    r"|失效|失灵|失准|变形|老化|磨损|滞后|薄弱|差|欠|雷同|空白|代签|补签|涂改|随意|形式|走过场|停用|异响|异常|偏|低|裸露|外露|浅|少|泛|松懈|淡薄|弱化|隐患|问题|错|虚|假|重复|散落|堆放|倾斜|倾倒|"
    r"跑冒滴漏|带病|擅自|私[拉接自]|卡阻|打滑|泄|燃|冒|掉|丢|遗漏|滥|多次|仍|敞开|短接|跨接|拆除|挪用|串岗|脱岗|睡岗|饮酒|吸烟|玩手机|闲聊|应付|笼统|照抄|照搬|雷同|拖延"
)
_ASKING = re.compile(
    r"各(?:单位|部门|厂|车间|级|分厂|科室|基层|支部|党委|相关|有关|责任)|全(?:体|公司|集团)|请(?!假|示)|要(?!求|点|害|道|闻|素)|必须|务必|应(?:当|该|认真|立即|严格|加强|尽快|按)"
    r"|举一反三|希望|望(?!远)|责令|(?:以上|上述).{0,24}(?:请|要|须|应|责令|限)|整改(?:要求|措施|(?:完成|完毕|结束)后)|我(?:部|公司|中心)将|安全.{0,6}部将|对.{2,30}(?:要|须|必须)"
)
_SOFT = re.compile(
    r"须|需|严格(?!程)|加强|进一步|认真|切实|高度重视|提高(?:认识|站位)|强化|狠抓|压实|落实|组织(?:开展|学习|全)|做好|抓好|建立|健全|完善|对照|按照|按期|按时|逐[项条]"
    r"|明确|深刻|吸取|杜绝|坚决|确保|持续|坚持|立足|开展|全面|深入|统筹|聚焦|限期|立即|将(?:对|于|在|整改)|尽快|及时"
)
_APPROVING = re.compile(
    r"值得(?:肯定|学习|推广|借鉴)|予以(?:表扬|肯定)|提出表扬|做得(?:较|比较|很)?好|(?:较|比较|良|很|总体|整体)好|规范(?:有序|整洁)|到位(?!的|差)|齐全|成效(?:明显|显著)|有序|良好|扎实|整洁|优秀|点赞|明显(?:提升|改善|好转)|符合要求|运行(?:正常|平稳)|按要求"
)
_BUT = re.compile(r"但(?!书)|然而|不过|仍(?!然?保持)|还存在|同时.{0,4}(?:发现|存在)")


@lru_cache(maxsize=4096)
def section_of(text: str) -> str:
    """What a heading announces; empty when it names a unit, a class or anything else."""
    plain = bare(text)
    if not plain or len(plain) > 34:
        return ""
    for kind, rule in _SECTIONS:
        if rule.fullmatch(plain):
            return kind
    return ""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A heading without its count and closing sign: `热轧厂（5项）：` → 热轧厂."""
    plain = fold(text).rstrip("。.:;,、")
    while (shorter := _COUNT.sub("", plain).rstrip(":,;(")) != plain and shorter:
        plain = shorter
    return plain


def is_unit(text: str) -> bool:
    """A name that can only be an organisation's, not a place in it."""
    plain = fold(text)
    plain = re.sub(r"\([^()]*\)$", "", plain)
    return (
        2 <= len(plain) <= 24
        and bool(_UNIT.fullmatch(plain))
        and not _NO_UNIT.fullmatch(plain)
        and not re.search(r"[,。;:]", plain)
    )


@lru_cache(maxsize=4096)
def unit_of_heading(text: str) -> str:
    """`（二）对热轧厂检查发现的问题` → 热轧厂; several joined by 、 stay together; empty without one."""
    plain = re.sub(r"[（(]\s*[^（）()]*[)）]\s*[：:]?$", "", text.strip()).strip("：:。 \u3000")
    plain = re.sub(r"^(?:对|关于|在|针对|被检查单位|受检单位|责任单位|单位)[：:]?", "", plain).strip()
    for tail in (plain, _TAIL.sub("", plain)):
        names = [name for name in re.split(r"[、和及]", tail) if name]
        if names and all(is_unit(name) for name in names):
            return "、".join(names)
    return ""


@lru_cache(maxsize=4096)
def class_of_heading(text: str) -> str:
    """`（一）设备设施方面（3项）` → 设备设施; empty for what announces problems in general."""
    plain = re.sub(
        r"[（(]\s*(?:共|计)?\s*(?:\d+|[一二三四五六七八九十]+)\s*[项条个处起件].{0,4}[)）]\s*[：:]?$",
        "",
        text.strip(),
    )
    plain = plain.strip("：:。 \u3000")
    short = re.sub(r"(?:方面|类|部分|专业|领域)(?:存在)?(?:的)?(?:主要)?(?:问题|隐患|情况)?$", "", plain)
    short = re.sub(r"(?:存在)?(?:的)?(?:主要)?(?:问题|隐患)$", "", short) or plain
    if not 2 <= len(short) <= 24 or re.search(r"[，。；]", short) or re.fullmatch(_BAD, short):
        return ""
    return short


@lru_cache(maxsize=4096)
def is_heading(text: str) -> bool:
    """Short words that name something instead of saying something."""
    plain = text.strip()
    if not plain or len(plain) > 40 or re.search(r"[。；;，,！？]", plain.rstrip("。：:；")):
        return False
    if section_of(plain) or unit_of_heading(plain):
        return section_of(plain) != PROBLEMS or not clearly_bad(plain)
    if plain.endswith(("：", ":")) and len(plain) <= 24:
        return not clearly_bad(plain)
    return len(plain) <= 18 and bool(_CATEGORY.fullmatch(bare(plain))) and not clearly_bad(plain)


def clearly_bad(text: str) -> bool:
    """Apart from the general words for problems it says what is wrong: 应急物资缺失问题, not 存在问题."""
    rest = re.sub(r"问题|隐患|不足(?:之处)?|不符合项?|不合格项?|缺陷|薄弱环节|违章(?:行为)?|三违", "", text)
    return bool(
        re.search(
            r"未|缺|损|坏|不|没|无(?!线)|违反|超期|过期|漏|滞后|薄弱|差$|失效|脱落|松动|变形|锈|堵", rest
        )
    )


def asks(text: str) -> bool:
    """A demand: it begins by addressing somebody, or by what is to be done without finding fault with anything."""
    plain = re.sub(r"^[“\"(]+", "", fold(text))
    if _ASKING.match(plain):
        return True
    return bool(_SOFT.match(plain)) and not re.search(
        r"不到位|不够|不严|不力|不足|不规范|不及时|不全|不深|不实|未|缺失|滞后|损坏|超标|薄弱|没有|走过场|流于",
        plain[:80],
    )


def praises(text: str) -> bool:
    """Good words and nothing that takes them back."""
    plain = fold(text)
    if not _APPROVING.search(plain) or _BUT.search(plain):
        return False
    fault = re.search(r"未|不(?!断|仅)|缺|没有|损|坏|漏|超期|过期|违|滞后|薄弱|隐患|虚|空白", plain)
    return fault is None


def faults(text: str) -> bool:
    return bool(FAULT.search(fold(text)))
