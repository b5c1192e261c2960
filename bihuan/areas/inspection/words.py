"""The words of this area: in menus, in the audit trail, and where it refuses."""

from __future__ import annotations

from datetime import date

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

PARTS = (("leader", "组长"), ("deputy", "副组长"), ("member", "组员"))
MODULES = (("general", "综合协调"), ("talks", "谈话外调"), ("finance", "财务审计"), ("party", "党建组织"))
RELATIONS = (
    ("spouse", "配偶"),
    ("parent", "父母"),
    ("child", "子女"),
    ("sibling", "兄弟姐妹"),
    ("inlaw", "姻亲"),
    ("other", "其他近亲属"),
)
TIES = (("home", "本人单位"), ("former", "曾任职"), ("relative", "亲属任职"), ("told", "本人申报"))
LEVELS = (("must", "应当回避"), ("review", "请核对"))
TOPICS = (
    ("theory", "政治理论"),
    ("rules", "法规"),
    ("method", "工作方法"),
    ("secrecy", "纪律保密"),
    ("trade", "业务"),
)
SIDES = (("office", "巡察办"), ("org", "被巡察党组织"))
_NUMERALS = "一二三四五六七八九十"


def team_of(number: int) -> str:
    """第一巡察组."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens < 2 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return f"第{ten}{_NUMERALS[ones - 1] if ones else ''}巡察组"


def works_in(unit: str, title: str) -> str:
    return f"现在{unit}工作" + (f"（{title}）" if title else "")


def worked_in(unit: str, title: str, left: date, years: int, *, recent: bool) -> str:
    """Why a former post counts: left not long ago, or held for long."""
    what = f"曾在{unit}" + (f"任{title}" if title else "工作") + f"，{left.year}年{left.month}月离任"
    return f"{what}，不满 {years} 年" if recent else f"{what}，任职超过 {years} 年"


def relative_in(relation: str, unit: str, *, leads: bool) -> str:
    return f"本人申报：{dict(RELATIONS)[relation]}在{unit}" + ("担任领导职务" if leads else "工作")


def told(text: str) -> str:
    return f"本人申报：{text}"


LIFT = "认定回避"


def posted_on(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日张贴"


def announced_on(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日宣布授权任职"


RULES = (("cover", "全覆盖"), ("load", "每轮的容量"), ("ties", "回避"))


def slot_of(year: int, number: int) -> str:
    return f"{year}年第{number}轮"


def why_there(years: float | None, problems: int, rank: int, industry: str, *, by_hand: bool) -> str:
    """Why an organisation stands where it stands: what made it urgent, in words."""
    said = ["手工定在这里"] if by_hand else []
    said.append("本届和以前都没有巡察过" if years is None else f"距上次巡察 {years:.1f} 年")
    if problems:
        said.append(f"近一年问题 {problems} 件，居第 {rank}")
    if industry:
        said.append(industry)
    return "，".join(said)


def clash_of(names: tuple[str, ...]) -> str:
    return "和".join(dict(RULES)[name] for name in names)


PLEDGE = (
    "我在本轮巡察中：不泄露谈话、来信、底稿、线索和报告的内容；不在涉密设备以外处理涉密资料；"
    "不私下接触被巡察单位的人，不收礼、不吃请；巡察结束清退全部资料。"
)
#: where a team is not given yet
TEAM = "巡察组"
ANSWER, READ, RECEIVE, APPRAISE = "报情况", "看情况通报", "看借调鉴定", "写鉴定"
REVIEW, APPROVE, AUTHORISE = "记审议", "记批准", "记授权"
LIST_TASKS, PREPARE, OPEN = "列任务", "去准备", "打开"


def drawn_up(what: str) -> str:
    """For the desk of who decides."""
    return f"{what}编好了，等批准"


def stands_at(what: str, state: str) -> str:
    return f"{what}，{state}"


def ready_team(round: str, team: str) -> str:
    return f"{round}，{team}申报了回避，等授权"


def no_tasks(round: str) -> str:
    return f"{round}还没有任务"


def to_enter(round: str) -> str:
    return f"{round}：准备进驻"


def to_leave(round: str) -> str:
    return f"{round}：在进驻，期满记离场"


def to_prepare(round: str, team: str) -> str:
    return f"{round}，{team}：授权了，准备进驻"


def briefing_of(org: str, round: str, *, returned: bool) -> str:
    """What a department is asked, for its desk."""
    return f"{org}，{round}" + ("，退回补充" if returned else "")


def told_by(unit: str, org: str) -> str:
    return f"{unit}报来，关于{org}"


def lent_for(person: str, round: str) -> str:
    return f"{person}，{round}"


def led_again(person: str) -> str:
    """三个不固定: the leader is the same as last time, the target, the pairing."""
    return f"{person}上次也任组长"


def there_again(person: str, org: str) -> str:
    return f"{person}上次也去过{org}"


def together_again(names: list[str], team: str) -> str:
    return f"{'、'.join(names)}上次同在{team}"


LED_BEFORE = "上次任组长"


def with_again(names: list[str]) -> str:
    return f"上次和{'、'.join(names)}同组"


NOT_SHOWN = "有牵连，详情巡察办和领导小组看得到"


def owing(declaration: bool, pledge: bool) -> str:
    """What a member still has to do, for the button."""
    return "申报、签承诺" if declaration and pledge else "申报回避" if declaration else "签承诺书"


def tie_of(team: str, person: str, org: str, reason: str) -> str:
    return f"{team}{person}，要巡察{org}：{reason}"


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
    "inspection.archived": "轮次归档",
    "inspection.problems_adopted": "问题归入轮次",
    "inspection.talent_kept": "巡察人才入库",
    "inspection.talent_ended": "巡察人才出库",
    "inspection.team_formed": "组建巡察组",
    "inspection.task_given": "定任务的组",
    "inspection.member_added": "列入组员",
    "inspection.member_removed": "换下组员",
    "inspection.relative_told": "申报亲属任职",
    "inspection.relative_withdrawn": "撤销亲属任职申报",
    "inspection.declared": "申报回避情况",
    "inspection.recusal_lifted": "认定不需回避",
    "inspection.pledged": "签保密承诺",
    "inspection.trained": "记巡前培训",
    "inspection.authorised": "授权组员",
    "inspection.prolonged": "延长授权",
    "inspection.notice_sent": "发巡察通知",
    "inspection.announced": "张贴巡察公告",
    "inspection.liaison_named": "定联络员",
    "inspection.proposal_kept": "保存排期提案",
    "inspection.briefing_asked": "请部门通报情况",
    "inspection.briefing_answered": "部门报情况通报",
    "inspection.briefing_returned": "退回情况通报",
    "inspection.briefing_opened": "打开情况通报",
    "inspection.consulted": "记会商",
    "inspection.consultation_opened": "打开会商记录",
    "inspection.mobilised": "记动员部署会",
    "inspection.entry_meeting": "记进驻动员会",
    "inspection.lent": "借调",
    "inspection.lent_back": "借调返回",
    "inspection.appraised": "写借调鉴定",
    "inspection.appraisal_sent": "鉴定送原单位",
    "inspection.appraisal_opened": "打开借调鉴定",
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
    "team": "巡察组",
    "part": "职责",
    "skills": "专长",
    "relation": "关系",
    "ties": "情形数",
    "tie": "情形",
    "hours": "学时",
    "present": "到训",
    "authority": "授权决定文号",
    "accepts_until": "受理截止",
    "side": "哪一方",
    "number_items": "条目数",
    "number_files": "附件数",
    "number_briefings": "研究的情况通报",
    "number_collected": "收回的回避申报",
    "turn": "第几次报",
    "turns": "第几次报的",
    "teams": "宣布授权的组",
    "spoke": "讲话的人",
    **dict(PARTS),
    **dict(TIES),
}
