"""Hand a draft in for review: from here on it is complete."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened


@transaction.atomic
def hand_in_draft(*, draft: Draft, standing: Standing, by: Actor, at: datetime) -> Draft:
    """A draft holds one fact with at least one basis, one piece of evidence and one responsible party (§3.11)."""
    may = draft_verdict("hand_in", draft, standing, team_members(draft.task))
    if may:
        _insist_complete(draft)
    advance(states.DRAFT["hand_in"], draft, may, by=by, at=at)
    return draft


def _insist_complete(draft: Draft) -> None:
    said = opened(draft)
    lacking = [
        label for key, label, needed in words.DRAFT_FIELDS if needed and not str(said.get(key, "")).strip()
    ]
    if not said.get("evidence"):
        lacking.append("证据")
    if not said.get("parties"):
        lacking.append("责任单位或责任人")
    if lacking:
        raise Refused(f"底稿还缺：{'、'.join(lacking)}", "补上再交复核")
