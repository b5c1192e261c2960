"""May I? Permission codes are declared in `org`, above; memory knows three of them as plain words."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.record.models import Job
from bihuan.registry import shelf

JOB_MANAGE = "job.manage"
AUDIT_VIEW = "audit.view"


def may_see(job: Job, *, by: Actor) -> bool:
    """Whoever asked for the work, and whoever looks after the jobs."""
    return by.may(JOB_MANAGE) or (by.person_id is not None and job.requested_by_id == by.person_id)


def may_cancel(job: Job, *, by: Actor) -> Verdict:
    if not may_see(job, by=by):
        return Verdict.not_yours("只有发起人和系统管理员可以取消")
    if job.is_finished:
        return Verdict.no(f"这项任务{job.get_state_display()}，不能再取消")
    return Verdict.yes()


def may_restart(job: Job, *, by: Actor) -> Verdict:
    if not by.may(JOB_MANAGE):
        return Verdict.not_yours("只有系统管理员可以重办后台任务")
    if job.state not in (Job.State.DEAD, Job.State.CANCELLED):
        return Verdict.no(f"这项任务{job.get_state_display()}，只有办不成的和已取消的才能重办")
    return Verdict.yes()


def audit_scope(actor: Actor) -> set[int] | None:
    """Ids of the units whose events this person may read; None for the whole group.

    A grant over the root of the tree, with what lies below, also covers events that belong to no unit
    (sign-in, jobs, rule packs); a grant over a part of the tree does not.
    """
    reaches = actor.reaches_for(AUDIT_VIEW)
    if actor.is_system or any(reach.subtree and reach.unit_path.count("/") <= 2 for reach in reaches):
        return None
    own = {reach.unit_id for reach in reaches}
    return own.union(*(shelf.units_within(reach.unit_path, reach.subtree) for reach in reaches))
