"""Write down the mobilisation at the entry: who spoke, which secretary pledged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import EntryMeeting, Task
from bihuan.areas.inspection.policies import may_note_entry_meeting
from bihuan.areas.inspection.reads.recusal import paths_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def hold_entry_meeting(
    *, task: Task, held_on: date, place: str, secretary: Person, spoke: Iterable[Person], by: Actor, at: datetime
) -> EntryMeeting:  # fmt: skip
    """进驻动员会, once a task, between the entry and the leaving."""
    insist(may_note_entry_meeting(task, by))
    people = list(spoke)
    last = min(task.left_on or local_day(at), local_day(at))
    if not task.entered_on <= held_on <= last:
        raise Refused("不在进驻期间", f"{task.entered_on} 至 {last}", field="held_on")
    if not place.strip() or not people:
        raise Refused("要写地点和讲话的人", "补上再存", field="spoke")
    path = (secretary.unit.path if secretary.unit else "") or ""
    if not path.startswith(paths_of([task.org_id]).get(task.org_id, ("-",))):
        raise Refused(f"{secretary}不在{task.org}所属的单位", "填被巡察党组织的书记", field="secretary")
    try:
        with transaction.atomic():
            made = EntryMeeting.objects.create(
                task=task, held_on=held_on, place=place.strip(), secretary=secretary, noted_at=at,
                noted_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("进驻动员会已经记过", "刷新页面看最新情况") from None
    made.spoke.set(people)
    append(
        stream=task.round.stream, kind="inspection.entry_meeting", by=by, at=at, subject=str(task.round),
        data={
            "round_code": task.round.code, "org": task.org_id, "mode": task.mode,
            "held_on": held_on.isoformat(), "person": secretary.pk,
            "spoke": sorted(person.pk for person in people),
        },
    )  # fmt: skip
    return made
