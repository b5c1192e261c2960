"""The person talked to has read the record and signed it: it does not change any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Talk
from bihuan.areas.onsite.policies import may_sign_talk
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import fingerprint


@transaction.atomic
def sign_talk(*, talk: Talk, standing: Standing, by: Actor, at: datetime) -> Talk:
    """Signed on paper; the event keeps a fingerprint of the record as it was then."""
    insist(may_sign_talk(talk, standing))
    open_one = Talk.objects.filter(pk=talk.pk, signed_at=None, version=talk.version)
    if not open_one.update(signed_at=at, signed_by_id=by.person_id, version=talk.version + 1):
        raise Stale()
    append(
        stream=talk.stream, kind="onsite.talk_signed", by=by, at=at, subject=str(talk),
        data={"task": talk.task_id, "fingerprint": fingerprint(talk)},
    )  # fmt: skip
    talk.signed_at, talk.signed_by_id, talk.version = at, by.person_id, talk.version + 1
    return talk
