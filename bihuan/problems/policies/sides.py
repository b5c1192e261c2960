"""On whose side a person stands in one problem: what the four-eyes rules ask."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Part, Problem

RECTIFY, VERIFY = Part.Side.RECTIFY, Part.Side.VERIFY


def owns_a_measure(problem: Problem, person_id: int) -> bool:
    return any(measure.owner_id == person_id for measure in problem.measures.all())


def rectifies(problem: Problem, by: Actor) -> str:
    """Why this person counts as one of the rectifying team; "" if they do not.

    Work of an earlier round counts: what is verified now stands on it.
    """
    if by.person_id is None:
        return ""
    if problem.submitted_by_id == by.person_id:
        return "销号是你申请的"
    if problem.lead_id == by.person_id:
        return "你是责任人"
    if owns_a_measure(problem, by.person_id):
        return "你负责其中的整改措施"
    own = (part for part in problem.parts.all() if part.person_id == by.person_id and part.side == RECTIFY)
    last = max((part.round for part in own), default=None)
    if last is None:
        return ""
    return "你参加了本轮整改" if last == problem.round else f"你参加过第 {last} 轮整改"


def ever_took_part(problem: Problem, by: Actor) -> bool:
    """True if the person stood on either side in any round, or closed it."""
    if by.person_id is None:
        return False
    if by.person_id in (problem.closed_by_id, problem.lead_id, problem.submitted_by_id):
        return True
    if owns_a_measure(problem, by.person_id):
        return True
    return any(part.person_id == by.person_id for part in problem.parts.all())


def verified(problem: Problem, by: Actor) -> bool:
    """True if the person verified in this round: then rectifying is not theirs any more."""
    own = (part for part in problem.parts.all() if part.person_id == by.person_id)
    return any(part.round == problem.round and part.side == VERIFY for part in own)


def may_rectify(problem: Problem, by: Actor) -> bool:
    """Of the responsible unit by grant, or named: the person in charge, or the owner of a measure."""
    if by.is_system or by.may_in("problem.rectify", problem.unit.path or ""):
        return True
    if by.person_id is None:
        return False
    if problem.lead_id == by.person_id:
        return True
    return owns_a_measure(problem, by.person_id)
