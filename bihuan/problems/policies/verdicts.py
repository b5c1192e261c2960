"""One rule per step. No rule means no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Problem

from . import amending, closing, rectifying, repeating, supervising

Rule = Callable[[Problem, Actor, datetime], Verdict]

_RULES: dict[str, Rule] = {
    "assign": supervising.assign,
    "approve": supervising.approve,
    "return": supervising.return_plan,
    "decide_extension": supervising.decide_extension,
    "evaluate": supervising.evaluate,
    "ask_void": supervising.ask_void,
    "void": supervising.void,
    "reown": supervising.reown,
    "remind": supervising.remind,
    "comment": supervising.comment,
    "accept": rectifying.accept,
    "plan": rectifying.plan,
    "report": rectifying.report,
    "submit": rectifying.submit,
    "fix_now": rectifying.fix_now,
    "ask_extension": rectifying.ask_extension,
    "ask_transfer": rectifying.ask_transfer,
    "decide_transfer": rectifying.decide_transfer,
    "record_guarantees": rectifying.record_guarantees,
    "reject": closing.reject,
    "close": closing.close,
    "recheck": closing.recheck,
    "reopen": closing.reopen,
    "amend": amending.amend,
    "restate": amending.restate,
    "confirm_repeat": repeating.confirm_repeat,
    "refuse_repeat": repeating.refuse_repeat,
}


def verdict(step: str, problem: Problem, *, by: Actor, at: datetime) -> Verdict:
    """May this actor take this step with this problem now? The reason is also the button's tooltip."""
    row = states.STEPS[step]
    if problem.closure not in row.sources:
        now = dict(states.CLOSURE)[problem.closure]
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    rule = _RULES.get(step)
    if rule is None or not (by.is_person or by.is_system):
        return Verdict.not_yours("没有这项权限")
    said = rule(problem, replace(by, scope=None), at)
    if said and not by.in_scope(row.permission):
        return Verdict.no("这个访问令牌的范围不含这一步", "换一个范围更大的令牌，或由本人登录办")
    return said


def buttons(problem: Problem, *, by: Actor, at: datetime) -> list[tuple[str, str, Verdict]]:
    """(step, label, verdict) of every step this actor has to do with in this state, refused ones included."""
    found = []
    for row in states.STEPS.from_state(problem.closure):
        if row.name not in states.NOUNS:
            continue
        may = verdict(row.name, problem, by=by, at=at)
        if may or not may.hidden:
            found.append((row.name, row.label, may))
    return found
