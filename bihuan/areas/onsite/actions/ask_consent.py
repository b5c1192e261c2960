"""Ask to read one talk or complaint, and for what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Complaint, Consent, Talk
from bihuan.areas.onsite.policies import may_ask
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def ask_consent(
    *, thing: Talk | Complaint, reason: str, standing: Standing, by: Actor, at: datetime
) -> Consent:
    """By a member of the leading group. Asked twice, the first stands."""
    insist(may_ask(thing, standing))
    if not reason.strip():
        raise Refused("要写调阅的用途", "写明为什么要看", field="reason")
    waiting = Consent.objects.filter(
        thing=thing.key, asked_by_id=by.person_id, granted_at=None, refused_at=None
    ).first()
    if waiting is not None:
        raise Refused("已经申请过，等组长同意", "")
    made = Consent.objects.create(
        task=thing.task, kind=thing.DATA.value, thing=thing.key, label=str(thing), reason=reason.strip(),
        asked_by_id=by.person_id, asked_at=at,
    )  # fmt: skip
    append(
        stream=thing.stream, kind="onsite.consent_asked", by=by, at=at, subject=str(thing),
        data={"task": thing.task_id},
    )  # fmt: skip
    return made
