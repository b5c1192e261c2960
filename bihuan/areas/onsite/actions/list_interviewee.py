"""Put somebody on the list of those who must be talked to."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Interviewee
from bihuan.areas.onsite.policies import may_list
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def list_interviewee(
    *, task: Task, person: Person, why: str, standing: Standing, by: Actor, at: datetime
) -> Interviewee:
    """`why` says in which quality: a leader, head of discipline or personnel, retired not three years ago."""
    insist(may_list(task, standing))
    if not why.strip():
        raise Refused("要写为什么必谈", "如：领导班子成员", field="why")
    try:
        with transaction.atomic():
            made = Interviewee.objects.create(
                task=task, person=person, why=why.strip(), listed_at=at, listed_by_id=by.person_id
            )
    except IntegrityError:
        raise Refused(f"{person}已经在约谈名单里", "不用再列", field="person") from None
    append(
        stream=f"onsite-task:{task.pk}", kind="onsite.talk_listed", by=by, at=at, subject=str(task.round),
        data={"task": task.pk, "person": person.pk},
    )  # fmt: skip
    return made
