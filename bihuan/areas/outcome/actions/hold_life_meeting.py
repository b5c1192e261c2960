"""Write down the special democratic-life meeting (专题民主生活会) of the leaders."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback, LifeMeeting
from bihuan.areas.outcome.policies.progress import may_hold_life_meeting
from bihuan.areas.outcome.reads.clock_days import was_late
from bihuan.areas.outcome.reads.inside import is_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def hold_life_meeting(
    *,
    feedback: Feedback,
    on: date,
    chair: Person,
    present: int,
    note: str,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> LifeMeeting:
    """Once a feedback, after its receipt. Whether it was in time says the clock of the feedback."""
    insist(may_hold_life_meeting(feedback, standing, by))
    check_day(on=on, since=feedback.received_on, what="签收日期", at=at)
    if not is_of(feedback.task, chair):
        raise Refused(f"{chair.name}不在{feedback.task.org}所属的单位", "填主持会议的人", field="chair")
    if present < 1:
        raise Refused("到会人数要写", "填班子到会几人", field="present")
    if not note.strip():
        raise Refused("没有写查摆的问题", "写主要问题和承诺", field="note")
    late = was_late(feedback, "meeting", on)
    try:
        with transaction.atomic():
            made = LifeMeeting.objects.create(
                feedback=feedback, held_on=on, chair=chair, present=present, note=note.strip(), late=late,
                told_at=at, told_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("专题民主生活会已经记过", "刷新页面看最新情况") from None
    append(
        stream=feedback.stream, kind="outcome.life_meeting", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "on": on.isoformat(), "late": late},
    )  # fmt: skip
    return made
