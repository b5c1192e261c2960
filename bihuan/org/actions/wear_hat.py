"""Put on another hat: from now on the person sees and acts in the name of that body."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor, Hat
from bihuan.kernel.refused import Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist, may_wear
from bihuan.record.actions.append import append


@transaction.atomic
def wear_hat(*, person: Person, hat: Hat | None, by: Actor, at: datetime) -> bool:
    """`hat` is one of `by.hats`; None takes note of a lost hat when no other is left. False: worn already.

    `person` is the row as it was read: when another page changed the hat in between, Stale.
    """
    insist(may_wear(hat, by))
    wanted, before = hat.unit_id if hat else None, person.hat_id
    if wanted == before:
        return False
    if not Person.objects.filter(pk=by.person_id, hat_id=before).update(hat_id=wanted):
        raise Stale("身份刚在另一页换过", "刷新页面看现在的身份")
    was = by.hat.code if by.hat and not by.lost_hat else ""
    append(
        stream=f"person:{by.person_id}", kind="hat.worn", by=by, at=at, unit_id=wanted,
        data={"hat": hat.code if hat else "", "was": was},
    )  # fmt: skip
    person.hat_id = wanted
    return True
