"""Take a task out of a round that is still being drawn up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.policies import may_change_tasks
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def drop_task(*, task: Task, by: Actor, at: datetime) -> None:
    """The event keeps what stood there."""
    insist(may_change_tasks(task.round, by))
    said = {
        "round_code": task.round.code,
        "org": task.org_id,
        "mode": task.mode,
        "topic": task.framework.title,
    }
    if not Task.objects.filter(pk=task.pk, entered_on=None).delete()[0]:
        raise Stale()
    append(
        stream=task.round.stream,
        kind="inspection.task_dropped",
        by=by,
        at=at,
        subject=str(task.round),
        data=said,
    )
