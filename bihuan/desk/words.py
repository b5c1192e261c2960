"""The verbs of the desk: what this person has to do now, and what others are waited for."""

from __future__ import annotations

#: step of the loop -> what the button says
VERBS = {
    "void": "批作废",
    "decide_transfer": "接收移交",
    "decide_extension": "审延期",
    "assign": "下达",
    "accept": "认领",
    "plan": "报方案",
    "approve": "审方案",
    "submit": "申请销号",
    "report": "报进度",
    "close": "核验",
    "sign": "签收",
    "release": "签发",
    "look": "回头看",
    "hand_over": "交接",
    #: what another room asks for; the button says what that room calls it
    "other": "办理",
}
#: tabs: code, label, verbs
TABS = (
    ("rectify", "整改", ("accept", "plan", "report", "submit")),
    ("verify", "核验", ("close", "look")),
    ("decide", "审批", ("approve", "decide_extension", "void", "decide_transfer")),
    ("assign", "下达", ("assign",)),
    ("letters", "函件", ("sign", "release")),
    ("other", "其他", ("hand_over", "other")),
)
BUCKETS = (("late", "已逾期"), ("today", "今天"), ("soon", "三天内"), ("later", "以后"))
#: what somebody else has to do with what this person handed in or handed down
WAITING = {
    "verify": "核验",
    "approve": "审方案",
    "extension": "批延期",
    "transfer": "接收移交",
    "void": "批作废",
    "assign": "下达",
    "accept": "认领",
    "plan": "报方案",
    "again": "再申请销号",
}
SYSTEM = "系统"


def hand_over_of(name: str, count: int, left: bool) -> str:
    return f"{name}{'离开' if left else '调动'}，还有 {count} 件没有人接"


#: what a phone calls the calendar it reads here
CALENDAR_NAME = "闭环到期日"


def letter_of(title: str, number: str, text: str) -> str:
    """What a letter is, and what it is about; nothing of a restricted problem."""
    return "，".join(part for part in (f"{title} {number}".strip(), text) if part)


def letters_of(count: int) -> str:
    return f"{count} 份督办函件"
