"""Give the tasks of a round to its teams, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Round, Task, Team
from bihuan.areas.inspection.policies import may_compose
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist

from .give_task import give_task


@transaction.atomic
def deal_tasks(*, round: Round, teams: Mapping[int, int], by: Actor, at: datetime) -> int:
    """`teams`: task id -> team id. Returns how many tasks have a team now that had none or another one."""
    insist(may_compose(round, by))
    tasks = Task.objects.filter(round=round, pk__in=teams).select_related("org", "given")
    known = {team.pk: team for team in Team.objects.filter(round=round)}
    if not teams or len(tasks) != len(teams) or not set(teams.values()) <= set(known):
        raise Refused("任务或巡察组和看到的不一样了", "刷新页面再分")
    changed = 0
    for task in tasks.order_by("pk"):
        task.round = round
        given = getattr(task, "given", None)
        if given is None or given.team_id != teams[task.pk]:
            give_task(task=task, team=known[teams[task.pk]], by=by, at=at)
            changed += 1
    return changed
