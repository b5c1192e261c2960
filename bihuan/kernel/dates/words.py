"""Words that stand where a date is expected: at once, for good, again and again, nothing."""

from __future__ import annotations

import re

from bihuan.kernel.dates.reading import IMMEDIATE, LONG_TERM

# These name a class of rectification; they keep their meaning beside a date (立行立改，10月28日前).
_IMMEDIATE_CLASS = re.compile(
    "立行立改|立知立改|即知即改|立改立行|[边即随立]查[边即随立]改|立整立改|当场|现场(?:已|立即)?(?:整改|处理|纠正)"
)
# These only hurry, and 护顶不及时 is a fault, no term; a date beside them is the real term (立即停工，10月28日前完成).
_HURRY = re.compile(
    "(?<![不未])(?:立即|马上|立刻|即刻|即时|及时)(?:进行)?(?:整改|改正|处理|纠正|落实|执行|完成|$)"
)

_LONG_TERM = re.compile(
    "长期(?!未|没|不|存|积|闲|停|失|缺|占|拖)|常态|长效|久久为功|始终坚持|经常性|^(?:需|要|应)?坚持"
    "|持续(?:推进|整改|坚持|改进|深化|加强|巩固|用力|抓|落实|完善|开展|提升|强化|做好|跟进|进行|监督|$)"
)
_RECURRING = re.compile(
    "每(?:个|两|\\d)?(?:年|半年|季|月|周|星期|旬|天|日|班)|(?:逐|按)(?:年|季度?|月|周|日)"
)
_NOTHING = re.compile(r"[\W_×xX]*|无|没有|空|未填写?|暂无|不详|N/?A|null|none|nan|nat", re.I)


def states_nothing(text: str) -> bool:
    """True for what people type into a cell that has nothing to say: / — 无."""
    return _NOTHING.fullmatch(text) is not None


def timing_word(text: str, *, dated: bool) -> str:
    """immediate, long_term or empty. `dated`: the text also has a date, which then outweighs mere hurry."""
    if _IMMEDIATE_CLASS.search(text):
        return IMMEDIATE
    if _LONG_TERM.search(text):
        return LONG_TERM
    return IMMEDIATE if not dated and _HURRY.search(text) else ""


def is_recurring(text: str) -> bool:
    """True for 每月25日前 and its like: a duty that comes back, not a day."""
    return _RECURRING.search(text) is not None
