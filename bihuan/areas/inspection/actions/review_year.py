"""Write down that a year plan was reviewed: the day of the meeting and its minutes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_year
from bihuan.areas.inspection.models import YearPlan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused


@transaction.atomic
def review_year(*, plan: YearPlan, on: date, document: str, by: Actor, at: datetime) -> YearPlan:
    """领导小组审议. Not by whoever drew it up."""
    if on > local_day(at):
        raise Refused("会议日期在今天以后", "开过会再记", field="on")
    data = {"held_on": on.isoformat(), "meeting": document.strip()}
    advance_year("review", plan, by=by, at=at, changes={"reviewed_on": on}, data=data)
    return plan
