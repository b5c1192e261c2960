"""Letters: who releases, who takes one back, who signs for it."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Addressee, Letter, Problem

from .ladder import HEAD, LEADER, OWNER
from .sides import rectifies

#: in these states the unit is at it and can be urged; while a verifier looks there is nothing to urge
URGED = (states.ASSIGNED, states.PLANNING, states.PLAN_REVIEW, states.RECTIFYING)
State = Letter.State


def fits(letter: Letter) -> bool:
    """Whether what the letter says is still so: same round, deadline and unit, and the unit still at it."""
    problem: Problem = letter.problem
    return problem.closure in URGED and (problem.round, problem.due_on, problem.unit_id) == (
        letter.round,
        letter.due_on,
        letter.unit_id,
    )


def may_release(letter: Letter, by: Actor) -> Verdict:
    """签发: a person of the supervising side, who neither rectifies nor answers for the unit."""
    if letter.state != State.WAITING:
        return Verdict.not_yours(f"这份函件{letter.get_state_display()}，不用签发")
    may = _supervises(letter, by, "签发")
    if not may:
        return may
    if not by.is_person:
        return Verdict.not_yours("预警和问责函件要由人签发")
    if not fits(letter):
        return Verdict.no("问题已不在整改中，或期限、责任单位已变", "不用再发，写明原因后撤回")
    return may


def may_withdraw(letter: Letter, by: Actor) -> Verdict:
    """撤回: before anybody signed for it. The number, if it has one, stays used."""
    if letter.state not in (State.WAITING, State.ISSUED):
        return Verdict.not_yours(f"这份函件{letter.get_state_display()}，不能撤回")
    return _supervises(letter, by, "撤回")


def _supervises(letter: Letter, by: Actor, verb: str) -> Verdict:
    path = letter.unit.path or ""
    if not by.may_in("letter.release", path):
        return Verdict.not_yours(f"只有督办部门能{verb}")
    if by.is_person and by.may_in("problem.rectify", path):
        return Verdict.no(f"你对责任单位负责，不能{verb}发给它的函件", "请督办部门的其他人办")
    if why := rectifies(letter.problem, by):
        return Verdict.no(f"{why}，不能{verb}", "请督办部门的其他人办")
    return Verdict.yes()


def may_sign(letter: Letter, by: Actor) -> Verdict:
    """签收: whom it is addressed to; for a letter to the unit also whoever acts for the unit."""
    if letter.state != State.ISSUED:
        return Verdict.not_yours(f"这份函件{letter.get_state_display()}，不用签收")
    if not by.is_person:
        return Verdict.not_yours("要由收件人签收")
    to_me = Addressee.objects.filter(letter=letter, person_id=by.person_id, kind=Addressee.Kind.TO)
    if to_me.exists():
        return Verdict.yes()
    path = letter.unit.path or ""
    if letter.addressed in (OWNER, HEAD) and by.may_in("problem.rectify", path):
        return Verdict.yes()
    if letter.addressed == LEADER and by.may_in("letter.lead", path):
        return Verdict.yes()
    return Verdict.not_yours("只有收件人和责任单位能签收")
