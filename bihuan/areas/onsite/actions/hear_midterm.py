"""The office or the leading group has heard a mid-term report: when, and what they said."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Midterm
from bihuan.areas.onsite.policies.daily import midterm_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def hear_midterm(
    *, midterm: Midterm, on: date, opinions: str, standing: Standing, by: Actor, at: datetime
) -> Midterm:
    """The opinions are closed, like the report."""
    may = midterm_verdict("hear", midterm, standing)
    if may and not opinions.strip():
        raise Refused("要写听取意见", "写领导小组的意见和要求", field="opinions")
    if may and on > local_day(at):
        raise Refused("听取日期在今天以后", "听取以后再记", field="on")
    if may and midterm.submitted_at is not None and on < local_day(midterm.submitted_at):
        raise Refused("听取日期早于报送", "核对日期", field="on")
    if may:
        shut(midterm, {**opened(midterm), "opinions": opinions.strip()})
    changes = {"sealed": midterm.sealed, "heard_on": on, "heard_by_id": by.person_id}
    data = {"on": on.isoformat()}
    advance(states.MIDTERM["hear"], midterm, may, by=by, at=at, changes=changes, data=data)
    return midterm
