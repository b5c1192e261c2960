"""The registrar closes a clue whose body has reported."""

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


@transaction.atomic
def close_clue(*, clue: Clue, standing: Standing, by: Actor, at: datetime) -> Clue:
    may = clue_verdict("close", clue, standing)
    changes = {"closed_on": local_day(at), "closed_by_id": by.person_id}
    advance(states.CLUE["close"], clue, may, by=by, at=at, changes=changes)
    return clue
