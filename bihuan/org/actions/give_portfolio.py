"""Put a unit, or a business line, in a leader's charge."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import BusinessLine, Person, Portfolio, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def give_portfolio(
    *, person: Person, from_day: date, by: Actor, at: datetime, unit: Unit | None = None,
    line: BusinessLine | None = None, document: str = "",
) -> Portfolio:  # fmt: skip
    """`document` is where the division of work was decided. Several leaders may share a unit or a line."""
    insist(may_manage_org(by, (unit.path or "") if unit else ""))
    if (unit is None) == (line is None):
        raise Invalid("分管一个单位或一条业务线，二选一", "选一个单位，或选一条业务线", field="unit")
    if person.left_on and person.left_on <= from_day:
        raise Refused(f"{person.name}已离开", "换一个人", field="person")
    if line is not None and line.ended_on is not None:
        raise Refused(f"业务线“{line}”已停用", "换一条业务线", field="line")
    try:
        with transaction.atomic():
            made = Portfolio.objects.create(
                person=person, unit=unit, line=line, from_day=from_day, document=document.strip(), given_at=at,
                given_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"{person.name}已经分管{unit or line}", "不用再登记", field="person") from None
    append(
        stream=made.stream, seq=1, kind="portfolio.given", by=by, at=at, unit_id=unit.pk if unit else None,
        data={
            "person": person.pk, "unit": unit.pk if unit else None, "line": line.pk if line else None,
            "from": from_day.isoformat(),
        },
    )  # fmt: skip
    return made
