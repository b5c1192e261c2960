"""Open what was agreed in a consultation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Consultation
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.record.actions.append import append
from bihuan.record.closed import opened


@transaction.atomic
def open_consultation(*, consultation: Consultation, by: Actor, at: datetime) -> str:
    """For the office and the team; each time leaves an event. Raises Missing for everybody else."""
    if not Consultation.objects.visible_to(by).filter(pk=consultation.pk).exists():
        raise Missing()
    append(
        stream=consultation.stream, kind="inspection.consultation_opened", by=by, at=at,
        subject=str(consultation.round), data={"round_code": consultation.round.code},
    )  # fmt: skip
    return opened(consultation)["agreed"]
