"""The handler of a clue writes down how it is dealt with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused


@transaction.atomic
def dispose_clue(*, clue: Clue, disposition: str, standing: Standing, by: Actor, at: datetime) -> Clue:
    """One of the four ways; it may change until it is reported."""
    if disposition not in dict(words.CLUE_DISPOSITIONS):
        raise Refused("要选处置方式", "四类里选一类", field="disposition")
    may = clue_verdict("dispose", clue, standing)
    data = {"disposition": disposition}
    advance(states.CLUE["dispose"], clue, may, by=by, at=at, changes={"disposition": disposition}, data=data)
    return clue
