"""Who registers, decides and closes a complaint."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Complaint
from bihuan.kernel.verdict import Verdict

from .team import may_lead, may_work


def may_register(task: Task, standing: Standing) -> Verdict:
    return may_work(task, standing)


def may_take_in(task: Task, standing: Standing) -> Verdict:
    """What came by the public page is opened by nobody before the leader says who registers it."""
    return may_lead(task, standing)


def may_amend_complaint(complaint: Complaint, standing: Standing) -> Verdict:
    """By who registered or handles it, or the leader, until it is closed."""
    if complaint.state == states.CLOSED:
        return Verdict.no("已经办结，不能再补", "新情况另登记一件")
    return _mine_or_leader(complaint, standing, (complaint.registered_by_id, complaint.handler_id))


def complaint_verdict(step: str, complaint: Complaint, standing: Standing) -> Verdict:
    row = states.COMPLAINT[step]
    if complaint.state not in row.sources:
        now = dict(states.COMPLAINT_STATES)[complaint.state]
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    if step == "decide":
        return may_lead(complaint.task, standing)
    return _mine_or_leader(complaint, standing, (complaint.handler_id,))


def _mine_or_leader(complaint: Complaint, standing: Standing, mine: tuple[int | None, ...]) -> Verdict:
    may = may_work(complaint.task, standing)
    if may and standing.person_id not in mine and Hat.LEADER not in standing.hats:
        return Verdict.not_yours("由承办人或组长办", "请他们办理")
    return may
