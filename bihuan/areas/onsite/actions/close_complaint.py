"""Close a complaint with what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Complaint
from bihuan.areas.onsite.policies import complaint_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def close_complaint(
    *, complaint: Complaint, result: str, standing: Standing, by: Actor, at: datetime
) -> Complaint:
    """By its handler or the leader. The result is closed with it."""
    if not result.strip():
        raise Refused("要写办理结果", "写查了什么、结论是什么、转出的写回复情况", field="result")
    may = complaint_verdict("close", complaint, standing)
    changes: dict = {"closed_on": local_day(at), "closed_by_id": by.person_id}
    if may:
        shut(complaint, {**opened(complaint), "result": result.strip()})
        changes["sealed"] = complaint.sealed
    advance(states.COMPLAINT["close"], complaint, may, by=by, at=at, changes=changes)
    return complaint
