"""Write down that a team entered an organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.policies import gates_of, may_enter
from bihuan.areas.inspection.reads.ready import ready_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist

from .check_recusal import check_recusal


def enter(*, task: Task, on: date, by: Actor, at: datetime) -> Task:
    """From here on the organisation counts as inspected. Not before every gate is open: the team authorised, nobody of
    it tied to the organisation, pledges signed, training had, the notice sent, the announcement posted."""
    check_recusal(
        round=task.round, at=at
    )  # kept even when the entry is then refused: somebody must decide it
    return _enter(task, on, by, at)


@transaction.atomic
def _enter(task: Task, on: date, by: Actor, at: datetime) -> Task:
    if on > local_day(at):
        raise Refused("进驻日期在今天以后", "进驻当天再记", field="on")
    # held while the gates are asked: nobody gives the task to another team between the question and the entry
    list(Task.objects.select_for_update().filter(pk=task.pk, entered_on=None))
    gates = gates_of(ready_of(task.round, [task], by)[task.pk])
    insist(may_enter(task, by, on, gates))
    if not Task.objects.filter(pk=task.pk, entered_on=None).update(entered_on=on):
        raise Stale()
    task.entered_on = on
    data = {"org": task.org_id, "mode": task.mode, "on": on.isoformat(), "round_code": task.round.code}
    advance_round("enter", task.round, by=by, at=at, data=data)
    return task
