"""The words of this area: in menus, in the audit trail, and where it refuses."""

from __future__ import annotations

MODES = (
    ("regular", "常规"),
    ("special", "专项"),
    ("flexible", "机动"),
    ("elevated", "提级"),
    ("lookback", "回头看"),
    ("extended", "延伸"),
    ("cross", "交叉"),
)
ENTRIES = (("simultaneous", "同时进驻"), ("sequential", "逐一进驻"))

EVENT_WORDS = {
    "inspection.term_opened": "立五年规划",
    "inspection.term_approved": "批准五年规划",
    "inspection.scope_changed": "改巡察范围",
    "inspection.framework_kept": "定关注重点",
    "inspection.year_planned": "编年度计划",
    "inspection.year_reviewed": "年度计划经领导小组审议",
    "inspection.year_approved": "年度计划经党委批准",
    "inspection.year_returned": "年度计划退回重编",
    "inspection.round_opened": "立轮次",
    "inspection.round_approved": "批准轮次方案",
    "inspection.round_cancelled": "取消轮次",
    "inspection.task_added": "列入任务",
    "inspection.task_dropped": "去掉任务",
    "inspection.entered": "进驻",
    "inspection.left": "离场",
    "inspection.problems_adopted": "问题归入轮次",
}
DATA_WORDS = {
    "year": "年度",
    "term": "五年规划",
    "round_code": "轮次",
    "org": "党组织",
    "mode": "方式",
    "topic": "专题",
    "meeting": "会议和文号",
    "held_on": "会议日期",
    "orgs_in": "列入范围",
    "orgs_out": "移出范围",
    "number_adopted": "归入件数",
}
