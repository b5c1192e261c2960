"""Who reports on the rectification, and who reads it."""

from __future__ import annotations

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import Feedback, RectificationPlan, RectificationReport
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

from .plan import of_the_inspected

READER_HATS = {"office": Hat.OFFICE, "discipline": Hat.DISCIPLINE, "personnel": Hat.PERSONNEL}


def may_hold_life_meeting(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    if feedback.received_on is None:
        return Verdict.no("还没有签收反馈意见", "签收以后再开")
    return of_the_inspected(feedback, standing, by)


def may_hand_in_rect_report(
    feedback: Feedback, kind: str, plan: RectificationPlan | None, standing: Standing, by: Actor
) -> Verdict:
    """The principal's own is handed in by the principal, who heads the plan."""
    may = of_the_inspected(feedback, standing, by)
    if not may:
        return may
    if plan is None or plan.started_on is None:
        return Verdict.no("整改方案还没有实施", "方案会审通过、印发实施以后再报")
    if kind == "head" and by.person_id != plan.head_id:
        return Verdict.no("这一份由主要负责人本人报送", "请整改领导小组组长办理")
    return Verdict.yes()


def may_receive_rect_report(report: RectificationReport, standing: Standing) -> Verdict:
    if report.received_on is not None:
        return Verdict.no("已经签收", "刷新页面看最新情况")
    if Hat.OFFICE not in standing.hats:
        return Verdict.not_yours("由巡察办签收", "请巡察办办理")
    return Verdict.yes()


def reading_bodies(standing: Standing) -> list[str]:
    """For which bodies this person reads reports."""
    return [body for body, hat in READER_HATS.items() if hat in standing.hats]


def may_note_reading(report: RectificationReport, body: str, standing: Standing) -> Verdict:
    if body not in reading_bodies(standing):
        return Verdict.not_yours("由巡察办、纪检机构、组织部门阅", "请他们办理")
    if report.received_on is None:
        return Verdict.no("巡察办还没有签收", "签收以后再阅")
    return Verdict.yes()
