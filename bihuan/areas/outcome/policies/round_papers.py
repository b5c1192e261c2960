"""Who sums up a round, and who writes down that the committee heard it."""

from __future__ import annotations

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import RoundPaper
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict


def may_sum_up(round: Round, by: Actor) -> Verdict:
    if not by.may(states.PLAN):
        return Verdict.not_yours("由巡察办办", "请巡察办办理")
    if round.state not in (rounds.REPORTING, rounds.ARCHIVED):
        return Verdict.no("本轮还没有都离场", "各组都离场以后办")
    return Verdict.yes()


def may_amend_paper(paper: RoundPaper, by: Actor) -> Verdict:
    if paper.heard_on is not None:
        return Verdict.no("党委已经听取，不能改", "")
    return may_sum_up(paper.round, by)


def may_hear(paper: RoundPaper, by: Actor) -> Verdict:
    if paper.heard_on is not None:
        return Verdict.no("已经记过", "刷新页面看最新情况")
    if not by.may(states.DECIDE):
        return Verdict.not_yours("由领导小组成员记", "请领导小组成员办理")
    if by.person_id == paper.written_by_id:
        return Verdict.no("是你起草的，不能由你记", "请领导小组的其他人记")
    return Verdict.yes()
