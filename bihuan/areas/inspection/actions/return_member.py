"""Write down that somebody who was lent went back to their unit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Secondment
from bihuan.areas.inspection.policies import may_return
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def return_member(*, secondment: Secondment, on: date, by: Actor, at: datetime) -> Secondment:
    insist(may_return(secondment, by))
    if not secondment.from_day <= on <= local_day(at):
        raise Refused("返回日期不对", "在借调开始以后，不晚于今天", field="on")
    values = {"returned_on": on, "returned_at": at, "returned_by_id": by.person_id}
    if not Secondment.objects.filter(pk=secondment.pk, returned_on=None).update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(secondment, name, value)
    append(
        stream=secondment.stream, kind="inspection.lent_back", by=by, at=at, subject=str(secondment.round),
        unit_id=secondment.home_id,
        data={
            "round_code": secondment.round.code, "person": secondment.person_id, "on": on.isoformat(),
        },
    )  # fmt: skip
    return secondment
