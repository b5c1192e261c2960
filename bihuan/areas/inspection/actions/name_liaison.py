"""Name who keeps contact between the team and the organisation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Liaison, Task
from bihuan.areas.inspection.policies import may_name_liaison
from bihuan.areas.inspection.words import SIDES
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def name_liaison(*, task: Task, side: str, person: Person, by: Actor, at: datetime) -> Liaison:
    """One of each side; naming another replaces the first."""
    insist(may_name_liaison(task, by))
    if side not in dict(SIDES):
        raise Refused("没有这一方", "、".join(label for _, label in SIDES), field="side")
    made, _ = Liaison.objects.update_or_create(task=task, side=side, defaults={"person": person})
    append(
        stream=task.round.stream, kind="inspection.liaison_named", by=by, at=at, subject=str(task.round),
        data={"round_code": task.round.code, "org": task.org_id, "side": side, "person": person.pk},
    )  # fmt: skip
    return made
