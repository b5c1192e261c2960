"""Who takes which step with a plan of rectification, and who says what of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.policies.team import TEAM
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, PlanReview, RectificationPlan
from bihuan.areas.outcome.reads.lists import PlanFault
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .feedback import answers_for

HATS = {
    "discipline": {Hat.DISCIPLINE},
    "personnel": {Hat.PERSONNEL},
    "office": {Hat.OFFICE},
    "team": set(TEAM),
}
#: who may join the comments and say what the review came to
MERGERS = {Hat.OFFICE, Hat.DISCIPLINE}
MOST_SHOWN = 3


def of_the_inspected(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    """Whoever rectifies for the organisation."""
    if Hat.INSPECTED in standing.hats and answers_for(by, feedback.task):
        return Verdict.yes()
    return Verdict.not_yours("由被巡察党组织办", "请被巡察党组织的负责人或联络员办理")


def may_prepare_plan(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    if feedback.raised_at is None:
        return Verdict.no("反馈的问题还没有下达整改", "请巡察办先下达")
    if RectificationPlan.objects.filter(feedback=feedback).exists():
        return Verdict.no("整改方案已经有人在编", "刷新页面看最新情况")
    return of_the_inspected(feedback, standing, by)


def may_amend_plan(plan: RectificationPlan, standing: Standing, by: Actor) -> Verdict:
    if plan.state not in states.RECT_PLAN["submit"].sources:
        return Verdict.no(f"整改方案{plan.get_state_display()}，不能改", "退回以后再改")
    return of_the_inspected(plan.feedback, standing, by)


def plan_verdict(
    step: str,
    plan: RectificationPlan,
    standing: Standing,
    by: Actor,
    *,
    faults: Sequence[PlanFault] = (),
    reviews: Sequence[PlanReview] = (),
) -> Verdict:
    """May they take this step now? `faults` are asked before it is handed in, `reviews` before the comments are joined."""
    row = states.RECT_PLAN[step]
    if plan.state not in row.sources:
        now = plan.get_state_display()
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    if step in ("return", "agree"):
        return _may_merge(step, standing, reviews)
    may = of_the_inspected(plan.feedback, standing, by)
    if not may or step == "start":
        return may
    if by.person_id != plan.head_id:
        return Verdict.no("方案由整改领导小组组长签字背书后报送", "请组长本人办理")
    if faults:
        said = "；".join(f"第 {one.place} 件{one.text}" for one in faults[:MOST_SHOWN])
        more = f"等 {len(faults)} 处" if len(faults) > MOST_SHOWN else ""
        return Verdict.no(f"{said}{more}", "在问题页上补齐措施、期限和责任人，再报会审")
    return Verdict.yes()


def _may_merge(step: str, standing: Standing, reviews: Sequence[PlanReview]) -> Verdict:
    if not standing.hats & MERGERS:
        return Verdict.not_yours("由巡察办或纪检机构归并意见", "请他们办理")
    if standing.was_team:
        return Verdict.no("你在这个巡察组，意见由巡察办的其他人归并", "请巡察办的其他人办理")
    waiting = [str(one) for one in reviews if not one.verdict]
    if waiting:
        return Verdict.no(f"{'、'.join(waiting)}还没有会审", "等各方都提了意见再归并")
    against = [str(one) for one in reviews if one.verdict == "returned"]
    if step == "agree" and against:
        return Verdict.no(f"{'、'.join(against)}建议退回", "退回修改，改后再会审")
    return Verdict.yes()


def may_ask_review(plan: RectificationPlan, standing: Standing) -> Verdict:
    """Further departments are asked while the review runs."""
    if plan.state != states.REVIEWING:
        return Verdict.no(f"整改方案{plan.get_state_display()}，不在会审", "报会审以后再请部门会审")
    if Hat.OFFICE not in standing.hats or standing.was_team:
        return Verdict.not_yours("由巡察办请部门会审", "请巡察办办理")
    return Verdict.yes()


def is_reviewer(review: PlanReview, standing: Standing, departments: Collection[int]) -> bool:
    """Whether they speak for this body. `departments` are those they act for."""
    if Hat.INSPECTED in standing.hats:
        return False
    if review.body in ("department", "publicity"):
        return review.unit_id is not None and review.unit_id in departments
    if review.body != "team" and standing.was_team:
        return False
    return bool(standing.hats & HATS[review.body])


def may_review(
    review: PlanReview, plan: RectificationPlan, standing: Standing, departments: Collection[int]
) -> Verdict:
    if not is_reviewer(review, standing, departments):
        return Verdict.not_yours("没有找到")
    if plan.state != states.REVIEWING or review.edition.number != plan.edition:
        return Verdict.no("这一稿的会审已经结束", "刷新页面看最新情况")
    if review.verdict:
        return Verdict.no("这一方已经会审过", "刷新页面看最新情况")
    return Verdict.yes()


def sees_comments(
    review: PlanReview, standing: Standing, departments: Collection[int], *, merged: bool
) -> bool:
    """Own ones always; those of others to whoever joins them. Merged ones stand in the list that everybody reads."""
    if is_reviewer(review, standing, departments):
        return True
    return bool(standing.hats & MERGERS) and not standing.was_team and (merged or bool(review.verdict))
