"""The words of this area: in menus, in the audit trail, and where it refuses."""

from __future__ import annotations

from datetime import date

DATA = (("talk", "谈话"), ("complaint", "信访"), ("draft", "底稿"), ("clue", "线索"))
TALK_KINDS = (("mandatory", "必谈"), ("optional", "选谈"))
CHANNELS = (
    ("letter", "来信"),
    ("phone", "来电"),
    ("visit", "来访"),
    ("sms", "短信"),
    ("email", "电子邮箱"),
    ("box", "意见箱"),
    ("qr", "扫码"),
)
DISPOSITIONS = (
    ("deep", "巡察组深入了解"),
    ("clue", "作为问题线索"),
    ("unit", "转被巡察单位办理"),
    ("department", "转有关部门"),
    ("kept", "暂存"),
    ("outside", "不属受理范围"),
)
#: what a complaint is about: the six kinds of discipline, and what is none of them
TOPICS = (
    ("politics", "政治纪律"),
    ("organisation", "组织纪律"),
    ("integrity", "廉洁纪律"),
    ("masses", "群众纪律"),
    ("work", "工作纪律"),
    ("life", "生活纪律"),
    ("other", "其他"),
)
#: of whom it speaks; the first three are what an announcement accepts
RANKS = (
    ("leaders", "领导班子成员"),
    ("secretaries", "下一级党组织主要负责人"),
    ("key", "重要岗位干部"),
    ("others", "其他人员"),
    ("unknown", "没有写明"),
)
#: what the form asks of how it came, by channel
WAYS = {
    "letter": "邮戳日期和寄出地",
    "phone": "来电时间、接听人",
    "visit": "来访时间、地点、接待人",
    "sms": "收到短信的手机",
    "email": "收到邮件的邮箱",
    "box": "哪个意见箱、开箱人",
}
#: to whom a disposition sends it out of the team
OUTSIDE = ("unit", "department")
BODIES = (("discipline", "纪检机构"), ("personnel", "组织部门"))
CLUE_DISPOSITIONS = (
    ("talk", "谈话函询"),
    ("verify", "初步核实"),
    ("kept", "暂存待查"),
    ("ended", "予以了结"),
)
SEVERITIES = (("normal", "一般"), ("serious", "重要"), ("grave", "重大"))
#: kinds of responsibility of a party named in a draft
RESPONSIBILITIES = (
    ("main", "主体责任"),
    ("first", "第一责任人责任"),
    ("oversight", "监督责任"),
    ("chief", "主要领导责任"),
    ("senior", "重要领导责任"),
    ("direct", "直接责任"),
)
EVIDENCE = (
    ("talk", "谈话记录"),
    ("minutes", "会议纪要"),
    ("voucher", "凭证"),
    ("document", "文件"),
    ("survey", "问卷统计"),
    ("photo", "照片"),
    ("other", "其他"),
)
ASIDE = (
    ("same", "和另一份底稿是同一件事"),
    ("proof", "证据不足"),
    ("outside", "不属本次巡察的重点"),
    ("mended", "已当场整改，不再反馈"),
    ("clue", "按线索移交"),
)
#: the closed words of a draft: key, label, whether it must be there before the draft is handed in
DRAFT_FIELDS = (
    ("title", "问题", True),
    ("fact", "事实（时间、地点、人物、事件、数据）", True),
    ("process", "发现过程", True),
    ("basis", "定性依据（文件和条款）", True),
    ("nature", "定性", True),
)
UNDECIDED = "没有定去向"
#: what a team asks of a department (three kinds of help), and what it pushes a unit or department to do now
ASK_KINDS = (
    ("data", "提供数据资料"),
    ("expert", "派专业人员"),
    ("earlier", "提供以前的检查结论"),
    ("push", "巡中促"),
)
PUSH = "push"
FORMS = (("original", "原件"), ("copy", "复印件"), ("file", "电子件"))
RETURNS = (("handed", "退还"), ("destroyed", "销毁"))
VISIT_METHODS = (
    ("unannounced", "四不两直"),
    ("walk", "走访调研"),
    ("check", "现场查看"),
    ("meeting", "座谈"),
    ("attend", "列席会议"),
)
#: the rest of the daily work that is closed
CLOSED_WORK = (("visit", "下沉了解"), ("ask", "协助和督促"), ("midterm", "中期汇报"), ("daylog", "工作日志"))
DESK = {
    "loan": "答复调阅",
    "ask": "答复巡察组",
    "sign": "签收通知书",
    "settle": "核实答复",
    "receive": "登记收到",
    "return": "退还资料",
    "verify": "核实整改",
    "issue": "签发通知书",
    "submit": "报送汇报",
    "hear": "记听取",
}


#: what waits on the board of a round
STUCK = {
    "talks": "必谈还差 {count} 人",
    "loans": "调阅逾期 {count} 项",
    "asks": "协助请求逾期 {count} 件",
    "pushes": "巡中促逾期 {count} 件",
    "drafts": "底稿待审签 {count} 份",
    "notices": "通知书没有签收 {count} 份",
    "held": "离场后没有退还的资料 {count} 项",
}


def stuck_days(what: str, days: int) -> str:
    if what != "talks":
        return f"最长 {days} 天"
    return f"离场还有 {days} 天" if days > 0 else "今天离场" if days == 0 else f"超过计划离场 {-days} 天"


def desk_text(what: str, kind: str, number: int, org: str) -> str:
    """`org` is empty for whoever is not of the team: they know the thing by its number."""
    if what in ("ask", "settle"):
        name = ask_no(kind, number)
    elif what in ("sign", "issue", "verify"):
        name = notice_no(number)
    elif what in ("submit", "hear"):
        name = midterm_no(number)
    else:
        name = loan_no(number)
    return f"{org}，{name}" if org else f"巡察组的{name}"


def loan_no(number: int) -> str:
    return f"调阅{number:03d}"


def ask_no(kind: str, number: int) -> str:
    return f"{'督促' if kind == PUSH else '协助'}{number:03d}"


def visit_no(number: int) -> str:
    return f"下沉{number:03d}"


def notice_no(number: int) -> str:
    return f"立行立改{number:02d}"


def origin_key(notice: int, order: int) -> str:
    """How a problem names the item of a notice it came from; unique among the problems of inspection."""
    return f"notice:{notice}:{order}"


def origin_of(document: str, order: int) -> str:
    return f"立行立改通知书 {document} 第 {order} 条"


def due_by_notice(document: str) -> str:
    return f"立行立改通知书 {document} 定"


def midterm_no(number: int) -> str:
    return f"中期汇报{number}"


def day_of(day: date) -> str:
    return f"{day.month}月{day.day}日工作日志"


NO_SECRETS = "不得录入国家秘密"
NO_CLUE = "一般工作不足、个人诉求和涉法涉诉事项不是问题线索"
#: what somebody who told may learn of it, by the state of the complaint
TOLD_STATES = {"registered": "已收到", "decided": "已定去向", "closed": "已办结"}


TAKE_IN, DECIDE_COMPLAINT, CLOSE_COMPLAINT = "收进登记", "定去向", "办结"
#: what the one whose turn it is does next with a clue
CLUE_NEXT = {
    "noted": "核定",
    "confirmed": "移交",
    "transferred": "签收",
    "received": "定处置方式",
    "disposed": "反馈",
    "reported": "办结",
}


def attached(n: int, ending: str) -> str:
    return f"附件{n}.{ending}"


def new_come(task: str) -> str:
    return f"{task} 有新到的扫码来件"


def talk_no(number: int) -> str:
    return f"谈话{number:03d}"


def complaint_no(number: int) -> str:
    return f"信访{number:03d}"


def draft_no(number: int, edition: int) -> str:
    return f"底稿{number:03d}" + (f"（第 {edition} 版）" if edition > 1 else "")


def clue_no(number: int) -> str:
    return f"线索{number:03d}"


OPEN, HANDLE, DECIDE = "打开", "办理", "定"


def on_site(task: str) -> str:
    return f"进驻：{task}"


def waits(task: str, what: str, state: str) -> str:
    return f"{task}，{what}：{state}"


def asks_for(task: str, who: str, what: str) -> str:
    return f"{task}，{who}申请看{what}"
