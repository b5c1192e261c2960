"""Write down that a team entered an organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.policies import may_enter
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist


@transaction.atomic
def enter(*, task: Task, on: date, by: Actor, at: datetime) -> Task:
    """From here on the organisation counts as inspected."""
    if on > local_day(at):
        raise Refused("进驻日期在今天以后", "进驻当天再记", field="on")
    insist(may_enter(task, by, on))
    if not Task.objects.filter(pk=task.pk, entered_on=None).update(entered_on=on):
        raise Stale()
    task.entered_on = on
    data = {"org": task.org_id, "mode": task.mode, "on": on.isoformat(), "round_code": task.round.code}
    advance_round("enter", task.round, by=by, at=at, data=data)
    return task
