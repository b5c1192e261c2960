"""A person changes unit or title. Open work is asked about line by line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.org.models import Employment, Grant, Person, PostHolding, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append

from .hand_over import Choices, hand_over


@transaction.atomic
def move_person(
    *,
    person: Person,
    unit: Unit,
    on: date,
    choices: Choices,
    by: Actor,
    at: datetime,
    title: str | None = None,
) -> Person:
    """From `on` the main employment is in `unit`. Grants that do not cover the new unit end; others stay.

    `choices`: see `hand_over`; a line may be kept by giving the person's own id. `title` None keeps it.
    """
    old = person.unit
    insist(may_manage_org(by, unit.path or ""))
    if old:
        insist(may_manage_org(by, old.path or ""))
    _check(person, unit, on)
    new_title = person.title if title is None else title.strip()
    if old and old.pk != unit.pk:
        hand_over(person=person, unit=old, why="moved", choices=choices, keep_allowed=True, by=by, at=at)
        _end_what_stays_behind(person, unit, on, by, at)
    if not Person.objects.filter(pk=person.pk, unit=old, left_on=None).update(unit=unit, title=new_title):
        raise Stale()
    main = Employment.objects.filter(person=person, is_main=True, to_day=None)
    main.filter(from_day__lt=on).update(to_day=on - timedelta(days=1))
    main.filter(from_day=on).delete()
    Employment.objects.create(person=person, unit=unit, title=new_title, from_day=on)
    person.unit, person.title = unit, new_title
    append(
        stream=f"person:{person.pk}",
        kind="person.moved",
        by=by,
        at=at,
        unit_id=unit.pk,
        data={"from": old.pk if old else None, "to": unit.pk, "on": on.isoformat()},
    )
    return person


def _check(person: Person, unit: Unit, on: date) -> None:
    if person.left_on:
        raise Refused(f"{person.name}已离开", "重新入职请新增人员")
    if not unit.is_open(on):
        raise Refused(f"“{unit.name}”已撤销", "换一个单位", field="unit")
    last = Employment.objects.filter(person=person, is_main=True, to_day=None).first()
    if last and last.from_day > on:
        raise Invalid(f"现任职从 {last.from_day} 开始，调动不能更早", "改日期", field="on")


def _end_what_stays_behind(person: Person, unit: Unit, on: date, by: Actor, at: datetime) -> None:
    path = unit.path or ""
    for grant in Grant.objects.filter(person=person, revoked_at=None).select_related("unit"):
        covers = path.startswith(grant.unit.path or "-") if grant.with_subtree else grant.unit_id == unit.pk
        if not covers and Grant.objects.filter(pk=grant.pk, revoked_at=None).update(
            revoked_at=at, revoked_by_id=by.person_id
        ):
            append(
                stream=f"grant:{grant.pk}",
                kind="grant.ended",
                by=by,
                at=at,
                unit_id=grant.unit_id,
                data={"why": "moved"},
            )
    PostHolding.objects.filter(person=person, to_day=None, from_day__lte=on).exclude(
        post__unit__path__startswith=path
    ).update(to_day=on)
