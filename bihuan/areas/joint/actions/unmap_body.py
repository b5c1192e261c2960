"""A unit no longer is that body; who it was on which day stays on record."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.joint.models import BodyHolder
from bihuan.areas.joint.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def unmap_body(*, holder: BodyHolder, on: date, by: Actor, at: datetime) -> BodyHolder:
    insist(may_plan(by))
    last = max(on, holder.from_day)
    if not BodyHolder.objects.filter(pk=holder.pk, to_day=None).update(to_day=last):
        raise Stale("已经取消了")
    holder.to_day = last
    append(
        stream=f"joint-body:{holder.pk}", kind="joint.body_unmapped", by=by, at=at,
        data={"body": holder.body, "to": last.isoformat()},
    )  # fmt: skip
    return holder
