"""Who evaluates a rectification, who agrees, and who sees what it came to."""

from __future__ import annotations

from datetime import date

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import Evaluation, Feedback
from bihuan.kernel.verdict import Verdict

#: the team that found the problems does not judge how they were put right
EVALUATORS = {Hat.OFFICE, Hat.DISCIPLINE, Hat.PERSONNEL}
_STALE = "刷新页面看最新情况"


def _evaluates(standing: Standing) -> Verdict:
    if not standing.hats & EVALUATORS:
        return Verdict.not_yours("由巡察办、纪检机构、组织部门评估", "请他们办理")
    if standing.was_team:
        return Verdict.no("你在这个巡察组，评估由别人做", "请巡察办的其他人办理")
    return Verdict.yes()


def may_start_evaluation(feedback: Feedback, opens_on: date, day: date, standing: Standing) -> Verdict:
    """`opens_on` is the end of the concentrated period."""
    may = _evaluates(standing)
    if may and day < opens_on:
        return Verdict.no(f"集中整改期还没有满（{opens_on:%Y-%m-%d}）", "期满以后评估")
    return may


def may_deduct(evaluation: Evaluation, standing: Standing) -> Verdict:
    if evaluation.handed_in_at is not None:
        return Verdict.no("评估已经交领导小组审定，不能改", "")
    return _evaluates(standing)


def may_approve_evaluation(evaluation: Evaluation, standing: Standing) -> Verdict:
    if evaluation.approved_on is not None:
        return Verdict.no("已经审定", _STALE)
    if Hat.LEADING not in standing.hats:
        return Verdict.not_yours("由领导小组成员记审定", "请领导小组成员办理")
    if evaluation.handed_in_at is None:
        return Verdict.no("评估还没有交", "交了以后审定")
    if standing.person_id in (evaluation.made_by_id, evaluation.handed_in_by_id):
        return Verdict.no("是你评的，审定不能由你记", "请领导小组的其他人记")
    return Verdict.yes()


def may_send_evaluation(evaluation: Evaluation, standing: Standing) -> Verdict:
    if evaluation.sent_at is not None:
        return Verdict.no("已经抄送", _STALE)
    if evaluation.approved_on is None:
        return Verdict.no("领导小组还没有审定", "审定以后抄送和通知")
    if Hat.OFFICE not in standing.hats:
        return Verdict.not_yours("由巡察办抄送", "请巡察办办理")
    return Verdict.yes()


def sees_evaluation(evaluation: Evaluation, standing: Standing) -> bool:
    """The organisation and the team once it was sent; evaluators and those who decide from the beginning."""
    if Hat.INSPECTED in standing.hats or not standing.hats & (EVALUATORS | {Hat.LEADING, Hat.HEAD}):
        return evaluation.sent_at is not None and bool(standing.hats - {Hat.DEPARTMENT})
    return True
