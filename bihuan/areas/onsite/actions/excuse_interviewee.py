"""Somebody on the list who will not be talked to, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Interviewee
from bihuan.areas.onsite.policies import may_excuse
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def excuse_interviewee(
    *, interviewee: Interviewee, text: str, standing: Standing, by: Actor, at: datetime
) -> Interviewee:
    """By the leader of the team; the list then counts as complete without this one."""
    insist(may_excuse(interviewee, standing))
    if not text.strip():
        raise Refused("要写免谈的原因", "如：长期病假，已书面了解", field="text")
    open_one = Interviewee.objects.filter(pk=interviewee.pk, talk=None, excused_at=None)
    if not open_one.update(excused_at=at, excused_by_id=by.person_id, why_excused=text.strip()):
        raise Stale()
    append(
        stream=f"onsite-task:{interviewee.task_id}", kind="onsite.talk_excused", by=by, at=at,
        subject=str(interviewee.task.round),
        data={"task": interviewee.task_id, "person": interviewee.person_id},
    )  # fmt: skip
    interviewee.refresh_from_db()
    return interviewee
