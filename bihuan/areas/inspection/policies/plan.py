"""Who may plan, who decides, and what must be there first."""

from __future__ import annotations

from datetime import date

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Round, Task, Term, YearPlan
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .gates import Gate, entry_verdict


def may_plan(by: Actor) -> Verdict:
    if by.may(states.PLAN):
        return Verdict.yes()
    return Verdict.not_yours("计划和轮次由巡察办编", "请巡察办办理")


def may_decide(thing: YearPlan | Round | Term, by: Actor) -> Verdict:
    """What was decided is written down by a member of the leading group, never by whoever drew it up."""
    if not by.may(states.DECIDE):
        return Verdict.not_yours("由巡察工作领导小组成员记", "请领导小组成员办理")
    if by.is_person and thing.made_by_id == by.person_id:
        return Verdict.no("是你编的，不能由你批", "请领导小组的其他人记")
    return Verdict.yes()


def may_approve_term(term: Term, by: Actor) -> Verdict:
    if term.approved_at is not None:
        return Verdict.no("五年规划已经批准", "要改范围就办“移入移出”")
    may = may_decide(term, by)
    if may and not term.scope.exists():
        return Verdict.no("还没有列入一个党组织", "先定巡察范围")
    return may


def year_verdict(step: str, plan: YearPlan, by: Actor) -> Verdict:
    """May this actor take this step with a year plan?"""
    wrong = _not_from(states.YEAR[step].sources, plan.state, dict(states.YEAR_STATES))
    if wrong is not None:
        return wrong
    may = may_decide(plan, by)
    if not may:
        return may
    if step == "review" and not plan.rounds.exclude(state=states.CANCELLED).exists():
        return Verdict.no("还没有排一个轮次", "先立轮次、列任务，再送审议")
    if step == "approve" and plan.term.approved_at is None:
        return Verdict.no("五年规划还没有批准", "先批准五年规划")
    return may


def round_verdict(step: str, round: Round, by: Actor) -> Verdict:
    """May this actor take this step with a round?"""
    wrong = _not_from(states.ROUND[step].sources, round.state, dict(states.ROUND_STATES))
    if wrong is not None:
        return wrong
    if step in ("enter", "leave", "archive"):
        return may_plan(by)
    may = may_decide(round, by)
    if not may or step != "approve":
        return may
    if round.plan.state != states.APPROVED:
        return Verdict.no(f"{round.plan}还没有批准", "先批准年度计划")
    if not round.tasks.exists():
        return Verdict.no("本轮还没有任务", "先列入要巡察的党组织")
    return may


def may_change_tasks(round: Round, by: Actor) -> Verdict:
    if round.state not in states.OPEN_TO_CHANGE:
        now = dict(states.ROUND_STATES)[round.state]
        return Verdict.no(f"本轮{now}，任务不能再增减", "方案批准前才能增减任务")
    return may_plan(by)


def may_enter(task: Task, by: Actor, on: date, gates: list[Gate]) -> Verdict:
    """`gates` are those of this task (`policies.gates`)."""
    may = round_verdict("enter", task.round, by)
    if not may:
        return may
    if task.entered_on is not None:
        return Verdict.no("已经进驻", "刷新页面看最新情况")
    if on < task.round.starts_on:
        return Verdict.no(f"早于本轮开始的日期（{task.round.starts_on:%Y-%m-%d}）", "核对进驻日期")
    return entry_verdict(gates)


def may_leave(task: Task, by: Actor, on: date) -> Verdict:
    may = round_verdict("leave", task.round, by)
    if not may:
        return may
    if task.entered_on is None:
        return Verdict.no("还没有进驻", "先记进驻")
    if task.left_on is not None:
        return Verdict.no("已经离场", "刷新页面看最新情况")
    if on < task.entered_on:
        return Verdict.no("早于进驻的日期", "核对离场日期")
    return may


def may_adopt(task: Task, by: Actor) -> Verdict:
    """Problems are taken into a round by the office, once the team was there."""
    if task.entered_on is None:
        return Verdict.no("还没有进驻，没有本轮发现的问题", "进驻以后再归入")
    return may_plan(by)


def _not_from(sources: tuple[str, ...], state: str, words: dict[str, str]) -> Verdict | None:
    if state in sources:
        return None
    return Verdict.not_yours(f"已被他人处理，现在是“{words[state]}”", "刷新页面看最新情况后再办")
