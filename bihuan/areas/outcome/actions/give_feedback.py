"""The second step of the feedback: the meeting of the leaders, where it is given out. From here on it does not change."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.areas.outcome.policies import may_hold_meeting
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import fingerprint, opened

from .check_day import check_day


@transaction.atomic
def give_feedback(*, feedback: Feedback, on: date, standing: Standing, by: Actor, at: datetime) -> Feedback:
    """Raises Refused where it has no problem, or one without a unit. The event keeps a fingerprint of each item."""
    insist(may_hold_meeting(feedback, standing))
    check_day(on=on, since=feedback.told_on, what="一对一反馈日期", at=at)
    items = list(feedback.items.order_by("order"))
    _check(items)
    changes = {"meeting_on": on, "issued_at": at, "issued_by_id": by.person_id}
    version = feedback.version
    here = Feedback.objects.filter(pk=feedback.pk, issued_at=None, told_on__isnull=False, version=version)
    if not here.update(**changes, version=version + 1):
        raise Stale()
    for name, value in changes.items():
        setattr(feedback, name, value)
    feedback.version += 1
    data = {"task": feedback.task_id, "on": on.isoformat(), "items": len(items)}
    data["fingerprints"] = [fingerprint(item) for item in items]
    append(
        stream=feedback.stream, kind="outcome.feedback_given", by=by, at=at, subject=str(feedback), data=data
    )
    return feedback


def _check(items: list[FeedbackItem]) -> None:
    if not any(item.kind == "problem" for item in items):
        raise Refused("反馈意见里还没有一个问题", "先从报告列入")
    for place, item in enumerate(items, 1):
        if not opened(item)["statement"]:
            raise Refused(f"{words.finding_no(place)}没有写内容", "写好再给出")
        if item.kind == "problem" and item.unit_id is None:
            raise Refused(f"{words.finding_no(place)}没有定牵头单位", "定了牵头单位再给出")
