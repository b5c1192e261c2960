"""A person takes a post. Grants that hang on the post come with it once the security administrator confirms."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Grant, Person, Post, PostHolding
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def hold_post(*, person: Person, post: Post, on: date, by: Actor, at: datetime) -> PostHolding:
    """Whoever manages people gives no rights this way, neither to themselves nor to a colleague they invented:
    what hangs on the post reaches its holder only after `confirm_holding`."""
    insist(may_manage_org(by, post.unit.path or ""))
    if person.left_on and person.left_on <= on:
        raise Refused(f"{person.name}已离开", "换一个人")
    if person.pk == by.person_id and Grant.objects.filter(post=post, revoked_at=None).exists():
        raise Refused(f"“{post.title}”带有授权，不能给自己任", "请另一名系统管理员办")
    try:
        with transaction.atomic():
            holding = PostHolding.objects.create(
                post=post, person=person, from_day=on, confirmed_at=at if by.is_system else None
            )
    except IntegrityError:
        raise Refused(f"{person.name}已经任“{post.title}”", "") from None
    append(
        stream=f"person:{person.pk}",
        kind="person.post_taken",
        by=by,
        at=at,
        unit_id=post.unit_id,
        data={"post": post.pk, "on": on.isoformat()},
    )
    return holding
