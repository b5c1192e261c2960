"""Write down what the meeting of the team said of a draft."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def discuss_draft(
    *, draft: Draft, on: date, opinion: str, standing: Standing, by: Actor, at: datetime
) -> Draft:
    """组务会意见. The opinion is closed with the draft."""
    if on > local_day(at):
        raise Refused("组务会日期在今天以后", "开完会再记", field="on")
    if not opinion.strip():
        raise Refused("要写组务会意见", "如：同意，事实清楚、定性准确", field="opinion")
    may = draft_verdict("discuss", draft, standing, team_members(draft.task))
    changes = {"discussed_by_id": by.person_id, "discussed_on": on}
    if may:
        shut(draft, {**opened(draft), "opinion": opinion.strip()})
        changes["sealed"] = draft.sealed
    advance(states.DRAFT["discuss"], draft, may, by=by, at=at, changes=changes, data={"on": on.isoformat()})
    return draft
