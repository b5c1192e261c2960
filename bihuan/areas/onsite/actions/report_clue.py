"""The handler reports what became of a clue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def report_clue(*, clue: Clue, result: str, standing: Standing, by: Actor, at: datetime) -> Clue:
    """The result is closed with the clue; it may be reported anew until the registrar closes it."""
    if not result.strip():
        raise Refused("要写办理结果", "写核实了什么、结论和处理", field="result")
    may = clue_verdict("report", clue, standing)
    changes: dict = {"reported_on": local_day(at), "reported_by_id": by.person_id}
    if may:
        shut(clue, {**opened(clue), "result": result.strip()})
        changes["sealed"] = clue.sealed
    advance(states.CLUE["report"], clue, may, by=by, at=at, changes=changes)
    return clue
