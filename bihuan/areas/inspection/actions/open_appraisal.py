"""Open what was said of somebody who was lent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Appraisal
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.record.actions.append import append
from bihuan.record.closed import opened


@transaction.atomic
def open_appraisal(*, appraisal: Appraisal, by: Actor, at: datetime) -> str:
    """Each time leaves an event; the first time the head of the home unit does, it is received there. Raises Missing
    for who may not read it."""
    if not Appraisal.objects.visible_to(by).filter(pk=appraisal.pk).exists():
        raise Missing()
    received = Appraisal.objects.to_receive(by).filter(pk=appraisal.pk).exclude(person_id=by.person_id)
    if received.exists():
        Appraisal.objects.filter(pk=appraisal.pk, received_at=None).update(
            received_at=at, received_by_id=by.person_id
        )
    one = appraisal.secondment
    append(
        stream=one.stream, kind="inspection.appraisal_opened", by=by, at=at, subject=str(one.round),
        unit_id=one.home_id, data={"round_code": one.round.code, "person": one.person_id},
    )  # fmt: skip
    return opened(appraisal)["text"]
