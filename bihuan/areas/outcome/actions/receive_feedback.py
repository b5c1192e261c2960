"""签收: a named person of the organisation has the feedback; the clock of the rectification starts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome.models import ClockDay, Feedback
from bihuan.areas.outcome.policies import may_receive
from bihuan.areas.outcome.reads.clock import CONCENTRATED, days_from
from bihuan.areas.outcome.reads.inside import is_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.org.reads import work_calendar
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def receive_feedback(
    *, feedback: Feedback, on: date, receiver: Person, standing: Standing, by: Actor, at: datetime
) -> Feedback:
    """By the receiver themselves, or by the office for who signed on paper. The dates come from the round's pinned rule
    pack and are written down once: a later pack or a later table of holidays does not move them."""
    insist(may_receive(feedback, standing, by))
    check_day(on=on, since=feedback.meeting_on, what="班子会议日期", at=at)
    if Hat.INSPECTED in standing.hats and receiver.pk != by.person_id:
        raise Refused("只能由本人签收", "签收人写自己", field="receiver")
    if not is_of(feedback.task, receiver):
        raise Refused(
            f"{receiver.name}不在{feedback.task.org}所属的单位", "填被巡察党组织的人", field="receiver"
        )
    changes = {"received_on": on, "receiver": receiver, "received_by_id": by.person_id}
    here = Feedback.objects.filter(pk=feedback.pk, received_on=None, issued_at__isnull=False)
    if not here.update(**changes):
        raise Stale()
    for name, value in changes.items():
        setattr(feedback, name, value)
    days = days_from(on, feedback.task.round.rule_pack, work_calendar(), feedback)
    ClockDay.objects.bulk_create(days)
    data = {"task": feedback.task_id, "on": on.isoformat(), "person": receiver.pk}
    data |= {day.code: day.due_on.isoformat() for day in days if day.code == CONCENTRATED}
    append(
        stream=feedback.stream,
        kind="outcome.feedback_received",
        by=by,
        at=at,
        subject=str(feedback),
        data=data,
    )
    return feedback
