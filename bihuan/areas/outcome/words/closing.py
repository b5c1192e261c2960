"""The words of what comes after the receipt: the rectification, its evaluation, the archive."""

from __future__ import annotations

from datetime import date

from .given import CATEGORIES

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
#: of the concentrated period
ENDED = "已期满"
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
#: papers that are not for everybody of the house
CLOSED_PAPERS = ("talk", "complaint", "draft", "clue", "report")
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
ROUND_PAPERS = (("round", "本轮巡察情况报告"), ("special", "整改专项治理总结"))
#: before the code of a category, where nothing was tagged as common
CATEGORY_TAG = "category:"


def tag_label(tag: str) -> str:
    return dict(CATEGORIES).get(tag.removeprefix(CATEGORY_TAG), tag)


#: what stands on a desk after the receipt: the button, and what for
AFTER = {
    "review": ("会审", "整改方案第 {count} 稿"),
    "ask": ("请部门会审", "整改方案要宣传部门会审，还没有定由哪个部门"),
    "merge": ("归并意见", "整改方案各方都会审了"),
    "prepare": ("编整改方案", "巡察反馈的问题要报整改方案"),
    "submit": ("报会审", "整改方案由您签字背书"),
    "amend": ("改方案", "整改方案会审退回修改"),
    "start": ("印发实施", "整改方案会审通过"),
    "meet": ("记会议", "专题民主生活会"),
    "report": ("报报告", "党组织整改情况报告"),
    "own_report": ("报报告", "主要负责人组织落实情况报告"),
    "receive": ("签收报告", "整改报告"),
    "read": ("阅报告", "整改报告"),
    "exempt": ("定公开", "一件问题申请不公开"),
    "evaluate": ("开始评估", "集中整改期满，评估整改成效"),
    "deduct": ("评估", "整改评估还没有交审定"),
    "approve": ("记审定", "整改评估等领导小组审定"),
    "send": ("抄送结果", "整改评估已经审定"),
    "draw": ("抽取", "抽回看的问题"),
    "look": ("回看", "抽中的还有 {count} 件没有看"),
    "sum": ("总结本轮", "反馈都签收了：认定共性问题，起草本轮报告"),
    "hear": ("记听取", "本轮的文件等党委听取"),
}
#: whom somebody waits for, after the receipt and before: what for, and who
WAITS = {
    "report": ("审报告", ""),
    "receipt": ("签收反馈", "被巡察党组织"),
    "plan": ("会审方案", ""),
    "rect_report": ("签收报告", "巡察办"),
    "exemption": ("定公开", "领导小组"),
    "evaluation": ("审定评估", "领导小组"),
    "samples": ("回看", "巡察组"),
    "paper": ("听取本轮报告", "领导小组"),
}
REPORT_WAITS = {
    "team": "组长",
    "office": "巡察办",
    "leading": "领导小组",
    "committee": "党委",
    "approved": "巡察办",
}
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


AFTER_MEASURE = "；"


def measure_said(order: int, text: str, standard: str, owner: str, due: date | None) -> str:
    said = [text.rstrip("。"), f"结果标准{standard}" if standard else "", owner]
    said.append(f"{due.year}年{due.month}月{due.day}日" if due else "")
    return f"措施 {order}．" + "，".join(part for part in said if part)


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


CLOSING_EVENTS = {
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
    "outcome.common_confirmed": "认定共性问题",
    "outcome.round_paper_written": "起草本轮文件",
    "outcome.round_paper_heard": "党委听取本轮文件",
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
CLOSING_DATA = {
    "head": "整改领导小组组长",
    "leaders": "班子成员",
    "body": "会审方",
    "comments": "意见条数",
    "stage": "阶段",
    "received_on": "收到日期",
    "basically": "基本完成",
    "paper": "文件",
    "orgs": "党组织",
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
