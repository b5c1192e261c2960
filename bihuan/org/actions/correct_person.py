"""Correct what is written about a person: name, telephone, e-mail (个人信息保护法 第四十六条).

The event says which fields changed, not what stood there: names stay outside the chain.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append

from .add_person import sort_key_of

_OWN = {"phone", "email"}


@transaction.atomic
def correct_person(
    *,
    person: Person,
    by: Actor,
    at: datetime,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Person:
    """None leaves a field as it is. Telephone and e-mail a person corrects alone; the name goes by the office."""
    given = {"name": name, "phone": phone, "email": email}
    changes = {k: v.strip() for k, v in given.items() if v is not None and v.strip() != getattr(person, k)}
    if not changes:
        return person
    if by.person_id != person.pk or not set(changes) <= _OWN:
        insist(may_manage_org(by, (person.unit.path or "") if person.unit else ""))
    if changes.get("name") == "":
        raise Invalid("姓名没有填", "填上姓名", field="name")
    if person.staff_no.startswith("erased-"):
        raise Refused("已按要求删除个人信息，不能再填", "")
    if "name" in changes:
        changes["sort_key"] = sort_key_of(changes["name"])
    Person.objects.filter(pk=person.pk).update(**changes)
    for field, value in changes.items():
        setattr(person, field, value)
    append(
        stream=f"person:{person.pk}",
        kind="person.corrected",
        by=by,
        at=at,
        unit_id=person.unit_id,
        data={"fields": sorted(set(changes) - {"sort_key"})},
    )
    return person
