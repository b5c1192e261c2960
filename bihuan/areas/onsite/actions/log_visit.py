"""Write down a visit to where the work is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft, Visit
from bihuan.areas.onsite.policies.daily import may_work_on_site
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .keep_numbered import keep_numbered


@transaction.atomic
def log_visit(
    *,
    task: Task,
    on: date,
    method: str,
    place: str,
    members: Sequence[Person],
    seen: str,
    drafts: Sequence[Draft] = (),
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Visit:
    """`seen` is closed. `drafts` are those of the task that rest on it."""
    insist(may_work_on_site(task, standing, local_day(at)))
    _insist_right(task, on, place, members, seen, at)
    if any(draft.task_id != task.pk for draft in drafts):
        raise Refused("有底稿不是本任务的", "选本任务的底稿", field="drafts")
    made = Visit(
        task=task, on=on, method=method, place=place.strip(), written_at=at, written_by_id=by.person_id
    )
    shut(made, {"seen": seen.strip()})
    keep_numbered(thing=made)
    made.members.set(members)
    made.drafts.set(drafts)
    data = {"task": task.pk, "on": on.isoformat(), "method": method}
    append(stream=made.stream, seq=1, kind="onsite.visited", by=by, at=at, subject=str(made), data=data)
    return made


def _insist_right(
    task: Task, on: date, place: str, members: Sequence[Person], seen: str, at: datetime
) -> None:
    if on > local_day(at):
        raise Refused("日期在今天以后", "去了再登记", field="on")
    if task.entered_on and on < task.entered_on:
        raise Refused("日期早于进驻", "核对日期", field="on")
    if not place.strip():
        raise Refused("要写地点", "如：加热炉车间 2 号炉", field="place")
    own = {one.person_id for one in team_members(task)}
    outside = [str(one) for one in members if one.pk not in own]
    if not members or outside:
        reason = f"{'、'.join(outside)}不在授权的组员里" if outside else "要写去的人"
        raise Refused(reason, "选本组的人", field="members")
    if not seen.strip():
        raise Refused("要写看到的情况", "补上再存", field="seen")
