"""Order members of a round to be lent by their units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Member, Round, Secondment
from bihuan.areas.inspection.policies import may_lend
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def lend_members(
    *, round: Round, people: Iterable[Person], number: str, from_day: date, to_day: date, notified_on: date,
    by: Actor, at: datetime,
) -> list[Secondment]:  # fmt: skip
    """One order for several people, all or none. The home unit is that of today, and was told on `notified_on`."""
    insist(may_lend(round, by))
    chosen = list(people)
    if not chosen:
        raise Refused("一个人也没有选", "勾上借调的人", field="people")
    if not number.strip():
        raise Refused("要写借调函的文号", "如：晋岭巡借〔2026〕2 号", field="number")
    if to_day < from_day:
        raise Refused("结束早于开始", "核对两个日期", field="to_day")
    if notified_on > local_day(at):
        raise Refused("通知日期在今天以后", "通知原单位以后再记", field="notified_on")
    here = set(Member.objects.standing().filter(round=round).values_list("person_id", flat=True))
    away = set(Secondment.objects.standing().filter(round=round).values_list("person_id", flat=True))
    for person in chosen:
        if person.pk not in here:
            raise Refused(f"{person}不是本轮组员", "先列入组，再借调", field="people")
        if person.pk in away:
            raise Refused(f"{person}已经借调", "刷新页面看最新情况", field="people")
        if person.unit is None:
            raise Refused(f"{person}没有所在单位", "先在人员页补上单位", field="people")
    return [_lend(round, one, number.strip(), (from_day, to_day), notified_on, by, at) for one in chosen]


def _lend(
    round: Round, person: Person, number: str, span: tuple[date, date], told: date, by: Actor, at: datetime
) -> Secondment:  # fmt: skip
    try:
        with transaction.atomic():
            made = Secondment.objects.create(
                round=round, person=person, home=person.unit, number=number, from_day=span[0], to_day=span[1],
                notified_on=told, ordered_at=at, ordered_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:  # another order for the same person a moment before
        raise Stale() from None
    append(
        stream=made.stream, seq=1, kind="inspection.lent", by=by, at=at, subject=str(round),
        unit_id=made.home_id,
        data={
            "round_code": round.code, "person": person.pk, "number": number,
            "from_day": span[0].isoformat(), "to_day": span[1].isoformat(),
        },
    )  # fmt: skip
    return made
