"""Merge one unit (or party organisation) into another: what hangs on it goes along, its history stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.advance import Node, kind_of, stream_of
from bihuan.org.models import Employment, Membership, PartyLink, Person, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.org.reads import unit_work
from bihuan.record.actions.append import append
from bihuan.registry import shelf

from .close_node import close_node
from .move_node import move_node


@transaction.atomic
def merge_node(*, node: Node, into: Node, on: date, by: Actor, at: datetime, why: str = "") -> Node:
    """Children, people and open work move to `into` on that day, then `node` is closed.

    Grants over it end: who led the old unit does not thereby lead the new one. Returns the closed node.
    """
    if isinstance(node, Unit):
        insist(may_manage_org(by, node.path or ""))
    insist(may_manage_org(by, (into.path or "") if isinstance(node, Unit) else ""))
    if into.pk == node.pk or (into.path or "").startswith(node.path or "-"):
        raise Refused("不能并入自己或自己的下级", "换一个单位")
    for child in node.children.open_on(on):
        move_node(node=child, parent=into, on=on, by=by, at=at, why=why or f"随{node}并入")
    taken = _take_people(node, into, on, by, at) if isinstance(node, Unit) else _take_members(node, into, on)
    type(node).objects.filter(pk=node.pk).update(merged_into=into)
    node.merged_into = into
    close_node(node=node, on=on, by=by, at=at, why=why or f"并入{into}")
    append(
        stream=stream_of(into),
        kind=kind_of(into, "absorbed"),
        by=by,
        at=at,
        unit_id=into.pk if isinstance(into, Unit) else None,
        data={"merged": node.pk, "on": on.isoformat(), "people": taken},
    )
    return node


def _take_people(unit: Unit, into: Unit, on: date, by: Actor, at: datetime) -> int:
    if unit_work(unit.pk, at):
        for offer in shelf.offers():
            if offer.move_unit_work:
                offer.move_unit_work(unit.pk, into.pk, by, at)
    people = list(unit.people.here_on(on))
    last = on - timedelta(days=1)
    Employment.objects.filter(person__in=people, unit=unit, to_day=None, from_day__lt=on).update(to_day=last)
    Employment.objects.filter(person__in=people, unit=unit, to_day=None).delete()
    Employment.objects.bulk_create(
        Employment(person=p, unit=into, title=p.title, from_day=on) for p in people
    )
    Person.objects.filter(pk__in=[p.pk for p in people]).update(unit=into)
    for person in people:
        append(
            stream=f"person:{person.pk}",
            kind="person.moved",
            by=by,
            at=at,
            unit_id=into.pk,
            data={"from": unit.pk, "to": into.pk, "on": on.isoformat(), "why": "merged"},
        )
    linked = set(PartyLink.objects.filter(unit=into).values_list("party_org_id", flat=True))
    PartyLink.objects.bulk_create(
        PartyLink(party_org_id=org, unit=into, from_day=on)
        for org in PartyLink.objects.filter(unit=unit, to_day=None).values_list("party_org_id", flat=True)
        if org not in linked
    )
    return len(people)


def _take_members(org: Node, into: Node, on: date) -> int:
    members = list(Membership.objects.filter(party_org=org, to_day=None))
    last = on - timedelta(days=1)
    standing = Membership.objects.filter(pk__in=[m.pk for m in members])
    standing.filter(from_day__lt=on).update(to_day=last)
    standing.filter(to_day=None).delete()
    Membership.objects.bulk_create(
        Membership(person_id=m.person_id, party_org=into, kind=m.kind, duty="", from_day=on) for m in members
    )
    return len(members)
