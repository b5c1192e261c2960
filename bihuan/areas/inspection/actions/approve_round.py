"""Write down that the leading group approved the scheme of a round."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Round
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused


@transaction.atomic
def approve_round(*, round: Round, on: date, document: str, by: Actor, at: datetime) -> Round:
    """From here on its tasks are fixed. Not by whoever drew it up."""
    if on > local_day(at):
        raise Refused("会议日期在今天以后", "开过会再记", field="on")
    data = {"held_on": on.isoformat(), "meeting": document.strip(), "round_code": round.code}
    advance_round("approve", round, by=by, at=at, data=data)
    return round
