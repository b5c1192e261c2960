"""Send an appraisal to the home unit of who was lent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Appraisal, Secondment
from bihuan.areas.inspection.policies import may_send
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def send_appraisal(*, secondment: Secondment, by: Actor, at: datetime) -> Appraisal:
    """From here on it stands, and the person and the head of the home unit read it."""
    insist(may_send(secondment, by))
    written = secondment.appraisal
    values = {"sent_at": at, "sent_by_id": by.person_id}
    # as it was read: one that was written anew a moment before is looked at again first
    unread = Appraisal.objects.filter(pk=written.pk, sent_at=None, written_at=written.written_at)
    if not unread.update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(written, name, value)
    append(
        stream=secondment.stream, kind="inspection.appraisal_sent", by=by, at=at,
        subject=str(secondment.round), unit_id=secondment.home_id,
        data={"round_code": secondment.round.code, "person": secondment.person_id},
    )  # fmt: skip
    return written
