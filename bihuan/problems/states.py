"""The life of a problem: which step leads from which state to which. Everything else reads these rows."""

from __future__ import annotations

from bihuan.kernel.steps import Step, StepTable

RAISED, ASSIGNED, PLANNING, PLAN_REVIEW = "raised", "assigned", "planning", "plan_review"
RECTIFYING, VERIFYING, CLOSED, CONFIRMED, VOID = "rectifying", "verifying", "closed", "confirmed", "void"

CLOSURE = (
    (RAISED, "待下达"),
    (ASSIGNED, "待认领"),
    (PLANNING, "待报方案"),
    (PLAN_REVIEW, "方案待审"),
    (RECTIFYING, "整改中"),
    (VERIFYING, "核验中"),
    (CLOSED, "已销号"),
    (CONFIRMED, "回头看合格"),
    (VOID, "已作废"),
)
BEFORE_VERIFYING = (RAISED, ASSIGNED, PLANNING, PLAN_REVIEW, RECTIFYING)
OPEN = (*BEFORE_VERIFYING, VERIFYING)
DONE_WITH = (CLOSED, CONFIRMED)

TIMING = (("immediate", "立行立改"), ("time_limited", "限期整改"), ("long_term", "长期坚持"))
PROGRESS = (
    ("not_started", "未开始"),
    ("in_progress", "进行中"),
    ("basically_done", "基本完成（持续整改）"),
    ("done", "已完成"),
)
GRADE = (("general", "一般"), ("serious", "较大"), ("major", "重大"))
SECRECY = (("normal", "内部"), ("restricted", "限知悉"))

_RECTIFY = "problem.rectify"
_OFFICE = "下达部门"
_UNIT = "责任单位"

STEPS = StepTable(
    states=CLOSURE,
    steps=(
        Step("raise", "提出", (), RAISED, "problem.raise", "发现人", event="problem.raised"),
        Step(
            "take_over",
            "接管历史",
            (),
            CLOSED,
            "ledger.import",
            "导入人",
            also=(RAISED, ASSIGNED, RECTIFYING),
            event="problem.taken_over",
        ),
        # What a newer version of a ledger brings. Neither has an address or a button of its own (see NOUNS).
        Step(
            "amend",
            "改登记内容",
            (*OPEN, *DONE_WITH),
            None,
            "ledger.import",
            "下达部门或导入人",
            event="problem.amended",
        ),
        Step(
            "restate",
            "台账改载",
            (RAISED, ASSIGNED, RECTIFYING, CLOSED),
            CLOSED,
            "ledger.import",
            "导入人",
            also=(RAISED, ASSIGNED, RECTIFYING),
            event="problem.restated",
        ),
        Step("assign", "下达", (RAISED,), ASSIGNED, "problem.assign", _OFFICE, event="problem.assigned"),
        Step(
            "accept",
            "认领",
            (ASSIGNED,),
            PLANNING,
            _RECTIFY,
            _UNIT,
            also=(RECTIFYING,),
            event="problem.accepted",
        ),
        Step("plan", "报方案", (PLANNING,), PLAN_REVIEW, _RECTIFY, _UNIT, event="problem.planned"),
        Step(
            "approve",
            "批方案",
            (PLAN_REVIEW,),
            RECTIFYING,
            "problem.approve",
            "督办部门",
            event="problem.approved",
        ),
        Step(
            "return",
            "退回方案",
            (PLAN_REVIEW,),
            PLANNING,
            "problem.approve",
            "督办部门",
            event="problem.returned",
        ),
        Step("report", "报进度", (RECTIFYING,), None, _RECTIFY, _UNIT, event="problem.reported"),
        Step("submit", "申请销号", (RECTIFYING,), VERIFYING, _RECTIFY, _UNIT, event="problem.submitted"),
        Step(
            "fix_now",
            "当场整改",
            (RAISED, ASSIGNED),
            VERIFYING,
            _RECTIFY,
            "发现人或责任单位",
            event="problem.fixed_now",
        ),
        Step(
            "reject",
            "退回整改",
            (VERIFYING,),
            RECTIFYING,
            "problem.verify",
            "核验人",
            event="problem.rejected",
        ),
        Step("close", "销号", (VERIFYING,), CLOSED, "problem.verify", "核验人", event="problem.closed"),
        Step(
            "recheck",
            "回头看",
            (CLOSED,),
            CONFIRMED,
            "problem.recheck",
            "第三人",
            also=(RECTIFYING,),
            event="problem.rechecked",
        ),
        Step("reopen", "反弹", DONE_WITH, RECTIFYING, "problem.recheck", "第三人", event="problem.reopened"),
        Step("ask_extension", "申请延期", OPEN, None, _RECTIFY, _UNIT, event="problem.extension_asked"),
        Step(
            "decide_extension",
            "批延期",
            OPEN,
            None,
            "problem.extend",
            "督办部门",
            event="problem.extension_decided",
        ),
        Step(
            "ask_transfer",
            "申请移交",
            BEFORE_VERIFYING,
            None,
            _RECTIFY,
            _UNIT,
            event="problem.transfer_asked",
        ),
        Step(
            "decide_transfer",
            "接收移交",
            BEFORE_VERIFYING,
            ASSIGNED,
            _RECTIFY,
            "接收单位",
            event="problem.transfer_decided",
        ),
        Step(
            "reown", "换责任人", OPEN, None, "problem.reown", "督办部门或单位负责人", event="problem.reowned"
        ),
        Step(
            "evaluate",
            "治理效果评估",
            (RECTIFYING, VERIFYING),
            None,
            "problem.approve",
            "督办部门",
            event="problem.evaluated",
        ),
        Step(
            "record_guarantees",
            "五落实",
            (PLANNING, PLAN_REVIEW, RECTIFYING),
            None,
            _RECTIFY,
            _UNIT,
            event="problem.guarantees_recorded",
        ),
        Step("ask_void", "申请作废", OPEN, None, "problem.view", "看得到的人", event="problem.void_asked"),
        Step("void", "作废", OPEN, VOID, "problem.void", "另一人", event="problem.voided"),
        Step(
            "comment",
            "附意见",
            tuple(code for code, _ in CLOSURE),
            None,
            "problem.view",
            "看得到的人",
            event="problem.commented",
        ),
        Step(
            "confirm_repeat",
            "认定重复",
            (*OPEN, *DONE_WITH),
            None,
            "problem.recheck",
            "督办部门或登记的人",
            event="problem.repeat_confirmed",
        ),
        Step(
            "refuse_repeat",
            "认定不是重复",
            (*OPEN, *DONE_WITH),
            None,
            "problem.recheck",
            "督办部门",
            event="problem.repeat_refused",
        ),
        Step("remind", "催办", OPEN, None, "problem.assign", _OFFICE, event="problem.reminded"),
    ),
)

#: One verb, one address: POST /problems/<number>/<noun>/ takes the step. Steps without one are taken elsewhere.
NOUNS = {
    "assign": "assignment",
    "accept": "acceptance",
    "plan": "plan",
    "approve": "plan-approval",
    "return": "plan-return",
    "report": "progress",
    "submit": "submission",
    "fix_now": "fix",
    "reject": "rejection",
    "close": "closure",
    "recheck": "recheck",
    "reopen": "reopening",
    "ask_extension": "extension",
    "decide_extension": "extension-decision",
    "ask_transfer": "transfer",
    "decide_transfer": "transfer-decision",
    "reown": "owner",
    "evaluate": "evaluation",
    "record_guarantees": "guarantees",
    "ask_void": "voiding",
    "void": "voiding-decision",
    "comment": "comment",
    "remind": "reminder",
    "confirm_repeat": "repeat",
    "refuse_repeat": "repeat-refusal",
}
