"""Complete the registration of a complaint: what a letter says becomes clear by and by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Complaint
from bihuan.areas.onsite.policies import may_amend_complaint
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened, shut

KEYS = ("summary", "subject", "rank", "topic")


@transaction.atomic
def amend_complaint(
    *, complaint: Complaint, said: Mapping[str, str], standing: Standing, by: Actor, at: datetime
) -> Complaint:
    """`said` has the keys of KEYS. What came by the public page keeps its own words beside these."""
    insist(may_amend_complaint(complaint, standing))
    if not str(said.get("summary", "")).strip():
        raise Refused("要写反映的内容", "补上再存", field="summary")
    if said.get("topic") not in dict(words.TOPICS) or said.get("rank") not in dict(words.RANKS):
        raise Refused("类别或层级不对", "在列出的里面选", field="topic")
    shut(complaint, {**opened(complaint), **{key: str(said.get(key, "")).strip() for key in KEYS}})
    mine = Complaint.objects.filter(pk=complaint.pk, version=complaint.version)
    if not mine.exclude(state=states.CLOSED).update(sealed=complaint.sealed, version=complaint.version + 1):
        raise Stale()
    complaint.version += 1
    append(
        stream=complaint.stream, kind="onsite.complaint_amended", by=by, at=at, subject=str(complaint),
        data={"task": complaint.task_id},
    )  # fmt: skip
    return complaint
