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

# after the receipt: the rectification
PLAN_RESULTS = (("agreed", "会审通过"), ("returned", "退回修改"))
PLAN_VERDICTS = (("passed", "同意"), ("returned", "建议退回"))
#: the rule pack names the reviewers by these words
REVIEWERS = (
    ("discipline", "纪检机构"),
    ("personnel", "组织部门"),
    ("publicity", "宣传部门"),
    ("office", "巡察办"),
    ("team", "巡察组"),
    ("department", "职能部门"),
)
STAGES = (("progress", "集中整改进展"), ("final", "整改总结"))
TWO_REPORTS = (("org", "党组织整改情况报告"), ("head", "主要负责人组织落实情况报告"))
READERS = (("office", "巡察办"), ("discipline", "纪检机构"), ("personnel", "组织部门"))
EVALUATIONS = (("effect", "整改成效评估"), ("blend", "整改融入日常专项评估"))
ARCHIVE_KINDS = (
    ("notice", "巡察通知"),
    ("talk", "谈话记录"),
    ("complaint", "信访登记"),
    ("draft", "底稿"),
    ("clue", "问题线索"),
    ("report", "报告"),
    ("feedback", "反馈意见"),
    ("plan", "整改方案"),
    ("rect_report", "整改报告"),
)
ARCHIVE_SECRECY = (("inner", "内部"), ("closed", "限知悉"))
#: one county's rule; nothing else may be left out
EXEMPT_GROUNDS = (
    ("secret", "涉及国家秘密、商业秘密"),
    ("case", "正在核查、立案"),
    ("stir", "可能引起重大负面炒作"),
    ("petition", "可能引起群体上访"),
    ("sensitive", "重大敏感事项"),
)


def public_title(org: str) -> str:
    return f"{org}关于巡察整改进展情况的通报"


def public_head(org: str, total: int, done: int, basically: int, rest: int) -> str:
    counts = f"已完成 {done} 件，基本完成 {basically} 件，没有完成 {rest} 件"
    return f"{org}对巡察反馈的 {total} 件问题进行整改：{counts}。"


def public_line(number: int, statement: str, measures: list[str], *, done: bool) -> str:
    taken = f"整改措施：{'；'.join(measures)}。" if measures else ""
    return f"{number}．{statement.rstrip('。')}。{taken}{'已完成整改。' if done else '正在整改。'}"


SAMPLE_VERDICTS = (("genuine", "真改"), ("fake", "虚假"), ("relapse", "反弹"), ("untouched", "未改"))
FAULTS = (("problem", "问题"), ("measure", "措施"), ("deadline", "期限"), ("duty", "责任"))
#: words that promise without saying what will be there afterwards, and what a result can be measured by
VAGUE = "加强|进一步|提高认识|强化|深化|高度重视|持续推进|不断提升"
MEASURABLE = r"\d|[一二两三四五六七八九十百]+[次项份台人天件个处]|全部|逐|制度|办法|规定|规程|清单|台账|纪要|证书|记录|照片|文号"
NOT_RAISED, VOIDED = "没有下达整改", "已经作废"
NO_MEASURE, NO_DUE, NO_LEAD, NO_STAGES = "没有措施", "没有期限", "没有定责任领导", "长期坚持没有阶段目标"
LEAD_NOT_LEADING = "责任领导不是班子成员"


def vague(orders: list[int]) -> str:
    return f"第 {'、'.join(map(str, orders))} 条措施没有能查验的结果"


def measures_without(orders: list[int], what: str) -> str:
    return f"第 {'、'.join(map(str, orders))} 条措施{what}"


AND, ASK_RULES = "、", "请规则管理员在规则包里改"


def no_reviewer(named: list[str], pack: str) -> str:
    return f"{pack}里的会审方“{'、'.join(named)}”不认识"


NO_MEASURE_DUE, NO_MEASURE_OWNER, BEYOND = "没有期限", "没有责任人", "晚于集中整改期满"
CHANGED = (
    ("lead", "责任领导"),
    ("unit", "责任单位"),
    ("timing", "整改类型"),
    ("due", "期限"),
    ("goal", "整改目标"),
    ("stages", "阶段目标"),
)


def measures_changed(added: int, gone: int, reworded: int) -> str:
    parts = (("增加", added), ("去掉", gone), ("改写", reworded))
    return "措施" + "、".join(f"{word} {number} 条" for word, number in parts if number)


EVENT_WORDS.update(
    {
        "outcome.plan_prepared": "编整改方案",
        "outcome.plan_amended": "改整改方案的班子成员",
        "outcome.plan_submitted": "整改方案报会审",
        "outcome.plan_review_asked": "请部门会审整改方案",
        "outcome.plan_reviewed": "会审整改方案",
        "outcome.plan_returned": "整改方案退回修改",
        "outcome.plan_agreed": "整改方案会审通过",
        "outcome.plan_started": "整改方案印发实施",
        "outcome.life_meeting": "记专题民主生活会",
        "outcome.rect_report_handed_in": "报送整改报告",
        "outcome.rect_report_received": "收到整改报告",
        "outcome.rect_report_read": "阅整改报告",
        "outcome.samples_drawn": "抽回看的问题",
        "outcome.sample_looked_at": "记回看的结论",
        "outcome.exemption_asked": "申请问题不公开",
        "outcome.exemption_decided": "定问题是否公开",
        "outcome.publication_drafted": "生成整改公开稿",
        "outcome.papers_handed_over": "移交归档材料",
        "outcome.given_back": "核对材料清退",
        "outcome.evaluation_started": "开始整改评估",
        "outcome.deducted": "整改评估扣分",
        "outcome.deduction_dropped": "撤回扣分",
        "outcome.evaluation_handed_in": "整改评估交审定",
        "outcome.evaluation_approved": "领导小组审定整改评估",
        "outcome.evaluation_sent": "抄送整改评估结果",
    }
)
DATA_WORDS.update(
    {
        "head": "整改领导小组组长",
        "leaders": "班子成员",
        "body": "会审方",
        "comments": "意见条数",
        "stage": "阶段",
        "received_on": "收到日期",
        "basically": "基本完成",
        "earlier": "以前的任务",
        **dict(SAMPLE_VERDICTS),
        "ground": "情形",
        "granted": "同意",
        "publication": "公开件",
        "papers": "材料",
        "count": "份数",
        "pages": "页数",
        "evaluation": "评估",
        "indicator": "指标",
        "points": "扣分",
        "score": "得分",
        **dict(EVALUATIONS),
        **dict(REVIEWERS),
        **dict(STAGES),
        "agreed": "会审通过",
    }
)
