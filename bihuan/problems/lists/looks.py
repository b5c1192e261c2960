"""How a problem looks on every page: the word of its state with tone and icon, and its clock."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.clock import Clock, read_clock
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.registry import shelf

#: state -> (word, tone, icon): the look of a state on every page
LOOKS = {
    states.RAISED: ("待下达", "calm", "inbox"),
    states.ASSIGNED: ("待认领", "calm", "hand-stop"),
    states.PLANNING: ("待报方案", "calm", "writing"),
    states.PLAN_REVIEW: ("方案待审", "soon", "file-text"),
    states.RECTIFYING: ("整改中", "busy", "tool"),
    states.VERIFYING: ("核验中", "busy", "eye-check"),
    states.CLOSED: ("已销号", "good", "circle-check"),
    states.CONFIRMED: ("回头看合格", "good", "checks"),
    states.VOID: ("已作废", "calm", "ban"),
}
STATED = ("台账载明", "calm", "archive")
RELAPSED = ("反弹", "late", "arrow-back-up")
SENT_BACK = ("退回整改", "late", "corner-up-left")

#: code of a step in the past tense -> what was done, tone, icon; one look in thread, desk and papers
STEP_LOOKS = {
    "raised": ("登记", "calm", "flag"),
    "taken_over": ("接管历史", "calm", "archive"),
    "amended": ("改登记内容", "calm", "pencil"),
    "restated": ("台账改载", "calm", "archive"),
    "assigned": ("下达", "calm", "send"),
    "accepted": ("认领", "busy", "hand-stop"),
    "planned": ("报方案", "busy", "file-text"),
    "approved": ("批准方案", "good", "file-check"),
    "returned": ("退回方案", "late", "corner-up-left"),
    "reported": ("报进度", "busy", "progress"),
    "submitted": ("申请销号", "busy", "send"),
    "fixed_now": ("当场整改", "busy", "camera"),
    "rejected": ("退回整改", "late", "corner-up-left"),
    "closed": ("销号", "good", "circle-check"),
    "rechecked": ("回头看", "good", "eye-check"),
    "reopened": ("反弹", "late", "arrow-back-up"),
    "extension_asked": ("申请延期", "soon", "calendar-plus"),
    "extension_decided": ("批延期", "soon", "calendar-check"),
    "transfer_asked": ("申请移交", "soon", "switch-horizontal"),
    "transfer_decided": ("答复移交", "soon", "switch-horizontal"),
    "reowned": ("换责任人", "calm", "user-share"),
    "evaluated": ("治理效果评估", "busy", "clipboard-check"),
    "guarantees_recorded": ("五落实", "busy", "shield-check"),
    "void_asked": ("申请作废", "soon", "ban"),
    "voided": ("作废", "calm", "ban"),
    "commented": ("附意见", "calm", "message"),
    "reminded": ("催办", "soon", "bell-ringing"),
    "repeat_confirmed": ("认定重复", "soon", "repeat"),
    "repeat_refused": ("认定不是重复", "calm", "x"),
}


def look_of(problem: Problem, *, relapsed: bool = False) -> tuple[str, str, str]:
    """Word, tone and icon of where a problem stands. Green is only what was proven here."""
    if problem.taken_over and problem.closure == states.CLOSED and problem.closed_by_id is None:
        return STATED
    if problem.closure == states.RECTIFYING and problem.round > 1:
        return RELAPSED if relapsed else SENT_BACK
    return LOOKS[problem.closure]


def clock_of(problem: Problem, today: date) -> Clock:
    """The clock of a problem; a closed one says how it ended."""
    ended = not problem.is_open
    word = "已作废" if problem.closure == states.VOID else "已销号"
    if problem.taken_over and ended and problem.closed_by_id is None and problem.closure != states.VOID:
        return Clock("none", None, "台账载明")
    return read_clock(problem.due_on, today, problem.timing, closed=ended, closed_words=word)


def source_label(problem: Problem) -> str:
    source = shelf.sources().get(problem.source)
    return source.label if source else problem.source
