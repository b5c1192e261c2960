"""Take a person on: one, or an import's thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Employment, Person, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@dataclass(frozen=True, slots=True)
class NewPerson:
    staff_no: str
    name: str
    unit: Unit
    title: str = ""
    phone: str = ""
    email: str = ""


def sort_key_of(name: str) -> str:
    """Pinyin without tones, in syllables: what a list of names is ordered by."""
    # here, because its dictionaries take half a second that every command would wait for
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))[:120]


@transaction.atomic
def add_person(
    *,
    staff_no: str,
    name: str,
    unit: Unit,
    on: date,
    by: Actor,
    at: datetime,
    title: str = "",
    phone: str = "",
    email: str = "",
) -> Person:
    new = NewPerson(staff_no, name, unit, title, phone, email)
    return add_people(people=[new], on=on, by=by, at=at)[0]


@transaction.atomic
def add_people(*, people: Sequence[NewPerson], on: date, by: Actor, at: datetime) -> list[Person]:
    """Persons with their main employment from `on`, in the order given. Raises Refused naming the first fault."""
    _check(people, on, by)
    made = Person.objects.bulk_create(
        [
            Person(
                staff_no=new.staff_no.strip(),
                name=new.name.strip(),
                sort_key=sort_key_of(new.name.strip()),
                phone=new.phone.strip(),
                email=new.email.strip(),
                unit=new.unit,
                title=new.title.strip(),
            )
            for new in people
        ],
        batch_size=500,
    )
    Employment.objects.bulk_create(
        [Employment(person=p, unit=p.unit, title=p.title, from_day=on) for p in made], batch_size=500
    )
    for person in made:
        append(
            stream=f"person:{person.pk}",
            kind="person.added",
            by=by,
            at=at,
            seq=1,
            unit_id=person.unit_id,
            data={"unit": person.unit_id, "on": on.isoformat()},
        )
    return made


def _check(people: Sequence[NewPerson], on: date, by: Actor) -> None:
    for unit in {new.unit.pk: new.unit for new in people}.values():
        insist(may_manage_org(by, unit.path or ""))
        if not unit.is_open(on):
            raise Refused(f"“{unit.name}”已撤销，不能进人", "换一个单位", field="unit")
    for new in people:
        if not new.staff_no.strip() or not new.name.strip():
            raise Refused("工号和姓名都要填", "补齐再保存", field="name")
    numbers = [new.staff_no.strip() for new in people]
    twins = [no for no, times in Counter(numbers).items() if times > 1]
    taken = twins or list(Person.objects.filter(staff_no__in=numbers).values_list("staff_no", flat=True)[:1])
    if taken:
        raise Refused(f"工号 {taken[0]} 已经有人用了", "核对工号；同一个人调动请用“调动”", field="staff_no")
