"""The words of this room: in menus, in the audit trail, on desks."""

from __future__ import annotations

from datetime import date

KINDS = (
    ("factory", "厂务公开"),
    ("party", "党务公开"),
    ("major", "三重一大"),
    ("rectification", "巡察整改公开"),
    ("other", "其他公开"),
)
SCOPES = (("inside", "内部公开"), ("outside", "社会公开"), ("both", "内部和社会公开"))
WHOSE = (("group", "集团"), ("each", "各厂矿、公司"))
EVERY = ((0, "有了就公开"), (1, "每月"), (3, "每季度"), (6, "每半年"), (12, "每年"))
OPINION_KINDS = (("opinion", "意见建议"), ("objection", "异议"))
DOORS = (("inside", "内部"), ("outside", "社会"))
RULINGS = (("upheld", "异议成立"), ("rejected", "异议不成立"))

CHECK, REVIEW, APPROVE, PUBLISH = "核", "审", "批", "公开"
ANSWER, DECIDE, REDRAFT = "答复", "定异议", "改稿"


def line_of(title: str, unit: str) -> str:
    return f"{unit}：{title}"


def opinion_on(kind: str, title: str) -> str:
    return f"对“{title}”的{dict(OPINION_KINDS)[kind]}"


def due_on(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日前"


def upheld(why: str) -> str:
    return f"异议成立：{why}"


EVENT_WORDS = {
    "publication.entry_kept": "定公开事项",
    "publication.entry_ended": "停用公开事项",
    "publication.drafted": "起草公开内容",
    "publication.redrafted": "改公开内容",
    "publication.file_added": "加公开的文件",
    "publication.file_removed": "去掉公开的文件",
    "publication.submitted": "送核公开内容",
    "publication.checked": "单位负责人核公开内容",
    "publication.reviewed": "办公室审公开内容",
    "publication.approved": "领导小组批公开内容",
    "publication.returned": "退回公开内容",
    "publication.published": "公开",
    "publication.expired": "公开期满",
    "publication.taken_down": "撤下公开内容",
    "publication.opinion_taken": "收到意见",
    "publication.opinions_counted": "当天收到不署名的意见",
    "publication.opinion_answered": "答复意见",
}
DATA_WORDS = {
    "entry": "公开事项",
    "origin": "出处",
    "from_day": "公开自",
    "to_day": "公开至",
    "number_taken": "件数",
    "on_day": "日期",
    "ruling": "认定",
    "chain": "要过的关",
    "opinion": "意见编号",
    "inside": "内部",
    "outside": "社会",
    "both": "内部和社会",
    "upheld": "异议成立",
    "rejected": "异议不成立",
    "objection": "异议",
}
