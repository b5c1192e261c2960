"""四抄告: write down to whom a copy of the feedback went."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, FeedbackCopy
from bihuan.areas.outcome.policies import may_copy
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_day import check_day


@transaction.atomic
def copy_feedback(
    *, feedback: Feedback, body: str, receiver: str, on: date, standing: Standing, by: Actor, at: datetime
) -> FeedbackCopy:
    """`body` is one of `words.COPIED_TO`; the same receiver is written down once."""
    insist(may_copy(feedback, standing))
    if body not in dict(words.COPIED_TO):
        raise Refused("要选抄送给谁", "在列出的四类里选", field="body")
    if not receiver.strip():
        raise Refused("要写收件单位或人", "如：安全管理部", field="receiver")
    check_day(on=on, since=feedback.meeting_on, what="班子会议日期", at=at)
    try:
        with transaction.atomic():
            made = FeedbackCopy.objects.create(
                feedback=feedback, body=body, receiver=receiver.strip(), sent_on=on, sent_by_id=by.person_id
            )
    except IntegrityError:
        raise Stale("已经记过抄送给它", "刷新页面看最新情况") from None
    append(
        stream=feedback.stream, kind="outcome.feedback_copied", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "on": on.isoformat(), "copied_to": body},
    )  # fmt: skip
    return made
