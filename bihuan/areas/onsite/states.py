"""Which step leads where: for a working draft, a complaint and a clue. Who may take it depends on the task's team, not
on a grant, so `policies` says it; `permission` is empty."""

from __future__ import annotations

from bihuan.kernel.steps import Step, StepTable

PLAN, DECIDE = "inspection.plan", "inspection.decide"
HEAD, REGISTER = "inspection.head", "inspection.register"
DISCIPLINE, PERSONNEL, DEPARTMENT = "inspection.discipline", "inspection.personnel", "inspection.department"

WRITTEN, HANDED_IN, REVIEWED, DISCUSSED = "written", "handed_in", "reviewed", "discussed"
SIGNED, SET_ASIDE, REPLACED = "signed", "set_aside", "replaced"
_WRITER, _DEPUTY, _LEADER = "编写人", "副组长", "组长"

DRAFT_STATES = (
    (WRITTEN, "编写中"),
    (HANDED_IN, "待复核"),
    (REVIEWED, "待组务会"),
    (DISCUSSED, "待组长签字"),
    (SIGNED, "已签"),
    (SET_ASIDE, "不采用"),
    (REPLACED, "已有新版"),
)
DRAFT = StepTable(
    states=DRAFT_STATES,
    steps=(
        Step("write", "编写底稿", (), WRITTEN, "", "组员", event="onsite.draft_written"),
        Step("hand_in", "交复核", (WRITTEN,), HANDED_IN, "", _WRITER, event="onsite.draft_handed_in"),
        Step("review", "复核通过", (HANDED_IN,), REVIEWED, "", _DEPUTY, event="onsite.draft_reviewed"),
        Step("discuss", "记组务会意见", (REVIEWED,), DISCUSSED, "", _LEADER, event="onsite.draft_discussed"),
        Step("sign", "签字", (DISCUSSED,), SIGNED, "", _LEADER, event="onsite.draft_signed"),
        Step("return", "退回修改", (HANDED_IN, REVIEWED, DISCUSSED), WRITTEN, "", "复核人或组长", event="onsite.draft_returned"),
        Step("set_aside", "不采用", (SIGNED,), SET_ASIDE, "", _LEADER, event="onsite.draft_set_aside"),
        Step("replace", "以新版替代", (SIGNED,), REPLACED, "", _LEADER, event="onsite.draft_replaced"),
    ),
)  # fmt: skip

REGISTERED, DECIDED, CLOSED = "registered", "decided", "closed"
COMPLAINT_STATES = ((REGISTERED, "已登记"), (DECIDED, "已定去向"), (CLOSED, "已办结"))
COMPLAINT = StepTable(
    states=COMPLAINT_STATES,
    steps=(
        Step("register", "登记", (), REGISTERED, "", "组员", event="onsite.complaint_registered"),
        Step(
            "decide", "定去向", (REGISTERED, DECIDED), DECIDED, "", _LEADER, event="onsite.complaint_decided"
        ),
        Step("close", "办结", (DECIDED,), CLOSED, "", "承办人或组长", event="onsite.complaint_closed"),
    ),
)

NOTED, CONFIRMED, TRANSFERRED, RECEIVED = "noted", "confirmed", "transferred", "received"
DISPOSED, REPORTED, DROPPED = "disposed", "reported", "dropped"
#: a body has it and owes a report
WITH_BODY = (TRANSFERRED, RECEIVED, DISPOSED)
CLUE_STATES = (
    (NOTED, "已发现"),
    (CONFIRMED, "组长已核"),
    (TRANSFERRED, "已移交"),
    (RECEIVED, "已接收"),
    (DISPOSED, "办理中"),
    (REPORTED, "已反馈"),
    (CLOSED, "已办结"),
    (DROPPED, "不作为线索"),
)
CLUE = StepTable(
    states=CLUE_STATES,
    steps=(
        Step("note", "记线索", (), NOTED, "", "组员", event="onsite.clue_noted"),
        Step("confirm", "核定", (NOTED,), CONFIRMED, "", _LEADER, event="onsite.clue_confirmed"),
        Step("drop", "不作为线索", (NOTED, CONFIRMED), DROPPED, "", _LEADER, event="onsite.clue_dropped"),
        Step(
            "transfer", "移交", (CONFIRMED,), TRANSFERRED, "", "线索专管员", event="onsite.clue_transferred"
        ),
        Step("receive", "签收", (TRANSFERRED,), RECEIVED, "", "承办机构", event="onsite.clue_received"),
        Step(
            "dispose",
            "定处置方式",
            (RECEIVED, DISPOSED),
            DISPOSED,
            "",
            "承办人",
            event="onsite.clue_disposed",
        ),
        Step(
            "report",
            "反馈办理情况",
            (DISPOSED, REPORTED),
            REPORTED,
            "",
            "承办人",
            event="onsite.clue_reported",
        ),
        Step("close", "办结", (REPORTED,), CLOSED, "", "线索专管员", event="onsite.clue_closed"),
    ),
)

ASKED, ANSWERED, HELD, RETURNED = "asked", "answered", "held", "returned"
SETTLED, WITHDRAWN = "settled", "withdrawn"
_TEAM, _LIAISON, _ADDRESSEE = "组员", "被巡察党组织联络员", "收件单位"

LOAN_STATES = (
    (ASKED, "待提供"),
    (ANSWERED, "已答复"),
    (HELD, "在组里"),
    (RETURNED, "已退还"),
    (WITHDRAWN, "不再要"),
)
LOAN = StepTable(
    states=LOAN_STATES,
    steps=(
        Step("ask", "要资料", (), ASKED, "", _TEAM, event="onsite.loan_asked"),
        Step("answer", "答复", (ASKED,), ANSWERED, "", _LIAISON, event="onsite.loan_answered"),
        Step("receive", "登记收到", (ASKED, ANSWERED), HELD, "", _TEAM, event="onsite.loan_received"),
        Step("return", "退还", (HELD,), RETURNED, "", _TEAM, event="onsite.loan_returned"),
        Step("withdraw", "不再要", (ASKED, ANSWERED), WITHDRAWN, "", _TEAM, event="onsite.loan_withdrawn"),
    ),
)

ASK_STATES = (
    (ASKED, "待答复"),
    (ANSWERED, "已答复"),
    (SETTLED, "已了结"),
    (WITHDRAWN, "已撤回"),
)
ASK = StepTable(
    states=ASK_STATES,
    steps=(
        Step("send", "发出", (), ASKED, "", _TEAM, event="onsite.ask_sent"),
        Step("answer", "答复", (ASKED,), ANSWERED, "", _ADDRESSEE, event="onsite.ask_answered"),
        Step("send_back", "退回重答", (ANSWERED,), ASKED, "", _TEAM, event="onsite.ask_sent_back"),
        Step("settle", "核实了结", (ANSWERED,), SETTLED, "", _TEAM, event="onsite.ask_settled"),
        Step("withdraw", "撤回", (ASKED,), WITHDRAWN, "", _TEAM, event="onsite.ask_withdrawn"),
    ),
)

ISSUED = "issued"
NOTICE_STATES = (
    (WRITTEN, "拟稿"),
    (ISSUED, "已签发"),
    (SIGNED, "已签收"),
    (WITHDRAWN, "不发"),
)
NOTICE = StepTable(
    states=NOTICE_STATES,
    steps=(
        Step("write", "拟通知书", (), WRITTEN, "", _TEAM, event="onsite.notice_written"),
        Step("issue", "签发", (WRITTEN,), ISSUED, "", _LEADER, event="onsite.notice_issued"),
        Step("sign", "签收", (ISSUED,), SIGNED, "", "责任单位主要负责人", event="onsite.notice_signed"),
        Step("withdraw", "不发", (WRITTEN,), WITHDRAWN, "", "拟稿人或组长", event="onsite.notice_withdrawn"),
    ),
)

SUBMITTED, HEARD = "submitted", "heard"
MIDTERM_STATES = ((WRITTEN, "编写中"), (SUBMITTED, "已报送"), (HEARD, "已听取"))
MIDTERM = StepTable(
    states=MIDTERM_STATES,
    steps=(
        Step("write", "写中期汇报", (), WRITTEN, "", _TEAM, event="onsite.midterm_written"),
        Step("submit", "报送", (WRITTEN,), SUBMITTED, "", _LEADER, event="onsite.midterm_submitted"),
        Step(
            "hear", "记听取和意见", (SUBMITTED,), HEARD, "", "巡察办或领导小组", event="onsite.midterm_heard"
        ),
    ),
)
