"""The security administrator says yes to who holds a post: from now on the grants on it reach this person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.models import PostHolding
from bihuan.org.policies import insist, may_confirm_holding
from bihuan.record.actions.append import append


@transaction.atomic
def confirm_holding(*, holding: PostHolding, by: Actor, at: datetime) -> PostHolding:
    """A holding never changes its person, so what is confirmed is whom the administrator saw."""
    insist(may_confirm_holding(holding, by))
    waiting = PostHolding.objects.filter(pk=holding.pk, confirmed_at=None, to_day=None)
    if not waiting.update(confirmed_at=at, confirmed_by_id=by.person_id):
        raise Stale("这一条任岗已经确认过，或已经不任了")
    holding.confirmed_at = at
    append(
        stream=f"person:{holding.person_id}",
        kind="person.post_confirmed",
        by=by,
        at=at,
        unit_id=holding.post.unit_id,
        data={"post": holding.post_id},
    )
    return holding
