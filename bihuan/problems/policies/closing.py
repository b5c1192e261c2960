"""Who may close, send back, look again. The core of the four-eyes rule.

Verifier ≠ submitter ≠ anybody of the rectifying team; a major hazard is never closed by anyone who answers
for the responsible unit; whoever looks back had no part in it.
"""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems.models import Problem, Submission

from .checks import checks_before
from .sides import ever_took_part, rectifies


def _verifier(problem: Problem, by: Actor) -> Verdict:
    path = problem.unit.path or ""
    if not by.may_in("problem.verify", path):
        if not by.may_in("problem.verify_minor", path):
            return Verdict.not_yours("只有核验部门能办")
        if not _is_minor(problem):
            return Verdict.no("现场复核人只能核验一般问题的当场整改", "请督办部门核验")
    if why := rectifies(problem, by):
        return Verdict.no(f"{why}，不能自己核验", "请申请人和整改组之外的人核验")
    if problem.is_major and by.may_in("problem.rectify", path):
        return Verdict.no("你对责任单位负责，不能核验它的重大隐患", "请督办部门核验")
    return Verdict.yes()


def _is_minor(problem: Problem) -> bool:
    last = Submission.objects.filter(problem=problem, round=problem.round).order_by("-id").first()
    return problem.grade == "general" and last is not None and last.on_the_spot


def reject(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _verifier(problem, by)


def close(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _verifier(problem, by)
    if not may:
        return may
    for check in checks_before("close", problem):
        if not check.ok:
            detail = f"，{check.detail}" if check.detail else ""
            return Verdict.no(f"{check.label}{detail}", f"{check.todo}，补齐后按钮自动可用，或先退回整改")
    return may


def _looker(problem: Problem, by: Actor) -> Verdict:
    if not by.may_in("problem.recheck", problem.unit.path or ""):
        return Verdict.not_yours("只有回头看的人能办")
    if ever_took_part(problem, by):
        return Verdict.no("你参加过整改或核验，不能由你回头看", "请没有参加过的人回头看")
    return Verdict.yes()


def recheck(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _looker(problem, by)


def reopen(problem: Problem, by: Actor, at: datetime) -> Verdict:
    """A relapse is a fact: whoever supervises may report it, also the one who closed."""
    if by.may_in("problem.recheck", problem.unit.path or ""):
        return Verdict.yes()
    return Verdict.not_yours("只有督办部门能认定反弹")
