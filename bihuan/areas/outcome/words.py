"""The words of this area: in menus, in the audit trail, and where it refuses."""

from __future__ import annotations

REPORT_KINDS = (("task", "巡察报告"), ("special", "专题报告"))
SEVERITIES = (("general", "一般"), ("serious", "较大"), ("major", "重大"))
CATEGORIES = (
    ("staffing", "选人用人"),
    ("decision", "三重一大"),
    ("conduct", "四风"),
    ("safety", "安全生产"),
    ("environment", "生态环保"),
    ("purchase", "采购招投标"),
    ("finance", "财务资金"),
    ("party", "党建责任"),
    ("other", "其他"),
)
OPINIONS = (("passed", "通过"), ("returned", "退回"), ("said", "意见"))
ITEM_KINDS = (("problem", "问题"), ("suggestion", "意见建议"))
COPIED_TO = (
    ("leader", "分管领导"),
    ("department", "主责部门"),
    ("discipline", "纪检机构"),
    ("personnel", "组织部门"),
)
NO_SECRETS = "不得录入国家秘密"
#: the closed words of a finding: key, label
FINDING_FIELDS = (
    ("phenomenon", "现象"),
    ("nature", "定性"),
    ("responsibility", "责任"),
    ("basis", "定性依据"),
)


def finding_no(number: int) -> str:
    return f"第 {number} 条"


def edition_no(number: int) -> str:
    return f"第 {number} 稿"


EVENT_WORDS = {
    "outcome.report_started": "起草报告",
}
DATA_WORDS = {
    "task": "任务",
    "report": "报告",
    **dict(REPORT_KINDS),
    **dict(COPIED_TO),
}
