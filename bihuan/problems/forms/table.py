"""Which form and which action belong to a step, and what the page says when it was taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bihuan.problems import states
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.close import close
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.confirm_repeat import confirm_repeat
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.evaluate import evaluate
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.refuse_repeat import refuse_repeat
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.remind import remind
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.actions.return_plan import return_plan
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Problem

from .assigning import (
    AssignForm,
    DecisionForm,
    EvaluateForm,
    ExtensionForm,
    RemindForm,
    ReownForm,
    TransferDecisionForm,
    TransferForm,
    VoidForm,
    WordForm,
)
from .fields import ReasonForm, StepForm
from .looking import CommentForm, RecheckForm, RefusalForm, ReopenForm, RepeatForm
from .rectifying import AcceptForm, FixForm, GuaranteesForm, PlanForm, ProgressForm, SubmitForm


@dataclass(frozen=True)
class StepPage:
    """One step as a page. `checks` names the check list shown above its form."""

    step: str
    form: type[StepForm]
    action: Callable[..., Any]
    done: str
    icon: str
    button: str = ""
    checks: str = ""

    @property
    def noun(self) -> str:
        return states.NOUNS[self.step]

    @property
    def label(self) -> str:
        return states.STEPS[self.step].label


PAGES = (
    StepPage("assign", AssignForm, assign, "已下达", "send"),
    StepPage("accept", AcceptForm, accept, "已认领", "hand-stop"),
    StepPage("plan", PlanForm, propose_plan, "方案已报", "file-text", checks="plan"),
    StepPage("approve", WordForm, approve_plan, "方案已批准", "file-check", checks="approve"),
    StepPage("return", ReasonForm, return_plan, "方案已退回", "corner-up-left", checks="approve"),
    StepPage("report", ProgressForm, report_progress, "进度已报", "progress"),
    StepPage("submit", SubmitForm, submit, "已申请销号", "send", checks="submit"),
    StepPage("fix_now", FixForm, fix_now, "当场整改已记下", "camera", button="已改，请人核验"),
    StepPage("reject", ReasonForm, reject, "已退回整改", "corner-up-left", checks="close"),
    StepPage("close", WordForm, close, "已销号", "circle-check", checks="close"),
    StepPage("recheck", RecheckForm, recheck, "回头看已记下", "eye-check"),
    StepPage("reopen", ReopenForm, reopen, "已重新打开", "arrow-back-up"),
    StepPage("ask_extension", ExtensionForm, ask_extension, "延期已申请", "calendar-plus"),
    StepPage("decide_extension", DecisionForm, decide_extension, "延期已批复", "calendar-check"),
    StepPage("ask_transfer", TransferForm, ask_transfer, "移交已申请", "switch-horizontal"),
    StepPage("decide_transfer", TransferDecisionForm, decide_transfer, "移交已答复", "switch-horizontal"),
    StepPage("reown", ReownForm, reown, "责任人已换", "user-share"),
    StepPage("evaluate", EvaluateForm, evaluate, "评估已记下", "clipboard-check"),
    StepPage(
        "record_guarantees",
        GuaranteesForm,
        record_guarantees,
        "五落实已记下",
        "shield-check",
        checks="approve",
    ),
    StepPage("ask_void", VoidForm, ask_void, "作废已申请", "ban"),
    StepPage("void", DecisionForm, decide_void, "作废已批复", "ban"),
    StepPage("comment", CommentForm, comment, "意见已附上", "message"),
    StepPage("remind", RemindForm, remind, "已催办", "bell-ringing"),
    StepPage("confirm_repeat", RepeatForm, confirm_repeat, "已认定重复", "repeat"),
    StepPage("refuse_repeat", RefusalForm, refuse_repeat, "已认定不是重复", "x"),
)
BY_STEP = {page.step: page for page in PAGES}
_NEXT = {
    states.RAISED: "接下来等下达",
    states.ASSIGNED: "接下来等{unit}认领",
    states.PLANNING: "接下来由{unit}报方案",
    states.PLAN_REVIEW: "接下来等督办部门批方案",
    states.RECTIFYING: "接下来由{unit}整改、报进度",
    states.VERIFYING: "接下来请申请人和整改组之外的人核验销号",
    states.CLOSED: "到时候由没有参加过的人回头看",
    states.CONFIRMED: "这件办结了",
    states.VOID: "作废的问题保留备查，不计入各项比率",
}
_STATE_UNCHANGED = {
    "comment",
    "remind",
    "ask_extension",
    "ask_void",
    "ask_transfer",
    "reown",
    "record_guarantees",
    "confirm_repeat",
    "refuse_repeat",
}
_WAITS = {
    "ask_extension": "等督办部门批复，批准前期限不变",
    "ask_void": "等另一人批复",
    "ask_transfer": "等对方单位接收，接收前仍由本单位负责",
    "remind": "责任人会收到通知",
    "confirm_repeat": "计入单位的重复发生率；等级没有改，下达时考虑",
    "refuse_repeat": "这两件不会再问",
}


def what_next(step: str, problem: Problem) -> str:
    """What the message after a step says comes next."""
    if step in _WAITS:
        return _WAITS[step]
    return "" if step in _STATE_UNCHANGED else _NEXT[problem.closure].format(unit=problem.unit)
