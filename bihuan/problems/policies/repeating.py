"""Who may say that a problem is a repeat, and who that it is not."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems.models import Problem

from .sides import rectifies


def _supervises(problem: Problem, by: Actor) -> bool:
    path = problem.unit.path or ""
    return by.is_system or by.may_in("problem.recheck", path) or by.may_in("problem.assign", path)


def confirm_repeat(problem: Problem, by: Actor, at: datetime) -> Verdict:
    """Whoever supervises, and whoever found it: saying so about one's own find helps nobody to hide."""
    if problem.repeat_of_id is not None:
        return Verdict.no("已经认定是重复", "认定错了的，先点“认定不是重复”撤销，再认定")
    if _supervises(problem, by) or (by.person_id and problem.raised_by_id == by.person_id):
        return Verdict.yes()
    return Verdict.not_yours("只有督办部门和登记的人能认定重复")


def refuse_repeat(problem: Problem, by: Actor, at: datetime) -> Verdict:
    """A repeat counts against the unit: nobody of its team says that it is none."""
    if not _supervises(problem, by):
        return Verdict.not_yours("只有督办部门能认定不是重复")
    if why := rectifies(problem, by):
        return Verdict.no(f"{why}，不能由你说不是重复", "请督办部门的其他人认定")
    if by.is_person and by.may_in("problem.rectify", problem.unit.path or ""):
        return Verdict.no("你对责任单位负责，不能由你说不是重复", "请督办部门的其他人认定")
    return Verdict.yes()
