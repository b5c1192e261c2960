"""Words for how far a problem is, how grave it is, and what kind of deadline it has."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.text import fold

EMPTY = frozenset(
    (
        "/",
        "-",
        "--",
        "---",
        "—",
        "——",
        "\\",
        "无",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "暂无",
        "空",
        ".",
        "、",
        "//",
        "#n/a",
        "不涉及",
    )
)
"""What people write to show that a cell was left out on purpose."""
#: with blanks somebody may have put into it; longer texts say something
LONGEST_EMPTY = 24

SAME = frozenset(
    (
        "同上",
        "〃",
        "″",
        '"',
        "''",
        "”",
        "“",
        "同前",
        "ditto",
        "同上。",
        "同上述",
        "上同",
        "同上行",
        "，，",
        "”",
    )
)

PROGRESS_LABELS = {
    "not_started": "未开始",
    "in_progress": "整改中",
    "basically_done": "基本完成",
    "done": "已完成",
    "closed": "已销号",
}

_PROGRESS: tuple[tuple[str, str], ...] = (
    (
        "not_started",
        r"(?:未|没有|尚未|还未|暂未|没|待)(?:进行|开始|启动|进行)?(?:整改|完成|启动|开始|处理|落实|五定|开展|整治|治理|实施|销号|闭环|下达|认领|办理|整改完成|到位)(?:完成|到位)?|未|否|×|x|no|n|open|pending|not started|todo|新增|新建|待办|已下达|待下达",
    ),
    (
        "basically_done",
        r"基本(?:完成|整改|整改完成|完成整改|到位|落实)(?:[,，(].{0,8})?(?:持续整改|持续推进)?\)?|(?:部分|大部分)(?:完成|整改|已整改|已完成)|阶段性完成|已完成[,，、]?(?:并)?(?:长期坚持|持续(?:推进|整改|坚持))|完成并长期坚持",
    ),
    (
        "in_progress",
        r"(?:正在|正|持续|已启动|已开始|在|积极)?(?:整改|推进|处理|进行|落实|实施|办理|治理|施工|采购|整改推进|推进落实|消缺)(?:中|之中|过程中|推进)|整改中|进行中|推进中|处理中|实施中|在改|持续(?:整改|推进|改进|坚持|进行)|长期(?:坚持|整改|推进)|正在(?:整改|处理|推进|进行|办理|实施|落实)|已五定|已下发|已认领|跟踪中|延期(?:整改|中)?|限期整改|in progress|ongoing|doing|processing|已安排|已制定(?:方案|计划|措施)|未完成.{1,6}推进",
    ),
    (
        "closed",
        r"(?:已|全部|完成|同意|予以|可以|可|准予)?(?:销号|销项|闭环|闭合|核销|关闭|消号|结案|归零|销案)(?:完成|完毕|了)?|(?:已)?(?:复查|验收|复核|核查|验证|复检)(?:合格|通过|完成|完毕|符合要求|符合|属实|已整改)?|已复查|closed|verified|(?:已)?(?:整改|完成|闭环)(?:完成)?[,，、]?(?:并)?(?:已|予以)?(?:销号|闭环|验收合格|复查合格|验收)",
    ),
    (
        "done",
        r"(?:已|均已|全部|现已|已经|都已|已全部|均|已按.{1,6})?(?:整改|完成|处理|落实|解决|修复|治理|消除|更换|清理|恢复|消缺|现场处理|现场整改|当场整改|立行立改|立即整改|拆除|办结|当场处理|补充|整治|回复)(?:完成|完毕|到位|完|完好|好|了|合格|结束|落实)*(?:100%)?|是|√|✓|✔|yes|y|ok|true|done|completed?|finished|fixed|resolved|rectified|完|合格|符合|100%?|当场改|当场整改|即查即改|边查边改|已改好?|改完|按期完成|按时完成|如期完成|提前完成",
    ),
)
_PROGRESS_RULES = tuple((code, re.compile(pattern)) for code, pattern in _PROGRESS)
_NOT_PASSED = re.compile(r"(?:验收|复查|复核|核查|复检)?(?:不合格|不通过|未通过|退回|不符合|反弹).{0,4}")

_GRADES: tuple[tuple[str, str], ...] = (
    ("major", r"重大|特别重大|特大|特重大|major|critical|severe|红色?|高风险|重大风险|ⅰ级?|i级"),
    ("serious", r"较大|严重|突出|较重|较严重|serious|significant|high|橙色?|较大风险|重要|重点"),
    ("general", r"一般|轻微|普通|较小|低|低风险|一般风险|minor|general|low|蓝色?|轻|常规|普遍"),
)
_GRADE_RULES = tuple(
    (
        code,
        re.compile(
            rf"(?:{pattern})(?:事故|安全|环保|质量|生产安全)*(?:隐患|问题|风险|缺陷|危险|级)?(?:\(?[\da-dⅰ-ⅳi-v]+级?\)?)?"
        ),
    )
    for code, pattern in _GRADES
)

TIMING_LABELS = {"immediate": "立行立改", "time_limited": "限期整改", "long_term": "长期坚持"}
_TIMINGS = (
    (
        "immediate",
        re.compile(
            r"(?:立行立改|立改|立即整改|立即|即刻|当场(?:整改|改正|处理)?|马上|即知即改|边查边改|现场整改|即时|即改|立查立改|立整立改|现场立即整改|即行即改|立即改正|是|√)"
        ),
    ),
    (
        "long_term",
        re.compile(
            r"(?:长期坚持|长期|持续(?:推进|整改|坚持|改进|落实)|常态化|常态化推进|长期整改|长期推进|长抓不懈|长期性)"
        ),
    ),
    (
        "time_limited",
        re.compile(
            r"(?:限期整改|限期|限时|限时整改|定期整改|分阶段整改|分步整改|短期|近期|中期|集中整改|阶段性|否)"
        ),
    ),
)


def is_empty(text: str) -> bool:
    return fold(text) in EMPTY


@lru_cache(maxsize=4096)
def read_status(text: str) -> str:
    """One of PROGRESS_LABELS, or empty when the words are not known."""
    words = re.sub(r"[。.!;；,，\s]+$", "", fold(text))
    if len(words) > 16:
        return ""
    if _NOT_PASSED.fullmatch(words):
        return "in_progress"
    for code, rule in _PROGRESS_RULES:
        if rule.fullmatch(words):
            return code
    percent = re.fullmatch(r"(?:完成|进度)?(\d{1,3}(?:\.\d+)?)%", words)
    if percent:
        share = float(percent.group(1))
        return "not_started" if share == 0 else "done" if share >= 100 else "in_progress"
    return ""


@lru_cache(maxsize=4096)
def read_status_start(text: str) -> str:
    """The state with which a longer account begins: `已完成：更换护罩2处` → done. Empty when it does not say."""
    first = re.split(r"[,，。;；:：\n(（、\s]", text.strip(), maxsplit=1)[0]
    return read_status(first) if 2 <= len(first) <= 8 else ""


@lru_cache(maxsize=4096)
def read_grade(text: str) -> str:
    """general, serious or major; empty for bare numbers and letters, whose direction differs between enterprises."""
    words = fold(text)
    for code, rule in _GRADE_RULES:
        if rule.fullmatch(words):
            return code
    inner = re.fullmatch(r"[\da-dⅰ-ⅳi-v]+级?[(:、-]?(.{2,6}?)\)?", words)
    return read_grade(inner.group(1)) if inner and inner.group(1) != words else ""


@lru_cache(maxsize=4096)
def read_timing(text: str) -> str:
    words = re.sub(r"[。.!;；,，]+$", "", fold(text))
    for code, rule in _TIMINGS:
        if rule.fullmatch(words):
            return code
    return ""


_SCALE = re.compile(
    r"([1-5一二三四五a-eⅰ-ⅴ])级?(?:\(级\))?(?:为|是|:|=|表示|指)(?:生产安全)?([一-龥]{2,6}?)(?:事故)?(?:隐患|问题|级|风险)"
)


def read_scale(notes: str) -> dict[str, str]:
    """A scale explained in words beside the table: `1级为重大隐患，3级为一般隐患` → {"1": "major", "3": "general"}."""
    scale = {}
    for sign, word in _SCALE.findall(fold(notes)):
        grade = read_grade(word)
        if grade:
            scale[sign] = grade
    return scale
