"""Grant a role over a unit, to a person or to a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Grant, Person, Post, Unit
from bihuan.org.policies import insist, may_grant
from bihuan.org.roles import ROLES
from bihuan.record.actions.append import append


@transaction.atomic
def grant_role(
    *,
    role: str,
    unit: Unit,
    from_day: date,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    post: Post | None = None,
    with_subtree: bool = True,
    to_day: date | None = None,
    hat: Unit | None = None,
) -> Grant:
    """Give `role` over `unit` from `from_day` to `to_day` (included); with a `hat` it is held in the name of that body and counts
    only while its holder wears it. Raises Refused: see `may_grant`."""
    if (person is None) == (post is None):
        raise Invalid("授给一个人或一个岗位，二选一", "选一个人，或选一个岗位", field="person")
    if to_day and to_day < from_day:
        raise Invalid("截止日早于起始日", "改截止日", field="to_day")
    insist(may_grant(role=role, person=person, post=post, unit=unit, by=by, day=from_day, hat=hat))
    whom = person.name if person else post.title
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                person=person, post=post, role=role, unit=unit, with_subtree=with_subtree, from_day=from_day,
                to_day=to_day, hat=hat, granted_at=at, granted_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"{whom}在{unit}已经有“{ROLES[role].label}”", "要改期限先收回再授") from None
    append(
        stream=f"grant:{grant.pk}",
        kind="grant.given",
        by=by,
        at=at,
        seq=1,
        unit_id=unit.pk,
        data={
            "role": role,
            "person": grant.person_id,
            "post": grant.post_id,
            "subtree": with_subtree,
            "from": from_day.isoformat(),
            "to": to_day.isoformat() if to_day else None,
            "hat": hat.code if hat else None,
        },
    )
    return grant
