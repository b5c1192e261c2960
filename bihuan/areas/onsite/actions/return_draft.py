"""Send a draft back to who wrote it, with what is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def return_draft(*, draft: Draft, text: str, standing: Standing, by: Actor, at: datetime) -> Draft:
    """The signatures it had are void; every reason stays with the draft, closed."""
    if not text.strip():
        raise Refused("要写退回的原因", "写明缺什么、怎么改", field="text")
    may = draft_verdict("return", draft, standing, team_members(draft.task))
    changes: dict = {"reviewed_by": None, "reviewed_at": None, "discussed_by": None, "discussed_on": None}
    if may:
        said = opened(draft)
        returns = [*said.get("returns", []), {"text": text.strip(), "by": by.person_id, "at": at.isoformat()}]
        shut(draft, {**said, "returns": returns})
        changes["sealed"] = draft.sealed
    advance(states.DRAFT["return"], draft, may, by=by, at=at, changes=changes)
    return draft
