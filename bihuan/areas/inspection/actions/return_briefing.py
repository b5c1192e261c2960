"""Send a department's answer back to be completed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_briefing
from bihuan.areas.inspection.models import Answer, Briefing
from bihuan.areas.inspection.policies import briefing_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.closed import opened, shut


@transaction.atomic
def return_briefing(*, briefing: Briefing, reason: str, due_on: date, by: Actor, at: datetime) -> Answer:
    """With what is missing and a new date. The reason speaks of the content: it is sealed with the answer."""
    if briefing_verdict("return", briefing, by):
        if not reason.strip():
            raise Refused("退回要写理由", "写明要补充什么", field="reason")
        if due_on < local_day(at):
            raise Refused("期限在今天以前", "改期限", field="due_on")
    advance_briefing(
        "return", briefing, by=by, at=at, changes={"due_on": due_on},
        data={"round_code": briefing.task.round.code, "due": due_on.isoformat()},
    )  # fmt: skip
    last = briefing.answers.filter(returned_at=None).order_by("-turn").first()
    if last is None:
        raise Stale()
    shut(last, {**opened(last), "reason": reason.strip()})
    last.returned_at, last.returned_by_id = at, by.person_id
    last.save(update_fields=["sealed", "returned_at", "returned_by"])
    return last
