"""Write down that a team left an organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection import states
from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.policies import may_leave
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist


@transaction.atomic
def leave(*, task: Task, on: date, by: Actor, at: datetime) -> Task:
    """With the last one the round goes over to its reports."""
    if on > local_day(at):
        raise Refused("离场日期在今天以后", "离场当天再记", field="on")
    insist(may_leave(task, by, on))
    if not Task.objects.filter(pk=task.pk, left_on=None).update(left_on=on):
        raise Stale()
    task.left_on = on
    over = not task.round.tasks.filter(left_on=None).exists()
    target = states.REPORTING if over else states.ONSITE
    data = {"org": task.org_id, "mode": task.mode, "on": on.isoformat(), "round_code": task.round.code}
    advance_round("leave", task.round, by=by, at=at, target=target, data=data)
    return task
