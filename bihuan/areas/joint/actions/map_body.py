"""Say which unit, or party organisation, of the house is one of the seven kinds of bodies."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.areas.joint import words
from bihuan.areas.joint.models import BodyHolder
from bihuan.areas.joint.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import PartyOrg, Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def map_body(
    *, body: str, on: date, by: Actor, at: datetime, unit: Unit | None = None, org: PartyOrg | None = None
) -> BodyHolder:
    insist(may_plan(by))
    if body not in dict(words.BODIES):
        raise Invalid(f"没有监督主体“{body}”", "从七类里选一类", field="body")
    if (unit is None) == (org is None):
        raise Invalid("对应一个单位或一个党组织，二选一", "选一个单位，或选一个党组织", field="unit")
    try:
        with transaction.atomic():
            made = BodyHolder.objects.create(
                body=body, unit=unit, org=org, from_day=on, mapped_at=at, mapped_by_id=by.person_id
            )
    except IntegrityError:
        raise Refused(f"{(unit or org)}已经对应", "不用再登记", field="unit") from None
    append(
        stream=f"joint-body:{made.pk}", seq=1, kind="joint.body_mapped", by=by, at=at,
        data={"body": body, "part_unit": unit.pk if unit else None, "org": org.pk if org else None},
    )  # fmt: skip
    return made
