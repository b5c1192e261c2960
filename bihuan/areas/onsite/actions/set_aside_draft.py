"""A signed draft that will not be used."""

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


@transaction.atomic
def set_aside_draft(*, draft: Draft, why: str, standing: Standing, by: Actor, at: datetime) -> Draft:
    """`why` is one of `words.ASIDE`: a word that says nothing of the content. What was signed stays as it is."""
    if why not in dict(words.ASIDE):
        raise Refused("要选不采用的原因", "在列出的原因里选", field="why")
    may = draft_verdict("set_aside", draft, standing, team_members(draft.task))
    advance(
        states.DRAFT["set_aside"], draft, may, by=by, at=at, changes={"why_aside": why}, data={"why": why}
    )
    return draft
