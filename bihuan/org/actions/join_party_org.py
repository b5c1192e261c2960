"""A member joins a party organisation, or moves to another one. Everyone is in exactly one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Membership, PartyOrg, Person
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def join_party_org(
    *,
    person: Person,
    org: PartyOrg,
    on: date,
    by: Actor,
    at: datetime,
    kind: str = Membership.Kind.FULL,
    duty: str = "",
) -> Membership:
    """The membership before it ends the day before `on`. The same organisation again changes kind or duty."""
    insist(may_manage_org(by))
    if not org.is_open(on):
        raise Refused(f"“{org.name}”已撤销", "换一个党组织", field="party_org")
    standing = Membership.objects.filter(person=person, to_day=None)
    before = standing.first()
    if before and before.from_day > on:
        raise Invalid(f"现在的组织关系从 {before.from_day} 开始，转接不能更早", "改日期", field="on")
    standing.filter(from_day__lt=on).update(to_day=on - timedelta(days=1))
    standing.filter(from_day=on).delete()
    made = Membership.objects.create(person=person, party_org=org, kind=kind, duty=duty.strip(), from_day=on)
    append(
        stream=f"person:{person.pk}",
        kind="person.party_joined",
        by=by,
        at=at,
        unit_id=person.unit_id,
        data={
            "from": before.party_org_id if before else None,
            "to": org.pk,
            "on": on.isoformat(),
            "kind": kind,
        },
    )
    return made
