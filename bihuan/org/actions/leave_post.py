"""A person gives up a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.models import PostHolding
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def leave_post(*, holding: PostHolding, on: date, by: Actor, at: datetime) -> PostHolding:
    """`on` is the last day in the post."""
    insist(may_manage_org(by, holding.post.unit.path or ""))
    if on < holding.from_day:
        raise Invalid(f"任岗从 {holding.from_day} 开始，不能更早结束", "改日期", field="on")
    if not PostHolding.objects.filter(pk=holding.pk, to_day=None).update(to_day=on):
        raise Stale("已经不任这个岗位了")
    holding.to_day = on
    append(
        stream=f"person:{holding.person_id}",
        kind="person.post_left",
        by=by,
        at=at,
        unit_id=holding.post.unit_id,
        data={"post": holding.post_id, "on": on.isoformat()},
    )
    return holding
