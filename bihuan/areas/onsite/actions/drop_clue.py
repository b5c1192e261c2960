"""The leader decides that something is no clue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut


@transaction.atomic
def drop_clue(*, clue: Clue, why: str, standing: Standing, by: Actor, at: datetime) -> Clue:
    """The reason is closed with it."""
    if not why.strip():
        raise Refused("要写不作为线索的原因", "如：一般工作不足，转入底稿", field="why")
    may = clue_verdict("drop", clue, standing)
    changes: dict = {}
    if may:
        shut(clue, {**opened(clue), "opinion": why.strip()})
        changes["sealed"] = clue.sealed
    advance(states.CLUE["drop"], clue, may, by=by, at=at, changes=changes)
    return clue
