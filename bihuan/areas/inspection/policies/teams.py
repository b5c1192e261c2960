"""Who composes a team, who authorises it, who lifts a recusal; and what each member does for themselves."""

from __future__ import annotations

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Member, RecusalCase, Round, Task, Team
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .plan import may_plan

#: a round whose teams may still be changed
OPEN = (states.DRAFT, states.APPROVED, states.ONSITE)
MOST_SHOWN = 3


def may_compose(round: Round, by: Actor) -> Verdict:
    """Teams are put together by the office, as long as the round is not over on site."""
    if round.state not in OPEN:
        now = dict(states.ROUND_STATES)[round.state]
        return Verdict.no(f"本轮{now}，组员不能再变", "下一轮再组建")
    return may_plan(by)


def may_prepare(task: Task, by: Actor) -> Verdict:
    """The notice and the announcement go out before the entry, once the scheme of the round is approved."""
    if task.round.state not in (states.APPROVED, states.ONSITE):
        now = dict(states.ROUND_STATES)[task.round.state]
        return Verdict.no(f"本轮{now}", "方案批准以后、进驻以前办")
    if task.entered_on is not None:
        return Verdict.no("已经进驻", "进驻前的事不能再补")
    return may_plan(by)


def may_name_liaison(task: Task, by: Actor) -> Verdict:
    return may_compose(task.round, by)


def may_declare(member: Member, by: Actor) -> Verdict:
    """Everybody for themselves, and before the round is over on site."""
    if not by.is_person or by.person_id != member.person_id:
        return Verdict.not_yours("要本人申报", "请本人登录办理")
    if member.removed_at is not None:
        return Verdict.no("已经换下，不用申报", "")
    if member.round.state not in OPEN:
        return Verdict.no("本轮已经离场", "")
    return Verdict.yes()


def may_sign(member: Member, by: Actor) -> Verdict:
    may = may_declare(member, by)
    if may and member.pledged_at is not None:
        return Verdict.no("已经签过", "")
    return may


def may_lift(case: RecusalCase, by: Actor) -> Verdict:
    """Somebody who decides, and neither the member nor whoever listed the member."""
    if not by.may(states.DECIDE):
        return Verdict.not_yours("回避由领导小组成员认定", "请领导小组成员办理")
    if by.is_person and by.person_id == case.person_id:
        return Verdict.no("是你自己的回避情形", "请领导小组的其他人认定")
    if by.is_person and by.person_id == case.member.added_by_id:
        return Verdict.no("人是你列入的，不能由你认定", "请领导小组的其他人认定")
    if case.lifted_at is not None or case.ended_at is not None or case.member.removed_at is not None:
        return Verdict.no("已被他人处理", "刷新页面看最新情况后再办")
    return Verdict.yes()


def may_prolong(team: Team, members: list[Member], by: Actor) -> Verdict:
    """By who authorises, never for oneself, as long as the round is not archived."""
    if not by.may(states.DECIDE):
        return Verdict.not_yours("授权由领导小组成员记", "请领导小组成员办理")
    if team.round.state in (states.ARCHIVED, states.CANCELLED):
        return Verdict.not_yours("本轮已经归档或取消", "")
    if not members:
        return Verdict.not_yours("组里还没有授权的人", "先记授权")
    if by.is_person and any(member.person_id == by.person_id for member in members):
        return Verdict.no("你在这个组里，不能给自己延长", "请领导小组的其他人记")
    return Verdict.yes()


def may_authorise(team: Team, members: list[Member], blocking: list[RecusalCase], by: Actor) -> Verdict:
    """`members` are those standing, `blocking` what keeps them away. The decision is a leader's, never of whoever put
    the team together."""
    if not by.may(states.DECIDE):
        return Verdict.not_yours("授权由领导小组成员记", "请领导小组成员办理")
    if team.round.state not in OPEN:
        return Verdict.no("本轮不在组建和进驻阶段", "")
    if by.is_person and by.person_id == team.made_by_id:
        return Verdict.no("组是你建的，不能由你授权", "请领导小组的其他人记")
    if by.is_person and any(member.person_id == by.person_id for member in members):
        return Verdict.no("你在这个组里，不能给自己授权", "请领导小组的其他人记")
    if not any(member.part == "leader" for member in members):
        return Verdict.no("还没有组长", "请巡察办先定组长")
    if len(members) < 2:
        return Verdict.no("组里只有组长一个人", "谈话要两人以上，请巡察办加人")
    if blocking:
        said = "；".join(f"{case.person}{case.reason}" for case in blocking[:MOST_SHOWN])
        return Verdict.no(f"有 {len(blocking)} 项回避没有认定：{said}", "换人，或由领导小组成员认定不需回避")
    silent = [str(member.person) for member in members if member.declared_at is None]
    if silent:
        return Verdict.no(f"还没有申报回避情况：{'、'.join(silent)}", "请本人在“我的巡察”里申报")
    if all(member.authorised_at for member in members):
        return Verdict.no("组员都已授权", "")
    return Verdict.yes()
