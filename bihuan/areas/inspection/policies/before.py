"""Who asks departments and who answers, who reads, who calls together, who lends and who appraises."""

from __future__ import annotations

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Briefing, Round, Secondment, Task
from bihuan.areas.inspection.querysets import lends
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .plan import may_plan
from .teams import OPEN


def _alive(round: Round) -> Verdict:
    if round.state in states.ALIVE:
        return Verdict.yes()
    now = dict(states.ROUND_STATES)[round.state]
    return Verdict.no(f"本轮{now}", "方案批准以后、离场以前办")


def may_ask(task: Task, by: Actor) -> Verdict:
    """Departments learn whom a round is about only once its scheme is approved."""
    may = may_plan(by)
    return _alive(task.round) if may else may


def briefing_verdict(step: str, briefing: Briefing, by: Actor) -> Verdict:
    """May this actor answer, or return an answer?"""
    if briefing.state not in states.BRIEFING[step].sources:
        now = dict(states.BRIEFING_STATES)[briefing.state]
        return Verdict.not_yours(f"现在是“{now}”", "刷新页面看最新情况后再办")
    if step == "answer" and not Briefing.objects.asked_of(by).filter(pk=briefing.pk).exists():
        return Verdict.not_yours("由被请的部门报", "请这个部门的联系人办理")
    if step == "return" and not (may := may_plan(by)):
        return may
    return _alive(briefing.task.round)


def may_consult(round: Round, by: Actor) -> Verdict:
    may = may_plan(by)
    return _alive(round) if may else may


def may_mobilise(round: Round, by: Actor) -> Verdict:
    return may_consult(round, by)


def may_note_entry_meeting(task: Task, by: Actor) -> Verdict:
    """After the entry; it may be noted down later, also when the round is over on site."""
    may = may_plan(by)
    if may and task.entered_on is None:
        return Verdict.no("还没有进驻", "进驻以后开进驻动员会")
    return may


def may_lend(round: Round, by: Actor) -> Verdict:
    if not lends(by):
        return Verdict.not_yours("借调由巡察办或组织部门办", "请巡察办办理")
    if round.state not in OPEN:
        now = dict(states.ROUND_STATES)[round.state]
        return Verdict.no(f"本轮{now}，不再借调", "下一轮再借调")
    return Verdict.yes()


def may_return(secondment: Secondment, by: Actor) -> Verdict:
    if not lends(by):
        return Verdict.not_yours("借调由巡察办或组织部门办", "请巡察办办理")
    if secondment.returned_on is not None:
        return Verdict.no("已经返回原单位", "刷新页面看最新情况")
    return Verdict.yes()


def may_appraise(secondment: Secondment, by: Actor) -> Verdict:
    """The leader of the team or who arranges secondments; after the round, until it was sent; never of oneself."""
    if by.is_person and by.person_id == secondment.person_id:
        return Verdict.not_yours("不能给自己写鉴定", "由组长或巡察办写")
    if not lends(by) and not Secondment.objects.led_by(by).filter(pk=secondment.pk).exists():
        return Verdict.not_yours("鉴定由组长或巡察办写", "请组长或巡察办办理")
    if secondment.returned_on is None and secondment.round.state not in states.OVER:
        return Verdict.no("还在借调", "本轮离场或返回原单位以后写鉴定")
    if (written := getattr(secondment, "appraisal", None)) is not None and written.sent_at is not None:
        return Verdict.no("鉴定已经送原单位，不能再改", "")
    return Verdict.yes()


def may_send(secondment: Secondment, by: Actor) -> Verdict:
    if not lends(by):
        return Verdict.not_yours("由巡察办或组织部门送", "请巡察办办理")
    if by.is_person and by.person_id == secondment.person_id:
        return Verdict.not_yours("不能送自己的鉴定", "请巡察办的其他人送")
    written = getattr(secondment, "appraisal", None)
    if written is None:
        return Verdict.no("还没有写鉴定", "先由组长或巡察办写")
    if written.sent_at is not None:
        return Verdict.no("已经送原单位", "")
    return Verdict.yes()
