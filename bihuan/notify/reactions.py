"""An announced event becomes a delivery for every receiver that wants its kind. Told twice, it is one delivery."""

from __future__ import annotations

import uuid

from django.db import transaction

from bihuan.notify.actions.wake_endpoint import wake_endpoint
from bihuan.notify.models import Delivery, Endpoint
from bihuan.record.models import Event

_SPACE = uuid.UUID("6ff1f1a6-59a7-4b52-9d8b-3f4b9c1c3d5e")


def hear(event: Event) -> None:
    """Runs in the job that was written together with the event: no event is passed over."""
    endpoints = (
        Endpoint.objects.alive()
        .filter(opened_on__lte=event.recorded_at)
        .only("pk", "ident", "kinds", "state")
    )
    for endpoint in endpoints:
        if event.kind not in endpoint.kinds:
            continue
        with transaction.atomic():
            _, new = Delivery.objects.get_or_create(
                endpoint=endpoint,
                event=event.pk,
                defaults={
                    # the same however often it is worked out: two workers write the same number
                    "ident": uuid.uuid5(_SPACE, f"{endpoint.ident}:{event.pk}"),
                    "kind": event.kind,
                    "subject": event.subject,
                    "made_on": event.recorded_at,
                },
            )
            if new and endpoint.state == "active":
                wake_endpoint(endpoint_id=endpoint.pk, at=event.recorded_at)
