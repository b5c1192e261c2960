"""What the supervising side may do."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems.models import Problem
from bihuan.problems.querysets import seen_by_grant

from .checks import checks_before
from .sides import rectifies


def _holds(problem: Problem, by: Actor, permission: str, who: str) -> Verdict:
    if by.may_in(permission, problem.unit.path or ""):
        return Verdict.yes()
    return Verdict.not_yours(f"只有{who}能办", "需要时请对方办理")


def _other_side(problem: Problem, by: Actor, permission: str, who: str) -> Verdict:
    may = _holds(problem, by, permission, who)
    if not may:
        return may
    if why := rectifies(problem, by):
        return Verdict.no(f"{why}，不能由你办", f"请{who}的其他人办")
    return may


def _not_of_the_unit(problem: Problem, by: Actor, permission: str, what: str) -> Verdict:
    """What lightens the unit's burden is never decided by somebody who answers for the unit, whatever else they are."""
    may = _other_side(problem, by, permission, "督办部门")
    if may and by.is_person and by.may_in("problem.rectify", problem.unit.path or ""):
        return Verdict.no(f"你对责任单位负责，不能批它的{what}", "请督办部门的其他人批")
    return may


def assign(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _holds(problem, by, "problem.assign", "下达部门")


def approve(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _plan_reviewer(problem, by)
    if not may:
        return may
    for check in checks_before("approve", problem):
        if not check.ok:
            detail = f"，{check.detail}" if check.detail else ""
            return Verdict.no(f"四不放过未过：{check.label}{detail}", check.todo + "，或先退回方案")
    return may


def return_plan(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _plan_reviewer(problem, by)


def _plan_reviewer(problem: Problem, by: Actor) -> Verdict:
    may = _other_side(problem, by, "problem.approve", "督办部门")
    if not may:
        return may
    if problem.plans.filter(verdict="", done_by_id=by.person_id).exists():
        return Verdict.no("方案是你报的，不能自己批", "请督办部门的其他人批")
    return may


def evaluate(problem: Problem, by: Actor, at: datetime) -> Verdict:
    if not problem.is_major:
        return Verdict.not_yours("只有重大隐患要评估治理效果")
    return _other_side(problem, by, "problem.approve", "督办部门")


def decide_extension(problem: Problem, by: Actor, at: datetime) -> Verdict:
    asked = problem.extension_asked
    if asked is None:
        return Verdict.not_yours("没有待批的延期申请")
    may = _not_of_the_unit(problem, by, "problem.extend", "延期")
    if not may:
        return may
    if asked.done_by_id == by.person_id:
        return Verdict.no("延期是你申请的，不能自己批", "请督办部门的其他人批")
    return may


def ask_void(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may_raise = by.may_in("problem.raise", problem.unit.path or "")
    if not may_raise and not by.may_in("problem.void", problem.unit.path or ""):
        return Verdict.not_yours("没有申请作废的权限")
    if problem.voiding_asked:
        return Verdict.no("已有作废申请，正在等另一人批复", "等批复后再说")
    return Verdict.yes()


def void(problem: Problem, by: Actor, at: datetime) -> Verdict:
    asked = problem.voiding_asked
    if asked is None:
        return Verdict.not_yours("没有待批的作废申请")
    may = _not_of_the_unit(problem, by, "problem.void", "作废")
    if not may:
        return may
    if asked.done_by_id == by.person_id:
        return Verdict.no("作废是你申请的，要由另一人批", "请督办部门的其他人批")
    return may


def reown(problem: Problem, by: Actor, at: datetime) -> Verdict:
    path = problem.unit.path or ""
    if by.may_in("problem.reown", path) or by.may_in("problem.reown_own", path):
        return Verdict.yes()
    return Verdict.not_yours("只有督办部门和单位负责人能换责任人")


def remind(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _holds(problem, by, "problem.assign", "下达部门")
    if may and problem.lead_id is None:
        return Verdict.no("还没有责任人，不知道催谁", "先下达或换责任人")
    return may


def comment(problem: Problem, by: Actor, at: datetime) -> Verdict:
    if seen_by_grant(problem, by) or Problem.objects.visible_to(by).filter(pk=problem.pk).exists():
        return Verdict.yes()
    return Verdict.not_yours("看不到这个问题")
