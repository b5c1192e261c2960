"""Who works in the team of a task."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.kernel.verdict import Verdict

TEAM = {Hat.MEMBER, Hat.LEADER}


def may_work(task: Task, standing: Standing) -> Verdict:
    """An authorised member, once the team has entered, until the archive. Reports are still written after it left."""
    if not standing.hats & TEAM:
        return Verdict.not_yours("由授权的巡察组组员办", "请组里的人办理")
    if task.entered_on is None:
        return Verdict.no("巡察组还没有进驻", "进驻以后再办")
    return Verdict.yes()


def may_lead(task: Task, standing: Standing) -> Verdict:
    may = may_work(task, standing)
    if may and Hat.LEADER not in standing.hats:
        return Verdict.not_yours("由组长办", "请组长办理")
    return may
