"""Say which team does a task."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task, Team, TeamTask
from bihuan.areas.inspection.policies import may_compose
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def give_task(*, task: Task, team: Team, by: Actor, at: datetime) -> TeamTask:
    """Until the entry the team may be another one. Its members are compared with the organisation at once."""
    insist(may_compose(task.round, by))
    if team.round_id != task.round_id:
        raise Refused(f"{team}是别的轮次的", "选本轮的组", field="team")
    # held until this is written: an entry that waits meanwhile looks at the gates of the new team
    if not Task.objects.select_for_update().filter(pk=task.pk, entered_on=None):
        raise Refused("已经进驻，不能换组", "进驻前才能换组", field="team")
    made, _ = TeamTask.objects.update_or_create(task=task, defaults={"team": team})
    append(
        stream=task.round.stream, kind="inspection.task_given", by=by, at=at, subject=str(task.round),
        data={"round_code": task.round.code, "org": task.org_id, "mode": task.mode, "team": team.number},
    )  # fmt: skip
    check_recusal(round=task.round, at=at)
    return made
