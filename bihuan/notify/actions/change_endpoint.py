"""Pause a receiver, take it up again, or end it. What waits while it is paused is delivered afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.notify.models import Endpoint
from bihuan.notify.policies import insist, may_change
from bihuan.record.actions.append import append

from .wake_endpoint import wake_endpoint

#: to this state -> from these
_FROM = {"active": ("paused",), "paused": ("active",), "ended": ("active", "paused")}
KINDS = {"active": "endpoint.resumed", "paused": "endpoint.paused", "ended": "endpoint.ended"}


@transaction.atomic
def change_endpoint(
    *, endpoint: Endpoint, to: str, by: Actor, at: datetime, why: str = "by_hand"
) -> Endpoint:
    """`to` is active, paused or ended. Raises Refused for others than its person and the administrator of
    accounts, Stale when somebody was faster. `why` is a code of Endpoint.Why."""
    insist(may_change(endpoint, to, by))
    why = why if to == "paused" else ""
    values = {"state": to, "why": why, "failures": 0, "failing_since": None, "next_try_on": None}
    if not Endpoint.objects.filter(pk=endpoint.pk, state__in=_FROM[to]).update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(endpoint, name, value)
    append(
        stream=f"endpoint:{endpoint.pk}",
        kind=KINDS[to],
        by=by,
        at=at,
        subject=endpoint.ident,
        data={"why": why},
    )
    if to == "active":
        wake_endpoint(endpoint_id=endpoint.pk, at=at)
    return endpoint
