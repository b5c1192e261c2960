"""Deliver one thing once more, or give it up. Its number stays the same: the receiver knows it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.notify.models import Delivery
from bihuan.notify.policies import insist, may_change
from bihuan.record.actions.append import append

from .wake_endpoint import wake_endpoint


@transaction.atomic
def again_delivery(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Put it back among the waiting. Whether its owner may see it is asked anew when it leaves."""
    _own(delivery, by)
    if not Delivery.objects.filter(pk=delivery.pk).exclude(state="waiting").update(state="waiting", error=""):
        raise Stale("这一条本来就在等着推送")
    _write_down(delivery, "endpoint.resent", by, at)
    wake_endpoint(endpoint_id=delivery.endpoint_id, at=at)


@transaction.atomic
def again_without(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Leave out one that the receiver never takes, so that those behind it can go."""
    _own(delivery, by)
    if not Delivery.objects.filter(pk=delivery.pk, state="waiting").update(state="skipped"):
        raise Stale()
    _write_down(delivery, "endpoint.skipped", by, at)
    wake_endpoint(endpoint_id=delivery.endpoint_id, at=at)


def _own(delivery: Delivery, by: Actor) -> None:
    insist(may_change(delivery.endpoint, "active", by))
    if by.person_id != delivery.endpoint.person_id and not by.is_system:
        raise Refused("重推和跳过由登记人办", "请登记人办理")


def _write_down(delivery: Delivery, kind: str, by: Actor, at: datetime) -> None:
    append(
        stream=f"endpoint:{delivery.endpoint_id}", kind=kind, by=by, at=at, subject=delivery.endpoint.ident,
        data={"event": delivery.event},
    )  # fmt: skip
