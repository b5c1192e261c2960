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
    ("portfolio", "分管领导"),
    ("owner_dept", "主责部门"),
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


RESPONSIBLE = "责任"
LEAVING_DAY, MEETING_DAY = "离场日期", "组务会日期"
REVIEW_DAY, APPROVAL_DAY = "巡察办审核日期", "党委审定日期"
OTHER_TASK = "引用了别的任务的底稿"
CITES_NOTHING = "没有引用底稿"


def bears(who: str, kind: str) -> str:
    return f"{who}负{kind}"


def not_signed(draft: str, state: str) -> str:
    return f"引用的{draft}{state}，不是组长签过的现行版"


def fault_of(place: int, text: str) -> str:
    return f"{finding_no(place)}{text}"


def from_round(round: str, mode: str) -> str:
    return f"{round}{mode}巡察反馈"


def by_the_clock(label: str, amount: str, pack: str) -> str:
    return f"期限到{label}满：自签收起 {amount}（{pack}）"


DRAFT_IT, HANDLE, SIGN = "起草", "办理", "签收"
TO_COMPOSE, TO_GIVE, TO_RAISE = "待拟反馈意见", "待反馈", "待下达问题"
TO_ISSUE = "待印发"
ARCHIVE, PUBLISH = "归档", "生成公开稿"
TO_PUBLISH = "整改情况报告巡察办收到了，可以公开"


def to_archive(round: str) -> str:
    return f"{round}：问题都下达了，移交材料、归档"


TO_SIGN = "巡察反馈意见已经给出，签收以后开始计算整改期限"


def report_of(task: str) -> str:
    return f"{task}：巡察组已经离场，底稿签了，还没有起草巡察报告"


def waits(task: str, thing: str, state: str) -> str:
    return f"{task}，{thing}，{state}"


EVENT_WORDS = {
    "outcome.report_started": "起草报告",
    "outcome.report_amended": "写报告",
    "outcome.assembled": "底稿列入报告",
    "outcome.finding_kept": "写报告的一条问题",
    "outcome.finding_dropped": "去掉报告的一条问题",
    "outcome.report_handed_in": "报告交组务会",
    "outcome.report_team": "组务会通过报告",
    "outcome.report_office": "巡察办审核通过报告",
    "outcome.report_leading": "领导小组审议报告",
    "outcome.report_approved": "党委审定报告",
    "outcome.report_issued": "印发报告",
    "outcome.report_returned": "报告退回修改",
    "outcome.opinion_said": "对报告提意见",
    "outcome.facts_checked": "与单位核对事实",
    "outcome.read": "打开报告",
    "outcome.feedback_composed": "拟反馈意见",
    "outcome.feedback_amended": "改反馈意见",
    "outcome.item_kept": "写反馈的一条",
    "outcome.item_dropped": "去掉反馈的一条",
    "outcome.principal_told": "向主要负责人反馈",
    "outcome.feedback_given": "班子会议反馈",
    "outcome.feedback_received": "签收反馈意见",
    "outcome.feedback_copied": "抄送反馈意见",
    "outcome.items_raised": "反馈问题下达整改",
    "outcome.feedback_read": "打开反馈意见",
}
DATA_WORDS = {
    "drafts": "引用的底稿",
    "finding": "报告的第几条",
    "item": "反馈的第几条",
    "items": "条数",
    "copied_to": "抄送给",
    "fingerprints": "各条的内容指纹",
    "numbers": "问题编号",
    "concentrated": "集中整改期满",
    **dict(COPIED_TO),
}
