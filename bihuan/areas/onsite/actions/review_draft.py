"""The second signature under a draft."""

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


@transaction.atomic
def review_draft(*, draft: Draft, standing: Standing, by: Actor, at: datetime) -> Draft:
    """By a deputy who did not write it; where the team has none, by another member."""
    may = draft_verdict("review", draft, standing, team_members(draft.task))
    changes = {"reviewed_by_id": by.person_id, "reviewed_at": at}
    advance(states.DRAFT["review"], draft, may, by=by, at=at, changes=changes)
    return draft
