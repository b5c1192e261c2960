"""The words of this area: bodies, parts, and what its events are called."""

from __future__ import annotations

from datetime import date

BODIES = (
    ("committee", "党委"),
    ("leading_group", "巡察工作领导小组"),
    ("office", "巡察办"),
    ("discipline", "纪检机构"),
    ("personnel", "组织部门"),
    ("department", "职能部门"),
    ("inspected", "被巡察党组织"),
)
PARTS = (
    ("decide", "审定"),
    ("review", "审议"),
    ("lead", "牵头"),
    ("carry", "承办"),
    ("assist", "配合"),
    ("oversee", "监督"),
    ("accept", "落实"),
)
CERTAINTY = (("H", "可靠"), ("M", "单一来源"), ("L", "地方做法"))
NAV = "大监督"
REPORT, CLOSE = "交报告", "办结"


def part_of(joint: str, looks_into: str) -> str:
    return f"{joint}：{looks_into}"


def started(joint: str, unit: str) -> str:
    return f"联动监督开始：{joint}，{unit}的部分由您负责"


def lent_to(round_: str, team: str, part: str) -> str:
    return f"{round_}{team}{part}"


def inspected(count: int) -> str:
    return f"列入巡察范围的 {count} 个党组织"


def looks_into(what: str, leader: str) -> str:
    return f"看{what}，{leader}负责"


def briefing_of(org: str) -> str:
    return f"{org}情况通报"


def briefing_on(round_: str, items: int) -> str:
    return f"{round_}，{items} 条"


def ask_of(number: str) -> str:
    return f"巡察组的{number}"


def ask_on(kind: str, asked: date, sent_back: int) -> str:
    back = f"，退回 {sent_back} 次" if sent_back else ""
    return f"{kind}，{_day(asked)}发出{back}"


def clue_on(document: str) -> str:
    return f"移交文号 {document}"


def plan_of(org: str) -> str:
    return f"{org}整改方案"


def plan_on(round_: str, edition: str, since: date, waited: int) -> str:
    wait = f"，已等 {waited} 天" if waited else ""
    return f"{round_}，{edition}，{_day(since)}报会审{wait}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


#: a section of a department's page: its heading, and what stands there when there is nothing
SECTIONS = {
    "briefings": ("请本部门通报的情况", "没有请本部门通报情况。"),
    "asks": ("巡察组请本部门办的", "巡察组没有请本部门办的事。"),
    "clues": ("本人承办和待签收的线索", "没有本人承办的线索，也没有待签收的。"),
    "reviews": ("请本部门会审的整改方案", "没有请本部门会审整改方案。"),
    "parts": ("参加的联动监督", "没有参加联动监督。"),
    "lent": ("借给巡察组的人", "没有人借给巡察组。"),
    "owned": ("本部门整改的问题", "没有要本部门整改的问题。"),
    "crossing": ("牵头督办的跨单位问题", "没有由本部门牵头的跨单位问题。"),
}
#: how a part looks to its department: word, tone, icon
PART_LOOKS = {
    "reported": ("已交报告", "good", "circle-check"),
    "planned": ("还没有开始", "calm", "clock"),
    "under_way": ("等本部门报告", "soon", "clock"),
    "closed": ("已办结", "good", "circle-check"),
    "dropped": ("不办了", "calm", "ban"),
}
#: how far something asked of a department is: tone, icon
STAGES = {
    "owed": ("soon", "clock"),
    "going": ("busy", "progress"),
    "done": ("good", "circle-check"),
    "off": ("calm", "ban"),
}
REVIEW_WAITS, REVIEW_MISSED = "等本部门会审", "没有会审"
LENT_LOOKS = {
    "gone": ("已离场", "calm", "circle-check"),
    "authorised": ("已授权", "busy", "user-check"),
    "waiting": ("等授权", "soon", "clock"),
}

EVENT_WORDS = {
    "joint.planned": "立联动任务",
    "joint.part_added": "列入联动部门",
    "joint.part_dropped": "去掉联动部门",
    "joint.started": "联动任务开始",
    "joint.reported": "收到部门报告",
    "joint.shared": "部门报告共享",
    "joint.report_read": "取阅部门报告",
    "joint.closed": "联动任务办结",
    "joint.dropped": "联动任务不办了",
    "joint.body_mapped": "对应监督主体",
    "joint.body_unmapped": "取消对应监督主体",
    "joint.matrix_published": "发布职责矩阵",
}
DATA_WORDS = {
    "joint": "联动任务",
    "part_unit": "部门",
    "leader": "负责人",
    "report": "报告文号",
    "body": "监督主体",
    "duties": "职责条数",
    "matrix": "职责矩阵版本",
    **dict(BODIES),
}
