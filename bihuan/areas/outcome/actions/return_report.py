"""Send a report back to the team, with what has to be changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.advance import advance
from bihuan.areas.outcome.models import Report
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused

from .keep_opinion import keep_opinion

#: what was decided on the edition that is sent back holds no longer; the day of the team's meeting stays, because from
#: then on the chain may read
_UNDONE = {
    "reviewed_on": None,
    "reviewed_by_id": None,
    "considered_on": None,
    "considered_by_id": None,
    "approved_on": None,
    "approved_by_id": None,
    "document": "",
}


@transaction.atomic
def return_report(*, report: Report, text: str, standing: Standing, by: Actor, at: datetime) -> Report:
    """By whoever has it to review. Then it takes the whole way again."""
    if not text.strip():
        raise Refused("要写退回的意见", "写清要改什么", field="text")
    stage = report.state
    data = {"edition": report.edition}
    advance("return", report, standing=standing, by=by, at=at, changes=dict(_UNDONE), data=data)
    keep_opinion(report=report, stage=stage, outcome="returned", text=text, by=by, at=at)
    return report
